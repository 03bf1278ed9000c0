"""The built-in activations, by family; importing this package enters them all in the registry."""

from symnet.definitions.activations import exponential, linear, rectifiers, sigmoids

__all__ = ["exponential", "linear", "rectifiers", "sigmoids"]
