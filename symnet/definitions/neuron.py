"""The neuron: an activation of a weighted sum and a bias, a(w·x + b), exactly.

Every letter is a real symbol until an exact number is put in its place; floats never enter.
"""

# pyright: reportReturnType=false, reportArgumentType=false, reportOperatorIssue=false
# (SymPy annotates the results of its matrix operations as Basic.)

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sympy import Add, Expr, Mul, Symbol, preorder_traversal

from symnet.definitions.activation import Activation, activations, exact_number
from symnet.definitions.layer import positive_size
from symnet.errors import DefinitionError, ShapeError

if TYPE_CHECKING:
    from symnet.calculus.slope import NeuronGradient


@dataclass(frozen=True)
class Neuron:
    """a(w₁x₁ + … + wₙxₙ + b).

    ``Neuron(2, "sigmoid")`` has the symbols w_1, w_2, x_1, x_2, b; parameters of the activation that
    are not fixed stay symbols too.
    """

    inputs: int
    activation: Activation = "sigmoid"  # pyright: ignore[reportAssignmentType]
    """An activation, or its name in the catalogue."""
    w: tuple[Expr, ...] = ()
    """The weights: symbols, or exact numbers."""
    b: Expr = None  # pyright: ignore[reportAssignmentType]
    """The bias."""
    x: tuple[Expr, ...] = ()
    """The inputs: symbols, exact numbers, or the expressions of the neurons before."""

    def __post_init__(self) -> None:
        n = positive_size(self.inputs, "inputs of a neuron")
        object.__setattr__(self, "inputs", n)
        object.__setattr__(self, "activation", named_activation(self.activation))
        for letter in ("w", "x"):
            given = tuple(getattr(self, letter)) or tuple(Symbol(f"{letter}_{i}", real=True) for i in range(1, n + 1))
            if len(given) != n:
                raise ShapeError(f"a neuron with {n} inputs needs {n} values for {letter}, got {len(given)}")
            object.__setattr__(self, letter, given)
        if self.b is None:
            object.__setattr__(self, "b", Symbol("b", real=True))

    @cached_property
    def z(self) -> Expr:
        """The weighted sum and bias, w·x + b."""
        return Add(*(Mul(w, x) for w, x in zip(self.w, self.x, strict=True)), self.b)

    @cached_property
    def expression(self) -> Expr:
        """The exact output a(w·x + b)."""
        return self.activation.expression.xreplace({self.activation.variable: self.z})

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """What is still free, in the order w, b, x, then the activation's parameters."""
        own = [s for s in (*self.w, self.b, *self.x) if isinstance(s, Symbol)]
        return tuple(dict.fromkeys([*own, *sorted(self.expression.free_symbols - set(own), key=str)]))

    @property
    def gradient(self) -> NeuronGradient:
        """∂a/∂w, ∂a/∂b and ∂a/∂x, exactly; undefined (nan) where the weighted sum sits on a kink."""
        from symnet.shortcuts import neuron_gradient

        return neuron_gradient(self)

    def substitute(self, **values: Any) -> Neuron:
        """The same neuron with exact numbers in the place of symbols.

        ``w=["1/2", -1]``, ``x=[1, 2]``, ``b="0.3"`` replace all of a kind, ``w_1="1/2"`` one of them; any
        other name is a parameter of the activation.
        """
        changed: dict[str, Any] = {"w": list(self.w), "x": list(self.x)}
        parameters: dict[str, Any] = {}
        for name, value in values.items():
            letter, _, place = name.partition("_")
            if name == "b":
                changed["b"] = exact_number(value, "the bias b")
            elif name in ("w", "x"):
                changed[name] = self._numbers(name, value)
            elif letter in ("w", "x") and place.isdigit():
                if not 1 <= int(place) <= self.inputs:
                    raise DefinitionError(f"a neuron with {self.inputs} inputs has no {name}")
                changed[letter][int(place) - 1] = exact_number(value, name)
            else:
                parameters[name] = value
        activation = self.activation.with_parameters(**parameters) if parameters else self.activation
        return replace(self, activation=activation, **{k: tuple(v) if k in "wx" else v for k, v in changed.items()})

    def _numbers(self, letter: str, values: Iterable[Any]) -> list[Expr]:
        numbers = [exact_number(value, letter) for value in values]
        if len(numbers) != self.inputs:
            raise ShapeError(
                f"a neuron with {self.inputs} inputs needs {self.inputs} values for {letter}, got {len(numbers)}"
            )
        return numbers


def named_activation(activation: Activation | str) -> Activation:
    """The activation itself, the one that the catalogue knows by that name, or the typed expression in x."""
    if isinstance(activation, Activation):
        return activation
    if not isinstance(activation, str):
        raise DefinitionError(f"an activation is a name, an expression or an Activation, got {activation!r}")
    if activation in activations or activation.replace("-", "_").replace(" ", "_").isidentifier():
        return activations[activation]
    from symnet.definitions.expression import typed_activation

    return typed_activation(activation)


def occurrences(activation: Activation) -> tuple[int, int]:
    """How often the formula mentions its variable, and how many operations it has besides."""
    nodes = list(preorder_traversal(activation.default_expression))
    return sum(node == activation.variable for node in nodes), sum(bool(node.args) for node in nodes)
