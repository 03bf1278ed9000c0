"""The built-in losses, a module for each kind of target; importing this package enters them in the registry."""

from symnet.definitions.losses import distances, margins, surprises

__all__ = ["distances", "margins", "surprises"]
