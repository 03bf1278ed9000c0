"""Code that runs as printed, for NumPy and each framework, with the numbers that it prints, computed exactly."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Rational, S

from symnet.codegen.accuracy import readable
from symnet.definitions.activation import Api
from symnet.errors import UnsupportedExpressionError
from symnet.explain.activation.frameworks import qualified
from symnet.explain.activation.graph import listed
from symnet.explain.activation.kinks import pick
from symnet.explain.frame import Frame
from symnet.explain.function import Function
from symnet.explain.notation import spell
from symnet.sheet import Code, Section

DIGITS = 4
RANDOM = {"RReLU"}
"""Modules of PyTorch that draw random numbers unless they are told to evaluate."""
POINTS = [Rational(-2), Rational(-1, 2), Rational(0), Rational(3, 2)]


def code(function: Function) -> Section | None:
    """One block a library."""
    frame = Frame("activation", "code", function.voice)
    found = [block for library in ("numpy", *MAKERS) if (block := snippet(function, library)) is not None]
    return frame.section([frame.paragraph("intro", points=listed(inputs(function))), *found] if found else [])


def inputs(function: Function) -> list[Expr]:
    """The points of the snippets at which the function has a value."""
    return [p for p in POINTS if function.value(p) is not S.NaN]


def snippet(function: Function, library: str) -> Code | None:
    """The block for one library with what it prints; None where the library has no such function."""
    frame = Frame("activation", "code", function.voice)
    points = inputs(function)
    if not points:
        return None
    values = _printed([function.value(p) for p in points])
    if library == "numpy":
        try:
            return Code("python", _numpy(function, points), values, frame.text(library))
        except UnsupportedExpressionError:
            return None
    api = function.activation.apis.get(library)
    if api is None or not reachable(function, api):
        return None
    slopes = _slopes(function, api, points) if library != "keras" else None
    output = values if slopes is None else f"{values}\n{_printed(slopes)}"
    return Code("python", MAKERS[library](function, api, points, slopes is not None), output, frame.text(library))


def reachable(function: Function, api: Api) -> bool:
    """Whether the framework can be told the parameters' values: it may keep one of them at our default."""
    activation = function.activation
    kept = [p for p in activation.parameters if api.arguments.get(p.name, p.name) == ""]
    return all(activation.parameter_values[p.name] == p.read(p.default) for p in kept)


def _numpy(function: Function, points: list[Expr]) -> str:
    short = readable(function.activation.at_defaults())[0]
    return "\n".join([
        short.source.rstrip(),
        "",
        "",
        f"x = np.array({_floats(points)})",
        f"print({_rounded(f'{short.name}(x)')})",
    ])  # fmt: skip


def _torch(function: Function, api: Api, points: list[Expr], slopes: bool) -> str:
    name = qualified("torch", api.name)
    ready = ".eval()" if api.name in RANDOM else ""
    call = (
        f"{name}({_keywords(function, api)}){ready}(x)"
        if name.split(".")[-1][0].isupper()
        else f"{name}(x{_more(function, api)})"
    )
    lines = [
        "import torch",
        "",
        f"x = torch.tensor({_floats(points)}, requires_grad=True)",
        f"y = {call}",
        f"print({_rounded('y')})",
    ]
    return "\n".join([*lines, *(["y.sum().backward()", f"print({_rounded('x.grad')})"] if slopes else [])])


def _keras(function: Function, api: Api, points: list[Expr], slopes: bool) -> str:
    name = qualified("keras", api.name)
    lines = [
        "import keras",
        "",
        f"x = keras.ops.convert_to_tensor({_floats(points)})",
        f"y = {name}(x{_more(function, api)})",
    ]
    return "\n".join([*lines, f"print({_rounded('keras.ops.convert_to_numpy(y)')})"])


def _jax(function: Function, api: Api, points: list[Expr], slopes: bool) -> str:
    name = qualified("jax", api.name)
    call = f"{name}(t{_more(function, api)})"
    lines = ["import jax", "", "", "def f(t):", f"    return {call}", "", "", f"x = jax.numpy.array({_floats(points)})"]
    lines.append(f"print({_rounded('f(x)')})")
    return "\n".join([*lines, *([f"print({_rounded('jax.vmap(jax.grad(f))(x)')})"] if slopes else [])])


def _keywords(function: Function, api: Api) -> str:
    values = function.activation.parameter_values
    given = [
        f"{keyword}={spelled(value)}" for name, value in values.items() if (keyword := api.arguments.get(name, name))
    ]
    return ", ".join([*given, *(f"{name}={value!r}" for name, value in api.fixed.items())])


def _more(function: Function, api: Api) -> str:
    keywords = _keywords(function, api)
    return f", {keywords}" if keywords else ""


def spelled(value: Expr) -> str:
    """A number as Python source."""
    return str(int(value)) if value.is_Integer else repr(float(value))


def _floats(points: list[Expr]) -> str:
    return "[" + ", ".join(repr(float(p)) for p in points) + "]"


def _rounded(expression: str) -> str:
    return f"[round(v, {DIGITS}) + 0.0 for v in {expression}.tolist()]"


def _printed(numbers: list[Expr]) -> str:
    """What the list comprehension of `_rounded` prints."""
    return "[" + ", ".join(repr(rounded(number)) for number in numbers) + "]"


def rounded(number: Expr) -> float:
    """The number to `DIGITS` decimal places, as Python prints it, never −0.0."""
    return round(float(Rational(spell(number, 30))) if number.is_finite else float(number), DIGITS) + 0.0


def _slopes(function: Function, api: Api, points: list[Expr]) -> list[Expr] | None:
    """What automatic differentiation gives at the points; None where a framework's choice is not known."""
    slopes = []
    for point in points:
        found = function.breakpoint(point)
        slope = function.slope(point) if found is None else pick(api, found, function.pieces.breakpoints)
        if slope is None:
            if found is None or found.kink or not found.continuous:
                return None
            slope = found.left_slope
        slopes.append(slope)
    return slopes


MAKERS: dict[str, Any] = {"torch": _torch, "keras": _keras, "jax": _jax}
"""Framework → what writes its source text."""
