"""Different forms of one smooth formula: as written, and as rational functions of decaying exponentials.

Most activations are rational in x, in exponentials and in a few other functions of them. With every exponential written as a power of one that
decays toward the tail at hand, and the whole brought over one denominator and factored, overflow is gone and what could cancel at infinity
has cancelled exactly. `x*tanh(log(1 + exp(x)))` and Mish's textbook spelling meet in the same form. What no form covers
(the neighbourhood of a root) is served by polynomials, see `codegen.polynomials`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache

import sympy
from sympy import Dummy, Expr, Rational, S, Symbol, cancel, exp, factor, log, together

from symnet.codegen.assess import is_power_of_two
from symnet.codegen.form import Form, X, number, operate
from symnet.codegen.functions import Erfcx
from symnet.codegen.reference import evaluator
from symnet.codegen.rules import half_angle, one_wave, rewrites
from symnet.codegen.translate import Translator
from symnet.errors import UnsupportedExpressionError

FAR_TAIL = "the far tail"


@dataclass(frozen=True)
class Candidate:
    """One form, and how it came about."""

    name: str
    form: Form
    expression: Expr
    """What the form computes, as an expression; equal to the formula."""

    @property
    def last_resort(self) -> bool:
        """Whether the form is for what underflows in every other one."""
        return self.name.endswith(FAR_TAIL)


@lru_cache(maxsize=512)
def candidates(expression: Expr, variable: Symbol) -> tuple[Candidate, ...]:
    """Every form that is worth a try, cheapest first."""
    found: list[Candidate] = []
    seen: set[int] = set()
    for name, form, meaning in _attempts(expression, variable):
        if id(form) not in seen:
            seen.add(id(form))
            found.append(Candidate(name, form, meaning))
    return tuple(found)


def _attempts(expression: Expr, x: Symbol) -> Iterator[tuple[str, Form, Expr]]:
    for rule in (half_angle, one_wave):  # their zeros repeat without end; no grid sees them all
        expression = rule(expression, x) or expression
    with suppress(UnsupportedExpressionError):
        yield "as written", Translator(x)(expression), expression
        if any(p.exp.is_Rational and p.exp < 0 and p.base.has(x) for p in expression.atoms(sympy.Pow)):
            yield "divided one by one", Translator(x, stepwise=True)(expression), expression
    if not expression.has(x):
        return
    if expression.is_rational_function(x):
        together_form = factor(cancel(together(expression)))
        yield "factored", Translator(x)(together_form), together_form
        yield "factored, divided one by one", Translator(x, stepwise=True)(together_form), together_form
        return
    spread = exponentials_only(expression)
    for name, rewritten in rewrites(expression, x):
        yield name, Translator(x)(rewritten), rewritten
        yield f"{name}, divided one by one", Translator(x, stepwise=True)(rewritten), rewritten
    if expression.has(sympy.erf, sympy.erfc):
        for side in (-1, 1):
            complemented = _complement_errors(expression, x, side)
            yield f"by erfc on the {'left' if side < 0 else 'right'}", Translator(x)(complemented), complemented
    small = expression.replace(sympy.tanh, lambda u: sympy.tanh(u) if u.is_polynomial(x) else u)
    if small != expression:  # tanh u = u where u is tiny; the comparison with the true value says where
        for side in (-1, 1):
            with suppress(UnsupportedExpressionError, sympy.PolynomialError):
                result = decaying(exponentials_only(small), x, side, FAR_TAIL)
                if result is not None:
                    meaning, translate = result
                    yield f"with a tiny argument of tanh, {FAR_TAIL}", translate(meaning), meaning
    for variant in ("", "clamped", FAR_TAIL):
        for side in (-1, 1):
            try:
                result = decaying(spread, x, side, variant)
            except (UnsupportedExpressionError, sympy.PolynomialError):
                result = None
            if result is None:
                continue
            meaning, translate = result
            where = f"{'left' if side < 0 else 'right'}{f', {variant}' if variant else ''}"
            yield f"in decaying exponentials on the {where}", translate(meaning), meaning


def spellings(expression: Expr, x: Symbol, side: int) -> Iterator[Expr]:
    """The function in exponentials that decay toward side·∞, as plain expressions."""
    try:
        result = decaying(exponentials_only(expression), x, side, "")
    except (UnsupportedExpressionError, sympy.PolynomialError):
        return
    if result is None:
        return
    meaning, translate = result
    for _ in range(8):
        replaced = meaning.xreplace(translate.meanings)
        if replaced == meaning:
            break
        meaning = replaced
    if meaning.free_symbols <= {x}:
        yield meaning


def exponentials_only(e: Expr) -> Expr:
    """Hyperbolic functions written by exponentials."""
    rules = {
        sympy.tanh: lambda u: 1 - 2 / (exp(2 * u) + 1),
        sympy.coth: lambda u: 1 + 2 / (exp(2 * u) - 1),
        sympy.sinh: lambda u: (exp(u) - exp(-u)) / 2,
        sympy.cosh: lambda u: (exp(u) + exp(-u)) / 2,
        sympy.sech: lambda u: 2 / (exp(u) + exp(-u)),
        sympy.csch: lambda u: 2 / (exp(u) - exp(-u)),
    }
    for head, rule in rules.items():
        e = e.replace(head, rule)
    return e


def decaying(expression: Expr, x: Symbol, side: int, variant: str) -> tuple[Expr, Translator] | None:
    """The expression over one denominator in exponentials that decay toward side·∞, with a translator that knows them."""
    e = sympy.expand_power_exp(_complement_errors(expression, x, side))
    bindings: dict[Symbol, Form] = {}
    names: dict[Expr, Expr] = {}
    groups: list[tuple[Expr, list[Expr]]] = []
    for atom in sorted(e.atoms(exp), key=sympy.default_sort_key):
        if not atom.has(x):
            continue
        for base, members in groups:
            ratio = cancel(atom.args[0] / base)
            if ratio.is_Rational:
                members.append(ratio)
                break
        else:
            groups.append((atom.args[0], [S.One]))
    translate = Translator(x)
    for base, ratios in groups:
        unit = base * _common(ratios)
        toward = _tail_sign(unit, x, side)
        if toward == 0:
            return None
        unit = -toward * unit
        n = Dummy("n", positive=True)
        for ratio in ratios:
            exponent = cancel(ratio * base / unit)
            names[exp(ratio * base)] = n**exponent
        bindings[n] = translate.known[n] = translate(exp(unit))
        if variant == "clamped":
            if (end := _saturation(unit, x, -side)) is None:
                return None
            bindings[n] = translate.known[n] = translate.known[n].substitute(
                operate("minimum" if side < 0 else "maximum", X, number(end))
            )
        translate.exponents[n] = unit
        translate.meanings[n] = exp(unit)
    if not groups and not e.has(log, sympy.erfc):
        return None
    e = e.xreplace({key: value for key, value in names.items() if isinstance(key, exp)})
    e = _logarithms(e, x, side, translate)
    opaque = {
        a: Dummy("f", real=True)
        for a in sorted(e.atoms(sympy.Function), key=sympy.default_sort_key)
        if a.has(x, *bindings)
    }
    inner = [a for a in opaque if not any(a != b and b.has(a) for b in opaque)]
    opaque = {a: opaque[a] for a in inner}
    for a, symbol in opaque.items():
        translate.known[symbol] = translate(a)
        translate.meanings[symbol] = a
    ratio = _spread_content(factor(cancel(together(e.xreplace(opaque)))))
    if variant == FAR_TAIL:
        return _scaled(ratio, translate)
    _arrange(ratio, x, translate)
    return ratio, translate


def _saturation(exponent: Expr, x: Symbol, side: int) -> int | None:
    """The integer nearest to 0 on this side where an exponential that grows there has reached exp(40)."""
    from flint import arb

    function = evaluator(exponent, x)
    return next((side * k for k in range(1, 81) if function(arb(side * k)) > 40), None)


def _common(ratios: list[Expr]) -> Expr:
    """The greatest number of which all these rationals are whole multiples."""
    from math import gcd, lcm

    numerators = [abs(int(r.p)) for r in ratios]
    denominators = [int(r.q) for r in ratios]
    whole = lcm(*denominators)
    return Rational(gcd(*(n * whole // d for n, d in zip(numerators, denominators, strict=True))), whole)


def _tail_sign(exponent: Expr, x: Symbol, side: int) -> int:
    """The sign of an exponent far out on one side."""
    from flint import arb

    function = evaluator(exponent, x)
    signs = set()
    for magnitude in (8, 32, 512):
        v = function(arb(side * magnitude))
        signs.add(1 if v > 0 else -1 if v < 0 else 0)
    return signs.pop() if len(signs) == 1 else 0


def _complement_errors(e: Expr, x: Symbol, side: int) -> Expr:
    """erf(u) = ±(1 − exp(−u²) erfcx(|u|)), by the sign of u toward the tail."""
    for atom in e.atoms(sympy.erf, sympy.erfc):
        u = atom.args[0]
        toward = _tail_sign(u, x, side)
        if toward == 0 or not u.is_polynomial(x):
            continue
        scaled = exp(-(u**2)) * Erfcx(toward * u)
        value = toward * (1 - scaled)
        e = e.xreplace({atom: value if isinstance(atom, sympy.erf) else 1 - value})
    return e


def _logarithms(e: Expr, x: Symbol, side: int, translate: Translator) -> Expr:
    """log(R(n)) = log(lead) + log1p(R/lead − 1) + multiples of the exponent, where n decays."""
    del x, side
    decaying_symbols = [s for s in translate.known if isinstance(s, Dummy)]
    for atom in sorted(e.atoms(log), key=sympy.default_sort_key):
        argument = atom.args[0]
        used = [s for s in decaying_symbols if argument.has(s)]
        if len(used) != 1 or argument.free_symbols != {used[0]}:
            continue
        n = used[0]
        ratio = factor(cancel(together(argument)))
        exponent = _valuation(ratio, n)
        rest = cancel(ratio / n**exponent)
        lead = rest.subs(n, 0)
        if not (lead.is_positive and lead.is_finite):
            continue
        fraction = factor(cancel(rest / lead - 1))
        whole = Dummy("l", real=True)
        translate.known[whole] = operate("log1p", translate(fraction)) if fraction != 0 else number(0)
        translate.meanings[whole] = log(1 + fraction)
        e = e.xreplace({atom: (log(lead) if lead != 1 else S.Zero) + whole + exponent * _exponent_of(n, translate)})
    return e


def _valuation(ratio: Expr, n: Symbol) -> int:
    top, bottom = sympy.fraction(together(ratio))

    def least(p: Expr) -> int:
        return min(m[0] for m in sympy.Poly(p, n).monoms())

    return least(top) - least(bottom)


def _exponent_of(n: Symbol, translate: Translator) -> Expr:
    return translate.exponents[n]


def _arrange(ratio: Expr, x: Symbol, translate: Translator) -> None:
    """Sums of powers of one exponential by Horner's rule; factors of x alone last, so that no product overflows early."""
    factors = sympy.Mul.make_args(ratio)
    for f in factors:
        base = f.as_base_exp()[0]
        generators = base.free_symbols
        if isinstance(base, sympy.Add) and len(generators) == 1 and x not in generators:
            n = next(iter(generators))
            if base.is_polynomial(n) and 2 <= sympy.degree(base, n) <= 4:
                coefficients = sympy.Poly(base, n).all_coeffs()
                form = number(coefficients[0])
                for c in coefficients[1:]:
                    form = translate(n) * form + number(c)
                translate.known[base] = form
    outside = [f for f in factors if f.free_symbols == {x}]
    inside = sympy.Mul(*(f for f in factors if f.free_symbols != {x}))
    if outside and sympy.fraction(inside)[0].free_symbols:
        translate.known[ratio] = translate(inside) * translate(sympy.Mul(*outside))


def _spread_content(ratio: Expr) -> Expr:
    """(500a + 851b)/500 as a + 851b/500: fewer roundings where the coefficients become powers of two."""
    factors = sympy.Mul.make_args(ratio)
    coefficient = sympy.Mul(*(f for f in factors if f.is_number))
    rest = [f for f in factors if not f.is_number]
    if is_power_of_two(coefficient):
        return ratio
    for term in rest:
        if isinstance(term, sympy.Add):
            spread = sympy.expand(coefficient * term)
            if _exact_terms(spread) > _exact_terms(term):
                return sympy.Mul(spread, *(f for f in rest if f is not term))
    return ratio


def _exact_terms(e: Expr) -> int:
    return sum(
        1
        for term in sympy.Add.make_args(e)
        if is_power_of_two(sympy.Mul(*(f for f in sympy.Mul.make_args(term) if f.is_number)))
    )


def _scaled(ratio: Expr, translate: Translator) -> tuple[Expr, Translator] | None:
    """The leading exponential 2**±64 times as large, and the product scaled back: neither underflows nor overflows before the result does."""
    powers = ratio.as_powers_dict()
    leading = [n for n in translate.exponents if powers.get(n, 0) != 0]
    if len(leading) != 1:
        return None
    n = leading[0]
    power = powers[n]
    rest = ratio / n**power
    exponent = power * translate.exponents[n]
    if rest.is_number or not power.is_Integer or not exponent.is_polynomial(translate.variable):
        return None
    scale = SCALE if power > 0 else -SCALE
    scaled = translate(exp(sympy.expand(exponent + scale * log(2)), evaluate=False))
    translate.known[ratio] = (translate(rest) * scaled) * number(Rational(2) ** -scale)
    return ratio, translate


SCALE = 64
