"""The derivative in terms of f: by the inverse, by eliminating the one generator beside x, or proved impossible."""

from __future__ import annotations

from collections.abc import Iterator

from symnet.analysis.collision import Collision, collision
from symnet.analysis.fact import Fact
from symnet.analysis.inverse import Branch, solve_on, tree_of
from symnet.analysis.neat import neat
from symnet.analysis.refinement import refined
from symnet.analysis.solving import put_y
from symnet.analysis.subject import Subject
from symnet.analysis.values import exact_text, proved
from symnet.balls.closed_forms import coefficients
from symnet.balls.element import Element
from symnet.balls.elementary import symbol
from symnet.balls.interval import Interval
from symnet.balls.reals import Real
from symnet.balls.signs import sign_chart
from symnet.balls.spelling import spell
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import Undecided
from symnet.definitions.reading import names
from symnet.definitions.spelling import to_text

LONGEST = 200
NAME = "derivative_in_terms_of_f"
REASON = "By substituting the solution of y = f(x), or of the generator that f contains, into the derivative."


def derivative_in_terms_of_f(subject: Subject) -> Fact:
    """f′ as an expression in f (and x where it must be); null where f′ is proved to be no function of f."""
    return refined(subject, _derivative_in_terms_of_f)


def _derivative_in_terms_of_f(subject: Subject) -> Fact:
    if not subject.defined:
        return proved(NAME, None, "The domain holds no interval, so that there is no derivative.")
    try:
        text = _joined(subject, [_on_cell(subject, i) for i, _, _ in subject.defined])
    except Undecided:
        pair = collision(subject)
        if pair is None:
            raise
        return proved(NAME, None, f"{pair.sentence} So f′ is no function of f.", **_evidence(pair))
    if "x" not in names(text) or (pair := collision(subject)) is None:
        return proved(NAME, text, REASON)
    return proved(NAME, text, f"{REASON} It needs x: {pair.sentence}", **_evidence(pair))


def _evidence(pair: Collision) -> dict[str, list[str]]:
    return {"same_value_at": [pair.first, pair.second]}


def _joined(subject: Subject, texts: list[str]) -> str:
    """The texts of the cells as one expression."""
    if len(set(texts)) == 1:
        return texts[0]
    if subject.periodic is not None:
        raise Undecided("infinitely many pieces have different relations")
    cases = []
    for (_, piece, _), words in zip(subject.defined, texts, strict=True):
        try:
            right = None if piece.interval.right is None else exact_text(piece.interval.right)
        except LookupError:
            raise Undecided("a breakpoint has no exact form") from None
        cases.append(f"({words}, x < {right})" if right is not None else f"({words}, True)")
    return f"Piecewise({', '.join(cases)})"


def _on_cell(subject: Subject, i: int) -> str:
    """The shortest relation in f alone, else one in f and x."""
    slope = subject.derivative(i, 1)
    if slope.is_constant:
        return spell(slope)
    found = [_neat(subject, text) for text in _by_inverse(subject, i)] or [
        _neat(subject, text) for text in _by_elimination(subject, i)
    ]
    found = [text for text in found if len(text) <= LONGEST]
    if not found:
        raise Undecided("no relation was found by elimination")
    return min(found, key=len)


def _neat(subject: Subject, text: str) -> str:
    return to_text(neat(tree_of(subject, text, ("f",))))


def _by_inverse(subject: Subject, i: int) -> Iterator[str]:
    """f′(x(y)) where f is monotone on the cell and y = f(x) was solved."""
    slope, field = subject.derivative(i, 1), subject.field
    try:
        signs = subject.chart(slope, i).sign_set
        if len(signs) != 1:
            return
        start, stop = subject.limit(i, 1), subject.limit(i, -1)
        low, high = (start, stop) if 1 in signs else (stop, start)
        branch = Branch(i, low.value, high.value, 1 in signs)
        text, solved = solve_on(subject, branch)
    except (Undecided, ZeroDivisionError):
        return
    if solved is None:
        yield _with(spell(slope), "x", _with(text, "y", "f"))
        return
    reach = Interval(branch.low, branch.high)
    for form in (slope, *_without_a_generator(subject, i)):
        try:
            image = Substitution(field, solved, reach).element(form)
            image = _replace(image, symbol(field).generators[0], field.x)
            if not sign_chart(field.element(image.den), reach, subject.budget).zeros:
                yield spell(image, "f")
        except (Undecided, ZeroDivisionError):
            continue


def _by_elimination(subject: Subject, i: int) -> Iterator[str]:
    """f′ in terms of f and x, with the only generator beside x replaced."""
    element, slope, field = subject.derivative(i, 0), subject.derivative(i, 1), subject.field
    inner = {g for g in element.generators if not field.generators[g].constant and g != 0}
    if len(inner) == 1 and set(slope.generators) <= {*element.generators, *inner, 0}:
        for image in _without_a_generator(subject, i):
            text = put_y(spell(image), "f").replace("(f)", "f")
            try:
                below = _replace(field.element(image.den), symbol(field).generators[0], element)
                cases = [
                    f"({spell(_at(subject, slope, zero.point))}, x == {exact_text(zero.point)})"
                    for zero in subject.chart(below, i).zeros
                ]
            except (Undecided, ZeroDivisionError, LookupError):
                continue
            yield f"Piecewise({', '.join(cases)}, ({text}, True))" if cases else text


def _at(subject: Subject, slope: Element, point: Real) -> Element:
    """f′ at a point where the relation is singular and f is not."""
    if point.exact is None:
        raise Undecided("a singular point of the relation has no exact form")
    return Substitution(subject.field, point.exact).element(slope)


def _without_a_generator(subject: Subject, i: int) -> Iterator[Element]:
    """f′ with one generator, in which f is linear, put in terms of y = f, x and the others."""
    element, slope, field = subject.derivative(i, 0), subject.derivative(i, 1), subject.field
    for index in element.generators:
        if field.generators[index].constant or index == 0:
            continue
        parts = coefficients(field, element.num - symbol(field).num * element.den, index)
        if len(parts) == 2:
            try:
                yield _replace(slope, index, -parts[0] / parts[1])
            except ZeroDivisionError:
                continue


def _replace(element: Element, index: int, value: Element) -> Element:
    """The element with one generator replaced."""

    def put(polynomial: object) -> Element:
        total = element.field.zero
        for k, part in enumerate(coefficients(element.field, polynomial, index)):
            total = total + part * value**k
        return total

    return put(element.num) / put(element.den)


def _with(template: str, name: str, text: str) -> str:
    """The template with every word `name` replaced."""
    import re

    return re.sub(rf"\b{name}\b", text if text.isalnum() else f"({text})", template)
