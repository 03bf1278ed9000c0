"""Programs take numbers as they lie in memory: strided, reversed, transposed, read-only, in the other byte order, in blocks, none at all."""

import numpy as np
import pytest

from symnet.codegen.program import compile_network
from symnet.definitions.network import MLP

RANDOM = np.random.default_rng(5)
X, Y = RANDOM.normal(size=(70, 6)), RANDOM.normal(size=(70, 3))
NETWORK = MLP((6, 4, 3), "sigmoid")
VALUES = {p.name: RANDOM.normal(size=p.shape) for p in NETWORK.parameter_records}

LAYOUTS = {
    "strided": lambda a: np.repeat(np.repeat(a, 3, axis=0), 2, axis=-1)[::3, ::2],
    "reversed": lambda a: np.ascontiguousarray(a[::-1, ::-1])[::-1, ::-1],
    "columns": np.asfortranarray,
    "read-only": lambda a: np.lib.stride_tricks.as_strided(a, writeable=False),
    "other byte order": lambda a: a.astype(a.dtype.newbyteorder()),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rows", [0, 1, 2, 70])
def test_any_layout_of_x_and_y(layout, dtype, rows):
    program = compile_network(NETWORK, "mean_squared_error")
    x, y, change = X[:rows].astype(dtype), Y[:rows].astype(dtype), LAYOUTS[layout]
    tolerance = 1e-5 if dtype == np.float32 else 1e-13
    result = program(change(x), VALUES)
    np.testing.assert_allclose(result, program(x, VALUES), rtol=tolerance)
    assert result.dtype.isnative
    if rows:
        loss, gradient = program.loss_and_gradient(change(x), change(y), VALUES)
        wanted, slopes = program.loss_and_gradient(x, y, VALUES)
        assert loss == pytest.approx(wanted, rel=tolerance)
        for name, slope in slopes.items():
            np.testing.assert_allclose(gradient[name], slope, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", ["layers.1.weight", "layers.2.weight"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_layout_of_a_weight(name, layout):
    program = compile_network(NETWORK, "mean_squared_error")
    moved = VALUES | {name: LAYOUTS[layout](VALUES[name])}
    for rows in (1, 70):
        np.testing.assert_allclose(program(X[:rows], moved), program(X[:rows], VALUES), rtol=1e-13)
        loss, gradient = program.loss_and_gradient(X[:rows], Y[:rows], moved)
        wanted, slopes = program.loss_and_gradient(X[:rows], Y[:rows], VALUES)
        assert loss == pytest.approx(wanted, rel=1e-13)
        np.testing.assert_allclose(gradient[name], slopes[name], rtol=1e-12, atol=1e-15)


def test_gradients_against_central_differences():
    program = compile_network(NETWORK, "mean_squared_error", dtype=np.float64)
    for rows in (1, 7):
        _, gradient = program.loss_and_gradient(X[:rows], Y[:rows], VALUES)
        for name, slope in gradient.items():
            place = tuple(RANDOM.integers(0, size) for size in slope.shape)
            ends = []
            for step in (1e-5, -1e-5):
                moved = {k: v.copy() for k, v in VALUES.items()}
                moved[name][place] += step
                ends.append(program.loss_and_gradient(X[:rows], Y[:rows], moved)[0])
            assert slope[place] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-6, abs=1e-9)
