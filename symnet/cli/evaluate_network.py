"""The network part of ``symnet evaluate``: a network's file and an array of samples in, an array of outputs out."""

from __future__ import annotations

from pathlib import Path


def evaluate_network(
    network: Path,
    samples: Path,
    result: Path,
    preprocess: bool = True,
    activation: str | None = None,
    output_activation: str | None = None,
) -> str:
    """Write the outputs, (n, classes), and say in a line or two what was done."""
    from symnet.interchange.files import is_trained, load
    from symnet.interchange.samples import evaluate_file

    outputs = evaluate_file(network, samples, result, preprocess, activation, output_activation)
    said = f"{len(outputs):,} samples, {outputs.shape[1]} outputs each, {outputs.dtype}: {result}"
    if is_trained(network):
        return said
    if network.suffix.lower() == ".onnx":
        return said
    shape = "-".join(map(str, load(network, activation, output_activation).sizes))
    if output_activation:
        return f"read as an MLP {shape} with {activation}, and {output_activation} in the last layer\n{said}"
    hint = "--output-activation identity leaves the last one linear"
    return f"read as an MLP {shape} with {activation} in every layer; {hint}\n{said}"
