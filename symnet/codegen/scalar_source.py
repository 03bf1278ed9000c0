"""The lines of a scalar network as a Python program: one assignment a line, sums written out weight by weight.

Activations and their derivatives are calls of the accurate scalar functions that `export` writes; everything else is
printed by plain string building, which is linear in the number of parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Add, Expr, Max, Mul, Piecewise, Pow, Symbol, exp, log

from symnet.calculus.scalar_network import Line, ScalarNetwork
from symnet.codegen.export.function import definition, name_of
from symnet.codegen.export.languages import LANGUAGES
from symnet.definitions.operations import ScalarFunction
from symnet.errors import ShapeError, UnsupportedExpressionError, UsageError


class ScalarProgram:
    """A scalar network as a function of plain numbers; see `compile_scalar`."""

    def __init__(self, network: ScalarNetwork) -> None:
        self.network = network
        self.source = scalar_source(network)
        """The Python text that runs."""
        namespace: dict[str, Any] = {}
        exec(compile(self.source, "<symnet scalar network>", "exec"), namespace)
        self._namespace = namespace

    def __call__(self, x: Sequence[float], parameters: Sequence[float]) -> list[float]:
        """The outputs; `parameters` in the order of `network.parameters`."""
        return self._namespace["forward"](*self._checked(x, parameters))

    def loss_and_gradient(
        self, x: Sequence[float], y: Sequence[float], parameters: Sequence[float]
    ) -> tuple[float, list[float]]:
        """The loss of one sample and its derivative by every trainable parameter, in the order of `network.gradients`."""
        if self.network.loss is None:
            raise UsageError("this program has no loss; make it with network.scalar(loss)")
        x, parameters = self._checked(x, parameters)
        if len(y) != len(self.network.target):
            raise ShapeError(f"the target has {len(self.network.target)} numbers, got {len(y)}")
        return self._namespace["loss_and_gradient"](x, y, parameters)

    def _checked(self, x: Sequence[float], parameters: Sequence[float]) -> tuple[Sequence[float], Sequence[float]]:
        for what, given, wanted in (
            ("input", x, self.network.inputs),
            ("list of parameters", parameters, self.network.parameters),
        ):
            if len(given) != len(wanted):
                raise ShapeError(f"the {what} has {len(wanted)} numbers, got {len(given)}")
        return x, parameters


def compile_scalar(network: ScalarNetwork) -> ScalarProgram:
    """The network as a Python function of numbers."""
    return ScalarProgram(network)


def scalar_source(network: ScalarNetwork) -> str:
    """``forward(x, p)`` and, with a loss, ``loss_and_gradient(x, y, p)``, with everything that they call."""
    writer = _Writer()
    ends = [*_unpack(network.inputs, "x"), *_unpack(network.parameters, "p")]
    last = max((k for k, line in enumerate(network.forward) if line.symbol in set(network.outputs)), default=-1)
    text = _function(
        "forward(x, p)",
        "The outputs for one input x and the parameters p.",
        [*ends, *map(writer.line, network.forward[: last + 1])],
        f"[{', '.join(s.name for s in network.outputs)}]",
    )
    if network.loss is not None:
        gradients = ", ".join(map(writer.text, network.gradients.values()))
        text += "\n\n" + _function(
            "loss_and_gradient(x, y, p)",
            "The loss of one sample, and its derivative by each parameter.",
            [
                *ends[:1],
                *_unpack(network.target, "y"),
                *ends[1:],
                *map(writer.line, (*network.forward, *network.backward)),
            ],
            f"{network.loss.name}, [{gradients}]",
        )
    language = LANGUAGES["python"]
    return language.head("A network, weight by weight") + language.kernels(writer.kernels) + writer.definitions() + text


def _unpack(symbols: Sequence[Symbol], name: str) -> list[str]:
    return [f"[{', '.join(s.name for s in symbols)}] = {name}"] if symbols else []


def _function(signature: str, docstring: str, lines: list[str], result: str) -> str:
    body = "".join(f"    {line}\n" for line in lines)
    return f'def {signature}:\n    """{docstring}"""\n{body}    return {result}\n'


class _Writer:
    """Prints lines, and remembers the functions that they call."""

    def __init__(self) -> None:
        self.called: dict[ScalarFunction, str] = {}
        self.kernels: set[str] = set()
        self._texts: list[str] = []

    def line(self, line: Line) -> str:
        """``symbol = expression``."""
        if line.function is not None and line.argument is not None:
            return f"{line.symbol.name} = {self._name(line.function)}({self.text(line.argument)})"
        return f"{line.symbol.name} = {self.text(line.expression)}"

    def definitions(self) -> str:
        """The functions that the lines call."""
        return "".join(f"\n{text}\n" for text in self._texts) + "\n"

    def _name(self, function: ScalarFunction) -> str:
        if function not in self.called:
            name = name_of(function.activation, function.order)
            while name in self.called.values():
                name += "_"
            text, kernels = definition(function.activation, LANGUAGES["python"], name, function.order)
            self.called[function] = name
            self.kernels |= kernels
            self._texts.append(text)
        return self.called[function]

    def text(self, e: Expr) -> str:
        """An expression of sums, products, exponentials and maxima as source text."""
        if type(e) is Symbol:
            return e.name
        if e.is_Rational:
            return repr(float(e))  # type: ignore[arg-type]
        if isinstance(e, Add):
            return " + ".join(map(self.text, e.args)).replace("+ -", "- ")
        if isinstance(e, Mul):
            return self._product(e)
        if isinstance(e, Pow) and e.exp.is_Integer:
            return f"{self._factor(e.base)} ** {e.exp}" if e.exp != -1 else f"1.0 / {self._factor(e.base)}"
        if isinstance(e, (exp, log)):
            return f"math.{type(e).__name__}({self.text(e.args[0])})"
        if isinstance(e, Max):
            return f"max({', '.join(map(self.text, e.args))})"
        if isinstance(e, Piecewise) and len(e.args) == 2 and e.args[1].cond == True:  # noqa: E712
            (value, condition), (other, _) = e.args
            test = f"{self.text(condition.lhs)} {condition.rel_op} {self.text(condition.rhs)}"
            return f"({self.text(value)} if {test} else {self.text(other)})"
        raise UnsupportedExpressionError(f"no scalar code is known for {type(e).__name__}")

    def _product(self, e: Expr) -> str:
        above = [f for f in e.args if not (isinstance(f, Pow) and f.exp == -1)]
        below = [f.base for f in e.args if isinstance(f, Pow) and f.exp == -1]
        sign = ""
        if above and above[0] == -1:
            sign, above = "-", above[1:]
        text = sign + (" * ".join(map(self._factor, above)) or "1.0")
        return text + "".join(f" / {self._factor(b)}" for b in below)

    def _factor(self, e: Expr) -> str:
        text = self.text(e)
        return f"({text})" if isinstance(e, (Add, Mul)) or text.startswith("-") else text
