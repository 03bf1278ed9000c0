"""ONNX files as networks: the chain of operators from the floating-point output back to the input.

Numbers are taken as the file holds them: an alpha that the exporter rounded to single precision stays rounded.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from symnet.definitions.network import Network
from symnet.errors import DataError, MissingExtraError, SymnetError, UsageError
from symnet.interchange.chain import Affine, Image, Step, assemble
from symnet.interchange.onnx_operators import attributes, folded, steps_of
from symnet.interchange.onnx_patterns import pattern

FLOATS = (1, 10, 11, 16)
"""ONNX's numbers of float, float16, double and bfloat16."""


def read_onnx(path: Path) -> Network:
    """The network in an ONNX file; an operator that is not supported is named with its node."""
    try:
        import onnx
    except ImportError:
        raise MissingExtraError.of("onnx", "onnx", "to read .onnx files") from None
    where = f"'{path}'"
    try:
        model = onnx.load(str(path))
    except Exception as error:  # protobuf's and onnx's own errors have no common ancestor
        reason = " ".join(str(error).split())[:120]
        raise DataError(f"{where} is not an ONNX file, or it is damaged: {reason}") from None
    try:
        return _network(model.graph, where)
    except SymnetError:
        raise
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        reason = " ".join(str(error).split())[:120]
        raise DataError(f"{where} is damaged: {type(error).__name__}: {reason}") from None


def _network(graph: Any, where: str) -> Network:
    constants = _constants(graph)
    producers = {name: node for node in graph.node for name in node.output}
    inputs = [value for value in graph.input if value.name not in constants]
    if len(inputs) != 1 or not graph.node:
        raise DataError(f"{where} has {len(inputs)} inputs and {len(graph.node)} nodes; chains with one input are read")
    steps: list[Step] = []
    name = _output(graph, producers, where)
    for _ in range(len(graph.node) + 1):
        if name == inputs[0].name:
            break
        node = producers.get(name)
        if node is None:
            raise DataError(f"{where}: nothing computes {name!r}")
        if (found := pattern(node, constants, producers)) is not None:
            name, more = found
        else:
            name, more = _data(node, constants, producers, where), steps_of(node, constants, where)
        steps = more + steps
    else:
        raise DataError(f"{where} runs in a circle at {name!r}")
    return assemble(_sized(inputs[0], steps, where), where)


def _constants(graph: Any) -> dict[str, np.ndarray]:
    """The initialisers, the Constant nodes, and what is computed from them alone."""
    from onnx import numpy_helper

    found = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            value = next(iter(attributes(node).values()))
            found[node.output[0]] = np.asarray(value)
        elif node.input and all(name in found for name in node.input if name):
            value = folded(node, [found[name] for name in node.input if name])
            if value is not None:
                found[node.output[0]] = value
    return found


def _output(graph: Any, producers: dict[str, Any], where: str) -> str:
    """The first output of real numbers; behind a ZipMap, what it zips."""
    for value in graph.output:
        if value.type.HasField("tensor_type") and value.type.tensor_type.elem_type in FLOATS:
            return value.name
    for value in graph.output:
        if value.name in producers and producers[value.name].op_type == "ZipMap":
            return producers[value.name].input[0]
    raise DataError(f"{where} has no output of real numbers")


def _data(node: Any, constants: dict[str, Any], producers: dict[str, Any], where: str) -> str:
    """The one input that the samples come through."""
    names = [name for name in dict.fromkeys(node.input) if name and name not in constants]
    if node.op_type == "Reshape":
        names = names[:1]
    if len(names) != 1 or list(node.input).count(names[0]) != 1:
        raise UsageError(
            f"{where} is no chain: node {node.name or node.output[0]} ({node.op_type}) joins {len(node.input)} values"
        )
    return names[0]


def _sized(value: Any, steps: list[Step], where: str) -> list[Step]:
    """The steps, behind the image that the input is; its size is held against the first weights."""
    dimensions = [d.dim_value for d in value.type.tensor_type.shape.dim][1:]
    first = next((step for step in steps if isinstance(step, Affine)), None)
    known = bool(dimensions) and all(dimensions)
    if known and first is not None and np.ndim(first.weight) == 2 and int(np.prod(dimensions)) != first.weight.shape[1]:
        raise UsageError(
            f"{where}: {first.place} takes {first.weight.shape[1]} numbers but a sample has the shape {tuple(dimensions)}"
        )
    image = [d for d in dimensions if d != 1] if len(dimensions) == 3 else dimensions
    return [Image((image[0], image[1])), *steps] if known and len(image) == 2 and len(dimensions) > 1 else steps
