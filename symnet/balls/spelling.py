"""Elements as text in the input grammar: exact values on a sheet, and keys that name a generator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import fmpq

if TYPE_CHECKING:
    from symnet.balls.element import Element
    from symnet.balls.field import Field


def spell(element: Element, variable: str = "x") -> str:
    """The element as an expression that symnet's grammar reads back."""
    above = _polynomial(element.field, element.num, variable)
    if element.den.is_constant():
        return above
    below = _polynomial(element.field, element.den, variable)
    above = f"({above})" if len(element.num) > 1 else above
    return f"{above}/({below})"


def _polynomial(field: Field, polynomial: Any, variable: str) -> str:
    text = ""
    for coefficient, powers in field.terms(polynomial):
        sign = "-" if coefficient < 0 else "+"
        term = _term(field, abs(coefficient), powers, variable)
        text += f" {sign} {term}" if text else (f"-{term}" if sign == "-" else term)
    return text or "0"


def _term(field: Field, coefficient: fmpq, powers: tuple[tuple[int, int], ...], variable: str) -> str:
    words = [_power(field, index, exponent, variable) for index, exponent in powers]
    if not words:
        return str(coefficient)
    product = "*".join(words)
    above = product if coefficient.p == 1 else f"{coefficient.p}*{product}"
    return above if coefficient.q == 1 else f"{above}/{coefficient.q}"


def _power(field: Field, index: int, exponent: int, variable: str) -> str:
    generator = field.generators[index]
    if generator.kind == "x":
        return variable if exponent == 1 else f"{variable}**{exponent}"
    if generator.kind in ("pi", "symbol", "parameter"):
        word = {"pi": "pi", "symbol": "y", "parameter": generator.name}[generator.kind]
        return word if exponent == 1 else f"{word}**{exponent}"
    argument = generator.argument
    assert argument is not None
    if generator.kind == "exp":
        return f"exp({spell(argument.scaled(exponent), variable)})"
    inner = spell(argument, variable)
    if generator.kind == "root":
        inner = inner if generator.sign > 0 else f"-({inner})"
        if generator.root == 2:
            return f"sqrt({inner})" if exponent == 1 else f"sqrt({inner})**{exponent}"
        return f"({inner})**({fmpq(exponent, generator.root)})"
    if generator.kind == "log":
        inner = (
            inner if argument.is_constant and field.generators and argument.rational is not None else f"abs({inner})"
        )
    word = f"{generator.kind}({inner})"
    return word if exponent == 1 else f"{word}**{exponent}"
