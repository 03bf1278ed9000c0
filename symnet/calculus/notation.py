"""Names that people use in derivatives: σ, softplus, Φ and φ, each with its definition.

They appear only in the form of a result that is meant for reading (`Derivation.known_form`); `unfold`
puts the definitions back, and that is what every check compares and every program computes.
"""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from sympy import Expr, Function, Rational, erf, exp, log, pi, sqrt


class Named(Function):
    """A function with a customary name and an exact definition."""

    nargs = 1
    is_real = True

    @staticmethod
    def definition(x: Expr) -> Expr:
        """The function in SymPy's own functions."""
        raise NotImplementedError


class sigma(Named):
    """The logistic function, σ(x) = 1/(1 + e⁻ˣ)."""

    @staticmethod
    def definition(x: Expr) -> Expr:
        """1/(1 + e⁻ˣ)"""
        return 1 / (1 + exp(-x))


class softplus(Named):
    """softplus(x) = ln(1 + eˣ)."""

    @staticmethod
    def definition(x: Expr) -> Expr:
        """ln(1 + eˣ)"""
        return log(1 + exp(x))


class Phi(Named):
    """The normal distribution function, Φ(x) = (1 + erf(x/√2))/2."""

    @staticmethod
    def definition(x: Expr) -> Expr:
        """(1 + erf(x/√2))/2"""
        return (1 + erf(x / sqrt(2))) / 2


class phi(Named):
    """The normal density, φ(x) = e^(−x²/2)/√(2π)."""

    @staticmethod
    def definition(x: Expr) -> Expr:
        """e^(−x²/2)/√(2π)"""
        return exp(-(x**2) * Rational(1, 2)) / sqrt(2 * pi)


NOTATION: tuple[type[Named], ...] = (sigma, softplus, Phi, phi)
"""Every customary name."""


def unfold(expression: Expr) -> Expr:
    """`expression` with every customary name replaced by its definition."""
    for name in NOTATION:
        if expression.has(name):
            expression = expression.replace(name, name.definition)
    return expression


def names_in(expression: Expr) -> tuple[type[Named], ...]:
    """The customary names that occur, in the order of `NOTATION`: a sheet explains them beside the result."""
    return tuple(name for name in NOTATION if expression.has(name))
