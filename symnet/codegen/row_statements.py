"""Row-form equations → NumPy statements that write into preallocated buffers.

One equation becomes a few lines: products through ``dot``, whose detour is the shortest, everything else through ufuncs; the last argument
receives the result. The equations decide everything; what is added here is only how to hold the numbers:

- 1 bᵀ is a broadcast of b, and E 1 a sum over columns, held as an n×1 array;
- a derivative that the backward pass needs is computed together with its function, from shared parts;
- softmax and log-sum-exp of the same scores share one exponential;
- what occurs twice is computed once.
"""

# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sympy import Expr
from sympy.matrices.expressions import HadamardProduct, MatAdd, MatMul, MatrixExpr, MatrixSymbol, OneMatrix, Transpose

from symnet.codegen.inplace import Functions
from symnet.codegen.row_products import coefficient, factors, is_narrow_parameter, is_ones, parts
from symnet.definitions.equations import Equation
from symnet.definitions.operations import Elementwise, Largest, LogSumExp, Share, SoftmaxOf, multiply
from symnet.errors import UnsupportedExpressionError

ROWS = "rows"
"""A buffer with one number a row that is filled with ones."""


WORDS = {0.0: "zero", 1.0: "one", 2.0: "two", 3.0: "three", 4.0: "four", 0.5: "half"}
"""Constants that go by their names; any other is c_1, c_2, …"""


class Statements:
    """Collects the lines of one program and the buffers that they need."""

    def __init__(self, functions: Functions, equations: Iterable[Equation]) -> None:
        self.functions = functions
        self.lines: list[str] = []
        self.buffers: dict[str, int] = {}
        """Buffer → its number of columns; one row a sample."""
        self.masks: dict[str, int] = {}
        """Boolean buffers: name → number of columns."""
        self.constants: dict[str, float | str] = {}
        """Numbers: name → value."""
        self.transposed: dict[str, str] = {}
        """Transposes of parameters: name → the parameter."""
        self.ones: dict[str, Any] = {}
        """Buffers of ones: name → number of columns, or `ROWS` for one number a sample."""
        self.names: set[str] = set()
        """The NumPy functions used."""
        self.done: dict[MatrixExpr, str] = {}
        """What has been computed, and where it stands."""
        self.uses = Counter(part for equation in equations for part in parts(equation.expression))
        self._free: dict[int, list[str]] = {}
        self._count = 0

    def call(self, function: str, *operands: str, out: str) -> str:
        """Emit ``function(operands, out)``.

        A keyword would cost a quarter of a microsecond; NumPy insists on it for maximum and minimum only.
        """
        self.names.add(function)
        receiver = f"out={out}" if function in ("maximum", "minimum") else out
        self.lines.append(f"{function}({', '.join(operands)}, {receiver})")
        return out

    def constant(self, value: float | str) -> str:
        """A number as an array without dimensions, which ufuncs take faster than a Python number.

        ``"top"`` and ``"half_top"`` are bounds of exponents that depend on the dtype.
        """
        for name, known in self.constants.items():
            if known == value:
                return name
        fresh = f"c_{sum(name.startswith('c_') for name in self.constants) + 1}"
        name = value if isinstance(value, str) else WORDS.get(value, fresh)
        self.constants[name] = value
        return name

    def buffer(self, name: str, columns: int) -> str:
        """A named buffer with one row a sample."""
        self.buffers[name] = int(columns)
        return name

    def temporary(self, columns: int) -> str:
        """An unnamed buffer; give it back with `release`."""
        if self._free.get(columns):
            return self._free[columns].pop()
        self._count += 1
        return self.buffer(f"T_{self._count}", columns)

    def release(self, *names: str) -> None:
        """Give temporaries back; other names are left alone."""
        for operand in names:
            name = operand.removesuffix(".T")
            if name.startswith("T_") and name not in self.done.values():
                self._free.setdefault(self.buffers[name], []).append(name)

    def mask(self, columns: int) -> str:
        """A boolean buffer, for immediate use."""
        self.masks[f"M_{columns}"] = columns
        return f"M_{columns}"

    def ones_of(self, columns: Any) -> str:
        """A column of ones: as long as the given width, or as the block (`ROWS`)."""
        name = "ones" if columns == ROWS else f"ones_{columns}"
        self.ones[name] = columns
        return name

    def value(self, e: MatrixExpr, out: str | None = None) -> str:
        """Emit what computes `e` and return the operand that holds it; with `out`, it stands there."""
        if e in self.done:
            return self._copy(self.done[e], out)
        if isinstance(e, MatrixSymbol):
            return self._copy(e.name, out)
        if isinstance(e, OneMatrix):
            return self._copy(self.constant(1.0), out)
        if isinstance(e, Transpose):
            return f"{self.value(e.args[0])}.T"
        found = self._compute(e, out)
        if self.uses[e] > 1 and not found.endswith(("]", ".T")):
            self.done[e] = found
        return found

    def _compute(self, e: MatrixExpr, out: str | None) -> str:
        for kind, compute in (
            (MatMul, self._product),
            (MatAdd, self._sum),
            (HadamardProduct, self._entrywise),
            (Elementwise, self._elementwise),
            (Largest, self._largest),
            (Share, self._share),
            ((SoftmaxOf, LogSumExp), self._softmax),
        ):
            if isinstance(e, kind):
                return compute(e, out)
        raise UnsupportedExpressionError(f"no NumPy code is known for the operation {type(e).__name__}")

    def _kept(self, e: MatrixExpr) -> bool:
        """Whether others read what holds `e`, so that it must not be overwritten."""
        return e in self.done or isinstance(e, MatrixSymbol) or self.uses[e] > 1

    def _target(self, e: MatrixExpr, out: str | None) -> str:
        return self.temporary(int(e.shape[1])) if out is None else out

    def _copy(self, name: str, out: str | None) -> str:
        return name if out is None or out == name else self.call_copy(name, out)

    def call_copy(self, name: str, out: str) -> str:
        """Emit ``copyto(out, name)``."""
        self.names.add("copyto")
        self.lines.append(f"copyto({out}, {name})")
        return out

    def _product(self, e: MatMul, out: str | None) -> str:
        number, matrices = factors(e)
        if number != 1:
            inner = multiply(*matrices)
            target = self._target(e, out)
            held = self.value(inner) if self._kept(inner) else self.value(inner, target)
            return self.call("multiply", held, self.coefficient(number), out=target)
        first, last = matrices[0], matrices[-1]
        if is_ones(first) and isinstance(last, Transpose) and len(matrices) == 2:
            repeated = self.constant(1.0) if is_ones(last) else last.args[0].name
            return self._copy(repeated, out)
        left = self.value(multiply(*matrices[:-1]))
        if is_ones(last) and last.shape[0] == 1:
            return self._copy(left, out)
        right = f"{self.ones_of(int(last.shape[0]))}" if is_ones(last) else self._right(last)
        target = self._target(e, out)
        self.call("matmul_by_rows" if is_narrow_parameter(last) else "dot", left, right, out=target)
        self.release(left)
        return target

    def _right(self, e: MatrixExpr) -> str:
        """The right factor of a product; the transpose of a parameter has a name, so that it can be laid out anew."""
        if isinstance(e, Transpose) and isinstance(e.args[0], MatrixSymbol):
            name = f"{e.args[0].name}_T"
            self.transposed[name] = e.args[0].name
            return name
        return self.value(e)

    def _sum(self, e: MatAdd, out: str | None) -> str:
        target = self._target(e, out)
        first, *rest = sorted(e.args, key=lambda term: factors(term)[0].is_negative is True)
        broadcast = isinstance(first, MatMul) and is_ones(factors(first)[1][0])
        own = isinstance(first, MatMul) and not broadcast and not self._kept(first)
        left = self.value(first, target) if own else self.value(first)
        for term in rest:
            number, matrices = factors(term)
            operand = self.value(multiply(*matrices) if number == -1 else term)
            self.call("subtract" if number == -1 else "add", left, operand, out=target)
            self.release(operand, *([] if left == target else [left]))
            left = target
        return target

    def _entrywise(self, e: HadamardProduct, out: str | None) -> str:
        target = self._target(e, out)
        first, *rest = e.args
        kept = self._kept(first) or isinstance(first, Elementwise)
        left = self.value(first) if kept else self.value(first, target)
        for factor in rest:
            operand = self.value(factor)
            self.call("multiply", left, operand, out=target)
            self.release(operand)
            left = target
        return target

    def _elementwise(self, e: Elementwise, out: str | None) -> str:
        """A function and, from the same parts, every derivative of it that another equation asks for."""
        operand, columns = e.operands[0], int(e.shape[1])
        target = self._target(e, out)
        jobs = [(e.function, target)]
        for other in self.uses:
            if (
                isinstance(other, Elementwise)
                and other.operands == e.operands
                and other != e
                and other not in self.done
            ):
                self.done[other] = self.buffer(f"D{other.function.order}_{self.value(operand)}", columns)
                jobs.append((other.function, self.done[other]))
        source = self.value(operand)
        self.functions.emit(self, jobs, source, columns)
        self.release(source)
        return target

    def _largest(self, e: Largest, out: str | None) -> str:
        target = self._target(e, out)
        left, *rest = [self.value(operand) for operand in e.operands]
        for operand in rest:
            left = self.call("maximum", left, operand, out=target)
        return target

    def _share(self, e: Share, out: str | None) -> str:
        """1 where the operand attains the maximum, divided by how many do; the counts are computed once."""
        target, columns = self._target(e, out), int(e.shape[1])
        largest, counts = self.value(Largest(*e.operands)), Share(0, *e.operands)
        if counts not in self.done:
            total, mask = self.temporary(columns), self.temporary(columns)
            self.lines.append(f"{total}.fill(0.0)")
            for operand in e.operands:
                self.call("equal", self.value(operand), largest, out=mask)
                self.call("add", total, mask, out=total)
            self.done[counts] = total
            self.release(mask)
        self.call("equal", self.value(e.chosen), largest, out=target)
        return self.call("divide", target, self.done[counts], out=target)

    def _softmax(self, e: SoftmaxOf | LogSumExp, out: str | None) -> str:
        """With m the largest score and s = Σ exp(z − m): softmax is exp(z − m)/s and log-sum-exp is m + log s."""
        operand = e.operands[0]
        probabilities, logarithm = SoftmaxOf(operand, 1), LogSumExp(operand, 1)
        both = isinstance(e, SoftmaxOf) and self.uses[logarithm] > 0
        scores, columns = self.value(operand), int(operand.shape[1])
        exponentials = self._target(probabilities, out if isinstance(e, SoftmaxOf) else None)
        largest, total = self.temporary(1), self.temporary(1)
        self.names.add("maximum")
        self.lines.append(f"maximum.reduce({scores}, axis=1, keepdims=True, out={largest})")
        self.call("subtract", scores, largest, out=exponentials)
        self.call("exp", exponentials, out=exponentials)
        self.call("dot", exponentials, self.ones_of(columns), out=total)
        if isinstance(e, SoftmaxOf):
            self.call("divide", exponentials, total, out=exponentials)
        if both or isinstance(e, LogSumExp):
            self.call("log", total, out=total)
            self.call("add", total, largest, out=total)
            self.done[logarithm] = total
        self.release(largest, total)
        if isinstance(e, SoftmaxOf):
            return exponentials
        self.release(exponentials)
        return self._copy(total, out)

    def coefficient(self, value: Expr) -> str:
        """A coefficient as an operand: a constant, or the scale 1/n."""
        text = coefficient(value)
        return self.constant(float(text)) if value.is_number else text

    def total(self, e: MatrixExpr) -> str:
        """The sum of an n×1 expression over the batch, as the text of one number."""
        if isinstance(e, MatAdd):
            return " + ".join(self.total(term) for term in e.args).replace("+ -", "- ")
        number, matrices = factors(e)
        if number != 1:
            inner = self.total(multiply(*matrices))
            inner = f"({inner})" if isinstance(matrices[0], MatAdd) and len(matrices) == 1 else inner
            return f"-{inner}" if number == -1 else f"{coefficient(number)} * {inner}"
        if len(matrices) == 2 and is_ones(matrices[1]) and isinstance(matrices[0], HadamardProduct):
            self.names.add("vdot")
            left, right = (self.value(part) for part in matrices[0].args)
            return f"vdot({left}, {right})"
        held = self.value(e)  # kept: the text is evaluated after the lines of all terms
        self.names.add("vdot")
        return f"vdot({self.ones_of(ROWS)}, {held})"
