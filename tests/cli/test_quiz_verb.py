"""`symnet quiz` in a pipe: answers are judged, the score is told, the end of the input ends it."""

import pytest
from click.testing import CliRunner

from symnet.cli.quiz import command
from symnet.errors import SymnetError
from symnet.explain.quiz import Choice, questions
from symnet.explain.quiz.make import subjects


def run(*words, answers=""):
    outcome = CliRunner().invoke(command, words, input=answers)
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.output


def test_all_right_answers_are_right():
    items = questions(subjects("tanh"), 6, 4)
    right = [chr(97 + i.answer.right) if isinstance(i.answer, Choice) else i.answer.spelled for i in items]
    assert "6 of 6 right." in run("tanh", "--count", "6", "--seed", "4", answers="\n".join(right) + "\n")


def test_nonsense_is_asked_again_and_skips_are_told():
    text = run("relu", "--count", "2", answers="((\n\n\n")
    assert "Not understood" in text
    assert "0 of 0 right, 2 skipped." in text


def test_the_end_of_the_input_ends_the_quiz():
    assert "No question was answered." in run("relu", answers="")
    assert "No question was answered." in run("relu", answers="q\n")


def test_the_paper_goes_to_a_file(tmp_path):
    target = tmp_path / "quiz.md"
    run("relu", "--count", "3", "-o", str(target))
    assert "Answer key" in target.read_text()


def test_an_expression_has_a_quiz():
    assert "1/2" in run("x*tanh(x)", "--count", "2", answers="\n\n")


def test_an_unknown_topic_is_one_line():
    with pytest.raises(SymnetError):
        run("nosuch")
