"""The kinds of answers, and how what a person says is judged: right (proved), wrong (shown), or could not decide."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sympy import Expr, Rational, oo

from symnet.analysis.equality import DIFFERENT, EQUAL, compare_functions
from symnet.errors import SymnetError
from symnet.prose import load
from symnet.sheet import Text

RIGHT, WRONG, UNDECIDED, UNREADABLE = "right", "wrong", "could not decide", "unreadable"
FEWEST_DIGITS = 3
"""A rounded number counts with so many significant digits; it must round as the true one does."""


@dataclass(frozen=True)
class Grade:
    """The verdict and the sentence that shows it."""

    verdict: str
    said: Text

    @property
    def right(self) -> bool:
        """Whether the answer is proved to be right."""
        return self.verdict == RIGHT


def said(key: str, **values: Any) -> Text:
    """A sentence of quiz.toml."""
    return Text(load("quiz")["grade"][key], values)


@dataclass(frozen=True)
class Number:
    """A number: exact, any expression equal to it, or rounded to at least `FEWEST_DIGITS` digits."""

    value: Expr
    spelled: str
    """The exact number in the grammar of typed expressions, ``oo`` or ``-oo``."""

    def grade(self, given: str) -> Grade:
        """Judge what a person typed."""
        given = given.strip().replace("∞", "oo").replace("−", "-").replace("infinity", "oo")
        if self.value in (oo, -oo) or given.lstrip("+-") == "oo":
            right = given.lstrip("+") == self.spelled
            return Grade(RIGHT if right else WRONG, said("equal") if right else said("number", value=self.value))
        if _rounds_to(given, self.value):
            return Grade(RIGHT, said("rounded", value=self.value))
        try:
            found = compare_functions(given, self.spelled)
        except SymnetError as error:
            return Grade(UNREADABLE, said("unreadable", error=str(error)))
        if found.verdict == EQUAL:
            return Grade(RIGHT, said("equal"))
        if found.verdict == DIFFERENT:
            return Grade(WRONG, said("number", value=self.value))
        return Grade(UNDECIDED, said("undecided", value=self.value))


def _rounds_to(given: str, value: Expr) -> bool:
    """Whether a decimal is the value, rounded to the digits that it shows (half a unit of its last digit, both ends)."""
    try:
        number = Decimal(given)
    except InvalidOperation:
        return False
    if not number.is_finite():
        return False
    digits, exponent = number.as_tuple().digits, int(number.as_tuple().exponent)
    if len(digits) < FEWEST_DIGITS or exponent >= 0:
        return False
    gap = (Rational(given) - value).evalf(60 + abs(exponent))
    return bool(abs(gap) <= Rational(1, 2) * Rational(10) ** exponent)


@dataclass(frozen=True)
class Formula:
    """A function of x; points at which the convention is free are left out of the comparison."""

    formula: Any
    spelled: str
    ignoring: tuple[str, ...] = ()

    def grade(self, given: str) -> Grade:
        """Judge what a person typed."""
        try:
            found = compare_functions(given, self.spelled, self.ignoring)
        except SymnetError as error:
            return Grade(UNREADABLE, said("unreadable", error=str(error)))
        if found.verdict == EQUAL:
            return Grade(RIGHT, said("equal"))
        if found.verdict == DIFFERENT:
            return Grade(WRONG, said("different", at=found.at, yours=found.left, right=found.right))
        return Grade(UNDECIDED, said("undecided", value=self.formula))


@dataclass(frozen=True)
class Choice:
    """One of several options is right; a wrong one comes with the reason why somebody would take it."""

    options: tuple[Any, ...]
    """Texts or mathematics."""
    right: int
    why: tuple[Text | None, ...] = ()
    """For each option: what is wrong with it."""

    def grade(self, given: str) -> Grade:
        """Judge a letter: a, b, c …"""
        letter = given.strip().lower().rstrip(").")
        if len(letter) != 1 or not 0 <= ord(letter) - 97 < len(self.options):
            last = chr(96 + len(self.options))
            return Grade(UNREADABLE, said("letter", last=last))
        chosen = ord(letter) - 97
        if chosen == self.right:
            return Grade(RIGHT, said("choice_right"))
        reason = self.why[chosen] if self.why else None
        right = chr(97 + self.right)
        if reason is None:
            return Grade(WRONG, said("choice_wrong", right=right, option=spoken(self.options[self.right])))
        return Grade(WRONG, said("choice_because", right=right, option=spoken(self.options[self.right]), reason=reason))


def spoken(option: Any) -> Any:
    """An option inside a sentence: two slopes with the words that say which is which."""
    if isinstance(option, tuple):
        return Text(load("quiz")["words"]["pair"], {"left": option[0], "right": option[1]})
    return option


Answer = Number | Formula | Choice


def shown(answer: Answer) -> Any:
    """The right answer as it is printed."""
    if isinstance(answer, Choice):
        return Text(
            "{letter}) {option}", {"letter": chr(97 + answer.right), "option": spoken(answer.options[answer.right])}
        )
    return answer.value if isinstance(answer, Number) else answer.formula
