"""Cut an expression into tokens, and refuse what cannot begin or continue one, with a caret under the place.

The tokens come before Python's `ast` for three reasons. ``^`` has to become ``**`` while it can still
take the precedence of a power (``x^2+1`` must not be read as ``x^(2+1)``). Numbers have to be kept as
they were spelled, because `ast` turns ``1e400`` into infinity. And only the characters of the grammar
ever reach `ast`: every number and name is handed to it as a placeholder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from symnet.definitions import grammar, limits
from symnet.errors import UnsupportedExpressionError

_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<operator>\*\*|//|<=|>=|==|!=|[-+*/^(),<>=&|~])"
    r"|(?P<space>\s+)"
)

_WORDS = {"and", "or", "not"}
_PREFIX = {"+", "-", "~", "not"}
_REPLACEMENTS = {
    "−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "÷": "/", "²": "^2", "³": "^3", "√": "sqrt(…)", "|": "abs(…)",
    "≤": "<=", "≥": ">=", "≠": "!=", "{": "(", "}": ")", "[": "(", "]": ")",
    "π": "pi", "α": "alpha", "β": "beta", "γ": "gamma", "λ": "lambda", "σ": "sigmoid(…)",
}  # fmt: skip


@dataclass(frozen=True)
class Token:
    """A number, a name, a word (and, or, not) or an operator, and where it stands in the text."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The position just behind it."""
        return self.start + len(self.text)


def refusal(message: str, text: str, position: int | None = None) -> UnsupportedExpressionError:
    """The error that says `message` in one line, shows the expression, and puts a caret under `position`."""
    if position is None:
        return UnsupportedExpressionError(message)
    shown = "".join(c if c.isprintable() else " " for c in text)
    first = max(0, min(position - 40, len(shown) - 80)) if len(shown) > 80 else 0
    window = shown[first : first + 80]
    return UnsupportedExpressionError(f"{message}\n  {window}\n  {' ' * (position - first)}^")


def tokens(text: str) -> list[Token]:
    """The tokens of `text`, in an order that can only be an expression; everything else is refused."""
    if len(text) > limits.LENGTH:
        raise refusal(f"the expression has {len(text)} characters; at most {limits.LENGTH} are read", text)
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _unknown_character(text, position)
        kind, word = match.lastgroup or "", match.group()
        if kind != "space":
            found.append(Token("word" if word in _WORDS else kind, word, position))
        position = match.end()
    if not found:
        raise UnsupportedExpressionError("the expression is empty; write for example x*tanh(x)")
    _check_brackets(found, text)
    _check_order(found, text)
    return found


def _unknown_character(text: str, position: int) -> UnsupportedExpressionError:
    character = text[position]
    if character == "_":
        return refusal("a name begins with a letter, not with '_'", text, position)
    if character == ".":
        return refusal("'.' stands only inside a number; attributes are not part of the grammar", text, position)
    if character in "'\"":
        return refusal("quoted text is not part of the grammar", text, position)
    way_out = f"; write {_REPLACEMENTS[character]}" if character in _REPLACEMENTS else ""
    name = character if character.isprintable() else f"U+{ord(character):04X}"
    return refusal(f"the character '{name}' is not part of the grammar{way_out}", text, position)


def _check_brackets(found: list[Token], text: str) -> None:
    opened: list[Token] = []
    for token in found:
        if token.text == "(":
            opened.append(token)
            if len(opened) > limits.BRACKETS:
                raise refusal(f"brackets are nested more than {limits.BRACKETS} deep", text, token.start)
        elif token.text == ")":
            if not opened:
                raise refusal("this ')' closes nothing", text, token.start)
            opened.pop()
    if opened:
        raise refusal("this '(' is never closed", text, opened[-1].start)


def _check_order(found: list[Token], text: str) -> None:
    """Operands and operators must alternate; two operands in a row are a forgotten ``*``."""
    previous: Token | None = None
    prefixes = 0
    for token in found:
        prefixes = prefixes + 1 if token.text in _PREFIX else 0
        if prefixes > limits.BRACKETS:
            raise refusal(f"more than {limits.BRACKETS} signs in a row", text, token.start)
        begins_operand = token.kind in ("number", "name") or token.text == "(" or token.text in ("~", "not")
        after_operand = previous is not None and (previous.kind in ("number", "name") or previous.text == ")")
        if token.text == "//":
            raise refusal(
                "'//' (division without remainder) is not part of the grammar; '/' divides", text, token.start
            )
        if after_operand and begins_operand and previous is not None:
            if not (token.text == "(" and previous.kind == "name"):
                raise _missing_operator(previous, token, text)
        elif not after_operand and not begins_operand and token.text not in _PREFIX:
            if token.text == "|":
                raise refusal("'|' joins conditions; an absolute value is written abs(…)", text, token.start)
            behind = f"after '{previous.text}'" if previous is not None else "at the beginning"
            raise refusal(f"something is missing {behind}, before '{token.text}'", text, token.start)
        previous = token
    if previous is not None and previous.kind not in ("number", "name") and previous.text != ")":
        raise refusal(f"something is missing after '{previous.text}'", text, previous.start)


def _missing_operator(left: Token, right: Token, text: str) -> UnsupportedExpressionError:
    for word in (left, right):
        if word.text in ("if", "else"):
            return refusal(
                "'if' and 'else' are not part of the grammar; write where(condition, a, b)", text, word.start
            )
    if right.text in ("~", "not"):
        return refusal(f"an operator is missing before '{right.text}'", text, right.start)
    call = f"{left.text}({right.text})"
    way_out = f"{left.text if left.text != ')' else '(…)'}*{right.text if right.text != '(' else '(…)'}"
    if left.kind == "name" and grammar.known(left.text):
        way_out = call
    elif left.kind == "name" and len(left.text) > 1:
        way_out += f", or {call} if {left.text} is a function"
    seen = f"'{left.text}{' ' * (right.start > left.end)}{right.text}'"
    return refusal(f"{seen} lacks an operator; write {way_out}", text, right.start)
