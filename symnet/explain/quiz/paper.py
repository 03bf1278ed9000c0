"""A quiz as a sheet: the questions, and behind them the key with the step that leads to each answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symnet.explain.quiz.answers import Choice, shown, spoken
from symnet.explain.quiz.item import Item
from symnet.prose import load
from symnet.sheet import ItemList, Paragraph, Section, Sheet, Text


def paper(items: Sequence[Item], title: str, seed: int) -> Sheet:
    """The printable quiz."""
    words = load("quiz")["paper"]
    asked: list[Any] = []
    key: list[Any] = []
    for number, item in enumerate(items, start=1):
        asked.append(Paragraph(Text("**{n}.** {q}", {"n": str(number), "q": item.prompt})))
        if isinstance(item.answer, Choice):
            asked.append(ItemList(options(item.answer)))
        key.append(Paragraph(Text("**{n}.** {a}", {"n": str(number), "a": spoken(shown(item.answer))})))
        key += item.feedback
    return Sheet(
        subject=f"quiz-{title}", title=Text(words["title"], {"name": title}),
        sections=(
            Section("questions", Text(words["questions"]), Text(words["questions_cue"]), tuple(asked)),
            Section("key", Text(words["key"]), Text(words["key_cue"]), tuple(key)),
        ),
        lead=(Paragraph(Text(words["lead"], {"count": str(len(items)), "seed": str(seed)})),),
    )  # fmt: skip


def options(choice: Choice) -> tuple[Text, ...]:
    """The options with their letters."""
    return tuple(
        Text("{letter}) {option}", {"letter": chr(97 + k), "option": spoken(option)})
        for k, option in enumerate(choice.options)
    )
