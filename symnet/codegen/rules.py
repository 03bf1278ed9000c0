"""Rewrite rules: other spellings of the same function, each with the input on which the plain spelling breaks.

A rule keeps the value, and every use of it is compared with ball arithmetic before it is taken; it only proposes. Whether
a spelling is used, and where, the running error bound decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sympy
from sympy import Add, Expr, S, Symbol, cancel, cos, factor, log, pi, sin, sqrt, together

from symnet.codegen.functions import NormalCdf


@dataclass(frozen=True)
class Rule:
    """pattern → value, where it holds, why, and what it saves."""

    name: str
    pattern: str
    value: str
    valid: str
    why: str
    example: str
    """A plain spelling, in the input grammar."""
    breaks_at: str
    """An input on which that spelling loses its digits or its range."""
    apply: Callable[[Expr, Symbol], Expr | None]
    """The rewritten expression, or None where the pattern does not occur."""


def factored(e: Expr, x: Symbol) -> Expr | None:
    """Common factors outside, every function of x one unknown."""
    atoms = sorted(
        (a for a in e.atoms(sympy.Function, sympy.Pow) if a.has(x) and not a.is_polynomial(x)),
        key=sympy.default_sort_key,
    )
    outer = [a for a in atoms if not any(b != a and b.has(a) for b in atoms)]
    names = {
        a: sympy.Dummy(f"u{i}", real=True) for i, a in enumerate(outer)
    }  # opaque: exp(851x/500) is not exp(x/500)**851
    result = factor(e.xreplace(names)).xreplace({name: a for a, name in names.items()})
    return result if result != e else None


def _in_one_root(e: Expr, x: Symbol) -> tuple[Expr, Expr, Expr, Expr] | None:
    """(a, b, r, d) with e = (a + b√r)/d, where only one root √r occurs; d may hold it too."""
    roots = [p for p in e.atoms(sympy.Pow) if p.exp.is_Rational and p.exp.q == 2 and p.base.has(x)]
    bases = {p.base for p in roots}
    if len(bases) != 1:
        return None
    base = bases.pop()
    s = sympy.Dummy("s", positive=True)
    rational = together(e.xreplace({p: s ** int(2 * p.exp) for p in roots}))
    if not rational.is_rational_function(x, s):
        return None
    top, bottom = sympy.fraction(rational)
    even, odd = S.Zero, S.Zero
    for (power,), coefficient in sympy.Poly(top, s).terms():
        if power % 2:
            odd += coefficient * base ** (power // 2)
        else:
            even += coefficient * base ** (power // 2)
    return sympy.expand(even), sympy.expand(odd), base, bottom.xreplace({s: sqrt(base)})


def _conjugate(e: Expr, x: Symbol) -> Expr | None:
    """a + b√r = (a² − b²r)/(a − b√r)."""
    parts = _in_one_root(e, x)
    if parts is None or parts[0] == 0 or parts[1] == 0:
        return None
    even, odd, base, bottom = parts
    return factor(cancel(even**2 - odd**2 * base)) / ((even - odd * sqrt(base)) * bottom)


def _one_root(e: Expr, x: Symbol) -> Expr | None:
    """(a + b√r)/d over one denominator, the squares of the root resolved."""
    parts = _in_one_root(e, x)
    if parts is None:
        return None
    even, odd, base, bottom = parts
    result = (factor(even) + factor(odd) * sqrt(base)) / bottom
    return result if result != e else None


def _one_exponential(e: Expr, x: Symbol) -> Expr | None:
    """eᵃ eᵇ = eᵃ⁺ᵇ."""
    result = sympy.powsimp(e, deep=True, combine="exp")
    return result if result != e else None


def _difference_of_roots(e: Expr, x: Symbol) -> Expr | None:
    """a − b = (a² − b²)/(a + b), where the squares are free of roots."""
    top, bottom = sympy.fraction(together(e))
    constant, top = top.as_coeff_Mul()
    if not isinstance(top, Add) or len(top.args) != 2:
        return None
    a, b = top.args
    if a.could_extract_minus_sign() == b.could_extract_minus_sign():
        return None
    difference = sympy.expand(a**2 - b**2)
    if not difference.is_rational_function(x):
        return None
    return constant * factor(cancel(difference)) / ((a - b) * bottom)


def _factored_inside(e: Expr, x: Symbol) -> Expr | None:
    """√(1 − x²) = √((1 − x)(1 + x)), and so for logarithms."""

    def rewrite(node: Expr) -> Expr:
        product = factor(node.args[0])
        return node.xreplace({node.args[0]: product}) if isinstance(product, sympy.Mul) else node

    result = e.replace(
        lambda n: (
            (isinstance(n, log) or (isinstance(n, sympy.Pow) and not n.exp.is_Integer))
            and isinstance(n.args[0], Add)
            and n.args[0].is_polynomial(x)
        ),
        rewrite,
    )
    return result if result != e else None


def _large_logarithm(e: Expr, x: Symbol) -> Expr | None:
    """log(c xⁿ + …) = n log|x| + log(c + …/xⁿ), for the far ends."""

    def rewrite(argument: Expr) -> Expr:
        polynomial = sympy.Poly(argument, x)
        degree, lead = polynomial.degree(), polynomial.LC()
        if degree == 0 or not lead.is_positive or degree % 2:
            return log(argument)
        rest = sympy.expand((argument - lead * x**degree) / (lead * x**degree))
        return degree * log(sympy.Abs(x)) + log(lead) + log(1 + rest)

    result = e.replace(lambda n: isinstance(n, log) and n.args[0].is_polynomial(x), lambda n: rewrite(n.args[0]))
    return result if result != e else None


def _hyperbolic_root(e: Expr, x: Symbol) -> Expr | None:
    """acosh u = 2 asinh √((u − 1)/2)."""

    def rewrite(u: Expr) -> Expr:
        root = sympy.sqrt(sympy.expand((u - 1) / 2))
        return 2 * sympy.asinh(root)

    result = e.replace(sympy.acosh, rewrite)
    return result if result != e else None


def half_angle(e: Expr, x: Symbol) -> Expr | None:
    """c ∓ c cos u = 2c sin²(u/2), 2c cos²(u/2); the sine shifted by π/2."""

    def rewrite(node: Expr) -> Expr:
        for term in node.args:
            coefficient, wave = term.as_coeff_Mul()
            if not isinstance(wave, (cos, sin)) or not wave.has(x):
                continue
            for constant in node.args:
                if constant == coefficient or constant == -coefficient:
                    half = wave.args[0] / 2 - (pi / 4 if isinstance(wave, sin) else 0)
                    square = sin(half) ** 2 if constant == -coefficient else cos(half) ** 2
                    return Add(*(a for a in node.args if a not in (term, constant))) + 2 * constant * square
        return node

    result = e.replace(lambda n: isinstance(n, Add), rewrite)
    return result if result != e else None


def one_wave(e: Expr, x: Symbol) -> Expr | None:
    """a cos u + b sin u = √(a² + b²) sin(u + atan2(a, b)); the sum keeps its digits where it vanishes."""

    def rewrite(node: Expr) -> Expr:
        waves = [t.as_independent(x, as_Add=False) for t in node.args]
        for a, cosine in waves:
            for b, sine in waves:
                if isinstance(cosine, cos) and sine == sin(cosine.args[0]):
                    rest = Add(*(t for t in node.args if t not in (a * cosine, b * sine)))
                    return rest + sqrt(a**2 + b**2) * sin(cosine.args[0] + sympy.atan2(a, b))
        return node

    result = factored(e, x) or e
    result = result.replace(lambda n: isinstance(n, Add), rewrite)
    return result if result != e else None


def _collected_log(e: Expr, x: Symbol) -> Expr | None:
    """log(c + u) with c ≠ 1 as log c + log(1 + u/c)."""

    def rewrite(argument: Expr) -> Expr:
        constant, rest = argument.as_coeff_Add()
        if isinstance(argument, Add) and constant.is_positive and constant != 1:
            return log(constant) + log(1 + sympy.expand(rest / constant))
        return log(argument)

    result = e.replace(log, rewrite)
    return result if result != e else None


def _normal(e: Expr, x: Symbol) -> Expr | None:
    """erf(u/√2) = 2Φ(u) − 1, with the Gaussian's exponent left exact."""
    result = e.replace(sympy.erf, lambda u: 2 * NormalCdf(sympy.expand(u * sqrt(2))) - 1)
    if result == e:
        return None
    return factor(sympy.expand(result))


RULES = (
    Rule(
        "normal distribution", "(1 + erf(u/√2))/2", "Φ(u)", "everywhere",
        "In the left tail 1 + erf cancels, and u/√2 is rounded before it is squared.", "x*(1 + erf(x/sqrt(2)))/2", "-8", _normal,
    ),
    Rule("factored", "a b + a c", "a (b + c)", "everywhere", "A common factor does not cancel against itself.", "x*exp(-x) - exp(-x)", "1.0000001", factored),
    Rule(
        "conjugate", "a + b√r", "(a² − b²r)/(a − b√r)", "where a and b√r have opposite signs",
        "Two nearly equal terms leave only rounding errors; their conjugate adds them.", "(x + sqrt(x**2 + 4))/2", "-1e8", _conjugate,
    ),
    Rule(
        "one denominator", "1/√r − a/(r√r)", "(r − a)/(r√r)", "r > 0", "What cancels between two fractions cancels exactly over one.",
        "1/sqrt(x**2 + 1) - x**2/(x**2 + 1)**(3/2)", "1e3", _one_root,
    ),
    Rule(
        "half angle", "1 − cos u", "2 sin²(u/2)", "everywhere", "At a double zero the difference has half the digits, the square has all.",
        "1 - cos(x)", "1e-9", half_angle,
    ),
    Rule(
        "one wave", "a cos u + b sin u", "√(a² + b²) sin(u + atan2(a, b))", "everywhere", "Near its zeros a sum of two waves cancels; a single one does not.",
        "cos(x) - sin(x)", "0.7853981633974483", one_wave,
    ),
    Rule(
        "one exponential", "eᵃ eᵇ", "eᵃ⁺ᵇ", "everywhere", "A factor that underflows takes its digits along, though the product would not.",
        "exp(x)*exp(-exp(x))", "6.586865888252404", _one_exponential,
    ),
    Rule(
        "difference of roots", "a − b", "(a² − b²)/(a + b)", "where a + b ≠ 0", "The squares hold no roots, so that their difference is exact.",
        "sqrt(x + 1) - sqrt(x)", "1e12", _difference_of_roots,
    ),
    Rule(
        "factors inside", "√(a² − b²)", "√((a − b)(a + b))", "everywhere", "Each factor keeps its digits where the difference of squares vanishes.",
        "sqrt(1 - x**2)", "0.99999999", _factored_inside,
    ),
    Rule(
        "logarithm of a large sum", "log(c xⁿ + …)", "n log|x| + log c + log1p(…/(c xⁿ))", "n even, c > 0, x ≠ 0",
        "The power overflows long before its logarithm is large.", "log(x**2 + 1)", "1e200", _large_logarithm,
    ),
    Rule(
        "inverse hyperbolic cosine near 1", "acosh u", "2 asinh √((u − 1)/2)", "u ≥ 1", "u − 1 is the small number that matters; u rounds it away.",
        "acosh(1 + x**2)", "1e-9", _hyperbolic_root,
    ),
    Rule(
        "logarithm about a constant", "log(c + u)", "log c + log1p(u/c)", "c > 0 and u > −c", "log1p keeps a small u that c + u would round away.",
        "log(2 + exp(x)) - log(2)", "-40", _collected_log,
    ),
)  # fmt: skip
"""Every rule that needs no knowledge of the sign of x."""


def rewrites(expression: Expr, x: Symbol) -> Iterator[tuple[str, Expr]]:
    """(rule, spelling) for every rule that applies, and for pairs of them."""
    seen = {expression}
    for rule in RULES:
        try:
            result = rule.apply(expression, x)
        except (sympy.PolynomialError, NotImplementedError):
            continue
        if result is not None and result not in seen:
            seen.add(result)
            yield rule.name, result
