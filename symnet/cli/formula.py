"""``symnet formula``: one formula, ready to paste: LaTeX, MathML, Typst or text."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from symnet.cli.arguments import Verb, names, target_options
from symnet.errors import UsageError

if TYPE_CHECKING:
    from symnet.cli.target import Target

PRINTERS = {
    "latex": "latex:latex", "mathml": "mathml:mathml", "typst": "typst:typst", "text": "linear:linear", "pretty": "pretty:pretty",
}  # fmt: skip


@click.command(cls=Verb)
@click.argument("target", shell_complete=names)
@target_options
@click.option("--order", type=click.IntRange(0, 2), default=0, show_default=True, help="1 for the derivative, 2 …")
@click.option("--to", "form", type=click.Choice(tuple(PRINTERS)), default="latex", show_default=True)
@click.option("--named", is_flag=True, help="Keep customary names: σ(x)(1 − σ(x)), x φ(x) + Φ(x).")
@click.option("--bare", is_flag=True, help="The right-hand side alone, without f(x) =.")
def command(
    target: str,
    read_as: str | None,
    values: dict[str, str],
    assumptions: dict[str, str],
    order: int,
    form: str,
    named: bool,
    bare: bool,
) -> None:
    """Print the formula of a function or of its derivative, or the equations of a network, one a line.

    symnet formula elu --order 1 --to latex

    symnet formula 784-16-16-10 --to typst
    """
    from symnet.cli.target import read_target

    read = read_target(target, read_as=read_as, assumptions=assumptions, values=values, files=False)
    printer = _printer(form)
    for left, right in _equations(read, order, named):
        click.echo(printer(right if bare else _equation(left, right)))


def _printer(form: str) -> Callable[[Any], str]:
    module, _, name = PRINTERS[form].partition(":")
    return getattr(import_module(f"symnet.render.mathematics.{module}"), name)


def _equation(left: Any, right: Any) -> Any:
    from symnet.sheet import Equation

    return Equation((left, right))


def _equations(read: Target, order: int, named: bool) -> list[tuple[Any, Any]]:
    """(left, right) of every formula that the target has."""
    from symnet.explain.notation import Applied

    if read.kind in ("activation", "expression"):
        f = read.subject
        formula = f.expression if order == 0 else _derivative(f, order, named)
        return [(Applied("f", order, f.variable), formula)]
    if order:
        raise UsageError(f"--order {order} is for functions of one number, and '{read.text[:60]}' is a {read.kind}")
    if read.kind == "shape":
        from symnet.definitions.network import MLP

        return [(e.symbol, e.expression) for e in MLP(read.subject).equations]
    if read.kind == "vector activation":
        from sympy import Symbol

        return [(Symbol(f"y_{k}"), output) for k, output in enumerate(read.subject.at().outputs, start=1)]
    raise UsageError(
        f"formula takes an activation, an expression or a shape such as 784-16-16-10, and '{read.text[:60]}' is a {read.kind}"
    )


def _derivative(f: Any, order: int, named: bool) -> Any:
    """The derivative in the form that people know; in elementary functions alone unless `named`."""
    from symnet.calculus.differentiate import differentiate
    from symnet.calculus.notation import unfold

    derivation = differentiate(f.expression, f.variable, order)
    return derivation.form if named or unfold(derivation.form) == derivation.form else unfold(derivation.result)
