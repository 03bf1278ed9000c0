"""``symnet explain``: the study sheet of one subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from symnet.cli.arguments import Verb, names, target_options
from symnet.cli.output import deliver, output_options

if TYPE_CHECKING:
    from symnet.sheet import Sheet


@click.command(cls=Verb)
@click.argument("target", shell_complete=names)
@output_options
@target_options
def command(
    target: str,
    read_as: str | None,
    values: dict[str, str],
    assumptions: dict[str, str],
    **output: Any,
) -> None:
    """Explain TARGET: an activation (relu), a concept (neuron, layer, mlp), a pair (softmax+cross_entropy), a shape
    (784-16-16-10), an expression ("x*tanh(log(1+exp(x)))") or a trained network (digits.safetensors).

    The sheet is shown in the terminal; --to FORMAT writes ./output/TARGET.SUFFIX and prints that path.
    """

    def make() -> Sheet:
        from symnet.cli.target import read_target
        from symnet.explain.dispatch import Concept, sheet_of
        from symnet.explain.subjects import CONCEPTS

        found = read_target(target, read_as=read_as, subjects=CONCEPTS, assumptions=assumptions, values=values)
        subject = Concept(found.subject) if found.kind == "subject" else found.subject
        return sheet_of(subject, found.sentence)

    asked = {"verb": "explain", "as": read_as, "set": values, "assume": assumptions}
    deliver(asked, [target], make, **output)
