"""The `Optimiser` record, the `@optimiser` decorator that declares one, and the registry of all.

An optimiser is a list of equations for one parameter w of the network: from its slope gₜ and what was
kept of the last step to wₜ. The equations are what sheets print, and what `learning/update.py` compiles.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_type_hints

from symnet.definitions.activation import Parameter, declared_parameter
from symnet.definitions.registry import Registry, read_call
from symnet.errors import DefinitionError

if TYPE_CHECKING:
    from sympy import Expr, IndexedBase, Symbol


@dataclass(frozen=True)
class Optimiser:
    """How a step follows from the slope."""

    name: str
    define: Callable[..., Any]
    """(w, g, t, *kept sequences, **parameters) → pairs (sequence at t, expression), in the order of computing."""
    sequences: tuple[str, ...] = ()
    """What is computed on the way besides w; what is read at t − 1 is kept, and begins at 0."""
    parameters: tuple[Parameter, ...] = ()
    summary: str = ""
    description: str = ""
    title: str = ""
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    frameworks: Mapping[str, str] = field(default_factory=dict)
    """Framework → what it calls this optimiser, and its own defaults where they differ."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """The parameters that have been fixed, exactly."""

    def __reduce__(self) -> tuple[Any, ...]:
        return named_optimiser, (self.spelling,)

    def __hash__(self) -> int:
        return hash(self.spelling)

    @property
    def spelling(self) -> str:
        """The name by which `named_optimiser` finds it again."""
        fixed = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.name}({fixed})" if fixed else self.name

    def with_parameters(self, **values: object) -> Optimiser:
        """The same optimiser with parameters fixed: ``with_parameters(beta1="0.8")``."""
        known = {p.name: p for p in self.parameters}
        for name in values:
            if name not in known:
                raise DefinitionError(
                    f"the optimiser {self.name} has no parameter '{name}'; it has {', '.join(known) or 'none'}"
                )
        return replace(self, values=dict(self.values) | {n: known[n].read(v) for n, v in values.items()})

    @cached_property
    def parameter_values(self) -> dict[Symbol, Expr]:
        """Every parameter's symbol, with its fixed value or default."""
        return {p.symbol: self.values.get(p.name, p.read(p.default)) for p in self.parameters}

    @property
    def rate(self) -> Expr:
        """The learning rate that is fixed, or the default."""
        return next(value for symbol, value in self.parameter_values.items() if symbol.name == "eta")

    @cached_property
    def time(self) -> Symbol:
        """The number of the step, from 1."""
        from sympy import Symbol

        return Symbol("t", integer=True, positive=True)

    @cached_property
    def bases(self) -> dict[str, IndexedBase]:
        """The sequences by name; w, the parameter, and g, its slope, among them."""
        from sympy import IndexedBase

        return {name: IndexedBase(name, real=True) for name in ("w", "g", *self.sequences)}

    @cached_property
    def equations(self) -> tuple[tuple[Expr, Expr], ...]:
        """(sequence at t, expression) pairs, with the parameters as letters."""
        w, g, *rest = self.bases.values()
        return tuple(self.define(w, g, self.time, *rest, **{p.name: p.symbol for p in self.parameters}))

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """The sequences that a step reads of the step before, w left out."""
        before = {atom for _, right in self.equations for atom in _indexed(right) if atom.indices[0] != self.time}
        return tuple(name for name in self.sequences if any(atom.base.label.name == name for atom in before))


def _indexed(expression: Expr) -> set[Any]:
    from sympy import Indexed

    return expression.atoms(Indexed)


def _load_optimisers() -> None:
    import symnet.definitions.optimisers  # noqa: F401


optimisers: Registry[Optimiser] = Registry("optimiser", _load_optimisers)


def optimiser(
    *, title: str = "", aliases: Sequence[str] = (), sources: Sequence[str] = (), **frameworks: str
) -> Callable[[Callable[..., Any]], Optimiser]:
    """Declare an optimiser; the decorated function becomes an `Optimiser` and enters the registry."""

    def declare(function: Callable[..., Any]) -> Optimiser:
        summary, _, description = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
        hints = get_type_hints(function, include_extras=True)
        arguments = list(inspect.signature(function).parameters.items())[3:]
        return optimisers.add(
            Optimiser(
                function.__name__,
                function,
                tuple(n for n, a in arguments if a.default is inspect.Parameter.empty),
                tuple(
                    declared_parameter(n, a, hints.get(n))
                    for n, a in arguments
                    if a.default is not inspect.Parameter.empty
                ),
                " ".join(summary.split()),
                description.strip(),
                title or function.__name__,
                tuple(aliases),
                tuple(sources),
                frameworks,
            )
        )

    return declare


def named_optimiser(name: Optimiser | str) -> Optimiser:
    """The optimiser itself, or the one of that name, such as ``adam`` or ``adam(beta1=0.8)``."""
    if isinstance(name, Optimiser):
        return name
    found, values = read_call(name, "optimiser")
    return optimisers[found].with_parameters(**values) if values else optimisers[found]
