"""What a reflection does to f: f(x) - f(-x), f(x) + f(-x) and f(x) f(-x) where they are simpler than f."""

from __future__ import annotations

from symnet.analysis.cells import cells_of
from symnet.analysis.extras.identity import afresh, one_formula
from symnet.analysis.fact import Fact
from symnet.analysis.neat import neat
from symnet.analysis.subject import Subject
from symnet.analysis.values import proved
from symnet.balls.field import Field
from symnet.balls.spelling import spell
from symnet.balls.undecided import Undecided
from symnet.definitions.expression import read
from symnet.definitions.spelling import to_text
from symnet.definitions.tree import Apply, Node, Variable, substitute, walk

FORMS = (("f(x) - f(-x)", "sub"), ("f(x) + f(-x)", "add"), ("f(x)*f(-x)", "mul"))


def reflection_identities(subject: Subject) -> Fact:
    """[{"left", "right"}]: the forms that are one rational function of x (constants included), f itself being none."""
    found = []
    if (
        not all(i.is_constant or _rational(i.generators, subject.field) for _, _, i in subject.defined)
        or len(subject.pieces) > 1
    ):
        for left, head in FORMS:
            right = _value(subject, head)
            if right is not None:
                found.append({"left": left, "right": right})
    reason = (
        "Both sides were compared exactly on every cell."
        if found
        else "None of the three forms became a rational function."
    )
    return proved("reflection_identities", found, reason)


def _value(subject: Subject, head: str) -> str | None:
    """The combination of f(x) and f(-x) as a text, when it is one rational function of x."""
    mirrored = Apply(head, (subject.tree, _mirror(subject.tree)))

    def simplified(field: Field) -> str | None:
        element = one_formula(cells_of(mirrored, field, subject.budget), field)
        if element is None or not (element.is_constant or _rational(element.generators, field)):
            return None
        return to_text(neat(read(spell(element)).tree))

    try:
        return afresh(subject.budget, simplified)
    except (Undecided, ZeroDivisionError):
        return None


def _mirror(tree: Node) -> Node:
    """f(-x)."""
    variable = next((node for node in walk(tree) if isinstance(node, Variable)), None)
    return tree if variable is None else substitute(tree, variable, Apply("neg", (variable,)))


def _rational(generators: tuple[int, ...], field: Field) -> bool:
    return all(index == 0 or field.generators[index].constant for index in generators)
