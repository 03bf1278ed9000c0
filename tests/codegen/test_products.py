"""Products of many rows, a few at a time: the same numbers as one product."""

from __future__ import annotations

import numpy as np
import pytest

from symnet.codegen.kernels import products
from symnet.codegen.program import LAID_OUT, compile_network
from symnet.definitions.network import MLP


@pytest.mark.parametrize("n", [1, 33, 127, 128, 129, 160])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("small", [True, False])
def test_stacks_give_the_product(n, dtype, small, monkeypatch) -> None:
    """Whole numbers, so that every order of summation is exact; rows with and without gaps, both orders of w."""
    monkeypatch.setattr(products, "SMALL_PRODUCTS", small)
    random = np.random.default_rng(n)
    wide = random.integers(-9, 9, (2 * n, 14)).astype(dtype)
    w = random.integers(-9, 9, (7, 5)).astype(dtype)
    for a in (np.ascontiguousarray(wide[:n, :7]), wide[::2, 3:10], np.asfortranarray(wide[:n, :7])):
        for right in (w, np.asfortranarray(w)):
            out = np.full((n, 5), np.nan, dtype)
            products.matmul_by_rows(a, right, out)
            np.testing.assert_array_equal(out, np.einsum("ij,jk->ik", a, right))


def test_only_narrow_products_are_cut() -> None:
    assert products.pays(784, 16)
    assert products.pays(64, 128)
    assert not products.pays(784, 128)
    assert not products.pays(10, 10)


def test_a_wide_first_layer_computes_the_same_with_and_without_stacks(monkeypatch) -> None:
    network = MLP([784, 16, 3], "sigmoid")
    random = np.random.default_rng(1)
    values = {r.name: random.normal(size=r.shape) * 0.1 for r in network.parameter_records}
    x, y = random.normal(size=(LAID_OUT + 5, 784)), random.normal(size=(LAID_OUT + 5, 3))
    program = compile_network(network, "half_squared")
    assert "matmul_by_rows(X, W_1_T, Z_1)" in program.source
    found = []
    for small in (True, False):
        monkeypatch.setattr(products, "SMALL_PRODUCTS", small)
        found.append(program.loss_and_gradient(x, y, values))
    (loss, gradient), (again, slopes) = found
    assert loss == pytest.approx(again, rel=1e-13)
    for name in gradient:
        np.testing.assert_allclose(gradient[name], slopes[name], rtol=1e-10, atol=1e-14)
