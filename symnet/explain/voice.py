"""Turns the sentences of `prose/` into `Text`: every placeholder is computed, cited or refused.

Inside braces stand

- ``{title}``: a word that the sheet knows;
- ``{f(2)}``: a formula, computed exactly; ``{f(2) | 4}`` the same to 4 significant digits;
- ``{f(2) =}``: the formula as written, then its value; ``{f(2) = | 4}`` then its rounded value;
- ``{!f(x)}``: the formula as written, not computed;
- ``{f(x) == max(0, x)}``, ``{x < 0}``: a comparison, both sides as written (the tests check the ones that are claims);
- ``{@nair2010}``: a citation.

A placeholder that cannot be filled raises `DefinitionError`: nothing is ever printed half-filled.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Add, Expr, Function, Ge, Gt, Integer, Le, Lt, Ne, S

from symnet.errors import DefinitionError
from symnet.explain import formula
from symnet.explain.notation import Applied, Arithmetic, Decimal, Terms, is_exact
from symnet.prose import load
from symnet.sheet import Equation, Text

PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
WORD = re.compile(r"[A-Za-z]|\^(?!\d)")
NAME = re.compile(r"[A-Za-z_]\w*")
SIGN = re.compile(r"[*/+^-]|,")
NAMED = re.compile(r"\b(max|min)\(")
COMPARED = re.compile(r"[<>]|==|!=")
COMPARISONS: dict[type, Any] = {ast.Lt: Lt, ast.LtE: Le, ast.Gt: Gt, ast.GtE: Ge, ast.NotEq: Ne}


@dataclass(frozen=True)
class Voice:
    """The names that one subject's prose may use, and what they stand for."""

    words: Mapping[str, Any] = field(default_factory=dict)
    """``{title}`` → a string, a number or a mathematical object."""
    names: Mapping[str, Any] = field(default_factory=dict)
    """Symbols of formulas: x, and the values of parameters."""
    letters: Mapping[str, Any] = field(default_factory=dict)
    """The same as written: parameters as symbols."""
    compute: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """Functions of formulas, computed: ``f(2)`` is a number."""
    write: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """The same functions as written: ``f(2)`` stays f(2)."""

    def with_words(self, **words: Any) -> Voice:
        """The same voice with more words."""
        return replace(self, words={**self.words, **words})

    def text(self, sentence: str | Text, **extra: Any) -> Text:
        """`sentence` with every placeholder filled."""
        if isinstance(sentence, Text):
            return sentence
        values: dict[str, Any] = {}

        def put(match: re.Match[str]) -> str:
            key, value = self._fill(match[1].strip(), extra, len(values) + 1)
            values[key] = value
            return "{" + key + "}"

        return Text(PLACEHOLDER.sub(put, " ".join(sentence.split())), values)

    def texts(self, sentences: Iterable[str], **extra: Any) -> tuple[Text, ...]:
        """Every sentence, filled."""
        return tuple(self.text(sentence, **extra) for sentence in sentences)

    def _fill(self, content: str, extra: Mapping[str, Any], number: int) -> tuple[str, Any]:
        if content.startswith("@"):
            return f"cite_{content[1:]}", citation(content[1:])
        if content in extra:
            return content, extra[content]
        if content in self.words:
            return content, self.words[content]
        return f"m{number}", self.formula(content)

    def formula(self, content: str) -> Any:
        """What a formula placeholder stands for: a SymPy object, or an `Equation` for a formula with its value."""
        body, _, digits = content.partition("|")
        body = body.strip()
        if body.startswith("!"):
            return self.written(body[1:])
        if body.endswith("=") and body[-2:-1] not in "<>=!":
            shown, value = self.written(body[:-1]), self.value(body[:-1])
            typed = self._spelled(body[:-1])
            if not WORD.search(NAMED.sub("", typed)) and SIGN.search(typed):
                shown = Arithmetic(typed)
            if digits and not is_exact(value, int(digits)):
                return Equation((shown, Decimal(value, int(digits))), "≈")
            return Equation((shown, Decimal(value, int(digits)) if digits else value))
        if COMPARED.search(body):
            return self._comparison(body)
        found = formula.read(body, self.names, self.compute)
        return Decimal(found, int(digits)) if digits else found

    def _spelled(self, body: str) -> str:
        """A formula with the names of whole numbers replaced by the numbers."""
        whole = {name: value for name, value in self.names.items() if isinstance(value, Integer)}
        return NAME.sub(lambda match: str(whole.get(match[0], match[0])), body).strip()

    def worked_out(self, content: str) -> Equation:
        """A formula as written and its value; ``| 4`` rounds it to 4 significant digits."""
        body, bar, digits = content.partition("|")
        return self.formula(f"{body.strip()} = {bar} {digits}")

    def value(self, body: str) -> Expr:
        """The formula, computed."""
        found = formula.read(body, self.names, self.compute)
        if isinstance(found, tuple):
            raise DefinitionError(f"a number is wanted, and '{body}' in the prose is a comparison")
        return found

    def written(self, body: str) -> Any:
        """The formula as written."""
        found = formula.read(body, {**self.names, **self.letters}, self.write, ordered)
        return self._comparison(body) if isinstance(found, tuple) else found

    def sides(self, body: str) -> tuple[Expr, type, Expr]:
        """The two computed sides of a comparison, and its operator's class in `ast`."""
        found = formula.read(body, self.names, self.compute)
        if not isinstance(found, tuple):
            raise DefinitionError(f"'{body}' in the prose is not a comparison")
        return found

    def holds(self, body: str) -> bool:
        """Whether a comparison between numbers is true, exactly where SymPy can say and to 50 digits otherwise."""
        left, operator, right = self.sides(body)
        difference = left - right
        if difference is S.NaN or difference.is_real is False or difference.is_finite is False:
            raise DefinitionError(f"'{body}' in the prose is about no real number")
        if difference.free_symbols:
            raise DefinitionError(f"'{body}' in the prose depends on {difference.free_symbols}")
        exact = difference if difference.is_Rational else difference.evalf(50)
        sign = 0 if difference.is_zero or abs(exact) < 10**-40 else (1 if exact > 0 else -1)
        return {
            ast.Lt: sign < 0,
            ast.LtE: sign <= 0,
            ast.Gt: sign > 0,
            ast.GtE: sign >= 0,
            ast.Eq: sign == 0,
            ast.NotEq: sign != 0,
        }[operator]

    def _comparison(self, body: str) -> Any:
        left, operator, right = formula.read(body, {**self.names, **self.letters}, self.write, ordered)
        if operator is ast.Eq:
            return Equation((left, right))
        return COMPARISONS[operator](left, right, evaluate=False)


def ordered(*terms: Any) -> Any:
    """A sum as it is written, where SymPy would sort it; plain numbers and letters are left to SymPy."""
    return Terms(*terms) if any(term.has(Function, Applied, Terms) for term in terms) else Add(*terms)


def citation(key: str) -> str:
    """How a reference is named inside a sentence: "Nair & Hinton 2010"."""
    entry = load("references").get(key)
    if entry is None:
        raise DefinitionError(f"the prose cites '{key}', which references.toml does not know")
    return entry["short"]


def placeholders(sentence: str) -> list[str]:
    """What stands inside the braces of a sentence."""
    return [match.strip() for match in PLACEHOLDER.findall(sentence)]
