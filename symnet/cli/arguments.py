"""What several verbs share on the command line: expressions that begin with ``-``, and the options that shape a target.

click takes every word that begins with ``-`` for an option. ``symnet explain -abs(x)`` must work without
``--``, and ``symnet explain relu --tp html`` must still name the option that does not exist.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from symnet.cache.store import VARIABLE
from symnet.errors import DefinitionError, FileError, SymnetError, UsageError

_WORD = re.compile(r"--?[A-Za-z][A-Za-z0-9-]*(=.*)?", re.DOTALL)


class Verb(click.Command):
    """A command whose positional arguments may begin with ``-`` when they read as an expression."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the options first and the positional arguments behind ``--``, each in its own order."""
        options, positional = self._sorted(ctx, args)
        return super().parse_args(ctx, [*options, "--", *positional] if positional else options)

    def _sorted(self, ctx: click.Context, args: list[str]) -> tuple[list[str], list[str]]:
        known = {
            o: p for p in self.get_params(ctx) if isinstance(p, click.Option) for o in (*p.opts, *p.secondary_opts)
        }
        options: list[str] = []
        positional: list[str] = []
        rest = iter(args)
        for word in rest:
            if word == "--":
                positional.extend(rest)
            elif word in known:
                options.extend((word, *_values(known[word], rest)))
            elif word.partition("=")[0] in known or not word.startswith("-") or word == "-":
                (options if word != "-" and word.startswith("-") else positional).append(word)
            elif _is_expression(word):
                positional.append(word)
            elif word[:2] in known and not word.startswith("--"):
                options.append(word)
            else:
                from difflib import get_close_matches

                name = word.partition("=")[0]
                raise click.NoSuchOption(name, possibilities=get_close_matches(name, known) or None, ctx=ctx)
        return options, positional


def _values(option: click.Option, rest: Iterator[str]) -> list[str]:
    """The words behind an option that are its value, whatever they begin with."""
    if option.is_flag or option.count:
        return []
    return [word for _, word in zip(range(option.nargs), rest, strict=False)]


def _is_expression(word: str) -> bool:
    """Whether a word that begins with ``-`` is a negative expression and no mistyped option.

    ``-x`` and ``-2`` are; ``-relu`` and ``--too`` are words, so they are options.
    """
    if _WORD.fullmatch(word) and len(word) > 2:
        return False
    from symnet.definitions.tokens import tokens

    try:
        tokens(word)
    except SymnetError:
        return "(" in word or word[1:2].isdigit()
    return True


def assignments(_context: Any, _option: Any, words: Iterable[str]) -> dict[str, str]:
    """``("alpha=0.3", …)`` → ``{"alpha": "0.3"}``, as a click callback; a word without ``=`` is refused."""
    values: dict[str, str] = {}
    for word in words:
        name, equals, value = (part.strip() for part in word.partition("="))
        if not (name.isidentifier() and equals and value):
            raise UsageError(f"cannot set {word!r}; write --set NAME=NUMBER, for example --set alpha=0.3")
        if name in values:
            raise UsageError(f"'{name}' is set twice")
        values[name] = value
    return values


def assumptions(_context: Any, _option: Any, words: Iterable[str]) -> dict[str, str]:
    """``("alpha>0", …)`` → ``{"alpha": "positive"}``, as a click callback."""
    from symnet.definitions.expression import assumption

    found: dict[str, str] = {}
    for word in words:
        name, meaning = assumption(word)
        if name in found:
            raise UsageError(f"two assumptions are made about '{name}'; one is enough")
        found[name] = meaning
    return found


def is_file(text: str) -> bool:
    """Whether a word names a file; one that no file could be called names none."""
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        return False


def load_definitions(context: click.Context, _option: Any, paths: Iterable[str]) -> None:
    """Run each file of a user's own ``@activation`` declarations, as a click callback; the registry then knows them."""
    if not paths:
        return
    import runpy

    from symnet.cli.rendered import LOADED
    from symnet.definitions.activation import activations

    context.meta[LOADED] = True
    for path in paths:
        if not is_file(path):
            raise FileError(f"--load: there is no file {path[:200]}")
        len(activations)  # the catalogue comes first, so that a clash is reported in the user's file
        try:
            runpy.run_path(path, run_name=Path(path).stem)
        except SymnetError as error:
            raise DefinitionError(f"--load {path}: {error}") from error
        except (Exception, SystemExit) as error:
            raise DefinitionError(f"--load {path}: {type(error).__name__}: {error}") from error


def _without_cache(context: click.Context, _option: Any, wanted: bool) -> None:
    if not wanted:
        return
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = ""

    @context.call_on_close
    def restore() -> None:
        del os.environ[VARIABLE]
        if before is not None:
            os.environ[VARIABLE] = before


no_cache = click.option(
    "--no-cache",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_without_cache,
    help="Compute everything anew, and keep nothing.",
)
"""``--no-cache``, the same as an empty SYMNET_CACHE_DIR."""


def names(_context: Any, _argument: Any, begun: str) -> list[str]:
    """What a target may be called, for the completion of a shell."""
    from symnet.cli.list import families

    return [name for _, rows in families() for name, _, _ in rows if name.startswith(begun)]


_SET = "Fix a parameter to an exact number."
_ASSUME = "Keep a parameter symbolic: alpha>0, alpha>=0 or alpha real."
_LOAD = "Add your own @activation definitions."
_EARLY: dict[str, Any] = {"multiple": True, "expose_value": False, "is_eager": True}


def target_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--as``, ``--set``, ``--assume`` and ``--load`` to a verb that reads a target.

    The verb receives ``read_as``, ``values``, ``assumptions``; what ``--load`` brings is in the registry.
    """
    readings = click.Choice(("expression", "shape", "name"))
    options = (
        click.option("--as", "read_as", type=readings, help="Read TARGET as this."),
        click.option("--set", "values", multiple=True, callback=assignments, metavar="NAME=NUMBER", help=_SET),
        click.option("--assume", "assumptions", multiple=True, callback=assumptions, metavar="NAME>0", help=_ASSUME),
        click.option("--load", callback=load_definitions, metavar="FILE.py", help=_LOAD, **_EARLY),
    )
    for option in reversed(options):
        function = option(function)
    return function
