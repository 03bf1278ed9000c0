"""A zero of a function as an exact number: the one solution of an equation in a certified interval.

Where ``max(cos(x) - x, 0)`` bends there is a number without a closed form. It is as exact as √2: it has a ball at
every precision, and whether another function vanishes there is decided by algebra. It prints as its first digits.
"""

# pyright: reportIncompatibleVariableOverride=false

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, ctx
from mpmath.libmp import from_man_exp
from sympy import Expr, NumberSymbol

from symnet.balls.reals import Real

SHOWN = 10
"""How many digits are shown."""


class Zero(NumberSymbol):
    """The zero of `equation` that a certified `Real` encloses."""

    is_real = True
    is_number = True
    real: Real
    equation: str
    """The function that is 0 there, in the input grammar."""
    digits: str

    def __new__(cls, real: Real, equation: str, test: Callable[[Real, Expr, Zero], bool]) -> Zero:
        self = super().__new__(cls)
        self.real, self.equation, self._test = real, equation, test
        self.digits = shown(real.ball(4 * SHOWN + 64))
        return self

    def _hashable_content(self) -> tuple[Any, ...]:
        return (self.equation, self.digits)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Zero) and self._hashable_content() == other._hashable_content()

    def __hash__(self) -> int:
        return hash(self._hashable_content())

    def solves(self, e: Expr) -> bool:
        """Whether a number that contains this one is proved to be 0."""
        return self._test(self.real, e, self)

    def ball(self) -> arb:
        """The number at flint's working precision."""
        return self.real.ball(ctx.prec)

    def _as_mpf_val(self, prec: int) -> Any:
        man, exp = self.real.ball(prec + 8).mid().man_exp()
        return from_man_exp(int(man), int(exp), prec, "n")

    def _eval_is_positive(self) -> bool:
        return bool(self.real.ball(64) > 0)

    def _eval_is_negative(self) -> bool:
        return bool(self.real.ball(64) < 0)

    def approximation_interval(self, number_cls: type) -> None:
        """No such interval is known in closed form."""

    def _latex(self, printer: Any) -> str:
        return self.digits.replace("…", r"\ldots{}")

    def _sympystr(self, printer: Any) -> str:
        return self.digits if getattr(printer, "_unicode", False) else self.digits.replace("…", "...")

    def _pretty(self, printer: Any) -> Any:
        from sympy.printing.pretty.stringpict import prettyForm

        return prettyForm(self.digits if printer._use_unicode else self.digits.replace("…", "..."))


def shown(ball: arb) -> str:
    """The first digits of a number, cut and not rounded, and an ellipsis."""
    sign, size = ("-", -ball) if ball < 0 else ("", ball)
    scale = 10**SHOWN
    whole = int((size * scale).lower().floor().unique_fmpz() or 0)
    return f"{sign}{whole // scale}.{whole % scale:0{SHOWN}d}…"
