"""SymPy objects as LaTeX that pdflatex, GitHub, Jupyter and math-core all read alike.

Only commands that all of them know are used, and never a bare ``|``, which ends a table cell in Markdown.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import Any

from sympy import Add, Derivative, Float, Mul, Number, Piecewise, Pow, S, fraction, sympify
from sympy.printing.conventions import split_super_sub
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE

from symnet.render.mathematics.cases import Chain, cases
from symnet.render.mathematics.long_numbers import decimals, is_long
from symnet.render.mathematics.order import ReadingTerms, reading_order, rooted
from symnet.render.mathematics.primes import is_partial, primes
from symnet.render.runs import runs
from symnet.sheet.blocks import Equation
from symnet.sheet.text import Text

RELATIONS = {
    "=": "=", "≈": r"\approx", "≤": r"\le", "≥": r"\ge", "<": "<", ">": ">", "→": r"\to", "∈": r"\in", "≠": r"\ne",
    "⇒": r"\Rightarrow", "↦": r"\mapsto", "≡": r"\equiv", "∼": r"\sim", "←": r"\gets", ":=": r"\mathrel{:=}",
}  # fmt: skip
_LOW = (
    r"((?:[^{}()\\]|\\(?!left|right)[a-zA-Z]+|_\{[\w,]+\}"
    r"|\\(?:mathbf|boldsymbol|operatorname)\{[^{}]*\}|\([^(){}\\]*\))*?)"
)
_LOW_BRACKETS = re.compile(rf"\\left\({_LOW} ?\\right\)")
"""Brackets round something no taller than a line need not grow."""
_APPLIED = re.compile(
    rf"((?:(?<![a-zA-Z\\])[a-zA-Z]|\\(?!frac|sqrt|text|math|bold)[a-zA-Z]+|\\operatorname\{{\w+\}})(?:\^\{{\w+\}})?)\{{\({_LOW}\)\}}"
)
"""SymPy's braces round the argument of a function."""
_SPECIAL = {
    "\\": r"\backslash ", "{": r"\{", "}": r"\}", "$": r"\$", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_",
    "^": r"\wedge ", "~": r"\sim ", "|": r"\vert ", "`": r"\text{‘}", "<": "<", ">": ">",
}  # fmt: skip
"""Signs that text mode reads differently in TeX, MathJax and math-core are set in math mode, which all agree on."""


def latex(thing: Any) -> str:
    """`thing` (a SymPy object, an `Equation`, a `Text`, a string, a number) as LaTeX without delimiters."""
    text = _Printer({"full_prec": False, "parenthesize_super": True}).doprint(thing)
    for _ in range(2):
        text = _APPLIED.sub(r"\1(\2)", _LOW_BRACKETS.sub(r"(\1)", text))
    return text


class _Printer(ReadingTerms, LatexPrinter):
    def doprint(self, expr: Any) -> str:
        return str(self._print(expr))

    def _print_Equation(self, equation: Any) -> str:
        if not isinstance(equation, Equation):
            return super()._print_Relational(equation)
        relation = RELATIONS.get(equation.relation, equation.relation)
        sides = [self._print(side) for side in equation.sides]
        if len(sides) == 1:
            return sides[0]
        if equation.multiline and len(sides) > 2:
            lines = [rf"{sides[0]} &{relation} {sides[1]}", *(rf"&{relation} {side}" for side in sides[2:])]
            return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"
        return f" {relation} ".join(sides)

    def _print_Text(self, text: Text) -> str:
        parts = []
        for run in runs(text):
            parts.append(self._print(run.content) if run.kind == "mathematics" else self._print_str(run.content))
        return "".join(parts)

    def _print_str(self, expr: str) -> str:
        parts = re.split(r"([\\{}$%&#_^~|`<>])", expr)
        return "".join(_SPECIAL.get(part, rf"\text{{{part}}}") for part in parts if part)

    def _print_float(self, expr: float) -> str:
        return self._print(Float(repr(expr)) if isfinite(expr) else sympify(expr))

    def _print_NoneType(self, expr: None) -> str:
        return r"\text{–}"

    def _print_tuple(self, expr: tuple) -> str:
        return r"\left(" + r",\, ".join(self._print(item) for item in expr) + r"\right)"

    _print_Tuple = _print_tuple

    def _print_Interval(self, expr: Any) -> str:
        left = "(" if expr.left_open else "["
        right = ")" if expr.right_open else "]"
        return rf"\left{left}{self._print(expr.start)},\, {self._print(expr.end)}\right{right}"

    def _print_Piecewise(self, expr: Any) -> str:
        rows = [rf"{self._print(case.value)} & {self._condition(case)}" for case in cases(expr)]
        return r"\begin{cases} " + r" \\ ".join(rows) + r" \end{cases}"

    def _condition(self, case: Any) -> str:
        if case.chains:
            return r" \text{ or } ".join(self._chain(chain) for chain in case.chains)
        return r"\text{otherwise}" if case.condition is None else self._print(case.condition)

    def _chain(self, chain: Chain) -> str:
        parts = [self._print(chain.terms[0])]
        for sign, term in zip(chain.signs, chain.terms[1:], strict=True):
            parts += [RELATIONS[sign], self._print(term)]
        return " ".join(parts)

    def _print_Rational(self, expr: Any) -> str:
        if not is_long(expr):
            return super()._print_Rational(expr)
        sign = "- " if expr < 0 else ""
        return sign + decimals(abs(expr)).replace("…", r"\ldots{}")

    def _print_NaN(self, expr: Any) -> str:
        return r"\text{undefined}"

    def _print_Derivative(self, expr: Any) -> str:
        count = primes(expr)
        if not count:
            total = sum(count for _, count in expr.variable_count)
            sign = r"\partial " if is_partial(expr) else "d"
            below = r" \,".join(
                rf"{sign}{self._print(v)}" + (rf"^{{{n}}}" if n != 1 else "") for v, n in expr.variable_count
            )
            above = f"{sign}^{{{total}}}" if total != 1 else sign.strip()
            bracketed = isinstance(expr.expr, (Add, Mul, Piecewise))
            inner = rf"\left({self._print(expr.expr)}\right)" if bracketed else self._print(expr.expr)
            return rf"\frac{{{above}}}{{{below}}} {inner}"
        name = self._hprint_Function(expr.expr.func.__name__)
        return rf"{name}{chr(39) * count}\left({self._print(expr.variables[0])}\right)"

    def _print_Idx(self, expr: Any) -> str:
        return self._print(expr.label)

    def _print_Indexed(self, expr: Any) -> str:
        base = self._print(expr.base.label)
        below = ",".join(self._print(index) for index in expr.indices)
        name, subscript, rest = base.partition("_{")
        return f"{name}_{{{rest[:-1]},{below}}}" if subscript and rest.endswith("}") else f"{base}_{{{below}}}"

    def _print_Abs(self, expr: Any, exp: Any = None) -> str:
        inner = rf"\left\lvert {self._print(expr.args[0])}\right\rvert"
        return inner if exp is None else rf"{inner}^{{{exp}}}"

    _print_Determinant = _print_Abs

    def _print_Norm(self, expr: Any) -> str:
        return rf"\left\lVert {self._print(expr.args[0])}\right\rVert"

    def _print_MatrixSymbol(self, expr: Any) -> str:
        name, supers, subs = _split(expr.name)
        letter = self._deal_with_super_sub(name)
        bold = rf"\boldsymbol{{{letter}}}" if letter.startswith("\\") else rf"\mathbf{{{letter}}}"
        above = rf"^{{{' '.join(supers)}}}" if supers else ""
        below = rf"_{{{' '.join(subs)}}}" if subs else ""
        return bold + below + above

    def _print_MatrixBase(self, expr: Any) -> str:
        rows = [" & ".join(self._print(item) for item in expr[row, :]) for row in range(expr.rows)]
        return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"

    def _print_OneMatrix(self, expr: Any) -> str:
        return r"\mathbf{1}"

    def _print_MatMul(self, expr: Any) -> str:
        number, matrices = expr.as_coeff_matrices()
        factors = " ".join(self.parenthesize(item, PRECEDENCE["Mul"], True) for item in matrices)
        if number == 1:
            return factors
        return f"- {factors}" if number == -1 else f"{self._print(number)} {factors}"

    def _print_Transpose(self, expr: Any) -> str:
        return rf"{self.parenthesize(expr.arg, 60, True)}^{{\top}}"

    def _print_HadamardProduct(self, expr: Any) -> str:
        return r" \odot ".join(self.parenthesize(item, 50, True) for item in expr.args)

    def _print_Mul(self, expr: Any) -> str:
        if isinstance(expr, Mul):
            expr = rooted(expr)
            if not isinstance(expr, Mul):
                return self._print(expr)
        if isinstance(expr, Mul) and (expr.args[0] is S.One or any(isinstance(arg, Number) for arg in expr.args[1:])):
            return super()._print_Mul(expr)
        if expr.could_extract_minus_sign():
            negated = -expr
            inner = self._print(negated)
            return rf"- \left({inner}\right)" if negated.is_Add else f"- {inner}"
        number, rest = expr.as_coeff_Mul()
        if is_long(number):
            inner = self._print(rest)
            return f"{self._print(number)} " + (rf"\left({inner}\right)" if rest.is_Add else inner)
        numerator, denominator = fraction(expr, exact=True)
        if denominator is S.One and Pow(1, -1, evaluate=False) not in expr.args:
            return self._factors(expr)
        return rf"\frac{{{self._factors(numerator)}}}{{{self._factors(denominator)}}}"

    def _factors(self, product: Any) -> str:
        if not isinstance(product, Mul):
            return self._print(product)
        written = ""
        factors = reading_order(product)
        for index, factor in enumerate(factors):
            term = self._print(factor)
            unclear = isinstance(factor, Derivative) and index < len(factors) - 1 and not primes(factor)
            if unclear or self._needs_mul_brackets(factor, first=index == 0, last=index == len(factors) - 1):
                term = rf"\left({term}\right)"
            if written:
                written += r" \cdot " if term[0].isdigit() or term.startswith((r"\frac{1}", r"\text")) else " "
            written += term
        return written


def _split(name: str) -> tuple[str, list[str], list[str]]:
    stem, supers, subs = split_super_sub(name)
    return str(stem), list(supers), list(subs)
