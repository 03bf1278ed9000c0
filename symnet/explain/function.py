"""What a sheet needs to know of one scalar function, computed once: pieces, slopes, curvature, and the voice of its prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from sympy import Expr, Rational, S, Symbol, diff, oo, sympify
from sympy import Function as SympyFunction

from symnet.analysis import analyse
from symnet.calculus.pieces import Breakpoint, Piece, Pieces, split
from symnet.definitions.activation import Activation, activations
from symnet.errors import DefinitionError
from symnet.explain.notation import Applied
from symnet.explain.voice import Voice
from symnet.prose import load


@dataclass(frozen=True)
class Function:
    """An activation at its parameter values, with everything that its sheet asks about it."""

    activation: Activation

    @property
    def x(self) -> Symbol:
        """The variable."""
        return self.activation.variable

    @property
    def formula(self) -> Expr:
        """The definition, parameters that were not fixed as symbols."""
        return self.activation.expression

    @property
    def numeric(self) -> Expr:
        """The definition with every parameter at its value: only x is free."""
        return self.activation.default_expression

    @cached_property
    def pieces(self) -> Pieces:
        """The smooth pieces at the parameters' values."""
        return split(self.numeric, self.x)

    @cached_property
    def slopes(self) -> tuple[Piece, ...]:
        """f′ on every smooth piece."""
        return tuple(Piece(diff(p.expression, self.x), p.left, p.right) for p in self.pieces.pieces)

    @cached_property
    def curvatures(self) -> tuple[Piece, ...]:
        """f″ on every smooth piece."""
        return tuple(Piece(diff(p.expression, self.x), p.left, p.right) for p in self.slopes)

    @property
    def prose(self) -> dict[str, Any]:
        """The sentences written for this function by hand, else those that are composed from its numbers."""
        written = {} if self.typed else load(f"subjects/{self.activation.name}")
        return written or load("composed")

    @property
    def typed(self) -> bool:
        """Whether a person typed the function as an expression."""
        return self.activation.typed is not None

    def breakpoint(self, point: Any) -> Breakpoint | None:
        """The breakpoint at `point`, if there is one."""
        return next((b for b in self.pieces.breakpoints if b.location == sympify(point)), None)

    def value(self, point: Any) -> Expr:
        """f at `point`, exactly; a symbolic argument gives the formula itself."""
        here = sympify(point)
        if here.free_symbols:
            return self.numeric.xreplace({self.x: here})
        if not self.defined(here):
            return S.NaN
        found = self.breakpoint(here)
        return real(found.value if found else self._on(self.pieces.pieces, here))

    @cached_property
    def everywhere(self) -> bool:
        """Whether f is known to be defined for every real number."""
        if not self.typed:
            return True
        found = analyse(self.activation.at_defaults()).facts["domain"]
        return found.verdict == "proved" and found.value["intervals"] == [["-oo", "oo"]] and not found.value["excluded"]

    def defined(self, point: Expr) -> bool:
        """Whether the point lies in the domain; what a person typed may be undefined where its simplified form is not."""
        if not self.typed:
            return True
        found = analyse(self.activation.at_defaults()).facts["domain"]
        if found.verdict != "proved":
            return True
        inside = any(_within(point, low, high) for low, high in found.value["intervals"])
        ends = [Rational(text) for text in found.value["excluded"] if _rational(text)]
        return inside and all(point != end for end in ends)

    def slope(self, point: Any) -> Expr:
        """f′ at `point`, exactly; refused where the two one-sided slopes differ."""
        return self._derivative(self.slopes, point, 1)

    def curvature(self, point: Any) -> Expr:
        """f″ at `point`, exactly; refused at a breakpoint."""
        return self._derivative(self.curvatures, point, 2)

    def left_slope(self, point: Any) -> Expr:
        """The limit of f′ from the left."""
        found = self.breakpoint(point)
        return found.left_slope if found else self.slope(point)

    def right_slope(self, point: Any) -> Expr:
        """The limit of f′ from the right."""
        found = self.breakpoint(point)
        return found.right_slope if found else self.slope(point)

    def _derivative(self, pieces: tuple[Piece, ...], point: Any, order: int) -> Expr:
        here = sympify(point)
        if here.free_symbols:
            if len(pieces) > 1:
                raise DefinitionError(f"{self.activation.name} has several pieces: name a number, not {here}")
            return pieces[0].expression.xreplace({self.x: here})
        if not self.defined(here):
            return S.NaN
        found = self.breakpoint(here)
        if found is None:
            return real(self._on(pieces, here))
        if order == 1 and found.continuous and not found.kink:
            return found.left_slope
        raise DefinitionError(f"{self.activation.name} has no derivative of order {order} at {here}; name a side")

    def _on(self, pieces: tuple[Piece, ...], here: Expr) -> Expr:
        for piece in pieces:
            if (piece.left == -oo or here > piece.left) and (piece.right == oo or here < piece.right):
                return piece.expression.subs(self.x, here)
        raise DefinitionError(f"{here} lies on a breakpoint of {self.activation.name}")

    @cached_property
    def voice(self) -> Voice:
        """The names and functions that this function's prose may use."""
        activation = self.activation
        parameters = {p.name: activation.parameter_values[p.name] for p in activation.parameters}
        compute = {
            **catalogue_functions(),
            "f": self.value, "f1": self.slope, "f2": self.curvature,
            "left_slope": self.left_slope, "right_slope": self.right_slope,
        }  # fmt: skip
        written = {
            **written_functions(),
            **{
                name: (lambda point, order=order: Applied("f", order, point))
                for order, name in enumerate(("f", "f1", "f2"))
            },
        }
        written["left_slope"] = lambda point: Applied("f", 1, point, -1)
        written["right_slope"] = lambda point: Applied("f", 1, point, 1)
        words = {"title": self.formula if self.typed else activation.title, "name": activation.name}
        letters = {p.name: activation.values.get(p.name, p.symbol) for p in activation.parameters}
        words |= framework_words(activation, self.pieces)
        return Voice(words, {"x": self.x, **LETTERS, **parameters}, letters, compute, written)


def real(value: Expr) -> Expr:
    """The value where it is a finite real number, else nan: no real function is complex or infinite at a point."""
    return value if value.is_real is not False and value.is_finite is not False else S.NaN


def _within(point: Expr, low: str, high: str) -> bool:
    bounds = (-oo if low == "-oo" else Rational(low), oo if high == "oo" else Rational(high))
    return bool(bounds[0] <= point) and bool(point <= bounds[1])


def _rational(text: str) -> bool:
    return text not in ("oo", "-oo")


def framework_words(activation: Activation, pieces: Pieces | None = None) -> dict[str, Any]:
    """``{torch_alpha}`` is a framework's default of a parameter, ``{torch_slope}`` what it returns at the first kink."""
    words: dict[str, Any] = {}
    for framework, api in activation.apis.items():
        for parameter in activation.parameters:
            words[f"{framework}_{parameter.name}"] = parameter.read(api.defaults.get(parameter.name, parameter.default))
        kink = next((b for b in pieces.breakpoints if b.kink), None) if pieces else None
        word = api.at_kink[0] if isinstance(api.at_kink, (tuple, list)) and api.at_kink else api.at_kink
        if kink is not None and word in ("left", "right"):
            words[f"{framework}_slope"] = kink.left_slope if word == "left" else kink.right_slope
    return words


def catalogue_functions() -> dict[str, Any]:
    """Every activation of the catalogue as a function of formulas: ``sigmoid(2*x)``, ``elu(-1, alpha=2)``."""

    def apply(activation: Activation, argument: Any, **parameters: Any) -> Expr:
        chosen = activation.with_parameters(**parameters) if parameters else activation
        return Function(chosen).value(argument)

    return {activation.name: partial(apply, activation) for activation in activations}


def _one_word(title: str) -> str:
    """A title as the name of a function: "Log-cosh" → "LogCosh"."""
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", title))


def written_functions() -> dict[str, Any]:
    """The same functions, left as they are written."""

    def apply(activation: Activation, argument: Any, **parameters: Any) -> Expr:
        sign = SIGNS.get(activation.name)
        expression = activation.default_expression
        if isinstance(expression, SympyFunction) and expression.args == (activation.variable,):
            return expression.func(argument, evaluate=False)
        return Applied(sign or _one_word(activation.title), 0, argument, **parameters)

    return {activation.name: partial(apply, activation) for activation in activations}


LETTERS: dict[str, Symbol] = {
    **{letter: Symbol(letter, positive=True) for letter in ("h", "n", "c", "k", "m")},
    **{letter: Symbol(letter, real=True) for letter in ("f", "a", "b", "w", "y", "z", "i", "j", "W", "delta", "eta")},
    **{letter: Symbol(letter, commutative=False) for letter in ("W1", "W2")},
}
"""Letters that sentences may use freely."""
SIGNS = {"sigmoid": "sigma"}
"""Catalogue names that mathematics writes with a letter of its own."""
