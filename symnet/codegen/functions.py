"""SymPy functions that stand for a kernel, so that algebra carries them as one piece.

SymPy's own constructors undo stable forms: `erfc(-x)` becomes `2 - erfc(x)` by itself.
"""

from __future__ import annotations

from typing import Any

import sympy


class Erfcx(sympy.Function):
    """exp(u²) erfc(u): what is left of the Gaussian tail when its exponential is taken out."""

    is_real = True
    is_positive = True

    def doit(self, **hints: Any) -> sympy.Expr:
        """The definition."""
        u = self.args[0]
        return sympy.exp(u**2) * sympy.erfc(u)


class NormalCdf(sympy.Function):
    """Φ(u) = (1 + erf(u/√2))/2, kept whole."""

    is_real = True
    is_positive = True

    def doit(self, **hints: Any) -> sympy.Expr:
        """The definition."""
        return (1 + sympy.erf(self.args[0] / sympy.sqrt(2))) / 2
