"""The inverse, where f is injective."""

from __future__ import annotations

from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject
from symnet.balls.undecided import Undecided


def inverse(subject: Subject) -> Fact:
    """{"expression" in y, "domain"}, or null when f is not injective."""
    raise Undecided("no closed form of the inverse was found")
