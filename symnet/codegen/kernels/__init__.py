"""The vetted numerical primitives that generated code refers to; each has accuracy tests of its own."""

from symnet.codegen.kernels.error_function import erf, erfc, erfcx, exp_minus_square
from symnet.codegen.kernels.exact import (
    add_exactly,
    exp_of_sum,
    exp_polynomial,
    multiply_exactly,
    polynomial_exactly,
    square_exactly,
)
from symnet.codegen.kernels.normal import normal_cdf
from symnet.codegen.kernels.polynomial import polynomial
from symnet.codegen.kernels.products import matmul_by_rows
from symnet.codegen.kernels.rows import log_softmax, logsumexp, softmax, softmax_cross_entropy, sparsemax
from symnet.codegen.kernels.select import scaled_up, select
from symnet.codegen.kernels.tower import exp_exactly, exp_tower
from symnet.codegen.kernels.waves import cos_polynomial, sin_polynomial

__all__ = [
    "add_exactly",
    "cos_polynomial",
    "erf",
    "erfc",
    "erfcx",
    "exp_exactly",
    "exp_minus_square",
    "exp_of_sum",
    "exp_polynomial",
    "exp_tower",
    "log_softmax",
    "logsumexp",
    "matmul_by_rows",
    "multiply_exactly",
    "normal_cdf",
    "polynomial",
    "polynomial_exactly",
    "scaled_up",
    "select",
    "sin_polynomial",
    "softmax",
    "softmax_cross_entropy",
    "sparsemax",
    "square_exactly",
]
