"""Every trap of the input grammar that is known by name, and what must come out of it."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from sympy import (
    Abs,
    Heaviside,
    Max,
    Min,
    Piecewise,
    Rational,
    Symbol,
    cos,
    erf,
    exp,
    log,
    pi,
    sech,
    sign,
    sin,
    sqrt,
    tanh,
)

from symnet.definitions.algebra import to_sympy
from symnet.definitions.expression import assumption, read, typed_activation
from symnet.definitions.spelling import to_text
from symnet.definitions.tree import Apply, Cases, Number, Variable
from symnet.errors import DefinitionError, UnsupportedExpressionError

x = Symbol("x", real=True)


def sympified(text: str) -> sympy.Expr:
    return to_sympy(read(text).tree)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("x^2+1", x**2 + 1),
        ("x**2+1", x**2 + 1),
        ("-x^2", -(x**2)),
        ("-x^2*3", -3 * x**2),
        ("2^-x", 2**-x),
        ("2^3^x", 2 ** (3**x)),
        ("x^2^3", x**8),
        ("-2^2*x", -4 * x),
        ("x/2*3", 3 * x / 2),
        ("1/2*x", x / 2),
        ("1-x-1", -x),
        ("8/4/2*x", x),
        ("--x", x),
        ("+x", x),
        ("2 * - x", -2 * x),
        (" x\t+\n1 ", x + 1),
    ],
)
def test_precedence(text: str, meaning: sympy.Expr) -> None:
    assert sympified(text) == meaning


def test_numbers_come_from_their_source_text() -> None:
    assert read("1e400*x").tree == Apply("mul", (Number(Fraction(10) ** 400), Variable("x")))
    assert read("0.10000000000000000000001").tree == Number(Fraction(10**22 + 1, 10**23))
    assert read("0.1").tree == Number(Fraction(1, 10))
    assert read(".5").tree == read("5e-1").tree == read("0.5E+0").tree == read("1/2").tree
    assert read("2.").tree == Number(Fraction(2))


def test_no_float_ever_appears() -> None:
    assert not sympified("0.1*x^2.5 + 1.702e-3/x").atoms(sympy.Float)


def test_the_exponent_is_exact_however_it_is_bracketed() -> None:
    third = Number(Fraction(1, 3))
    assert read("x^(1/3)").tree == read("x**(2/6)").tree == Apply("pow", (Variable("x"), third))
    assert read("x^(-1/3)").tree == Apply("pow", (Variable("x"), Number(Fraction(-1, 3))))


def test_what_sympy_would_simplify_is_kept() -> None:
    for text in ("sqrt(x)**2", "exp(log(x))", "x/x", "x - x", "0*log(x)", "abs(x)^2"):
        assert to_text(read(text).tree) == text.replace("^", "**")
        assert any(isinstance(node, Apply) for node in [read(text).tree])


def test_cbrt_is_the_real_root() -> None:
    assert read("cbrt(x)").tree == Apply("cbrt", (Variable("x"),))
    assert sympified("cbrt(x)").subs(x, -8) == -2
    assert sympified("cbrt(-27)") == -3


def test_values_at_zero() -> None:
    assert sympified("Heaviside(x)").subs(x, 0) == Rational(1, 2)
    assert sympified("step(x)").subs(x, 0) == 1
    assert sympified("sign(x)").subs(x, 0) == 0


def test_capitals_of_sympy_are_the_same_words() -> None:
    assert sympified("Abs(x) + Max(x, 0) + Min(x, 1) + heaviside(x)") == Abs(x) + Max(x, 0) + Min(x, 1) + Heaviside(x)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("ln(x)", log(x)),
        ("arctan(x)", sympy.atan(x)),
        ("arcsinh(x)", sympy.asinh(x)),
        ("sech(x)", sech(x)),
        ("erf(x)+erfc(x)", erf(x) + sympy.erfc(x)),
        ("e^x", exp(x)),
        ("pi*x", pi * x),
        ("max(x, 0, sin(x))", Max(x, 0, sin(x))),
        ("x*tanh(log(1+exp(x)))", x * tanh(log(1 + exp(x)))),
        ("x^x", x**x),
        ("sqrt(1-x^2)", sqrt(1 - x**2)),
        ("where(x < 0, -x, cos(x))", Piecewise((-x, x < 0), (cos(x), True))),
        ("Piecewise((0, x < -1), (x, x <= 1), (1, True))", Piecewise((0, x < -1), (x, x <= 1), (1, True))),
        ("where(-1 < x <= 1, 1, 0)", Piecewise((1, (x > -1) & (x <= 1)), (0, True))),
        ("where((x > 1) & (x < 2) | ~(x > 0), 1, 0)", Piecewise((1, ((x > 1) & (x < 2)) | (x <= 0)), (0, True))),
        (
            "where(x > 1 and not x >= 2 or x == 5, 1, 0)",
            Piecewise((1, ((x > 1) & (x < 2)) | sympy.Eq(x, 5)), (0, True)),
        ),
        ("where(Eq(x, 0), 1, sin(x)/x)", Piecewise((1, sympy.Eq(x, 0)), (sin(x) / x, True))),
    ],
)
def test_grammar(text: str, meaning: sympy.Expr) -> None:
    assert sympified(text) == meaning


def test_a_piecewise_may_leave_places_undefined() -> None:
    tree = read("Piecewise((x, x > 0))").tree
    assert isinstance(tree, Cases)
    assert len(tree.branches) == 1


def test_catalogue_functions_take_parameters_by_name() -> None:
    assert sympified("elu(x, alpha=2)") == Piecewise((2 * exp(x) - 2, x < 0), (x, True))
    assert sympified("elu(x)") == Piecewise((exp(x) - 1, x < 0), (x, True))
    assert sympified("leaky_relu(x)") == Piecewise((x / 10, x < 0), (x, True))
    assert sympified("relu(sigmoid(2*x) - 1/3)") == Max(0, 1 / (1 + exp(-2 * x)) - Rational(1, 3))
    assert sympified("ReLU(x)") == Max(0, x)
    assert sympified("x*sigmoid(1.702*x)") == x / (1 + exp(-Rational(851, 500) * x))


def test_a_catalogue_parameter_may_be_a_free_parameter_of_fitting_sign() -> None:
    typed = read("elu(x, alpha=a)", {"a": "positive"})
    assert to_sympy(typed.tree) == Piecewise((Symbol("a", positive=True) * (exp(x) - 1), x < 0), (x, True))
    with pytest.raises(UnsupportedExpressionError, match="must be positive"):
        read("elu(x, alpha=a)", {"a": "real"})
    with pytest.raises(UnsupportedExpressionError, match="must be positive"):
        read("elu(x, alpha=-1)")
    with pytest.raises(UnsupportedExpressionError, match="has no parameter 'beta'; it has alpha"):
        read("elu(x, beta=1)")
    with pytest.raises(UnsupportedExpressionError, match="cannot depend on the variable"):
        read("elu(x, alpha=x)")


def test_the_variable() -> None:
    assert read("sin(t)").variable == "t"
    assert read("alpha*t", {"alpha": "positive"}).variable == "t"
    assert read("a*x", {"a": "real"}).variable == "x"
    assert read("3").variable == "x"
    assert read("alpha", {"alpha": "positive"}).variable == "x"
    assert typed_activation("t^2").expression == x**2


def test_a_second_free_name_is_asked_about() -> None:
    with pytest.raises(UnsupportedExpressionError, match=r"unknown name 'k'; give it a value with --set k=1"):
        read("k*x")
    with pytest.raises(UnsupportedExpressionError, match="one variable is wanted, here are 2: 'a', 'b'"):
        read("a*b")
    with pytest.raises(UnsupportedExpressionError, match="did you mean 'pi'"):
        read("pie*x")


def test_parameters_and_values() -> None:
    free = typed_activation("alpha*x", {"alpha": "positive"})
    assert [p.assumption for p in free.parameters] == ["positive"]
    assert free.expression == Symbol("alpha", positive=True) * x
    fixed = typed_activation("x^alpha", {}, {"alpha": "3"})
    assert (fixed.name, fixed.expression, fixed.parameters) == ("x**3", x**3, ())
    assert free.typed.at({"alpha": "0.3"}).tree == read("0.3*x").tree
    later = free.with_parameters(alpha="0.3")
    assert later.typed.tree == read("0.3*x").tree
    assert later.expression == later.default_expression == Rational(3, 10) * x
    with pytest.raises(DefinitionError, match="must be positive"):
        read("alpha*x", {"alpha": "positive"}, {"alpha": -1})
    with pytest.raises(DefinitionError, match="does not occur"):
        read("x", {"alpha": "positive"})
    with pytest.raises(DefinitionError, match="x is the variable"):
        read("x", {}, {"x": 1})
    with pytest.raises(DefinitionError, match="belongs to the grammar"):
        read("x*pi", {}, {"pi": 3})


def test_words_of_python_are_names_like_any_other() -> None:
    assert read("lambda*x", {"lambda": "positive"}).parameters[0].name == "lambda"


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("alpha>0", ("alpha", "positive")),
        ("b >= 0", ("b", "nonnegative")),
        ("c", ("c", "real")),
        ("c real", ("c", "real")),
    ],
)
def test_assumptions(text: str, pair: tuple[str, str]) -> None:
    assert assumption(text) == pair


@pytest.mark.parametrize("text", ["alpha<0", "alpha>1", "0<alpha", "", "alpha>", "1>0", "alpha>=real"])
def test_other_assumptions_are_refused(text: str) -> None:
    with pytest.raises(DefinitionError, match="write alpha>0, alpha>=0 or alpha real"):
        assumption(text)


def test_the_sign_function_of_a_parameter_keeps_its_assumption() -> None:
    assert to_sympy(read("sign(a)*x", {"a": "positive"}).tree) == sign(Symbol("a", positive=True)) * x == x
