"""The `Rule` record: how one kind of expression is differentiated.

A rule takes an expression and returns its derivative with the derivatives of the parts still
standing, or None when it does not apply. It neither recurses nor checks: `differentiate` works on
what stands, and every `Step` checks itself. The docstring of the decorated function is the rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sympy import Basic, Derivative, Expr, Symbol, Tuple, sympify


@dataclass(frozen=True)
class Rule:
    """One differentiation rule."""

    key: str
    """A short name: a key into `prose/`."""
    title: str
    """The name as people say it: ``"product rule"``."""
    statement: str
    """The rule as a formula in plain text."""
    apply: Callable[[Expr, Symbol], Expr | None]
    """(expression, variable) → its derivative with the parts' derivatives standing, or None."""

    def mutated(self, change: Callable[[Expr], Expr]) -> Rule:
        """The same rule with a wrong result, for tests that want to see it caught."""

        def apply(e: Expr, x: Symbol) -> Expr | None:
            found = self.apply(e, x)
            return None if found is None else change(found)

        return replace(self, apply=apply)


def rule(title: str) -> Callable[[Callable[[Expr, Symbol], Expr | None]], Rule]:
    """Declare a rule: key from the function's name, statement from its docstring."""

    def declare(function: Callable[[Expr, Symbol], Expr | None]) -> Rule:
        return Rule(function.__name__.strip("_"), title, " ".join((function.__doc__ or "").split()), function)

    return declare


def standing(part: Expr, variable: Symbol) -> Expr:
    """``d/dx part``, left standing: SymPy's own constructor would already work out ``d/dx 5`` and ``d/dx x``."""
    return Basic.__new__(Derivative, sympify(part), Tuple(variable, 1))  # type: ignore[return-value]
