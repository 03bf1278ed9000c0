"""Declare once: activations, losses, neurons, layers and networks as exact SymPy definitions."""
