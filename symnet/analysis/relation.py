"""The derivative in terms of f."""

from __future__ import annotations

from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject
from symnet.balls.undecided import Undecided


def derivative_in_terms_of_f(subject: Subject) -> Fact:
    """f′ as an expression in f, or null."""
    raise Undecided("no relation was found by elimination")
