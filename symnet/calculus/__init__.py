"""Differentiate: exact expressions into smooth pieces, derivations with checked steps, and backpropagation."""
