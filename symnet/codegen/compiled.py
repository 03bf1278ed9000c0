"""`compile`: an exact definition becomes a function of arrays; `CompiledFunction`: that function with its source.

The text in `.source` is what runs: it is executed once, in a namespace that holds NumPy's functions and the vetted kernels that it
imports. Pickling stores the text with its SHA-256 and refuses a text that does not match.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from sympy import Expr, S, Symbol, sympify

from symnet.codegen.cells import cells
from symnet.codegen.elementwise import result_dtype, run
from symnet.codegen.emit import emit
from symnet.codegen.form import number
from symnet.codegen.holes import holes
from symnet.codegen.numpy_printer import KERNELS
from symnet.codegen.plan import Plan, Regime
from symnet.codegen.stabilize import stabilize
from symnet.codegen.stored import function_key, read_plan, remembered, write_plan
from symnet.definitions.activation import Activation, activations
from symnet.errors import DataError, DefinitionError, UnsupportedExpressionError, UsageError


class CompiledFunction:
    """A generated function: call it with a number or an array of any shape."""

    def __init__(self, source: str, name: str, expression: Expr, dtype: Any = None) -> None:
        self.source = source
        """The Python text that runs."""
        self.name = name
        self.expression = expression
        """The exact expression that it computes."""
        self.dtype = None if dtype is None else result_dtype(np.dtype(np.float64), dtype)
        """The dtype of the results; None keeps the argument's."""
        self._function = _execute(source, name)

    def __call__(self, x: Any, out: np.ndarray | None = None) -> Any:
        """Evaluate; shape and float dtype are kept, integers become float64, `out` receives the result if given."""
        return run(self._function, x, out, self.dtype)

    def __repr__(self) -> str:
        return f"CompiledFunction({self.name}: {self.expression})"

    def __getstate__(self) -> dict[str, Any]:
        state = {key: value for key, value in self.__dict__.items() if key != "_function"}
        return state | {"sha256": _digest(self.source)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        if _digest(state["source"]) != state.pop("sha256", None):
            raise DataError(f"the pickled source of '{state['name']}' does not match its SHA-256; compile it again")
        self.__dict__.update(state)
        self._function = _execute(self.source, self.name)


def _digest(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def _execute(source: str, name: str) -> Callable[[np.ndarray], np.ndarray]:
    namespace: dict[str, Any] = {}
    exec(compile_text(source, f"<symnet {name}>", "exec"), namespace)
    return namespace[name]


compile_text = __builtins__["compile"] if isinstance(__builtins__, dict) else __builtins__.compile


def compile(target: Any, order: int = 0, dtype: Any = None, exact: bool = False, at_kink: str | None = None) -> Any:
    """Turn a catalogue name, an `Activation`, an expression (typed or SymPy), a neuron or a network into a function of arrays.

    `order` 1 gives the derivative, 2 the second one. `dtype` fixes the dtype of the results (None: the argument's). `exact=True`
    is correctly rounded by adaptive precision, slowly. `at_kink` chooses the derivative where two slopes meet (None: torch's choice
    for catalogue functions; see `codegen.cells`).
    """
    if not isinstance(order, int) or isinstance(order, bool) or order < 0:
        raise UsageError(f"order must be 0, 1, 2, …, got {order!r}")
    if isinstance(target, str):
        target = _named(target)
    if isinstance(target, Activation):
        apis = target.apis if target.typed is None else {}
        return _scalar(
            target.default_expression, target.variable, target.name, order, dtype, exact, at_kink, Frozen(apis)
        )
    if isinstance(target, Expr):
        symbols = sorted(target.free_symbols, key=str)
        if len(symbols) > 1:
            raise DefinitionError(
                f"an expression of one variable is needed, got {', '.join(map(str, symbols))}; substitute numbers for the others"
            )
        variable = symbols[0] if symbols else Symbol("x", real=True)
        x = Symbol(variable.name, real=True)
        return _scalar(sympify(target).xreplace({variable: x}), x, "f", order, dtype, exact, at_kink, Frozen({}))
    return _structured(target, order, dtype)


def _named(text: str) -> Activation:
    if text in activations:
        return activations[text]
    from symnet.definitions.expression import typed_activation

    return typed_activation(text)


def _structured(target: Any, order: int, dtype: Any) -> Any:
    """Neurons and networks: NETWORKS' program compiler takes their equations."""
    from symnet.calculus.scalar_network import ScalarNetwork
    from symnet.codegen.program import compile_network
    from symnet.codegen.scalar_source import compile_scalar

    if isinstance(target, ScalarNetwork):
        return compile_scalar(target)
    if order:
        raise UsageError("the derivatives of a network are its gradients; ask for compile_network(network, loss)")
    return compile_network(target, dtype=dtype)


class Frozen(dict):
    """A mapping that can be a cache key."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple((key, api.name, str(api.at_kink)) for key, api in self.items()))


@lru_cache(maxsize=512)
def _scalar(
    expression: Expr, variable: Symbol, name: str, order: int, dtype: Any, exact: bool, at_kink: str | None, apis: Any
) -> Any:
    if exact:
        from symnet.codegen.exact import ExactFunction

        return ExactFunction(expression, variable, name, order, dtype, at_kink, apis)
    plan = plan_scalar(expression, variable, order, at_kink, apis)
    function = name + ("", "_derivative", "_second_derivative")[order] if order < 3 else f"{name}_derivative_{order}"
    function = (
        function
        if function.isidentifier() and function not in KERNELS
        else "f" + ("", "_derivative", "_second_derivative")[min(order, 2)]
    )
    formula = (
        expression
        if order == 0
        else f"derivative of order {order} of {expression}"
        if order > 1
        else f"derivative of {expression}"
    )
    body, names = emit(plan, function, f"{formula}, elementwise.")
    return CompiledFunction(imports(names) + "\n\n" + body, function, expression, dtype)


def plan_scalar(expression: Expr, variable: Symbol, order: int, at_kink: str | None, apis: Any) -> Plan:
    """The plan of a derivative of an expression of one variable."""
    parameters = expression.free_symbols - {variable}
    if parameters:
        raise UnsupportedExpressionError(
            f"{', '.join(sorted(map(str, parameters)))} must be numbers before code is generated; fix them with --set"
        )
    return _planned(expression, variable, order, at_kink, Frozen(apis or {}))


@lru_cache(maxsize=512)
def _planned(expression: Expr, variable: Symbol, order: int, at_kink: str | None, apis: Frozen) -> Plan:
    question = function_key(expression, variable, order, at_kink, apis)
    return remembered(
        "plan", question, lambda: _plan(expression, variable, order, at_kink, apis), write_plan, read_plan
    )


def _plan(expression: Expr, variable: Symbol, order: int, at_kink: str | None, apis: Frozen) -> Plan:
    parts = cells(expression, variable, order, at_kink, apis)
    regimes: list[Regime] = []
    points = [(at, number(value if value.is_extended_real else S.NaN)) for at, value in parts.points]
    for cell in parts.cells:
        gaps = holes(cell, variable)
        points += [(at, number(S.NaN)) for at in gaps]
        regimes += stabilize(cell, variable, gaps)
    return Plan(_closed(regimes), tuple(points), parts.notes)


def _closed(regimes: list[Regime]) -> tuple[Regime, ...]:
    """Mark the neighbours of what lies outside the domain or beyond the range."""
    outside = {i for i, r in enumerate(regimes) if r.form.operation == "number" and not r.form.payload.is_finite}
    return tuple(replace(r, closed=bool({i - 1, i + 1} & outside)) for i, r in enumerate(regimes))


def imports(names: frozenset[str]) -> str:
    """The import lines of a generated source."""
    lines = ["import numpy as np"]
    if names:
        lines.append(f"from symnet.codegen.kernels import {', '.join(sorted(names))}")
    return "\n".join(lines) + "\n"
