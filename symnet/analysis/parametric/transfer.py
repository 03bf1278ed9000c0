"""Carry the facts of g to f(x) = S*g(T*x) with positive factors S and T, which are powers of a parameter.

Places are divided by T, values multiplied by S, slopes by S*T; words stay as they are. Fixed points
carry over only where S*T = 1, lists of infinitely many points only where T = 1, because they are cut off
at -10 and 10.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from symnet.analysis.fact import UNKNOWN, Fact
from symnet.analysis.neat import neat
from symnet.analysis.parametric.parts import formula
from symnet.definitions import folding
from symnet.definitions.spelling import to_text
from symnet.definitions.tree import Apply, FreeParameter, Node, Number, Variable, substitute, walk
from symnet.errors import SymnetError

_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
_ATOM = re.compile(r"[A-Za-z_]\w*(\(\w+\))?")
_F = re.compile(r"\bf\b")
_WORDS = ("0", "oo", "-oo", "oscillates", "undefined")
_PLACES = {"at", "points", "intervals", "excluded", "vertical_at"}
_SLOPES = {"slope", "left_slope", "right_slope"}
_HEIGHTS = {"value", "intercept", "left", "right"}
_SINGLE = {
    "limit_at_minus_infinity": "height",
    "limit_at_plus_infinity": "height",
    "period": "place",
}
_BOUNDS = ("infimum", "supremum", "lipschitz")
_TEXTS = ("inverse", "derivative_in_terms_of_f")


@dataclass(frozen=True)
class Power:
    """A power of a positive quantity, such as beta or -beta."""

    base: Node
    exponent: Fraction

    def of(self, node: Node) -> Node:
        """The node times the power."""
        size = power_of(self.base, abs(self.exponent))
        if not self.exponent:
            return node
        return folding.multiply(size, node) if self.exponent > 0 else folding.divide(node, size)

    def under(self, node: Node) -> Node:
        """The node divided by the power."""
        return Power(self.base, -self.exponent).of(node)

    def times(self, text: str) -> str:
        """A number, given as a text, times the power."""
        if text in _WORDS or not self.exponent:
            return text
        size = to_text(power_of(self.base, abs(self.exponent)))
        size = size if _ATOM.fullmatch(size) else f"({size})"
        plain = text if _NUMBER.fullmatch(text) else f"({text})"
        if self.exponent < 0:
            return f"{plain}/{size}"
        return {"1": size, "-1": f"-{size}"}.get(text, f"{plain}*{size}")


@dataclass(frozen=True)
class Factors:
    """S = base^value and T = base^argument."""

    base: Node
    value: Fraction
    argument: Fraction

    @property
    def sentence(self) -> str:
        """How the fact was carried over."""
        argument = self.power("place").under(Variable("x"))
        inner = Apply("g", (argument,))
        scaled = to_text(self.power("height").of(inner))
        name = next(node.name for node in walk(self.base) if isinstance(node, FreeParameter))
        return f"f(x) = {scaled}, where g is free of {name}; of g:"

    def power(self, kind: str) -> Power:
        """The factor of a height, a slope or a place."""
        exponent = {"height": self.value, "slope": self.value + self.argument, "place": -self.argument}[kind]
        return Power(self.base, exponent)


def power_of(base: Node, exponent: Fraction) -> Node:
    """base^exponent of a positive base."""
    if exponent < 0:
        return folding.divide(Number(Fraction(1)), power_of(base, -exponent))
    if exponent == 0:
        return Number(Fraction(1))
    if exponent == Fraction(1, 2):
        return folding.apply("sqrt", (base,))
    return base if exponent == 1 else folding.power(base, Number(exponent))


def transferred(facts: Mapping[str, Fact], name: str, factors: Factors) -> Fact:
    """The fact of that name about S*g(T*x), from the facts about g."""
    fact = facts[name]
    if fact.verdict == UNKNOWN:
        return fact
    if name == "fixed_points" and factors.value + factors.argument:
        return Fact(name, UNKNOWN, reason="Not decided: fixed points do not scale with the parameter.")
    if factors.argument and (_endless(fact) or (name in _BOUNDS and _cut_off(facts))):
        return Fact(name, UNKNOWN, reason="Not decided: infinitely many points, which move with the parameter.")
    try:
        value, exact = (_carried(name, claim, factors) for claim in (fact.value, fact.exact))
    except SymnetError:
        return Fact(name, UNKNOWN, reason="Not decided: a formula with Lambert's W was not scaled.")
    kept = {key: fact.evidence[key] for key in ("infinite", "family", "partial") if key in fact.evidence}
    reason = f"{factors.sentence} {_F.sub('g', fact.reason)}"
    return replace(fact, value=value, exact=exact, evidence=kept, reason=reason)


def _endless(fact: Fact) -> bool:
    claims = [case["value"] for case in fact.value["cases"]] if _by_cases(fact.value) else [fact.value]
    return bool(fact.evidence.get("infinite")) or any(isinstance(c, dict) and c.get("infinite") for c in claims)


def _cut_off(facts: Mapping[str, Fact]) -> bool:
    """Whether the places of an extreme may be too many to be listed."""
    turns = facts.get("critical_points")
    return turns is None or turns.verdict == UNKNOWN or _endless(turns)


def _by_cases(claim: Any) -> bool:
    return isinstance(claim, dict) and "cases" in claim


def _carried(name: str, claim: Any, factors: Factors) -> Any:
    if claim is None:
        return None
    if _by_cases(claim):
        cases = claim["cases"]
        return {"cases": [{**case, "value": _carried(name, case["value"], factors)} for case in cases]}
    if name in _SINGLE:
        return factors.power(_SINGLE[name]).times(claim)
    if name == "symmetry_center":
        return [factors.power("place").times(claim[0]), factors.power("height").times(claim[1])]
    if name == "derivative_in_terms_of_f":
        return _relation(claim, factors)
    if name == "inverse":
        inner = _mapped(claim["domain"], factors, {"intervals": "height", "excluded": "height"})
        return {"expression": _inverse(claim["expression"], factors), "domain": inner}
    return _mapped(claim, factors, {"value": "slope"} if name == "lipschitz" else {})


def _mapped(claim: Any, factors: Factors, kinds: Mapping[str, str], key: str = "") -> Any:
    """The claim with every number scaled by the factor of the key that it stands under."""
    if isinstance(claim, dict):
        return {inner: _mapped(part, factors, kinds, inner) for inner, part in claim.items()}
    if isinstance(claim, list):
        return [_mapped(part, factors, kinds, key) for part in claim]
    kind = kinds.get(key) or _kind(key)
    return factors.power(kind).times(claim) if kind and isinstance(claim, str) else claim


def _kind(key: str) -> str | None:
    return "place" if key in _PLACES else "slope" if key in _SLOPES else "height" if key in _HEIGHTS else None


def _inverse(text: str, factors: Factors) -> str:
    """x = g^-1(y/S)/T."""
    tree = _put(formula(text), "y", factors.power("height").under(Variable("y")))
    return to_text(neat(factors.power("place").of(tree)))


def _relation(text: str, factors: Factors) -> str:
    """f′ = S*T*G(f/S, T*x) where g′ = G(g, x)."""
    tree = _put(formula(text), "f", factors.power("height").under(FreeParameter("f", "real")))
    tree = _put(tree, "x", factors.power("place").under(Variable("x")))
    return to_text(neat(factors.power("slope").of(tree)))


def _put(tree: Node, name: str, replacement: Node) -> Node:
    for leaf in {node for node in walk(tree) if isinstance(node, Variable | FreeParameter) and node.name == name}:
        tree = substitute(tree, leaf, replacement)
    return tree
