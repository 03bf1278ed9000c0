"""SymPy expression → form, term by term, with the rewrites that need no knowledge of x's sign.

exp(u) − 1 becomes expm1(u), log(1 + u) becomes log1p(u), √(u² + c²) becomes hypot(u, c); the exponent of an exponential
is computed to twice the working precision where it is a polynomial, because an error in −700 would be multiplied by 700.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial, reduce

import sympy
from sympy import Add, Expr, Integer, Mul, Pow, Rational, S, Symbol, Tuple

from symnet.codegen.assess import SMALLEST, is_power_of_two
from symnet.codegen.form import Form, X, number, operate
from symnet.codegen.functions import Erfcx, NormalCdf
from symnet.codegen.numpy_printer import nearest_float
from symnet.errors import UnsupportedExpressionError

NAMES = {
    sympy.sin: "sin", sympy.cos: "cos", sympy.tan: "tan", sympy.asin: "asin", sympy.acos: "acos", sympy.atan: "atan",
    sympy.sinh: "sinh", sympy.cosh: "cosh", sympy.tanh: "tanh", sympy.asinh: "asinh", sympy.acosh: "acosh",
    sympy.atanh: "atanh", sympy.erf: "erf", sympy.erfc: "erfc", Erfcx: "erfcx", NormalCdf: "normal_cdf", sympy.Abs: "absolute",
    sympy.sign: "sign",
}  # fmt: skip
"""SymPy head → primitive."""

MOST_COEFFICIENTS = 7


class Translator:
    """Turns expressions in `variable` into forms; `bindings` says what other symbols stand for."""

    def __init__(self, variable: Symbol, bindings: Mapping[Symbol, Form] | None = None, stepwise: bool = False) -> None:
        self.variable = variable
        self.stepwise = stepwise
        """Whether a product is divided by one factor after the other, so that no denominator overflows."""
        self.known: dict[Expr, Form] = {variable: X, **(bindings or {})}
        self.exponents: dict[Symbol, Expr] = {}
        """For a symbol that stands for an exponential: its exponent."""
        self.meanings: dict[Expr, Expr] = {}
        """For every symbol that stands for something: what."""

    def __call__(self, expression: Expr) -> Form:
        """The form of an expression without branches."""
        found = self.known.get(expression)
        if found is None:
            found = self.known[expression] = self._translate(expression)
        return found

    def _translate(self, e: Expr) -> Form:
        if e.is_number:
            return number(e if e.is_extended_real else S.NaN)
        if isinstance(e, Add):
            return self._sum(e)
        if isinstance(e, Mul):
            return self._product(e)
        if isinstance(e, sympy.exp):
            return self._exponential(e.args[0])
        if isinstance(e, Pow):
            return self._power(e)
        if isinstance(e, sympy.log):
            return self._logarithm(e.args[0])
        if isinstance(e, (sympy.sin, sympy.cos)):
            head = NAMES[e.func]
            coefficients = self.coefficients(e.args[0])
            return (
                operate(head, self(e.args[0]))
                if coefficients is None
                else operate(head + "_polynomial", X, payload=coefficients)
            )
        if isinstance(e, sympy.sech):
            return 1 / operate("cosh", self(e.args[0]))
        if isinstance(e, sympy.Heaviside):
            return number(S.Half) + number(S.Half) * operate("sign", self(e.args[0]))
        if isinstance(e, (sympy.Max, sympy.Min)):
            forms = [self(a) for a in sorted(e.args, key=sympy.default_sort_key)]
            return reduce(partial(operate, "maximum" if isinstance(e, sympy.Max) else "minimum"), forms)
        if e.func in NAMES:
            return operate(NAMES[e.func], *(self(a) for a in e.args))
        raise UnsupportedExpressionError(f"no numerical form is known for {e.func.__name__}")

    def coefficients(self, exponent: Expr) -> Tuple | None:
        """The coefficients, constant first, of a polynomial argument that one float operation cannot give exactly."""
        if not exponent.is_polynomial(self.variable) or exponent.free_symbols != {self.variable}:
            return None
        found = exponent.as_poly(self.variable).all_coeffs()[::-1]
        if len(found) > MOST_COEFFICIENTS or (len(found) == 2 and found[0] == 0 and is_power_of_two(found[1])):
            return None
        return Tuple(*found)

    def _exponential(self, exponent: Expr) -> Form:
        coefficients = self.coefficients(exponent)
        if coefficients is not None:
            return operate("exp_polynomial", X, payload=coefficients)
        tower = self._tower(exponent)
        return operate("exp", self(exponent)) if tower is None else operate("exp_tower", X, payload=tower)

    def _tower(self, exponent: Expr) -> Tuple | None:
        """(P, c, Q) where the exponent is P(x) + c exp(Q(x)): an exponential of an exponential needs many more digits."""
        inner = [t for t in Add.make_args(exponent) if t.has(sympy.exp)]
        if len(inner) != 1 or exponent.free_symbols != {self.variable}:
            return None
        constant, factor = inner[0].as_independent(self.variable)
        rest = exponent - inner[0]
        if not (
            isinstance(factor, sympy.exp)
            and rest.is_polynomial(self.variable)
            and factor.args[0].is_polynomial(self.variable)
        ):
            return None
        outer, base = (p.as_poly(self.variable).all_coeffs()[::-1] for p in (rest, factor.args[0]))
        return Tuple(Tuple(*outer), constant, Tuple(*base)) if len(outer) <= 4 and len(base) <= 4 else None

    def _logarithm(self, argument: Expr) -> Form:
        if isinstance(argument, Add) and argument.as_coeff_Add()[0] >= 1:
            return operate("log1p", self(argument - 1))
        return operate("log", self(argument))

    def _power(self, e: Pow) -> Form:
        base, exponent = e.as_base_exp()
        if isinstance(exponent, Rational) and exponent < 0:
            return self._divided(number(1), [Pow(base, -exponent)])
        if isinstance(exponent, Integer):
            return self._integer_power(self(base), int(exponent))
        if exponent == Rational(1, 2):
            return self._root(base)
        if isinstance(exponent, Rational) and exponent.q == 2:
            whole = exponent.p // 2
            return self(sympy.sqrt(base)) * self._integer_power(self(base), whole) if whole else self(sympy.sqrt(base))
        if base.is_number and base.is_positive:
            return self._exponential(exponent * sympy.log(base))
        if not exponent.is_number:
            return operate("power", self(base), self(exponent))
        whole = int(sympy.floor(exponent))
        rest = self._fractional_power(self(base), exponent - whole)
        return (
            self._integer_power(self(base), whole) * rest
            if whole > 0
            else rest / self._integer_power(self(base), -whole)
            if whole
            else rest
        )

    def _fractional_power(self, base: Form, exponent: Expr) -> Form:
        """base^exponent for 0 < exponent < 1; what the exponent's rounding loses is put back: bᵈ = 1 + d log b for a tiny d."""
        if exponent in (Rational(1, 3), Rational(2, 3)):
            root = operate("cbrt", base)
            return root if exponent == Rational(1, 3) else root * root
        near = Rational(nearest_float(exponent))
        result, lost = operate("power", base, number(near)), exponent - near
        if lost == 0:
            return result
        logarithm = operate("log", operate("maximum", base, number(Rational(SMALLEST))))
        return result + result * (number(lost) * logarithm)

    def _root(self, base: Expr) -> Form:
        if isinstance(base, Add) and len(base.args) == 2:
            constant, rest = base.as_coeff_Add()
            inner = sympy.sqrt(rest)
            if constant.is_positive and inner.is_extended_real and not isinstance(inner, Pow):
                inner = inner.args[0] if isinstance(inner, sympy.Abs) else inner
                return operate("hypot", self(inner), number(sympy.sqrt(constant)))
        return operate("sqrt", self(base))

    def _integer_power(self, base: Form, exponent: int) -> Form:
        if exponent == 1:
            return base
        half = self._integer_power(base, exponent // 2)
        square = half * half
        return square * base if exponent % 2 else square

    def _product(self, e: Mul) -> Form:
        """Numerators over denominators; all numbers are one constant, so that they cost one rounding."""
        numbers = [f for f in e.args if f.is_number]
        constant, rest = Mul(*numbers), Mul(*(f for f in e.args if not f.is_number))
        above, below = [], []
        for factor in Mul.make_args(rest):
            base, exponent = factor.as_base_exp()
            if isinstance(exponent, Rational) and exponent < 0 and not isinstance(factor, sympy.exp):
                below.append(Pow(base, -exponent))
            else:
                above.append(factor)
        if isinstance(constant, Rational) and is_power_of_two(Integer(constant.p)) and constant.q != 1:
            below = [Integer(constant.q), *below]  # 2x/3 rounds once, x times the float 2/3 twice
            constant = Integer(constant.p)
        top = self._chain(above, constant)
        return self._divided(top, below) if below else top

    def _divided(self, top: Form, below: list[Expr]) -> Form:
        if not self.stepwise:
            return top / self._chain(below, S.One)
        for factor in below:
            base, exponent = factor.as_base_exp()
            repeated = exponent.is_Integer and not isinstance(factor, sympy.exp)
            for _ in range(int(exponent) if repeated else 1):
                top = top / self(base if repeated else factor)
        return top

    def _chain(self, factors: list[Expr], constant: Expr) -> Form:
        numbers = [f for f in factors if f.is_number]
        others = sorted((f for f in factors if not f.is_number), key=sympy.default_sort_key)
        constant = Mul(constant, *numbers)
        negative = constant.is_negative
        constant = -constant if negative else constant
        if not others:
            return number(-constant if negative else constant)
        forms = [self(f) for f in others]
        result = -forms[0] if negative else forms[0]
        if constant != 1:
            result = number(constant) * result
        for form in forms[1:]:
            result = result * form
        return result

    def _sum(self, e: Add) -> Form:
        exponential = self._exponential_minus_one(e)
        if exponential is not None:
            return exponential
        terms = sorted(e.args, key=lambda t: (t.is_number, sympy.default_sort_key(t)))
        positive = [t for t in terms if not t.could_extract_minus_sign()]
        negative = [-t for t in terms if t.could_extract_minus_sign()]
        if not positive:
            return -self._plain_sum(negative)
        result = self._plain_sum(positive)
        for term in negative:
            result = result - self(term)
        return result

    def _plain_sum(self, terms: list[Expr]) -> Form:
        result = self(terms[0])
        for term in terms[1:]:
            result = result + self(term)
        return result

    def _exponential_minus_one(self, e: Add) -> Form | None:
        """c·exp(u) − c + rest as c·expm1(u) + rest."""
        for term in e.args:
            if term.is_number and term != 0:
                for other in e.args:
                    ratio = other / -term
                    if isinstance(ratio, sympy.exp):
                        rest = e - term - other
                        found = number(-term) * operate("expm1", self(ratio.args[0]))
                        return found if rest == 0 else self(rest) + found
        return None
