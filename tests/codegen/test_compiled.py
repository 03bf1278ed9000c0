"""The compiled object: dtypes, shapes, out, pickling, kinks, and clear errors."""

import pickle

import numpy as np
import pytest
import sympy

import symnet
from symnet.codegen.compiled import CompiledFunction, compile
from symnet.definitions.activation import activations
from symnet.errors import DataError, DefinitionError, SymnetError, UsageError

x = sympy.Symbol("x")


def test_dtype_and_shape_are_kept():
    gelu = compile("gelu")
    for dtype in (np.float32, np.float64):
        for shape in ((), (3,), (2, 0), (2, 3, 4)):
            result = gelu(np.zeros(shape, dtype))
            assert result.dtype == dtype
            assert result.shape == shape
    assert gelu(np.arange(3)).dtype == np.float64
    assert gelu([1, 2]).dtype == np.float64
    assert isinstance(gelu(1.0), np.float64)
    assert compile("gelu", dtype=np.float32)(np.ones(2)).dtype == np.float32


def test_constants_broadcast():
    result = compile("identity", order=1)(np.zeros((2, 3)))
    assert result.shape == (2, 3)
    assert (result == 1).all()
    assert compile(sympy.Integer(3))(np.zeros(4)).tolist() == [3.0] * 4


def test_out_and_views():
    relu = compile("relu")
    data = np.arange(-6.0, 6.0).reshape(3, 4)
    out = np.empty((4, 3))
    assert relu(data.T, out=out) is out
    assert np.array_equal(out, np.maximum(data.T, 0))
    strided = np.zeros((3, 8))
    relu(data, out=strided[:, ::2])
    assert np.array_equal(strided[:, ::2], np.maximum(data, 0))
    relu(data, out=data)
    assert (data >= 0).all(), "in place"
    with pytest.raises(SymnetError, match="shape"):
        relu(data, out=np.empty(3))


def test_the_argument_is_never_changed():
    for activation in activations:
        data = np.linspace(-50, 50, 101)
        before = data.copy()
        compile(activation)(data)
        assert np.array_equal(data, before), activation.name


def test_memory_maps_and_dask(tmp_path):
    path = tmp_path / "x.npy"
    np.save(path, np.linspace(-3, 3, 20_001))
    mapped = np.load(path, mmap_mode="r")
    expected = compile("mish")(np.asarray(mapped))
    assert np.array_equal(compile("mish")(mapped), expected)
    array = pytest.importorskip("dask.array")
    assert np.array_equal(compile("mish")(array.from_array(mapped, chunks=5000)).compute(), expected)


def test_pickling_stores_the_text_and_checks_it():
    gelu = compile("gelu")
    again = pickle.loads(pickle.dumps(gelu))
    points = np.linspace(-9, 9, 50)
    assert np.array_equal(again(points), gelu(points))
    state = gelu.__getstate__()
    state["source"] += "\n# changed"
    with pytest.raises(DataError, match="SHA-256"):
        CompiledFunction.__new__(CompiledFunction).__setstate__(state)


def test_calling_an_activation_is_compiling_it():
    points = np.linspace(-4, 4, 9)
    assert np.array_equal(activations["silu"](points), compile("silu")(points))
    assert np.array_equal(symnet.compile("silu")(points), compile("silu")(points))


@pytest.mark.parametrize(
    ("name", "at_kink", "expected"),
    [
        ("relu", None, 0.0),
        ("relu", "right", 1.0),
        ("relu", "mean", 0.5),
        ("leaky_relu", "torch", 0.1),
        ("leaky_relu", "jax", 1.0),
        ("leaky_relu", "left", 0.1),
        ("max(x, 0)", None, 0.5),
        ("abs(x)", None, 0.0),
        ("Piecewise((x, x > 0), (2*x, True))", None, 2.0),
        ("Piecewise((x, x >= 0), (2*x, True))", None, 1.0),
    ],
)
def test_what_a_kink_gives(name, at_kink, expected):
    function = compile(name, order=1, at_kink=at_kink)
    assert function(np.array([0.0, -0.0])).tolist() == [expected, expected]
    assert "At x = 0" in function.source


def test_the_step_has_no_derivative_at_its_jump():
    assert np.isnan(compile("step", order=1)(0.0))


def test_an_irrational_breakpoint_and_one_that_is_no_float():
    third = compile("Piecewise((0, x < 1/3), (1, True))")
    below, above = np.float64(1 / 3), np.nextafter(1 / 3, 1)
    assert third(below) == (0.0 if sympy.Rational(float(below)) < sympy.Rational(1, 3) else 1.0)
    assert third(above) == 1.0
    root = compile("Piecewise((0, x < sqrt(2)), (1, True))")
    assert root(np.array([1.4142135623730950, 1.4142135623730951, 1.4142135623730954])).tolist() == [0.0, 1.0, 1.0]


def test_errors_are_one_clear_line():
    with pytest.raises(UsageError, match="at_kink"):
        compile("relu", order=1, at_kink="middle")
    with pytest.raises(UsageError, match="order"):
        compile("relu", order=-1)
    with pytest.raises(DefinitionError, match="one variable"):
        compile(sympy.Symbol("a") * x)
    with pytest.raises(SymnetError, match="dtype"):
        compile("relu")(np.array([1 + 2j]))


def test_the_same_text_every_time():
    from symnet.codegen.compiled import _scalar

    first = compile("phish", order=1).source
    _scalar.cache_clear()
    assert compile("phish", order=1).source == first
