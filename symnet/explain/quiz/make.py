"""Draws the questions of a quiz: the same subjects, number and seed give the same questions."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from symnet.definitions.activation import Activation, activations
from symnet.definitions.expression import typed_activation
from symnet.errors import UsageError
from symnet.explain.function import Function
from symnet.explain.quiz.item import Item
from symnet.explain.quiz.kinds import KINDS, make

MOST = 100
ROUNDS = 12
"""How often the kinds are gone through before a subject is given up as exhausted."""
GROUPS: dict[str, tuple[str, ...]] = {
    "activations": (
        "relu",
        "leaky_relu",
        "elu",
        "sigmoid",
        "tanh",
        "softplus",
        "silu",
        "gelu",
        "hard_tanh",
        "softsign",
    ),
}
"""Quizzes over several subjects."""


def subjects(name: str) -> tuple[Activation, ...]:
    """The activations of a group, the one of that name, or the expression."""
    if name not in GROUPS and name not in activations and not name.isidentifier():
        return (typed_activation(name),)
    return tuple(activations[member] for member in GROUPS.get(name, (name,)))


def questions(chosen: Sequence[Activation], count: int = 10, seed: int = 0) -> list[Item]:
    """`count` different questions about these activations, the kinds in turn.

    Fewer where there are no more to ask; `UsageError` for a count out of range.
    """
    if not 1 <= count <= MOST:
        raise UsageError(f"a quiz has 1 to {MOST} questions, not {count}")
    functions = [Function(a) for a in chosen]
    random = Random(f"{seed} {' '.join(a.name for a in chosen)}")
    found: dict[str, Item] = {}
    for _ in range(ROUNDS):
        for kind in random.sample(sorted(KINDS), len(KINDS)):
            item = make(kind, random.choice(functions), random)
            if item is not None:
                found.setdefault(f"{item.kind} {item.subject} {item.prompt.values}", item)
            if len(found) == count:
                return list(found.values())
    return list(found.values())
