"""Every rule, once made wrong, is caught: by a factor, by a sign, and by one part in 10³⁰."""

import pytest
import sympy
from sympy import Abs, Heaviside, LambertW, Max, Min, Piecewise, Rational, Symbol, exp, log, sign, sin

import symnet.calculus.indexed as index
from symnet.calculus.differentiate import derive
from symnet.calculus.known_forms import best_form
from symnet.calculus.notation import Phi, phi, sigma, softplus
from symnet.calculus.rules import RULES
from symnet.errors import DerivationError

x = Symbol("x", real=True)
a = Symbol("a", positive=True)
EXAMPLES = {
    "constant": a + 1,
    "identity": x,
    "sum": x**2 + sin(x),
    "constant_factor": a * sin(x),
    "reciprocal": 1 / (1 + exp(x)),
    "quotient": sin(x) / (x**2 + 2),
    "product": x * sin(x) * exp(x),
    "power": x**3,
    "exponential_of_base": a**x,
    "maximum": Max(x, sin(x)),
    "minimum": Min(x**2, x + 1),
    "piecewise": Piecewise((x**2, x < a), (sin(x), True)),
    "logarithmic": x**x,
    "chain": sin(x**2 + 1),
    "abs": Abs(x),
    "sign": sign(x),
    "heaviside": Heaviside(x),
    "lambertw": LambertW(x),
    "sigma": sigma(x),
    "softplus": softplus(x),
    "normal_distribution": Phi(x),
    "normal_density": phi(x),
}
CHANGES = {
    "a factor": lambda e: 2 * e + 1,
    "a sign": lambda e: -e - Rational(1, 10),
    "one part in 10^30": lambda e: e + Rational(1, 10**30),
}


def example(key):
    """An expression that the rule applies to; most keys are the names of SymPy's functions."""
    return EXAMPLES[key] if key in EXAMPLES else getattr(sympy, key)(x)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_the_rule_is_used_and_holds(rule):
    step = derive(example(rule.key), x)
    assert step.rule == rule.key
    assert step.check.enough


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_mutated_rule_is_caught(rule, change):
    wrong = tuple(r.mutated(change) if r.key == rule.key else r for r in RULES)
    with pytest.raises(DerivationError, match="a step is wrong"):
        derive(example(rule.key), x, rules=wrong)


def test_rules_have_distinct_keys_and_say_what_they_are():
    keys = [rule.key for rule in RULES]
    assert len(set(keys)) == len(keys)
    assert all("′" in rule.statement or "piece" in rule.statement for rule in RULES)


def test_a_function_without_a_rule_is_named():
    from sympy import gamma

    with pytest.raises(DerivationError, match="no differentiation rule is known for gamma"):
        derive(gamma(x), x)


def test_index_notation_is_proved_and_a_wrong_line_is_caught():
    assert index.softmax_steps()[-1].after == index.p[index.i] * (index.delta - index.p[index.j])
    assert index.log_softmax_steps()[-1].after == index.delta - index.p[index.j]
    assert index.cross_entropy_steps()[-1].after == index.p[index.j] - index.y[index.j]
    with pytest.raises(DerivationError, match="at n=2"):
        index.IndexedStep("target", index.cross_entropy_steps()[1].before, 2 * index.cross_entropy_steps()[1].after)
    good = index.softmax_steps()[0]
    with pytest.raises(DerivationError, match="at n=1"):
        index.IndexedStep("rewrite", good.before, index.p[index.i] * (index.delta + index.p[index.j]))
    with pytest.raises(DerivationError, match="at n=2"):
        index.IndexedStep("exp", index.standing(exp(index.x[index.i]), index.x[index.j]), exp(index.x[index.i]))


def test_a_known_form_is_never_trusted(monkeypatch):
    import symnet.calculus.differentiate as module

    module._derived.cache_clear()
    monkeypatch.setattr(module, "best_form", lambda e: best_form(e) + Rational(1, 10**30))
    with pytest.raises(DerivationError):
        module.differentiate(log(1 + exp(x)), x)
    module._derived.cache_clear()
