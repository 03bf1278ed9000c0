"""What can be analysed: a name of the catalogue, an `Activation`, or an expression as text."""

from __future__ import annotations

from symnet.definitions.activation import Activation, activations
from symnet.definitions.tree import Node


def typed_tree(target: Activation | str) -> tuple[str, str, Node]:
    """The text, the variable's name and the tree of a target; parameters at their fixed values or defaults."""
    from symnet.definitions.algebra import from_sympy
    from symnet.definitions.expression import read
    from symnet.definitions.spelling import to_text

    if isinstance(target, str):
        if target not in activations:
            typed = read(target)
            return typed.text, typed.variable, typed.tree
        target = activations[target]
    if target.typed is not None:
        typed = target.typed
        return typed.text, typed.variable, typed.tree
    tree = from_sympy(target.default_expression, target.variable)
    return to_text(tree), target.variable.name, tree
