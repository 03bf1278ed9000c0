"""What the typed tree says of the function by its build alone, in whatever number of pieces: parity, domain, continuity."""

from __future__ import annotations

from symnet.definitions.tree import Apply, Cases, Compare, Condition, Logic, Node, Number, Variable, children, walk

ODD = {"neg", "sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "erf", "sign", "cbrt"}
EVEN = {"cos", "cosh", "sech", "abs"}
ENTIRE = {
    *("add", "mul", "sub", "neg", "sin", "cos", "exp", "atan", "sinh", "cosh", "tanh", "sech", "asinh", "erf", "erfc"),
}
"""Defined and analytic on the whole line."""
TOTAL = ENTIRE | {"abs", "max", "min", "cbrt", "sign", "heaviside"}
"""Defined on the whole line and bounded on bounded sets."""
STEPS = {"sign", "heaviside"}


def parity_of(node: Node) -> str | None:
    """even (a constant too) or odd where the build shows it: odd inside odd is odd, whatever of even is even."""
    if isinstance(node, Variable):
        return "odd"
    if isinstance(node, Cases):
        if not all(_even_condition(condition) for _, condition in node.branches):
            return None
        return _common({parity_of(value) for value, _ in node.branches})
    if not isinstance(node, Apply):
        return "even"
    inside = [parity_of(argument) for argument in node.arguments]
    if set(inside) == {"even"}:
        return "even"
    if node.head in ("add", "sub"):
        return _common(set(inside))
    if None in inside:
        return None
    if node.head in ("mul", "div"):
        return "odd" if inside.count("odd") % 2 else "even"
    if node.head == "pow":
        exponent = whole_exponent(node)
        return None if exponent is None else "odd" if exponent % 2 else "even"
    return "odd" if node.head in ODD else "even" if node.head in EVEN else None


def _common(parities: set[str | None]) -> str | None:
    return next(iter(parities)) if len(parities) == 1 else None


def _even_condition(condition: Condition) -> bool:
    if isinstance(condition, Logic):
        return all(_even_condition(part) for part in condition.arguments)
    return parity_of(condition.left) == parity_of(condition.right) == "even"


def whole_exponent(node: Apply) -> int | None:
    """The exponent of a power, where it is a whole number."""
    exponent = node.arguments[1]
    if isinstance(exponent, Apply) and exponent.head == "neg" and isinstance(exponent.arguments[0], Number):
        value = -exponent.arguments[0].value
    elif isinstance(exponent, Number):
        value = exponent.value
    else:
        return None
    return value.numerator if value.denominator == 1 else None


def varies(node: Node | Condition) -> bool:
    """Whether the variable stands in the node."""
    return any(isinstance(part, Variable) for part in walk(node))


def continuous_by_build(tree: Node) -> bool:
    """Whether the tree is composed of functions that are continuous on their domains."""
    return not any(
        varies(part) and (isinstance(part, (Cases, Compare)) or (isinstance(part, Apply) and part.head in STEPS))
        for part in walk(tree)
    )


def analytic_by_build(tree: Node) -> bool:
    """Whether f is a quotient of analytic functions, or a composition of such, so that it is analytic wherever it is defined."""
    return all(_within(part, ENTIRE | {"div", "tan"}, negative=True) for part in walk(tree) if varies(part))


def total_by_build(tree: Node) -> bool:
    """Whether every operation has a value everywhere."""
    return all(_within(part, TOTAL, negative=False) for part in walk(tree))


def _within(part: Node | Condition, heads: set[str], negative: bool) -> bool:
    if isinstance(part, Cases):
        return "abs" in heads and part.branches[-1][1] == Logic("true")
    if not isinstance(part, Apply):
        return True
    if part.head == "pow":
        exponent = whole_exponent(part)
        return exponent is not None and (negative or exponent >= 0)
    return part.head in heads


def denominators(tree: Node) -> list[Node] | None:
    """What must not be zero for f to be defined; None when the domain is not of that kind."""
    found: list[Node] = []
    for part in walk(tree):
        if isinstance(part, Apply) and part.head == "div":
            found.append(part.arguments[1])
        elif isinstance(part, Apply) and part.head == "tan":
            found.append(Apply("cos", part.arguments))
        elif isinstance(part, Apply) and part.head == "pow" and (whole_exponent(part) or 0) < 0:
            found.append(part.arguments[0])
        elif not _within(part, TOTAL, negative=False) or isinstance(part, Cases):
            return None
    return [part for part in found if varies(part) or children(part)]
