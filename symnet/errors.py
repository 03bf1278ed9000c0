"""What symnet says when a request cannot be met: one line that names what, where and the way out.

Every class is also the built-in exception that it specialises, so that ``except LookupError`` and
``except ValueError`` keep working for callers who know nothing of symnet. The command line prints the
message and exits with 2; any other exception is a bug of ours and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class SymnetError(Exception):
    """The common ancestor: catch this to catch everything that symnet says on purpose."""


class UnknownNameError(SymnetError, LookupError):
    """A name that no registry knows; the message offers the nearest one."""

    @classmethod
    def among(cls, kind: str, name: str, known: Iterable[str], hint: str) -> UnknownNameError:
        """`unknown activation 'rleu'; did you mean 'relu'? List them with: symnet list`"""
        close = get_close_matches(name.lower(), list(known), n=1, cutoff=0.6)
        guess = f"; did you mean '{close[0]}'?" if close else "."
        return cls(f"unknown {kind} '{name[:60]}'{guess} {hint}")


class DefinitionError(SymnetError, ValueError):
    """A definition, a parameter or its value that makes no sense."""


class ShapeError(SymnetError, ValueError):
    """Two shapes that do not fit; the message quotes both."""


class DerivationError(SymnetError, ArithmeticError):
    """A differentiation step whose check failed, or for which no rule is known."""


class UnsupportedExpressionError(SymnetError, ValueError):
    """An expression outside the grammar, or one that an algorithm cannot take."""


class DataError(SymnetError, ValueError):
    """A file or an array whose content is not what it has to be."""


class FileError(SymnetError, OSError):
    """A path that cannot be read or written."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class RenderError(SymnetError, RuntimeError):
    """A sheet that could not be rendered; carries the engine's log."""


class UsageError(SymnetError, ValueError):
    """A verb that was called with words it does not take."""


class MissingExtraError(SymnetError, ImportError):
    """An optional package is absent; the message names the extra that brings it."""

    @classmethod
    def of(cls, package: str, extra: str, purpose: str) -> MissingExtraError:
        """`PyTorch is needed to …; install it with: pip install 'symnet[torch]'`"""
        return cls(f"{package} is needed {purpose}; install it with: pip install 'symnet[{extra}]'")
