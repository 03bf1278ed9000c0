"""``symnet explain``: the study sheet of one subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from symnet.cli.arguments import Verb, names, target_options
from symnet.cli.output import deliver, output_options

if TYPE_CHECKING:
    from symnet.cli.target import Target
    from symnet.sheet import Sheet


@click.command(cls=Verb)
@click.argument("target", shell_complete=names)
@output_options
@target_options
@click.option("--activation", metavar="NAME", help="For a file that does not say: the activation.")
@click.option("--output-activation", metavar="NAME", help="For such a file: of the last layer, if it is another one.")
def command(
    target: str,
    read_as: str | None,
    values: dict[str, str],
    assumptions: dict[str, str],
    activation: str | None,
    output_activation: str | None,
    **output: Any,
) -> None:
    """Explain TARGET: an activation (relu), a concept (neuron, layer, mlp), a pair (softmax+cross_entropy), a shape
    (784-16-16-10), an expression ("x*tanh(log(1+exp(x)))") or the file of a network (digits.safetensors, model.onnx, model.npz).

    The sheet is shown in the terminal; --to FORMAT writes ./output/TARGET.SUFFIX and prints that path.
    """

    def make() -> Sheet:
        from symnet.cli.target import read_target
        from symnet.explain.dispatch import Concept, sheet_of
        from symnet.explain.subjects import CONCEPTS

        found = read_target(target, read_as=read_as, subjects=CONCEPTS, assumptions=assumptions, values=values)
        if activation is not None or output_activation is not None:
            return _file(found, activation, output_activation)
        subject = Concept(found.subject) if found.kind == "subject" else found.subject
        return sheet_of(subject, found.sentence)

    asked = {"verb": "explain", "as": read_as, "set": values, "assume": assumptions}
    asked |= {"activation": activation, "output": output_activation}
    deliver(asked, [target], make, **output)


def _file(target: Target, activation: str | None, output: str | None) -> Sheet:
    """The sheet of a file whose activations are named."""
    from symnet.errors import UsageError
    from symnet.explain.trained import explain_file
    from symnet.sheet import Text

    if target.kind != "file":
        raise UsageError(
            f"--activation and --output-activation belong to a network file, and '{target.text[:60]}' is none"
        )
    return explain_file(target.subject, Text("{reading}", {"reading": target.sentence}), activation, output)
