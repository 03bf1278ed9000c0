"""Row-form equations as remarks in programs, in the notation of the code below them: ``@`` for products, ``*`` entrywise.

SymPy's own printer looks for a minus sign by simplifying every product first, which takes longer than all the rest of a compilation.
"""

from __future__ import annotations

from typing import Any

from sympy.matrices.expressions import HadamardProduct, MatAdd, MatMul
from sympy.printing.str import StrPrinter

from symnet.codegen.row_products import factors
from symnet.definitions.equations import Equation


def remark(equation: Equation) -> str:
    """``Z_1 = X @ W_1.T + 1 @ b_1.T``."""
    printer = _Remarks()
    return f"# {printer.doprint(equation.symbol)} = {printer.doprint(equation.expression)}"


class _Remarks(StrPrinter):
    """Prints products in their own order, signs as they stand."""

    def _print_MatMul(self, e: MatMul) -> str:
        number, matrices = factors(e)
        product = " @ ".join(self._inside(m, (MatAdd, HadamardProduct)) for m in matrices)
        if number == 1:
            return product
        scale = self._print(number)
        return f"-{product}" if number == -1 else f"{scale if number.is_Atom else f'({scale})'} * {product}"

    def _print_MatAdd(self, e: MatAdd) -> str:
        return " + ".join(self._print(term) for term in e.args).replace("+ -", "- ")

    def _print_HadamardProduct(self, e: HadamardProduct) -> str:
        return " * ".join(self._inside(factor, (MatAdd, MatMul)) for factor in e.args)

    def _print_Transpose(self, e: Any) -> str:
        return f"{self._inside(e.args[0], (MatAdd, MatMul, HadamardProduct))}.T"

    def _print_OneMatrix(self, e: Any) -> str:
        return "1"

    def _inside(self, e: Any, weaker: tuple[type, ...]) -> str:
        text = self._print(e)
        return f"({text})" if isinstance(e, weaker) else text
