"""The quiz: its own answers are right, its wrong options are wrong, its judge is never wrong."""

import math
from random import Random

import pytest
from sympy import Rational, oo

from symnet.definitions.activation import activations
from symnet.errors import UsageError
from symnet.explain.function import Function
from symnet.explain.quiz import RIGHT, UNDECIDED, WRONG, Choice, Formula, Number, paper, questions
from symnet.explain.quiz.kinds import KINDS, make
from symnet.explain.quiz.make import subjects
from symnet.render import render

NAMES = ("relu", "leaky_relu", "elu", "sigmoid", "tanh", "gelu", "softsign", "hard_tanh", "log_cosh", "identity")


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_a_right_answer(name):
    function = Function(activations[name])
    made = [item for kind in KINDS if (item := make(kind, function, Random(5))) is not None]
    assert len(made) >= 6
    for item in made:
        answer = item.answer
        if isinstance(answer, Choice):
            assert answer.grade(chr(97 + answer.right)).verdict == RIGHT
            for k in range(len(answer.options)):
                if k != answer.right:
                    assert answer.grade(chr(97 + k)).verdict == WRONG
        else:
            assert answer.grade(answer.spelled).verdict == RIGHT, (item.kind, answer)


def test_values_and_slopes_are_the_functions():
    reference = {"tanh": math.tanh, "sigmoid": lambda v: 1 / (1 + math.exp(-v)), "relu": lambda v: max(v, 0.0)}
    for name, f in reference.items():
        for seed in range(8):
            for kind in ("value", "slope"):
                item = make(kind, Function(activations[name]), Random(seed))
                if item is None:
                    continue
                point = float(item.prompt.values["call"].args[2])
                expected = f(point) if kind == "value" else (f(point + 1e-6) - f(point - 1e-6)) / 2e-6
                assert float(item.answer.value) == pytest.approx(expected, abs=1e-8)


def test_no_wrong_option_of_a_derivative_is_the_derivative():
    for name in ("tanh", "sigmoid", "softplus", "silu"):
        item = make("recognise", Function(activations[name]), Random(1))
        assert item is not None
        f = activations[name]
        from symnet.calculus.notation import unfold

        for k, option in enumerate(item.answer.options):
            x = f.variable
            gaps = [
                abs(float(unfold(option).subs(x, p)) - float(f.default_expression.diff(x).subs(x, p)))
                for p in (Rational(1, 2), Rational(-3, 2), Rational(2))
            ]
            assert (max(gaps) < 1e-12) == (k == item.answer.right)


def test_equal_formulas_count_however_written():
    answer = Formula(None, "1 - tanh(x)^2")
    assert answer.grade("sech(x)^2").verdict == RIGHT
    assert answer.grade("4*sigmoid(2*x)*(1-sigmoid(2*x))").verdict == RIGHT
    wrong = answer.grade("1 - tanh(x)")
    assert wrong.verdict == WRONG and wrong.said.values["at"] is not None
    assert answer.grade("1 - tanh(").verdict not in (RIGHT, WRONG, UNDECIDED)


def test_rounded_numbers_count_with_enough_digits_and_only_when_rounded_well():
    third = Number(Rational(1, 3), "1/3")
    assert third.grade("0.333").verdict == RIGHT
    assert third.grade("0.3333333").verdict == RIGHT
    assert third.grade("0.33").verdict == WRONG
    assert third.grade("0.334").verdict == WRONG
    assert third.grade("2/6").verdict == RIGHT
    assert Number(oo, "oo").grade("oo").verdict == RIGHT
    assert Number(oo, "oo").grade("-oo").verdict == WRONG
    assert Number(oo, "oo").grade("12").verdict == WRONG


def test_corners_are_free():
    item = make("derivative", Function(activations["relu"]), Random(0))
    assert item is not None
    for given in ("step(x)", "heaviside(x)", "where(x > 0, 1, 0)"):
        assert item.answer.grade(given).verdict == RIGHT
    assert item.answer.grade("x").verdict == WRONG


def test_the_seed_decides():
    first, again, other = (questions(subjects("activations"), 12, seed) for seed in (1, 1, 2))
    assert [i.prompt for i in first] == [i.prompt for i in again]
    assert [i.prompt for i in first] != [i.prompt for i in other]
    assert len({str(i.prompt) for i in first}) == 12
    assert len({i.kind for i in first}) >= 6


def test_the_paper_has_a_key_and_renders():
    sheet = paper(questions(subjects("relu"), 6, 3), "relu", 3)
    assert [s.key for s in sheet.sections] == ["questions", "key"]
    for form in ("terminal", "markdown", "latex", "html", "typst", "notebook", "json"):
        assert len(render(sheet, form)) > 500


def test_a_count_out_of_range_is_refused():
    with pytest.raises(UsageError):
        questions(subjects("relu"), 0)
