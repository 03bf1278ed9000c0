"""What the catalogue says of PyTorch, Keras and JAX, against the installed frameworks.

Values on a grid, gradients by each framework's own differentiation off the breakpoints and at them,
and defaults by reading the signatures. Keras is run on its JAX backend.
"""

import inspect
import os
from dataclasses import dataclass
from typing import Any

import pytest
from sympy import Rational, S

from symnet.calculus.differentiate import differentiate
from symnet.calculus.pieces import split
from symnet.definitions.activation import Activation, Api, Parameter, activations
from symnet.definitions.vector_activation import vector_activations

os.environ.setdefault("KERAS_BACKEND", "jax")
GRID = [Rational(k, 7) for k in range(-45, 46, 4)] + [Rational(-39, 2), Rational(39, 2)]


@dataclass
class Framework:
    """One framework: how to find a function, call it and differentiate it."""

    name: str
    tolerance: float

    def signature(self, api: Api) -> inspect.Signature:
        return inspect.signature(self.home(api))

    def home(self, api: Api) -> Any:
        if self.name == "torch":
            return getattr(pytest.importorskip("torch").nn, api.name)
        if self.name == "keras":
            pytest.importorskip("jax")
            keras = pytest.importorskip("keras")
            if keras.backend.backend() != "jax":
                pytest.skip("these tests run Keras on its JAX backend")
            return getattr(keras.activations, api.name)
        return getattr(pytest.importorskip("jax").nn, api.name)

    def value_and_slope(self, activation: Activation, api: Api, x: float, **parameters: float) -> tuple[float, float]:
        """f(x) and the gradient that the framework returns, with its own defaults unless parameters are given."""
        words = {api.arguments.get(key, key): value for key, value in parameters.items()} | dict(api.fixed)
        if self.name == "torch":
            import torch

            module = self.home(api)(**words).to(torch.float64).eval()
            point = torch.tensor([x], dtype=torch.float64, requires_grad=True)
            value = module(point)
            (slope,) = torch.autograd.grad(value.sum(), point)
            return value.detach().item(), slope.item()
        import jax

        value, slope = jax.value_and_grad(lambda t: self.home(api)(t, **words))(x)
        return float(value), float(slope)

    def vector(self, api: Api, x: list[float]) -> tuple[list[float], list[list[float]]]:
        """The outputs of a vector function along its last axis, and its Jacobian."""
        for package in ("jax", "keras") if self.name == "keras" else (self.name,):
            pytest.importorskip(package)
        if self.name == "torch":
            import torch

            module = self.home(api)(dim=-1)
            point = torch.tensor(x, dtype=torch.float64)
            return module(point).tolist(), torch.autograd.functional.jacobian(module, point).tolist()
        import jax
        import jax.numpy as jnp

        function, point = lambda t: jnp.atleast_1d(self.home(api)(t)), jnp.array(x)
        return function(point).tolist(), jax.jacobian(function)(point).tolist()


HANDS = {"torch": Framework("torch", 1e-12), "keras": Framework("keras", 3e-6), "jax": Framework("jax", 3e-6)}
EVERY = [
    pytest.param(a, framework, id=f"{a.name}-{framework}", marks=getattr(pytest.mark, framework))
    for a in activations
    for framework in a.apis
]


def parameters_taken(hand: Framework, activation: Activation, api: Api) -> list[Parameter]:
    """The parameters that the framework's function lets a caller choose."""
    words = hand.signature(api).parameters
    return [p for p in activation.parameters if api.arguments.get(p.name, p.name) in words]


def with_framework_defaults(hand: Framework, activation: Activation, api: Api) -> tuple[Activation, dict[str, float]]:
    """The activation at the framework's defaults, and the words to pass for those that have none."""
    values = {p.name: api.defaults.get(p.name, p.default) for p in activation.parameters}
    signature = hand.signature(api).parameters
    words = {
        p.name: float(p.read(p.default))
        for p in parameters_taken(hand, activation, api)
        if signature[api.arguments.get(p.name, p.name)].default is inspect.Parameter.empty
    }
    return activation.with_parameters(**values), words


@pytest.mark.parametrize(("activation", "framework"), EVERY)
def test_defaults_are_the_framework_s(activation, framework):
    api, hand = activation.apis[framework], HANDS[framework]
    words = hand.signature(api).parameters
    for parameter in activation.parameters:
        word = words.get(api.arguments.get(parameter.name, parameter.name))
        if word is None or word.default is inspect.Parameter.empty:
            assert parameter.name not in api.defaults
            continue
        assert float(parameter.read(api.defaults.get(parameter.name, parameter.default))) == word.default
    for word in (*filter(None, api.arguments.values()), *api.fixed):
        assert word in words, f"{framework} {api.name} has no argument {word}"


@pytest.mark.parametrize(("activation", "framework"), EVERY)
def test_values_and_slopes_off_the_breakpoints(activation, framework):
    api, hand = activation.apis[framework], HANDS[framework]
    fixed, words = with_framework_defaults(hand, activation, api)
    slope = differentiate(fixed.expression, fixed.variable).result
    breakpoints = [b.location for b in split(fixed.expression, fixed.variable).breakpoints]
    for x in GRID:
        if x in breakpoints:
            continue
        value, gradient = hand.value_and_slope(fixed, api, float(x), **words)
        expected = float(fixed.expression.subs(fixed.variable, x).evalf(30))
        expected_slope = float(slope.subs(fixed.variable, x).evalf(30))
        loose = 1e-8 if (activation.name, framework) == ("softplus", "torch") else hand.tolerance
        assert value == pytest.approx(expected, rel=loose, abs=loose), x
        assert gradient == pytest.approx(expected_slope, rel=max(loose, 1e-8), abs=max(loose, 1e-8)), x


def expected_at_kinks(activation: Activation, api: Api) -> list[tuple[float, float]]:
    """(location, gradient) at every breakpoint where f is not differentiable, as the catalogue declares it."""
    found = [j for j in differentiate(activation.expression, activation.variable).joins if j.kind != "smooth"]
    if not found:
        return []
    words = api.at_kink if isinstance(api.at_kink, tuple) else (api.at_kink,) * len(found)
    assert len(words) == len(found)
    gradients = []
    for join, word in zip(found, words, strict=True):
        mean = (join.left_slope + join.right_slope) / 2
        pick = {"left": join.left_slope, "right": join.right_slope, "mean": mean}.get(word)
        gradients.append((float(join.location), float(S(word) if pick is None else pick)))
    return gradients


@pytest.mark.parametrize(("activation", "framework"), EVERY)
def test_gradients_at_the_kinks(activation, framework):
    api, hand = activation.apis[framework], HANDS[framework]
    kinks = 0
    for scale in (1, 2):
        values = {p.name: scale * p.read(p.default) for p in parameters_taken(hand, activation, api)}
        fixed = activation.with_parameters(**values).at_defaults()
        words = {name: float(value) for name, value in values.items()}
        for x, gradient in expected_at_kinks(fixed, api):
            kinks += 1
            _, found = hand.value_and_slope(fixed, api, x, **words)
            assert found == pytest.approx(gradient, rel=1e-6, abs=1e-7), x
    assert (kinks > 0) == (api.at_kink is not None)


VECTORS = [
    pytest.param(v, framework, id=f"{v.name}-{framework}", marks=getattr(pytest.mark, framework))
    for v in vector_activations
    for framework in v.apis
]


@pytest.mark.parametrize(("activation", "framework"), VECTORS)
def test_vector_values_and_jacobians(activation, framework):
    function, matrix = activation.at(n=2), activation.jacobian(n=2)
    numbers = [Rational(3, 10), Rational(-4, 5), Rational(9, 10), Rational(-2, 5)][: len(function.inputs)]
    point = dict(zip(function.inputs, numbers, strict=True))
    expected = [float(y.subs(point)) for y in function.outputs]
    expected_jacobian = [[float(entry) for entry in row] for row in matrix.subs(point).tolist()]
    values, found = HANDS[framework].vector(activation.apis[framework], [float(number) for number in numbers])
    tolerance = HANDS[framework].tolerance
    assert values == pytest.approx(expected, rel=tolerance)
    for row, expected_row in zip(found, expected_jacobian, strict=True):
        assert row == pytest.approx(expected_row, rel=tolerance, abs=tolerance)


@pytest.mark.keras
def test_keras_sparsemax_is_wrong_as_noted():
    """Keras adds up the cumulative sums of the support instead of taking the last one."""
    sparsemax = vector_activations["sparsemax"]
    x = sparsemax.at(n=2).inputs
    exact = [y.subs(dict(zip(x, (Rational(3, 10), Rational(-3, 5)), strict=True))) for y in sparsemax.at(n=2).outputs]
    assert exact == [Rational(19, 20), Rational(1, 20)]
    values, _ = HANDS["keras"].vector(sparsemax.apis["keras"], [0.3, -0.6])
    assert sum(values) == pytest.approx(0.8), "Keras has changed: remove the note on sparsemax"
    assert "do not sum to 1" in sparsemax.apis["keras"].note
