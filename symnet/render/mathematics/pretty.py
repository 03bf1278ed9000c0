"""SymPy objects as two-dimensional text, in Unicode or in pure ASCII, chosen explicitly.

SymPy guesses Unicode from the terminal that happens to be there; a sheet is told, so that the same sheet has
the same bytes everywhere.
"""

from __future__ import annotations

import re
from typing import Any

from sympy import Expr, Integer, Number, Pow, S, Symbol
from sympy.printing.pretty.pretty import PrettyPrinter
from sympy.printing.pretty.pretty_symbology import pretty_use_unicode
from sympy.printing.pretty.stringpict import prettyForm, stringPict

from symnet.render.mathematics.cases import cases
from symnet.render.mathematics.linear import condition_text, linear, relation_text, words_text
from symnet.render.mathematics.long_numbers import is_long
from symnet.render.mathematics.order import ReadingTerms, reading_product, rooted
from symnet.render.mathematics.primes import primes
from symnet.sheet.blocks import Equation


def pretty(thing: Any, unicode: bool = True) -> str:
    """`thing` as lines of text, as wide as it has to be."""
    before = pretty_use_unicode(unicode)
    try:
        settings = {"use_unicode": unicode, "wrap_line": False, "full_prec": False, "mat_symbol_style": "plain"}
        text = str(_Printer(settings).doprint(thing))
    finally:
        pretty_use_unicode(before)
    if unicode:
        text = re.sub(r"(?<![^\W\d])-", "−", text)
    return "\n".join(line.rstrip() for line in text.split("\n"))


class _Printer(ReadingTerms, PrettyPrinter):
    @property
    def _unicode(self) -> bool:
        return bool(self._use_unicode)

    def _print_Equation(self, equation: Any) -> Any:
        if not isinstance(equation, Equation):
            return super()._print_Relational(equation)
        relation = relation_text(equation.relation, self._unicode)
        sides: list[Any] = [self._print(side) for side in equation.sides]
        if equation.multiline and len(sides) > 2:
            return self._aligned(sides, relation)
        form = sides[0]
        for side in sides[1:]:
            form = prettyForm(*stringPict.next(form, f" {relation} ", side))
        return form

    def _aligned(self, sides: list[Any], relation: str) -> Any:
        lines = list(stringPict.next(sides[0], f" {relation} ", sides[1])[0].split("\n"))
        margin = " " * sides[0].width()
        for side in sides[2:]:
            lines += ["", *stringPict.next(stringPict(f"{margin} {relation} "), side)[0].split("\n")]
        width = max(map(len, lines))
        return prettyForm("\n".join(line.ljust(width) for line in lines))

    def _print_Text(self, text: Any) -> Any:
        return prettyForm(words_text(text, self._unicode))

    def _print_str(self, expr: str) -> Any:
        return prettyForm(expr)

    def _print_float(self, expr: float) -> Any:
        return prettyForm(linear(expr, self._unicode))

    def _print_NoneType(self, expr: None) -> Any:
        return prettyForm("–" if self._unicode else "-")

    def _print_Max(self, expr: Any) -> Any:
        return self._helper_print_function(None, expr.args, sort=True, func_name=type(expr).__name__.lower())

    _print_Min = _print_Max

    def _print_Piecewise(self, expr: Any) -> Any:
        branches = [(condition_text(case, self._unicode), self._print(case.value)) for case in cases(expr)]
        width = max(value.width() for _, value in branches)
        lines: list[str] = []
        for words, value in branches:
            for index, line in enumerate(value.picture):
                lines.append(line.ljust(width) + ("  " + words if index == value.baseline else ""))
        if len(lines) == 2:
            lines.insert(1, "")
        full = max(map(len, lines))
        form = prettyForm(*prettyForm("\n".join(line.ljust(full) for line in lines)).parens("{", ""))
        form.baseline = form.height() // 2
        form.binding = prettyForm.OPEN
        return form

    def _print_Derivative(self, expr: Any) -> Any:
        count = primes(expr)
        if not count:
            return super()._print_Derivative(expr)
        mark = "′″‴"[count - 1] if self._unicode else "'" * count
        name = str(self._print(Symbol(expr.expr.func.__name__)))
        return prettyForm(
            *stringPict.next(prettyForm(name + mark), self._print_seq(expr.variables[:1], "(", ")")),
            binding=prettyForm.FUNC,
        )

    def _print_Mul(self, product: Any) -> Any:
        """A fraction of factors in reading order.

        SymPy's own method asks every factor whether it is a physical unit, and loading the units costs nearly half as much as SymPy.
        """
        product = rooted(product)
        if isinstance(product, Pow):
            return self._print(product)
        if product.args[0] is S.One or any(isinstance(factor, Number) for factor in product.args[1:]):
            return self._as_written([self._print(factor) for factor in product.args])
        above: list[Expr] = []
        below: list[Expr] = []
        for factor in reading_product(product).as_ordered_factors():
            if factor.is_commutative and factor.is_Pow and factor.exp.is_Rational and factor.exp.is_negative:
                below.append(Pow(factor.base, -factor.exp, evaluate=factor.exp == -1))
            elif factor.is_Rational:
                above += [Integer(factor.p)] * (factor.p != 1)
                below += [Integer(factor.q)] * (factor.q != 1)
            else:
                above.append(factor)
        numerator = prettyForm.__mul__(*map(self._print, above or [S.One]))
        return numerator / prettyForm.__mul__(*map(self._print, below)) if below else numerator

    def _as_written(self, forms: list[Any]) -> Any:
        """A product that was not evaluated: every factor is shown, a leading -1 as a sign that keeps the 1."""
        if str(forms[0]) != "-1":
            return prettyForm.__mul__(*forms)
        form: Any = prettyForm.__mul__(prettyForm("1"), *forms[1:])
        return prettyForm("-" + form.s, form.baseline, form.binding)

    def _print_Pow(self, power: Any) -> Any:
        base, exponent = power.as_base_exp()
        if (hasattr(base, "_pretty") or primes(base)) and exponent.is_Integer and exponent > 1:
            form: Any = self._print(base)
            if form.binding == prettyForm.FUNC:
                form.binding = prettyForm.ATOM
            return form ** self._print(exponent)
        return super()._print_Pow(power)

    def _print_exp(self, e: Any) -> Any:
        return prettyForm("e", binding=prettyForm.ATOM) ** self._print(e.args[0])

    def _print_Exp1(self, e: Any) -> Any:
        return prettyForm("e")

    def _print_Symbol(self, e: Any, bold_name: bool = False) -> Any:
        return prettyForm(linear(e, self._unicode), binding=prettyForm.ATOM)

    _print_MatrixSymbol = _print_Symbol

    def _print_Idx(self, e: Any) -> Any:
        return self._print(e.label)

    def _print_Indexed(self, e: Any) -> Any:
        return prettyForm(linear(e, self._unicode))

    def _print_Rational(self, expr: Any) -> Any:
        return (
            prettyForm(linear(expr, self._unicode).replace("−", "-"))
            if is_long(expr)
            else super()._print_Rational(expr)
        )

    def _print_NaN(self, e: Any) -> Any:
        return prettyForm("undefined")

    def _print_Interval(self, expr: Any) -> Any:
        left, right = "(" if expr.left_open else "[", ")" if expr.right_open else "]"
        return self._print_seq((expr.start, expr.end), left, right)
