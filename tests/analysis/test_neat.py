"""Neat forms: the same value and the same domain as the text that was typed, tried at points."""

import mpmath
import pytest
from agreement.evaluation import TooLarge, Undefined, evaluator
from hypothesis import given
from hypothesis import strategies as st

from symnet.analysis.neat import neat
from symnet.definitions.expression import read
from symnet.definitions.spelling import to_text
from symnet.errors import UnsupportedExpressionError


def neatly(text):
    return to_text(neat(read(text).tree))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("(log(-y/(y - 1)))", "log(y/(1 - y))"),
        ("(log((-y - 1)/(y - 1)))/2", "atanh(y)"),
        ("3*(log((-y - 2)/(y - 2)))/4", "3*atanh(y/2)/2"),
        ("(log((exp(y)) - 1))", "log(exp(y) - 1)"),
        ("(exp(y) - 1)/(exp(y))", "1 - exp(-y)"),
        ("-1/2/(y - 1)", "1/(2*(1 - y))"),
        ("log(sqrt(y))", "log(y)/2"),
        ("Piecewise(((log(y + 1)), y < 0), (y, True))", "Piecewise((log(y + 1), y < 0), (y, True))"),
        ("0*log(y)", "0*log(y)"),
    ],
)
def test_form(typed, expected):
    assert neatly(typed) == expected


LEAVES = st.sampled_from(["y", "1", "2", "3/2", "0", "(-y)", "(-2)"])


def grown(inner):
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda p: f"({p[0]} + {p[1]})"),
        pair.map(lambda p: f"({p[0]} - {p[1]})"),
        pair.map(lambda p: f"({p[0]})*({p[1]})"),
        pair.map(lambda p: f"({p[0]})/({p[1]})"),
        inner.map(lambda u: f"(-({u}))"),
        inner.map(lambda u: f"log({u})"),
        inner.map(lambda u: f"exp({u})"),
        inner.map(lambda u: f"sqrt({u})"),
        inner.map(lambda u: f"({u})**2"),
        inner.map(lambda u: f"log((1 + {u})/(1 - {u}))"),
    )


def value(text, y):
    """The value by the second reader of the grammar, None where the text is not defined."""
    try:
        return evaluator(text, "y")(y)
    except Undefined:
        return None


@given(st.recursive(LEAVES, grown, max_leaves=7), st.sampled_from([-3, -0.625, 0, 0.25, 1, 2.5]))
def test_value_and_domain_stay(typed, point):
    with mpmath.workdps(40):
        y = mpmath.mpf(point)
        try:
            before, after = value(typed, y), value(neatly(f"{typed} + 0*y"), y)
        except (TooLarge, UnsupportedExpressionError):
            return
        if before is None or after is None:
            assert before is after
        elif mpmath.isfinite(before) and abs(before) < 1e12:
            assert abs(before - after) <= 1e-20 * (1 + abs(before))
