"""The activations of torch and Keras, found by the names that the catalogue's own records give them."""

from __future__ import annotations

import inspect
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from symnet.definitions.activation import Activation, Api, activations
from symnet.errors import UsageError

IGNORED = ("self", "name", "inplace", "kwargs", "device", "dtype", "num_parameters")
"""Arguments that do not change the function."""


def spelling(name: str) -> str:
    """LeakyReLU, leaky_relu and leakyrelu are one name."""
    return name.replace("_", "").lower()


@lru_cache(maxsize=8)
def known(framework: str) -> dict[str, list[tuple[Activation, Api]]]:
    """Spelling → the activations that the framework has under this name."""
    found: dict[str, list[tuple[Activation, Api]]] = {}
    for record in activations:
        if api := record.apis.get(framework):
            found.setdefault(spelling(api.name), []).append((record, api))
    return found


def peer_activation(
    framework: str, name: str, given: dict[str, Any], place: str, untouched: Collection[str] = ()
) -> Activation:
    """The activation that a framework calls `name`, with the arguments `given`; those not given are at its defaults.

    An argument that the catalogue has no parameter for is refused, unless it is `untouched`: at the framework's default.
    """
    candidates = known(framework).get(spelling(name), [])
    fitting = [pair for pair in candidates if all(given.get(k, v) == v for k, v in pair[1].fixed.items())]
    if not fitting:
        raise UsageError(f"{place} is not supported: the catalogue has no activation that {framework} calls {name}")
    record, api = fitting[0]  # GELU without arguments: the exact one is declared first and is everybody's default
    values: dict[str, Any] = {}
    used = {*api.fixed, *untouched}
    for parameter in record.parameters:
        keyword = api.arguments.get(parameter.name, parameter.name)
        used.add(keyword)
        if keyword:
            values[parameter.name] = given.get(keyword, api.defaults.get(parameter.name, parameter.default))
    if strangers := [key for key in given if key not in used]:
        raise UsageError(f"{place} is not supported with {strangers[0]}={given[strangers[0]]}")
    return record.with_parameters(**values)


def arguments_of(instance: Any) -> tuple[dict[str, Any], set[str]]:
    """The constructor's arguments as the instance keeps them, and which of them stand at their defaults."""
    signature = inspect.signature(type(instance).__init__).parameters
    found = {name: getattr(instance, name) for name in signature if name not in IGNORED and hasattr(instance, name)}
    return found, {name for name, value in found.items() if value == signature[name].default}
