"""Vector activations: outputs, Jacobians and every declared fact, each verified by computing."""

from itertools import combinations
from random import Random

import pytest
from sympy import Max, Piecewise, Rational, exp, lambdify, simplify

from symnet.calculus.jacobian import steps
from symnet.calculus.rational import vanishes
from symnet.definitions.vector_activation import vector_activations
from symnet.errors import ShapeError, UnknownNameError

every = pytest.mark.parametrize("activation", list(vector_activations), ids=lambda v: v.name)
FACTS = [pytest.param(v, f, id=f"{v.name}-{f.property}") for v in vector_activations for f in v.facts]


def numbers(activation, seed, **sizes):
    """The function at a fixed size as a program, and seeded rational inputs and parameters."""
    function, random = activation.at(**sizes), Random(seed)
    program = lambdify([*function.inputs, *function.parameters], function.outputs, "mpmath")
    inputs = [Rational(random.randint(-40, 40), 13) + Rational(k, 101) for k, _ in enumerate(function.inputs)]
    parameters = [Rational(random.randint(-40, 40), 17) for _ in function.parameters]
    return lambda x: [float(y) for y in program(*map(float, x), *map(float, parameters))], inputs, parameters


@every
def test_jacobian_entries_are_checked_and_agree_with_differences(activation):
    function = activation.at()
    for row in steps(activation):
        assert all(step.check.enough for step in row)
    f, x, parameters = numbers(activation, 1)
    point = dict(zip((*function.inputs, *function.parameters), (*x, *parameters), strict=True))
    exact = activation.jacobian().subs(point).evalf()
    h = 1e-6
    for j in range(len(x)):
        up, down = ([float(v) + s * h * (k == j) for k, v in enumerate(x)] for s in (1, -1))
        for i, (a, b) in enumerate(zip(f(up), f(down), strict=True)):
            assert float(exact[i, j]) == pytest.approx((a - b) / (2 * h), abs=1e-8)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_softmax_family_jacobians_have_their_known_form(n):
    softmax, log_softmax, softmin = (vector_activations[name] for name in ("softmax", "log_softmax", "softmin"))
    p, q = softmax.at(n=n).outputs, softmin.at(n=n).outputs
    for i in range(n):
        for j in range(n):
            delta = int(i == j)
            assert vanishes(softmax.jacobian(n=n)[i, j] - p[i] * (delta - p[j]))
            assert vanishes(log_softmax.jacobian(n=n)[i, j] - (delta - p[j]))
            assert vanishes(softmin.jacobian(n=n)[i, j] + q[i] * (delta - q[j]))


@pytest.mark.parametrize(("activation", "fact"), FACTS)
def test_fact(activation, fact):
    """Every declared fact has its own verification, on seeded inputs."""
    for seed in range(6):
        VERIFY[fact.property](activation, seed)


def _shift(activation, seed):
    f, x, _ = numbers(activation, seed)
    assert f(x) == pytest.approx(f([v + Rational(7, 3) for v in x]), abs=1e-12)


def _range(activation, seed):
    f, x, parameters = numbers(activation, seed)
    y = f(x)
    if activation.name == "maxout":  # along a direction that lowers every map it falls, else it is bounded below
        w, v = ([float(c) for c in parameters[k : k + 2]] for k in (0, 2))
        lowers = w[0] * v[1] != w[1] * v[0]
        d = [-(w[0] / _norm(w) + v[0] / _norm(v)), -(w[1] / _norm(w) + v[1] / _norm(v))]
        assert not lowers or f([1e6 * c for c in d])[0] < -1e3
        assert f([1e6 * c for c in w])[0] > 1e3 or w == [0, 0]
    elif activation.name == "log_softmax":
        assert all(v < 0 for v in y)
    elif activation.name == "crelu":
        assert all(v >= 0 for v in y)
    elif activation.name == "sparsemax":
        assert all(0 <= v <= 1 for v in y)
        assert f([9, 0]) == [1, 0]
    else:
        assert all(0 < v < 1 for v in y)


def _order(activation, seed):
    f, x, _ = numbers(activation, seed)
    y, sign = f(x), -1 if activation.name == "softmin" else 1
    assert all((a > b) == (sign * (p - q) > 0) for (a, p), (b, q) in combinations(zip(x, y, strict=True), 2))


def _spectral(activation, x, parameters=()):
    import numpy as np

    function = activation.at(n=len(x)) if "k" not in activation.sizes else activation.at()
    point = dict(zip((*function.inputs, *function.parameters), (*x, *parameters), strict=True))
    matrix = activation.jacobian(**({"n": len(x)} if "k" not in activation.sizes else {})).subs(point)
    return float(np.linalg.norm(np.array(matrix.evalf().tolist(), dtype=float), 2))


def _lipschitz(activation, seed):
    _, x, parameters = numbers(activation, seed)
    norm = _spectral(activation, x, parameters)
    if activation.name == "softmax":
        assert norm <= 0.5 + 1e-12
        assert _spectral(activation, [1, 1]) == pytest.approx(0.5)
        assert _spectral(activation, [30, 30, 0]) == pytest.approx(0.5)
    elif activation.name == "maxout":
        assert norm <= max(_norm(parameters[0:2]), _norm(parameters[2:4])) + 1e-12
    elif activation.name == "crelu":
        assert norm == pytest.approx(1)
    else:
        assert norm <= 1 + 1e-12


def _norm(v):
    return float(sum(c * c for c in v)) ** 0.5


def _sum(activation, seed):
    f, x, _ = numbers(activation, seed)
    assert sum(f(x)) == pytest.approx(1)


def _ratio(activation, seed):
    f, x, _ = numbers(activation, seed)
    assert f(x)[0] / f(x)[1] == pytest.approx(float(exp(x[0] - x[1])))


def _singular(activation, seed):
    assert all(vanishes(sum(row)) for row in activation.jacobian(n=3).tolist())


def _exponential_sum(activation, seed):
    f, x, _ = numbers(activation, seed)
    assert sum(float(exp(y)) for y in f(x)) == pytest.approx(1)


def _convex(activation, seed, sign=1):
    f, x, _ = numbers(activation, seed)
    z = [Rational(Random(seed + k).randint(-50, 50), 11) for k in range(len(x))]
    middle = f([(a + b) / 2 for a, b in zip(x, z, strict=True)])
    for m, a, b in zip(middle, f(x), f(z), strict=True):
        assert sign * (m - (a + b) / 2) <= 1e-12


def _ties(activation, seed):
    if activation.name == "sparsemax":  # continuous where the support changes, with two slopes
        f = numbers(activation, seed)[0]
        assert f([1 - 1e-9, 0])[0] == pytest.approx(f([1 + 1e-9, 0])[0])
        assert f([1, 0])[0] - f([1 - 1e-3, 0])[0] == pytest.approx(5e-4)
        assert f([1 + 1e-3, 0])[0] == f([1, 0])[0]
    elif activation.name == "reglu":
        f = numbers(activation, seed)[0]
        b = 0.7
        assert f([1e-6, 1, b, 1])[0] / 1e-6 == pytest.approx(b)
        assert f([-1e-6, 1, b, 1])[0] == 0
    else:  # maxout: one-sided slopes along a direction are the largest and the smallest of the w·d
        function = activation.at()
        w, v, (b, c) = function.parameters[:2], function.parameters[2:4], function.parameters[4:]
        (y,) = function.outputs
        on_tie = y.subs({b: 0, c: 0, function.inputs[0]: 0, function.inputs[1]: 0})
        assert on_tie == 0
        t = 1e-6
        values = {w[0]: 2, w[1]: 1, v[0]: -1, v[1]: 3, b: 0, c: 0}
        slope = [
            float(y.subs(values).subs({function.inputs[0]: s * t, function.inputs[1]: 0})) / (s * t) for s in (1, -1)
        ]
        assert slope == pytest.approx([2, -1])


def _projection(activation, seed):
    f, x, _ = numbers(activation, seed)
    y = f(x)
    distance = sum((float(a) - b) ** 2 for a, b in zip(x, y, strict=True))
    for k in range(101):
        other = (k / 100, 1 - k / 100)
        assert distance <= sum((float(a) - b) ** 2 for a, b in zip(x, other, strict=True)) + 1e-12


def _relu(activation, seed):
    function = activation.at()
    (y,) = function.outputs
    w, v, (b, c) = function.parameters[:2], function.parameters[2:4], function.parameters[4:]
    affine = sum(p * q for p, q in zip(v, function.inputs, strict=True)) + c
    assert y.subs({w[0]: 0, w[1]: 0, b: 0}) == Max(0, affine)


def _universal(activation, seed):
    """On a fine grid the difference of two convex interpolants of a curve is its interpolant: a hat by three hinges."""
    hinge = lambda t: max(0.0, t)  # noqa: E731
    for k in range(-30, 31):
        x = k / 10
        hat = max(0.0, 1 - abs(x))
        assert hinge(x + 1) + hinge(x - 1) - 2 * hinge(x) == pytest.approx(hat)


def _gate(activation, seed):
    f, x, _ = numbers(activation, seed)
    y = f(x)
    if activation.name == "glu":
        assert all(abs(b) < abs(float(a)) for a, b in zip(x[:2], y, strict=True) if a != 0)
    else:
        assert all(
            (b == 0) if a <= 0 else b == pytest.approx(float(a * c)) for a, c, b in zip(x[:2], x[2:], y, strict=True)
        )


def _linear(activation, seed):
    f, x, _ = numbers(activation, seed)
    scaled = [3 * v for v in x[:2]] + x[2:] if activation.name == "glu" else x[:2] + [3 * v for v in x[2:]]
    assert f(scaled) == pytest.approx([3 * y for y in f(x)])


def _smooth(activation, seed):
    assert not any(y.has(Max, Piecewise) for y in activation.at().outputs)


def _information(activation, seed):
    f, x, _ = numbers(activation, seed)
    y = f(x)
    assert [y[0] - y[2], y[1] - y[3]] == pytest.approx([float(v) for v in x])


VERIFY = {
    "range": _range,
    "sum": _sum,
    "shift": _shift,
    "order": _order,
    "ratio": _ratio,
    "lipschitz": _lipschitz,
    "singular": _singular,
    "exponential_sum": _exponential_sum,
    "convexity": _convex,
    "concavity": lambda activation, seed: _convex(activation, seed, -1),
    "ties": _ties,
    "projection": _projection,
    "relu": _relu,
    "universal": _universal,
    "gate": _gate,
    "linear": _linear,
    "smooth": _smooth,
    "information": _information,
}


def test_softmax_of_two_scores_is_the_sigmoid_of_their_difference():
    x, y = vector_activations["softmax"].at(n=2).inputs
    assert simplify(vector_activations["softmax"].at(n=2).outputs[0] - 1 / (1 + exp(y - x))) == 0


def test_sparsemax_of_three_scores():
    function = vector_activations["sparsemax"].at(n=3)
    at = lambda *v: [y.subs(dict(zip(function.inputs, v, strict=True))) for y in function.outputs]  # noqa: E731
    assert at(1, 1, 1) == [Rational(1, 3)] * 3
    assert at(5, 1, 0) == [1, 0, 0]
    assert at(Rational(1, 2), Rational(1, 4), -3) == [Rational(5, 8), Rational(3, 8), 0]


@pytest.mark.parametrize(
    ("sizes", "message"),
    [({"k": 1}, "from 2"), ({"n": 0}, "from 1"), ({"n": True}, "whole number"), ({"m": 2}, "no size 'm'")],
)
def test_impossible_sizes(sizes, message):
    with pytest.raises(ShapeError, match=message):
        vector_activations["maxout"].at(**sizes)


def test_unknown_vector_activation():
    with pytest.raises(UnknownNameError, match="did you mean 'softmax'"):
        vector_activations["sofmax"]
