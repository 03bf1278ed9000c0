"""The `Loss` record, the `@loss` decorator that declares one, and the registry of all.

A loss compares one sample's output (a column) with its target (a column of the same length) and gives
one number, written as a matrix expression; the loss of a batch is the mean over its samples. The
gradients follow from the adjoint rules.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from symnet.definitions.registry import Registry
from symnet.errors import ShapeError

if TYPE_CHECKING:
    from sympy.matrices.expressions import MatrixExpr


@dataclass(frozen=True)
class Loss:
    """How far an output is from its target."""

    name: str
    define: Callable[[Any, Any], MatrixExpr]
    """(output, target) → a 1×1 matrix expression; columns of one length."""
    summary: str = ""
    description: str = ""
    title: str = ""
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Keys into the references of `prose/`."""
    takes: str = "output"
    """``"output"``: the network's output; ``"logits"``: the scores before the softmax, so that a final
    softmax layer is left to the loss."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by name: the declaration's body cannot be pickled."""
        return named_loss, (self.name,)

    def of(self, output: MatrixExpr, target: MatrixExpr) -> MatrixExpr:
        """The loss of one sample."""
        if tuple(output.shape) != tuple(target.shape):
            first, other = (" × ".join(map(str, m.shape)) for m in (output, target))
            raise ShapeError(f"the loss {self.name} compares an output of {first} with a target of {other}")
        return self.define(output, target)


def _load_losses() -> None:
    import symnet.definitions.losses  # noqa: F401


losses: Registry[Loss] = Registry("loss", _load_losses)


def loss(
    *, title: str = "", aliases: Sequence[str] = (), sources: Sequence[str] = (), takes: str = "output"
) -> Callable[[Callable[..., Any]], Loss]:
    """Declare a loss; the decorated function becomes a `Loss` and enters the registry."""

    def declare(function: Callable[..., Any]) -> Loss:
        summary, _, description = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
        return losses.add(
            Loss(
                function.__name__,
                function,
                " ".join(summary.split()),
                description.strip(),
                title or function.__name__.replace("_", " "),
                tuple(aliases),
                tuple(sources),
                takes,
            )
        )

    return declare


def named_loss(name: Loss | str) -> Loss:
    """The loss itself, or the one that the registry knows by that name."""
    return name if isinstance(name, Loss) else losses[name]
