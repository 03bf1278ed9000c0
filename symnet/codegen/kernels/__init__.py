"""The vetted numerical primitives that generated code refers to; each has accuracy tests of its own."""

from symnet.codegen.kernels.exact import add_exactly, exp_of_sum, exp_polynomial, multiply_exactly, square_exactly
from symnet.codegen.kernels.polynomial import polynomial
from symnet.codegen.kernels.rows import log_softmax, logsumexp, softmax, softmax_cross_entropy, sparsemax

__all__ = [
    "add_exactly",
    "exp_of_sum",
    "exp_polynomial",
    "log_softmax",
    "logsumexp",
    "multiply_exactly",
    "polynomial",
    "softmax",
    "softmax_cross_entropy",
    "sparsemax",
    "square_exactly",
]
