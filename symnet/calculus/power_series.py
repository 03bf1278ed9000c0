"""How each function of the grammar acts on a power series with ball coefficients.

Arb brings most of them; the hyperbolic functions and their inverses are put together from exponentials,
logarithms and roots.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import arb_series
from sympy import (
    LambertW,
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atanh,
    cos,
    cosh,
    cot,
    coth,
    csc,
    csch,
    erf,
    erfc,
    erfi,
    exp,
    log,
    sec,
    sech,
    sin,
    sinc,
    sinh,
    tan,
    tanh,
)

from symnet.calculus.undecided import Undecided


def _tanh(u: arb_series) -> arb_series:
    return 1 - 2 / ((2 * u).exp() + 1)


def _cosh(u: arb_series) -> arb_series:
    return (u.exp() + (-u).exp()) / 2


def _sinh(u: arb_series) -> arb_series:
    return (u.exp() - (-u).exp()) / 2


def _sinc(u: arb_series) -> arb_series:
    if u[0].contains(0):
        raise Undecided("sin(u)/u at 0")
    return u.sin() / u


SERIES: dict[type, Callable[[arb_series], arb_series]] = {
    exp: lambda u: u.exp(),
    log: lambda u: u.log(),
    sin: lambda u: u.sin(),
    cos: lambda u: u.cos(),
    tan: lambda u: u.tan(),
    cot: lambda u: 1 / u.tan(),
    sec: lambda u: 1 / u.cos(),
    csc: lambda u: 1 / u.sin(),
    asin: lambda u: u.asin(),
    acos: lambda u: u.acos(),
    atan: lambda u: u.atan(),
    sinh: _sinh,
    cosh: _cosh,
    tanh: _tanh,
    sech: lambda u: 1 / _cosh(u),
    csch: lambda u: 1 / _sinh(u),
    coth: lambda u: 1 / _tanh(u),
    asinh: lambda u: (u + (u * u + 1).sqrt()).log(),
    acosh: lambda u: (u + (u - 1).sqrt() * (u + 1).sqrt()).log(),
    atanh: lambda u: ((1 + u) / (1 - u)).log() / 2,
    erf: lambda u: u.erf(),
    erfc: lambda u: u.erfc(),
    erfi: lambda u: u.erfi(),
    sinc: _sinc,
    LambertW: lambda u: u.lambertw(),
}
"""How each function acts on a power series."""
