"""Spell a tree as text in the input grammar, so that reading the text gives the same tree back."""

from __future__ import annotations

from fractions import Fraction

from symnet.definitions.tree import (
    Apply,
    Cases,
    Compare,
    Condition,
    Constant,
    FreeParameter,
    Logic,
    Node,
    Number,
    Variable,
)

_SUM, _PRODUCT, _POWER, _ATOM = range(1, 5)
_NAMES = {"heaviside": "Heaviside", "lambertw": "LambertW"}
_SYMBOLS = {"and": " & ", "or": " | "}


def to_text(node: Node | Condition) -> str:
    """`node` as text: ``x*tanh(log(1 + exp(x)))``; powers are spelled ``**``, which Python and SymPy read too."""
    return _spell(node)[0]


def _spell(node: Node | Condition) -> tuple[str, int]:
    """The text, and how strongly its outermost operation binds."""
    if isinstance(node, Number):
        text = spell_number(node.value)
        return text, _SUM if node.value < 0 else _PRODUCT if "/" in text else _ATOM
    if isinstance(node, Constant | Variable | FreeParameter):
        return node.name, _ATOM
    if isinstance(node, Cases):
        branches = ", ".join(f"({to_text(value)}, {to_text(condition)})" for value, condition in node.branches)
        return f"Piecewise({branches})", _ATOM
    if isinstance(node, Compare):
        return f"{to_text(node.left)} {node.operator} {to_text(node.right)}", _SUM
    if isinstance(node, Logic):
        return _logic(node), _SUM
    return _apply(node)


def _apply(node: Apply) -> tuple[str, int]:
    first, rest = node.arguments[0], node.arguments[1:]
    if node.head == "add":
        return _bracketed(first, _SUM) + "".join(_term(term) for term in rest), _SUM
    if node.head == "sub":
        return f"{_bracketed(first, _SUM)} - {_bracketed(rest[0], _PRODUCT)}", _SUM
    if node.head == "neg":
        return f"-{_bracketed(first, _PRODUCT)}", _SUM
    if node.head == "mul":
        return "*".join([_leading(first), *(_bracketed(factor, _POWER) for factor in rest)]), _leading_strength(first)
    if node.head == "div":
        return f"{_leading(first)}/{_bracketed(rest[0], _POWER)}", _leading_strength(first)
    if node.head == "pow":
        return f"{_bracketed(first, _ATOM)}**{_bracketed(rest[0], _POWER)}", _POWER
    arguments = ", ".join(to_text(argument) for argument in node.arguments)
    return f"{_NAMES.get(node.head, node.head)}({arguments})", _ATOM


def _bracketed(node: Node, strength: int) -> str:
    text, own = _spell(node)
    return text if own >= strength else f"({text})"


def _leading(node: Node) -> str:
    """The first factor of a product: a sign of a leading number needs no brackets there."""
    return (
        to_text(node)
        if begins_negative(node) and not (isinstance(node, Apply) and node.head == "neg")
        else _bracketed(node, _PRODUCT)
    )


def _leading_strength(first: Node) -> int:
    return _SUM if begins_negative(first) and not (isinstance(first, Apply) and first.head == "neg") else _PRODUCT


def _term(node: Node) -> str:
    """A later term of a sum, with its sign in front."""
    if isinstance(node, Apply) and node.head == "neg":
        return f" - {_bracketed(node.arguments[0], _PRODUCT)}"
    if begins_negative(node):
        return f" - {to_text(node)[1:]}"
    return f" + {_bracketed(node, _PRODUCT)}"


def begins_negative(node: Node) -> bool:
    """Whether the text of `node` begins with a minus that belongs to a leading number."""
    if isinstance(node, Number):
        return node.value < 0
    return isinstance(node, Apply) and node.head in ("mul", "div") and begins_negative(node.arguments[0])


def _logic(node: Logic) -> str:
    if not node.arguments:
        return node.operator.capitalize()
    parts = [to_text(a) if isinstance(a, Logic) and not a.arguments else f"({to_text(a)})" for a in node.arguments]
    return f"~{parts[0]}" if node.operator == "not" else _SYMBOLS[node.operator].join(parts)


def spell_number(value: Fraction) -> str:
    """An exact rational: a whole number, a short decimal where it ends soon, else a fraction."""
    if value.denominator == 1:
        return str(value.numerator)
    if value.denominator > 12:
        decimal = _terminating(value)
        if decimal:
            return decimal
    return f"{value.numerator}/{value.denominator}"


def _terminating(value: Fraction) -> str:
    for places in range(1, 19):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return ""
