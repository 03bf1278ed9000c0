"""The kernels for one number, in plain Python: what `export --to python` inlines.

The formulas and coefficients are those of the array kernels; the JavaScript kernels beside this file say the same once more.
"""

from __future__ import annotations

import math

from symnet.codegen.kernels.error_function import ERFCX_SERIES
from symnet.codegen.kernels.normal import TAIL

SPLITTER = 134217729.0  # 2**27 + 1


def add_exactly(a, b):
    """(s, e) with s = fl(a + b) and s + e = a + b exactly."""
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def multiply_exactly(a, b):
    """(p, e) with p = fl(a b) and p + e = a b exactly."""
    p = a * b
    t = SPLITTER * a
    a_high = t - (t - a)
    a_low = a - a_high
    t = SPLITTER * b
    b_high = t - (t - b)
    b_low = b - b_high
    return p, ((a_high * b_high - p) + a_high * b_low + a_low * b_high) + a_low * b_low


def polynomial_exactly(x, coefficients):
    """c₀ + c₁x + … as (high, low), by Horner's scheme in double-double."""
    high, low = coefficients[-1]
    for c_high, c_low in coefficients[-2::-1]:
        p, e = multiply_exactly(high, x)
        e = e + low * x
        if c_high:
            p, lost = add_exactly(p, c_high)
            e = e + (lost + c_low)
        high, low = add_exactly(p, e)
    return high, low


def sign(x):
    """−1, 0 or 1."""
    return 0.0 if x == 0.0 else math.copysign(1.0, x)


def scaled_up(a):
    """2**128 a; Python's own product is infinite beyond the range of floats."""
    return a * 2.0**128


def exp_polynomial(x, coefficients):
    """exp(c₀ + c₁x + …), the exponent to twice the working precision."""
    high, low = polynomial_exactly(x, coefficients)
    e = math.exp(high)
    return e + e * low


def exp_exactly(high, low):
    """exp(high + low) as (high, low), to about 2**-70."""
    k = float(round(high / 0.6931471805599453))
    p, e = multiply_exactly(k, 0.6931471805599453)
    r, lost = add_exactly(high, -p)
    r, lost = add_exactly(r, lost - e - k * 2.3190468138462996e-17 + low)
    r, lost = r / 256.0, lost / 256.0
    square, rest = multiply_exactly(r, r)
    cubic = r * square * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r / 720.0)))
    q, e = add_exactly(r, square * 0.5)
    q, e = add_exactly(q, e + (lost + r * lost + rest * 0.5 + cubic))
    for _ in range(8):
        square, rest = multiply_exactly(q, q)
        doubled, carried = add_exactly(2.0 * q, square)
        q, e = add_exactly(doubled, carried + (rest + 2.0 * e + 2.0 * q * e))
    one, carried = add_exactly(1.0, q)
    return one * 2.0**k, (carried + e) * 2.0**k


def exp_tower(x, payload):
    """exp(P(x) + c exp(Q(x))); `payload` is (P, c, Q), every number a (high, low) pair."""
    outer, (c_high, c_low), inner = payload
    high, low = polynomial_exactly(x, inner)
    high, low = exp_exactly(min(max(high, -700.0), 600.0), low)
    product, e = multiply_exactly(c_high, high)
    e = e + (c_high * low + c_low * high)
    p_high, p_low = polynomial_exactly(x, outer)
    total, lost = add_exactly(p_high, product)
    total, lost = add_exactly(total, lost + e + p_low)
    result = math.exp(min(max(total, -1e4), 709.782712893384))
    return result + result * lost


def sine_of_sum(high, low, lowest=0.0):
    """sin(high + low + lowest), reduced by multiples of π in three parts."""
    k = float(round(high / 3.141592653589793))
    if abs(k) > 2.0**20:
        return math.sin(high) * math.cos(low) + math.cos(high) * math.sin(low)
    r, first = add_exactly(high - k * 3.1415926534682512, -k * 1.2154201012607932e-10)
    low, second = add_exactly(low, -k * 4.044532497591901e-21)
    low, third = add_exactly(low, first)
    r, fourth = add_exactly(r, low)
    lost = fourth + (lowest + second + third)
    result = math.sin(r) + lost * math.cos(r)
    return -result if k % 2 else result


def sin_polynomial(x, coefficients):
    """sin(c₀ + c₁x + …), the argument to twice the working precision."""
    return sine_of_sum(*polynomial_exactly(min(max(x, -(2.0**700)), 2.0**700), coefficients))


def cos_polynomial(x, coefficients):
    """cos(c₀ + c₁x + …), as the sine of π/2 more."""
    high, low = polynomial_exactly(min(max(x, -(2.0**700)), 2.0**700), coefficients)
    high, first = add_exactly(high, 1.5707963267948966)
    low, second = add_exactly(low, first)
    low, third = add_exactly(low, 6.123233995736766e-17)
    return sine_of_sum(high, low, second + third - 1.4973849048591833e-33)


def polynomial(x, centre, low, order, constant_low, coefficients):
    """(x − centre − low)^order · (p₀ + p₁u + …) with u = x − centre."""
    u = x - centre
    p = 0.0
    for c in coefficients[-1:0:-1]:
        p = p * u + c
    result = coefficients[0] + (constant_low + u * p)
    for _ in range(abs(order)):
        result = result * (u - low) if order > 0 else result / (u - low)
    return result


def series(coefficients, u):
    """Horner's scheme, constant term first."""
    p = 0.0
    for c in reversed(coefficients):
        p = p * u + c
    return p


def erfcx(t):
    """exp(t²) erfc(t)."""
    if t < 0.0:
        high, low = multiply_exactly(t, t)
        e = math.exp(high) if high < 709.0 else math.inf
        return 2.0 * (e + e * low) - erfcx(-t) if e < math.inf else e
    p = series(ERFCX_SERIES, (t - 3.75) / (t + 3.75)) if t < 1e300 else series(ERFCX_SERIES, 1.0)
    return (1.0 + p) / (1.0 + 2.0 * t)


def normal_cdf(x):
    """Φ(x), the standard normal distribution."""
    t = min(abs(x), 40.0)
    square, low = multiply_exactly(t, t)
    p = series(TAIL, (t - 5.5) / (t + 5.5))
    e = math.exp(-0.5 * square)
    upper = 0.5 * (e - e * (0.5 * low)) * (1.0 + p) / (1.0 + t)
    return 1.0 - upper if x > 0.0 else upper
