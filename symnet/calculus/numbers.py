"""The sign of an exact number, proved: from a ball that excludes 0, or from an identity that makes it 0.

SymPy's own answers come from floating point digits; a number that is neither told from 0 nor proved to be 0
has no sign here.
"""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from flint import ctx
from sympy import Expr, S, simplify

from symnet.calculus.jets import value
from symnet.calculus.rational import vanishes
from symnet.calculus.undecided import Undecided
from symnet.calculus.zero import Zero
from symnet.errors import UnsupportedExpressionError

PRECISIONS = (96, 384, 1536)
LARGEST_SIMPLIFIED = 100
"""Longer numbers are not given to SymPy's search for a simpler form, which may take minutes."""
LONGEST_SHOWN = 60


class NotRealError(UnsupportedExpressionError):
    """The sign was asked of something that is no real number."""


def sign_of(e: Expr) -> int:
    """The sign of a number, or of an expression whose assumptions on its parameters decide it."""
    for candidate in (e, e.expand()):
        if candidate.is_zero:
            return 0
        if candidate.is_positive:
            return 1
        if candidate.is_negative:
            return -1
    if e.is_number:
        return sign_of_number(e)
    raise UnsupportedExpressionError(f"the sign of {e} depends on a parameter; fix it with --set")


def sign_of_number(e: Expr) -> int:
    """-1, 0 or 1; `UnsupportedExpressionError` where neither a ball nor a proof decides, `NotRealError` off the line."""
    if e.is_Rational:
        return 1 if e > 0 else -1 if e < 0 else 0
    for precision in PRECISIONS:
        with ctx.workprec(precision):
            try:
                ball = value(e, {}, accept_breakpoints=True)
            except (Undecided, UnsupportedExpressionError):
                return _by_digits(e)
        if ball > 0:
            return 1
        if ball < 0:
            return -1
        if precision == PRECISIONS[0] and is_zero(e):
            return 0
    raise UnsupportedExpressionError(f"{_short(e)} could not be told from 0")


def _by_digits(e: Expr) -> int:
    """What has no ball: perhaps no real number, perhaps a function that only SymPy knows."""
    number = e.evalf(40)
    if not number.is_extended_real or number.has(S.NaN, S.ComplexInfinity):
        raise NotRealError(f"{_short(e)} is no real number")
    if abs(number) < S(10) ** -20:
        if simplify(e).is_zero:
            return 0
        raise UnsupportedExpressionError(f"{_short(e)} could not be told from 0")
    return 1 if number > 0 else -1


def is_zero(e: Expr) -> bool:
    """Whether a number is proved to be 0; False says nothing."""
    if e.is_zero or vanishes(e):
        return True
    zeros = e.atoms(Zero)
    if zeros:
        return len(zeros) == 1 and next(iter(zeros)).solves(e)
    try:
        return bool(e.count_ops() <= LARGEST_SIMPLIFIED and simplify(e).is_zero)
    except OverflowError:  # radicals of large fractions
        return False


def _short(e: Expr) -> str:
    text = str(e)
    return text if len(text) <= LONGEST_SHOWN else f"a number of {e.count_ops()} operations"
