"""Solved equations in the form that people write: no doubled brackets, no needless minus, artanh for its logarithm.

Every rewriting keeps the value and the domain: signs are moved between numerator and denominator,
factors 1 are dropped, and log((c + u)/(c - u)) with c > 0 is 2*atanh(u/c), both defined for |u| < c.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symnet.definitions.tree import Apply, Cases, Compare, Constant, Node, Number

Terms = list[tuple[int, Node]]
"""A sum: every term with its sign."""
ONE = Number(Fraction(1))


def neat(node: Node) -> Node:
    """The expression in its neat form."""
    if isinstance(node, Cases):
        return Cases(
            tuple((neat(v), replace(c, left=neat(c.left), right=neat(c.right)) if isinstance(c, Compare) else c)
                  for v, c in node.branches)
        )  # fmt: skip
    if not isinstance(node, Apply):
        return node
    node = replace(node, arguments=tuple(neat(a) for a in node.arguments))
    if node.head == "neg" and isinstance(inside := node.arguments[0], Apply) and inside.head == "div":
        return _quotient(Apply("neg", (inside.arguments[0],)), inside.arguments[1])
    if node.head in ("add", "sub", "neg"):
        return _sum(_terms(node))
    if node.head == "div":
        return _quotient(*node.arguments)
    if node.head == "mul":
        return _product(node)
    if node.head == "log":
        return _logarithm(node)
    if node.head == "exp" and node.arguments[0] == ONE:
        return Constant("e")
    if node.head == "pow":
        return _power(*node.arguments)
    return node


def _terms(node: Node) -> Terms:
    """The node as a sum."""
    if isinstance(node, Apply):
        if node.head == "add":
            return [term for part in node.arguments for term in _terms(part)]
        if node.head == "sub":
            return _terms(node.arguments[0]) + _negative(_terms(node.arguments[1]))
        if node.head == "neg":
            return _negative(_terms(node.arguments[0]))
        if node.head in ("mul", "div") and len(lead := _terms(node.arguments[0])) == 1 and lead[0][0] < 0:
            return [(-1, replace(node, arguments=(lead[0][1], *node.arguments[1:])))]
    if isinstance(node, Number) and node.value < 0:
        return [(-1, Number(-node.value))]
    return [(1, node)]


def _negative(terms: Terms) -> Terms:
    return [(-sign, node) for sign, node in terms]


def _sum(terms: Terms) -> Node:
    """The terms as a node, one without a minus in front where there is one."""
    first = next((k for k, (sign, _) in enumerate(terms) if sign > 0), 0)
    ordered = [terms[first], *terms[:first], *terms[first + 1 :]]
    parts = tuple(node if sign > 0 else _minus(node) for sign, node in ordered)
    return parts[0] if len(parts) == 1 else Apply("add", parts)


def _minus(node: Node) -> Node:
    return Number(-node.value) if isinstance(node, Number) else Apply("neg", (node,))


def _quotient(above: Node, below: Node) -> Node:
    if isinstance(below, Number) and below.value:
        return _product(Apply("div", (above, below)))
    if isinstance(below, Apply) and below.head == "exp":
        return _sum([(sign, _over_exp(node, below)) for sign, node in _terms(above)])
    top, bottom = _terms(above), _terms(below)
    flipped = _negative(top), _negative(bottom)
    if _minuses(*flipped) < _minuses(top, bottom):
        top, bottom = flipped
    negative = all(sign < 0 for sign, _ in top)
    above, below = _sum(_negative(top) if negative else top), _sum(bottom)
    coefficient, factors = _factors(above)
    if coefficient.denominator > 1:
        above = _product(Apply("mul", (Number(Fraction(coefficient.numerator)), *factors)))
        below = _product(Apply("mul", (Number(Fraction(coefficient.denominator)), below)))
    result = Apply("div", (above, below))
    return Apply("neg", (result,)) if negative else result


def _over_exp(node: Node, below: Apply) -> Node:
    """u/exp(v) as u*exp(-v)."""
    if node == below:
        return ONE
    inverse = Apply("exp", (_sum(_negative(_terms(below.arguments[0]))),))
    return inverse if node == ONE else _product(Apply("mul", (node, inverse)))


def _minuses(top: Terms, bottom: Terms) -> int:
    return sum(sign < 0 for sign, _ in top) + sum(sign < 0 for sign, _ in bottom)


def _product(node: Node) -> Node:
    """A product with its rational factors gathered in one: p*u/q."""
    coefficient, factors = _factors(node)
    if not factors:
        return Number(coefficient)
    if not coefficient:
        return node
    size = abs(coefficient)
    above = factors if size.numerator == 1 else [Number(Fraction(size.numerator)), *factors]
    product = above[0] if len(above) == 1 else Apply("mul", tuple(above))
    result = product if size.denominator == 1 else Apply("div", (product, Number(Fraction(size.denominator))))
    return result if coefficient > 0 else Apply("neg", (result,))


def _factors(node: Node) -> tuple[Fraction, list[Node]]:
    """The rational coefficient of a product, and its other factors in order."""
    if isinstance(node, Number):
        return node.value, []
    if isinstance(node, Apply) and node.head == "neg":
        coefficient, factors = _factors(node.arguments[0])
        return -coefficient, factors
    if (
        isinstance(node, Apply)
        and node.head == "div"
        and isinstance(below := node.arguments[1], Number)
        and below.value
    ):
        coefficient, factors = _factors(node.arguments[0])
        return coefficient / below.value, factors
    if isinstance(node, Apply) and node.head == "mul":
        coefficient, factors = Fraction(1), []
        for part in node.arguments:
            inner, others = _factors(part)
            coefficient, factors = coefficient * inner, factors + others
        return coefficient, factors
    return Fraction(1), [node]


def _power(base: Node, exponent: Node) -> Node:
    """exp(u)^n as exp(n*u)."""
    if (
        isinstance(base, Apply)
        and base.head == "exp"
        and isinstance(exponent, Number)
        and exponent.value.denominator == 1
    ):
        return Apply("exp", (neat(Apply("mul", (exponent, base.arguments[0]))),))
    return Apply("pow", (base, exponent))


def _logarithm(node: Apply) -> Node:
    """log sqrt(u) as log(u)/2; an inverse hyperbolic tangent where it is one."""
    inside = node.arguments[0]
    if isinstance(inside, Apply) and inside.head == "sqrt":
        return _product(Apply("div", (_logarithm(Apply("log", inside.arguments)), Number(Fraction(2)))))
    return _artanh(inside) or node


def _artanh(inside: Node) -> Node | None:
    """2*artanh(u/c) for log((c + u)/(c - u)) with a rational c > 0."""
    if not (isinstance(inside, Apply) and inside.head == "div"):
        return None
    above, below = _terms(inside.arguments[0]), _terms(inside.arguments[1])
    constant = [term for term in above if isinstance(term[1], Number)]
    rest = [term for term in above if not isinstance(term[1], Number)]
    if len(constant) != 1 or constant[0][0] < 0 or len(rest) != 1:
        return None
    if sorted(map(repr, below)) != sorted(map(repr, [*constant, *_negative(rest)])):
        return None
    scaled = _quotient(_sum(rest), constant[0][1])
    return Apply("mul", (Number(Fraction(2)), Apply("atanh", (scaled,))))
