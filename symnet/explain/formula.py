"""Reads the formulas that stand in prose: ``f(2)``, ``f'(-1)``, ``sigmoid(2*x)``, ``x < 0``.

The grammar is arithmetic, comparison and calls of the names that the caller allows; it is walked
on Python's syntax tree and never evaluated as code. It is a reader for our own prose, smaller than
the grammar of typed expressions: it has several symbols, and it knows the sheet's own f, f' and f''.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from sympy import Abs as absolute
from sympy import (
    Add,
    E,
    Eq,
    Ge,
    Gt,
    Integer,
    Le,
    Lt,
    Mul,
    Ne,
    Pow,
    Rational,
    cosh,
    erf,
    exp,
    log,
    oo,
    pi,
    sinh,
    sqrt,
    sympify,
    tanh,
)
from sympy import Max as maximum
from sympy import Min as minimum

from symnet.errors import DefinitionError

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": exp, "log": log, "sqrt": sqrt, "abs": absolute, "max": maximum, "min": minimum,
    "sinh": sinh, "cosh": cosh, "erf": erf, "tanh": tanh,
}  # fmt: skip
CONSTANTS: dict[str, Any] = {"pi": pi, "e": E, "oo": oo}
RELATIONS = {ast.Lt: Lt, ast.LtE: Le, ast.Gt: Gt, ast.GtE: Ge, ast.Eq: Eq, ast.NotEq: Ne}


def read(
    text: str, names: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]], add: Callable[..., Any] = Add
) -> Any:
    """The SymPy object that `text` names; an unknown word raises `DefinitionError`.

    `add` makes sums: SymPy's own, or one that keeps the order of writing.

    A comparison comes back as a pair of sides and its operator, not evaluated: ``(left, operator, right)``.
    """
    source = text.replace("f''(", "f2(").replace("f'(", "f1(").replace("^", "**")
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except SyntaxError:
        raise DefinitionError(f"cannot read the formula '{text}' in the prose") from None
    reader = _Reader(text, source.strip(), CONSTANTS | dict(names), FUNCTIONS | dict(functions), add)
    if isinstance(tree, ast.Compare):
        if len(tree.ops) != 1:
            raise DefinitionError(f"one comparison at a time in the formula '{text}' in the prose")
        return reader.visit(tree.left), type(tree.ops[0]), reader.visit(tree.comparators[0])
    return reader.visit(tree)


class _Reader(ast.NodeVisitor):
    def __init__(
        self, text: str, source: str, names: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]], add: Any
    ) -> None:
        self.text, self.source, self.names, self.functions, self.add = text, source, names, functions, add

    def generic_visit(self, node: ast.AST) -> Any:
        raise DefinitionError(f"'{type(node).__name__}' has no place in the formula '{self.text}' in the prose")

    def visit_Constant(self, node: ast.Constant) -> Any:
        spelled = ast.get_source_segment(self.source, node) or ""
        if isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            return Rational(spelled)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> Any:
        if node.id not in self.names:
            raise DefinitionError(f"unknown name '{node.id}' in the formula '{self.text}' in the prose")
        return self.names[node.id]

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Any:
        if not isinstance(node.op, ast.USub):
            return self.generic_visit(node.op)
        return -self.visit(node.operand)

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        left, right = self.visit(node.left), self.visit(node.right)
        match node.op:
            case ast.Add():
                return self.add(left, right)
            case ast.Sub():
                return self.add(left, Mul(Integer(-1), right))
            case ast.Mult():
                return Mul(left, right)
            case ast.Div():
                return Mul(left, Pow(right, -1))
            case ast.Pow():
                return Pow(left, right)
        return self.generic_visit(node.op)

    def visit_Call(self, node: ast.Call) -> Any:
        if not isinstance(node.func, ast.Name) or node.func.id not in self.functions:
            raise DefinitionError(f"unknown function in the formula '{self.text}' in the prose")
        keywords = {word.arg: self.visit(word.value) for word in node.keywords if word.arg}
        return sympify(self.functions[node.func.id](*(self.visit(a) for a in node.args), **keywords))
