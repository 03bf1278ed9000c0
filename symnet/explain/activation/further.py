"""What theory and training ask further: bends, slopes, series, integrals, moments, relations and distances."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sympy import Integer, Symbol

from symnet.analysis import Fact, analyse
from symnet.definitions.activation import activations
from symnet.explain.activation.closed import identity, mathematics
from symnet.explain.activation.fact_rows import exact_part, interval, joined, number, proved, row, words
from symnet.explain.activation.graph import listed
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import Applied, Terms
from symnet.sheet import Equation, FactRow, FactTable, Section, Text

MOST = 6
"""More intervals or relations than this are cut."""
INNER = ("saturated", "dead", "convex", "concave")
"""Statements whose intervals may end in a corner or a jump."""
Row = FactRow | None
Facts = Mapping[str, Fact]


def further(function: Function) -> Section | None:
    """The table of what is proved beyond the usual properties."""
    facts = analyse(function.activation.at_defaults(), extras=True).facts
    rows = [row for make in ROWS if (row := make(facts, function)) is not None]
    return Frame("activation", "further", function.voice).section([FactTable(tuple(rows))] if rows else [])


def bends(facts: Facts, function: Function) -> Row:
    """Where it is convex and where concave, when it is both."""
    found = proved(facts, "convexity_intervals", "convexity")
    if not found or found[1].value != "neither":
        return None
    texts = [
        words(f"bends_{name}", list=_intervals(found[0], name))
        for name in ("convex", "concave")
        if found[0].value[name]
    ]
    return row("convexity_intervals", _endless(joined(texts), found[0]), found[0]) if texts else None


def slopes(facts: Facts, function: Function) -> Row:
    """Between which numbers f′ lies."""
    if not (found := proved(facts, "gradient_bounds")):
        return None
    ends = [number(found[0].value[key]["value"], exact_part(found[0], key, "value")) for key in ("infimum", "supremum")]
    return row("gradient_bounds", words("slopes_between", low=ends[0], high=ends[1]), *found)


def saturation(facts: Facts, function: Function) -> Row:
    """Where hardly any gradient, or none, comes through."""
    if not (found := proved(facts, "saturation")):
        return None
    value = found[0].value
    kinds = ("dead",) if value["saturated"] == value["dead"] else ("saturated", "dead")
    texts = [words(f"region_{k}", list=_intervals(found[0], k)) for k in kinds if value[k]]
    return row("saturation", _endless(joined(texts), found[0]) if texts else words("none"), *found)


def reflections(facts: Facts, function: Function) -> Row:
    """What f(x) and f(−x) have to do with each other."""
    if not (found := proved(facts, "reflection_identities")) or not found[0].value:
        return None
    return row(
        "reflection_identities", listed([identity(r["left"], r["right"], function) for r in found[0].value]), *found
    )


def algebra(facts: Facts, function: Function) -> Row:
    """f(a x) = a^k f(x) and f(f(x)) = f(x), where they hold."""
    x, a = function.x, Symbol("a", positive=True)
    texts, sources = [], []
    if (found := proved(facts, "homogeneity")) and found[0].value is not None:
        factor = a ** number(found[0].value, found[0].exact)
        texts.append(words("homogeneous", equation=Equation((Applied("f", 0, a * x), factor * Applied("f", 0, x)))))
        sources += found
    if (found := proved(facts, "idempotence")) and found[0].value is True:
        twice = Applied("f", 0, Applied("f", 0, x))
        texts.append(words("idempotent", equation=Equation((twice, Applied("f", 0, x)))))
        sources += found
    return row("algebra", joined(texts), *sources) if texts else None


def series(facts: Facts, function: Function) -> Row:
    """The Taylor polynomial at 0."""
    if not (found := proved(facts, "taylor_at_zero")) or found[0].value is None:
        return None
    coefficients = [number(v, exact_part(found[0], k)) for k, v in enumerate(found[0].value)]
    terms = [c * function.x**k if k else c for k, c in enumerate(coefficients) if c != 0]
    if not terms:
        return None
    polynomial = Terms(*terms) if len(terms) > 1 else terms[0]
    equation = Equation((Applied("f", 0, function.x), polynomial), "≈")
    return row("taylor_at_zero", words("series", equation=equation, order=Integer(len(coefficients))), *found)


def antiderivative(facts: Facts, function: Function) -> Row:
    """An elementary antiderivative."""
    if not (found := proved(facts, "antiderivative")):
        return None
    shown = mathematics(found[0].value, function)
    if shown is None:
        return None
    return row("antiderivative", Text("{e}", {"e": Equation((Applied("F", 0, function.x), shown))}), *found)


def moments(facts: Facts, function: Function) -> Row:
    """Mean and second moment of f and f′ for a standard normal input, and the gain."""
    if not (found := proved(facts, "gaussian_moments")) or found[0].value is None:
        return None
    shown = {key: number(value, exact_part(found[0], key)) for key, value in found[0].value.items()}
    return row("gaussian_moments", words("moments", **shown), *found)


def relatives(facts: Facts, function: Function) -> Row:
    """Identities with siblings."""
    if not (found := proved(facts, "relations")) or not found[0].value:
        return None
    equations = [identity(r["left"], r["right"], function) for r in found[0].value[:MOST]]
    return row("relations", listed(equations), *found)


def distances(facts: Facts, function: Function) -> Row:
    """How far the nearest siblings are."""
    if not (found := proved(facts, "sibling_distances")) or not found[0].value:
        return None
    texts = [
        words(
            "distance", title=activations[entry["sibling"]].title,
            value=number(entry["value"], exact_part(found[0], k, "value")),
            where=listed([number(p, exact_part(found[0], k, "at", i)) for i, p in enumerate(entry["at"])]),
        )
        for k, entry in enumerate(found[0].value) if entry["at"]
    ]  # fmt: skip
    return row("sibling_distances", joined(texts), *found) if texts else None


def _intervals(fact: Fact, name: str) -> Text:
    pairs: Sequence[Any] = fact.value[name]
    return listed([interval(pair, exact_part(fact, name, k), name in INNER) for k, pair in enumerate(pairs[:MOST])])


def _endless(text: Text, fact: Fact) -> Text:
    return words("and_so_on", list=text) if fact.value["infinite"] or _cut(fact) else text


def _cut(fact: Fact) -> bool:
    return any(isinstance(part, list) and len(part) > MOST for part in fact.value.values())


ROWS: tuple[Callable[[Facts, Function], Row], ...] = (
    bends, slopes, saturation, reflections, algebra, series, antiderivative, moments, relatives, distances,
)  # fmt: skip
"""The rows in reading order."""
