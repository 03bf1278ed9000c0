"""symnet turns neural networks into exact mathematics and explains them.

The stages, told once and here only; data flows down this table and never back up:

============== ======================== ==============================================================
stage          folder                   in → out
============== ======================== ==============================================================
define         `definitions/`           a name, or a typed expression → Activation, Loss, Layer, Network
differentiate  `calculus/`              a definition → Pieces, Derivation (steps, each checked)
analyse        `analysis/`              a definition → Facts (value, verdict, reason, evidence)
generate       `codegen/`               an exact expression or equations → stable source → CompiledFunction
learn          `learning/`              a network, a loss, data → trained parameters, a history
exchange       `interchange/`           safetensors and other files ↔ Network
explain        `explain/`               any of these → Sheet, a format-free document of blocks
render         `render/`, `templates/`  Sheet → terminal, Markdown, LaTeX, HTML, notebook, JSON
============== ======================== ==============================================================

The public names are fetched on first use, so that ``import symnet`` and ``symnet --help`` load
neither SymPy nor NumPy. Every activation of the catalogue is a public name too: ``symnet.relu``.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Activation": "symnet.definitions.activation",
    "Api": "symnet.definitions.activation",
    "activations": "symnet.definitions.activation",
    "VectorActivation": "symnet.definitions.vector_activation",
    "vector_activations": "symnet.definitions.vector_activation",
    "Neuron": "symnet.definitions.neuron",
    "Dense": "symnet.definitions.layers",
    "Flatten": "symnet.definitions.layers",
    "Maxout": "symnet.definitions.layers",
    "Pointwise": "symnet.definitions.layers",
    "Softmax": "symnet.definitions.layers",
    "Network": "symnet.definitions.network",
    "MLP": "symnet.definitions.network",
    "losses": "symnet.definitions.loss",
    "differentiate": "symnet.calculus.differentiate",
    "backpropagate": "symnet.calculus.backpropagate",
    "split": "symnet.calculus.pieces",
    "analyse": "symnet.analysis",
    "compile": "symnet.codegen.compiled",
    "CompiledFunction": "symnet.codegen.compiled",
    "train": "symnet.learning",
    "activation": "symnet.shortcuts",
    "load": "symnet.shortcuts",
    "render": "symnet.render",
    "Sheet": "symnet.sheet",
    "SymnetError": "symnet.errors",
}

__all__ = ["__version__", "explain", *sorted(_HOMES)]  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    """Fetch a public name from its home; any other name is looked up among the activations."""
    from importlib import import_module

    if name == "explain":
        return import_module("symnet.explain")
    if home := _HOMES.get(name):
        value = getattr(import_module(home), name)
        globals()[name] = value
        return value
    if not name.startswith("_"):
        from symnet.definitions.activation import activations

        if name in activations:
            return activations[name]
    raise AttributeError(f"module 'symnet' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
