"""One rule for each elementary function of x alone; what stands inside is the chain rule's business."""

from __future__ import annotations

from collections.abc import Callable

from sympy import (
    Abs,
    Expr,
    Heaviside,
    Integer,
    LambertW,
    Symbol,
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
    pi,
    sec,
    sech,
    sign,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)

from symnet.calculus.notation import Phi, phi, sigma, softplus
from symnet.calculus.rules.rule import Rule


def _of(head: type, title: str, statement: str, slope: Callable[[Expr], Expr], key: str = "") -> Rule:
    def apply(e: Expr, x: Symbol) -> Expr | None:
        return slope(x) if isinstance(e, head) and e.args[0] == x else None

    return Rule(key or head.__name__.lower(), title, statement, apply)


ELEMENTARY: tuple[Rule, ...] = (
    _of(exp, "exponential rule", "(eˣ)′ = eˣ", lambda x: exp(x)),
    _of(log, "logarithm rule", "(ln x)′ = 1/x", lambda x: 1 / x),
    _of(sin, "sine rule", "(sin x)′ = cos x", lambda x: cos(x)),
    _of(cos, "cosine rule", "(cos x)′ = −sin x", lambda x: -sin(x)),
    _of(tan, "tangent rule", "(tan x)′ = 1 + tan² x", lambda x: 1 + tan(x) ** 2),
    _of(cot, "cotangent rule", "(cot x)′ = −1 − cot² x", lambda x: -1 - cot(x) ** 2),
    _of(sec, "secant rule", "(sec x)′ = sec x·tan x", lambda x: sec(x) * tan(x)),
    _of(csc, "cosecant rule", "(csc x)′ = −csc x·cot x", lambda x: -csc(x) * cot(x)),
    _of(asin, "arcsine rule", "(arcsin x)′ = 1/√(1 − x²)", lambda x: 1 / sqrt(1 - x**2)),
    _of(acos, "arccosine rule", "(arccos x)′ = −1/√(1 − x²)", lambda x: -1 / sqrt(1 - x**2)),
    _of(atan, "arctangent rule", "(arctan x)′ = 1/(1 + x²)", lambda x: 1 / (1 + x**2)),
    _of(sinh, "hyperbolic sine rule", "(sinh x)′ = cosh x", lambda x: cosh(x)),
    _of(cosh, "hyperbolic cosine rule", "(cosh x)′ = sinh x", lambda x: sinh(x)),
    _of(tanh, "hyperbolic tangent rule", "(tanh x)′ = 1 − tanh² x", lambda x: 1 - tanh(x) ** 2),
    _of(coth, "hyperbolic cotangent rule", "(coth x)′ = 1 − coth² x", lambda x: 1 - coth(x) ** 2),
    _of(sech, "hyperbolic secant rule", "(sech x)′ = −sech x·tanh x", lambda x: -sech(x) * tanh(x)),
    _of(csch, "hyperbolic cosecant rule", "(csch x)′ = −csch x·coth x", lambda x: -csch(x) * coth(x)),
    _of(asinh, "inverse hyperbolic sine rule", "(arsinh x)′ = 1/√(1 + x²)", lambda x: 1 / sqrt(1 + x**2)),
    _of(
        acosh,
        "inverse hyperbolic cosine rule",
        "(arcosh x)′ = 1/(√(x − 1)·√(x + 1))",
        lambda x: 1 / (sqrt(x - 1) * sqrt(x + 1)),
    ),
    _of(atanh, "inverse hyperbolic tangent rule", "(artanh x)′ = 1/(1 − x²)", lambda x: 1 / (1 - x**2)),
    _of(erf, "error function rule", "(erf x)′ = 2/√π·exp(−x²)", lambda x: 2 * exp(-(x**2)) / sqrt(pi)),
    _of(
        erfc, "complementary error function rule", "(erfc x)′ = −2/√π·exp(−x²)", lambda x: -2 * exp(-(x**2)) / sqrt(pi)
    ),
    _of(erfi, "imaginary error function rule", "(erfi x)′ = 2/√π·exp(x²)", lambda x: 2 * exp(x**2) / sqrt(pi)),
    _of(LambertW, "Lambert W rule", "W(x)′ = W(x)/(x·(1 + W(x)))", lambda x: LambertW(x) / (x * (1 + LambertW(x)))),
    _of(Abs, "absolute value rule", "|x|′ = sign x for x ≠ 0", lambda x: sign(x)),
    _of(sign, "sign rule", "(sign x)′ = 0 for x ≠ 0", lambda x: Integer(0)),
    _of(sigma, "sigmoid rule", "σ(x)′ = σ(x)·(1 − σ(x))", lambda x: sigma(x) * (1 - sigma(x))),
    _of(softplus, "softplus rule", "softplus(x)′ = σ(x)", lambda x: sigma(x)),
    _of(Phi, "normal distribution rule", "Φ(x)′ = φ(x)", lambda x: phi(x), key="normal_distribution"),
    _of(phi, "normal density rule", "φ(x)′ = −x·φ(x)", lambda x: -x * phi(x), key="normal_density"),
    _of(Heaviside, "Heaviside rule", "H(x)′ = 0 for x ≠ 0", lambda x: Integer(0)),
)
"""A rule each; the key is the function's name."""
