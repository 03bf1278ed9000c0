"""Explains a subject: from an activation, a neuron, a layer, a network, a file or a name to its study `Sheet`.

This is the one room that sees both wings, the mathematics and the document. The package can be called,
so that ``symnet.explain("relu").show()`` reads as it sounds.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symnet.sheet import Sheet, Text


def explain(target: Any, reading: str | Text | None = None) -> Sheet:
    """The study sheet of `target`.

    `target` is an `Activation`, a `VectorActivation`, a `Network`, layer sizes such as ``(784, 16, 16, 10)``, the path
    of a safetensors file, or a text: a catalogue name, a concept (``"neuron"``, ``"layer"``, ``"mlp"``), a shape
    (``"784-16-16-10"``) or an expression in x. `reading` is the sentence that says how a request was understood.
    Raises `UnknownNameError` for a name that nothing is known by, `UnsupportedExpressionError` for an unreadable
    expression, `UsageError` for an object that has no sheet.
    """
    from symnet.explain.dispatch import sheet_of

    return sheet_of(target, reading)


class _Callable(ModuleType):
    """A package that is also its own main function."""

    def __call__(self, target: Any, reading: str | Text | None = None) -> Sheet:
        return explain(target, reading)


sys.modules[__name__].__class__ = _Callable
