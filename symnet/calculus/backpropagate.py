"""Backpropagation, derived: a network's equations and a loss give the equations of every gradient.

The equations are walked from the loss back to the input; at each, the adjoint rules of its operations
say what its operands receive. The gradient with respect to a weighted sum z gets the name δ, because
the weight, the bias and the layer before all need it. For a stack of dense layers what comes out is
what textbooks call the four equations:

    δ_L = ∂ℓ/∂a ∘ a′(z_L)     δ_k = (Wᵀδ_{k+1}) ∘ a′(z_k)     ∂ℓ/∂b_k = δ_k     ∂ℓ/∂W_k = δ_k aᵀ_{k−1}

but nothing here knows of dense layers.
"""

# pyright: reportReturnType=false, reportArgumentType=false

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sympy import Integer, Symbol
from sympy.matrices.expressions import MatAdd, MatMul, MatrixExpr, MatrixSymbol

from symnet.calculus.adjoints import rule_of, total
from symnet.definitions.equations import BackwardStep, Equation, Equations, Gradient
from symnet.definitions.loss import Loss, losses, named_loss
from symnet.definitions.network import Network
from symnet.definitions.operations import Elementwise, SoftmaxOf, ones

ELL = MatrixSymbol("ell", 1, 1)
"""The loss of one sample."""


def backpropagate(network: Network, loss: Loss | str | None = "half_squared", wrt_input: bool = False) -> Equations:
    """The forward pass, the loss, every δ and the gradient of every trainable parameter, in column form.

    With `wrt_input` the gradient with respect to the input is added. With ``loss=None`` the gradient of
    the output is given (the symbol s), so that the equations are a vector-Jacobian product. A loss that
    takes logits is attached before a final softmax or sigmoid that it contains, whose output stays in the forward pass.

    ``.rows`` is the form for a batch, whose loss is the mean; ``.steps`` tells how it was derived.
    """
    forward = network.equations
    if loss is None:
        given = MatrixSymbol("s", *forward.output.shape)
        return _Backward(network, forward, {forward.output: given}, wrt_input, seed=given).equations
    record = named_loss(loss)
    compared = _compared(network, record)
    target = MatrixSymbol("y", *compared.shape)
    line = Equation(ELL, record.of(compared, target), "loss", record.name)
    extended = forward.with_equations(line, target=target)
    return _Backward(network, extended, {ELL: ones(1, 1)}, wrt_input).equations


def backpropagate_loss(loss: Loss | str, count: int | None = None) -> Equations:
    """The loss of m outputs x and m targets y and its gradient by the outputs; ``.rows`` is the form for a batch.

    m is `count`, or any number.
    """
    outputs = Symbol("m", integer=True, positive=True) if count is None else Integer(count)
    x, y = MatrixSymbol("x", outputs, 1), MatrixSymbol("y", outputs, 1)
    record = named_loss(loss)
    start = Equations((Equation(ELL, record.of(x, y), "loss", record.name),), x, target=y)
    return _Backward(_Nothing(x), start, {ELL: ones(1, 1)}, wrt_input=True).equations


@dataclass(frozen=True)
class _Nothing:
    """The network without layers: its output is its input."""

    input: MatrixSymbol
    trainable_parameters: tuple[Any, ...] = ()


def _compared(network: Network, loss: Loss) -> MatrixSymbol:
    """What the loss sees: the output, or the logits before a final softmax or sigmoid that the loss contains."""
    forward = network.equations
    last = forward[len(forward) - 1].expression
    if isinstance(last, SoftmaxOf):
        ends_in = "softmax"
    else:
        ends_in = last.function.activation.name if isinstance(last, Elementwise) else ""
    if loss.link and loss.link == ends_in and isinstance(last.operands[0], MatrixSymbol):
        return last.operands[0]
    return forward.output


class _Backward:
    """The walk back; one instance a network and loss."""

    def __init__(
        self,
        network: Network | _Nothing,
        start: Equations,
        seeds: dict[MatrixSymbol, MatrixExpr],
        wrt_input: bool,
        seed: MatrixSymbol | None = None,
    ) -> None:
        self.start = start
        self.wanted = {parameter.symbol for parameter in network.trainable_parameters}
        if wrt_input:
            self.wanted.add(network.input)
        self.needed = self._needed()
        self.received: dict[MatrixSymbol, list[tuple[str, MatrixExpr]]] = {s: [("seed", e)] for s, e in seeds.items()}
        self.steps: list[BackwardStep] = []
        self.deltas: list[Equation] = []
        self.known = {e.expression: e.symbol for e in start.forward if not isinstance(e.expression, MatrixSymbol)}
        for equation in reversed(start.equations):
            if equation.symbol in self.received and equation.symbol in self.needed:
                self._pass_back(equation)
        order = [s for s in (*start.parameters, start.input) if s in self.wanted]
        gradients = [self._gradient(symbol, network) for symbol in order]
        self.equations = replace(
            start.with_equations(*self.deltas, *(g for g in gradients if g is not None)),
            seed=seed,
            steps=tuple(self.steps),
        )

    def _needed(self) -> set[MatrixSymbol]:
        """The symbols that depend on something whose gradient is wanted."""
        needed = set(self.wanted)
        for equation in self.start:
            if equation.expression.free_symbols & needed:
                needed.add(equation.symbol)
        return needed

    def _pass_back(self, equation: Equation) -> None:
        adjoint = self._collect(equation.symbol)
        seed = adjoint
        if equation.kind != "loss":
            named = self._name(equation, adjoint)
            seed = adjoint if named is None else named
            self.steps.append(
                BackwardStep(self._rules(equation.symbol), Gradient.of(ELL, equation.symbol), adjoint, named)
            )
        for symbol, rule, contribution in self._pull(equation.expression, seed, equation.rule):
            self.received.setdefault(symbol, []).append((rule, contribution))

    def _name(self, equation: Equation, adjoint: MatrixExpr) -> MatrixSymbol | None:
        """A name, and an equation, for the adjoint of a weighted sum and for any other that is used more than once."""
        if isinstance(adjoint, MatrixSymbol):
            return None
        weighted = isinstance(equation.expression, (MatAdd, MatMul, SoftmaxOf))
        if not weighted and len(self._pull(equation.expression, adjoint, "")) < 2:
            return None
        named = _delta(equation.symbol)
        self.deltas.append(Equation(named, adjoint, "delta", ", ".join(self._rules(equation.symbol)), equation.layer))
        return named

    def _rules(self, symbol: MatrixSymbol) -> tuple[str, ...]:
        return tuple(dict.fromkeys(rule for rule, _ in self.received[symbol]))

    def _pull(self, expression: MatrixExpr, seed: MatrixExpr, rule: str) -> list[tuple[MatrixSymbol, str, MatrixExpr]]:
        """What each needed symbol inside `expression` receives, and the innermost rule that says so.

        Sums and transposes only pass on, so they are named only where nothing else happens; `rule` is
        what the equation as a whole is called, for the loss and for a plain copy.
        """
        if isinstance(expression, MatrixSymbol):
            return [(expression, rule, seed)] if expression in self.needed else []
        if not expression.free_symbols & self.needed:
            return []
        found: list[tuple[MatrixSymbol, str, MatrixExpr]] = []
        adjoint = rule_of(expression)
        name = rule if adjoint.name == "transpose" or rule in losses else adjoint.name
        for operand, contribution in adjoint.pull(expression, seed):
            found += self._pull(operand, contribution, name)
        return found

    def _collect(self, symbol: MatrixSymbol) -> MatrixExpr:
        """The sum of what `symbol` received, with the forward pass's own names for what it computed already."""
        return total([contribution for _, contribution in self.received[symbol]]).xreplace(self.known)

    def _gradient(self, symbol: MatrixSymbol, network: Network | _Nothing) -> Equation | None:
        if symbol not in self.received:
            return None
        rules = self._rules(symbol)
        layer = next((e.layer for e in self.start if symbol in e.expression.free_symbols), 0)
        left = Gradient.of(ELL, symbol)
        expression = self._collect(symbol)
        self.steps.append(BackwardStep(rules, left, expression))
        return Equation(left, expression, "gradient", ", ".join(rules), layer)


def _delta(symbol: MatrixSymbol) -> MatrixSymbol:
    """The name of ∂ℓ/∂symbol: δ for a weighted sum z, a bar for anything else."""
    letter, _, place = symbol.name.partition("_")
    name = f"delta_{place}" if letter == "z" else f"{letter}bar_{place}"
    return MatrixSymbol(name, *symbol.shape)
