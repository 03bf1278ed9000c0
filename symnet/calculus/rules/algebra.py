"""Rules for sums, multiples, products, quotients and powers."""

from __future__ import annotations

from sympy import Add, Expr, Integer, Mul, Pow, Symbol, log

from symnet.calculus.rules.rule import rule, standing


@rule("constant rule")
def constant(e: Expr, x: Symbol) -> Expr | None:
    """c′ = 0"""
    return None if e.has(x) else Integer(0)


@rule("identity rule")
def identity(e: Expr, x: Symbol) -> Expr | None:
    """x′ = 1"""
    return Integer(1) if e == x else None


@rule("sum rule")
def sum_(e: Expr, x: Symbol) -> Expr | None:
    """(u + v)′ = u′ + v′ and (u − v)′ = u′ − v′"""
    if not isinstance(e, Add):
        return None
    fixed, varying = e.as_independent(x, as_Add=True)
    parts = [fixed] if fixed != 0 else []
    return Add(*(_signed(part, x) for part in (*parts, *Add.make_args(varying))))


def _signed(part: Expr, x: Symbol) -> Expr:
    """The standing derivative of a summand; a minus sign stays in front."""
    sign, rest = part.as_coeff_Mul()
    return Mul(-1, standing(rest, x), evaluate=False) if sign == -1 and rest != 1 else standing(part, x)


@rule("constant factor rule")
def constant_factor(e: Expr, x: Symbol) -> Expr | None:
    """(c·u)′ = c·u′"""
    if not isinstance(e, Mul):
        return None
    factor, rest = e.as_independent(x, as_Add=False)
    return None if factor == 1 else Mul(factor, standing(rest, x), evaluate=False)


@rule("quotient rule")
def quotient(e: Expr, x: Symbol) -> Expr | None:
    """(u/v)′ = (u′·v − u·v′)/v²"""
    if not isinstance(e, Mul):
        return None
    above, below = fraction_of(e)
    if below == 1 or above == 1:
        return None
    return (standing(above, x) * below - above * standing(below, x)) / below**2


@rule("product rule")
def product(e: Expr, x: Symbol) -> Expr | None:
    """(u·v)′ = u′·v + u·v′"""
    if not isinstance(e, Mul):
        return None
    factors = Mul.make_args(e)
    return Add(*(Mul(*factors[:i], standing(f, x), *factors[i + 1 :]) for i, f in enumerate(factors)))


@rule("reciprocal rule")
def reciprocal(e: Expr, x: Symbol) -> Expr | None:
    """(1/v)′ = −v′/v²"""
    above, below = fraction_of(e)
    if above != 1 or below == 1 or below == x:
        return None
    return -standing(below, x) / below**2


@rule("power rule")
def power(e: Expr, x: Symbol) -> Expr | None:
    """(xⁿ)′ = n·xⁿ⁻¹"""
    if not isinstance(e, Pow) or e.base != x or e.exp.has(x):
        return None
    return e.exp * x ** (e.exp - 1)


@rule("exponential rule")
def exponential_of_base(e: Expr, x: Symbol) -> Expr | None:
    """(aˣ)′ = aˣ·ln a"""
    if not isinstance(e, Pow) or e.base.has(x) or e.exp != x:
        return None
    return e * log(e.base)


@rule("logarithmic differentiation")
def logarithmic(e: Expr, x: Symbol) -> Expr | None:
    """(uᵛ)′ = uᵛ·(v·ln u)′, because uᵛ = exp(v·ln u)"""
    if not isinstance(e, Pow) or not e.base.has(x) or not e.exp.has(x):
        return None
    return e * standing(e.exp * log(e.base), x)


def fraction_of(e: Expr) -> tuple[Expr, Expr]:
    """Numerator and denominator as they are written: only powers with a negative number on top go below."""
    above, below = [], []
    for factor in Mul.make_args(e):
        if isinstance(factor, Pow) and factor.exp.is_number and factor.exp.is_negative:
            below.append(factor.base ** (-factor.exp))
        else:
            above.append(factor)
    return Mul(*above), Mul(*below)
