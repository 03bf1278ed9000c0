"""Forms for whole buffers: right wherever they are used, shared where they can be, refused where they are not."""

from __future__ import annotations

import numpy as np
import pytest

from symnet.codegen.compiled import compile
from symnet.codegen.form import X, operate
from symnet.codegen.inplace import chosen_forms, holds, known
from symnet.codegen.merge import TOP, agrees, beyond, value, weight
from symnet.definitions.activation import activations

SERVED = ["sigmoid", "tanh", "relu", "leaky_relu", "elu", "softplus", "silu", "identity"]


@pytest.mark.parametrize("name", SERVED)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_chosen_forms_equal_the_scalar_code_on_other_points(name, dtype) -> None:
    activation = activations[name].at_defaults()
    x = np.random.default_rng(7).normal(0, 30, 4000).astype(dtype)
    x = np.concatenate([x, x / 1000, np.array([0, 1, -1, 500, -500, 1e30, -1e30], dtype)])
    for order, form in enumerate(chosen_forms(((activation, 0), (activation, 1)))):
        assert form is not None
        got = value(form, x).astype(np.float64)
        wanted = np.asarray(compile(activation, order=order)(x), np.float64)
        near = np.maximum(np.abs(wanted), np.abs(compile(activation, order=order)((x * 0.8).astype(dtype))))
        assert (np.abs(got - wanted) <= 20 * np.finfo(dtype).eps * near + 20 * float(np.finfo(dtype).tiny)).all()


def test_sigmoid_and_its_derivative_share_one_exponential() -> None:
    activation = activations["sigmoid"].at_defaults()
    both = chosen_forms(((activation, 0), (activation, 1)))
    assert sum(node.operation == "exp" for node in {id(n): n for f in both for n in f.nodes()}.values()) == 1
    assert weight(*both) < 16


def test_wrong_and_overflowing_forms_are_refused() -> None:
    activation = activations["sigmoid"].at_defaults()
    truth = known(activation, 0)
    exponential = operate("exp", -X)
    naive = 1 / (1 + exponential)
    assert not agrees(naive, truth)  # exp overflows at −709
    clamped = 1 / (1 + operate("exp", -operate("maximum", X, -TOP)))
    assert agrees(clamped, truth)
    assert not agrees(clamped + clamped * 1, truth)
    slope = clamped * (1 - clamped)
    assert not holds(activation, 1, slope)  # 1 − σ loses every digit in the right tail


def test_functions_without_a_form_are_called() -> None:
    gelu = activations["gelu"].at_defaults()
    assert chosen_forms(((gelu, 0), (gelu, 1))) == (None, None)


def test_borders_are_said_with_the_rounder_neighbour() -> None:
    assert beyond(np.nextafter(3.0, 0)) == ("greater_equal", 3.0)
    assert beyond(-5e-324) == ("greater_equal", 0.0)
    assert beyond(0.0) == ("greater", 0.0)
