"""Mathematics as it is written before it is worked out: f′(2), and a sum of products with its numbers put in.

SymPy evaluates on construction, which is right for results and wrong for the line above the
result. These few expressions print in every format (``_latex``, ``_pretty``, ``_sympystr``) and
never evaluate; `doit` gives the value where there is one.
"""

from __future__ import annotations

import re
from typing import Any

from sympy import Add, Expr, Integer, Mul, S, Symbol, sympify
from sympy.core.alphabets import greeks
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.pretty.stringpict import prettyForm, stringPict

POWER = re.compile(r"\^(\d+)")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _unicode(printer: Any) -> bool:
    """Whether a one-line printer may leave ASCII: SymPy's own may not, the renderer's says so."""
    return bool(getattr(printer, "_unicode", False))


class Applied(Expr):
    """A named function at an argument, primed `order` times: ``f″(x)``; `side` ±1 means the limit from that side, f′(0⁻).

    Nothing is computed.
    """

    is_commutative = True

    def __new__(cls, name: str, order: int, argument: Any, side: int = 0, **parameters: Any) -> Applied:
        pairs = [sympify(part) for key, value in sorted(parameters.items()) for part in (Symbol(key), value)]
        return Expr.__new__(cls, Symbol(name), Integer(order), sympify(argument), Integer(side), *pairs)

    @property
    def func(self) -> Any:
        """Rebuilds it from its arguments, as SymPy's substitutions do."""
        return lambda *args: Expr.__new__(Applied, *args)

    def _after(self, printer: Any) -> str:
        """The parameters that were given: ``; α = 2``."""
        pairs = zip(self.args[4::2], self.args[5::2], strict=True)
        given = ", ".join(f"{printer._print(key)} = {printer._print(value)}" for key, value in pairs)
        return f"; {given}" if given else ""

    @property
    def name(self) -> str:
        return self.args[0].name

    @property
    def order(self) -> int:
        return int(self.args[1])

    @property
    def _sign(self) -> str:
        return {-1: "-", 0: "", 1: "+"}[int(self.args[3])]

    @property
    def _bracketed(self) -> bool:
        """Whether the argument needs brackets below the sign of its side: (2πk + π)⁻."""
        argument = self.args[2]
        return bool(self._sign) and (argument.is_Add or (argument.is_Mul and bool(argument.free_symbols)))

    def _latex(self, printer: Any) -> str:
        known = len(self.name) == 1 or self.name.lower() in greeks
        name = printer._print(self.args[0]) if known else rf"\operatorname{{{self.name}}}"
        side = f"^{{{self._sign}}}" if self._sign else ""
        argument = printer._print(self.args[2])
        return (
            name
            + "'" * self.order
            + r"\left("
            + (rf"\left({argument}\right)" if self._bracketed else argument)
            + side
            + self._after(printer)
            + r"\right)"
        )

    def _pretty(self, printer: Any) -> Any:
        unicode = printer._use_unicode
        prime = ["", "′", "″", "‴"][self.order] if unicode else "'" * self.order
        argument = printer._print(self.args[2])
        if self._bracketed:
            argument = prettyForm(*argument.parens())
        if self._sign:
            argument = prettyForm(*argument.right({"-": "⁻", "+": "⁺"}[self._sign] if unicode else self._sign))
        argument = prettyForm(*argument.right(self._after(printer)))
        inside = prettyForm(*argument.parens())
        return prettyForm(*stringPict.next(printer._print(self.args[0]), prime, inside), binding=prettyForm.FUNC)

    def _sympystr(self, printer: Any) -> str:
        unicode = _unicode(printer)
        prime = ["", "′", "″", "‴"][self.order] if unicode else "'" * self.order
        side = {"-": "⁻", "+": "⁺", "": ""}[self._sign] if unicode else self._sign
        argument = f"({printer._print(self.args[2])})" if self._bracketed else printer._print(self.args[2])
        return f"{printer._print(self.args[0])}{prime}({argument}{side}{self._after(printer)})"


class Terms(Expr):
    """A sum in the order in which it was written, 2σ(2x) − 1; SymPy would sort it."""

    precedence = PRECEDENCE["Add"]
    is_commutative = True

    def __new__(cls, *terms: Any) -> Expr:
        flat = [part for term in map(sympify, terms) for part in (term.args if isinstance(term, Terms) else (term,))]
        return Expr.__new__(cls, *flat)

    def doit(self, **hints: Any) -> Expr:
        """The sum."""
        return Add(*self.args)

    def _join(self, show: Any) -> str:
        text = show(self.args[0])
        for term in self.args[1:]:
            negative = term.could_extract_minus_sign()
            text += (" - " if negative else " + ") + show(-term if negative else term)
        return text

    def _latex(self, printer: Any) -> str:
        return self._join(printer._print)

    def _sympystr(self, printer: Any) -> str:
        return self._join(printer._print)

    def _pretty(self, printer: Any) -> Any:
        row: list[Any] = [printer._print(self.args[0])]
        for term in self.args[1:]:
            negative = term.could_extract_minus_sign()
            row += [" - " if negative else " + ", printer._print(-term if negative else term)]
        return prettyForm(*stringPict.next(*row), binding=prettyForm.ADD)


class Arithmetic(Expr):
    """Plain numbers joined by signs, as they were typed: ``1000·(1/100)``."""

    def __new__(cls, text: str) -> Arithmetic:
        return Expr.__new__(cls, Symbol(text))

    def _latex(self, printer: Any) -> str:
        text = POWER.sub(r"^{\1}", self.args[0].name).replace("*", r" \cdot ")
        text = text.replace("(", r"\left(").replace(")", r"\right)")
        return text.replace("max", r"\max").replace("min", r"\min")

    def _pretty(self, printer: Any) -> Any:
        return prettyForm(self._typed(printer._use_unicode))

    def _sympystr(self, printer: Any) -> str:
        return self._typed(_unicode(printer))

    def _typed(self, unicode: bool) -> str:
        text = self.args[0].name
        if not unicode:
            return text
        return POWER.sub(lambda m: m[1].translate(RAISED), text).replace("*", "·").replace("-", "−")


class Products(Expr):
    """``1/2·2 + (−1)·3 + 1/10``: a sum of products with its numbers put in, not worked out."""

    def __new__(cls, pairs: Any, rest: Any = None) -> Products:
        terms = [sympify(number) for pair in pairs for number in pair]
        return Expr.__new__(cls, *terms, *([] if rest is None else [sympify(rest)]))

    @property
    def pairs(self) -> list[tuple[Expr, Expr]]:
        whole = self.args[: len(self.args) // 2 * 2]
        return list(zip(whole[::2], whole[1::2], strict=True))

    @property
    def rest(self) -> Expr | None:
        return self.args[-1] if len(self.args) % 2 else None

    def doit(self, **hints: Any) -> Expr:
        """The value of the sum."""
        return Add(*(Mul(a, b) for a, b in self.pairs), self.rest if self.rest is not None else S.Zero)

    def _join(self, show: Any, dot: str) -> str:
        def factor(number: Expr) -> str:
            text = show(number)
            return f"({text})" if number.could_extract_minus_sign() or number.is_Add else text

        terms = [factor(a) + dot + factor(b) for a, b in self.pairs]
        text = " + ".join(terms)
        if self.rest is None:
            return text
        if self.rest.could_extract_minus_sign():
            return f"{text} - {show(-self.rest)}"
        return f"{text} + {show(self.rest)}"

    def _latex(self, printer: Any) -> str:
        return self._join(printer._print, r" \cdot ")

    def _sympystr(self, printer: Any) -> str:
        return self._join(printer._print, "·" if _unicode(printer) else "*")

    def _pretty(self, printer: Any) -> Any:
        def factor(number: Expr) -> prettyForm:
            form = printer._print(number)
            return prettyForm(*form.parens()) if number.could_extract_minus_sign() or number.is_Add else form

        dot = "⋅" if printer._use_unicode else "*"
        row: list[Any] = []
        for a, b in self.pairs:
            row += [" + ", factor(a), dot, factor(b)]
        if self.rest is not None:
            negative = self.rest.could_extract_minus_sign()
            row += [" - " if negative else " + ", printer._print(-self.rest if negative else self.rest)]
        return prettyForm(*stringPict.next(*row[1:]), binding=prettyForm.ADD)


class Put(Expr):
    """A number in the place of a letter: (−0.2)·0.5 is shown, nothing is worked out; the letter keeps equal numbers apart."""

    is_commutative = True

    def __new__(cls, number: Any, letter: Any) -> Put:
        return Expr.__new__(cls, sympify(number), sympify(letter))

    @property
    def _guarded(self) -> bool:
        number = self.args[0]
        text = number.text if isinstance(number, Decimal) else str(number)
        return text.startswith("-") or "e" in text or "/" in text

    def _latex(self, printer: Any) -> str:
        text = printer._print(self.args[0])
        return rf"\left({text}\right)" if self._guarded else text

    def _pretty(self, printer: Any) -> Any:
        form = printer._print(self.args[0])
        return (
            prettyForm(*form.parens()) if self._guarded else prettyForm(*stringPict.next(form), binding=prettyForm.ATOM)
        )

    def _sympystr(self, printer: Any) -> str:
        text = printer._print(self.args[0])
        return f"({text})" if self._guarded else text


class Decimal(Expr):
    """A number rounded to a few significant digits, spelled for reading: ``0.8808``, ``4.54·10⁻⁵``."""

    def __new__(cls, number: Any, digits: int = 4) -> Expr:
        value = sympify(number)
        if value.is_Integer or not value.is_finite:
            return value
        text = spell(value, digits)
        return Integer(0) if text == "0" else Expr.__new__(cls, Symbol(text))

    @property
    def text(self) -> str:
        """The digits as plain text, with ``e`` for the power of ten."""
        return self.args[0].name

    def _parts(self) -> tuple[str, str]:
        mantissa, _, power = self.text.partition("e")
        return mantissa, power and str(int(power))

    def _latex(self, printer: Any) -> str:
        mantissa, power = self._parts()
        return rf"{mantissa} \cdot 10^{{{power}}}" if power else mantissa

    def _pretty(self, printer: Any) -> Any:
        mantissa, power = self._parts()
        if not power:
            return prettyForm(mantissa)
        if not printer._use_unicode:
            return prettyForm(f"{mantissa}e{power}")
        return prettyForm(f"{mantissa}·10{power.translate(RAISED)}")

    def _sympystr(self, printer: Any) -> str:
        mantissa, power = self._parts()
        return f"{mantissa}·10{power.translate(RAISED)}" if power and _unicode(printer) else self.text


def spell(value: Expr, digits: int) -> str:
    """`value` rounded half to even to `digits` significant digits; ``e`` notation outside 1e-4 … 1e6."""
    from decimal import ROUND_HALF_EVEN, Context
    from decimal import Decimal as Decimals

    exact = value.evalf(digits + 25, maxn=2000)
    if exact == 0:
        return "0"
    number = Context(prec=digits, rounding=ROUND_HALF_EVEN, Emax=10**9, Emin=-(10**9)).create_decimal(
        Decimals(str(exact))
    )
    number = number.normalize(Context(prec=digits, Emax=10**9, Emin=-(10**9)))
    exponent = number.adjusted()
    if -4 <= exponent < 6:
        return f"{number:f}"
    mantissa = number.scaleb(-exponent, Context(prec=digits, Emax=10**9, Emin=-(10**9)))
    return f"{mantissa.normalize():f}e{exponent}"


def is_exact(value: Expr, digits: int = 4) -> bool:
    """Whether rounding to `digits` significant digits loses nothing."""
    if not value.is_Rational:
        return False
    from fractions import Fraction

    return Fraction(spell(value, digits)) == Fraction(int(value.p), int(value.q))


class Partial(Expr):
    """∂a/∂w, as a letter: a name for a partial derivative."""

    def __new__(cls, above: Any, below: Any) -> Partial:
        return Expr.__new__(cls, sympify(above), sympify(below))

    def _latex(self, printer: Any) -> str:
        above, below = (printer._print(part) for part in self.args)
        return rf"\frac{{\partial {above}}}{{\partial {below}}}"

    def _pretty(self, printer: Any) -> Any:
        sign = "∂" if printer._use_unicode else "d"
        above, below = (prettyForm(*stringPict(sign).right(printer._print(part))) for part in self.args)
        return above / below

    def _sympystr(self, printer: Any) -> str:
        sign = "∂" if _unicode(printer) else "d"
        return f"{sign}{printer._print(self.args[0])}/{sign}{printer._print(self.args[1])}"


def partial(above: Any, below: Any) -> Partial:
    """∂above/∂below."""
    return Partial(above, below)
