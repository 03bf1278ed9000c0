"""The words of the input grammar: every function and constant that an expression may name, and what to write for others."""

from __future__ import annotations

FUNCTIONS = {
    "exp": "exp", "log": "log", "ln": "log", "sqrt": "sqrt", "cbrt": "cbrt", "abs": "abs", "sign": "sign",
    "sin": "sin", "cos": "cos", "tan": "tan", "asin": "asin", "acos": "acos", "atan": "atan",
    "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "asinh": "asinh", "acosh": "acosh", "atanh": "atanh", "sech": "sech",
    "erf": "erf", "erfc": "erfc", "heaviside": "heaviside", "max": "max", "min": "min",
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh",
}  # fmt: skip
"""Spelling in lower case → head of the tree. ``Abs``, ``Max`` and ``Heaviside`` are the same words with a capital."""

SEVERAL = {"max", "min"}
"""Heads that take any number of arguments; all others take one."""

BRANCHES = {"Piecewise", "where"}
CONDITIONS = {"Eq": "==", "Ne": "!=", "Lt": "<", "Le": "<=", "Gt": ">", "Ge": ">="}
CONSTANTS = {"pi", "e"}
TRUTHS = {"True": "true", "False": "false"}

ELSEWHERE = {
    "log2": "log(x)/log(2)", "log10": "log(x)/log(10)", "log1p": "log(1 + x)", "expm1": "exp(x) - 1", "exp2": "2^x",
    "pow": "x^2", "square": "x^2", "sqr": "x^2", "fabs": "abs(x)", "sec": "1/cos(x)", "csc": "1/sin(x)", "cot": "1/tan(x)",
    "csch": "1/sinh(x)", "coth": "1/tanh(x)", "sinc": "sin(x)/x", "expit": "sigmoid(x)", "ifelse": "where(x < 0, a, b)",
    "select": "where(x < 0, a, b)", "clip": "min(max(x, a), b)", "clamp": "min(max(x, a), b)", "sgn": "sign(x)",
    "maximum": "max(a, b)", "minimum": "min(a, b)", "reciprocal": "1/x", "rsqrt": "1/sqrt(x)", "sigma": "sigmoid(x)",
    "logit": "log(x/(1 - x))", "norm": "abs(x)", "E": "e", "Pi": "pi", "PI": "pi", "I": "real numbers only",
    "oo": "finite numbers only", "inf": "finite numbers only", "nan": "finite numbers only", "NaN": "finite numbers only", "Rational": "1/3", "Integer": "1",
    "Float": "0.5", "Symbol": "x", "S": "1/3", "hypot": "sqrt(x^2 + 1)", "erfinv": "finite compositions of the listed functions only", "LambertW": "finite compositions of the listed functions only",
}  # fmt: skip
"""Names that people bring from other languages → what says the same here."""


def known(name: str) -> bool:
    """Whether the grammar itself owns this word, so that no parameter and no catalogue function can take it."""
    return name.lower() in FUNCTIONS or name in BRANCHES or name in CONDITIONS or name in CONSTANTS or name in TRUTHS


def words() -> list[str]:
    """Every function word, for a did-you-mean."""
    return [*FUNCTIONS, *sorted(BRANCHES)]
