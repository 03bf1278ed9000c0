"""``symnet derive``: the derivative of a function, step by step, every step checked; printed to standard output."""

from __future__ import annotations

from typing import Any

import click

from symnet.cli.arguments import Verb, names, no_cache, target_options
from symnet.cli.rendered import Rendered, remembered
from symnet.errors import UsageError

FORMS = ("terminal", "json", "markdown", "latex", "html")


@click.command(cls=Verb)
@click.argument("target", shell_complete=names)
@target_options
@click.option("--order", type=click.IntRange(1, 2), default=1, help="1 for the first derivative, 2 for the second too.")
@click.option("--detail", type=click.Choice(("brief", "normal", "full")), default="normal", help="How many steps.")
@click.option("--to", "form", metavar="FORMAT", default="terminal", help="terminal, json, markdown, latex or html.")
@click.option("--width", type=click.IntRange(min=40), help="Columns of the terminal form.")
@no_cache
def command(
    target: str,
    read_as: str | None,
    values: dict[str, str],
    assumptions: dict[str, str],
    order: int,
    detail: str,
    form: str,
    width: int | None,
) -> None:
    """Differentiate a function step by step; each step is checked by algebra and to 50 digits at rational points.

    TARGET is an activation (elu) or an expression ("x*tanh(log(1+exp(x)))"); a vector activation (softmax) gives
    its Jacobian.
    """

    if form not in FORMS:
        raise UsageError(
            f"derive prints {', '.join(FORMS)}, not {form[:60]!r}; for a file of any format: symnet explain"
        )
    if width is not None and form != "terminal":
        raise UsageError(f"--width is for the terminal form, not for {form}")

    def make() -> Rendered:
        from symnet.cli.target import read_target

        found = read_target(target, read_as=read_as, assumptions=assumptions, values=values)
        if found.kind not in ("activation", "expression", "vector activation"):
            what = f"derive takes an activation or an expression, and '{target[:60]}' is the name of a {found.kind}"
            raise UsageError(f"{what}; see: symnet explain {target[:60]}")
        vector = found.kind == "vector activation"
        if vector and order != 1:
            raise UsageError(f"--order {order} is for functions of one number, and {found.subject.name} takes a vector")
        if form == "json":
            return Rendered("", _document(found.subject, vector, order, detail))
        from symnet.render import render

        options: dict[str, Any] = {} if width is None else {"width": width}
        return Rendered("", render(_sheet(found.subject, vector, order, detail, found.sentence), form, **options))

    options = {"order": order, "detail": detail, "format": form, "width": width}
    asked = {"verb": "derive", "as": read_as, "set": values, "assume": assumptions, **options}
    text = remembered(asked, [target], make).text
    click.echo(text, nl=isinstance(text, str) and not text.endswith("\n"))


def _sheet(subject: Any, vector: bool, order: int, detail: str, reading: str) -> Any:
    from symnet.explain.derivation import derivation_sheet, jacobian_sheet

    return jacobian_sheet(subject, reading) if vector else derivation_sheet(subject, order, detail, reading)


def _document(subject: Any, vector: bool, order: int, detail: str) -> str:
    import json

    from symnet.calculus.document import derivation_document, jacobian_document

    document = jacobian_document(subject) if vector else derivation_document(subject, order, detail)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
