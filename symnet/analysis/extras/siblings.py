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
from itertools import product

from flint import fmpq

from symnet.analysis.cells import cells_of
from symnet.analysis.conversion import convert
from symnet.analysis.extras.fitting import affine, fitted
from symnet.analysis.extras.identity import afresh, equal
from symnet.analysis.extras.sampling import POINTS, catalogue, sampled, slopes, value
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
from symnet.definitions.tree import Apply, Node, Number, walk

MOST_TRIED, MOST_TRIED_OF_ONE, MOST_LISTED = 40, 2, 6
ROOTS = (("x/sqrt(2)", -1), ("sqrt(2)*x/2", -1), ("sqrt(2)*x", 1))
"""One scale in two spellings, since the exact arithmetic of roots knows a root above from one below."""
ONES = (1.0,) * len(POINTS)
USUAL = (1, -1, 2, -2, 3, 4, 5, 6)


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
    if affine(sampled(subject.tree)):
        return proved("relations", [], "f is a straight line, for which no relation was sought.")
    proposals = sorted(set(_proposals(subject.tree)), key=lambda p: (len(p.right), p.left, p.right))
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


def _proposals(f: Node) -> Iterator[Proposal]:
    values, quotients = sampled(f), tuple(v / x for v, x in zip(sampled(f), POINTS, strict=True))
    own_slopes = slopes(f)
    for name, g in catalogue().items():
        if g == f or affine(sampled(g)):
            continue
        for text, scale in _scales(f, g):
            there, call = sampled(g, scale), f"{name}({text})"
            fit = fitted(values, [there, ONES, POINTS])
            if fit is not None:
                yield Proposal("f(x)", _sum([(fit[0], call), (fit[2], "x"), (fit[1], "")]), name)
            fit = fitted(quotients, [there, ONES])
            if fit is not None:
                yield Proposal("f(x)", _times_x(fit[0], call, fit[1]), name)
            fit = fitted(own_slopes, [there, ONES], 1e-7)
            if fit is not None and not affine(own_slopes):
                yield Proposal("f'(x)", _sum([(fit[0], call), (fit[1], "")]), name, "f", call, fit[0], fit[1])
        fit = fitted(values, [slopes(g)], 1e-7)
        if fit is not None:
            yield Proposal("f(x)", _sum([(fit[0], f"{name}'(x)")]), name, "g", f"{name}(x)", fit[0])
        fit = fitted(quotients, [slopes(g)], 1e-7)
        if fit is not None:
            yield Proposal("f(x)", _sum([(fit[0], f"x*{name}'(x)")]), name, "xg", f"{name}(x)", fit[0])
    yield from _compositions(values, quotients, f)


def _compositions(values: tuple[float, ...], quotients: tuple[float, ...], f: Node) -> Iterator[Proposal]:
    """f = g(h(x)) and f = x g(h(x)), told apart at one point after another; g is no line on the values of h."""
    plain = {n: g for n, g in catalogue().items() if g != f and not affine(sampled(g))}
    bent = {n: g for n, g in plain.items() if any(slopes(g))}
    for (outer, g), (inner, h) in product(bent.items(), plain.items()):
        targets = [(values, f"{outer}({inner}(x))"), (quotients, f"x*{outer}({inner}(x))")]
        for k, x in enumerate(sampled(h)):
            there = value(g, x)
            targets = [(t, text) for t, text in targets if abs(t[k] - there) < 1e-9 * (1 + abs(there))]
            if not targets:
                break
        for _, text in targets if fitted([value(g, x) for x in sampled(h)], [sampled(h), ONES]) is None else ():
            yield Proposal("f(x)", text, f"{outer} {inner}")


def _scales(f: Node, g: Node) -> list[tuple[str, float]]:
    """s x as a text, and s: the usual scales, and those of numbers that occur in f or g."""
    numbers = {abs(node.value) for tree in (f, g) for node in walk(tree) if isinstance(node, Number) and node.value}
    exact = {Fraction(s) for s in USUAL} | {1 / Fraction(s) for s in USUAL}
    exact |= {sign * n * k for n in numbers for k in (Fraction(1), Fraction(2), Fraction(1, 2)) for sign in (1, -1)}
    exact |= {sign * n / m for n in numbers for m in numbers | {Fraction(1)} for sign in (1, -1)}
    exact |= {sign / n for n in numbers for sign in (1, -1)}
    scales = [(_term(s, "x"), float(s)) for s in sorted(exact, key=lambda s: (abs(s - 1), s)) if abs(s) <= 100]
    return [*scales, *((text, math.sqrt(2) ** power) for text, power in ROOTS)]


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
