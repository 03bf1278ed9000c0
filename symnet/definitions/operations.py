"""The operations that equations are made of, besides SymPy's own matrix sums and products.

SymPy prints and compares matrix expressions well but cannot differentiate or compile the functions
of a network, so these few heads carry what is missing. Each has a shape, an exact entry (in
`definitions/entries.py`), a row form (`definitions/rows.py`), an adjoint (`calculus/adjoints.py`) and
NumPy code (`codegen/`); completeness tests hold that none of the four is forgotten.

A function of whole vectors (softmax, log-sum-exp) acts along `axis`: 0 on a column, 1 on each row.
"""

# pyright: reportReturnType=false, reportArgumentType=false, reportOperatorIssue=false
# (SymPy annotates the results of its matrix operations as Basic.)

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer, Symbol
from sympy.core.basic import Atom, Basic
from sympy.matrices.expressions import MatAdd, MatMul, MatrixExpr, OneMatrix, Transpose

from symnet.definitions.activation import Activation
from symnet.errors import ShapeError

COLUMN, ROWS = Integer(0), Integer(1)

GREEK = {"sigmoid": ("\\sigma", "σ", "sigma"), "tanh": ("\\tanh", "tanh", "tanh")}
"""The letters that the literature gives to two activations; the others go by their names."""


class ScalarFunction(Atom):
    """An activation, or its derivative, as the atom that `Elementwise` applies.

    `order` counts the primes; `expression` is the exact formula in the activation's variable.
    """

    activation: Activation
    order: int
    expression: Expr

    def __new__(cls, activation: Activation, order: int = 0, expression: Expr | None = None) -> ScalarFunction:
        self = Atom.__new__(cls)
        self.activation, self.order = activation, order
        self.expression = activation.default_expression if expression is None else expression
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.activation, self.order, self.expression)

    def _hashable_content(self) -> tuple[Any, ...]:
        return (self.activation.name, self.order, self.expression)

    @property
    def variable(self) -> Symbol:
        """The symbol for which the entries stand in."""
        return self.activation.variable

    @property
    def spelling(self) -> tuple[str, str, str]:
        """The name in LaTeX, in Unicode and in ASCII, primes not counted; a typed expression goes by f."""
        activation = self.activation
        if activation.typed is not None:
            return ("f", "f", "f")
        if activation.name in GREEK:
            return GREEK[activation.name]
        word = activation.name.replace("_", "\\_")
        return (f"\\operatorname{{{word}}}", activation.name, activation.name)

    def _latex(self, printer: Any) -> str:
        return self.spelling[0] + "'" * self.order

    def _sympystr(self, printer: Any) -> str:
        unicode = getattr(printer, "_unicode", False)
        return self.spelling[1 if unicode else 2] + ("′" if unicode else "'") * self.order

    def _pretty(self, printer: Any) -> Any:
        from sympy.printing.pretty.stringpict import prettyForm

        unicode = printer._use_unicode
        return prettyForm(self.spelling[1 if unicode else 2] + ("′" if unicode else "'") * self.order)


class MatrixFunction(MatrixExpr):
    """What the heads below share: they print as ``name(arguments)`` and give their entries on demand."""

    latex_name = ""
    name = ""

    @property
    def operands(self) -> tuple[Any, ...]:
        """The matrices that the function is applied to."""
        return tuple(a for a in self.args if isinstance(a, MatrixExpr))

    @property
    def shape(self) -> tuple[Any, Any]:
        return self.operands[0].shape

    def _entry(self, i: Any, j: Any, **options: Any) -> Expr:
        from symnet.definitions.entries import entry

        return entry(self, int(i), int(j))

    def _latex(self, printer: Any) -> str:
        inside = ", ".join(printer._print(operand) for operand in self.operands)
        return f"{self._spelled(printer, self.latex_name)}\\left({inside}\\right)"

    def _sympystr(self, printer: Any) -> str:
        return f"{self._spelled(printer, self.name)}({', '.join(printer._print(operand) for operand in self.operands)})"

    def _pretty(self, printer: Any) -> Any:
        from sympy.printing.pretty.stringpict import prettyForm

        inside = prettyForm(*printer._print_seq(self.operands, delimiter=", ").parens())
        head = self._spelled(printer, self.name)
        return prettyForm(*(head if isinstance(head, prettyForm) else prettyForm(head)).right(inside))

    def _spelled(self, printer: Any, default: str) -> Any:
        return default


class Elementwise(MatrixFunction):
    """A scalar function applied to each entry of a matrix: ``Elementwise(ScalarFunction(sigmoid), z)``."""

    def __new__(cls, function: ScalarFunction, operand: MatrixExpr) -> Elementwise:
        return Basic.__new__(cls, function, operand)

    @property
    def function(self) -> ScalarFunction:
        """What is applied."""
        return self.args[0]

    def _spelled(self, printer: Any, default: str) -> Any:
        return printer._print(self.function)


class Largest(MatrixFunction):
    """The entrywise maximum of k ≥ 2 matrices of one shape: maxout."""

    latex_name, name = "\\max", "max"

    def __new__(cls, *operands: MatrixExpr) -> Largest:
        same_shape("max", operands)
        return Basic.__new__(cls, *operands)


class Share(MatrixFunction):
    """Where operand `index` (from 1) attains the maximum: 1, divided by how many attain it; elsewhere 0.

    It is the derivative of `Largest` with respect to that operand; at a tie those who attain the
    maximum share equally, which is the mean of the one-sided choices and what torch.amax returns.
    """

    def __new__(cls, index: Integer | int, *operands: MatrixExpr) -> Share:
        same_shape("max", operands)
        return Basic.__new__(cls, Integer(index), *operands)

    @property
    def index(self) -> int:
        """Which operand, counted from 1."""
        return int(self.args[0])

    @property
    def chosen(self) -> MatrixExpr:
        """The operand itself."""
        return self.operands[self.index - 1]

    def _latex(self, printer: Any) -> str:
        inside = ", ".join(printer._print(operand) for operand in self.operands)
        return f"\\left[{printer._print(self.chosen)} = \\max\\left({inside}\\right)\\right]"

    def _sympystr(self, printer: Any) -> str:
        inside = ", ".join(printer._print(operand) for operand in self.operands)
        return f"[{printer._print(self.chosen)} = max({inside})]"

    def _pretty(self, printer: Any) -> Any:
        from sympy.printing.pretty.stringpict import prettyForm

        inside = prettyForm(*printer._print_seq(self.operands, delimiter=", ").parens())
        whole = prettyForm(*printer._print(self.chosen).right(" = max"))
        return prettyForm(*prettyForm(*whole.right(inside)).parens("[", "]"))


class SoftmaxOf(MatrixFunction):
    """Softmax of a column (axis 0) or of each row (axis 1): exp(zᵢ) / Σₖ exp(zₖ)."""

    latex_name, name = "\\operatorname{softmax}", "softmax"

    def __new__(cls, operand: MatrixExpr, axis: Integer = COLUMN) -> SoftmaxOf:
        return Basic.__new__(cls, operand, Integer(axis))

    @property
    def axis(self) -> int:
        """Along which axis the entries sum to 1."""
        return int(self.args[1])


class LogSumExp(MatrixFunction):
    """log Σₖ exp(zₖ) of a column (axis 0, a 1×1 matrix) or of each row (axis 1, a column)."""

    latex_name, name = "\\operatorname{logsumexp}", "logsumexp"

    def __new__(cls, operand: MatrixExpr, axis: Integer = COLUMN) -> LogSumExp:
        return Basic.__new__(cls, operand, Integer(axis))

    @property
    def axis(self) -> int:
        """Along which axis the sum runs."""
        return int(self.args[1])

    @property
    def shape(self) -> tuple[Any, Any]:
        rows, columns = self.operands[0].shape
        return (Integer(1), columns) if self.axis == 0 else (rows, Integer(1))


class Flattened(MatrixFunction):
    """The rows of a matrix one below the other, as one column (NumPy's and every framework's order)."""

    latex_name, name = "\\operatorname{flatten}", "flatten"

    def __new__(cls, operand: MatrixExpr) -> Flattened:
        return Basic.__new__(cls, operand)

    @property
    def shape(self) -> tuple[Any, Any]:
        rows, columns = self.operands[0].shape
        return (rows * columns, Integer(1))


class Unflattened(MatrixFunction):
    """A column cut into the rows of a matrix: the inverse, and the adjoint, of `Flattened`."""

    latex_name, name = "\\operatorname{unflatten}", "unflatten"

    def __new__(cls, operand: MatrixExpr, rows: Integer | int, columns: Integer | int) -> Unflattened:
        if operand.shape != (rows * columns, 1):
            raise ShapeError(f"cannot cut {operand.shape[0]} numbers into a {rows} × {columns} matrix")
        return Basic.__new__(cls, operand, Integer(rows), Integer(columns))

    @property
    def shape(self) -> tuple[Any, Any]:
        return (self.args[1], self.args[2])


def same_shape(what: str, operands: tuple[MatrixExpr, ...]) -> None:
    """Raise `ShapeError` unless all operands have one shape."""
    for operand in operands[1:]:
        if operand.shape != operands[0].shape:
            first, other = (" × ".join(map(str, o.shape)) for o in (operands[0], operand))
            raise ShapeError(f"{what} of matrices of different shapes: {first} and {other}")


def transpose(matrix: MatrixExpr) -> MatrixExpr:
    """The transpose, not pushed inside: (a − y)ᵀ stays as it is written; a double one cancels."""
    if matrix == OneMatrix(1, 1):
        return matrix
    return matrix.args[0] if isinstance(matrix, Transpose) else Transpose(matrix)


def subtract(left: MatrixExpr, right: MatrixExpr) -> MatrixExpr:
    """left − right, in this order in every print."""
    same_shape("difference", (left, right))
    return MatAdd(left, MatMul(Integer(-1), right))


def add(*terms: MatrixExpr) -> MatrixExpr:
    """The sum, in this order in every print."""
    same_shape("sum", terms)
    return terms[0] if len(terms) == 1 else MatAdd(*terms)


def multiply(*factors: Any) -> MatrixExpr:
    """The product of numbers and matrices as written, nested products flattened, factors 1 left out."""
    coefficient: Expr = Integer(1)
    matrices: list[MatrixExpr] = []
    for factor in factors:
        for part in factor.args if isinstance(factor, MatMul) else (factor,):
            if isinstance(part, MatrixExpr):
                matrices.append(part)
            else:
                coefficient = coefficient * part
    unit = OneMatrix(1, 1)
    matrices = [matrix for matrix in matrices if matrix != unit] or [unit]
    if len(matrices) == 1 and coefficient == 1:
        return matrices[0]
    return MatMul(*matrices) if coefficient == 1 else MatMul(coefficient, *matrices)


def ones(rows: Any, columns: Any = 1) -> MatrixExpr:
    """The matrix of ones."""
    return OneMatrix(rows, columns)
