"""What is always true of the function: the facts of the analysis, each with its verdict and reason.

A row says only what a fact of the analysis proves; facts that it could not decide are named in the last
row. Numbers are shown exactly where the analysis has a closed form, else rounded from its certified digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sympy import Integer, Interval, LambertW, Rational, Symbol, oo

from symnet.analysis import Fact, analyse
from symnet.errors import DefinitionError
from symnet.explain import formula
from symnet.explain.activation.graph import listed
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Decimal
from symnet.prose import load
from symnet.sheet import Equation, FactRow, FactTable, Section, Text

DIGITS = 6
LONGEST = 8
"""A closed form with more operations is shown rounded."""
MOST = 6
"""More points than this are cut."""


def properties(function: Function) -> Section | None:
    """The table of facts."""
    frame = Frame("activation", "properties", function.voice)
    facts = analyse(function.activation.at_defaults()).facts
    rows = [row for make in ROWS if (row := make(facts, function)) is not None]
    if left := undecided(facts):
        rows.append(left)
    return frame.section([FactTable(tuple(rows))] if rows else [])


def number(value: str, exact: str | None = None) -> Any:
    """A number of the contract: exact where there is a closed form, else rounded."""
    if exact is not None:
        try:
            found = formula.read(str(exact), {"x": Symbol("x", real=True)}, {"LambertW": LambertW})
            if found.count_ops() <= LONGEST:
                return found
        except DefinitionError:
            pass
    if value in ("oo", "-oo"):
        return oo if value == "oo" else -oo
    return Decimal(Rational(value), DIGITS)


def words(key: str, **values: Any) -> Text:
    """A sentence of facts.toml."""
    return Text(load("facts")[key], values)


def row(name: str, value: Text, *facts: Fact) -> FactRow:
    """A proved row; its reason is that of its facts."""
    reasons = list(dict.fromkeys(fact.reason for fact in facts if fact.reason))
    return FactRow(words(name), value, Text(" ".join(f"{{r{k}}}" for k in range(len(reasons))), {f"r{k}": r for k, r in enumerate(reasons)}), "proved")


def proved(facts: Mapping[str, Fact], *names: str) -> list[Fact] | None:
    """The facts of these names when all are proved."""
    found = [facts[name] for name in names if name in facts]
    return found if len(found) == len(names) and all(fact.verdict == "proved" for fact in found) else None


def _exact(fact: Fact, *path: Any) -> Any:
    """A part of the exact value, or None."""
    part = fact.exact
    for key in path:
        try:
            part = part[key]
        except (TypeError, KeyError, IndexError):
            return None
    return part


def domain(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """Where it is defined."""
    if not (found := proved(facts, "domain")):
        return None
    value = found[0].value
    if value["intervals"] == [["-oo", "oo"]] and not value["excluded"]:
        return row("domain", words("domain_all"), *found)
    return row("domain", listed([_interval(pair, None) for pair in value["intervals"]]), *found)


def bounds(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """The range: an interval with its ends open or closed, for a continuous function."""
    if not (found := proved(facts, "infimum", "supremum")):
        return None
    low, high = found
    ends = [number(fact.value["value"], _exact(fact, "value")) for fact in found]
    whole = proved(facts, "continuous", "domain")
    if whole and whole[0].value is True and len(whole[1].value["intervals"]) == 1 and not whole[1].value["excluded"]:
        interval = (ends[0], ends[1], not low.value["attained"], not high.value["attained"])
        if all(isinstance(end, (int, Integer)) or not isinstance(end, Decimal) for end in ends):
            return row("range", words("range_interval", interval=Interval(*interval)), *found)
        return row("range", Text("{left}{low}, {high}{right}", {"left": "(" if interval[2] else "[", "low": ends[0], "high": ends[1], "right": ")" if interval[3] else "]"}), *found)
    return row("range", words("range_between", low=ends[0], high=ends[1]), *found)


def limits(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """The limits at both ends."""
    if not (found := proved(facts, "limit_at_minus_infinity", "limit_at_plus_infinity")):
        return None
    left, right = (load("facts")[f.value] if f.value in ("oscillates", "undefined") else number(f.value, f.exact) for f in found)
    return row("limits", words("limits_value", left=left, right=right), *found)


def asymptotes(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """Lines that the graph approaches."""
    if not (found := proved(facts, "asymptotes")):
        return None
    x = function.x
    texts = []
    for k, line in enumerate(found[0].value):
        exact = _exact(found[0], k) or {}
        if "vertical_at" in line:
            texts.append(words("asymptote_vertical", at=number(line["vertical_at"], exact.get("vertical_at"))))
            continue
        slope, intercept = (number(line[key], exact.get(key)) for key in ("slope", "intercept"))
        formula_ = slope * x + intercept if not any(isinstance(v, Decimal) for v in (slope, intercept)) else Text("{a}·x + {b}", {"a": slope, "b": intercept})
        texts.append(words("asymptote_line", line=formula_, side=number(line["side"])))
    return row("asymptotes", _joined(texts) if texts else words("none"), *found)


def points(name: str) -> Callable[[Mapping[str, Fact], Function], FactRow | None]:
    """A row for a list of points and intervals."""

    def make(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
        if not (found := proved(facts, name)):
            return None
        value = found[0].value
        shown = [number(p, _exact(found[0], "points", k)) for k, p in enumerate(value["points"])][:MOST]
        intervals = [_interval(pair, _exact(found[0], "intervals", k)) for k, pair in enumerate(value["intervals"])][:MOST]
        if value.get("infinite"):
            text = words("family", list=listed(shown or intervals), family=value.get("family") or "…")
        elif shown and intervals:
            text = _joined([words("points", list=listed(shown)), words("intervals", list=listed(intervals))])
        elif intervals:
            text = words("intervals", list=listed(intervals))
        else:
            text = words("points", list=listed(shown)) if shown else words("none")
        return row(name, text, *found)

    return make


def extrema(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """Minima and maxima."""
    if not (found := proved(facts, "extrema")):
        return None
    texts = [
        words(
            "extremum", kind=load("facts")[entry["kind"]],
            value=number(entry["value"], _exact(found[0], k, "value")), at=number(entry["at"], _exact(found[0], k, "at")),
        )
        for k, entry in enumerate(found[0].value[:MOST])
    ]  # fmt: skip
    return row("extrema", _joined(texts) if texts else words("none"), *found)


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
        text = words("smooth_jump") if k == -1 else words("smooth_k", k=int(k))
    return row("smoothness", text, *found)


def lipschitz(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """The largest slope in size."""
    if not (found := proved(facts, "lipschitz")):
        return None
    value = found[0].value
    if value["value"] == "oo":
        return row("lipschitz", words("lipschitz_none"), *found)
    shown = number(value["value"], _exact(found[0], "value"))
    where = [Equation((function.x, number(p, _exact(found[0], "at", k)))) for k, p in enumerate(value["at"][:MOST])]
    where += [_interval(pair, _exact(found[0], "intervals", k)) for k, pair in enumerate(value["intervals"][:MOST])]
    if value["attained"] and where:
        return row("lipschitz", words("lipschitz_attained", value=shown, where=listed(where)), *found)
    return row("lipschitz", words("lipschitz_limit", value=shown) if not value["attained"] else Text("{v}", {"v": shown}), *found)


def symmetry(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """Even, odd, about a centre, or none of these."""
    if not (found := proved(facts, "parity")):
        return None
    parity = found[0].value
    if parity == "neither" and (centre := proved(facts, "symmetry_center")):
        if centre[0].value is None:
            return row("symmetry", words("parity_neither"), *found)
        a, b = (number(v, _exact(centre[0], k)) for k, v in enumerate(centre[0].value))
        return row("symmetry", words("centre", point=Text("({a}, {b})", {"a": a, "b": b})), *centre)
    return row("symmetry", words(f"parity_{parity}"), *found)


def relation(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """f′ from f, where there is such a formula."""
    found = proved(facts, "derivative_in_terms_of_f")
    if not found or found[0].value is None:
        return None
    return row("derivative_in_terms_of_f", Text("`{formula}`", {"formula": found[0].value}), *found)


def inverse(facts: Mapping[str, Fact], function: Function) -> FactRow | None:
    """The inverse function, or that there is none."""
    if not (found := proved(facts, "inverse")):
        return None
    value = found[0].value
    if value is None:
        return row("inverse", words("none"), *found)
    intervals = value["domain"]["intervals"] if isinstance(value["domain"], Mapping) else value["domain"]
    return row("inverse", words("inverse_value", expression=Text("`{e}`", {"e": value["expression"]}), domain=listed([_interval(pair, None) for pair in intervals])), *found)


def undecided(facts: Mapping[str, Fact]) -> FactRow | None:
    """The facts that nobody could prove."""
    names = load("facts")["names"]
    left = [names.get(name, name.replace("_", " ")) for name, fact in facts.items() if fact.verdict != "proved"]
    return FactRow(words("undecided"), Text(", ".join(left)), words("undecided_reason"), "not decided") if left else None


def _interval(pair: Sequence[str], exact: Any) -> Any:
    ends = [number(value, exact[k] if exact else None) for k, value in enumerate(pair)]
    if any(isinstance(end, Decimal) for end in ends):
        return Text("[{a}, {b}]", {"a": ends[0], "b": ends[1]})
    return Interval(ends[0], ends[1])


def _joined(texts: list[Text]) -> Text:
    return Text("; ".join(f"{{t{k}}}" for k in range(len(texts))), {f"t{k}": text for k, text in enumerate(texts)})


ROWS = (
    domain, bounds, limits, asymptotes, points("zeros"), points("fixed_points"), extrema, label("monotonicity"),
    label("convexity"), points("inflection_points"), smoothness, lipschitz, symmetry, inverse, relation,
)  # fmt: skip
"""The rows in reading order."""
SUMMARISED = {"range": bounds, "limits": limits, "monotonicity": label("monotonicity"), "convexity": label("convexity"), "lipschitz": lipschitz}
"""The facts that a composed summary tells."""
