"""The built-in vector activations; importing this package enters them all in the registry."""

from symnet.definitions.vector_activations import crelu, gated, maxout, softmax, sparsemax

__all__ = ["crelu", "gated", "maxout", "softmax", "sparsemax"]
