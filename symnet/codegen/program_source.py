"""The source text of a network program: each row-form equation as a remark, then the statements that compute it.

In every call the last argument receives the result.
"""

# pyright: reportReturnType=false

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sympy.matrices.expressions import MatrixSymbol, Transpose

from symnet.codegen.inplace import Functions
from symnet.codegen.remarks import remark
from symnet.codegen.row_products import coefficient, factors, is_ones
from symnet.codegen.row_statements import ROWS, Statements
from symnet.definitions.equations import Equation, Equations
from symnet.definitions.operations import SoftmaxOf, multiply

KERNELS = frozenset(("matmul_by_rows",))
"""Functions of `codegen.kernels` that programs call; all others are NumPy's."""


@dataclass(frozen=True)
class ProgramSource:
    """One function of a block of rows, and what it needs."""

    name: str
    text: str
    buffers: dict[str, int]
    """Scratch buffers: name → columns."""
    masks: dict[str, int]
    """Boolean scratch buffers."""
    transposed: tuple[str, ...]
    """Parameters whose transposes are given too."""
    ones: dict[str, Any]
    """Scratch buffers of ones: name → length, or "rows"."""
    constants: dict[str, float | str]
    """Numbers, as arrays without dimensions: name → value, or the name of one that depends on the dtype."""
    results: tuple[str, ...]
    """What is written besides scratch, in the order of the arguments."""
    functions: dict[str, Any] = field(default_factory=dict)
    """Activations called by name."""


def forward_source(equations: Equations) -> ProgramSource:
    """``forward(X, parameters…, scratch, out)``."""
    rows = equations.rows
    writer = _Writer("forward", rows, rows.forward)
    for equation in rows.forward[:-1]:
        writer.assign(equation)
    writer.assign(rows.forward[-1], "out")
    return writer.source((rows.input.name,), ("out",), [])


def gradient_source(equations: Equations) -> ProgramSource:
    """``gradient(X, Y, parameters…, scratch, scale, gradients…)``, which returns the loss of its rows.

    With a seed instead of a loss, Y is the seed and nothing is returned.
    """
    rows = equations.rows
    lines = [e for e in rows if e.kind != "forward" or _used(e, rows)]
    writer = _Writer("gradient", rows, lines)
    for equation in lines:
        if equation.kind == "loss":
            writer.statements.lines.append(f"loss = {writer.total(equation)}")
        elif equation.kind == "gradient":
            writer.gradient(equation)
        else:
            writer.assign(equation)
    given = rows.target if rows.target is not None else rows.seed
    results = tuple(f"G_{g.symbol.parts[1]}" for g in rows.gradients)
    return writer.source((rows.input.name, given.name), results, ["return loss"] if rows.loss else [])


def _used(equation: Equation, rows: Equations) -> bool:
    """Whether a later equation needs this one, or what it shares with the loss."""
    return any(equation.symbol in other.expression.free_symbols for other in rows if other is not equation) or (
        isinstance(equation.expression, SoftmaxOf)
    )


class _Writer:
    """Writes one function."""

    def __init__(self, name: str, rows: Equations, lines: Any) -> None:
        self.name, self.rows, self.equations = name, rows, list(lines)
        self.functions = Functions()
        self.statements = Statements(self.functions, self.equations)

    def assign(self, equation: Equation, name: str | None = None) -> None:
        """A forward or backward equation: its right-hand side into the buffer of its symbol."""
        s = self.statements
        self._remark(equation)
        if isinstance(equation.expression, MatrixSymbol) and not name:
            s.done[equation.symbol] = s.value(equation.expression)
            return
        target = name or s.buffer(equation.symbol.name, equation.shape[1])
        held = s.value(equation.expression, target)
        if held != target:
            s.call_copy(held, target)
        s.done[equation.expression] = target
        if name:
            s.done[equation.symbol] = target

    def total(self, equation: Equation) -> str:
        """The loss: its coefficient times the sum over the batch."""
        self._remark(equation)
        number, (_, *inner) = factors(equation.expression)
        return f"{coefficient(number)} * ({self.statements.total(multiply(*inner))})"

    def gradient(self, equation: Equation) -> None:
        """A gradient: written into the array that the caller gave, which is fresh.

        δᵀ a is a sum of outer products over the batch. For a single sample the product is one broadcast
        multiplication, which is cheaper.
        """
        s, target = self.statements, f"G_{equation.symbol.parts[1]}"
        self._remark(equation)
        e = equation.expression
        number, matrices = factors(e)
        if number == 1 and len(matrices) == 2 and isinstance(matrices[0], Transpose):
            left, right = matrices
            if is_ones(right):
                s.call("dot", s.ones_of(ROWS), s.value(left.args[0]), out=target)
            else:
                s.lines.append(f"product({s.value(left)}, {s.value(right)}, {target})")
                s.names |= {"dot", "multiply"}
            return
        s.value(e, target)

    def _remark(self, equation: Equation) -> None:
        self.statements.lines.append(remark(equation))

    def source(self, given: tuple[str, ...], results: tuple[str, ...], end: list[str]) -> ProgramSource:
        s = self.statements
        parameters = [symbol.name for symbol in self.rows.parameters]
        scratch = [*s.buffers, *s.masks, *s.ones, *s.constants]
        scale = ["scale"] if self.name == "gradient" else []
        arguments = ", ".join([*given, *parameters, "transposed", "scratch", *scale, *results])
        lines = [*_doc(self.name, self.rows)]
        if s.transposed:
            lines.append(f"{', '.join(s.transposed)}, = transposed")
        if scratch:
            lines.append(f"{', '.join(scratch)}, = scratch")
        named = [f"{name} = {value!r}" for name, value in s.constants.items() if name.startswith("c_")]
        if named:
            lines.append(f"# {', '.join(named)}")
        if any(line.startswith("product(") for line in s.lines):
            lines.append(f"product = dot if len({given[0]}) > 1 else multiply")
        imports = "".join(
            f"from {home} import {', '.join(sorted(names))}\n"
            for home, names in (("numpy", s.names - KERNELS), ("symnet.codegen.kernels", s.names & KERNELS))
            if names
        )
        body = "\n".join(f"    {line}" for line in [*lines, *s.lines, *end])
        text = f"{imports}\n\ndef {self.name}({arguments}):\n{body}\n"
        return ProgramSource(
            self.name,
            text,
            dict(s.buffers),
            dict(s.masks),
            tuple(s.transposed.values()),
            dict(s.ones),
            dict(s.constants),
            results,
            dict(self.functions.called),
        )


def _doc(name: str, rows: Equations) -> list[str]:
    if name == "forward":
        return ['"""One sample a row of X; the output goes to `out`. Scratch is overwritten."""']
    if rows.loss is None:
        return ['"""Gradients of Σ S ∘ output, one sample a row of X. Scratch is overwritten."""']
    return ['"""Loss of these rows (a share of the mean, scale = 1/n) and its gradients. Scratch is overwritten."""']
