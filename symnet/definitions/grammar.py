"""The words of the input grammar, and what to write instead of the words that it does not know."""

from __future__ import annotations

_OWN_NAME = (
    "exp", "log", "sqrt", "cbrt", "abs", "sign", "sin", "cos", "tan", "asin", "acos", "atan",
    "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "sech", "erf", "erfc", "heaviside", "max", "min",
)  # fmt: skip
_INVERSES = ("asin", "acos", "atan", "asinh", "acosh", "atanh")
_SYNONYMS = {"ln": "log"} | {f"arc{name[1:]}": name for name in _INVERSES}
FUNCTIONS = {name: name for name in _OWN_NAME} | _SYNONYMS
"""Spelling in lower case → head of the tree. ``Abs``, ``Max`` and ``Heaviside`` are the same words with a capital."""

SEVERAL = {"max", "min"}
"""Heads that take any number of arguments; all others take one."""

BRANCHES = {"Piecewise", "where"}
CONDITIONS = {"Eq": "==", "Ne": "!=", "Lt": "<", "Le": "<=", "Gt": ">", "Ge": ">="}
CONSTANTS = {"pi", "e"}
TRUTHS = {"True": "true", "False": "false"}

_CLAMP, _CHOOSE = "min(max(x, a), b)", "where(x < 0, a, b)"
ELSEWHERE = {
    "log2": "log(x)/log(2)",
    "log10": "log(x)/log(10)",
    "log1p": "log(1 + x)",
    "expm1": "exp(x) - 1",
    "exp2": "2^x",
    "sec": "1/cos(x)",
    "csc": "1/sin(x)",
    "cot": "1/tan(x)",
    "csch": "1/sinh(x)",
    "coth": "1/tanh(x)",
    "sinc": "sin(x)/x",
    "pow": "x^2",
    "square": "x^2",
    "reciprocal": "1/x",
    "rsqrt": "1/sqrt(x)",
    "hypot": "sqrt(x^2 + 1)",
    "sgn": "sign(x)",
    "fabs": "abs(x)",
    "norm": "abs(x)",
    "expit": "sigmoid(x)",
    "clip": _CLAMP,
    "clamp": _CLAMP,
    "maximum": "max(a, b)",
    "minimum": "min(a, b)",
    "select": _CHOOSE,
    "ifelse": _CHOOSE,
    "Rational": "1/3",
    "E": "e",
    "Pi": "pi",
    "PI": "pi",
}
"""Words that people bring from other languages → what says the same here."""

NO_NUMBERS = {"oo", "zoo", "inf", "infinity", "Infinity", "nan", "NaN", "None", "I"}
"""Words for what is no real number; they cannot be names either."""


def known(name: str) -> bool:
    """Whether the grammar itself owns this word, so that no parameter and no catalogue function can take it."""
    return name.lower() in FUNCTIONS or name in BRANCHES or name in CONDITIONS or name in CONSTANTS or name in TRUTHS


def words() -> list[str]:
    """Every function word, for a did-you-mean."""
    return [*FUNCTIONS, *sorted(BRANCHES)]
