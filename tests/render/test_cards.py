"""Flash cards: identities that stay, sides that are whole, a deck that Anki's own format holds."""

import dataclasses
import io
import sqlite3
import zipfile

import pytest

from symnet.render import render
from symnet.render.format import FORMATS
from symnet.sheet import FactRow, FactTable, Question, Section, Sheet, Text


def cards(sheet):
    return FORMATS["tsv"].make().cards(sheet)


def test_questions_properties_and_misconceptions_become_cards(demo):
    made = cards(demo)
    assert [card.tags[-1] for card in made] == ["property", "property", "property", "misconception", "question"]
    assert r"\(f(-3)\)" in made[-1].front
    assert r"\[f(-3) = 0\]" in made[-1].back
    assert "nobody knows" not in "".join(card.back for card in made), "what is not decided is nothing to learn"


def test_a_new_number_keeps_the_identity_and_another_question_does_not():
    def deck(words, number, subject="s"):
        question = Question(Text(words, {"n": number}), ())
        return Sheet(subject, Text("t"), (Section("quiz", Text("n"), Text("q?"), (question,)),))

    (first,), (second,), (third,), (other,) = (
        cards(deck("f({n})?", 1)), cards(deck("f({n})?", 2)), cards(deck("g({n})?", 1)), cards(deck("f({n})?", 1, "u"))
    )  # fmt: skip
    assert first.identity == second.identity
    assert first.front != second.front
    assert len({first.identity, third.identity, other.identity}) == 3


def test_two_cards_never_share_an_identity():
    row = FactRow(Text("range"), Text("v"), Text("r"), "proved")
    made = cards(Sheet("s", Text("t"), (Section("p", Text("n"), Text("q?"), (FactTable((row, row)),)),)))
    assert len({card.identity for card in made}) == 2


def test_a_line_is_a_card(demo):
    lines = render(demo, "tsv").rstrip("\n").split("\n")
    body = [line for line in lines if not line.startswith("#")]
    assert len(body) == len(cards(demo))
    assert all(line.count("\t") == 3 for line in body)


def test_the_deck_holds_the_cards(demo, tmp_path):
    pytest.importorskip("genanki")
    with zipfile.ZipFile(io.BytesIO(render(demo, "anki"))) as package:
        (tmp_path / "deck.db").write_bytes(package.read("collection.anki2"))
    database = sqlite3.connect(tmp_path / "deck.db")
    found = database.execute("select guid, flds from notes order by id").fetchall()
    database.close()
    assert sorted(found) == sorted((card.identity, f"{card.front}\x1f{card.back}") for card in cards(demo))


def test_deck_ids_follow_the_subject(demo):
    pytest.importorskip("genanki")
    assert render(demo, "anki") != render(dataclasses.replace(demo, subject="other"), "anki")
