"""Evaluate the text of an expression with mpmath: a second reading of the grammar that shares no code with the first.

Only texts of this test suite are read here. A value is an mpf; a point outside the domain raises
`Undefined`; a number too large to hold raises `TooLarge`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
from mpmath import mp, mpf

Function = Callable[[Any], Any]


class Undefined(ArithmeticError):
    """The function has no value here."""


class TooLarge(ArithmeticError):
    """The value cannot be held."""


def _inside(holds: bool) -> None:
    if not holds:
        raise Undefined


def _exp(v: Any) -> Any:
    if abs(v) > mpf(10) ** 1000:
        if v < 0:
            return mpf(0)
        raise TooLarge
    return mp.exp(v)


def _log(v: Any) -> Any:
    _inside(v > 0)
    return mp.log(v)


def _sqrt(v: Any) -> Any:
    _inside(v >= 0)
    return mp.sqrt(v)


def _restricted(function: Function, inside: Callable[[Any], bool]) -> Function:
    def restricted(v: Any) -> Any:
        _inside(inside(v))
        return function(v)

    return restricted


def _divide(a: Any, b: Any) -> Any:
    _inside(b != 0)
    return a / b


def _cosh(v: Any) -> Any:
    return (_exp(v) + _exp(-v)) / 2


def _sinh(v: Any) -> Any:
    return mp.sinh(v) if abs(v) < 1 else (_exp(v) - _exp(-v)) / 2


def _tanh(v: Any) -> Any:
    return mp.sign(v) if abs(v) > mpf(10) ** 6 else mp.tanh(v)


def _erf(v: Any) -> Any:
    return mp.sign(v) if abs(v) > mpf(10) ** 4 else mp.erf(v)


def _erfc(v: Any) -> Any:
    return mpf(0) if v > 10**6 else mpf(2) if v < -(10**6) else mp.erfc(v)


def _sech(v: Any) -> Any:
    return mpf(0) if abs(v) > mpf(10) ** 1000 else 1 / _cosh(v)


def _sigmoid(v: Any) -> Any:
    return 1 / (1 + _exp(-v)) if v > 0 else _exp(v) / (1 + _exp(v))


def _softplus(v: Any) -> Any:
    return max(v, mpf(0)) + mp.log1p(_exp(-abs(v)))


UNARY: dict[str, Function] = {
    "exp": _exp, "log": _log, "ln": _log, "sqrt": _sqrt, "cbrt": lambda v: mp.sign(v) * mp.cbrt(abs(v)),
    "abs": abs, "Abs": abs, "sign": mp.sign, "sin": mp.sin, "cos": mp.cos, "tan": mp.tan,
    "asin": _restricted(mp.asin, lambda v: abs(v) <= 1), "acos": _restricted(mp.acos, lambda v: abs(v) <= 1), "atan": mp.atan,
    "sinh": _sinh, "cosh": _cosh, "tanh": _tanh, "sech": _sech, "asinh": mp.asinh,
    "acosh": _restricted(mp.acosh, lambda v: v >= 1), "atanh": _restricted(mp.atanh, lambda v: abs(v) < 1),
    "erf": _erf, "erfc": _erfc, "Heaviside": lambda v: (mp.sign(v) + 1) / 2,
    "LambertW": lambda v: mp.lambertw(v).real,
    # catalogue functions, written here a second time
    "step": lambda v: mpf(1) if v >= 0 else mpf(0), "relu": lambda v: max(v, mpf(0)), "identity": lambda v: v,
    "sigmoid": _sigmoid, "softplus": _softplus, "silu": lambda v: v * _sigmoid(v), "mish": lambda v: v * _tanh(_softplus(v)),
    "gelu": lambda v: v * _erfc(-v / mp.sqrt(2)) / 2, "relu6": lambda v: min(max(v, mpf(0)), mpf(6)),
    "softsign": lambda v: v / (1 + abs(v)), "leaky_relu": lambda v: v if v >= 0 else v / 10,
    "elu": lambda v: v if v >= 0 else mp.expm1(v), "hard_sigmoid": lambda v: min(max(v / 6 + mpf(1) / 2, mpf(0)), mpf(1)),
    "hardtanh": lambda v: min(max(v, mpf(-1)), mpf(1)), "log_sigmoid": lambda v: -_softplus(-v),
    "selu": lambda v: mpf("1.0507009873554804934193349852946") * (
        v if v >= 0 else mpf("1.6732632423543772848170429916717") * mp.expm1(v)),
    "lecun_tanh": lambda v: mpf("1.7159") * _tanh(2 * v / 3), "penalized_tanh": lambda v: _tanh(v) / (4 if v < 0 else 1),
    "hardshrink": lambda v: v if abs(v) > mpf(1) / 2 else mpf(0),
    "gudermannian": lambda v: 2 * mp.atan(_tanh(v / 2)), "lisht": lambda v: v * _tanh(v),
}  # fmt: skip

PARAMETRIC: dict[str, Callable[..., Any]] = {
    "elu": lambda v, alpha: v if v >= 0 else alpha * mp.expm1(v),
    "celu": lambda v, alpha: v if v >= 0 else alpha * mp.expm1(v / alpha),
    "prelu": lambda v, alpha: v if v >= 0 else alpha * v, "leaky_relu": lambda v, alpha: v if v >= 0 else alpha * v,
    "softplus": lambda v, beta: _softplus(beta * v) / beta, "swish": lambda v, beta: v * _sigmoid(beta * v),
    "e_swish": lambda v, beta: beta * v * _sigmoid(v), "squareplus": lambda v, b: (v + mp.sqrt(v * v + b)) / 2,
    "isru": lambda v, alpha: v / mp.sqrt(1 + alpha * v * v), "dynamic_tanh": lambda v, alpha: _tanh(alpha * v),
    "soft_clipping": lambda v, alpha: (_softplus(alpha * v) - _softplus(alpha * v - alpha)) / alpha,
    "snake": lambda v, a: v + mp.sin(a * v) ** 2 / a, "sine": lambda v, omega: mp.sin(omega * v),
    "hardshrink": lambda v, lam: v if abs(v) > lam else mpf(0),
    "threshold": lambda v, theta, value: v if v > theta else value,
}  # fmt: skip
"""Catalogue functions whose parameters are given by name."""


def evaluator(text: str, variable: str = "x", **constants: str) -> Function:
    """The function of one number that `text` means; `constants` are further names with a decimal value."""
    source = re.sub(r"(?<![A-Za-z_])(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)", r"N('\1')", text.replace("^", "**"))
    body = _Builder(variable, constants).value(ast.parse(source.strip(), mode="eval").body)

    def function(v: Any) -> Any:
        try:
            result = body(mp.convert(v))
        except (OverflowError, MemoryError):
            raise TooLarge from None
        except (ZeroDivisionError, ValueError):
            raise Undefined from None
        if isinstance(result, mpmath.mpc):
            raise Undefined
        if mp.isnan(result):
            raise Undefined
        return result

    return function


class _Builder:
    """Closures over mpmath, one for each node of Python's `ast`."""

    def __init__(self, variable: str, constants: dict[str, str]) -> None:
        self.variable = variable
        self.constants = constants

    def value(self, node: ast.expr) -> Function:
        if (exact := rational(node)) is not None:
            return lambda _: mpf(exact.numerator) / exact.denominator
        if isinstance(node, ast.Name):
            if node.id == self.variable:
                return lambda v: v
            if node.id in self.constants:
                return lambda _: mpf(self.constants[node.id])
            return {"pi": lambda _: +mp.pi, "e": lambda _: +mp.e, "E": lambda _: +mp.e}[node.id]
        if isinstance(node, ast.UnaryOp):
            inner = self.value(node.operand)
            return (lambda v: -inner(v)) if isinstance(node.op, ast.USub) else inner
        if isinstance(node, ast.BinOp):
            return self.binary(node)
        assert isinstance(node, ast.Call)
        assert isinstance(node.func, ast.Name)
        return self.call(node, node.func.id)

    def binary(self, node: ast.BinOp) -> Function:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Pow):
            return self.power(node, left, right)
        if isinstance(node.op, ast.Div):
            return lambda v: _divide(left(v), right(v))
        if isinstance(node.op, ast.Add):
            return lambda v: left(v) + right(v)
        if isinstance(node.op, ast.Sub):
            return lambda v: left(v) - right(v)
        assert isinstance(node.op, ast.Mult)
        return lambda v: left(v) * right(v)

    def power(self, node: ast.BinOp, base: Function, exponent: Function) -> Function:
        exact = rational(node.right)
        if isinstance(node.left, ast.Name) and node.left.id == "e":
            return lambda v: _exp(exponent(v))
        if exact is None:
            constant = not any(isinstance(n, ast.Name) and n.id == self.variable for n in ast.walk(node.right))

            def general(v: Any) -> Any:
                b = base(v)
                if b == 0 and constant and exponent(v) > 0:
                    return mpf(0)
                _inside(b > 0)
                return _exp(exponent(v) * mp.log(b))

            return general
        if exact.denominator == 1:
            n = exact.numerator
            return (lambda v: base(v) ** n) if n >= 0 else (lambda v: _divide(mpf(1), base(v) ** -n))

        def root(v: Any) -> Any:
            b = base(v)
            _inside(b > 0 or (b == 0 and exact > 0))
            return mp.power(b, mpf(exact.numerator) / exact.denominator)

        return root

    def call(self, node: ast.Call, name: str) -> Function:
        if name == "where":
            condition, yes, no = self.condition(node.args[0]), self.value(node.args[1]), self.value(node.args[2])
            return lambda v: yes(v) if condition(v) else no(v)
        if name == "Piecewise":
            pairs = [pair.elts for pair in node.args if isinstance(pair, ast.Tuple)]
            branches = [(self.value(value), self.condition(condition)) for value, condition in pairs]

            def cases(v: Any) -> Any:
                for value, condition in branches:
                    if condition(v):
                        return value(v)
                raise Undefined

            return cases
        arguments = [self.value(argument) for argument in node.args]
        if name.lower() in ("max", "min"):
            choose = max if name.lower() == "max" else min
            return lambda v: choose(argument(v) for argument in arguments)
        if name == "LambertW" and len(arguments) == 2:
            return lambda v: mp.lambertw(arguments[0](v), int(arguments[1](v))).real
        (inner,) = arguments
        if node.keywords:
            given = {str(keyword.arg): self.value(keyword.value) for keyword in node.keywords}
            return lambda v: PARAMETRIC[name](inner(v), **{key: value(v) for key, value in given.items()})
        function = UNARY[name]
        return lambda v: function(inner(v))

    def condition(self, node: ast.expr) -> Function:
        if isinstance(node, ast.Compare):
            operands = [self.value(operand) for operand in (node.left, *node.comparators)]
            tests = [_COMPARE[type(op)] for op in node.ops]
            return lambda v: all(t(a(v), b(v)) for t, a, b in zip(tests, operands, operands[1:], strict=False))
        if isinstance(node, ast.BoolOp | ast.BinOp):
            parts = [node.left, node.right] if isinstance(node, ast.BinOp) else node.values
            conditions = [self.condition(part) for part in parts]
            join = all if isinstance(node.op, ast.And | ast.BitAnd) else any
            return lambda v: join(c(v) for c in conditions)
        if isinstance(node, ast.UnaryOp):
            inner = self.condition(node.operand)
            return lambda v: not inner(v)
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name)
            test = _COMPARE[_CALLED[node.func.id]]
            left, right = map(self.value, node.args)
            return lambda v: test(left(v), right(v))
        assert isinstance(node, ast.Constant)
        return lambda _: node.value


_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
}


_CALLED: dict[str, type[ast.cmpop]] = {
    "Eq": ast.Eq, "Ne": ast.NotEq, "Lt": ast.Lt, "Le": ast.LtE, "Gt": ast.Gt, "Ge": ast.GtE,
}  # fmt: skip
"""Conditions that are called."""


def rational(node: ast.expr) -> Fraction | None:
    """The exact value of a node that holds numbers and + - * / only."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N":
        (spelled,) = node.args
        return Fraction(spelled.value) if isinstance(spelled, ast.Constant) else None
    if isinstance(node, ast.UnaryOp):
        inner = rational(node.operand)
        return None if inner is None else -inner if isinstance(node.op, ast.USub) else inner
    if isinstance(node, ast.BinOp):
        a, b = rational(node.left), rational(node.right)
        if a is None or b is None or isinstance(node.op, ast.Pow):
            return None
        if isinstance(node.op, ast.Add):
            return a + b
        if isinstance(node.op, ast.Sub):
            return a - b
        return a * b if isinstance(node.op, ast.Mult) else a / b if b else None
    return None
