"""What happens to a derivative at a breakpoint: the join step between two pieces.

The slope from either side is the limit of the derivative of the piece on that side. It is checked
against the one-sided difference quotient of the function itself, worked out with a step so small, and
so many digits, that 50 digits of it are right; this needs no derivative at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from flint import arb, arb_series, ctx
from sympy import Expr, Integer, Rational, S, Symbol, diff, simplify
from sympy.logic.boolalg import true

from symnet.calculus.evidence import DIGITS, POINTS, Check, equal
from symnet.calculus.jets import Jets, Point, value
from symnet.calculus.numbers import sign_of
from symnet.calculus.pieces import Breakpoint, Piece
from symnet.calculus.points import sample
from symnet.calculus.undecided import Undecided
from symnet.errors import DerivationError

PRECISION = 2048
STEPS = tuple(Rational(1, 2**bits) for bits in (600, 610, 620, 640))
"""Four steps a side, so that there are four quotients where there is no parameter to vary."""


@dataclass(frozen=True)
class Join:
    """One breakpoint: the two slopes, and whether f is differentiable there."""

    location: Expr
    value: Expr
    """f there."""
    left_limit: Expr
    right_limit: Expr
    left_slope: Expr
    right_slope: Expr
    kind: str
    """``"smooth"`` (differentiable), ``"kink"`` (continuous, two slopes), ``"jump"`` (not continuous),
    ``"vertical"`` (an infinite slope), ``"end"`` (f goes on at one side only), ``"undefined"`` (f has no
    value there, or goes to infinity), ``"depends"`` (on a parameter)."""
    condition: Expr | None
    """For ``"depends"``: the difference of the two slopes, which must be 0 for f to be differentiable."""
    left: Piece
    right: Piece
    variable: Symbol
    check: Check = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        if self.check is None:
            object.__setattr__(self, "check", self._verify())

    @property
    def slope(self) -> Expr:
        """f′ at the point: the common slope where f is differentiable there, else nan."""
        return self.left_slope if self.kind == "smooth" else S.NaN

    def _verify(self) -> Check:
        points: list[tuple[tuple[str, Rational], ...]] = []
        proved, fewest = [], []
        for piece, limit, slope, side in (
            (self.left, self.left_limit, self.left_slope, -1),
            (self.right, self.right_limit, self.right_slope, 1),
        ):
            if limit.has(S.NaN) or slope.has(S.NaN) or limit.is_infinite:
                continue
            here = diff(piece.expression, self.variable).subs(self.variable, self.location)
            proved.append(not here.has(S.NaN, S.ComplexInfinity) and equal(here, slope))
            before = len(points)
            symbols = frozenset().union(*(e.free_symbols for e in (limit, slope, self.location)))
            for point in islice(sample(piece.expression, S.Zero, self.variable, true, symbols), POINTS):
                parameters = {k: v for k, v in point.items() if k != self.variable}
                for step in STEPS:
                    if self._agrees(piece.expression, limit, slope, side * step, parameters):
                        points.append((("step", side * step), *((str(k), v) for k, v in parameters.items())))
                if not parameters:
                    break
            fewest.append(len(points) - before)
        verdict = "proved" if proved and all(proved) else "not decided"
        return Check(verdict, tuple(points), min(fewest, default=0))

    def _agrees(self, expression: Expr, limit: Expr, slope: Expr, step: Rational, point: Point) -> bool:
        """Whether the difference quotient agrees; False when it cannot be told, an error when it differs."""
        with ctx.workprec(PRECISION):
            try:
                there = arb_series([value(self.location, point) + value(step, {})], 1)
                near = Jets(point, {self.variable: there}).series(expression, 1)[0]
                quotient = (near - value(limit, point)) / value(step, {})
                if slope.is_infinite:
                    return self._grows(quotient, slope, step)
                difference = quotient - value(slope, point)
            except Undecided:
                return False
            if difference.abs_lower() > arb(10) ** -DIGITS * (1 + abs(quotient)):
                raise DerivationError(f"the slope at {self.variable} = {self.location} is not {slope}")
            return bool(difference.abs_upper() < arb(10) ** -DIGITS * (1 + abs(quotient)))

    def _grows(self, quotient: arb, slope: Expr, step: Rational) -> bool:
        """Whether a quotient that should go to infinity is on its way there: right sign, and large for its step."""
        signed = quotient if slope.is_extended_positive else -quotient
        if signed < 0:
            raise DerivationError(f"the slope at {self.variable} = {self.location} is not {slope}")
        return bool(signed > 100)

    def recheck(self) -> None:
        """Check again; `DerivationError` when the evidence is not what it was."""
        if self._verify() != self.check:
            raise DerivationError(f"the evidence of the join at {self.location} has changed")


def undefined(piece: Piece) -> bool:
    """Whether f has no value on a piece: no branch holds there, or it divides by 0."""
    return piece.expression.has(S.NaN, S.ComplexInfinity)


def slope_of(piece: Piece, slope: Expr) -> Expr:
    """The slope at the end of a piece; nan where f itself is undefined."""
    return S.NaN if undefined(piece) else slope


def join(breakpoint: Breakpoint, left: Piece, right: Piece, variable: Symbol) -> Join:
    """The join at a breakpoint between two pieces."""
    b = breakpoint
    slopes = (slope_of(left, b.left_slope), slope_of(right, b.right_slope))
    condition = None
    ends = [undefined(piece) for piece in (left, right)]
    limits = (b.left_limit, b.right_limit)
    if any(ends):
        kind = "end" if b.value.is_finite or b.value.free_symbols else "undefined"
    elif b.value.has(S.NaN, S.ComplexInfinity) or any(limit.is_infinite or limit.has(S.NaN) for limit in limits):
        kind = "undefined"
    elif not b.continuous:
        kind = "jump"
    elif any(slope.is_infinite for slope in slopes):
        kind = "vertical"
    else:
        difference = b.right_slope - b.left_slope
        difference = simplify(difference) if difference.free_symbols else Integer(sign_of(difference))
        if difference == 0:
            kind = "smooth"
        elif difference.is_zero is False:
            kind = "kink"
        else:
            kind, condition = "depends", difference
    return Join(b.location, b.value, b.left_limit, b.right_limit, *slopes, kind, condition, left, right, variable)
