"""The sheet of one training step in numbers: what ``symnet step`` shows."""

from __future__ import annotations

from typing import Any

from sympy import ImmutableMatrix

from symnet.definitions.loss import named_loss
from symnet.explain.architecture import diagram, equations, shape
from symnet.explain.essay import essay, plain_voice
from symnet.explain.passes import backward, chain, forward, shown
from symnet.learning.step import TrainingStep
from symnet.sheet import Equation, Sheet


def explain_step(run: TrainingStep) -> Sheet:
    """Given numbers, forward pass, loss, error signals, gradients, step, new loss, check."""
    loss = named_loss(run.loss)
    voice = plain_voice({
        "shape": shape(run.network), "count": str(run.network.count), "learned": str(len(run.gradient)), "loss_name": loss.title,
        "rate": run.rate, "before": shown(run.before), "after": shown(run.after), "summary": loss.summary,
    })  # fmt: skip
    blocks: dict[str, list[Any]] = {
        "diagram": [diagram(run.network, voice)],
        "given": given(run),
        "equations": [equations(run.network.equations, voice)],
        "forward": forward(run, voice),
        "chain": chain(run.network, run.loss, voice),
        "backward": backward(run, voice),
    }
    return essay(
        "training_step", blocks, voice, subject=f"step-{shape(run.network)}", title=voice.text("One training step of {shape}"),
        declared=loss.sources,
    )  # fmt: skip


def given(run: TrainingStep) -> list[Equation]:
    """The input, the target and every parameter, with their numbers."""
    return [
        Equation((symbol, ImmutableMatrix([[shown(value) for value in row] for row in rows])))
        for symbol, rows in run.given.items()
    ]


def document(run: TrainingStep) -> dict[str, Any]:
    """The step as data: every figure with its formula and its value, exact where it is rational."""
    figures = [
        {
            "kind": f.kind,
            "layer": f.equation.layer,
            "name": str(f.symbol),
            "formula": str(f.letters),
            "value": spelled(f.value),
        }
        for f in run.figures
    ]
    return {
        "network": shape(run.network),
        "loss": named_loss(run.loss).name,
        "rate": str(run.rate),
        "figures": figures,
        "stepped": {str(symbol): spelled(value) for symbol, value in run.stepped.items()},
        "loss_before": spelled(run.before),
        "loss_after": spelled(run.after),
        "largest_difference_from_central_differences": spelled(run.difference),
    }


def spelled(value: Any) -> str:
    """A rational exactly, anything else to 30 digits."""
    return str(value) if value.is_Rational else str(value.evalf(30))
