"""Bring a derivative to the form that people know: σ(1 − σ), Φ + xφ, 1/(1 + |x|)².

Each rewrite is a small function from an expression to an equal one, or to itself when it does not
apply. None of them is trusted: the rewritten form becomes a `Step`, which checks itself.
"""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from sympy import (
    Abs,
    Add,
    Expr,
    Integer,
    Mul,
    Piecewise,
    Pow,
    S,
    Symbol,
    cancel,
    cosh,
    div,
    erf,
    exp,
    expand,
    factor,
    factor_terms,
    fraction,
    log,
    pi,
    powsimp,
    sinh,
    sqrt,
    tanh,
    together,
)

from symnet.calculus.notation import Phi, phi, sigma, softplus
from symnet.calculus.pieces import Pieces
from symnet.calculus.rational import explodes
from symnet.calculus.rules.algebra import fraction_of

LARGEST_TIDIED = 150
"""Longer expressions are left as the rules made them."""


def best_form(expression: Expr) -> Expr:
    """The shortest of `expression` and its tidied forms in customary notation; the earlier one when they tie."""
    if isinstance(expression, Piecewise):
        return Piecewise(*((best_form(branch), condition) for branch, condition in expression.args), evaluate=False)
    if explodes(expression):
        return expression
    expression = _monic(expression)
    candidates = [expression]
    if expression.count_ops() <= LARGEST_TIDIED:
        candidates += [factor_terms(expression), _over_one_denominator(expression)]
        candidates += [form for form in (_all_in_tanh(expression),) if form is not None]
    forms = [known_form(c) for c in candidates]
    if all(form.has(sigma) and form.has(exp) for form in forms):
        forms = [in_sigma for form in forms if (in_sigma := _all_in_sigma(form)) is not None] or forms
    elif expression.has(sigma) and (factored := _all_in_sigma(forms[0])) is not None:
        forms.append(factored)
    return _signs(min(forms, key=lambda form: (form.has(sigma) and form.has(exp), length(form))))


def length(e: Expr) -> int:
    """How long a form is to read: operations, and one more for each exponent above 2."""
    high = sum(1 for power in e.atoms(Pow) if power.exp.is_Integer and power.exp > 2)
    return int(e.count_ops(visual=False)) + high


def _over_one_denominator(e: Expr) -> Expr:
    """One fraction whose numerator is expanded, then freed of common factors."""
    above, below = fraction_of(together(e))
    return factor_terms(powsimp(expand(above))) / below


def _monic(e: Expr) -> Expr:
    """Number factors taken out of every power: 2/(2x + 2)² → 1/(2(x + 1)²)."""

    def taken_out(power: Pow) -> Expr:
        content, rest = factor_terms(power.base).as_coeff_Mul()
        return content**power.exp * rest**power.exp

    return e.replace(lambda a: isinstance(a, Pow) and isinstance(a.base, Add) and a.exp.is_Integer, taken_out)


def _all_in_tanh(e: Expr) -> Expr | None:
    """A polynomial in tanh(u) that 1 − tanh²(u) divides, with that factor in front; (1 − t²)/(1 + t²) is 1/cosh(2u)."""
    arguments = sorted({t.args[0] for t in e.atoms(tanh)}, key=str)
    if len(arguments) != 1:
        return None
    (u,), t = arguments, Symbol("t_", real=True)
    above, below = fraction(together(e.xreplace({tanh(u): t})))
    slope = 1 - t**2
    if not above.is_polynomial(t) or (quotient := _divided(above, slope, t)) is None:
        return None
    if below.is_polynomial(t) and (other := _divided(below, 1 + t**2, t)) is not None and not other.has(t):
        return factor(quotient).xreplace({t: tanh(u)}) / (other * cosh(2 * u))
    return (slope * factor(quotient) / below).xreplace({t: tanh(u)})


def _divided(e: Expr, divisor: Expr, t: Symbol) -> Expr | None:
    """The quotient of two polynomials in t, where no rest is left."""
    quotient, rest = div(e, divisor, t)
    return None if rest != 0 else quotient


def _signs(e: Expr) -> Expr:
    """Products with 1 − σ and 1 − tanh² instead of σ − 1 and tanh² − 1."""

    def turned(product: Mul) -> Expr:
        factors, others, sign = [], [], 1
        for f in product.args:
            base, power = f.as_base_exp()
            if isinstance(base, Add) and -1 in base.args and base.has(sigma, tanh) and power.is_Integer:
                factors.append((-base) ** power)
                sign *= 1 if power % 2 == 0 else -1
            else:
                others.append(f)
        if not factors:
            return product
        return upright(Mul(sign, *factors, *others))

    return e.replace(lambda a: isinstance(a, Mul), turned)


def upright(e: Expr) -> Expr:
    """−(a − 1)·b as (1 − a)·b: a minus sign in front goes into the sum that begins with one."""
    coefficient, rest = e.as_coeff_Mul()
    if not coefficient.is_negative:
        return e
    factors = list(Mul.make_args(rest))
    place = next((i for i, f in enumerate(factors) if isinstance(f, Add) and _begins_with_minus(f)), None)
    if place is None:
        return e
    factors[place] = -factors[place]
    return Mul(-coefficient, *factors)


def _begins_with_minus(e: Add) -> bool:
    """Whether −e reads better than e: its number is negative, or it has none and most of its terms are."""
    number = e.as_coeff_Add()[0]
    return bool(number.is_negative) if number != 0 else e.could_extract_minus_sign()


def _all_in_sigma(e: Expr) -> Expr | None:
    """`e` with every eᵏᵘ beside σ(u) written as (σ/(1 − σ))ᵏ, then factored.

    None when that is not possible, or leaves a division by σ or by 1 − σ.
    """
    sigmas = sorted(e.atoms(sigma), key=str)
    if len(sigmas) != 1 or e.count_ops() > LARGEST_TIDIED:
        return None
    s, u = Symbol("s_", positive=True), sigmas[0].args[0]
    powers = {}
    for exponential in e.atoms(exp):
        k = (exponential.args[0] / u).cancel()
        if not k.is_Integer:
            return None
        powers[exponential] = (s / (1 - s)) ** k
    rational = e.xreplace(powers).xreplace({sigmas[0]: s})
    if not rational.is_rational_function(s):
        return None
    simplest = cancel(rational)
    below = fraction(simplest)[1]
    if below.subs(s, 1) == 0 or below.subs(s, 0) == 0:
        return None
    return factor(simplest).xreplace({s: sigmas[0]})


def known_form(expression: Expr) -> Expr:
    """`expression` in customary notation, bottom up; the expression itself when nothing applies."""
    if not expression.args:
        return expression
    if isinstance(expression, Piecewise):
        return Piecewise(*((known_form(branch), condition) for branch, condition in expression.args), evaluate=False)
    if isinstance(expression, Mul):
        for rewrite in (_numerator, _logistic, _hyperbolic):
            if (folded := rewrite(expression)) != expression:
                return known_form(folded)
    parts = [known_form(a) if isinstance(a, Expr) else a for a in expression.args]
    rebuilt = expression.func(*parts)
    for rewrite in (_softplus, _normal_distribution, _logistic):
        rebuilt = rewrite(rebuilt)
    if rebuilt.has(exp) and rebuilt.has(pi):
        rebuilt = rebuilt.replace(lambda e: isinstance(e, Mul) and e.has(exp), _normal_density)
    return rebuilt


def _softplus(e: Expr) -> Expr:
    """ln(1 + eᵘ) → softplus(u)"""
    if isinstance(e, log) and (u := _one_plus_exponential(e.args[0])) is not None:
        return softplus(u)
    return e


def _normal_distribution(e: Expr) -> Expr:
    """c + c·erf(u) → 2c·Φ(√2·u)"""
    if not isinstance(e, Add):
        return e
    for term in e.args:
        coefficient, rest = term.as_independent(erf, as_Add=False)
        if isinstance(rest, erf) and coefficient in e.args:
            others = [a for a in e.args if a not in (term, coefficient)]
            return Add(2 * coefficient * Phi(sqrt(2) * rest.args[0]), *others)
    return e


def _normal_density(e: Expr) -> Expr:
    """e^(−u²/2)/√(2π) → φ(u)"""
    for bell in Mul.make_args(e):
        if not isinstance(bell, exp):
            continue
        square = -2 * bell.args[0]
        u = sqrt(square)
        u = u.args[0] if isinstance(u, Abs) else u
        u = u.replace(Abs, lambda a: a)
        rest = e / bell * sqrt(2 * pi)
        if u**2 == square and not rest.has(pi, sqrt(2)):
            return rest * phi(u)
    return e


def _numerator(e: Expr) -> Expr:
    """(v + w)/vⁿ → 1/vⁿ⁻¹ + w/vⁿ"""
    factors = Mul.make_args(e)
    for below in factors:
        base, power = below.as_base_exp()
        if not (isinstance(base, Add) and power.is_Integer and power < -1):
            continue
        for above in factors:
            if isinstance(above, Add) and set(base.args) < set(above.args):
                rest = Mul(*(f for f in factors if f is not above and f is not below))
                return rest * base ** (power + 1) + rest * (above - base) * below
    return e


def _logistic(e: Expr) -> Expr:
    """eʲᵘ/(1 + eᵘ)ⁿ → σ(u)ʲ·(1 − σ(u))ⁿ⁻ʲ, with the sign of u that reads best"""
    if isinstance(e, exp) or not isinstance(e, (Mul, Pow)):
        return e
    factors = list(Mul.make_args(e))
    for below in factors:
        base, power = below.as_base_exp()
        if not (power.is_Integer and power.is_negative) or (u := _one_plus_exponential(base)) is None:
            continue
        n, rest, j = -int(power), [f for f in factors if f is not below], 0
        for other in rest:
            if isinstance(other, exp):
                ratio = (other.args[0] / u).cancel()
                if ratio.is_Integer and 0 < ratio <= n:
                    j = int(ratio)
                    rest.remove(other)
                    break
        if u.could_extract_minus_sign():
            s, j = sigma(-u), n - j
        else:
            s = sigma(u)
        return _logistic(Mul(*rest, s**j, (1 - s) ** (n - j)))
    return e


def _hyperbolic(e: Expr) -> Expr:
    """sinh(u)/cosh(u) → tanh(u), cosh(u)² − sinh(u)² → 1"""
    for u in sorted({c.args[0] for c in e.atoms(cosh)}, key=str):
        e = e.replace(cosh(u) ** 2 - sinh(u) ** 2, Integer(1))
        if e.has(sinh(u)) and e.has(1 / cosh(u)):
            e = e.xreplace({sinh(u): tanh(u) * cosh(u)})
    return e


def _one_plus_exponential(e: Expr) -> Expr | None:
    """u when e is 1 + eᵘ, else None."""
    if isinstance(e, Add) and len(e.args) == 2 and S.One in e.args:
        other = e.args[0] if e.args[1] == 1 else e.args[1]
        if isinstance(other, exp):
            return other.args[0]
    return None


def even_form(pieces: Pieces, slopes: list[Expr], smooth: bool) -> Expr | None:
    """g(|x|) when two pieces meet smoothly at 0 and their slopes are g(−x) and g(x), else None."""
    x = pieces.variable
    if not smooth or len(pieces.breakpoints) != 1 or pieces.breakpoints[0].location != 0:
        return None
    left, right = (best_form(slope) for slope in slopes)
    if right.has(x) and left == right.xreplace({x: -x}):
        return right.xreplace({x: Abs(x)})
    return None
