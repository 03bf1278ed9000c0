"""The command group: finds the verb, runs it, and turns everything said on purpose into one line and exit code 2."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

import symnet
import symnet.cli as package
from symnet.errors import SymnetError

INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended, as shells count it."""


def verbs() -> list[str]:
    """Every module of this package that exposes a `command` is a verb; the others are named here."""
    return [module.name for module in iter_modules(package.__path__) if module.name not in NOT_VERBS]


NOT_VERBS = {"main", "target", "arguments", "output", "evaluate_network", "rendered", "values"}


class ReaderLeft(Exception):
    """Nobody reads standard output any more."""


class Verbs(click.Group):
    """A group whose commands live in modules of their own, imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(verbs())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in verbs():
            return None
        return import_module(f"symnet.cli.{cmd_name}").command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in verbs():
            from difflib import get_close_matches

            close = get_close_matches(name, verbs(), n=1)
            guess = f"did you mean '{close[0]}'?" if close else f"the verbs are {', '.join(sorted(verbs()))}."
            raise click.UsageError(f"unknown verb '{name}'; {guess}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; click would end a program whose reader left (``symnet list | head``) as failed."""
        try:
            outcome = super().invoke(ctx)
            sys.stdout.flush()
            return outcome
        except BrokenPipeError:
            raise ReaderLeft from None

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run; what symnet says on purpose becomes one line on stderr and exit code 2."""
        if not standalone_mode:
            return super().main(*args, standalone_mode=False, **extra)
        # Loading SymPy makes half a million lasting objects; to look for garbage among them costs an eighth of the time.
        gc.set_threshold(500_000, 20, 100)
        try:
            outcome = super().main(*args, standalone_mode=False, **extra)
            sys.exit(outcome if isinstance(outcome, int) else 0)
        except click.exceptions.Exit as stop:
            sys.exit(stop.exit_code)
        except click.Abort:
            click.echo("symnet: interrupted", err=True)
            sys.exit(INTERRUPTED)
        except click.ClickException as error:
            _refuse(_usage_line(error))
        except (ReaderLeft, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except SymnetError as error:
            _refuse(str(error))


def _usage_line(error: click.ClickException) -> str:
    """click's message as one line, with the way to the help of the verb concerned."""
    message = " ".join(error.format_message().split())
    context = getattr(error, "ctx", None)
    if isinstance(error, click.UsageError) and context is not None:
        return f"{message.rstrip('.')}. See: {context.command_path} --help"
    return message


def _refuse(message: str) -> None:
    click.echo(f"symnet: {message}", err=True)
    sys.exit(2)


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(symnet.__version__, "-V", "--version", prog_name="symnet", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Turn neural networks into exact mathematics, and explain them.

    \b
    symnet explain relu                     a study sheet in the terminal
    symnet explain "x*tanh(log(1+exp(x)))"  of any expression
    symnet study neurons --to html          the whole note, as a file
    symnet list                             everything that can be explained
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
