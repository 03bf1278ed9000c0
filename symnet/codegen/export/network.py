"""The source of a network, or of a loss: its row-form equations, a line each, and the functions that they call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from symnet.calculus.backpropagate import backpropagate, backpropagate_loss
from symnet.codegen.export.function import definition, language_named, name_of
from symnet.codegen.export.languages import Language
from symnet.codegen.export.matrices import MatrixPrinter, NumpyMatrixPrinter
from symnet.definitions.equations import Equation, Equations
from symnet.definitions.loss import Loss, named_loss
from symnet.definitions.network import Network
from symnet.definitions.operations import ScalarFunction


def export_network(
    network: Network, to: str = "numpy", loss: Loss | str | None = None, remarks: Sequence[str] = ()
) -> str:
    """``forward(x, parameters)`` and, with a loss, ``loss_and_gradient(x, y, parameters)`` in one language.

    A network that is bound to numbers carries them as ``PARAMETERS``. `remarks` are lines for the docstring.
    """
    source = _Source(language_named(to), bool(network.values))
    equations = network.equations if loss is None else backpropagate(network, loss)
    given = {record.symbol.name: record.name for record in network.parameter_records}
    shape = "-".join(map(str, network.sizes))
    docs = [*map(str, network.equations), "", *remarks] if remarks else list(map(str, network.equations))
    source.function(
        "forward", ("x",), ["The outputs, one sample a row.", "", *docs], equations.rows.forward, equations.rows, given
    )
    if loss is not None:
        lines = [str(e) for e in equations if e.kind != "forward"]
        source.function(
            "loss_and_gradient",
            ("x", "y"),
            ["The mean loss over the rows, and its gradient by every parameter.", "", "For one sample:", *lines],
            list(equations.rows),
            equations.rows,
            given,
        )
    return source.text(f"A network {shape} of {network.count} parameters", network.parameters if network.values else {})


def export_loss(loss: Loss | str, to: str = "numpy") -> str:
    """``loss_and_gradient(x, y)`` of outputs x and targets y, one sample a row: the mean loss and ∂loss/∂x."""
    record = named_loss(loss)
    source = _Source(language_named(to))
    equations = backpropagate_loss(record)
    docs = [record.summary, "", "For one sample:", *map(str, equations)]
    source.function("loss_and_gradient", ("x", "y"), docs, list(equations.rows), equations.rows, {})
    return source.text(record.title, {})


class _Source:
    """Collects the functions of one file."""

    def __init__(self, language: Language, bound: bool = False) -> None:
        self.language = language
        self.parameters = "parameters=PARAMETERS" if bound else "parameters"
        self.numpy = language.name == "numpy"
        self.javascript = language.name == "javascript"
        self.printer = (NumpyMatrixPrinter if self.numpy else MatrixPrinter)(language, self._called)
        self.called: dict[ScalarFunction, str] = {}
        self.definitions: list[str] = []
        self.kernels: set[str] = set()
        self.functions: list[str] = []

    def _called(self, function: ScalarFunction) -> str:
        """The name of an activation; its definition joins the source."""
        if function not in self.called:
            name = name_of(function.activation, function.order)
            while self.language.spell(name) in self.called.values():
                name += "_"
            text, kernels = definition(function.activation, self.language, name, function.order)
            self.called[function] = self.language.spell(name)
            self.definitions.append(text)
            self.kernels |= kernels
        return self.called[function]

    def function(
        self,
        name: str,
        arguments: tuple[str, ...],
        docs: Sequence[str],
        lines: Sequence[Equation],
        rows: Equations,
        given: dict[str, str],
    ) -> None:
        """One function: its arguments are rows, its lines the equations."""
        body: list[str] = []
        gradients: dict[str, str] = {}
        result = rows.output.name
        for equation in lines:
            value = self.printer.text(equation.expression)
            if equation.kind == "gradient":
                of = equation.symbol.parts[1]  # type: ignore[attr-defined]
                gradients[given.get(of, of.lower())] = value
            else:
                body.append(self._assignment(equation.symbol.name, value))
                result = "L" if equation.kind == "loss" else result
        if gradients:
            body.append(f"return {self._pair('L', gradients, given)}")
        else:
            body.append(f"return {result}")
        body = self._beginning(arguments, rows, given, body) + body
        named = [*arguments, *([self.parameters] if given else [])]
        self.functions.append(self._defined(name, named, docs, body))

    def _beginning(
        self, arguments: tuple[str, ...], rows: Equations, given: dict[str, str], rest: list[str]
    ) -> list[str]:
        """The arguments by the names of the equations, and the sizes that the rest uses."""
        symbols = [rows.input, *([] if rows.target is None else [rows.target])]
        body = []
        for argument, symbol in zip(arguments, symbols, strict=False):
            body.append(self._assignment(symbol.name, f"np.asarray({argument})" if self.numpy else argument))
        first = symbols[0].name
        length = "{}.length" if self.javascript else "len({})"
        for size, of in (("n", first), ("m", f"{first}[0]")):
            if any(re.search(rf"\b{size}\b", line) for line in rest):
                body.append(self._assignment(size, length.format(of)))
        for symbol, name in given.items():
            value = f'np.asarray(parameters["{name}"])' if self.numpy else f'parameters["{name}"]'
            body.append(self._assignment(symbol, value))
        return body

    def _assignment(self, name: str, value: str) -> str:
        return f"const {name} = {value};" if self.javascript else f"{name} = {value}"

    def _pair(self, loss: str, gradients: dict[str, str], given: dict[str, str]) -> str:
        """(loss, gradient): by name for a network, the one array for a loss alone."""
        first, last = ("[", "]") if self.javascript else ("", "")
        if not given:
            (value,) = gradients.values()
            return f"{first}{loss}, {value}{last}"
        step = "    " if self.javascript else "        "
        entries = "".join(f'{step}"{name}": {value},\n' for name, value in gradients.items())
        return f"{first}{loss}, {{\n{entries}{step[:-2] if self.javascript else '    '}}}{last}"

    def _defined(self, name: str, arguments: list[str], docs: Sequence[str], body: list[str]) -> str:
        words = ", ".join(arguments)
        if self.javascript:
            lines = [
                "/**",
                *(f" * {line}".rstrip() for line in docs),
                " */",
                f"function {self.language.spell(name)}({words}) {{",
            ]
            ended = [line if line.endswith(";") else f"{line};" for line in body]
            return "\n".join([*lines, *(f"  {line}" for line in ended), "}"]) + "\n"
        doc = [f'    """{docs[0]}', *(f"    {line}".rstrip() for line in docs[1:]), '    """']
        return "\n".join([f"def {name}({words}):", *doc, *(f"    {line}" for line in body)]) + "\n"

    def text(self, sentence: str, values: dict[str, Any]) -> str:
        """The whole file."""
        kernels = self.language.kernels(self.kernels) + self.language.batch_kernels(self.printer.kernels)
        parts = [
            self.language.head(sentence) + kernels.rstrip("\n"),
            *self.definitions,
            *self._values(values),
            *self.functions,
        ]
        between = "\n\n" if self.javascript else "\n\n\n"
        whole = between.join(part.strip("\n") for part in parts if part.strip()) + "\n"
        return re.sub(r"\n{4,}", "\n\n\n", whole)

    def _values(self, values: dict[str, Any]) -> list[str]:
        if not values:
            return []
        entries = []
        for name, array in values.items():
            text = str(_numbers(np.asarray(array)))
            entries.append(f'    "{name}": ' + (f"np.array({text}, np.{array.dtype})" if self.numpy else text) + ",\n")
        end = "};" if self.javascript else "}"
        return [f"{'const ' if self.javascript else ''}PARAMETERS = {{\n{''.join(entries)}{end}\n"]


def _numbers(array: np.ndarray) -> Any:
    """Nested lists of floats that give back exactly the numbers of the array."""
    return array.astype(np.float64).tolist()
