"""A plan: which form serves which part of the line, and what happens exactly at the breakpoints.

Cells come from the definition (ReLU's two halves), regimes from rounding (a tail, the neighbourhood of a root); generated
code does not care about the difference. A form is evaluated at arguments of its own part of the line only.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from symnet.codegen.form import Form


@dataclass(frozen=True)
class Regime:
    """One form and the floats that it serves: left ≤ x ≤ right."""

    left: float
    right: float
    form: Form
    reason: str = ""
    """Why another form would not do here; empty for a cell of the definition."""
    closed: bool = False
    """Whether the form must not see even the float beyond an end, because the domain or the range ends there."""


@dataclass(frozen=True)
class Plan:
    """Everything that an emitter needs to know of one scalar function."""

    regimes: tuple[Regime, ...]
    """From left to right; each begins at the float after the last of its left neighbour."""
    points: tuple[tuple[float, Form], ...] = ()
    """Floats with a value of their own: jumps, and kinks where neither side's formula gives the wanted slope."""
    notes: tuple[str, ...] = field(default=())
    """What a reader of the source should know, such as the choice at a kink."""
