"""The typed tree: an expression exactly as a person wrote it, before any algebra touches it.

SymPy simplifies while it builds (``sqrt(x)**2`` becomes ``x``, ``x/x`` becomes ``1``), and with that
loses where the expression was defined. The tree keeps every operation as typed. The domain, the
certified enclosures and the JSON contract are computed from it; `to_sympy` hands it to the algebra.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias


@dataclass(frozen=True)
class Number:
    """An exact rational."""

    value: Fraction


@dataclass(frozen=True)
class Constant:
    """``pi`` or ``e``."""

    name: str


@dataclass(frozen=True)
class Variable:
    """The variable of the expression."""

    name: str


@dataclass(frozen=True)
class FreeParameter:
    """A parameter that is not fixed, with what is assumed of it (``"real"``, ``"positive"``, …)."""

    name: str
    assumption: str = "real"


@dataclass(frozen=True)
class Apply:
    """An operation on arguments.

    Heads: ``add`` and ``mul`` (any number of arguments), ``sub``, ``div``, ``neg``, ``pow`` (two or one),
    ``max`` and ``min`` (any number), and the one-argument functions exp log sqrt cbrt abs sign sin cos
    tan asin acos atan sinh cosh tanh asinh acosh atanh sech erf erfc heaviside.
    """

    head: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True)
class Compare:
    """A condition: ``<``, ``<=``, ``>``, ``>=``, ``==`` or ``!=``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Logic:
    """``and``, ``or`` or ``not`` of conditions, or the constants ``true`` and ``false`` without arguments."""

    operator: str
    arguments: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Cases:
    """A piecewise expression: the first branch whose condition holds; undefined where none does."""

    branches: tuple[tuple[Node, Condition], ...]


Node: TypeAlias = Number | Constant | Variable | FreeParameter | Apply | Cases
Condition: TypeAlias = Compare | Logic
