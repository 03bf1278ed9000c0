"""SymPy objects as one line of text: in sentences of the terminal, labels of curves, and JSON.

In Unicode: ``α·(eˣ − 1)``, ``x²``, ``−1/2``; in ASCII: ``alpha*(exp(x) - 1)``, ``x^2``, ``-1/2``.
"""

from __future__ import annotations

import re
from typing import Any

from sympy import Indexed, Integer, Mul, Number, NumberSymbol, Symbol
from sympy.printing.conventions import split_super_sub
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.pretty.pretty_symbology import greek_unicode
from sympy.printing.str import StrPrinter

from symnet.render.mathematics.cases import Case, Chain, cases, chains_of
from symnet.render.mathematics.long_numbers import decimals, is_long
from symnet.render.mathematics.order import ReadingTerms, reading_product, rooted
from symnet.render.mathematics.primes import is_partial, primes
from symnet.render.runs import runs
from symnet.sheet.text import Text

_ASCII_RELATIONS = {
    "≈": "~=", "≤": "<=", "≥": ">=", "→": "->", "∈": "in", "≠": "!=", "⇒": "=>", "↦": "|->", "≡": "==",
    "∼": "~", "←": "<-",
}  # fmt: skip
_POWER = PRECEDENCE["Pow"]
_RAISED = dict(zip("0123456789+-−xnkit()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ˣⁿᵏⁱᵗ⁽⁾", strict=True))
_LOWERED = dict(zip("0123456789+-−aeijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋ₐₑᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))


def linear(thing: Any, unicode: bool = True) -> str:
    """`thing` (a SymPy object, an `Equation`, a `Text`, a string, a number) on one line."""
    text = _Printer({"full_prec": False}, unicode).doprint(thing)
    return text.replace("-", "−") if unicode and not isinstance(thing, (str, Text)) else text


def words_text(text: Any, unicode: bool) -> str:
    """A `Text` without any markup."""
    return "".join(run.content if run.kind != "mathematics" else linear(run.content, unicode) for run in runs(text))


def relation_text(relation: str, unicode: bool) -> str:
    """The relation sign, spelled in ASCII where it must be."""
    return relation if unicode else _ASCII_RELATIONS.get(relation, relation)


def condition_text(case: Case, unicode: bool) -> str:
    """The condition of a branch: ``if −3 ≤ x < 3``, or ``otherwise``."""
    if case.chains:
        return "if " + " or ".join(_chain(chain, unicode) for chain in case.chains)
    return "otherwise" if case.condition is None else "if " + linear(case.condition, unicode)


def _chain(chain: Chain, unicode: bool) -> str:
    parts = [linear(chain.terms[0], unicode)]
    for sign, term in zip(chain.signs, chain.terms[1:], strict=True):
        parts += [relation_text(sign, unicode), linear(term, unicode)]
    return " ".join(parts)


class _Printer(ReadingTerms, StrPrinter):
    def __init__(self, settings: dict[str, Any], unicode: bool) -> None:
        super().__init__(settings)
        self._unicode = unicode

    def doprint(self, expr: Any) -> str:
        return str(self._print(expr))

    def _print(self, expr: Any, **kwargs: Any) -> str:
        if isinstance(expr, Indexed):  # SymPy's own spelling of it would win
            return self._print_Indexed(expr)
        return super()._print(expr, **kwargs)

    def _print_Equation(self, equation: Any) -> str:
        relation = relation_text(equation.relation, self._unicode)
        return f" {relation} ".join(self._print(side) for side in equation.sides)

    def _print_Text(self, text: Any) -> str:
        return words_text(text, self._unicode)

    def _print_str(self, expr: str) -> str:
        return expr

    def _print_float(self, expr: float) -> str:
        return repr(int(expr)) if expr.is_integer() and abs(expr) < 1e15 else repr(expr)

    def _print_NoneType(self, expr: None) -> str:
        return "–" if self._unicode else "-"

    def _print_Symbol(self, expr: Any) -> str:
        return symbol_text(expr.name) if self._unicode else expr.name

    _print_MatrixSymbol = _print_Symbol

    def _print_Infinity(self, expr: Any) -> str:
        return "∞" if self._unicode else "inf"

    def _print_NegativeInfinity(self, expr: Any) -> str:
        return "-" + self._print_Infinity(expr)

    def _print_Pi(self, expr: Any) -> str:
        return "π" if self._unicode else "pi"

    def _print_Exp1(self, expr: Any) -> str:
        return "e"

    def _print_Reals(self, expr: Any) -> str:
        return "ℝ" if self._unicode else "R"

    def _print_Function(self, expr: Any) -> str:
        name = expr.func.__name__
        if self._unicode:
            name = symbol_text(name)
        return f"{name}({', '.join(self._print(arg) for arg in expr.args)})"

    def _print_And(self, expr: Any) -> str:
        chains = chains_of(expr)
        return " or ".join(_chain(chain, self._unicode) for chain in chains) if chains else super()._print_And(expr)

    def _print_KroneckerDelta(self, expr: Any) -> str:
        first, second = (self._print(index) for index in expr.args)
        return symbol_text(f"delta_{first}{second}") if self._unicode else f"delta({first}, {second})"

    def _print_Max(self, expr: Any) -> str:
        ordered = sorted(expr.args, key=lambda arg: arg.sort_key())
        return f"{type(expr).__name__.lower()}({', '.join(self._print(arg) for arg in ordered)})"

    _print_Min = _print_Max

    def _print_Idx(self, expr: Any) -> str:
        return self._print(expr.label)

    def _print_Indexed(self, expr: Any) -> str:
        base, below = self._print(expr.base.label), [self._print(index).replace(" ", "") for index in expr.indices]
        if not self._unicode:
            return f"{base}[{', '.join(below)}]"
        return base + _small(
            "".join(below) if all(len(part) == 1 for part in below) else ",".join(below), _LOWERED, "_"
        )

    def _print_Abs(self, expr: Any) -> str:
        return f"|{self._print(expr.args[0])}|"

    def _print_Relational(self, expr: Any) -> str:
        from symnet.render.mathematics.cases import SIGNS

        sign = SIGNS.get(type(expr))
        if sign is None:
            return super()._print_Relational(expr)
        return f"{self._print(expr.lhs)} {relation_text(sign, self._unicode)} {self._print(expr.rhs)}"

    def _print_Derivative(self, expr: Any) -> str:
        count = primes(expr)
        if count:
            mark = "′″‴"[count - 1] if self._unicode else "'" * count
            return f"{self._print(Symbol(expr.expr.func.__name__))}{mark}({self._print(expr.variables[0])})"
        sign = "∂" if self._unicode and is_partial(expr) else "d"
        below = " ".join(
            f"{sign}{self._print(variable)}" + (self._power(str(n)) if n != 1 else "")
            for variable, n in expr.variable_count
        )
        total = sum(n for _, n in expr.variable_count)
        above = sign + (self._power(str(total)) if total != 1 else "")
        return f"{above}/{below} ({self._print(expr.expr)})"

    def _print_Piecewise(self, expr: Any) -> str:
        return "; ".join(f"{self._print(case.value)} {condition_text(case, self._unicode)}" for case in cases(expr))

    def _print_exp(self, expr: Any) -> str:
        exponent = self._print(expr.args[0])
        if not self._unicode:
            return f"exp({exponent})"
        return "e" + self._power(exponent)

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        base, exponent = expr.base, expr.exp
        if exponent == Number(1) / 2 if isinstance(exponent, Number) else False:
            inner = self._print(base)
            simple = isinstance(base, (Integer, Symbol, NumberSymbol)) and len(inner) == 1
            return (f"√{inner}" if simple else f"√({inner})") if self._unicode else f"sqrt({inner})"
        if isinstance(exponent, Number) and exponent.is_negative:
            from sympy import Pow

            below = (
                self.parenthesize(base, _POWER) if exponent == -1 else self._print(Pow(base, -exponent, evaluate=False))
            )
            return f"1/{below}"
        return self.parenthesize(base, _POWER) + self._power(self._print(exponent))

    def _power(self, exponent: str) -> str:
        plain = exponent.replace(" ", "")
        if self._unicode and len(plain) <= 4 and all(letter in _RAISED for letter in plain):
            return "".join(_RAISED[letter] for letter in plain)
        return f"^{exponent}" if re.fullmatch(r"[A-Za-z]|[0-9]+", exponent) else f"^({exponent})"

    def _print_Mul(self, expr: Any) -> str:
        product = rooted(expr)
        text = super()._print_Mul(reading_product(product)) if isinstance(product, Mul) else self._print(product)
        return _juxtapose(text) if self._unicode else text

    def _print_Rational(self, expr: Any) -> str:
        if not is_long(expr):
            return super()._print_Rational(expr)
        digits = decimals(abs(expr))
        return ("-" if expr < 0 else "") + (digits if self._unicode else digits.replace("…", "..."))

    def _print_NaN(self, expr: Any) -> str:
        return "undefined"

    def _print_Sum(self, expr: Any) -> str:
        ranges = ", ".join(
            f"{self._print(index)}={self._print(low)}..{self._print(high)}" for index, low, high in expr.limits
        )
        sign = "Σ" if self._unicode else "sum"
        return f"{sign}({ranges}) {self.parenthesize(expr.function, PRECEDENCE['Mul'], strict=True)}"

    def _print_Interval(self, expr: Any) -> str:
        left, right = "(" if expr.left_open else "[", ")" if expr.right_open else "]"
        return f"{left}{self._print(expr.start)}, {self._print(expr.end)}{right}"

    def _print_MatrixBase(self, expr: Any) -> str:
        rows = ("[" + ", ".join(self._print(item) for item in expr[row, :]) + "]" for row in range(expr.rows))
        return "[" + ", ".join(rows) + "]"

    def _print_MatMul(self, expr: Any) -> str:
        number, matrices = expr.as_coeff_matrices()
        factors = [self.parenthesize(item, PRECEDENCE["Mul"], strict=True) for item in matrices]
        if number == -1:
            return "-" + (" " if self._unicode else "*").join(factors)
        return (" " if self._unicode else "*").join(factors if number == 1 else [self._print(number), *factors])

    def _print_MatAdd(self, expr: Any) -> str:
        terms = [self._print(term) for term in expr.args]
        return terms[0] + "".join(f" - {term[1:]}" if term.startswith("-") else f" + {term}" for term in terms[1:])

    def _print_Transpose(self, expr: Any) -> str:
        return self.parenthesize(expr.arg, _POWER) + ("ᵀ" if self._unicode else "^T")

    def _print_HadamardProduct(self, expr: Any) -> str:
        sign = " ⊙ " if self._unicode else " o "
        return sign.join(self.parenthesize(item, 50) for item in expr.args)


def symbol_text(name: str) -> str:
    """A symbol's name with Greek letters and small figures: ``alpha_1`` → ``α₁``."""
    parts: Any = split_super_sub(name)
    stem, supers, subs = str(parts[0]), parts[1], parts[2]
    head = "ℓ" if stem == "ell" else str(greek_unicode.get(stem) or stem)
    return (
        head
        + "".join(_small(part, _LOWERED, "_") for part in subs)
        + "".join(_small(part, _RAISED, "^") for part in supers)
    )


def _small(text: str, table: dict[str, str], sign: str) -> str:
    if all(letter in table for letter in text):
        return "".join(table[letter] for letter in text)
    return f"{sign}{greek_unicode.get(text, text)}"


def _juxtapose(text: str) -> str:
    """Replace the stars of a product by a middle dot, and drop it after a leading number."""
    return re.sub(r"(?<![\w.)√⁰-₟])(\d+(?:\.\d+)?)\*(?=[^\W\d]|\()", r"\1", text).replace("*", "·")
