"""Vector activations: outputs, Jacobians and every declared fact, each verified by computing."""

from itertools import combinations
from random import Random

import numpy as np
import pytest
from sympy import MatrixSymbol, Max, Piecewise, Rational, exp, lambdify, log, simplify

from symnet.calculus.jacobian import steps
from symnet.calculus.rational import vanishes
from symnet.definitions.entries import entry, scalar_symbol
from symnet.definitions.layers.maxout import Maxout
from symnet.definitions.layers.softmax import Softmax
from symnet.definitions.vector_activation import vector_activations
from symnet.errors import DataError, ShapeError, UnknownNameError

every = pytest.mark.parametrize("activation", list(vector_activations), ids=lambda v: v.name)
FACTS = [pytest.param(v, f, id=f"{v.name}-{f.property}") for v in vector_activations for f in v.facts]


def numbers(activation, seed, **sizes):
    """The function at a fixed size as a program, and seeded rational inputs and parameters."""
    function, random = activation.at(**sizes), Random(seed)
    program = lambdify([*function.inputs, *function.parameters], function.outputs, "mpmath")
    inputs = [Rational(random.randint(-40, 40), 13) + Rational(k, 101) for k, _ in enumerate(function.inputs)]
    drawn = [Rational(random.randint(-40, 40), 17) for _ in function.parameters]
    parameters = [abs(v) + 1 if p.is_positive else v for v, p in zip(drawn, function.parameters, strict=True)]
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
    elif activation.name in ("sparsemax", "entmax15"):
        assert all(0 <= v <= 1 for v in y)
        assert f([9, 0]) == [1, 0]
    elif activation.name == "logsumexp":
        assert max(x) < y[0] <= max(x) + log(len(x))
        assert f([2] * len(x))[0] == pytest.approx(2 + float(log(len(x))))
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
    elif activation.name == "gumbel_softmax":
        (tau,) = parameters
        assert norm <= 1 / (2 * tau) + 1e-12
        assert _spectral(activation, [1, 1], parameters) == pytest.approx(float(1 / (2 * tau)))
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
    if activation.name == "entmax15":
        _, x, _ = numbers(activation, seed)
        matrix = activation.jacobian().subs(dict(zip(activation.at().inputs, x, strict=True))).evalf()
        assert [float(sum(row)) for row in matrix.tolist()] == pytest.approx([0, 0], abs=1e-12)
        return
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
    elif activation.name == "entmax15":  # the slopes on both sides of the change of the support agree
        f, h = numbers(activation, seed)[0], 1e-5
        for x in (2, -2):
            left, right = ((f([x + s * h, 0])[0] - f([x, 0])[0]) / (s * h) for s in (-1, 1))
            assert left == pytest.approx(right, abs=1e-4)
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


def _translation(activation, seed):
    f, x, _ = numbers(activation, seed)
    assert f([v + Rational(7, 3) for v in x]) == pytest.approx([y + 7 / 3 for y in f(x)])


VERIFY = {
    "translation": _translation,
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


def test_entmax_of_three_scores_solves_its_equation():
    """Σ max(xᵢ/2 − τ, 0)² = 1 at the τ that the largest output gives, and every output is its summand."""
    f, _, _ = numbers(vector_activations["entmax15"], 0, n=3)
    for x in ([1, 1, 1], [5, 1, 0], [1, 0.5, -3], [1, 0.3, -0.2], [0.1, 2.05, 0], [0, 0, 9]):
        y = f(x)
        tau = max(x) / 2 - max(y) ** 0.5
        assert sum(y) == pytest.approx(1)
        assert y == pytest.approx([max(v / 2 - tau, 0) ** 2 for v in x])


@pytest.mark.parametrize("n", [2, 3])
def test_entmax_jacobian_has_its_declared_form(n):
    entmax, x = vector_activations["entmax15"], [Rational(3, 4), Rational(-1, 5), Rational(-2)][:n]
    point = dict(zip(entmax.at(n=n).inputs, x, strict=True))
    s = [float(y.subs(point)) ** 0.5 for y in entmax.at(n=n).outputs]
    exact = entmax.jacobian(n=n).subs(point).evalf()
    for i in range(n):
        for j in range(n):
            assert float(exact[i, j]) == pytest.approx((i == j) * s[i] - s[i] * s[j] / sum(s), abs=1e-12)


@every
def test_calling_it_gives_the_declared_outputs(activation):
    f, x, parameters = numbers(activation, 3)
    values = activation([float(v) for v in x], [float(v) for v in parameters])
    assert values.tolist() == pytest.approx(f(x), rel=1e-13, abs=1e-300)


def test_calling_it_never_overflows_and_keeps_kind_and_shape():
    softmax = vector_activations["softmax"]
    assert softmax([1000, 0, -1000]).tolist() == [1, 0, 0]
    assert vector_activations["log_softmax"]([1000.0, 0.0]).tolist() == [0, -1000]
    assert vector_activations["logsumexp"]([1e6, 1e6]).tolist() == [1e6 + float(log(2))]
    many = softmax(np.zeros((2, 3, 4), dtype=np.float32))
    assert (many.shape, many.dtype) == ((2, 3, 4), np.float32)
    assert vector_activations["sparsemax"]([1, 1, 1]).tolist() == [1 / 3] * 3
    assert vector_activations["glu"]([[1, 2, 0, 0]]).tolist() == [[0.5, 1]]
    assert vector_activations["maxout"]([1, 2], [1, 0, 0, 1, 0, 0.5]).tolist() == [2.5]


@pytest.mark.parametrize(
    ("name", "x", "parameters", "message"),
    [
        ("softmax", 3, (), "takes a vector, got a single number"),
        ("softmax", [], (), "takes a vector; got 0 numbers"),
        ("softmax", [1, float("nan")], (), "finite real numbers"),
        ("softmax", [1, float("inf")], (), "finite real numbers"),
        ("softmax", ["a"], (), "finite real numbers"),
        ("softmax", [[1], [1, 2]], (), "rows of one length"),
        ("glu", [1, 2, 3], (), "2 vectors of one length"),
        ("maxout", [1, 2], (), r"has 6 parameters \(w_1_1, w_1_2, w_2_1, w_2_2, …\), got 0"),
        ("gumbel_softmax", [1, 2], [-1], "tau of gumbel_softmax must be positive"),
    ],
)
def test_calling_it_with_what_does_not_fit(name, x, parameters, message):
    with pytest.raises((ShapeError, DataError), match=message):
        vector_activations[name](x, parameters)


def test_the_layers_compute_the_declarations():
    """The exact entries of a softmax and of a maxout layer are the outputs declared here."""
    z, x = MatrixSymbol("z", 3, 1), MatrixSymbol("x", 2, 1)
    softmax = vector_activations["softmax"].at(n=3)
    renamed = {s: scalar_symbol(z, i, 0) for i, s in enumerate(softmax.inputs)}
    (equation,) = Softmax(3).equations(1, z)
    assert [entry(equation.expression, i) for i in range(3)] == [y.xreplace(renamed) for y in softmax.outputs]
    layer, maxout = Maxout(2, 1, pieces=3), vector_activations["maxout"].at(n=2, k=3)
    weights, biases = (
        [p.symbol for p in layer.parameters(1)][:3],
        [p.symbol for p in layer.parameters(1)][3:],
    )
    letters = [scalar_symbol(x, i, 0) for i in range(2)]
    letters += [scalar_symbol(W, 0, i) for W in weights for i in range(2)] + [scalar_symbol(b, 0, 0) for b in biases]
    renamed = dict(zip((*maxout.inputs, *maxout.parameters), letters, strict=True))
    *affine, last = layer.equations(1, x)
    whole = last.expression.xreplace({e.symbol: e.expression for e in affine})
    assert entry(whole, 0) == maxout.outputs[0].xreplace(renamed)
