"""Relations to siblings and distances from them, against mpmath at points that no filter saw."""

import mpmath
import pytest
from agreement.evaluation import evaluator

from symnet.analysis import analyse
from symnet.analysis.extras.identity import equal
from symnet.analysis.reflection import Answer
from symnet.balls.work import Budget
from symnet.definitions.expression import read
from symnet.definitions.spelling import to_text

POINTS = [mpmath.mpf(k) / 7 + mpmath.mpf(1) / 1013 for k in range(-45, 46, 3)]


def extras(text):
    return analyse(text, extras=True).facts


def expanded(text):
    """The second reader, of the text without names of the catalogue."""
    return evaluator(to_text(read(text).tree))


def relations(text):
    return {(r["left"], r["right"]) for r in extras(text)["relations"].value}


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("tanh(x)", "f(x)", "2*sigmoid(2*x) - 1"),
        ("x/(1+exp(-x))", "f(x)", "x*sigmoid(x)"),
        ("x/(1+exp(-x))", "f(x)", "x*softplus'(x)"),
        ("log(1+exp(x))", "f'(x)", "sigmoid(x)"),
        ("1/(1+exp(-x))", "f(x)", "softplus'(x)"),
        ("x*tanh(log(1+exp(x)))", "f(x)", "x*tanh(softplus(x))"),
        ("min(max(x,-1),1)", "f(x)", "2*hard_sigmoid(3*x) - 1"),
        ("x*min(max(x+3,0),6)/6", "f(x)", "x*hard_sigmoid(x)"),
        ("max(0,x)", "f'(x)", "step(x)"),
        ("1/(1+exp(-3*x))", "f(x)", "sigmoid(3*x)"),
    ],
)
def test_found(text, left, right):
    assert (left, right) in relations(text)


@pytest.mark.parametrize("text", ["tanh(x)", "x/(1+exp(-x))", "max(x/10,x)", "x*tanh(x)", "abs(x)", "x^2", "cos(x)"])
def test_true_everywhere(text):
    """Both sides by the second reader; a derivative by a difference quotient."""
    f = evaluator(text)
    found = relations(text)
    assert found
    with mpmath.workdps(40):
        h = mpmath.mpf(10) ** -15
        for left, right in found:
            if "'" in right:
                name = right.partition("'")[0].rpartition("*")[2].strip()
                g = expanded(f"{name}(x)")
                slope = {x: mpmath.nstr((g(x + h) - g(x - h)) / (2 * h), 35) for x in POINTS}
                sides = [(x, evaluator(right.replace(f"{name}'(x)", "D"), "x", D=slope[x])(x)) for x in POINTS]
            else:
                sides = [(x, expanded(right)(x)) for x in POINTS]
            for x, other in sides:
                own = (f(x + h) - f(x - h)) / (2 * h) if "'" in left else f(x)
                assert abs(own - other) < 1e-14 * (1 + abs(own))


def test_three_answers():
    def answer(a, b):
        return equal(read(a).tree, read(b).tree, Budget(10**5))

    assert answer("abs(x)", "max(x,-x)") is Answer.YES
    assert answer("sqrt(x)^2", "x") is Answer.YES, "wherever the left side is defined"
    assert answer("x", "sqrt(x)^2") is Answer.NO
    assert answer("tanh(x)", "tanh(x)+10^(-40)") is Answer.NO
    assert answer("Heaviside(x)", "(1+sign(x))/2") is Answer.YES
    assert answer("step(x)", "Heaviside(x)") is Answer.NO, "they differ at 0 only"


def test_a_relation_that_only_looks_true_is_not_listed():
    """Equal to eleven digits at every sampled point, and not equal."""
    assert ("f(x)", "tanh(x)") not in relations("tanh(x) + 10^(-13)*x^2/(1+x^2)")


REFLECTED = [
    ("log(1+exp(x))", "f(x) - f(-x)", "x"),
    ("1/(1+exp(-x))", "f(x) + f(-x)", "1"),
    ("max(0,x)", "f(x) - f(-x)", "x"),
    ("exp(x)", "f(x)*f(-x)", "1"),
    ("(x+sqrt(x^2+4))/2", "f(x)*f(-x)", "1"),
]


@pytest.mark.parametrize(("text", "left", "right"), REFLECTED)
def test_reflections(text, left, right):
    assert {"left": left, "right": right} in extras(text)["reflection_identities"].value


@pytest.mark.parametrize("text", ["x*tanh(log(1+exp(x)))", "exp(x)+x^3", "step(x)"])
def test_no_reflection(text):
    assert extras(text)["reflection_identities"].value == []


def test_idempotence_by_composition():
    assert extras("abs(x)")["idempotence"].value is True
    assert extras("step(x)")["idempotence"].value is False
    assert extras("-abs(x)")["idempotence"].value is True
    assert extras("x^2")["idempotence"].value is False


@pytest.mark.parametrize("text", ["1/(1+exp(-x))", "tanh(x)", "x/(1+exp(-x))", "max(0,x)", "log(1+exp(x))"])
def test_distance_by_sampling(text):
    f, found = evaluator(text), extras(text)["sibling_distances"].value
    assert found
    with mpmath.workdps(40):
        for record in found:
            g, claimed = expanded(f"{record['sibling']}(x)"), mpmath.mpf(record["value"])
            gaps = [abs(f(mpmath.mpf(k) / 50) - g(mpmath.mpf(k) / 50)) for k in range(-1000, 1001)]
            assert claimed - 1e-3 <= max(gaps) <= claimed * (1 + mpmath.mpf(10) ** -30)
            for at in record["at"]:
                assert abs(abs(f(mpmath.mpf(at)) - g(mpmath.mpf(at))) - claimed) < mpmath.mpf(10) ** -30
