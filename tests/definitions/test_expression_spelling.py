"""A tree spelled and read again is the same tree; a tree carried to SymPy keeps every value."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Symbol

from symnet.definitions.activation import activations
from symnet.definitions.algebra import from_sympy, to_sympy
from symnet.definitions.expression import read
from symnet.definitions.spelling import spell_number, to_text
from symnet.errors import UnsupportedExpressionError

x = Symbol("x", real=True)

numbers = st.sampled_from(["0", "1", "2", "7", "0.1", "1.702", "2.50", "3e-2", "1/3", "(5/7)", "1e3", "pi", "e"])
comparisons = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
FUNCTIONS = ["exp", "log", "sqrt", "cbrt", "abs", "sign", "sin", "atan", "tanh", "sech", "erf", "Heaviside", "relu"]


def _extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    condition = st.builds(lambda a, op, b: f"{a} {op} {b}", inner, comparisons, inner)
    several = st.builds(
        lambda c, op, d: f"({c}) {op} ({d})", condition, st.sampled_from(["&", "|", "and", "or"]), condition
    )
    decided = condition | several | st.builds(lambda c: f"~({c})", condition)
    return st.one_of(
        st.builds(lambda a, op, b: f"{a} {op} {b}", inner, st.sampled_from("+-*/^"), inner),
        st.builds(lambda a: f"({a})", inner),
        st.builds(lambda a: f"-{a}", inner),
        st.builds(lambda f, a: f"{f}({a})", st.sampled_from(FUNCTIONS), inner),
        st.builds(lambda f, a, b: f"{f}({a}, {b})", st.sampled_from(["max", "min"]), inner, inner),
        st.builds(lambda a, c, b: f"Piecewise(({a}, {c}), ({b}, True))", inner, decided, inner),
        st.builds(lambda a, c, b: f"where({c}, {a}, {b})", inner, decided, inner),
    )


texts = st.recursive(numbers | st.just("x"), _extend, max_leaves=12)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(texts)
def test_the_spelling_of_a_tree_reads_back_to_the_same_tree(text: str) -> None:
    try:
        tree = read(text).tree
    except UnsupportedExpressionError:
        return
    spelled = to_text(tree)
    if len(spelled) > 400:  # powers of numbers are folded, and the reader caps the digits of one number
        return
    assert read(spelled).tree == tree


arithmetic = st.recursive(
    st.sampled_from(["1", "2", "3", "10", "x"]),
    lambda inner: st.one_of(
        st.builds(lambda a, op, b: f"{a} {op} {b}", inner, st.sampled_from("+-*/"), inner),
        st.builds(lambda a, n: f"{a}^{n}", inner, st.sampled_from(["2", "3", "-1"])),
        st.builds(lambda a: f"({a})", inner),
        st.builds(lambda a: f"-{a}", inner),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(arithmetic)
def test_python_agrees_on_the_precedence(text: str) -> None:
    """Exact fractions under Python's own precedence, ``^`` being its ``**``, give the same number."""
    try:
        tree = read(text).tree
    except UnsupportedExpressionError:
        return
    python = re.sub(r"\d+", r"F(\g<0>)", text.replace("^", "**"))
    try:
        expected = eval(python, {"F": Fraction, "x": Fraction(3, 7)})  # digits, x and operators, made here
    except (ZeroDivisionError, OverflowError):
        return
    if isinstance(expected, Fraction):
        assert Fraction(str(to_sympy(tree, variable=sympy.Rational(3, 7)))) == expected


@pytest.mark.parametrize("name", [a.name for a in activations])
def test_every_catalogue_function_survives_the_round_trip(name: str) -> None:
    expression = activations[name].default_expression
    tree = from_sympy(expression, x)
    again = read(to_text(tree)).tree
    assert again == tree
    back = to_sympy(tree)
    for point in (
        sympy.Rational(-27, 8),
        sympy.Rational(-1, 3),
        sympy.Integer(0),
        sympy.Rational(5, 4),
        sympy.Integer(7),
    ):
        difference = (back - expression).subs(x, point).evalf(40)
        assert abs(difference) < sympy.Float("1e-35"), (name, point)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 10), "1/10"),
        (Fraction(851, 500), "1.702"),
        (Fraction(-44715, 10**6), "-0.044715"),
        (Fraction(10, 13), "10/13"),
        (Fraction(5), "5"),
    ],
)
def test_numbers_are_spelled_as_people_do(value: Fraction, text: str) -> None:
    assert spell_number(value) == text


def test_closed_forms_are_spelled() -> None:
    from sympy import LambertW, Rational, acosh, coth, exp, sqrt

    assert to_text(from_sympy(-1 - LambertW(exp(-1)), x)) == "-1 - LambertW(exp(-1))"
    assert to_text(from_sympy(sqrt(2) / 2, x)) == "sqrt(2)/2"
    assert to_text(from_sympy(sympy.sign(x) * sympy.Abs(x) ** Rational(1, 3), x)) == "cbrt(x)"
    assert to_text(from_sympy(acosh(x) - coth(x) / x, x)) in (
        "acosh(x) - 1/tanh(x)/x",
        "acosh(x) - 1/(x*tanh(x))",
        "acosh(x) - (1/tanh(x))/x",
    )


@pytest.mark.parametrize(
    "expression",
    [sympy.gamma(x), sympy.oo, sympy.nan, sympy.I * x, sympy.Float(0.1) * x, sympy.DiracDelta(x), sympy.zoo],
)
def test_what_has_no_spelling_is_refused(expression: sympy.Expr) -> None:
    with pytest.raises(UnsupportedExpressionError):
        from_sympy(expression, x)


def test_an_undefined_branch_stays_undefined() -> None:
    tree = from_sympy(sympy.Piecewise((sympy.nan, x < 0), (x, x < 1), (2, True)), x)
    assert to_text(tree) == "Piecewise((x, (~(x < 0)) & (x < 1)), (2, (~(x < 0)) & True))"
