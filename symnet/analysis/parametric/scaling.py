"""Parameters that only scale: f(x; p) = p^a * g(p^b * x) for every p > 0, where g(x) = f(x; 1).

The exponents a and b are tried in turn and proved: the pieces of p^-a * f(x/p^b; p), their ends and the
values there are free of p in the field. Every fact of g then carries over with exact factors
(`transfer`). For a real parameter the negative side is scaled by -p, and 0 stands by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq

from symnet.analysis.cells import Cells, cells_of
from symnet.analysis.fact import UNKNOWN, Fact
from symnet.analysis.parametric.cases import joined, spelled
from symnet.analysis.parametric.estimate import estimate
from symnet.analysis.parametric.parts import Part, Where, leaves
from symnet.analysis.parametric.transfer import Factors, power_of, transferred
from symnet.balls.field import Field
from symnet.balls.parameters import Box, Critical, Range
from symnet.balls.undecided import NeedsFinerBase, Undecided
from symnet.balls.work import Budget
from symnet.definitions import folding
from symnet.definitions.tree import FreeParameter, Node, Number, Variable, substitute, walk

if TYPE_CHECKING:
    from symnet.analysis.parametric.decide import Family, Question

UNITS = 5_000
SIZES = (Fraction(1), Fraction(1, 2), Fraction(2), Fraction(1, 3))
EXPONENTS = (Fraction(0), *(sign * size for size in SIZES for sign in (1, -1)))
FINEST_BASES = 4
ONE = Number(Fraction(1))
POINTS = (-2.3, -0.9, -0.2, 0.4, 1.1, 3.7)
SIZE = 1.9
TOLERANCE = 1e-6


def by_scaling(
    family: Family, questions: Mapping[str, Question], facts: Mapping[str, Fact], assumptions: Mapping[str, str]
) -> dict[str, Fact]:
    """Those of the open facts that scaling one parameter away proves for more values."""
    for name, assumption in assumptions.items():
        improved = _without(family, name, assumption, questions, assumptions)
        better = {key: fact for key, fact in improved.items() if _better(fact, facts[key])}
        if better:
            return better
    return {}


def _better(new: Fact, old: Fact) -> bool:
    return new.verdict != UNKNOWN and (old.verdict == UNKNOWN or not new.evidence.get("partial", False))


def _without(
    family: Family, name: str, assumption: str, questions: Mapping[str, Question], assumptions: Mapping[str, str]
) -> dict[str, Fact]:
    """The facts with one parameter scaled away; its negative side and 0 only where it is the only parameter."""
    (leaf,) = leaves(family.tree, name)
    above = _side(family, leaf, 1, questions)
    if above is None or (assumption != "positive" and len(assumptions) > 1):
        return {}
    if assumption == "positive":
        return {key: replace(fact, conditions=spelled(assumptions)) for key, fact in above.items()}
    zero = Field().zero
    at_zero = {key: family.fact(key, question, Part({name: zero})) for key, question in questions.items()}
    places: list[tuple[Where, Mapping[str, Fact]]] = [(zero, at_zero), (Range(zero, None), above)]
    if assumption == "real":
        below = _side(family, leaf, -1, questions)
        places.insert(0, (Range(None, zero), below or _unknown(questions)))
    return {
        key: joined(key, [(Part({name: place}), facts[key]) for place, facts in places], assumptions)
        for key in questions
    }


def _unknown(questions: Mapping[str, Question]) -> dict[str, Fact]:
    return {key: Fact(key, UNKNOWN, reason="Not decided: the parameter is no scaling.") for key in questions}


def _side(family: Family, leaf: FreeParameter, sign: int, questions: Mapping[str, Question]) -> dict[str, Fact] | None:
    """The facts for the positive (1) or negative (-1) values of a parameter; None where it is no scaling there."""
    from symnet.analysis.decision import decide
    from symnet.analysis.facts import FACTS
    from symnet.analysis.parametric.decide import decide_for_every_value

    size = FreeParameter(leaf.name, "positive")
    tree = substitute(family.tree, leaf, size if sign > 0 else folding.negate(size))
    found = scaling_of(tree, size)
    if found is None:
        return None
    reduced = substitute(tree, size, ONE)
    asked = {**questions, "critical_points": FACTS["critical_points"]}
    if any(isinstance(node, FreeParameter) for node in walk(reduced)):
        left = family.budget.units
        facts, complete = decide_for_every_value(reduced, family.text, asked, family.budget.deadline, left)
    else:
        facts, complete = decide(reduced, family.text, family.budget.deadline)
    family.budget.cut_short = family.budget.cut_short or not complete
    factors = Factors(size if sign > 0 else folding.negate(size), *found)
    return {key: transferred(facts, key, factors) for key in questions}


def scaling_of(tree: Node, leaf: FreeParameter) -> tuple[Fraction, Fraction] | None:
    """The exponents (a, b) with which a positive parameter scales, proved; None when it does not."""
    for b in EXPONENTS:
        for a in EXPONENTS:
            if (a or b) and _plausible(tree, leaf.name, float(a), float(b)) and _proved(tree, leaf, a, b):
                return a, b
    return None


def _plausible(tree: Node, name: str, a: float, b: float) -> bool:
    """Whether nothing speaks against it at a few points, in double precision."""
    variable = next((node.name for node in walk(tree) if isinstance(node, Variable)), "x")
    others = {node.name for node in walk(tree) if isinstance(node, FreeParameter)}
    for k, x in enumerate(POINTS):
        values = dict.fromkeys(others, 0.7 + 0.3 * k)
        one = estimate(tree, values | {variable: x, name: 1.0})
        two = estimate(tree, values | {variable: x / SIZE**b, name: SIZE})
        if one is not None and two is not None and abs(two / SIZE**a - one) > TOLERANCE * (1 + abs(one)):
            return False
    return True


def _proved(tree: Node, leaf: FreeParameter, a: Fraction, b: Fraction) -> bool:
    """Whether p^-a * f(x/p^b; p) is free of p."""
    variable = next((node for node in walk(tree) if isinstance(node, Variable)), None)
    if variable is None:
        return False
    inner = substitute(tree, variable, folding.multiply(power_of(leaf, -b), variable))
    whole = folding.multiply(power_of(leaf, -a), inner)
    zero = Field().zero
    assumed = {node.name: node.assumption for node in walk(tree) if isinstance(node, FreeParameter)}
    ranges = {name: Range() if word == "real" else Range(zero, None) for name, word in assumed.items()}
    bases: dict[str, fmpq] = {}
    for _ in range(FINEST_BASES):
        budget = Budget(UNITS)
        field = Field(bases, budget, Box(ranges))
        try:
            return not _depends(cells_of(whole, field, budget), leaf.name)
        except NeedsFinerBase as need:
            bases[need.key] = need.base  # type: ignore[assignment]
        except (Undecided, Critical, ZeroDivisionError, AssertionError, RecursionError):
            return False
    return False


def _depends(cells: Cells, name: str) -> bool:
    """Whether a piece, an end or a value at an end depends on the parameter."""
    elements = [piece.element for piece in cells.pieces]
    for junction in cells.junctions:
        if junction.point.exact is not None:  # else it is a root of a factor without parameters
            elements.append(junction.point.exact)
        elements.append(None if junction.value is None else junction.value.element)
    return any(element is not None and name in Box.names(element) for element in elements)
