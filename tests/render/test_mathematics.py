"""Formulas in every spelling, and none of them says anything but what SymPy holds."""

import pytest
from sympy import (
    Abs,
    And,
    Derivative,
    E,
    Float,
    Function,
    HadamardProduct,
    Integer,
    Interval,
    Matrix,
    MatrixSymbol,
    Max,
    Mul,
    Piecewise,
    Rational,
    S,
    Symbol,
    erf,
    exp,
    log,
    oo,
    pi,
    sqrt,
    symbols,
    tanh,
)
from sympy.printing.pretty.pretty import PrettyPrinter

from symnet.render.mathematics import pretty as printers
from symnet.render.mathematics.cases import cases
from symnet.render.mathematics.latex import latex
from symnet.render.mathematics.linear import linear
from symnet.render.mathematics.mathml import mathml
from symnet.render.mathematics.order import reading_product
from symnet.render.mathematics.pretty import pretty
from symnet.render.mathematics.typst import typst
from symnet.sheet import Equation, Text

x = Symbol("x", real=True)
alpha = Symbol("alpha", positive=True)
y = Symbol("y", real=True)
A, B = symbols("A B", commutative=False)
f, sigma = Function("f"), Function("sigma")
w1, x1, b = symbols("w_1 x_1 b", real=True)
hard = Piecewise((0, x <= -3), (x * (x + 3) / 6, x < 3), (x, True))
elu = Piecewise((alpha * (exp(x) - 1), x < 0), (x, True))

SPELLINGS = [
    (1 / (1 + exp(-x)), r"\frac{1}{1 + e^{- x}}", "1/(1 + e⁻ˣ)", "1/(1 + exp(-x))"),
    (Max(0, x), r"\max(0, x)", "max(0, x)", "max(0, x)"),
    (sigma(x) * (1 - sigma(x)), r"\sigma(x) (1 - \sigma(x))", "σ(x)·(1 − σ(x))", "sigma(x)*(1 - sigma(x))"),
    (elu, r"\begin{cases} \alpha \left(e^{x} - 1\right) & x < 0 \\ x & x \ge 0 \end{cases}", "α·(eˣ − 1) if x < 0; x if x ≥ 0", "alpha*(exp(x) - 1) if x < 0; x if x >= 0"),
    (hard, r"\begin{cases} 0 & x \le -3 \\ \frac{x (x + 3)}{6} & -3 < x < 3 \\ x & x \ge 3 \end{cases}", "0 if x ≤ −3; x·(x + 3)/6 if −3 < x < 3; x if x ≥ 3", "0 if x <= -3; x*(x + 3)/6 if -3 < x < 3; x if x >= 3"),
    (Derivative(f(x), x), "f'(x)", "f′(x)", "f'(x)"),
    (Derivative(f(x), (x, 2)), "f''(x)", "f″(x)", "f''(x)"),
    (Derivative(x**2 * sigma(x), x), r"\frac{d}{dx} \left(x^{2} \sigma(x)\right)", "d/dx (x²·σ(x))", "d/dx (x^2*sigma(x))"),
    (Abs(x), r"\left\lvert x\right\rvert", "|x|", "|x|"),
    (x / (1 + Abs(x)), r"\frac{x}{1 + \left\lvert x\right\rvert}", "x/(1 + |x|)", "x/(1 + |x|)"),
    (exp(x) - 1, "e^{x} - 1", "eˣ − 1", "exp(x) - 1"),
    (w1 * x1 + b, "w_{1} x_{1} + b", "w₁·x₁ + b", "w_1*x_1 + b"),
    (sqrt(2) * exp(-(x**2) / 2) / sqrt(pi), r"\frac{\sqrt{2} e^{- \frac{x^{2}}{2}}}{\sqrt{\pi}}", "√2·e^(−x²/2)/√π", "sqrt(2)*exp(-x^2/2)/sqrt(pi)"),
    (exp(x**2), "e^{x^{2}}", "e^(x²)", "exp(x^2)"),
    (-Rational(1, 2), r"- \frac{1}{2}", "−1/2", "-1/2"),
    (Rational(1, 3) ** Rational(1, 3), None, None, None),
    (Float("0.25"), "0.25", "0.25", "0.25"),
    (0.1, "0.1", "0.1", "0.1"),
    (-2, "-2", "−2", "-2"),
    (oo, r"\infty", "∞", "inf"),
    (Interval.Ropen(0, oo), r"\left[0,\, \infty\right)", "[0, ∞)", "[0, inf)"),
    (1 - tanh(x) ** 2, r"1 - \tanh^{2}(x)", "1 − tanh(x)²", "1 - tanh(x)^2"),
    (x * (1 + erf(x / sqrt(2))) / 2, r"\frac{x \left(1 + \operatorname{erf}{\left(\frac{x}{\sqrt{2}} \right)}\right)}{2}", "x·(1 + erf(x/√2))/2", "x*(1 + erf(x/sqrt(2)))/2"),
    (Mul(2, 3, evaluate=False), r"2 \cdot 3", "2·3", "2*3"),
    (MatrixSymbol("W_1", 3, 2) * MatrixSymbol("x", 2, 1) + MatrixSymbol("b", 3, 1), r"\mathbf{W}_{1} \mathbf{x} + \mathbf{b}", "W₁ x + b", "W_1*x + b"),
    (MatrixSymbol("W", 3, 2).T * MatrixSymbol("delta", 3, 1), r"\mathbf{W}^{\top} \boldsymbol{\delta}", "Wᵀ δ", "W^T*delta"),
    (HadamardProduct(MatrixSymbol("a", 3, 1), MatrixSymbol("b", 3, 1)), r"\mathbf{a} \odot \mathbf{b}", "a ⊙ b", "a o b"),
    (Matrix([[1, 2], [3, 4]]), r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", "[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
    (Equation((f(x), Integer(1)), "≈"), r"f(x) \approx 1", "f(x) ≈ 1", "f(x) ~= 1"),
    ("a|b_c", r"\text{a}\vert \text{b}\_\text{c}", "a|b_c", "a|b_c"),
    (Text("if {c}", {"c": x > 0}), r"\text{if }x > 0", "if x > 0", "if x > 0"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("thing", "tex", "unicode", "ascii"), [row for row in SPELLINGS if row[1]], ids=lambda value: str(value)[:30]
)
def test_spellings(thing, tex, unicode, ascii):
    assert latex(thing) == tex
    assert linear(thing) == unicode
    assert linear(thing, unicode=False) == ascii
    assert ascii.isascii()


@pytest.mark.parametrize("thing", [row[0] for row in SPELLINGS], ids=lambda value: str(value)[:30])
def test_every_formula_can_be_set_everywhere(thing):
    assert mathml(thing).startswith("<math")
    assert "merror" not in mathml(thing, display=True)
    assert pretty(thing)
    assert pretty(thing, unicode=False).isascii()
    assert "|" not in latex(thing)


@pytest.mark.parametrize("expression", [
    1 / (1 + exp(-x)), x**2 - 3 * x / 7 + 1, exp(-x) * (1 + x) ** 2 / (2 + exp(x)), x * tanh(log(1 + exp(x))), (x + sqrt(x**2 + 4)) / 2,
    -x / (1 + exp(-x)) ** 2, exp(-(x**2)) / 3, x ** Rational(2, 3) + 1, -exp(x) * (x - 1) * 5 / 6, 2 ** x, x ** x, 1 / x**2, (-x) ** 3, E * x, exp(2 * x) / (1 - x),
])  # fmt: skip
def test_one_line_ascii_reads_back_as_the_same_expression(expression):
    """The ASCII spelling is read with Python's own precedence: brackets are where they must be."""
    spelled = linear(expression, unicode=False).replace("^", "**")
    names = {"x": x, "exp": exp, "tanh": tanh, "log": log, "sqrt": sqrt, "e": E}
    assert eval(_exact(spelled), {"Integer": Integer}, names).equals(expression)  # our own output, not a user's text


def _exact(text: str) -> str:
    import re

    return re.sub(r"\b(\d+)\b", r"Integer(\1)", text)


def test_conditions_are_those_that_hold():
    """Each branch's printed chain agrees with what SymPy picks, at every point between and on the borders."""
    for point in [Rational(k, 4) for k in range(-20, 21)]:
        for number, case in enumerate(cases(hard)):
            holds = any(_holds(chain, point) for chain in case.chains)
            picked = next(k for k, branch in enumerate(hard.args) if branch.cond.subs(x, point) == True)  # noqa: E712
            assert holds == (picked == number)


def _holds(chain, point) -> bool:
    import operator

    signs = {"<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge, "=": operator.eq}
    values = [term.subs(x, point) if hasattr(term, "subs") else term for term in chain.terms]
    return all(signs[sign](a, b) for sign, a, b in zip(chain.signs, values, values[1:], strict=False))


def test_a_condition_with_parameters_is_negated_only_when_that_is_exact():
    branches = cases(Piecewise((x, x > alpha), (0, x > -alpha), (-x, True)))
    assert [len(case.chains) for case in branches] == [1, 1, 0]
    assert latex(Piecewise((x, x > alpha), (0, True))).endswith(r"0 & x \le \alpha \end{cases}")
    assert "otherwise" in latex(Piecewise((x, x > alpha), (0, x > -alpha), (-x, True)))


def test_a_gap_is_not_called_otherwise():
    assert linear(Piecewise((1, And(x > 0, x < 1)), (2, x > 3))) == "1 if 0 < x < 1; 2 if x > 3"


def test_aligned_lines():
    lines = Equation((f(x), 1 / x, S.Half), multiline=True)
    assert latex(lines) == "\\begin{aligned}\nf(x) &= \\frac{1}{x} \\\\\n&= \\frac{1}{2}\n\\end{aligned}"
    assert pretty(lines).split("\n")[-1] == "     = 1/2"


@pytest.mark.parametrize("body", [r"\frac{1}{2}", r"\left(1 + e\right)"])
def test_brackets_that_stand_in_a_fraction_stay_balanced(body):
    assert latex((1 + E) / (1 + E) ** 2 * (1 + E) ** 0).count("{") == latex(1 / (1 + E)).count("}")
    for thing in (1 / (1 + E) ** 2, exp(Max(0, x) + x), (x + 1) / (x + 2) / 3, sqrt(x + 1)):
        assert latex(thing).count("{") == latex(thing).count("}")
        assert latex(thing).count(r"\left(") == latex(thing).count(r"\right)")
    assert body


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        ("1.0507009873554804934193349852946", "1.050700987…"), ("-1.0507009873554804934193349852946", "−1.050700987…"), ("8943/200000", "0.044715"),
        ("1/3", "1/3"), ("3/512", "3/512"), ("123456789012345/7", "17636684144620.7…"), ("1/70000000000000000", "0.00000000000000001428571428…"),
        ("99999999999999999/1000000000000000000", "0.099999999999999999"),
    ],
)  # fmt: skip
def test_long_fractions_are_decimals_cut_and_not_rounded(number, spelled):
    exact = Rational(number)
    assert linear(exact) == spelled
    if "…" in spelled:
        digits = Rational(spelled.replace("…", "").replace("−", "-"))
        places = len(spelled.split(".")[1]) - 1
        assert 0 < abs(exact) - abs(digits) < Rational(1, 10**places)
    for thing in (exact, exact * x, exact + x, exp(exact * x), exact * exp(x) / (1 + exp(x)) - exact):
        if "…" in spelled:
            whole = max(str(abs(exact.p)), str(exact.q), key=len)
            assert all(
                whole not in written
                for written in (latex(thing), linear(thing), pretty(thing), pretty(thing, unicode=False))
            )


@pytest.mark.parametrize(
    "product",
    [
        2 * x, -x, x / 3, -2 * x / 3, x / y, 1 / x, -1 / (2 * x), x**-2 / 3, x * exp(-x), exp(-x) / (1 + exp(-x)) ** 2,
        sqrt(2) * x / sqrt(pi), x * sqrt(x), x ** Rational(-1, 2) * y, (x + 1) * (x - 1), 3 * (x + 1) / (x**2 + 1),
        Mul(2, 3, evaluate=False), Mul(-1, 3, evaluate=False), Mul(1, x, evaluate=False), Mul(x, 2, evaluate=False),
        Mul(-1, x, 4, evaluate=False), Float("0.5") * x, oo * x, pi * x / 2, A * B * 2, A**-1 * B,
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("unicode", [True, False])
def test_products_are_drawn_as_sympy_draws_them_without_its_physics(product, unicode, monkeypatch):
    ours = pretty(product, unicode)
    monkeypatch.setattr(
        printers._Printer,
        "_print_Mul",
        lambda self, it: PrettyPrinter._print_Mul(self, it if it.args[0] is S.One else reading_product(it)),
    )
    assert ours == pretty(product, unicode)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (sqrt(2) * x / 2, "x/√2"), (sqrt(2) / (2 * sqrt(pi)), "1/√(2π)"), (-sqrt(2) * x / 2, "−x/√2"), (sqrt(3) * x / 2, "√3·x/2"),
        (3 * sqrt(2) / 4, "3·√2/4"), (sqrt(2) * x, "√2·x"), (sqrt(2) * exp(-(x**2) / 2) / (2 * sqrt(pi)), "e^(−x²/2)/√(2π)"),
    ],
)  # fmt: skip
def test_roots_of_numbers_stand_below_the_line_where_that_is_shorter(expression, text):
    assert linear(expression) == text
    assert latex(expression) and pretty(expression) and typst(expression)
