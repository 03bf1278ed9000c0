"""SymPy objects as MathML Core, by way of our LaTeX and the converter of `math-core`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from symnet.errors import RenderError
from symnet.render.mathematics.latex import latex

_PRIMED = re.compile(r"<msup>(<mi[^>]*>[^<]*</mi>)<mo>([′″‴])</mo></msup>")
"""A prime is drawn raised already; as a superscript it would be raised twice."""


def mathml(thing: Any, display: bool = False) -> str:
    """`thing` as a ``<math>`` element; a formula that cannot be converted raises `RenderError`."""
    return _convert(latex(thing), display)


@lru_cache(maxsize=2048)
def _convert(source: str, display: bool) -> str:
    from math_core import LatexError

    try:
        return _PRIMED.sub(
            r'<mrow>\1<mo lspace="0" rspace="0">\2</mo></mrow>',
            _converter().convert_with_local_state(source, displaystyle=display),
        )
    except LatexError as error:
        raise RenderError(f"this formula cannot be set as MathML: {source}\n{error}") from error


@lru_cache(maxsize=1)
def _converter() -> Any:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False)
