"""What has a sheet of its own besides the catalogues: the concepts and the notes. Light, for `symnet list`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A concept or a note."""

    title: str
    summary: str
    maker: str
    """``module:function`` that makes the sheet."""


CONCEPTS: dict[str, Subject] = {
    "neuron": Subject("Neuron", "weigh, sum, add a bias, activate", "symnet.explain.neuron:explain_neuron"),
    "layer": Subject(
        "Layer", "many neurons side by side: a matrix, a vector and an activation", "symnet.explain.layer:explain_layer"
    ),
    "dense": Subject(
        "Dense layer",
        "the same as engineers meet it: forward, backward, shapes, cost, where its weights start",
        "symnet.explain.dense:explain_dense",
    ),
    "mlp": Subject(
        "MLP",
        "layers one after the other: the simplest deep network, forward and backward",
        "symnet.explain.mlp:explain_mlp",
    ),
    "backpropagation": Subject(
        "Backpropagation",
        "the chain rule walked backwards: every slope of the loss for the price of at most about two more forward passes",
        "symnet.explain.backpropagation:explain_backpropagation",
    ),
    "gradient_descent": Subject(
        "Gradient descent",
        "walk downhill: which steps arrive, why valleys are slow, what momentum and mini-batches do",
        "symnet.explain.gradient_descent:explain_gradient_descent",
    ),
    "xor": Subject(
        "Exclusive-or",
        "why one neuron cannot, and two layers can: a proof, a network, a picture",
        "symnet.explain.xor:explain_xor",
    ),
    "vanishing_gradient": Subject(
        "Vanishing gradient",
        "what many layers leave of a signal, proved and counted, and what keeps it alive",
        "symnet.explain.vanishing_gradient:explain_vanishing_gradient",
    ),
    "universal_approximation": Subject(
        "Universal approximation",
        "what one hidden layer can do with enough neurons, built and counted, and what is not promised",
        "symnet.explain.universal_approximation:explain_universal_approximation",
    ),
}
"""Concepts with a sheet: ``symnet explain neuron``."""

PAIRS: dict[tuple[str, str], Subject] = {
    ("softmax", "cross_entropy"): Subject(
        "Softmax with cross-entropy",
        "scores become probabilities, the truth's surprise is the loss, and the gradient is p − y",
        "symnet.explain.cross_entropy:explain_cross_entropy",
    ),
}
"""Pairs whose combination has a sheet: ``symnet explain softmax+cross_entropy``."""

NOTES: dict[str, Subject] = {
    "neurons": Subject(
        "Neurons",
        "the whole note: neurons, layers, weights, biases, activations, networks",
        "symnet.explain.study:neurons",
    ),
    "activations": Subject(
        "Activations", "six bends side by side and one by one", "symnet.explain.note:activations_note"
    ),
    "training": Subject(
        "Training",
        "loss, backpropagation, gradient descent, and what many layers do to a gradient",
        "symnet.explain.note:training_note",
    ),
}
"""Notes made of several subjects: ``symnet study neurons``."""
