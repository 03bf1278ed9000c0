"""Exact fractions too long to read, as decimals: 1.05070098735548… instead of two numbers of thirty digits.

A fraction whose decimals end soon is written with all of them, as 0.044715 is; any other long one shows its
first digits, cut and not rounded, and an ellipsis that says so.
"""

from __future__ import annotations

from typing import Any

from sympy import AtomicExpr, Mul, Rational, S

READABLE = 12
"""Numerators and denominators up to so many digits stay a fraction."""
ENDING = 20
"""Decimals that end within so many digits are written in full."""
SHOWN = 10
"""How many significant digits of other numbers are shown."""


class LongNumber(AtomicExpr):
    """A positive number that prints as the digits it was given; only printers see it."""

    is_commutative = True
    is_number = False

    def __new__(cls, digits: str) -> LongNumber:
        made = AtomicExpr.__new__(cls)
        made.digits = digits
        return made

    def _hashable_content(self) -> tuple[Any, ...]:
        return (self.digits,)

    def sort_key(self, order: Any = None) -> Any:
        """Before every symbol, as numbers are."""
        return Rational(1).sort_key(order)

    def _latex(self, printer: Any) -> str:
        return self.digits.replace("…", r"\ldots{}")

    def _sympystr(self, printer: Any) -> str:
        return self.digits if getattr(printer, "_unicode", False) else self.digits.replace("…", "...")

    def _pretty(self, printer: Any) -> Any:
        from sympy.printing.pretty.stringpict import prettyForm

        return prettyForm(self.digits if printer._use_unicode else self.digits.replace("…", "..."))


def is_long(number: Any) -> bool:
    """Whether `number` is a fraction that reads better as a decimal."""
    if not isinstance(number, Rational) or number.is_Integer:
        return False
    if max(len(str(abs(number.p))), len(str(number.q))) > READABLE:
        return True
    return number.q > 100 and number.q % 5 == 0 and 10**READABLE % number.q == 0


def readable(number: Any) -> Any:
    """`number`, or where it is long its digits under their sign."""
    if not is_long(number):
        return number
    digits = LongNumber(decimals(abs(number)))
    return Mul(S.NegativeOne, digits) if number < 0 else digits


def decimals(number: Any) -> str:
    """The decimal digits of a positive fraction: all of them where they end soon, else the first ones and ``…``."""
    exponent = 0
    whole, rest = divmod(int(number.p), int(number.q))
    if whole == 0:
        while int(number.p) * 10 ** (exponent + 1) < int(number.q):
            exponent += 1
    places = ENDING + exponent - (len(str(whole)) if whole else 0)
    scaled, left = divmod(rest * 10 ** max(places, 0), int(number.q))
    if left == 0:
        return f"{whole}.{str(scaled).rjust(places, '0').rstrip('0')}"
    places = max(1, SHOWN + exponent - (len(str(whole)) if whole else 0))
    return f"{whole}.{str(rest * 10**places // int(number.q)).rjust(places, '0')}…"
