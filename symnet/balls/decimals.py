"""Certified decimals: at least thirty significant digits, rounded correctly to the last one."""

from __future__ import annotations

from flint import arb, ctx, fmpq

from symnet.balls.reals import Real
from symnet.balls.undecided import Undecided

DIGITS = 34
LEAST = 30
"""As many significant digits are shown of a number whose decimals do not end."""


def decimal(value: Real) -> str:
    """The number in decimals: all of them when they end, else `DIGITS` significant ones, correctly rounded."""
    rational = value.exact.rational if value.exact is not None else None
    if rational is not None:
        return rational_decimal(rational)
    for precision in (160, 320, 640, 1280, 2560):
        text = _rounded(value.ball(precision), precision)
        if text is not None:
            return text
    raise Undecided("a number was not enclosed tightly enough to print")


def rational_decimal(value: fmpq) -> str:
    """A rational number in decimals."""
    if value == 0:
        return "0"
    sign, value = ("-" if value < 0 else ""), abs(value)
    q, shift = int(value.q), 0
    while q % 10 == 0 or q % 2 == 0 or q % 5 == 0:
        q //= 10 if q % 10 == 0 else 2 if q % 2 == 0 else 5
        shift += 1
        if shift > 60:
            break
    if q == 1:
        for places in range(61):
            scaled = value * fmpq(10) ** places
            if scaled.q == 1:
                digits = str(int(scaled.p))
                if len(digits) <= 60:
                    return sign + _point(digits, -places, whole_number=True)
                break
    exponent = _exponent(value)
    scaled = value * fmpq(10) ** (DIGITS - 1 - exponent)
    digits = int((scaled + fmpq(1, 2)).floor())
    if digits == 10**DIGITS:
        digits, exponent = digits // 10, exponent + 1
    return sign + _point(str(digits), exponent - DIGITS + 1, ends=False)


def _exponent(value: fmpq) -> int:
    exponent = len(str(int(value.p))) - len(str(int(value.q)))
    while value < fmpq(10) ** exponent:
        exponent -= 1
    while value >= fmpq(10) ** (exponent + 1):
        exponent += 1
    return exponent


def _rounded(ball: arb, precision: int) -> str | None:
    """The decimal that every number of the ball rounds to, or None."""
    if not ball.is_finite() or ball.contains(0):
        return None
    previous, ctx.prec = ctx.prec, precision + 64
    try:
        sign, ball = ("-" if ball < 0 else ""), abs(ball)
        exponent = int(float((ball.log() / arb(10).log()).mid().floor().mid()))
        for guess in (exponent, exponent + 1, exponent - 1):
            scaled = ball * arb(10) ** (DIGITS - 1 - guess)
            if scaled >= arb(10) ** (DIGITS - 1) and scaled < arb(10) ** DIGITS:
                digits = (scaled + arb(0.5)).floor().unique_fmpz()
                if digits is None:
                    return None
                text = str(int(digits))
                return sign + _point(text, guess - DIGITS + 1, ends=False)
        return None
    finally:
        ctx.prec = previous


def _point(digits: str, exponent: int, whole_number: bool = False, ends: bool = True) -> str:
    """digits * 10^exponent, written plainly or, far from 1, with an exponent; zeros of a number that does not end stay."""
    stripped = digits.rstrip("0") if exponent < 0 else digits
    if not ends and len(stripped) < LEAST:
        stripped = digits
    exponent += len(digits) - len(stripped)
    digits = stripped or "0"
    if exponent > 0 and len(digits) >= DIGITS - 1 and not whole_number:
        return f"{digits[0]}.{digits[1:]}e{exponent + len(digits) - 1}"
    if exponent >= 0:
        return (
            digits + "0" * exponent
            if exponent <= 30
            else f"{digits[0]}.{digits[1:] or '0'}e{exponent + len(digits) - 1}"
        )
    whole = len(digits) + exponent
    if whole > 0:
        return f"{digits[:whole]}.{digits[whole:]}"
    if whole > -20:
        return "0." + "0" * (-whole) + digits
    return f"{digits[0]}.{digits[1:] or '0'}e{whole - 1}"
