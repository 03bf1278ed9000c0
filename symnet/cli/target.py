"""Decide what a word on the command line means, and say so.

The order is fixed: an existing file; a name or an alias; a pair ``a+b`` from a list; a shape
``784-16-16-10``; an expression. ``--as`` skips the order. The sentence that tells how the target was
read goes to the sheet, so that nobody studies the wrong thing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from symnet.cli.arguments import is_file
from symnet.errors import (
    DefinitionError,
    FileError,
    ShapeError,
    SymnetError,
    UnknownNameError,
    UnsupportedExpressionError,
)

Kind = Literal["file", "activation", "vector activation", "loss", "optimiser", "subject", "pair", "shape", "expression"]

_REGISTRIES: tuple[tuple[Kind, str, str], ...] = (
    ("activation", "symnet.definitions.activation", "activations"),
    ("vector activation", "symnet.definitions.vector_activation", "vector_activations"),
    ("loss", "symnet.definitions.loss", "losses"),
    ("optimiser", "symnet.definitions.optimiser", "optimisers"),
)
_SHAPE = re.compile(r"\d+(-\d+)+")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]+")
_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9_ -]*")
_FILE = re.compile(r"[^()*^]*\.[A-Za-z]\w*")


@dataclass(frozen=True)
class Target:
    """What a word was read as."""

    text: str
    kind: Kind
    subject: Any
    """A `Path`, an `Activation`, a `VectorActivation`, a loss, an optimiser, a subject's name, a pair of names, or layer sizes."""
    sentence: str
    """How it was read, for the reader of the sheet."""


def read_target(
    text: str,
    *,
    read_as: str | None = None,
    subjects: Collection[str] = (),
    assumptions: Mapping[str, str] | None = None,
    values: Mapping[str, object] | None = None,
    files: bool = True,
) -> Target:
    """Read `text` in the order above; `subjects` are further names (``neuron``, ``mlp``) that the verb knows.

    `values` fix parameters of an activation or of an expression, `assumptions` are about the free names
    of an expression; without `files`, a file is no target. Raises one `SymnetError` that says what was tried.
    """
    text = text.strip()
    fixed, assumed = dict(values or {}), dict(assumptions or {})
    if read_as == "shape":
        return _shape(text)
    if read_as == "expression":
        return _expression(text, assumed, fixed)
    if files and read_as is None and text and is_file(text):
        return Target(text, "file", Path(text), f"'{text}' was read as a file.")
    if named := _named(text, subjects, fixed):
        return named
    if read_as == "name":
        raise _unknown(text, subjects)
    left, plus, right = (part.strip() for part in text.partition("+"))
    if plus and (left, right) in _pairs():
        return Target(text, "pair", (left, right), f"'{text}' was read as the pair of {left} and {right}.")
    if _SHAPE.fullmatch(text):
        return _shape(text)
    if files and _FILE.fullmatch(text) and not _only_numbers(text):
        raise FileError(f"there is no file {text[:200]}")
    if _WORD.fullmatch(text) and text not in ("pi",):
        raise _unknown(text, subjects)
    try:
        return _expression(text, assumed, fixed)
    except UnsupportedExpressionError:
        if _WORDS.fullmatch(text):
            raise _unknown(text, subjects) from None
        raise


def _pairs() -> Collection[tuple[str, str]]:
    """The pairs whose combination has a sheet."""
    from symnet.explain.subjects import PAIRS

    return PAIRS


def _only_numbers(text: str) -> bool:
    """``1.5`` and ``x + 1.e5`` are numbers with a point, not file names."""
    return re.fullmatch(r"(.*[^A-Za-z0-9_])?\d*\.([eE]\d*)?", text) is not None


def _named(text: str, subjects: Collection[str], values: Mapping[str, object]) -> Target | None:
    for kind, registry in _registries():
        if text and text in registry:
            record = registry[text]
            if values:
                if not hasattr(record, "with_parameters"):
                    raise DefinitionError(f"{record.name} has no parameter that --set could fix")
                record = record.with_parameters(**values)
            alias = "" if record.name == text else f" (its name is {record.name})"
            return Target(text, kind, record, f"'{text}' was read as the name of {_article(kind)}{alias}.")
    return Target(text, "subject", text, f"'{text}' was read as the name of a subject.") if text in subjects else None


def _registries() -> Iterator[tuple[Kind, Any]]:
    for kind, module, name in _REGISTRIES:
        yield kind, getattr(import_module(module), name)


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _unknown(text: str, subjects: Collection[str]) -> SymnetError:
    known = [name for _, registry in _registries() for name in registry.spellings()]
    return UnknownNameError.among("name", text[:60], [*known, *subjects], "List them with: symnet list")


def _shape(text: str) -> Target:
    if not _SHAPE.fullmatch(text):
        raise ShapeError(f"'{text[:60]}' is no shape; write the layer sizes with hyphens, such as 784-16-16-10")
    sizes = tuple(int(size) for size in text.split("-")) if len(text) <= 200 else ()
    if not sizes or min(sizes) < 1 or max(sizes) > 10**7:
        raise ShapeError(f"the layer sizes in '{text[:60]}' must lie between 1 and 10,000,000")
    return Target(text, "shape", sizes, f"'{text}' was read as the layer sizes of a network.")


def _expression(text: str, assumptions: Mapping[str, str], values: Mapping[str, object]) -> Target:
    from symnet.definitions.expression import typed_activation

    activation = typed_activation(text, assumptions, values)
    sentence = f"'{text}' was read as an expression in {activation.typed.variable}: {activation.name}."
    return Target(text, "expression", activation, sentence)
