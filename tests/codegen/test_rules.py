"""Every rewrite rule keeps the value, and its example breaks in the plain spelling and not in the rewritten one."""

import numpy as np
import pytest
import sympy
from flint import arb
from sympy import Symbol

from symnet.codegen.functions import NormalCdf
from symnet.codegen.measure import error
from symnet.codegen.numpy_printer import NumpyPrinter
from symnet.codegen.reference import value
from symnet.codegen.rules import RULES
from symnet.codegen.translate import Translator
from symnet.definitions.expression import typed_activation

PLACES = (-700, -9, -3, -0.75, -0.5, 0.3, 0.6, 0.9, 1.5, 2.25, 4, 30, 1e5)


def plain(expression, x: Symbol, point: float) -> float:
    """What a person gets who types the formula into NumPy."""
    modules = [{"erf": lambda t: float(sympy.erf(sympy.Float(t, 17)))}, "numpy"]
    with np.errstate(all="ignore"):
        return float(sympy.lambdify(x, expression, modules)(np.float64(point)))


def rewritten(expression, x: Symbol, point: float) -> float:
    """What the rewritten spelling gives, operation by operation."""
    from symnet.codegen import kernels

    found = []
    for stepwise in (False, True):
        printer = NumpyPrinter()
        statements, result = printer.body(Translator(x, stepwise=stepwise)(expression))
        scope = {"np": np, "x": np.array([point]), **{n: getattr(kernels, n) for n in printer.imports}}
        with np.errstate(all="ignore"):
            exec("\n".join([*statements, f"result = {result}"]), scope)
        found.append(float(np.ravel(scope["result"])[0]))
    return found[0] if np.isfinite(found[0]) else found[1]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_the_rule_keeps_the_value(rule):
    """In 900-bit balls, at points of both signs and many sizes: equal to 250 digits."""
    activation = typed_activation(rule.example)
    x = activation.variable
    result = rule.apply(activation.default_expression, x)
    assert result is not None
    assert result != activation.default_expression
    seen = 0
    for place in PLACES:
        a, b = (value(e, x, float(place), 900) for e in (activation.default_expression, result))
        if a.is_nan() and b.is_nan():
            continue
        assert abs(a - b) < (abs(a) + arb(2) ** -1000) * arb(2) ** -850
        seen += 1
    assert seen >= 4


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_its_example_breaks_the_plain_spelling_only(rule):
    activation = typed_activation(rule.example)
    x, point = activation.variable, float(rule.breaks_at)
    exact = value(activation.default_expression, x, point)
    result = rule.apply(activation.default_expression, x)
    assert error(plain(activation.default_expression, x, point), exact) > 100, "the plain spelling survives"
    assert error(rewritten(result, x, point), exact) <= 8, "the rewritten spelling breaks too"


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_a_wrong_rule_would_be_seen(rule):
    """The comparison is not blind: a value changed in its 60th digit differs."""
    activation = typed_activation(rule.example)
    x = activation.variable
    result = rule.apply(activation.default_expression, x) * (1 + sympy.Rational(1, 10**60))
    pairs = [[value(e, x, float(p), 900) for e in (activation.default_expression, result)] for p in PLACES]
    assert any(not abs(a - b) < abs(a) * arb(2) ** -850 for a, b in pairs if abs(a) > arb(2) ** -1000)


def test_the_normal_distribution_is_what_it_stands_for():
    u = Symbol("u", real=True)
    assert sympy.simplify(NormalCdf(u).doit() - (1 + sympy.erf(u / sympy.sqrt(2))) / 2) == 0
