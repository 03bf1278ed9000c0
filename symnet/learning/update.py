"""An optimiser's equations as a NumPy update of a flat array: what is printed is what runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sympy import Expr, Symbol, lambdify

from symnet.definitions.optimiser import Optimiser


class Update:
    """The steps of one optimiser; it keeps, for each parameter, what its equations read of the step before."""

    def __init__(self, optimiser: Optimiser, like: np.ndarray) -> None:
        self.optimiser = optimiser
        self.time = 0
        self.kept = {name: np.zeros_like(like) for name in optimiser.kept}
        self._lines = [_compiled(optimiser, left, right) for left, right in optimiser.equations]

    def __call__(self, w: np.ndarray, slopes: np.ndarray, rate: float) -> None:
        """One step: w is changed in place."""
        self.time += 1
        known: dict[str, Any] = {"t": self.time, "eta": rate, "g_now": slopes, "w_before": w}
        known |= {f"{name}_before": value for name, value in self.kept.items()}
        for name, arguments, compute in self._lines:
            known[f"{name}_now"] = compute(*(known[argument] for argument in arguments))
        self.kept = {name: known[f"{name}_now"] for name in self.kept}
        w[...] = known["w_now"]


def _compiled(optimiser: Optimiser, left: Any, right: Expr) -> tuple[str, list[str], Callable[..., Any]]:
    """The name of what an equation computes, the names of what it reads, and the function; the rate stays a letter."""
    fixed = {s: value.evalf(17) for s, value in optimiser.parameter_values.items() if s.name != "eta"}
    places = {
        atom: Symbol(f"{atom.base.label.name}_{'now' if atom.indices[0] == optimiser.time else 'before'}")
        for atom in right.atoms(type(left))
    }
    formula = right.xreplace(places).xreplace(fixed)
    arguments = sorted(map(str, formula.free_symbols))
    letters = {s.name: s for s in formula.free_symbols}
    return left.base.label.name, arguments, lambdify([letters[name] for name in arguments], formula, "numpy")
