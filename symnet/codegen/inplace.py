"""Activations inside network programs: the stable scalar code of `codegen`, on whole buffers.

A function that one form serves on the whole line (`codegen.merge`) is written into the program as ufunc
calls, together with its derivative, so that both share their exponential. Any other function is called by
name, as the compiled function that `symnet.compile` gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np
from sympy import Abs, Expr, Heaviside, Max, Min, Piecewise, diff, sign

from symnet.codegen import reference
from symnet.codegen.compiled import compile, plan_scalar
from symnet.codegen.form import Form, X
from symnet.codegen.merge import UFUNCS, Truth, agrees, beyond, forms, nodes, truth, weight
from symnet.codegen.numpy_printer import nearest_float
from symnet.codegen.plan import Plan
from symnet.codegen.stored import function_key, read_forms, remembered, write_forms
from symnet.definitions.activation import Activation
from symnet.definitions.operations import ScalarFunction


@dataclass(frozen=True)
class Called:
    """An activation that a program calls by name."""

    name: str
    function: ScalarFunction

    def compile(self) -> Callable[..., Any]:
        """The compiled function."""
        return compile(self.function.activation, order=self.function.order)


@lru_cache(maxsize=256)
def choices(activation: Activation, order: int) -> tuple[Form, ...]:
    """The forms that may serve the derivative of that order on the whole line; one of them does, or there are none."""
    formula, variable = _formula(activation, order), activation.variable

    def plan() -> Plan:
        apis = {} if activation.typed is not None else activation.apis
        return plan_scalar(activation.default_expression, variable, order, None, apis)

    for kind in forms(formula, variable, plan):
        if any(holds(activation, order, form) for form in kind):
            return tuple(kind)
    return ()


def _formula(activation: Activation, order: int) -> Expr:
    formula = activation.default_expression
    return diff(formula, activation.variable, order) if order else formula


@lru_cache(maxsize=2048)
def holds(activation: Activation, order: int, form: Form) -> bool:
    """Whether the form computes the derivative of that order."""
    return agrees(form, known(activation, order))


@lru_cache(maxsize=256)
def known(activation: Activation, order: int) -> Truth:
    """The truth about a smooth function, by ball arithmetic; for one with kinks, what its scalar code gives."""
    if activation.default_expression.has(*HEADS):
        return truth(compile(activation, order=order))
    formula, variable = _formula(activation, order), activation.variable

    def exactly(x: np.ndarray) -> np.ndarray:
        return np.array([float(reference.value(formula, variable, float(t), 80).mid()) for t in x])

    return truth(exactly)


HEADS = (Abs, Heaviside, Max, Min, Piecewise, sign)
"""What makes kinks and jumps."""


@lru_cache(maxsize=256)
def chosen_forms(functions: tuple[tuple[Activation, int], ...]) -> tuple[Form | None, ...]:
    """For each (activation, order) of one operand a form that holds, the cheapest together; None: call the function."""
    question = [
        function_key(a.default_expression, a.variable, order, None, {} if a.typed is not None else a.apis)
        for a, order in functions
    ]
    return remembered("whole line", question, lambda: _cheapest(functions), write_forms, read_forms)


def _cheapest(functions: tuple[tuple[Activation, int], ...]) -> tuple[Form | None, ...]:
    offered = [choices(activation, order) for activation, order in functions]
    served = [k for k, found in enumerate(offered) if found]
    for combination in sorted(product(*(offered[k] for k in served)), key=lambda c: weight(*c)):
        pairs = zip(served, combination, strict=True)
        if all(holds(*functions[k], form) for k, form in pairs):
            found = dict(zip(served, combination, strict=True))
            return tuple(found.get(k) for k in range(len(functions)))
    return (None,) * len(functions)


class Functions:
    """The activations of one program: their statements, and the compiled functions that these call."""

    def __init__(self) -> None:
        self.called: dict[str, Called] = {}
        """Name in the program → what it is."""

    def emit(self, statements: Any, jobs: list[tuple[ScalarFunction, str]], source: str, columns: int) -> None:
        """Emit statements that fill each job's buffer with its function of the buffer `source`."""
        written: list[tuple[Form, str]] = []
        wanted = tuple((function.activation, function.order) for function, _ in jobs)
        for (function, target), form in zip(jobs, chosen_forms(wanted), strict=True):
            if form is None:
                statements.lines.append(f"{self._name(function)}({source}, {target})")
            else:
                written.append((form, target))
        if written:
            _Inplace(statements, source, columns, written)

    def _name(self, function: ScalarFunction) -> str:
        """A name of its own for each function: two typed expressions must not meet."""
        word = function.activation.name if function.activation.name.isidentifier() else "f"
        stem = word + ("", "_derivative", "_second_derivative")[function.order]
        name, count = stem, 1
        while name in self.called and self.called[name].function != function:
            count += 1
            name = f"{stem}_{count}"
        self.called[name] = Called(name, function)
        return name


class _Inplace:
    """Writes forms as ufunc calls; a buffer is used again as soon as nobody needs what it holds."""

    def __init__(self, statements: Any, source: str, columns: int, chosen: list[tuple[Form, str]]) -> None:
        self.statements, self.source, self.columns = statements, source, columns
        self.held: dict[int, str] = {id(X): source}
        self.targets = {id(form): target for form, target in reversed(chosen)}
        order = list(nodes(form for form, _ in chosen))
        self.left = Counter(id(a) for node in order for a in node.arguments)
        for node in order:
            if node.arguments:
                self._emit(node)
        for form, target in chosen:
            if not form.arguments:
                self._fill(form, target)
            elif self.held[id(form)] != target:
                statements.call_copy(self.held[id(form)], target)

    def _emit(self, node: Form) -> None:
        operands = [self._operand(a) for a in node.arguments]
        for argument in node.arguments:
            self.left[id(argument)] -= 1
        out = self.targets.get(id(node)) or self._reusable(node) or self.statements.temporary(self.columns)
        self.held[id(node)] = out
        if node.operation == "select":
            self._select(node, operands, out)
        else:
            self.statements.call(UFUNCS[node.operation], *operands, out=out)
        for argument in {id(a): a for a in node.arguments}.values():
            name = self.held.get(id(argument))
            if not self.left[id(argument)] and name not in (None, out, self.source, *self.targets.values()):
                self.statements.release(name)

    def _reusable(self, node: Form) -> str | None:
        """The buffer of an operand that nobody else needs."""
        for argument in node.arguments:
            name = self.held.get(id(argument))
            temporary = name is not None and name.startswith("T_") and name != self.source
            free = temporary and not self.left[id(argument)]
            if free and id(argument) not in self.targets and node.operation != "select":
                return name
        return None

    def _select(self, node: Form, operands: list[str], out: str) -> None:
        """left where x ≤ border, right beyond; two constants 0 and 1 are the comparison itself."""
        comparison, border = beyond(node.payload)
        held = self.statements.constant(border)
        if [a.payload for a in node.arguments] == [0, 1] and all(a.operation == "number" for a in node.arguments):
            self.statements.call(comparison, self.source, held, out=out)
            return
        left, right = operands
        mask = self.statements.mask(self.columns)
        self.statements.call(comparison, self.source, held, out=mask)
        self.statements.lines.append(f"copyto({out}, {left})")
        self.statements.lines.append(f"copyto({out}, {right}, where={mask})")
        self.statements.names.add("copyto")

    def _operand(self, node: Form) -> str:
        if node.operation == "number":
            return self.statements.constant(float(nearest_float(node.payload)))
        if node.operation in ("top", "half_top"):
            return self.statements.constant(node.operation)
        return self.held[id(node)]

    def _fill(self, form: Form, target: str) -> None:
        """A function that is x itself, or a constant."""
        if form is X:
            self.statements.call_copy(self.source, target)
        else:
            self.statements.lines.append(f"{target}.fill({self._operand(form)})")
