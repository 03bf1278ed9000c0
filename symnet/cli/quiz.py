"""``symnet quiz``: questions with computed answers, asked in the terminal or printed with an answer key."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from symnet.cli.output import deliver, output_options

if TYPE_CHECKING:
    from symnet.explain.quiz import Item
    from symnet.sheet import Sheet


@click.command()
@click.argument("topic")
@click.option("--count", type=click.IntRange(1, 100), default=10, show_default=True, help="How many questions.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Another seed, other questions.")
@output_options
def command(topic: str, count: int, seed: int, **output: Any) -> None:
    """Ask questions about an activation (relu) or about several (activations).

    A formula counts when it is equal, however it is written. With --to FORMAT the quiz is written as a sheet with an answer key.
    """
    from symnet.explain.quiz import paper, questions
    from symnet.explain.quiz.make import subjects

    chosen = subjects(topic)
    if output["form"] is not None or output["path"] is not None:

        def make() -> Sheet:
            return paper(questions(chosen, count, seed), topic, seed)

        deliver({"verb": "quiz", "count": count, "seed": seed}, [topic], make, **output)
        return
    ask(questions(chosen, count, seed))


def ask(items: Sequence[Item]) -> None:
    """Ask one question after the other, judge each answer, and end with the score; the end of the input ends the quiz."""
    from symnet.explain.quiz.answers import UNREADABLE, shown, spoken
    from symnet.prose import load
    from symnet.sheet import Text

    talk, say = load("quiz")["talk"], _speaker()
    outcome: Counter[str] = Counter()
    for number, item in enumerate(items, start=1):
        say(Text("**{n}/{all}** {q}", {"n": str(number), "all": str(len(items)), "q": item.prompt}))
        _options(item, say)
        if item.hint is not None:
            say(Text(talk["hint"], {"hint": item.hint}))
        while True:
            given = _line(talk["answer"])
            if given is None or given.lower() in ("q", "quit"):
                _score(outcome, talk, say)
                return
            if not given:
                say(Text(talk["skipped"], {"value": spoken(shown(item.answer))}))
                outcome["skipped"] += 1
                break
            grade = item.answer.grade(given)
            say(grade.said)
            if grade.verdict != UNREADABLE:
                outcome[grade.verdict] += 1
                break
        for block in item.feedback:
            say(block)
        click.echo()
    _score(outcome, talk, say)


def _speaker() -> Any:
    """Prints a sentence or a block as the terminal form of a sheet would."""
    from symnet.render.surroundings import surroundings
    from symnet.render.writers.terminal import TerminalWriter
    from symnet.sheet import Paragraph, Text

    options = surroundings(sys.stdout, os.environ)
    writer = TerminalWriter(**options)

    def say(thing: Any) -> None:
        block = Paragraph(thing) if isinstance(thing, Text) else thing
        click.echo(writer.finished(str(writer.show(block, options["width"]))).rstrip("\n"), color=options["color"])

    return say


def _options(item: Item, say: Any) -> None:
    from symnet.explain.quiz.answers import Choice
    from symnet.explain.quiz.paper import options

    if isinstance(item.answer, Choice):
        for option in options(item.answer):
            say(option)


def _line(prompt: str) -> str | None:
    """A line of the input; None at its end."""
    click.echo(f"{prompt}> ", nl=False)
    line = sys.stdin.readline()
    if not line:
        click.echo()
        return None
    if not sys.stdin.isatty():
        click.echo(line.rstrip("\n"))
    return line.strip()


def _score(outcome: Counter[str], talk: dict[str, str], say: Any) -> None:
    from symnet.explain.quiz.answers import RIGHT, UNDECIDED, WRONG
    from symnet.sheet import Text

    asked = outcome[RIGHT] + outcome[WRONG]
    if not sum(outcome.values()):
        say(Text(talk["nothing"]))
        return
    rest = "".join(
        talk[key].format(count=outcome[name])
        for key, name in (("undecided_rest", UNDECIDED), ("skipped_rest", "skipped"))
        if outcome[name]
    )
    say(Text(talk["score"], {"right": str(outcome[RIGHT]), "asked": str(asked), "rest": rest}))
