"""The `VectorActivation` record, the `@vector_activation` decorator that declares one, and the registry.

A vector activation takes a whole vector (or several groups of one): softmax, maxout, the gated linear
units. Its declaration is a function from symbols to exact outputs, so that everything at a fixed size
(outputs, Jacobian, worked numbers, tests) follows from it; for a general size it carries indexed
formulas, which `calculus.jacobian` proves at fixed sizes, and facts, each verified by a test of its own::

    @vector_activation(sizes={"n": 3}, sources=["bridle1990"], torch="Softmax")
    def softmax(x):
        \"\"\"Turn scores into probabilities …\"\"\"
        total = sum(exp(s) for s in x)
        return [exp(s) / total for s in x]
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from symnet.definitions.activation import Api
from symnet.definitions.registry import Registry
from symnet.errors import ShapeError

if TYPE_CHECKING:
    from sympy import Expr, ImmutableMatrix, Symbol


@dataclass(frozen=True)
class VectorFact:
    """One property of a vector activation, for every size."""

    property: str
    """``"range"``, ``"sum"``, ``"shift"``, ``"lipschitz"``, ``"ties"``, …; a test verifies each by this key."""
    value: str
    """The property as a formula in plain text."""
    reason: str
    """Why it holds, in one sentence."""


@dataclass(frozen=True)
class VectorFunction:
    """A vector activation at a fixed size: exact outputs in symbols."""

    inputs: tuple[Symbol, ...]
    parameters: tuple[Symbol, ...]
    """Weights and biases, for maxout; else empty."""
    outputs: tuple[Expr, ...]


@dataclass(frozen=True)
class VectorActivation:
    """A function of a vector, declared exactly once."""

    name: str
    define: Callable[..., Any]
    """The declaration's body: symbols → outputs; it may return (outputs, parameters)."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """The sizes that can be chosen, with the small ones that examples use: ``{"n": 3}``."""
    formula: str = ""
    """One entry of the output for any size, with indices, in plain text: ``pᵢ = exp(xᵢ)/Σⱼ exp(xⱼ)``."""
    jacobian_formula: str = ""
    """One entry of the Jacobian for any size: ``∂pᵢ/∂xⱼ = pᵢ(δᵢⱼ − pⱼ)``."""
    facts: tuple[VectorFact, ...] = ()
    summary: str = ""
    description: str = ""
    family: str = "vector"
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    apis: Mapping[str, Api] = field(default_factory=dict)
    title: str = ""

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def heading(self) -> str:
        """The name as people write it."""
        return self.title

    def at(self, **sizes: int) -> VectorFunction:
        """The exact function at fixed sizes, which default to the small ones of `sizes`.

        Raises `ShapeError` for a size that is unknown or too small.
        """
        for name, size in sizes.items():
            if name not in self.sizes:
                raise ShapeError(f"{self.name} has no size '{name}'; it has {', '.join(self.sizes)}")
            least = 2 if name == "k" else 1
            if isinstance(size, bool) or not isinstance(size, int) or size < least:
                raise ShapeError(f"the size {name} of {self.name} must be a whole number from {least}, got {size!r}")
        return _at(self, tuple(sorted({**self.sizes, **sizes}.items())))

    def __call__(self, x: Any, parameters: Sequence[Any] = (), **sizes: int) -> Any:
        """The outputs along the last axis of `x`, each the float nearest to the exact value.

        The size n is read from `x`; a gated unit takes its two halves one behind the other. `parameters` are
        numbers for those of `at(n=…)`, in that order: ``gumbel_softmax(x, [0.5])``. Raises `ShapeError` for a
        length or a number of parameters that does not fit, `DataError` for what is no finite number.
        """
        from symnet.shortcuts import evaluate_vector

        return evaluate_vector(self, x, parameters, **sizes)

    def jacobian(self, **sizes: int) -> ImmutableMatrix:
        """The exact Jacobian with respect to the inputs at fixed sizes, (outputs, inputs).

        Defined off the ties: at a tie of a maximum the entries are undefined (nan).
        """
        from symnet.shortcuts import vector_jacobian

        return vector_jacobian(self, **sizes)


@cache
def _at(record: VectorActivation, sizes: tuple[tuple[str, int], ...]) -> VectorFunction:
    from sympy import symbols, sympify

    chosen = dict(sizes)
    takes = inspect.signature(record.define).parameters
    groups = [name for name in takes if name not in chosen]
    length = chosen.get("n", 3)
    inputs = [symbols(f"{group}_1:{length + 1}", real=True) for group in groups]
    found = record.define(*inputs, **{name: chosen[name] for name in takes if name in chosen})
    outputs, parameters = found if isinstance(found, tuple) else (found, ())
    flat = tuple(symbol for group in inputs for symbol in group)
    return VectorFunction(flat, tuple(parameters), tuple(sympify(y) for y in outputs))


def _load_catalogue() -> None:
    import symnet.definitions.vector_activations  # noqa: F401


vector_activations: Registry[VectorActivation] = Registry("vector activation", _load_catalogue)


def vector_activation(
    *,
    sizes: Mapping[str, int],
    formula: str,
    jacobian: str,
    facts: Sequence[tuple[str, str, str]] = (),
    sources: Sequence[str] = (),
    aliases: Sequence[str] = (),
    title: str = "",
    torch: str | Api | None = None,
    keras: str | Api | None = None,
    jax: str | Api | None = None,
    registry: Registry[VectorActivation] | None = None,
) -> Callable[[Callable[..., Any]], VectorActivation]:
    """Declare a vector activation; the decorated function becomes the record and enters the registry.

    The function's arguments are groups of symbols (``x``; ``a`` and ``b`` for the gated units), besides
    those named in `sizes`, which are whole numbers.
    """

    def declare(function: Callable[..., Any]) -> VectorActivation:
        summary, _, description = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
        frameworks = (("torch", torch), ("keras", keras), ("jax", jax))
        record = VectorActivation(
            name=function.__name__,
            define=function,
            sizes=dict(sizes),
            formula=formula,
            jacobian_formula=jacobian,
            facts=tuple(VectorFact(*fact) for fact in facts),
            summary=" ".join(summary.split()),
            description=description.strip(),
            aliases=tuple(aliases),
            sources=tuple(sources),
            apis={key: Api(api) if isinstance(api, str) else api for key, api in frameworks if api},
            title=title or function.__name__.replace("_", " "),
        )
        return (vector_activations if registry is None else registry).add(record)

    return declare
