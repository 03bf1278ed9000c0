"""What can be analysed: a name of the catalogue, an `Activation`, or an expression as text, with assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from symnet.definitions.activation import Activation, activations
from symnet.definitions.tree import Node
from symnet.errors import DefinitionError

Assumptions: TypeAlias = str | Iterable[str] | Mapping[str, str]
"""``"alpha>0"``, several such words, or parameter → "positive", "nonnegative" or "real"."""
WORDS = ("positive", "nonnegative", "real")


def read_assumptions(assumptions: Assumptions) -> dict[str, str]:
    """The assumptions as parameter → "positive", "nonnegative" or "real"."""
    from symnet.definitions.expression import assumption

    if isinstance(assumptions, Mapping):
        for name, word in assumptions.items():
            if word not in WORDS:
                raise DefinitionError(f"cannot assume that '{name}' is {str(word)[:60]!r}; say {', '.join(WORDS)}")
        return dict(assumptions)
    words = assumptions.split(",") if isinstance(assumptions, str) else list(assumptions)
    found: dict[str, str] = {}
    for name, word in map(assumption, words):
        if name in found:
            raise DefinitionError(f"two assumptions are made about '{name}'; one is enough")
        found[name] = word
    return found


def typed_tree(target: Activation | str, assumed: Mapping[str, str] | None = None) -> tuple[str, str, Node]:
    """The text, the variable's name and the tree of a target.

    Parameters of `assumed` stay symbolic, the others are at their fixed values or defaults.
    """
    from symnet.definitions.algebra import from_sympy
    from symnet.definitions.expression import read
    from symnet.definitions.spelling import to_text

    assumed = dict(assumed or {})
    if isinstance(target, str):
        if target not in activations:
            typed = read(target, assumed)
            return typed.text, typed.variable, typed.tree
        target = activations[target]
    if target.typed is not None:
        typed = target.typed
        known = {p.name: p.assumption for p in typed.parameters}
        if assumed.items() - known.items():
            typed = read(typed.text, known | assumed)
        return typed.text, typed.variable, typed.tree
    expression = target.with_symbols(assumed) if assumed else target.default_expression
    tree = from_sympy(expression, target.variable)
    return to_text(tree), target.variable.name, tree
