"""Claims as trees of numbers and words, turned into the decimals and exact texts of a `Fact`."""

from __future__ import annotations

from typing import Any

from symnet.analysis.fact import PROVED, Fact
from symnet.balls.decimals import decimal
from symnet.balls.reals import Real
from symnet.balls.spelling import spell
from symnet.balls.undecided import Undecided

LONGEST_EXACT = 240


def proved(name: str, claim: Any, reason: str, **evidence: Any) -> Fact:
    """A proved fact from a claim whose leaves are `Real`s, words, booleans or None."""
    return Fact(name, PROVED, plain(claim), exact_form(claim), reason, {k: plain(v) for k, v in evidence.items()})


def plain(claim: Any) -> Any:
    """The claim with every number as a certified decimal; one that depends on a parameter as a text."""
    if isinstance(claim, Real):
        return _with_parameters(claim) if claim.parametric else decimal(claim)
    if isinstance(claim, dict):
        return {key: plain(value) for key, value in claim.items()}
    if isinstance(claim, (list, tuple)):
        return [plain(value) for value in claim]
    return claim


def _with_parameters(number: Real) -> str:
    try:
        return exact_text(number)
    except LookupError:
        raise Undecided("a number that depends on a parameter has no closed form") from None


def exact_form(claim: Any) -> Any:
    """The claim with every number as an exact text; None when one has none, or when there is no number."""
    if not any(True for _ in _numbers(claim)):
        return None
    try:
        return _exact(claim)
    except LookupError:
        return None


def _numbers(claim: Any) -> Any:
    if isinstance(claim, Real):
        yield claim
    elif isinstance(claim, (dict, list, tuple)):
        for part in claim.values() if isinstance(claim, dict) else claim:
            yield from _numbers(part)


def _exact(claim: Any) -> Any:
    if isinstance(claim, Real):
        return exact_text(claim)
    if isinstance(claim, dict):
        return {key: _exact(value) for key, value in claim.items()}
    if isinstance(claim, (list, tuple)):
        return [_exact(value) for value in claim]
    return claim


def exact_text(number: Real) -> str:
    """The number in the input grammar, else `LookupError`."""
    text = getattr(number, "text", None)
    if text is None and number.exact is not None:
        text = spell(number.exact)
    if text is None or len(text) > LONGEST_EXACT:
        raise LookupError("no exact form")
    return text
