"""Different forms of one smooth formula: as written, and as rational functions of decaying exponentials.

Most activations are rational in x, in exponentials and in a few other functions of them. With every exponential written as a power of one that
decays toward the tail at hand, and the whole brought over one denominator and factored, overflow is gone and what could cancel at infinity
has cancelled exactly. `x*tanh(log(1 + exp(x)))` and Mish's textbook spelling meet in the same form. What no form covers
(the neighbourhood of a root) is served by polynomials, see `codegen.polynomials`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import sympy
from sympy import Dummy, Expr, Rational, S, Symbol, cancel, exp, factor, log, together

from symnet.codegen.form import Form, number, operate
from symnet.codegen.translate import Translator
from symnet.errors import UnsupportedExpressionError


@dataclass(frozen=True)
class Candidate:
    """One form, and how it came about."""

    name: str
    form: Form
    expression: Expr
    """What the form computes, as an expression; equal to the formula."""


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
    try:
        yield "as written", Translator(x)(expression), expression
    except UnsupportedExpressionError:
        pass
    if not expression.has(x):
        return
    if expression.is_rational_function(x):
        together_form = factor(cancel(together(expression)))
        yield "factored", Translator(x)(together_form), together_form
        return
    spread = exponentials_only(expression)
    factored = factor(expression)
    if factored != expression:
        yield "factored", Translator(x)(factored), factored
    for side in (-1, 1):
        for tail in (False, True):
            result = decaying(spread, x, side, tail)
            if result is None:
                continue
            meaning, translate = result
            name = f"in decaying exponentials on the {'left' if side < 0 else 'right'}" + (
                ", the far tail" if tail else ""
            )
            form = translate(meaning)
            yield name, form, meaning


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


def decaying(expression: Expr, x: Symbol, side: int, tail: bool) -> tuple[Expr, Translator] | None:
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
        translate.exponents[n] = unit
        if tail:
            half = Dummy("h", positive=True)
            bindings[half] = translate.known[half] = translate(exp(unit / 2))
            names[n] = half
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
    ratio = factor(cancel(together(e.xreplace(opaque))))
    if tail:
        return _halved(ratio, {n: h for n, h in names.items() if isinstance(n, Dummy)}, translate)
    return ratio, translate


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

    from symnet.codegen.reference import evaluator

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


class Erfcx(sympy.Function):
    """exp(u²) erfc(u), kept whole."""

    is_real = True
    is_positive = True


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
        e = e.xreplace({atom: (log(lead) if lead != 1 else S.Zero) + whole + exponent * _exponent_of(n, translate)})
    return e


def _valuation(ratio: Expr, n: Symbol) -> int:
    top, bottom = sympy.fraction(together(ratio))

    def least(p: Expr) -> int:
        return min(m[0] for m in sympy.Poly(p, n).monoms())

    return least(top) - least(bottom)


def _exponent_of(n: Symbol, translate: Translator) -> Expr:
    return translate.exponents[n]


def _halved(ratio: Expr, halves: dict, translate: Translator) -> tuple[Expr, Translator] | None:
    """The leading power of each exponential split in two, so that no factor underflows before the product does."""
    n, h = next(iter(halves.items())) if len(halves) == 1 else (None, None)
    if n is None:
        return None
    top = ratio.as_powers_dict().get(n, 0)
    top = sympy.sympify(top)
    if not (top.is_Integer and top > 0):
        return None
    rest = ratio / n**top
    if rest == 1 or rest.is_number:
        return None
    half = translate.known[h]
    translate.known[ratio] = (
        translate(rest) * half * half if top == 1 else translate(rest) * half * half * translate(n ** (top - 1))
    )
    return ratio, translate
