"""A derivation as plain data, for ``symnet derive --to json``: every formula a string.

Formulas are spelled as SymPy prints them, which is the input grammar wherever nothing stands
(``Derivative(f, x)``) and no customary name (``sigma``) occurs.
"""

from __future__ import annotations

from typing import Any

from symnet.calculus.derivation import Derivation, Row
from symnet.calculus.differentiate import differentiate
from symnet.calculus.evidence import Check
from symnet.calculus.families import K
from symnet.calculus.jacobian import steps
from symnet.calculus.joins import Join
from symnet.calculus.notation import names_in
from symnet.definitions.activation import Activation
from symnet.definitions.vector_activation import VectorActivation


def derivation_document(activation: Activation, order: int = 1, detail: str = "normal") -> dict[str, Any]:
    """``{"expression", "variable", "derivatives": [{"order", "result", "known_form", "names", "steps", "joins"}]}``."""
    stages: list[Derivation] = [differentiate(activation.expression, activation.variable, order)]
    while stages[0].previous is not None:
        stages.insert(0, stages[0].previous)
    return {
        "expression": str(activation.expression),
        "variable": str(activation.variable),
        "derivatives": [_stage(stage, detail) for stage in stages],
    }


def _stage(stage: Derivation, detail: str) -> dict[str, Any]:
    x = stage.variable
    earlier = 0 if stage.previous is None else len(stage.previous.rows(detail))
    return {
        "order": stage.order,
        "result": str(stage.result),
        "known_form": str(stage.form),
        "names": {name.__name__: str(name.definition(x)) for name in names_in(stage.form)},
        "steps": [_row(row) for row in stage.rows(detail)[earlier:] if row.join is None],
        "joins": [_join(join) for join in stage.joins],
        "joins_decided": stage.joins_decided,
    }


def _row(row: Row) -> dict[str, Any]:
    shown = {"depth": row.depth, "rule": row.rule, "before": str(row.before), "after": str(row.after)}
    return shown | {"check": _check(row.check)}


def _join(join: Join) -> dict[str, Any]:
    exact = ("location", "value", "left_limit", "right_limit", "left_slope", "right_slope")
    condition = None if join.condition is None else f"{join.condition} = 0"
    counted = str(K) if join.location.has(K) else None
    shown: dict[str, Any] = {"kind": join.kind, "differentiable_if": condition, "for_every_integer": counted}
    return {name: str(getattr(join, name)) for name in exact} | shown | {"check": _check(join.check)}


def _check(check: Check) -> dict[str, Any]:
    return {"symbolic": check.symbolic, "points": len(check.points), "digits": check.digits, "enough": check.enough}


def jacobian_document(activation: VectorActivation) -> dict[str, Any]:
    """``{"name", "formula", "jacobian_formula", "inputs", "outputs", "jacobian", "checks"}`` at the small size."""
    function, entries = activation.at(), steps(activation)
    return {
        "name": activation.name,
        "formula": activation.formula,
        "jacobian_formula": activation.jacobian_formula,
        "inputs": [str(x) for x in function.inputs],
        "outputs": [str(y) for y in function.outputs],
        "jacobian": [[str(step.after) for step in row] for row in entries],
        "checks": [[_check(step.check) for step in row] for row in entries],
    }
