"""The derivative in terms of f: by the inverse, or by eliminating the one generator beside x."""

from __future__ import annotations

from symnet.analysis.fact import Fact
from symnet.analysis.inverse import Branch, solve_on
from symnet.analysis.subject import Subject
from symnet.analysis.values import exact_text, proved
from symnet.balls.closed_forms import coefficients
from symnet.balls.element import Element
from symnet.balls.elementary import symbol
from symnet.balls.reals import Interval
from symnet.balls.spelling import spell
from symnet.balls.substitution import Substitution
from symnet.balls.undecided import NeedsFinerBase, Undecided

LONGEST = 200


def derivative_in_terms_of_f(subject: Subject) -> Fact:
    """f′ as an expression in f (and x where it must be), or null for a constant."""
    if not subject.defined:
        return proved("derivative_in_terms_of_f", None, "The domain holds no interval, so that there is no derivative.")
    try:
        texts = [_on_cell(subject, i) for i, _, _ in subject.defined]
    except NeedsFinerBase:
        raise Undecided("the relation needs finer roots") from None
    if len(set(texts)) == 1:
        text = texts[0]
    else:
        cases = []
        for (_, piece, _), words in zip(subject.defined, texts, strict=True):
            try:
                right = None if piece.interval.right is None else exact_text(piece.interval.right)
            except LookupError:
                raise Undecided("a breakpoint has no exact form") from None
            cases.append(f"({words}, x < {right})" if right is not None else f"({words}, True)")
        text = f"Piecewise({', '.join(cases)})"
    return proved(
        "derivative_in_terms_of_f",
        text,
        "By substituting the solution of y = f(x), or of the generator that f contains, into the derivative.",
    )


def _on_cell(subject: Subject, i: int) -> str:
    slope = subject.derivative(i, 1)
    if slope.is_constant:
        return spell(slope)
    text = _by_inverse(subject, i) or _by_elimination(subject, i)
    if text is None or len(text) > LONGEST:
        raise Undecided("no relation was found by elimination")
    return text


def _by_inverse(subject: Subject, i: int) -> str | None:
    """f′(x(y)) where f is monotone on the cell and y = f(x) was solved."""
    slope = subject.derivative(i, 1)
    try:
        signs = subject.chart(slope, i).sign_set
        if len(signs) != 1:
            return None
        start, stop = subject.limit(i, 1), subject.limit(i, -1)
        low, high = (start, stop) if 1 in signs else (stop, start)
        branch = Branch(i, low.value, high.value, 1 in signs)
        _, solved = solve_on(subject, branch)
        if solved is None:
            return None
        image = Substitution(subject.field, solved, Interval(branch.low, branch.high)).element(slope)
    except (Undecided, ZeroDivisionError):
        return None
    return spell(image, "f")


def _by_elimination(subject: Subject, i: int) -> str | None:
    """f′ with the only generator beside x, in which f is linear, put in terms of f and x."""
    element, slope, field = subject.derivative(i, 0), subject.derivative(i, 1), subject.field
    inner = [g for g in element.generators if not field.generators[g].constant and g != 0]
    extra = [g for g in slope.generators if not field.generators[g].constant and g != 0 and g not in inner]
    if len(inner) != 1 or extra:
        return None
    y = symbol(field)
    parts = coefficients(field, element.num - y.num * element.den, inner[0])
    if len(parts) != 2:
        return None
    solved = -parts[0] / parts[1]
    image = _replace(slope, inner[0], solved)
    return _f(spell(image))


def _replace(element: Element, index: int, value: Element) -> Element:
    """The element with one generator replaced."""

    def put(polynomial: object) -> Element:
        total = element.field.zero
        for k, part in enumerate(coefficients(element.field, polynomial, index)):
            total = total + part * value**k
        return total

    return put(element.num) / put(element.den)


def _f(text: str) -> str:
    from symnet.analysis.solving import put_y

    return put_y(text, "f").replace("(f)", "f")
