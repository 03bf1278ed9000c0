"""A second evaluator for the formulas of the prose, which shares nothing with symnet: mpmath, and functions written anew."""

from __future__ import annotations

import re

import mpmath as mp

mp.mp.dps = 40


def _elu(x, alpha=1):
    return x if x >= 0 else alpha * mp.expm1(x)


def _leaky(x, alpha=None):
    return x if x >= 0 else (mp.mpf(1) / 10 if alpha is None else alpha) * x


FUNCTIONS = {
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "tanh": mp.tanh,
    "relu": lambda x: x if x > 0 else mp.mpf(0),
    "leaky_relu": _leaky,
    "elu": _elu,
    "identity": lambda x: x,
    "step": lambda x: mp.mpf(1) if x >= 0 else mp.mpf(0),
    "silu": lambda x: x / (1 + mp.exp(-x)),
    "gelu": lambda x: x * mp.ncdf(x),
    "gelu_tanh": lambda x: x / 2 * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x**3))),
    "mish": lambda x: x * mp.tanh(mp.log1p(mp.exp(x))),
    "softplus": lambda x: mp.log1p(mp.exp(x)),
}
PARAMETERS = {"elu": {"alpha": mp.mpf(1)}, "leaky_relu": {"alpha": mp.mpf(1) / 10}}


def evaluate(formula: str, subject: str = "", **names):
    """The number that a formula of the prose names, to about 40 digits; `subject` is what f stands for."""
    text = formula.partition("|")[0].strip().rstrip("=").strip()
    text = text.replace("f''(", "f2(").replace("f'(", "f1(").replace("^", "**")
    text = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)", r"N('\1')", text)
    space = dict(FUNCTIONS) | PARAMETERS.get(subject, {}) | {
        "N": mp.mpf, "exp": mp.exp, "log": mp.log, "sqrt": mp.sqrt, "abs": abs, "erf": mp.erf, "pi": mp.pi, "e": mp.e,
        "max": lambda *v: max(v), "min": lambda *v: min(v), "sign": mp.sign, **names,
    }  # fmt: skip
    f = FUNCTIONS.get(subject)
    if f is not None:
        space |= {
            "f": f, "f1": lambda x: mp.diff(f, x, h=mp.mpf(10) ** -15), "f2": lambda x: mp.diff(f, x, 2, h=mp.mpf(10) ** -10),
            "left_slope": lambda x: mp.diff(f, x, direction=-1, h=mp.mpf(10) ** -15),
            "right_slope": lambda x: mp.diff(f, x, direction=1, h=mp.mpf(10) ** -15),
        }  # fmt: skip
    return eval(text, {"__builtins__": {}}, space)  # our own prose, in a test
