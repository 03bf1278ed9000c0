"""An antiderivative in closed form, continuous over the breakpoints of f, as text that was read back and checked."""

from __future__ import annotations

from dataclasses import dataclass

from symnet.analysis.conversion import convert
from symnet.analysis.extras.integration import integrated
from symnet.analysis.fact import Fact
from symnet.analysis.neat import neat
from symnet.analysis.place import Cell, Split, Spot
from symnet.analysis.subject import Subject
from symnet.analysis.values import exact_text, proved
from symnet.balls.element import Element
from symnet.balls.expansion import End
from symnet.balls.field import Field
from symnet.balls.interval import Interval
from symnet.balls.limits import limit_of
from symnet.balls.order import compare
from symnet.balls.reals import ExactReal
from symnet.balls.spelling import spell
from symnet.balls.undecided import Undecided
from symnet.definitions.expression import read
from symnet.definitions.spelling import to_text
from symnet.definitions.tree import Apply, Cases, Node

LONGEST = 600


@dataclass(frozen=True)
class _Part:
    """F on one cell: its terms, and the constant that joins it to its neighbours."""

    index: int
    terms: tuple[Element, ...]
    constant: Element

    @property
    def element(self) -> Element:
        return sum(self.terms, self.constant)

    @property
    def text(self) -> str:
        terms = [term for term in (*self.terms, self.constant) if not term.is_zero]
        return to_text(neat(read(" + ".join(f"({spell(t)})" for t in terms) or "0").tree))


def antiderivative(subject: Subject) -> Fact:
    """An elementary F with F′ = f inside D, continuous on every interval of D, as an expression in x."""
    if subject.periodic is not None:
        raise Undecided("f has infinitely many pieces")
    parts = _joined(subject, [_part(subject, i) for i, _, _ in subject.defined])
    if not parts:
        raise Undecided("the domain has no interval")
    text = _text(subject, parts)
    if len(text) > LONGEST:
        raise Undecided("the antiderivative is too long")
    _check(subject, text)
    return proved("antiderivative", text, "F′ = f was checked by exact differentiation, and F is continuous.")


def _part(subject: Subject, i: int) -> _Part:
    element = subject.derivative(i, 0)
    terms = integrated(element, subject.pieces[i].interval)
    if terms is None:
        raise Undecided("no elementary antiderivative was found")
    return _Part(i, tuple(terms), subject.field.zero)


def _joined(subject: Subject, parts: list[_Part]) -> list[_Part]:
    """The parts with constants that make F continuous; the part at 0 keeps its own."""
    anchor = next((k for k, p in enumerate(parts) if _reaches_zero(subject, p.index)), 0)
    found = list(parts)
    for k in range(anchor + 1, len(found)):
        found[k] = _continued(subject, found[k - 1], found[k], 1)
    for k in range(anchor - 1, -1, -1):
        found[k] = _continued(subject, found[k + 1], found[k], -1)
    return found


def _reaches_zero(subject: Subject, i: int) -> bool:
    """Whether 0 lies in cell i or is its left end."""
    interval, zero = subject.pieces[i].interval, ExactReal(subject.field.zero)
    return interval.contains(zero) or (
        interval.left is not None and interval.left.exact is not None and interval.left.exact.is_zero
    )


def _continued(subject: Subject, known: _Part, part: _Part, side: int) -> _Part:
    """The part, on the side of the known one, shifted so that both meet where D has no gap."""
    j = min(known.index, part.index)
    if abs(known.index - part.index) != 1 or subject.junctions[j].value is None:
        return part
    point = subject.junctions[j].point
    there, here = limit_of(known.element, End(point, -side)), limit_of(part.element, End(point, side))
    if there.element is None or here.element is None or not (there.element - here.element).is_constant:
        raise Undecided("the antiderivative could not be joined at a breakpoint")
    return _Part(part.index, part.terms, there.element - here.element)


def _text(subject: Subject, parts: list[_Part]) -> str:
    """The parts as one expression, without absolute values where one sign is enough."""
    raw = [part.text for part in parts]
    signed = [_signed(subject, part.index, text) for part, text in zip(parts, raw, strict=True)]
    texts = signed if len(set(signed)) <= len(set(raw)) else raw
    if len(set(texts)) == 1:
        return texts[0]
    cases = []
    for k, (part, text) in enumerate(zip(parts, texts, strict=True)):
        right = subject.pieces[part.index].interval.right
        if right is None or k == len(parts) - 1:
            cases.append(f"({text}, True)")
        elif k + 1 < len(parts) and texts[k + 1] != text:
            try:
                cases.append(f"({text}, x < {exact_text(right)})")
            except LookupError:
                raise Undecided("a breakpoint has no exact form") from None
    return f"Piecewise({', '.join(cases)})"


def _signed(subject: Subject, i: int, text: str) -> str:
    """log(abs(u)) as log(u) or log(-u), as u is on the cell."""
    cell = Cell(subject.field, subject.pieces[i].interval, subject.budget)

    def walk(node: Node) -> Node:
        if isinstance(node, Cases) or not isinstance(node, Apply):
            return node
        if node.head == "log" and isinstance(inside := node.arguments[0], Apply) and inside.head == "abs":
            element = convert(inside.arguments[0], cell)
            if element is not None and not element.is_constant:
                u = walk(inside.arguments[0])
                return Apply("log", (u if cell.branch_sign(element) > 0 else Apply("neg", (u,)),))
        return Apply(node.head, tuple(walk(a) for a in node.arguments))

    try:
        return to_text(neat(walk(read(text).tree)))
    except Split:
        return text


def _check(subject: Subject, text: str) -> None:
    """The text, read back, has the derivative f on every cell and is continuous where f is defined."""
    claimed = Subject(read(text).tree, Field(subject.field.bases, subject.budget), subject.budget, text)
    again = Subject(subject.tree, claimed.field, subject.budget, subject.text)
    for _, piece, element in again.defined:
        for k, there in enumerate(claimed.pieces):
            if not _overlap(piece.interval, there.interval):
                continue
            if there.element is None or not (claimed.derivative(k, 1) - element).is_zero:
                raise Undecided("the antiderivative was not confirmed")
    for j, junction in enumerate(claimed.junctions):
        if junction.value is not None and claimed.interior(j) and not claimed.continuous_at(j):
            raise Undecided("the antiderivative is not continuous")
    for junction in again.junctions:
        if (
            junction.value is not None
            and convert(claimed.tree, Spot(claimed.field, junction.point, claimed.budget)) is None
        ):
            raise Undecided("the antiderivative is not defined at a breakpoint")


def _overlap(a: Interval, b: Interval) -> bool:
    """Whether two open intervals have a point in common."""
    return all(
        left is None or right is None or compare(left, right) < 0
        for left, right in ((a.left, b.right), (b.left, a.right))
    )
