"""Derivations: the rules, their evidence, the joins, the form that people know."""

import pytest
from sympy import (
    Abs,
    E,
    Max,
    Min,
    Piecewise,
    Rational,
    Symbol,
    acos,
    asin,
    atan,
    cos,
    cosh,
    diff,
    erf,
    exp,
    log,
    nan,
    oo,
    pi,
    sign,
    simplify,
    sin,
    sqrt,
    tanh,
)

from symnet.calculus.derivation import Step
from symnet.calculus.differentiate import differentiate
from symnet.calculus.notation import Phi, phi, sigma, softplus, unfold
from symnet.calculus.rules import standing
from symnet.definitions.activation import activations
from symnet.errors import DerivationError, UnsupportedExpressionError, UsageError

x = Symbol("x", real=True)
alpha = Symbol("alpha", positive=True)

SMOOTH = [
    x**3 - 2 * x + 5,
    1 / (1 + exp(-x)),
    tanh(x),
    x * tanh(log(1 + exp(x))),
    x / 2 * (1 + erf(x / sqrt(2))),
    x**x,
    2**x,
    x * sin(x) * exp(-(x**2)),
    x / sqrt(1 + x**2),
    log(log(x**2 + 2)),
    alpha * (exp(x / alpha) - 1),
    (x**2 + 1) / (x - 3),
    1 / x,
]


@pytest.mark.parametrize("f", SMOOTH, ids=str)
def test_smooth_result_is_the_derivative_and_every_step_is_checked(f):
    d = differentiate(f, x)
    assert simplify(d.result - diff(f, x)) == 0
    for step in d.walk():
        assert step.check.enough, step
    d.check()


def test_known_forms():
    assert differentiate(1 / (1 + exp(-x))).known_form == sigma(x) * (1 - sigma(x))
    assert differentiate(log(1 + exp(x))).known_form == sigma(x)
    assert differentiate(x / (1 + exp(-x))).known_form == sigma(x) + x * sigma(x) * (1 - sigma(x))
    assert differentiate(x / 2 * (1 + erf(x / sqrt(2)))).known_form == Phi(x) + x * phi(x)
    mish = differentiate(x * tanh(log(1 + exp(x)))).known_form
    assert mish == tanh(softplus(x)) + x * (1 - tanh(softplus(x)) ** 2) * sigma(x)
    assert differentiate(x / (1 + Abs(x))).known_form == 1 / (1 + Abs(x)) ** 2
    assert differentiate(tanh(x)).form == 1 - tanh(x) ** 2
    assert differentiate(2 * atan(tanh(x / 2))).form == 1 / cosh(x)
    assert differentiate(x / (2 * (1 + Abs(x)))).form == 1 / (2 * (1 + Abs(x)) ** 2)
    assert str(differentiate(x * tanh(x), order=2).form) == "2*(1 - tanh(x)**2)*(-x*tanh(x) + 1)"
    s = sigma(x)
    assert differentiate(s * (1 - s), order=2).form == (1 - s) * (6 * s**2 - 6 * s + 1) * s


def test_notation_unfolds_to_its_definition():
    assert unfold(sigma(2 * x)) == 1 / (1 + exp(-2 * x))
    assert unfold(phi(x)) == exp(-(x**2) / 2) / sqrt(2 * pi)


def test_elu_has_symbolic_slopes_and_is_told_in_terms_of_itself():
    elu = activations["elu"]
    d = differentiate(elu.expression, elu.variable)
    (join,) = d.joins
    a = elu.parameters[0].symbol
    assert (join.left_slope, join.right_slope, join.kind) == (a, 1, "depends")
    assert join.condition == 1 - a
    (told,) = [step for step in d.steps if step.rule == "itself"]
    assert str(told.after) == "alpha + f(x)"
    assert [row.where for row in d.rows() if row.rule == "itself"] == [elu.variable < 0]


@pytest.mark.parametrize(
    ("f", "told"),
    [
        (1 / (1 + exp(-x)), "(1 - f(x))*f(x)"),
        (tanh(x), "1 - f(x)**2"),
        (log(1 + exp(x)), "1 - exp(-f(x))"),
        (log(1 + exp(alpha * x)) / alpha, "1 - exp(-alpha*f(x))"),
        (x / (1 + exp(-x)), "(1 - f(x))*sigma(x) + f(x)"),
        (2 / (1 + exp(-x)) - 1, "1/2 - f(x)**2/2"),
        (5 / (1 + exp(-3 * x)) - 2, "3*(3 - f(x))*(f(x) + 2)/5"),
        (exp(-(x**2)), "-2*x*f(x)"),
        (exp(x) + 3, "f(x) - 3"),
    ],
    ids=str,
)
def test_the_slope_told_by_the_function_itself(f, told):
    d = differentiate(f, x)
    (step,) = [step for step in d.steps if step.rule == "itself"]
    assert str(step.after) == told
    ((name, stands_for),) = step.names
    put_in = unfold(step.after).xreplace({name: stands_for})
    for point in (Rational(-7, 3), Rational(1, 5), Rational(9, 4)):
        values = {x: point, alpha: Rational(3, 2)}
        assert abs((put_in - diff(f, x)).subs(values).evalf(30)) < 1e-25


def test_a_slope_of_the_slope_is_not_told_by_f():
    """There f would mean the slope."""
    for f in (exp(x), log(1 + exp(x)), alpha * (exp(x) - 1)):
        assert not [step for step in differentiate(f, x, order=2).steps if step.rule == "itself"]


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (Max(0, x), [(0, 0, 1, "kink")]),
        (Max(0, x) ** 2, [(0, 0, 0, "smooth")]),
        (Abs(x), [(0, -1, 1, "kink")]),
        (Piecewise((0, x < 0), (1, True)), [(0, 0, 0, "jump")]),
        (x * Min(Max(x + 3, 0), 6) / 6, [(-3, 0, Rational(-1, 2), "kink"), (3, Rational(3, 2), 1, "kink")]),
        (x / (1 + Abs(x)), [(0, 1, 1, "smooth")]),
        (sqrt(Abs(x)), [(0, -oo, oo, "vertical")]),
        (sign(x) * x, [(0, -1, 1, "kink")]),
    ],
    ids=str,
)
def test_joins(f, expected):
    d = differentiate(f, x)
    assert [(j.location, j.left_slope, j.right_slope, j.kind) for j in d.joins] == expected
    d.check()


@pytest.mark.parametrize(
    "f",
    [
        Max(x**3 - x - 1, 0),
        Max(x**5 - x - 1, 0),
        Abs(x**2 - 3),
        Piecewise((x * log(x + 4), x < sqrt(2) + pi), (tanh(x) ** 2, True)),
        Piecewise((x / E, x < E), (log(x), True)),
    ],
    ids=str,
)
def test_joins_at_irrational_breakpoints_are_checked(f):
    d = differentiate(f, x)
    assert d.joins
    for join in d.joins:
        assert join.check.enough
        here = f.subs(x, join.location + Rational(1, 10**12)) - join.right_limit
        assert abs((here * 10**12 - join.right_slope).evalf(30)) < 1e-9


def test_no_value_is_claimed_at_a_kink_and_the_slope_is_at_a_smooth_join():
    assert differentiate(Max(0, x), x).result.subs(x, 0) is nan
    assert differentiate(x / (1 + Abs(x)), x).result.subs(x, 0) == 1


def test_a_wrong_step_cannot_be_built():
    with pytest.raises(DerivationError, match="a step is wrong at x ="):
        Step("tanh", standing(tanh(x), x), 1 + tanh(x) ** 2, variable=x)
    with pytest.raises(DerivationError):
        Step("exp", standing(exp(x), x), exp(x) * (1 + Rational(1, 10**30)), variable=x)


def test_breakpoints_that_depend_on_parameters_are_named_as_not_looked_at():
    low, high = Symbol("low", real=True), Symbol("high", real=True)
    d = differentiate(Min(Max(x, low), high), x)
    assert not d.joins_decided
    assert d.joins == ()
    d.check()


def test_a_switching_function_may_change_its_sign_at_a_pole():
    d = differentiate(Max(pi / x, 1), x)
    assert [(j.location, j.kind) for j in d.joins] == [(0, "undefined"), (pi, "kink")]
    assert d.result.subs(x, -1) == 0


def test_a_piece_outside_the_domain_is_left_out():
    d = differentiate(Max(1, acos(x)), x)
    assert [(j.location, j.kind) for j in d.joins] == [(-1, "end"), (cos(1), "kink"), (1, "end")]
    assert d.result.subs(x, 2) is nan
    with pytest.raises(UnsupportedExpressionError, match="no real value anywhere"):
        differentiate(Abs(1 / x + acos(2)), x)


def test_points_are_found_in_a_narrow_domain_far_out():
    for f in (asin(100 * x - 350), log(x - 1000), sqrt(Rational(1, 10**6) - x**2)):
        assert all(step.check.enough for step in differentiate(f, x).walk())


def test_too_few_points_are_said():
    step = differentiate(log(-(x**2) - 1), x).steps[0]
    assert not step.check.enough
    assert "0 points (fewer than 4 in a piece)" in str(step.check)


def test_second_derivative():
    d = differentiate(log(1 + exp(x)), x, order=2)
    assert d.order == 2
    assert d.known_form == sigma(x) * (1 - sigma(x))
    assert d.previous is not None
    d.check()


def test_rows_flatten_to_three_grains():
    d = differentiate(1 / (1 + exp(-x)), x)
    counts = [len(d.rows(detail)) for detail in ("brief", "normal", "full")]
    assert counts == sorted(counts)
    assert counts[0] == 3
    depth, rule, before, _after, check = d.rows("brief")[0]
    assert (depth, rule, before) == (0, "reciprocal", standing(1 / (1 + exp(-x)), x))
    assert str(check) == "proved; 4 points to 50 digits"
    with pytest.raises(UsageError, match="unknown detail"):
        d.rows("verbose")
