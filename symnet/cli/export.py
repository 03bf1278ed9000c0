"""``symnet export``: self-contained source of a function, a loss or a network for NumPy, plain Python or JavaScript."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from symnet.cli.arguments import Verb, names, target_options
from symnet.errors import UsageError

if TYPE_CHECKING:
    from symnet.definitions.network import Network

LANGUAGES = ("numpy", "python", "javascript")


@click.command(cls=Verb)
@click.argument("target", shell_complete=names)
@target_options
@click.option("--to", "language", type=click.Choice(LANGUAGES), default="numpy", show_default=True)
@click.option("--order", type=click.IntRange(0, 8), help="For a function: 1 for the derivative, 2 …")
@click.option("--at-kink", type=click.Choice(("torch", "keras", "jax", "left", "right", "mean")), help="Whose slope.")
@click.option("--activation", metavar="NAME", help="For a network that does not say: of the layers. [sigmoid]")
@click.option("--output-activation", metavar="NAME", help="For such a network: of the last layer.")
@click.option("--loss", metavar="NAME", help="For a network: whose gradient is taken. [its own, or half_squared]")
def command(
    target: str,
    read_as: str | None,
    values: dict[str, str],
    assumptions: dict[str, str],
    language: str,
    order: int | None,
    at_kink: str | None,
    activation: str | None,
    output_activation: str | None,
    loss: str | None,
) -> None:
    """Print the code that computes TARGET, with everything that it needs.

    TARGET is a function (gelu, "x*tanh(x)"), a loss (mse), the shape of a network (784-16-16-10) or a trained network.

    symnet export gelu --to javascript --order 1

    symnet export digits.safetensors --to python
    """
    from symnet.cli.target import read_target
    from symnet.codegen.export import export, export_loss, export_network

    read = read_target(target, read_as=read_as, assumptions=assumptions, values=values)
    of_network = {"--activation": activation, "--output-activation": output_activation, "--loss": loss}
    of_function = {"--order": order, "--at-kink": at_kink}
    if read.kind in ("activation", "expression"):
        _refuse(of_network, "a network", target)
        text = export(read.subject, language, order or 0, at_kink)
    elif read.kind == "loss":
        _refuse(of_network | of_function, "a network or a function", target)
        text = export_loss(read.subject, language)
    elif read.kind in ("shape", "file"):
        _refuse(of_function, "a function of one number", target)
        network, own, remarks = _network(read.subject, activation, output_activation)
        text = export_network(network, language, own if loss is None else loss, remarks)
    else:
        what = "an activation of one number, an expression, a loss, a shape or a network file"
        raise UsageError(f"export takes {what}, and '{target[:60]}' is a {read.kind}")
    click.echo(text, nl=False)


def _refuse(options: dict[str, Any], belong: str, target: str) -> None:
    for name, value in options.items():
        if value is not None:
            raise UsageError(f"{name} belongs to {belong}, and '{target[:60]}' is none")


def _network(
    subject: Path | tuple[int, ...], activation: str | None, output: str | None
) -> tuple[Network, str, tuple[str, ...]]:
    """(the network, its own loss, what a reader of the source should know)."""
    if isinstance(subject, tuple):
        from symnet.definitions.network import MLP

        return MLP(subject, "sigmoid" if activation is None else activation, output), "half_squared", ()
    from symnet.interchange.files import is_trained, load
    from symnet.interchange.safetensors import load_trained

    if not is_trained(subject):
        return load(subject, activation, output), "half_squared", ()
    for name, value in (("--activation", activation), ("--output-activation", output)):
        if value is not None:
            raise UsageError(f"'{subject}' says its activations itself; leave {name} out")
    trained = load_trained(subject)
    divisor = trained.preprocessing.divide_by
    remark = f"The samples of the data are divided by {divisor:g} first." if divisor != 1 else ""
    return trained.network, trained.loss, (remark,) if remark else ()
