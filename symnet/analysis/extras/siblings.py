"""How f is related to the catalogue: identities that a numerical filter proposes and the exact zero test proves.

Sought are f = a g(s x) + b + c x, f = x (a g(s x) + b), f = g(h(x)) and f = x g(h(x)), and with derivatives
f′ = a g(s x) + b, f = a g′ and f = a x g′, for g and h in the catalogue at their defaults, rational a, b, c and
scales s that are usual or occur in f or g. Only what is proved is listed; there may be more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from typing import TypeAlias

from flint import fmpq

from symnet.analysis.cells import cells_of
from symnet.analysis.conversion import convert
from symnet.analysis.extras.fitting import Target, affine, fitted
from symnet.analysis.extras.identity import afresh, equal
from symnet.analysis.extras.sampling import POINTS, Curve, catalogue, normal_tree
from symnet.analysis.fact import Fact
from symnet.analysis.place import Cell, Split
from symnet.analysis.reflection import Answer
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.element import Element
from symnet.balls.field import Field
from symnet.balls.interval import Interval
from symnet.balls.undecided import Undecided
from symnet.definitions.expression import read
from symnet.definitions.tree import Apply

MOST_TRIED, MOST_TRIED_OF_ONE, MOST_LISTED = 40, 2, 6
ONES = (1.0,) * len(POINTS)
USUAL = (1, -1, 2, -2, 3, 4, 5, 6)
TELLING = (9, 4, 12, 1, 7, 6, 14, 0, 2, 3, 5, 8, 10, 11, 13)
"""The points, those first where functions that are alike near 0 or far out differ."""


@dataclass(frozen=True)
class Root:
    """A scale beyond the rationals, with its spelling."""

    text: str
    value: float

    def __float__(self) -> float:
        return self.value


Scale: TypeAlias = Fraction | Root
ROOTS = (
    Root("x/sqrt(2)", 1 / math.sqrt(2)), Root("sqrt(2)*x/2", 1 / math.sqrt(2)), Root("sqrt(2)*x", math.sqrt(2)),
)  # fmt: skip
"""One scale in two spellings, since the exact arithmetic of roots knows a root above from one below."""


@dataclass(frozen=True)
class Proposal:
    """left = right, as texts; with a derivative, the factors for its proof."""

    left: str
    right: str
    sibling: str = ""
    primed: str = ""
    """"f" for f′ = weight*g(s x) + shift, "g" for f = weight*g′, "xg" for f = weight*x*g′."""
    inner: str = ""
    weight: Fraction = Fraction(1)
    shift: Fraction = Fraction(0)


def relations(subject: Subject) -> Fact:
    """[{"left", "right"}]: proved identities between f and its siblings, the shortest first."""
    f = Curve(subject.tree)
    if affine(f.values):
        return proved("relations", [], "f is a straight line, for which no relation was sought.")
    proposals = sorted(set(_proposals(f)), key=lambda p: (len(p.right), p.left, p.right))
    found: list[dict[str, str]] = []
    tries: Counter[tuple[str, str]] = Counter()
    for proposal in proposals:
        key = (proposal.sibling, proposal.left)
        if len(found) == MOST_LISTED or tries.total() >= MOST_TRIED or tries[key] >= MOST_TRIED_OF_ONE:
            continue
        tries[key] += 1
        if _slopes_agree(subject, proposal) if proposal.primed else _agree(subject, proposal.right):
            tries[key] = MOST_TRIED_OF_ONE
            found.append({"left": proposal.left, "right": proposal.right})
    return proved(
        "relations",
        found,
        "Proposed by numbers over the catalogue, then proved on every cell; slopes between the breakpoints.",
    )


def _agree(subject: Subject, right: str) -> bool:
    return equal(subject.tree, read(right).tree, subject.budget) is Answer.YES


def _proposals(f: Curve) -> Iterator[Proposal]:
    quotients = tuple(v / x for v, x in zip(f.values, POINTS, strict=True))
    lined, shifted, sloped = Target(f.values, 2), Target(quotients, 1), Target(f.slopes, 1, 1e-7)
    equal_to, times_x = Target(f.values, 0, 1e-7), Target(quotients, 0, 1e-7)
    targets = [lined, shifted] if affine(f.slopes) else [lined, shifted, sloped]
    for name, g in _siblings(f).items():
        for scale in _scales(f.numbers | g.numbers):
            known: dict[int, float] = {}
            nodes = _nodes(scale)
            near = [target for target in targets if target.admits(g.compiled, nodes, known)]
            if not near:
                continue
            call, there = f"{name}({_text(scale)})", tuple(map(g, nodes))
            if lined in near and (fit := fitted(f.values, [there, ONES, POINTS])):
                yield Proposal("f(x)", _sum([(fit[0], call), (fit[2], "x"), (fit[1], "")]), name)
            if shifted in near and (fit := fitted(quotients, [there, ONES])):
                yield Proposal("f(x)", _times_x(fit[0], call, fit[1]), name)
            if sloped in near and (fit := fitted(f.slopes, [there, ONES], 1e-7)):
                yield Proposal("f'(x)", _sum([(fit[0], call), (fit[1], "")]), name, "f", call, fit[0], fit[1])
        slopes: dict[int, float] = {}
        if equal_to.admits(g.slope, POINTS, slopes) and (fit := fitted(f.values, [g.slopes], 1e-7)):
            yield Proposal("f(x)", _sum([(fit[0], f"{name}'(x)")]), name, "g", f"{name}(x)", fit[0])
        if times_x.admits(g.slope, POINTS, slopes) and (fit := fitted(quotients, [g.slopes], 1e-7)):
            yield Proposal("f(x)", _sum([(fit[0], f"x*{name}'(x)")]), name, "xg", f"{name}(x)", fit[0])
    yield from _compositions(f, quotients)


def _siblings(f: Curve) -> dict[str, Curve]:
    """The catalogue without f and without straight lines."""
    return {name: g for name, g in catalogue().items() if not affine(g.values) and not _same(f, name, g)}


def _same(f: Curve, name: str, g: Curve) -> bool:
    return all(abs(a - b) < 1e-9 for a, b in zip(f.values, g.values, strict=True)) and normal_tree(name) == f.tree


def _compositions(f: Curve, quotients: tuple[float, ...]) -> Iterator[Proposal]:
    """f = g(h(x)) and f = x g(h(x)), told apart at one point after another; g is no line on the values of h."""
    siblings = _siblings(f)
    for (outer, g), (inner, h) in product(siblings.items(), siblings.items()):
        targets = [(f.values, f"{outer}({inner}(x))"), (quotients, f"x*{outer}({inner}(x))")]
        for k in TELLING:
            there = g(h.values[k])
            targets = [(t, text) for t, text in targets if abs(t[k] - there) < 1e-9 * (1 + abs(there))]
            if not targets:
                break
        else:
            if any(g.slopes) and fitted([g(y) for y in h.values], [h.values, ONES]) is None:
                yield from (Proposal("f(x)", text, f"{outer} {inner}") for _, text in targets)


@cache
def _scales(numbers: frozenset[Fraction]) -> tuple[Scale, ...]:
    """The usual scales, and those that these numbers suggest."""
    exact = {Fraction(s) for s in USUAL} | {1 / Fraction(s) for s in USUAL}
    exact |= {sign * n * k for n in numbers for k in (Fraction(1), Fraction(2), Fraction(1, 2)) for sign in (1, -1)}
    exact |= {sign * n / m for n in numbers for m in numbers | {Fraction(1)} for sign in (1, -1)}
    exact |= {sign / n for n in numbers for sign in (1, -1)}
    return (*(s for s in exact if abs(s) <= 100), *ROOTS)


@cache
def _nodes(scale: Scale) -> tuple[float, ...]:
    """The points, scaled."""
    return tuple(float(scale) * x for x in POINTS)


def _text(scale: Scale) -> str:
    """s x."""
    return scale.text if isinstance(scale, Root) else _term(scale, "x")


def _term(weight: Fraction, body: str) -> str:
    """weight*body."""
    size = abs(weight)
    if not body:
        text = str(size)
    else:
        above = body if size.numerator == 1 else f"{size.numerator}*{body}"
        text = above if size.denominator == 1 else f"{above}/{size.denominator}"
    return f"-{text}" if weight < 0 else text


def _sum(terms: list[tuple[Fraction, str]]) -> str:
    """The terms with a weight, as a text."""
    text = ""
    for weight, body in sorted(terms, key=lambda term: term[0] < 0):
        if weight:
            text += (" - " if weight < 0 else " + ") + _term(abs(weight), body) if text else _term(weight, body)
    return text


def _times_x(weight: Fraction, call: str, shift: Fraction) -> str:
    """x*(weight*call + shift)."""
    return _term(weight, f"x*{call}") if not shift else f"x*({_sum([(weight, call), (shift, '')])})"


def _slopes_agree(subject: Subject, proposal: Proposal) -> bool:
    """Whether the identity with a derivative holds on every cell of f and g."""
    try:
        return afresh(subject.budget, lambda field: _on_cells(subject, proposal, field))
    except (Undecided, ZeroDivisionError):
        return False


def _on_cells(subject: Subject, proposal: Proposal, field: Field) -> bool:
    f, g = subject.tree, read(proposal.inner).tree
    weight, shift = (field.rational(fmpq(v.numerator, v.denominator)) for v in (proposal.weight, proposal.shift))
    pieces = cells_of(Apply("add", (f, g)), field, subject.budget).pieces
    if any(piece.element is None for piece in pieces):
        return False
    pending = [piece.interval for piece in pieces]
    while pending:
        interval = pending.pop()
        cell = Cell(field, interval, subject.budget)
        try:
            mine, other = convert(f, cell), convert(g, cell)
        except Split as split:
            ends = [interval.left, *split.points, interval.right]
            pending += [Interval(a, b) for a, b in zip(ends, ends[1:], strict=False)]
            continue
        if mine is None or other is None or not _residual(proposal.primed, mine, other, weight, shift).is_zero:
            return False
    return True


def _residual(primed: str, mine: Element, other: Element, weight: Element, shift: Element) -> Element:
    if primed == "f":
        return mine.derivative() - weight * other - shift
    slope = weight * other.derivative()
    return mine - (slope if primed == "g" else mine.field.x * slope)
