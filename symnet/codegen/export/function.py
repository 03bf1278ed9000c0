"""The source of a function of one number, or of its derivative."""

from __future__ import annotations

from symnet.codegen.compiled import plan_scalar
from symnet.codegen.export import inlined
from symnet.codegen.export.languages import LANGUAGES, Definition, Language
from symnet.definitions.activation import Activation
from symnet.errors import UsageError


def export(function: Activation, to: str = "numpy", order: int = 0, at_kink: str | None = None) -> str:
    """The source text of a function, or of its derivative, in one language."""
    language = language_named(to)
    text, kernels = definition(function, language, name_of(function, order), order, at_kink)
    space = "" if language.name == "javascript" else "\n"
    return language.head(f"{_mathematics(function, order)[0]}, elementwise") + language.kernels(kernels) + space + text


def language_named(name: str) -> Language:
    """The language; an unknown one raises `UsageError`."""
    if name not in LANGUAGES:
        raise UsageError(f"cannot export to '{name}'; choose one of {', '.join(LANGUAGES)}")
    return LANGUAGES[name]


def definition(
    function: Activation, language: Language, name: str, order: int = 0, at_kink: str | None = None
) -> Definition:
    """The definition of one function under that name, and the kernels that it calls."""
    apis = function.apis if function.typed is None else {}
    plan = plan_scalar(function.default_expression, function.variable, order, at_kink, apis)
    return language.define(plan, name, _mathematics(function, order))


def name_of(function: Activation, order: int) -> str:
    """``gelu``, ``gelu_derivative``, …; never the name of a kernel."""
    name = function.name if function.name.isidentifier() else "f"
    name += ("", "_derivative", "_second_derivative")[order] if order < 3 else f"_derivative_{order}"
    return f"{name}_activation" if name in inlined.taken() else name


def _mathematics(function: Activation, order: int) -> list[str]:
    """What the docstring says."""
    formula = f"f(x) = {function.default_expression}"
    what = {0: formula, 1: f"f'(x), where {formula}", 2: f"f''(x), where {formula}"}
    lines = [what.get(order, f"the derivative of order {order} of {formula}")]
    if function.parameters:
        lines.append("with " + ", ".join(f"{name} = {value}" for name, value in function.parameter_values.items()))
    return lines
