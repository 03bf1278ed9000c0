"""The branches of a piecewise expression, each with the condition that really holds on it.

In ``Piecewise((a, x < -3), (b, x < 3), (c, True))`` the second branch holds for −3 ≤ x < 3, and that is
what a reader wants to see. Conditions become chains of comparisons (−3 ≤ x < 3), which every printer can
print; where the effective condition cannot be worked out exactly, the branch keeps its own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sympy import (
    And,
    Eq,
    FiniteSet,
    Ge,
    Gt,
    Intersection,
    Interval,
    Le,
    Lt,
    Ne,
    Not,
    Or,
    Piecewise,
    Reals,
    S,
    Set,
    Symbol,
    Union,
    oo,
    true,
)
from sympy.core.alphabets import greeks as greek_letters_set
from sympy.core.relational import Relational

SIGNS = {Lt: "<", Le: "≤", Gt: ">", Ge: "≥", Eq: "=", Ne: "≠"}


@dataclass(frozen=True)
class Chain:
    """Terms joined by comparison signs: (−3, x, 3) and ("≤", "<")."""

    terms: tuple[Any, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One branch: the value, and the chains of which one must hold; no chain means otherwise."""

    value: Any
    chains: tuple[Chain, ...] = ()
    condition: Any = None
    """The condition as SymPy has it, where it is no union of chains."""


@lru_cache(maxsize=4096)
def cases(expression: Piecewise) -> tuple[Case, ...]:
    """The branches of `expression` in the order in which it was written."""
    pairs = [(branch.args[0], branch.args[1]) for branch in expression.args]
    exact = _by_sets(pairs)
    if exact is not None:
        return exact
    result = []
    for index, (value, condition) in enumerate(pairs):
        if condition == true and index == 1 and isinstance(pairs[0][1], Relational):
            condition = Not(pairs[0][1])
        result.append(_case(value, condition))
    return tuple(result)


def _case(value: Any, condition: Any) -> Case:
    if condition == true:
        return Case(value)
    chains = chains_of(condition)
    return Case(value, chains) if chains else Case(value, condition=condition)


def chains_of(condition: Any) -> tuple[Chain, ...]:
    """The condition as alternatives of chains, or nothing where it has another form."""
    if isinstance(condition, Or):
        parts = [chains_of(part) for part in condition.args]
        return tuple(chain for part in parts for chain in part) if all(parts) else ()
    if isinstance(condition, And) and len(condition.args) == 2:
        return _between(*condition.args)
    if type(condition) in SIGNS:
        turned = condition.reversed if _is_variable(condition.rhs) and not _is_variable(condition.lhs) else condition
        return (Chain((turned.lhs, turned.rhs), (SIGNS[type(turned)],)),)
    return ()


def _is_variable(side: Any) -> bool:
    """Whether a side is a symbol with a Latin name: parameters have Greek ones, and stand on the right."""
    return isinstance(side, Symbol) and side.name not in greek_letters_set


def _between(first: Any, second: Any) -> tuple[Chain, ...]:
    if type(first) not in (Lt, Le, Gt, Ge) or type(second) not in (Lt, Le, Gt, Ge):
        return ()
    for low, high in ((first, second), (second, first)):
        if low.gts == high.lts:
            return (Chain((low.lts, low.gts, high.gts), (_less(low), _less(high))),)
    return ()


def _less(relation: Any) -> str:
    return "<" if isinstance(relation, (Lt, Gt)) else "≤"


def _by_sets(pairs: list[tuple[Any, Any]]) -> tuple[Case, ...] | None:
    symbols = set().union(*(condition.free_symbols for _, condition in pairs))
    if len(symbols) != 1:
        return None
    variable = symbols.pop()
    covered: Set = S.EmptySet
    result = []
    for value, condition in pairs:
        try:
            holds = _where(condition, variable)
            here = holds - covered
            covered = Union(covered, holds)
            result.append(Case(value, tuple(_chain(part, variable) for part in _parts(here))))
        except (NotImplementedError, TypeError, ValueError, AttributeError):
            return None
    return tuple(result)


def _where(condition: Any, variable: Symbol) -> Any:
    """The set on which a condition holds; the plain ones are read off, the others are SymPy's to solve."""
    if condition == true:
        return Reals
    if isinstance(condition, And):
        return Intersection(*(_where(part, variable) for part in condition.args))
    if isinstance(condition, Or):
        return Union(*(_where(part, variable) for part in condition.args))
    if isinstance(condition, Relational) and condition.rhs == variable:
        condition = condition.reversed
    if isinstance(condition, Relational) and condition.lhs == variable and condition.rhs.is_number:
        bound = condition.rhs
        if isinstance(condition, (Lt, Le)):
            return Interval(-oo, bound, True, isinstance(condition, Lt))
        if isinstance(condition, (Gt, Ge)):
            return Interval(bound, oo, isinstance(condition, Gt), True)
    return condition.as_set()


def _parts(region: Set) -> tuple[Any, ...]:
    if region == S.EmptySet:
        raise ValueError("a branch that never holds")
    parts = region.args if isinstance(region, Union) else (region,)
    return tuple(sorted(parts, key=lambda part: float(part.inf) if part.inf != -oo else -float("inf")))


def _chain(part: Set, variable: Symbol) -> Chain:
    if isinstance(part, FiniteSet) and len(part) == 1:
        return Chain((variable, *part.args), ("=",))
    if not isinstance(part, Interval):
        raise TypeError("neither an interval nor a point")
    if part.start == -oo and part.end == oo:
        return Chain((variable, S.Reals), ("∈",))
    if part.start == -oo:
        return Chain((variable, part.end), ("<" if part.right_open else "≤",))
    if part.end == oo:
        return Chain((variable, part.start), (">" if part.left_open else "≥",))
    return Chain((part.start, variable, part.end), ("<" if part.left_open else "≤", "<" if part.right_open else "≤"))
