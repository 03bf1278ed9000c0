"""The prose: every formula that it computes is computed again by other means, every claim and every source holds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import mpmath as mp
import pytest

from explain.independent import evaluate
from symnet.definitions.activation import activations
from symnet.errors import DefinitionError
from symnet.explain.essay import plain_voice
from symnet.explain.function import Function
from symnet.explain.notation import Decimal
from symnet.explain.voice import COMPARED, Voice, placeholders
from symnet.prose import load, subjects

SCALAR = [name for name in subjects() if name in activations]
OTHERS = [name for name in subjects() if name not in activations]


def sentences(thing: Any) -> Iterator[str]:
    """Every string inside a prose file."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from sentences(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from sentences(value)


def computed(thing: Any) -> Iterator[str]:
    """Every formula that stands in a `computed` list."""
    if isinstance(thing, dict):
        if isinstance(thing.get("computed"), list):
            yield from thing["computed"]
        for value in thing.values():
            yield from computed(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from computed(value)


def voice_of(name: str) -> Voice:
    return Function(activations[name]).voice if name in activations else plain_voice()


def numbers(name: str) -> list[str]:
    """The formulas of a prose file that are numbers, in sentences and in `computed` lists."""
    prose, found = load(f"subjects/{name}"), []
    for sentence in sentences(prose):
        for content in placeholders(sentence):
            body = content.partition("|")[0]
            if not content.startswith(("@", "!")) and not COMPARED.search(body) and re.search(r"[\d(]", body):
                found.append(content)
    return [*found, *computed(prose)]


CASES = [(name, formula) for name in subjects() for formula in dict.fromkeys(numbers(name))]
FREE = re.compile(r"\b(x|h|n|k|m|W1|W2|inputs|hidden|outputs|count|tested|[a-z]+_[a-z_0-9]+(?!\())\b")


@pytest.mark.parametrize(("name", "formula"), CASES, ids=[f"{n}: {f}" for n, f in CASES])
def test_every_computed_number_is_right(name: str, formula: str) -> None:
    voice = voice_of(name)
    body, _, digits = formula.partition("|")
    body = body.strip().removesuffix("=").strip()
    try:
        value = voice.value(body)
    except DefinitionError:
        pytest.skip("a word or number that only its own sheet knows; tested with the sheet")
    if value.free_symbols:
        pytest.skip("a formula with letters, not a number")
    expected = evaluate(body, name if name in activations else "")
    assert mp.almosteq(mp.mpf(str(value.evalf(35))), expected, rel_eps=mp.mpf(10) ** -9, abs_eps=mp.mpf(10) ** -20)
    if digits:
        shown = Decimal(value, int(digits))
        spelled = mp.mpf(shown.text) if isinstance(shown, Decimal) else mp.mpf(str(shown))
        assert abs(spelled - expected) <= abs(expected) * mp.mpf(10) ** (1 - int(digits)) * mp.mpf("0.5001")


def claims(name: str) -> list[str]:
    """The equations that the prose states."""
    prose = load(f"subjects/{name}")
    found = [entry["formula"] for entry in prose.get("relations", [])]
    for sentence in sentences(prose):
        for content in placeholders(sentence):
            left, equal, _ = content.lstrip("!").partition("==")
            if equal and not re.fullmatch(r"\s*\w+\s*", left):
                found.append(content.lstrip("!"))
    return found


CLAIMS = [(name, claim) for name in SCALAR for claim in dict.fromkeys(claims(name))]


@pytest.mark.parametrize(("name", "claim"), CLAIMS, ids=[f"{n}: {c}" for n, c in CLAIMS])
def test_every_stated_identity_holds_at_rational_points(name: str, claim: str) -> None:
    left, _, right = claim.partition("==")
    seeded = random.Random(claim)
    for _ in range(8):
        x = mp.mpf(seeded.randint(-400, 400)) / 97
        sides = [evaluate(side, name, x=x) for side in (left, right)]
        assert mp.almosteq(*sides, rel_eps=mp.mpf(10) ** -30, abs_eps=mp.mpf(10) ** -30)


EQUIVALENTS = [(name, entry["formula"]) for name in SCALAR for entry in load(f"subjects/{name}").get("equivalents", [])]


@pytest.mark.parametrize(("name", "formula"), EQUIVALENTS)
def test_every_equivalent_form_is_the_function(name: str, formula: str) -> None:
    seeded = random.Random(formula)
    for _ in range(8):
        x = mp.mpf(seeded.randint(-400, 400)) / 97
        assert mp.almosteq(evaluate(formula, name, x=x), evaluate("f(x)", name, x=x), rel_eps=mp.mpf(10) ** -30)


SLOPES = [(name, entry) for name in SCALAR for entry in load(f"subjects/{name}").get("slope_forms", [])]


@pytest.mark.parametrize(("name", "entry"), SLOPES)
def test_every_form_of_the_slope_is_the_slope_on_the_left(name: str, entry: dict[str, str]) -> None:
    for k in range(1, 6):
        x = mp.mpf(-k) / 3
        shown, slope = evaluate(entry["formula"], name, x=x), evaluate("f'(x)", name, x=x)
        assert mp.almosteq(shown, slope, rel_eps=mp.mpf(10) ** -9)


def test_every_source_that_is_cited_exists_and_can_be_found() -> None:
    known = load("references")
    for entry in known.values():
        assert {"short", "text"} <= set(entry)
        assert set(entry) <= {"short", "text", "doi", "arxiv", "url"}
        assert re.fullmatch(r"10\.\d{4,}/\S+", entry.get("doi", "10.1000/x"))
        assert re.fullmatch(r"\d{4}\.\d{4,5}", entry.get("arxiv", "1234.5678"))
    cited = {
        c[1:]
        for name in subjects()
        for s in sentences(load(f"subjects/{name}"))
        for c in placeholders(s)
        if c.startswith("@")
    }
    declared = {key for name in subjects() for key in load(f"subjects/{name}").get("sources", [])}
    assert cited | declared <= set(known)


@pytest.mark.parametrize("name", SCALAR)
def test_hand_written_prose_is_complete(name: str) -> None:
    prose = load(f"subjects/{name}")
    assert prose["intuition"]
    assert 1 <= len(prose["summary"]) <= 5
    assert len(prose["misconceptions"]) >= 4
    assert all(entry.get("computed") for entry in prose["misconceptions"])
    assert len(prose["siblings"]) >= 4
    assert prose["use"]["for"]
    assert prose["use"]["against"]


def test_no_digit_stands_in_a_sentence_outside_a_placeholder() -> None:
    """Numbers belong to the engine; years inside titles, names such as 784-16-16-10 and code are words."""
    for name in SCALAR:
        prose = load(f"subjects/{name}")
        for key in ("intuition", "summary"):
            for sentence in prose[key]:
                bare = re.sub(r"\{[^{}]*\}|`[^`]*`|\d+(-\d+)+", "", sentence)
                assert not re.search(r"\d", bare), sentence


def test_an_unknown_placeholder_is_refused() -> None:
    for sentence in ("{nonsense}", "{f(}", "{__import__(1)}", "{x.y}", "{@nobody1900}"):
        with pytest.raises(DefinitionError):
            voice_of("relu").text(sentence)
