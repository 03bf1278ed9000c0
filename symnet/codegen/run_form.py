"""Runs a form on one number, as generated code would: used to ask what a form gives at ±∞."""

from __future__ import annotations

import math

import numpy as np

from symnet.codegen import kernels
from symnet.codegen.form import Form
from symnet.codegen.numpy_printer import NumpyPrinter


def at_infinity(form: Form, side: int) -> float:
    """The value at ±∞; nan where an operation would be invalid there."""
    printer = NumpyPrinter()
    statements, result = printer.body(form)
    names = {"np": np, **{n: getattr(kernels, n) for n in printer.imports}}
    scope = {"x": np.array([side * math.inf])}
    text = "\n".join([*statements, f"result = {result}"])
    try:
        with np.errstate(all="raise", under="ignore"):
            exec(text, names, scope)
    except FloatingPointError:
        return math.nan
    return float(np.ravel(scope["result"])[0])
