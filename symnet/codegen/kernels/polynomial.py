"""A polynomial about a root or a centre, as `codegen.polynomials` constructs it."""

from __future__ import annotations


def polynomial(x, centre, low, order, constant_low, coefficients):
    """(x − c − low)^order · (p₀ + p₁u + p₂u² + …) with u = x − c; p₀ = coefficients[0] + constant_low.

    The root c + low is a double-double, so that its neighbourhood keeps every digit.
    """
    u = x - centre if centre else x
    p = coefficients[-1]
    for c in coefficients[-2:0:-1]:
        p = p * u + c
    result = coefficients[0] + (constant_low + u * p) if len(coefficients) > 1 else coefficients[0] + 0.0 * u
    if order:
        d = u - low if low else u
        for _ in range(abs(order)):
            result = result * d if order > 0 else result / d
    return result
