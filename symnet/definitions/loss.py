"""The `Loss` record, the `@loss` decorator that declares one, and the registry of all.

A loss compares one sample's output (a column) with its target (a column of the same length) and gives
one number, written as a matrix expression; the loss of a batch is the mean over its samples. The
gradients follow from the adjoint rules.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, get_type_hints

from symnet.definitions.activation import Parameter, declared_parameter
from symnet.definitions.registry import Registry, read_call
from symnet.errors import DefinitionError, ShapeError

if TYPE_CHECKING:
    from sympy.matrices.expressions import MatrixExpr


TAKES = ("output", "probabilities", "log_probabilities", "scores", "logits")
TARGETS = ("numbers", "probabilities", "signs", "counts")


@dataclass(frozen=True)
class Loss:
    """How far an output is from its target."""

    name: str
    define: Callable[..., MatrixExpr]
    """(output, target, **parameters) → a 1×1 matrix expression; columns of one length."""
    parameters: tuple[Parameter, ...] = ()
    summary: str = ""
    description: str = ""
    title: str = ""
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Keys into the references of `prose/`."""
    takes: str = "output"
    """``"output"``: any number; ``"probabilities"``, ``"log_probabilities"``; ``"scores"``: the output of a layer
    without a bend; ``"logits"``: the scores before the layer's own `link`, which is left to the loss."""
    link: str = ""
    """Of a loss that takes logits: what makes probabilities of them, ``"softmax"`` or ``"sigmoid"``."""
    targets: str = "numbers"
    """``"numbers"``, ``"probabilities"`` (0 and 1 among them), ``"signs"`` (−1 and 1) or ``"counts"``."""
    frameworks: Mapping[str, str] = field(default_factory=dict)
    """Framework → what it calls this loss, with the arguments that make it this one."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """The parameters that have been fixed, exactly."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by name: the declaration's body cannot be pickled."""
        return named_loss, (self.spelling,)

    def __hash__(self) -> int:
        return hash(self.spelling)

    @property
    def spelling(self) -> str:
        """The name by which `named_loss` finds it again: ``huber``, ``huber(delta=1/2)``."""
        fixed = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.name}({fixed})" if fixed else self.name

    def with_parameters(self, **values: object) -> Loss:
        """The same loss with parameters fixed: ``losses["huber"].with_parameters(delta="1/2")``."""
        known = {p.name: p for p in self.parameters}
        for name in values:
            if name not in known:
                has = f"it has {', '.join(known)}" if known else "it has none"
                raise DefinitionError(f"the loss {self.name} has no parameter '{name}'; {has}")
        return replace(self, values=dict(self.values) | {n: known[n].read(v) for n, v in values.items()})

    def of(self, output: MatrixExpr, target: MatrixExpr) -> MatrixExpr:
        """The loss of one sample."""
        if tuple(output.shape) != tuple(target.shape):
            first, other = (" × ".join(map(str, m.shape)) for m in (output, target))
            raise ShapeError(f"the loss {self.name} compares an output of {first} with a target of {other}")
        defaults = {p.name: p.read(p.default) for p in self.parameters}
        return self.define(output, target, **defaults | dict(self.values))


def _load_losses() -> None:
    import symnet.definitions.losses  # noqa: F401


losses: Registry[Loss] = Registry("loss", _load_losses)


def loss(
    *,
    title: str = "",
    aliases: Sequence[str] = (),
    sources: Sequence[str] = (),
    takes: str = "output",
    link: str = "",
    targets: str = "numbers",
    **frameworks: str,
) -> Callable[[Callable[..., Any]], Loss]:
    """Declare a loss; the decorated function becomes a `Loss` and enters the registry."""
    if takes not in TAKES or targets not in TARGETS or (takes == "logits") != bool(link):
        raise DefinitionError(f"a loss takes one of {', '.join(TAKES)} and targets one of {', '.join(TARGETS)}")

    def declare(function: Callable[..., Any]) -> Loss:
        summary, _, description = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
        hints = get_type_hints(function, include_extras=True)
        further = list(inspect.signature(function).parameters.items())[2:]
        return losses.add(
            Loss(
                function.__name__,
                function,
                tuple(declared_parameter(name, parameter, hints.get(name)) for name, parameter in further),
                " ".join(summary.split()),
                description.strip(),
                title or function.__name__.replace("_", " "),
                tuple(aliases),
                tuple(sources),
                takes,
                link,
                targets,
                frameworks,
            )
        )

    return declare


def named_loss(name: Loss | str) -> Loss:
    """The loss itself, or the one that the registry knows by that name, such as ``huber`` or ``huber(delta=1/2)``."""
    if isinstance(name, Loss):
        return name
    found, values = read_call(name, "loss")
    return losses[found].with_parameters(**values) if values else losses[found]
