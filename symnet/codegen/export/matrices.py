"""Row-form matrix expressions as source text: operators in NumPy, calls of small functions on lists elsewhere.

What equations write with matrices of ones is what programs write as sums and repetitions: 1 bᵀ is b in every row,
E 1 the sums of the rows, 1ᵀ E those of the columns.
"""

# pyright: reportArgumentType=false, reportReturnType=false

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sympy import Expr
from sympy.matrices.expressions import HadamardProduct, MatAdd, MatMul, MatrixExpr, MatrixSymbol, OneMatrix, Transpose

from symnet.codegen.export.languages import Language
from symnet.codegen.row_products import factors, is_ones
from symnet.definitions.operations import Elementwise, Largest, LogSumExp, ScalarFunction, Share, SoftmaxOf, multiply
from symnet.definitions.rows import BATCH
from symnet.errors import UnsupportedExpressionError


@dataclass
class MatrixPrinter:
    """Calls of functions on lists of rows."""

    language: Language
    function: Callable[[ScalarFunction], str]
    """The name of an activation or of its derivative in this source."""
    kernels: set[str] = field(default_factory=set)

    def text(self, e: MatrixExpr) -> str:
        """The expression as source text."""
        if isinstance(e, MatrixSymbol):
            return e.name
        if isinstance(e, OneMatrix):
            return self.only_ones(str(e.shape[1]))
        if isinstance(e, Transpose):
            return self.transposed(e.args[0])
        if isinstance(e, MatAdd):
            return self.added([self.text(term) for term in e.args])
        if isinstance(e, HadamardProduct):
            return self.entrywise([self.text(factor) for factor in e.args])
        if isinstance(e, MatMul):
            return self._product(e)
        if isinstance(e, Elementwise):
            return self.each(self.function(e.function), self.text(e.operands[0]))
        if isinstance(e, SoftmaxOf):
            return self.call("softmax", self.text(e.operands[0]))
        if isinstance(e, LogSumExp):
            return self.call("logsumexp", self.text(e.operands[0]))
        if isinstance(e, Largest):
            return self.largest([self.text(operand) for operand in e.operands])
        if isinstance(e, Share):
            return self.call("share", self.text(e.chosen), *map(self.text, e.operands))
        raise UnsupportedExpressionError(f"no exported code is known for the operation {type(e).__name__}")

    def number(self, value: Expr) -> str:
        """A coefficient: numbers, and the sizes n and m."""
        above, below = value.as_numer_denom()
        parts = [str(above), *(str(part) for part in below.as_ordered_factors() if part != 1)]
        return (
            parts[0]
            if len(parts) == 1
            else f"{parts[0]} / ({' * '.join(parts[1:])})"
            if len(parts) > 2
            else " / ".join(parts)
        )

    def _product(self, e: MatMul) -> str:
        number, matrices = factors(e)
        text = self._matrices(matrices)
        if number == 1:
            return text
        if is_ones(matrices[0]) and e.shape == (1, 1):
            return f"{self.number(number)} * {text}"
        return self.times(self.number(number), text)

    def _matrices(self, matrices: list[MatrixExpr]) -> str:
        first, last = matrices[0], matrices[-1]
        if len(matrices) == 1:
            return self.text(first)
        if isinstance(first, OneMatrix) and is_ones(last) and len(matrices) == 2:
            return self.only_ones(str(last.shape[1]))
        if isinstance(first, OneMatrix):
            return self.repeated(multiply(*matrices[1:]))
        if isinstance(first, Transpose) and is_ones(first):
            return self.call_total(self._matrices(matrices[1:]))
        if isinstance(last, OneMatrix):
            inner = multiply(*matrices[:-1])
            if isinstance(inner, Transpose):
                return self.column_sums(self.text(inner.args[0]))
            return self.row_sums(self.text(inner))
        if is_ones(last):
            return self.widened(self._matrices(matrices[:-1]), str(last.shape[1]))
        return self.multiplied([self.text(matrix) for matrix in matrices])

    def call(self, name: str, *arguments: str) -> str:
        """A kernel's call."""
        spelled = self.language.spell(name)
        self.kernels.add(spelled)
        return f"{spelled}({', '.join(arguments)})"

    def transposed(self, e: MatrixExpr) -> str:
        """Aᵀ."""
        return self.call("transpose", self.text(e))

    def added(self, terms: list[str]) -> str:
        """A + B + …"""
        return terms[0] if len(terms) == 1 else self.call("plus", self.added(terms[:-1]), terms[-1])

    def entrywise(self, terms: list[str]) -> str:
        """A ∘ B ∘ …"""
        return terms[0] if len(terms) == 1 else self.call("entrywise", self.entrywise(terms[:-1]), terms[-1])

    def multiplied(self, terms: list[str]) -> str:
        """A B …"""
        return terms[0] if len(terms) == 1 else self.call("product", self.multiplied(terms[:-1]), terms[-1])

    def times(self, number: str, text: str) -> str:
        """A number times a matrix."""
        return self.call("scaled", number, text)

    def each(self, name: str, text: str) -> str:
        """A function of every entry."""
        return self.call("each", name, text)

    def largest(self, terms: list[str]) -> str:
        """The entrywise maximum."""
        return self.call("largest", *terms)

    def repeated(self, e: MatrixExpr) -> str:
        """1 bᵀ: a row in every row."""
        return self.call(
            "repeated", self.text(e.args[0]) if isinstance(e, Transpose) else f"{self.text(e)}[0]", str(BATCH)
        )

    def only_ones(self, columns: str) -> str:
        """1 1ᵀ: ones in every row."""
        return self.widened(self.call("repeated", "[1]", str(BATCH)), columns)

    def widened(self, text: str, columns: str) -> str:
        """E 1ᵀ: a column in every column."""
        return self.call("widened", text, columns)

    def row_sums(self, text: str) -> str:
        """E 1."""
        return self.call("row_sums", text)

    def column_sums(self, text: str) -> str:
        """Eᵀ 1, as a vector."""
        return self.call("column_sums", text)

    def call_total(self, text: str) -> str:
        """1ᵀ E of a column E: one number."""
        return self.call("total", text)


class NumpyMatrixPrinter(MatrixPrinter):
    """Operators and methods of arrays; vectors broadcast."""

    def transposed(self, e: MatrixExpr) -> str:
        return f"{_held(self.text(e))}.T"

    def added(self, terms: list[str]) -> str:
        return " + ".join(terms).replace("+ -", "- ")

    def entrywise(self, terms: list[str]) -> str:
        return " * ".join(map(_held, terms))

    def multiplied(self, terms: list[str]) -> str:
        return " @ ".join(map(_held, terms))

    def times(self, number: str, text: str) -> str:
        if number == "-1":
            return f"-{_held(text)}"
        return f"{number} * {_held(text)}" if "/" not in number else f"{_held(number)} * {_held(text)}"

    def each(self, name: str, text: str) -> str:
        return f"{name}({text})"

    def largest(self, terms: list[str]) -> str:
        return f"np.maximum.reduce([{', '.join(terms)}])"

    def repeated(self, e: MatrixExpr) -> str:
        return self.text(e.args[0]) if isinstance(e, Transpose) else self.text(e)

    def only_ones(self, columns: str) -> str:
        return "1"

    def widened(self, text: str, columns: str) -> str:
        return f"np.repeat({text}, {columns}, axis=1)"

    def row_sums(self, text: str) -> str:
        return f"{_held(text)}.sum(axis=1, keepdims=True)"

    def column_sums(self, text: str) -> str:
        return f"{_held(text)}.sum(axis=0)"

    def call_total(self, text: str) -> str:
        return f"{_held(text)}.sum()"


def _held(text: str) -> str:
    """In brackets, where an operator stands outside of every bracket of its own."""
    depth = 0
    for place, letter in enumerate(text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(letter, 0)
        if depth == 0 and (letter == " " or (letter == "-" and place == 0)):
            return f"({text})"
    return text
