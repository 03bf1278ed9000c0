"""The words in which definitions are written: SymPy's functions, imported only when called.

Listing the catalogue must not pay for SymPy's import, so the bodies of the definitions use these
names; each fetches its SymPy namesake at the first call. The annotations at the end say what is
assumed of a parameter.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

WRITTEN: dict[type, Callable[[str, tuple[Any, ...]], Any]] = {}
"""The types of arguments for which a word is no call of SymPy, with what it means then (see `declared`)."""


def _lazy(name: str) -> Callable[..., Any]:
    def function(*arguments: Any, **options: Any) -> Any:
        for part in arguments if WRITTEN else ():
            for kind in map(type, part if isinstance(part, tuple) else (part,)):
                if kind in WRITTEN:
                    return WRITTEN[kind](name, arguments)
        import sympy

        return getattr(sympy, name)(*arguments, **options)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"SymPy's ``{name}``."
    return function


exp = _lazy("exp")
log = _lazy("log")
sqrt = _lazy("sqrt")
sin = _lazy("sin")
cos = _lazy("cos")
atan = _lazy("atan")
sinh = _lazy("sinh")
cosh = _lazy("cosh")
tanh = _lazy("tanh")
asinh = _lazy("asinh")
erf = _lazy("erf")
erfc = _lazy("erfc")
Abs = _lazy("Abs")
sign = _lazy("sign")
Max = _lazy("Max")
Min = _lazy("Min")
Piecewise = _lazy("Piecewise")
And = _lazy("And")
symbols = _lazy("symbols")


def number(text: str | int) -> Any:
    """The exact rational that a decimal or a fraction spells: ``number("0.044715")``, ``number("1/6")``."""
    from sympy import Rational

    return Rational(text)


def pi() -> Any:
    """The circle constant, exactly."""
    from sympy import pi

    return pi


Real = Annotated[Any, "real"]
Positive = Annotated[Any, "positive"]
Nonnegative = Annotated[Any, "nonnegative"]
