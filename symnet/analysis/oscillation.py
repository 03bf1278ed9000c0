"""Oscillation at an end: sines and cosines of something that tends to infinity."""

from __future__ import annotations

from symnet.analysis.subject import Subject
from symnet.balls.element import Element


def oscillates(subject: Subject, i: int, side: int, element: Element | None = None) -> bool:
    """Whether lim inf < lim sup is proved for f (or `element`) at the end of cell i."""
    return False
