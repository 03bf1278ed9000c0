"""Read an expression that a person typed: text → `Typed`, a tree that keeps every operation as written.

The text is never run: no ``eval``, ``sympify``, ``parse_expr`` or ``subs(x, str)`` sees it, because each
of them executes what it is given. The grammar is small and stands in `grammar`; everything else is
refused in one line with the place and the way out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from symnet.definitions import grammar, reading
from symnet.definitions.activation import Activation, Parameter
from symnet.definitions.spelling import to_text
from symnet.definitions.tokens import refusal
from symnet.definitions.tree import FreeParameter, Node, Number, Variable
from symnet.errors import DefinitionError, UnsupportedExpressionError

if TYPE_CHECKING:
    from sympy import Expr

_ASSUMPTION = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*(>=|>|)\s*(0|real|)\s*")
_WORDS = {(">", "0"): "positive", (">=", "0"): "nonnegative", ("", "real"): "real", ("", ""): "real"}


_STAND_IN = "1"
"""A free parameter has no value of its own; where a picture needs one, 1 stands in, which every assumption allows."""


@dataclass(frozen=True)
class Typed:
    """An expression as typed: its text, its tree, the name of its variable, its free parameters."""

    text: str
    tree: Node
    variable: str
    parameters: tuple[Parameter, ...] = ()

    def at(self, values: Mapping[str, object]) -> Typed:
        """The same expression with some parameters replaced by exact numbers."""
        remaining = {p.name: p.assumption for p in self.parameters}
        return read(self.text, remaining, {key: value for key, value in values.items() if key in remaining})

    def expression(self, variable: Expr | None = None, parameters: Mapping[str, Expr] | None = None) -> Expr:
        """The tree as a SymPy expression."""
        from symnet.definitions.algebra import to_sympy

        return to_sympy(self.tree, variable, parameters)


def read(text: str, assumptions: Mapping[str, str] | None = None, values: Mapping[str, object] | None = None) -> Typed:
    """Read `text`.

    The variable is ``x``, or the only name that has no value and no assumption. `assumptions` says of
    every other free name whether it is ``"real"``, ``"positive"`` or ``"nonnegative"``; `values` puts
    exact numbers in place of names before anything else happens. Raises `UnsupportedExpressionError`
    for whatever the grammar does not hold, `DefinitionError` for a value that breaks its assumption.
    """
    assumed, given = dict(assumptions or {}), dict(values or {})
    free = reading.names(text)
    for name in {**assumed, **given}:
        if grammar.known(name):
            raise DefinitionError(f"'{name}' belongs to the grammar and cannot be a parameter")
        if name not in free:
            has = f"its names are {', '.join(free)}" if free else "it has no free name"
            raise DefinitionError(f"'{name}' does not occur in {text.strip()[:60]}; {has}")
    variable = _variable(text, free, {*assumed, *given})
    parameters = [
        Parameter(name, _STAND_IN, assumed.get(name, "real")) for name in free if name in assumed or name in given
    ]
    leaves: dict[str, Node] = {variable: Variable(variable)}
    for parameter in parameters:
        if parameter.name in given:
            number = parameter.read(given[parameter.name])
            leaves[parameter.name] = _constant(number)
        else:
            leaves[parameter.name] = FreeParameter(parameter.name, parameter.assumption)
    return Typed(
        text.strip(), reading.tree(text, leaves), variable, tuple(p for p in parameters if p.name not in given)
    )


def _constant(number: Expr) -> Node:
    from sympy import Rational, Symbol

    if isinstance(number, Rational):
        from fractions import Fraction

        return Number(Fraction(int(number.p), int(number.q)))
    from symnet.definitions.algebra import from_sympy

    return from_sympy(number, Symbol("x", real=True))


def _variable(text: str, free: list[str], parameters: set[str]) -> str:
    if "x" in parameters:
        raise DefinitionError("x is the variable; it takes no value and no assumption")
    if "x" in free:
        return "x"
    open_names = [name for name in free if name not in parameters]
    if len(open_names) > 1:
        listed, second = ", ".join(f"'{name}'" for name in open_names[:4]), open_names[1]
        way_out = f'give the parameters values with --set {second}=1 or assumptions with --assume "{second}>0"'
        place = re.search(rf"\b{second}\b", text)
        message = f"one variable is wanted, here are {len(open_names)}: {listed}; {way_out}"
        raise refusal(message, text, place.start() if place else None)
    if open_names and reading.reserved(open_names[0]):
        return "x"  # the reader refuses the word with its place
    return open_names[0] if open_names else "x"


def assumption(text: str) -> tuple[str, str]:
    """``"alpha>0"`` → (``"alpha"``, ``"positive"``); also ``>=0`` and the bare name, which is real."""
    match = _ASSUMPTION.fullmatch(text)
    word = _WORDS.get((match.group(2), match.group(3))) if match else None
    if match is None or word is None:
        raise DefinitionError(f"cannot assume {text[:60]!r}; write alpha>0, alpha>=0 or alpha real")
    return match.group(1), word


def typed_activation(
    text: str, assumptions: Mapping[str, str] | None = None, values: Mapping[str, object] | None = None
) -> Activation:
    """The typed expression as an `Activation`: named by its canonical text, its tree in `typed`.

    SymPy forgets where ``sqrt(x)**2`` was defined; whatever depends on the domain reads `typed`.
    """
    typed = read(text, assumptions, values)

    def define(x: Any, **parameters: Any) -> Expr:
        return typed.expression(x, parameters)

    name = to_text(typed.tree)
    return Activation(
        name=name,
        define=define,
        parameters=typed.parameters,
        summary=f"The function {name}.",
        family="typed",
        title=name,
        typed=typed,
    )


__all__ = ["Typed", "UnsupportedExpressionError", "assumption", "read", "typed_activation"]
