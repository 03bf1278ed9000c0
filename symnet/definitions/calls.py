"""Write out a call of a catalogue function inside an expression: its declared body, with the argument in place of x."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from symnet.definitions import grammar, limits
from symnet.definitions.tree import Node, Variable, substitute, walk
from symnet.errors import DefinitionError, UnsupportedExpressionError

if TYPE_CHECKING:
    from symnet.definitions.activation import Activation


def catalogue_function(name: str) -> Activation:
    """The scalar catalogue function of this name; `UnsupportedExpressionError` with a way out for any other word."""
    from symnet.definitions.activation import activations
    from symnet.definitions.vector_activation import vector_activations

    if name in activations:
        return activations[name]
    if name in vector_activations:
        raise UnsupportedExpressionError(
            f"'{name}' takes a vector and is no function of one number; see: symnet explain {name}"
        )
    raise UnsupportedExpressionError(_unknown_function(name))


def catalogue_call(name: str, argument: Node, values: Mapping[str, Node]) -> Node:
    """The tree of ``name(argument, parameter=value, …)``; parameters that are not named keep their defaults."""
    from symnet.definitions.algebra import from_sympy, to_sympy

    activation = catalogue_function(name)
    chosen = dict(activation.parameter_values)
    declared = {p.name: p for p in activation.parameters}
    for key, value in values.items():
        if key not in declared:
            has = f"it has {', '.join(declared)}" if declared else "it has none"
            raise DefinitionError(f"{activation.name} has no parameter '{key}'; {has}")
        if any(isinstance(node, Variable) for node in walk(value)):
            raise DefinitionError(
                f"the parameter '{key}' of {activation.name} is a number; it cannot depend on the variable"
            )
        number = to_sympy(value)
        assumption = declared[key].assumption
        if assumption != "real" and not getattr(number, f"is_{assumption}"):
            raise DefinitionError(f"the parameter '{key}' of {activation.name} must be {assumption}")
        chosen[key] = number
    body = from_sympy(activation.define(activation.variable, **chosen), activation.variable)
    place = Variable(activation.variable.name)
    size = sum(1 for _ in walk(argument))
    if sum(size if node == place else 1 for node in walk(body)) > limits.NODES:
        raise UnsupportedExpressionError(
            f"written out, {activation.name} of this argument has more than {limits.NODES} operations"
        )
    return substitute(body, place, argument)


def _unknown_function(name: str) -> str:
    from symnet.definitions.activation import activations

    if name in grammar.ELSEWHERE:
        return f"'{name}' is not part of the grammar; write {grammar.ELSEWHERE[name]}"
    close = get_close_matches(name.lower(), [*grammar.words(), *activations.spellings()], n=1, cutoff=0.7)
    guess = f"; did you mean '{close[0]}'?" if close else "; the functions that are: symnet list"
    return f"the function '{name}' is not part of the grammar{guess}"
