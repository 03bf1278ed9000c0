"""Read the prose of a `Text` into runs, once for all formats.

The markup of prose is tiny on purpose (``*emphasis*``, ``**strong**``, `` `code` ``, ``{placeholder}``,
backslash escapes), and it is read only in the words that symnet's authors wrote: a value that fills a
placeholder is never searched for markup, so no user text can change the layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from symnet.errors import RenderError
from symnet.sheet.text import Text


@dataclass(frozen=True)
class Run:
    """A stretch of one kind: words, code, or a mathematical object."""

    kind: str
    """``"words"``, ``"code"`` or ``"mathematics"``."""
    content: Any
    strong: bool = False
    emphasis: bool = False


_MARKUP = re.compile(
    r"\\(?P<escaped>[\\*`{}])"
    r"|`(?P<code>[^`]+)`"
    r"|\*\*(?P<strong>\S(?:.*?\S)?)\*\*(?!\*)"
    r"|\*(?P<emphasis>[^\s*](?:[^*]*?[^\s*])?)\*"
    r"|(?P<brace>\{\{|\}\})"
    r"|\{(?P<name>\w+)\}",
    re.DOTALL,
)


def runs(text: Text | str) -> tuple[Run, ...]:
    """The runs of `text`; neighbouring words are joined.

    Raises `RenderError` where a placeholder has no value.
    """
    if isinstance(text, str):
        return (Run("words", text),) if text else ()
    return tuple(_join(_read(text.words, text, strong=False, emphasis=False)))


def _read(words: str, text: Text, strong: bool, emphasis: bool) -> Iterator[Run]:
    position = 0
    for match in _MARKUP.finditer(words):
        if match.start() > position:
            yield Run("words", words[position : match.start()], strong, emphasis)
        position = match.end()
        if match["escaped"]:
            yield Run("words", match["escaped"], strong, emphasis)
        elif match["code"]:
            yield Run("code", _fill_code(match["code"], text), strong, emphasis)
        elif match["strong"]:
            yield from _read(match["strong"], text, True, emphasis)
        elif match["emphasis"]:
            yield from _read(match["emphasis"], text, strong, True)
        elif match["brace"]:
            yield Run("words", match["brace"][0], strong, emphasis)
        else:
            yield from _value(_look_up(match["name"], text), strong, emphasis)
    if position < len(words):
        yield Run("words", words[position:], strong, emphasis)


def _look_up(name: str, text: Text) -> Any:
    try:
        return text.values[name]
    except KeyError:
        raise RenderError(f"the placeholder '{{{name}}}' has no value in the text {text.words[:60]!r}") from None


def _value(value: Any, strong: bool, emphasis: bool) -> Iterator[Run]:
    if isinstance(value, Text):
        yield from (Run(run.kind, run.content, run.strong or strong, run.emphasis or emphasis) for run in runs(value))
    elif isinstance(value, str):
        yield Run("words", value, strong, emphasis)
    elif isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        yield Run("words", str(value), strong, emphasis)
    else:
        yield Run("mathematics", value, strong, emphasis)


def _fill_code(code: str, text: Text) -> str:
    def fill(match: re.Match[str]) -> str:
        if match["name"] is None:
            return match[0][0]
        from symnet.render.mathematics.linear import linear

        value = _look_up(match["name"], text)
        return value if isinstance(value, str) else linear(value, unicode=False)

    return re.sub(r"\{\{|\}\}|\{(?P<name>\w+)\}", fill, code)


def _join(parts: Iterator[Run]) -> Iterator[Run]:
    held: Run | None = None
    for part in parts:
        same = (
            held and held.kind == part.kind == "words" and (held.strong, held.emphasis) == (part.strong, part.emphasis)
        )
        if held and same:
            held = Run("words", held.content + part.content, held.strong, held.emphasis)
            continue
        if held:
            yield held
        held = part
    if held:
        yield held
