"""What is always true of the function: the facts of the analysis, each with its verdict and reason.

A row says only what a fact of the analysis proves; facts that it could not decide are named in the last
row. Numbers are shown exactly where the analysis has a closed form, else rounded from its certified digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sympy import And, Integer, Interval, Piecewise, S, Symbol, oo

from symnet.analysis import Fact, analyse
from symnet.errors import DefinitionError
from symnet.explain.activation.closed import mathematics
from symnet.explain.activation.fact_rows import exact_part, interval, joined, number, proved, row, words
from symnet.explain.activation.graph import listed
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Applied, Decimal
from symnet.prose import load
from symnet.sheet import Equation, FactRow, FactTable, Section, Text

MOST = 6
"""More points than this are cut."""


def properties(function: Function) -> Section | None:
    """The table of facts."""
    frame = Frame("activation", "properties", function.voice)
    facts = analyse(function.activation.at_defaults()).facts
    rows = [row for make in ROWS if (row := make(facts, function)) is not None]
    if left := undecided(facts):
        rows.append(left)
    return frame.section([FactTable(tuple(rows)), frame.paragraph("rounded")] if rows else [])


def domain(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """Where it is defined."""
    if not (found := proved(facts, "domain")):
        return None
    value = found[0].value
    if value["intervals"] == [["-oo", "oo"]] and not value["excluded"]:
        return row("domain", words("domain_all"), *found)
    shown = [
        interval(pair, exact_part(found[0], "intervals", k), holds=_member(function, _always))
        for k, pair in enumerate(value["intervals"])
    ]
    return row("domain", listed(shown), *found)


def _always(value: Any, end: Any) -> bool:
    return True


def _member(function: Function, holds: Callable[[Any, Any], bool]) -> Callable[[Any], bool]:
    """Whether an end of an interval belongs to it: f has a value there for which `holds`; no for what cannot be told."""

    def told(end: Any) -> bool:
        if isinstance(end, Decimal) or not end.is_number:
            return False
        try:
            value = function.value(end)
        except DefinitionError:
            return False
        return value is not S.NaN and bool(value.is_finite) and holds(value, end)

    return told


HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "zeros": lambda value, end: value == 0,
    "fixed_points": lambda value, end: value == end,
}


def bounds(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """The range: an interval with its ends open or closed, for a continuous function."""
    if not (found := proved(facts, "infimum", "supremum")):
        return None
    low, high = found
    ends = [number(fact.value["value"], exact_part(fact, "value")) for fact in found]
    whole = proved(facts, "continuous", "domain")
    if whole and whole[0].value is True and len(whole[1].value["intervals"]) == 1 and not whole[1].value["excluded"]:
        interval = (ends[0], ends[1], not low.value["attained"], not high.value["attained"])
        if all(isinstance(end, (int, Integer)) or not isinstance(end, Decimal) for end in ends):
            return row("range", words("range_interval", interval=Interval(*interval)), *found)
        return row(
            "range",
            Text(
                "{left}{low}, {high}{right}",
                {
                    "left": "(" if interval[2] else "[",
                    "low": ends[0],
                    "high": ends[1],
                    "right": ")" if interval[3] else "]",
                },
            ),
            *found,
        )
    return row("range", words("range_between", low=ends[0], high=ends[1]), *found)


def limits(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """The limits at both ends."""
    if not (found := proved(facts, "limit_at_minus_infinity", "limit_at_plus_infinity")):
        return None
    left, right = (
        load("facts")[f.value] if f.value in ("oscillates", "undefined") else number(f.value, f.exact) for f in found
    )
    return row("limits", words("limits_value", left=left, right=right), *found)


def asymptotes(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """Lines that the graph approaches."""
    if not (found := proved(facts, "asymptotes")):
        return None
    x = function.x
    texts = []
    for k, line in enumerate(found[0].value):
        exact = exact_part(found[0], k) or {}
        if "vertical_at" in line:
            texts.append(words("asymptote_vertical", at=number(line["vertical_at"], exact.get("vertical_at"))))
            continue
        slope, intercept = (number(line[key], exact.get(key)) for key in ("slope", "intercept"))
        formula_ = (
            slope * x + intercept
            if not any(isinstance(v, Decimal) for v in (slope, intercept))
            else Text("{a}·x + {b}", {"a": slope, "b": intercept})
        )
        texts.append(words("asymptote_line", line=formula_, side=number(line["side"])))
    return row("asymptotes", joined(texts) if texts else words("none"), *found)


def points(name: str) -> Callable[[Mapping[str, Fact], Function], FactRow | None]:
    """A row for a list of points and intervals."""

    def make(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
        if not (found := proved(facts, name)):
            return None
        value = found[0].value
        shown = [number(p, exact_part(found[0], "points", k)) for k, p in enumerate(value["points"])][:MOST]
        told = _member(function, HOLDS[name]) if name in HOLDS else None
        intervals = [
            interval(pair, exact_part(found[0], "intervals", k), told is None, told)
            for k, pair in enumerate(value["intervals"][:MOST])
        ]
        if value.get("infinite"):
            text = words("family", list=listed(shown or intervals), family=value.get("family") or "…")
        elif shown and intervals:
            text = joined([words("points", list=listed(shown)), words("intervals", list=listed(intervals))])
        elif intervals:
            text = words("intervals", list=listed(intervals))
        else:
            text = words("points", list=listed(shown)) if shown else words("none")
        if not value.get("infinite") and max(len(value["points"]), len(value["intervals"])) > MOST:
            text = words("and_more", list=text)
        return row(name, text, *found)

    return make


def extrema(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """Minima and maxima."""
    if not (found := proved(facts, "extrema")):
        return None
    texts = [
        words(
            "extremum", kind=load("facts")[entry["kind"]],
            value=number(entry["value"], exact_part(found[0], k, "value")), at=number(entry["at"], exact_part(found[0], k, "at")),
        )
        for k, entry in enumerate(found[0].value[:MOST])
    ]  # fmt: skip
    text = joined(texts) if texts else words("none")
    return row("extrema", words("and_more", list=text) if len(found[0].value) > MOST else text, *found)


def label(name: str) -> Callable[[Mapping[str, Fact], Function], FactRow | None]:
    """A row whose value is one of a few words."""

    def make(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
        if not (found := proved(facts, name)):
            return None
        return row(name, words(found[0].value), *found)

    return make


def smoothness(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """How often it can be differentiated."""
    if not (found := proved(facts, "smoothness")):
        return None
    k = found[0].value
    if k == "oo":
        text = words("smooth_all")
    elif k == 0:
        text = words("smooth_0")
    else:
        text = words("smooth_jump") if k == -1 else words("smooth_1" if k == 1 else "smooth_k", k=int(k))
    return row("smoothness", text, *found)


def lipschitz(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """The largest slope in size."""
    if not (found := proved(facts, "lipschitz")):
        return None
    value = found[0].value
    if value["value"] == "oo":
        return row("lipschitz", words("lipschitz_none"), *found)
    shown = number(value["value"], exact_part(found[0], "value"))
    where = [_met(function, number(p, exact_part(found[0], "at", k))) for k, p in enumerate(value["at"][:MOST])]
    where += [
        interval(pair, exact_part(found[0], "intervals", k), inner=True)
        for k, pair in enumerate(value["intervals"][:MOST])
    ]
    if value["attained"] and where:
        places = listed(where)
        if max(len(value["at"]), len(value["intervals"])) > MOST:
            places = words("and_more", list=places)
        return row("lipschitz", words("lipschitz_attained", value=shown, where=places), *found)
    return row(
        "lipschitz",
        words("lipschitz_limit", value=shown) if not value["attained"] else Text("{v}", {"v": shown}),
        *found,
    )


def _met(function: Function, point: Any) -> Any:
    """x = point, and that only one side has this slope where it is a corner."""
    place = Equation((function.x, point))
    found = None if isinstance(point, Decimal) else function.breakpoint(point)
    return words("one_sided", place=place) if found is not None and found.kink else place


def symmetry(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """Even, odd, about a centre, or none of these."""
    if not (found := proved(facts, "parity")):
        return None
    parity = found[0].value
    if parity == "neither" and (centre := proved(facts, "symmetry_center")):
        if centre[0].value is None:
            return row("symmetry", words("parity_neither"), *found)
        a, b = (number(v, exact_part(centre[0], k)) for k, v in enumerate(centre[0].value))
        return row("symmetry", words("centre", point=Text("({a}, {b})", {"a": a, "b": b})), *centre)
    return row("symmetry", words(f"parity_{parity}"), *found)


def relation(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """f′ from f, where there is such a formula."""
    found = proved(facts, "derivative_in_terms_of_f")
    if not found or found[0].value is None:
        return None
    if (shown := mathematics(found[0].value, function)) is None:
        return None
    shown = _between_corners(shown, function)
    values = [value for value, _ in shown.args] if isinstance(shown, Piecewise) else [shown]
    with_x = any(function.x in value.free_symbols for value in values)
    name = "derivative_from_f_and_x" if with_x else "derivative_in_terms_of_f"
    return row(name, Text("{e}", {"e": Equation((Applied("f", 1, function.x), shown))}), *found)


def _between_corners(shown: Any, function: Function) -> Any:
    """Cases told by x, with the corners left out: there is no slope there."""
    corners = {b.location for b in function.pieces.breakpoints if b.kink or not b.continuous}
    if not isinstance(shown, Piecewise) or not corners:
        return shown
    branches = []
    for piece in function.pieces.pieces:
        inside = _inner_point(piece)
        met = [
            value
            for value, condition in shown.args
            if condition.free_symbols <= {function.x} and condition.subs(function.x, inside) is S.true
        ]
        if not met or any(not condition.free_symbols <= {function.x} for _, condition in shown.args):
            return shown
        low = (
            S.true
            if piece.left == -oo
            else (function.x > piece.left if piece.left in corners else function.x >= piece.left)
        )
        high = S.true if piece.right == oo else function.x < piece.right
        branches.append((met[0], And(low, high)))
    return Piecewise(*branches, evaluate=False)


def _inner_point(piece: Any) -> Any:
    if piece.left == -oo:
        return S.Zero if piece.right == oo else piece.right - 1
    return piece.left + 1 if piece.right == oo else (piece.left + piece.right) / 2


def inverse(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """The inverse function, or that there is none."""
    if not (found := proved(facts, "inverse")):
        return _without_formula(facts)
    value = found[0].value
    if value is None:
        return row("inverse", words("none"), *found)
    intervals = value["domain"]["intervals"] if isinstance(value["domain"], Mapping) else value["domain"]
    same = len(intervals) == 1 and all(
        (end := proved(facts, name)) and end[0].value["value"] == intervals[0][k]
        for k, name in enumerate(("infimum", "supremum"))
    )
    reached = bounds(facts, function) if same else None
    where = reached.value if reached else listed([interval(pair, None, inner=True) for pair in intervals])
    solved = mathematics(value["expression"], function, "y")
    shown = Text("`{e}`", {"e": value["expression"]}) if solved is None else Equation((Symbol("x"), solved))
    return row("inverse", words("inverse_value", expression=shown, domain=where), *found)


def _without_formula(facts: Mapping[str, Fact]) -> FactRow | None:
    """That an inverse exists, for a strictly monotone function whose equation was not solved."""
    found = proved(facts, "monotonicity")
    if not found or not found[0].value.startswith("strictly"):
        return None
    return row("inverse", words("inverse_exists", label=words(found[0].value)), *found)


def undecided(facts: Mapping[str, Fact]) -> FactRow | None:
    """The facts that nobody could prove."""
    names = load("facts")["names"]
    left = [
        names.get(name, name.replace("_", " "))
        for name, fact in facts.items()
        if fact.verdict != "proved" and not (name == "inverse" and _without_formula(facts))
    ]
    return (
        FactRow(words("undecided"), Text(", ".join(left)), words("undecided_reason"), "not decided") if left else None
    )


ROWS = (
    domain, bounds, limits, asymptotes, points("zeros"), points("fixed_points"), extrema, label("monotonicity"),
    label("convexity"), points("inflection_points"), smoothness, lipschitz, symmetry, inverse, relation,
)  # fmt: skip
"""The rows in reading order."""
SUMMARISED = {
    "range": bounds,
    "limits": limits,
    "monotonicity": label("monotonicity"),
    "convexity": label("convexity"),
    "lipschitz": lipschitz,
}
"""The facts that a composed summary tells."""
