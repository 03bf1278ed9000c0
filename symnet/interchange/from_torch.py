"""PyTorch modules as networks: the chain of operations that `torch.fx` traces through `forward`.

Nested Sequentials and modules with a `forward` of their own come out alike. Dropout and batch normalisation
are read in inference mode; a module that still trains is refused where its output would be random.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from symnet.definitions.network import Network
from symnet.errors import DataError, MissingExtraError, UsageError
from symnet.interchange.chain import Affine, Apply, Image, Normalise, Scale, Step, assemble
from symnet.interchange.peer_activations import arguments_of, known, peer_activation, spelling

WHERE = "this torch module"
KNOWN = "Linear, Flatten, Dropout, BatchNorm1d, Softmax, Identity and the activations"


def from_torch(module: Any, input_shape: tuple[int, ...] | None = None) -> Network:
    """The network of a module that is a chain of dense layers; `input_shape` is that of one sample, if it is an image."""
    try:
        import torch
        from torch import fx
    except ImportError:
        raise MissingExtraError.of("PyTorch", "torch", "to read its modules") from None
    if not isinstance(module, torch.nn.Module):
        raise UsageError(f"from_torch takes a torch.nn.Module, got {type(module).__name__}")
    if type(module).__module__.startswith("torch.nn.") and not isinstance(module, torch.nn.Sequential):
        module = torch.nn.Sequential(module).train(module.training)
    try:
        traced = fx.symbolic_trace(module)
    except Exception as error:  # whatever the module's own forward raises
        raise UsageError(f"{WHERE} cannot be traced: {' '.join(str(error).split())[:200]}") from None
    steps: list[Step] = [Image(input_shape)] if input_shape is not None and len(input_shape) == 2 else []
    current: Any = None
    for node in traced.graph.nodes:
        if node.op == "placeholder":
            if current is not None:
                raise UsageError(f"{WHERE} has a second input, {node.name}; only chains are supported")
            current = node
        elif node.op == "get_attr" or _is_size(node):
            continue
        else:
            _follows(node, current)
            if node.op != "output":
                steps += _step(node, traced)
            current = node
    return assemble(steps, WHERE)


def _is_size(node: Any) -> bool:
    """``x.size(0)`` and ``x.shape[0]``, which only feed a view."""
    return node.target == "size" or (getattr(node.target, "__name__", "") in ("getattr", "getitem"))


def _follows(node: Any, current: Any) -> None:
    first = node.args[0] if node.args else next(iter(node.kwargs.values()), None)
    if first is not current or (node.op != "output" and sum(not _is_size(user) for user in node.users) > 1):
        raise UsageError(f"{WHERE} is no chain of layers at {node.target!s}; only chains are supported")


def _step(node: Any, traced: Any) -> list[Step]:
    """One node as steps."""
    import torch

    if node.op == "call_module":
        return module_steps(traced.get_submodule(node.target), f"module {node.target}")
    name = node.target if isinstance(node.target, str) else node.target.__name__
    place = f"function {name} ({node.name})"
    arguments, options = (
        node.args[1:],
        {k: v for k, v in node.kwargs.items() if k not in ("input", "inplace", "_stacklevel")},
    )
    key = spelling(name)
    if key in ("dropout", "alphadropout", "featurealphadropout"):
        training = options.get("training", arguments[1] if len(arguments) > 1 else True)
        return _dropout(bool(training), (arguments or [options.get("p", 0.5)])[0], place)
    if key == "flatten":
        return _flatten(*arguments, place=place, **options)
    if key in ("view", "reshape"):
        shape = arguments[0] if len(arguments) == 1 else arguments
        if isinstance(shape, (tuple, list)) and len(shape) == 2 and isinstance(shape[1], int):
            return []
    if key == "softmax" or key in known("torch"):
        kind: Any = next(c for name, c in vars(torch.nn).items() if spelling(name) == key)
        options.pop("dtype", None)
        try:
            return module_steps(kind(*arguments, **options), place)
        except (TypeError, ValueError):
            pass
    raise UsageError(f"{WHERE}: {place} is not supported; supported are {KNOWN}")


def module_steps(module: Any, place: str) -> list[Step]:
    """The steps of one module of torch.nn."""
    from torch import nn

    place = f"{place} ({type(module).__name__})"
    readers: list[tuple[type | tuple[type, ...], Callable[[], list[Step]]]] = [
        (nn.Linear, lambda: [Affine(_numbers(module.weight), _numbers(module.bias), place)]),
        (nn.Flatten, lambda: _flatten(module.start_dim, module.end_dim, place)),
        ((nn.Dropout, nn.AlphaDropout), lambda: _dropout(module.training, module.p, place)),
        (nn.BatchNorm1d, lambda: _batch_norm(module, place)),
        (nn.Softmax, lambda: _softmax(module.dim, place)),
    ]
    if not isinstance(module, nn.modules.lazy.LazyModuleMixin):
        for kind, read in readers:
            if isinstance(module, kind):
                return read()
        if spelling(type(module).__name__) in known("torch"):
            return [Apply(_activation(module, place), place)]
    raise UsageError(f"{WHERE}: {place} is not supported; supported are {KNOWN}")


def _activation(module: Any, place: str) -> Any:
    name = type(module).__name__
    given, untouched = arguments_of(module)
    if name == "Identity":
        given = {}
    elif name == "PReLU":
        weights = _numbers(module.weight)
        if weights.size != 1:
            raise UsageError(f"{WHERE}: {place} has {weights.size} slopes; one for all entries is supported")
        given = {"init": float(weights[0])}
    elif name == "RReLU" and module.training:
        raise UsageError(f"{WHERE}: {place} is random while it trains; call eval() first")
    return peer_activation("torch", name, given, f"{WHERE}: {place}", untouched)


def _numbers(tensor: Any) -> Any:
    """A tensor as a NumPy array; half precisions, which NumPy lacks in part, as float32."""
    if tensor is None:
        return None
    plain = tensor.detach().cpu()
    return (plain.float() if plain.element_size() < 4 and plain.is_floating_point() else plain).numpy().copy()


def _dropout(training: bool, probability: Any, place: str) -> list[Step]:
    if training and probability:
        raise UsageError(f"{WHERE}: {place} is random while it trains; call eval() first")
    return []


def _flatten(start_dim: int = 0, end_dim: int = -1, place: str = "") -> list[Step]:
    if start_dim != 1 or end_dim != -1:
        raise UsageError(f"{WHERE}: {place} flattens from {start_dim} to {end_dim}; supported is from 1 to the last")
    return []


def _softmax(dim: int | None, place: str) -> list[Step]:
    if dim not in (1, -1):
        raise UsageError(f"{WHERE}: {place} normalises along dim={dim}; a row is normalised along dim=1 or -1")
    return [Normalise(place)]


def _batch_norm(module: Any, place: str) -> list[Step]:
    """γ·(x − μ)/√(σ² + ε) + β with the running mean and variance."""
    if module.training or module.running_mean is None:
        raise UsageError(f"{WHERE}: {place} uses the statistics of the batch while it trains; call eval() first")
    mean, variance = (_numbers(t).astype(np.float64) for t in (module.running_mean, module.running_var))
    factor = 1 / np.sqrt(variance + module.eps)
    if module.affine:
        factor = factor * _numbers(module.weight)
    shift = -mean * factor + (_numbers(module.bias) if module.affine else 0.0)
    if not np.isfinite(shift).all():
        raise DataError(f"{WHERE}: {place} contains nan or infinity")
    return [Scale(factor, shift, place)]
