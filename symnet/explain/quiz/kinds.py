"""The makers of questions: each takes a function and a generator and gives one question, or None where there is none to ask.

A wrong option is a real slip: the rule forgotten, the sign turned, the sibling's value. An option that happens to
equal the right one is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from sympy import Expr, Rational, S, oo

from symnet.analysis import analyse
from symnet.calculus.differentiate import differentiate
from symnet.calculus.notation import unfold
from symnet.definitions.algebra import from_sympy
from symnet.definitions.spelling import to_text
from symnet.errors import DefinitionError, SymnetError
from symnet.explain.activation.derivative import steps
from symnet.explain.function import Function
from symnet.explain.notation import Applied, Decimal, is_exact
from symnet.explain.quiz.answers import Choice, Formula, Number
from symnet.explain.quiz.item import Item
from symnet.prose import load
from symnet.sheet import Equation, Paragraph, Text

POINTS = ("-3", "-2", "-3/2", "-1", "-2/3", "-1/2", "-1/4", "1/4", "1/3", "1/2", "3/4", "1", "3/2", "2", "3")
DIGITS = 5


def text(key: str, **values: Any) -> Text:
    """A sentence of quiz.toml."""
    return Text(load("quiz")["ask"][key], values)


def word(key: str) -> Text:
    """An option or a reason of quiz.toml."""
    return Text(load("quiz")["words"][key])


def spelled(expression: Expr, function: Function) -> str:
    """An expression in the grammar of typed expressions."""
    return to_text(from_sympy(expression, function.x))


def value(function: Function, random: Random) -> Item | None:
    """f at a fraction."""
    point = Rational(random.choice(POINTS))
    found = function.value(point)
    return _number("value", function, Applied("f", 0, point), point, found)


def slope(function: Function, random: Random) -> Item | None:
    """f′ at a fraction that is no breakpoint."""
    point = Rational(random.choice(POINTS))
    if function.breakpoint(point) is not None:
        return None
    return _number("slope", function, Applied("f", 1, point), point, function.slope(point))


def _number(kind: str, function: Function, call: Any, point: Expr, found: Expr) -> Item | None:
    if found is S.NaN or not found.is_finite:
        return None
    worth = (
        Equation((call, found))
        if is_exact(found, DIGITS)
        else Equation((Equation((call, found)), Decimal(found, DIGITS)), "≈")
    )
    return Item(
        kind, function.activation.name, text(kind, name=function.activation.heading, f=function.numeric, call=call),
        Number(found, spelled(found, function)), (worth,), text("hint_number"),
    )  # fmt: skip


def derivative(function: Function, random: Random) -> Item | None:
    """f′ as a formula."""
    derivation = differentiate(function.numeric, function.x)
    breaks = tuple(str(b.location) for b in function.pieces.breakpoints if b.location.is_Rational)
    if len(breaks) != len(function.pieces.breakpoints):
        return None
    result = Equation((Applied("f", 1, function.x), derivation.form))
    return Item(
        "derivative", function.activation.name,
        text("derivative", name=function.activation.heading, f=function.numeric),
        Formula(derivation.form, spelled(unfold(derivation.result), function), breaks),
        (steps(derivation, result, "brief"),), text("hint_formula"),
    )  # fmt: skip


def recognise(function: Function, random: Random) -> Item | None:
    """Which of these is f′? The wrong ones are f′ with a slip."""
    found = differentiate(function.numeric, function.x)
    form = found.form
    if found.result.has(S.NaN) or len(function.pieces.pieces) > 1:
        return None
    x = function.x
    slips = [
        (-form, "sign"),
        (form.subs(x, -x) if form.subs(x, -x) != form else form + 1, "mirrored"),
        (unfold(form) * x, "factor"),
        (function.numeric, "itself"),
    ]
    return _choice("recognise", function, form, slips, random, lambda a, b: _differ(unfold(a), unfold(b), function))


def _differ(a: Expr, b: Expr, function: Function) -> bool:
    """Whether two formulas differ at a fraction: then they are not the same function."""
    for point in (Rational(1, 2), Rational(-3, 2), Rational(2)):
        gap = (a - b).subs(function.x, point).evalf(30)
        if gap.is_real and abs(gap) > Rational(1, 10**20):
            return True
    return False


def limit(function: Function, random: Random) -> Item | None:
    """The limit at one end."""
    side = random.choice(("minus", "plus"))
    fact = analyse(function.activation.at_defaults()).facts[f"limit_at_{side}_infinity"]
    if fact.verdict != "proved" or not isinstance(fact.value, str) or fact.value in ("oscillates", "undefined"):
        return None
    if fact.value in ("oo", "-oo"):
        found, exact = (oo if fact.value == "oo" else -oo), fact.value
    else:
        exact = fact.exact if isinstance(fact.exact, str) else fact.value
        found = _read(exact, function)
    if found is None:
        return None
    return Item(
        "limit", function.activation.name,
        text("limit", name=function.activation.heading, f=function.numeric, end=oo if side == "plus" else -oo),
        Number(found, exact), (Paragraph(Text("{r}", {"r": fact.reason})),), text("hint_limit"),
    )  # fmt: skip


def _read(exact: str, function: Function) -> Expr | None:
    from symnet.definitions.expression import typed_activation

    try:
        return typed_activation(exact).expression
    except SymnetError:
        return None


LABELS: dict[str, tuple[str, ...]] = {
    "parity": ("even", "odd", "neither"),
    "convexity": ("convex", "concave", "neither", "linear"),
    "monotonicity": ("strictly increasing", "nondecreasing", "strictly decreasing", "non-monotone"),
}


def label(name: str) -> Callable[[Function, Random], Item | None]:
    """A question with the labels of one fact as options."""

    def make(function: Function, random: Random) -> Item | None:
        fact = analyse(function.activation.at_defaults()).facts[name]
        if fact.verdict != "proved" or fact.value not in LABELS[name]:
            return None
        options = LABELS[name]
        return Item(
            name, function.activation.name, text(name, name=function.activation.heading, f=function.numeric),
            Choice(tuple(word(option) for option in options), options.index(fact.value)),
            (Paragraph(Text("{r}", {"r": fact.reason})),), text("hint_choice"),
        )  # fmt: skip

    return make


def attained(function: Function, random: Random) -> Item | None:
    """Is the supremum or the infimum reached?"""
    which = random.choice(("supremum", "infimum"))
    fact = analyse(function.activation.at_defaults()).facts[which]
    if fact.verdict != "proved":
        return None
    options = ("attained", "not attained", "unbounded")
    bound = fact.value["value"]
    right = 2 if bound in ("oo", "-oo") else 0 if fact.value["attained"] else 1
    return Item(
        "attained", function.activation.name, text(which, name=function.activation.heading, f=function.numeric),
        Choice(tuple(word(option) for option in options), right), (Paragraph(Text("{r}", {"r": fact.reason})),), text("hint_choice"),
    )  # fmt: skip


def kink(function: Function, random: Random) -> Item | None:
    """The two slopes at a kink."""
    kinks = [b for b in function.pieces.breakpoints if b.kink]
    if not kinks:
        return None
    b = random.choice(kinks)
    left, right = b.left_slope, b.right_slope
    if not (left.is_finite and right.is_finite):
        return None
    slips = [
        ((right, left), "swapped"),
        ((left, left), "no_kink"),
        (((left + right) / 2, (left + right) / 2), "mean"),
        ((-left, right), "sign"),
    ]
    return _choice("kink", function, (left, right), slips, random, lambda a, b: a != b, point=b.location)


def _choice(
    kind: str, function: Function, right: Any, slips: Sequence[tuple[Any, str]], random: Random,
    differ: Callable[[Any, Any], bool], **values: Any,
) -> Item | None:  # fmt: skip
    """Four options at most, shuffled, each wrong one with its reason; None where fewer than two wrong ones are left."""
    options: list[tuple[Any, Text | None]] = [(right, None)]
    for wrong, reason in slips:
        if len(options) < 4 and all(differ(wrong, other) for other, _ in options):
            options.append((wrong, word(f"why_{reason}")))
    if len(options) < 3:
        return None
    random.shuffle(options)
    place = next(k for k, (_, reason) in enumerate(options) if reason is None)
    return Item(
        kind, function.activation.name, text(kind, name=function.activation.heading, f=function.numeric, **values),
        Choice(tuple(option for option, _ in options), place, tuple(reason for _, reason in options)), (), text("hint_choice"),
    )  # fmt: skip


KINDS: dict[str, Callable[[Function, Random], Item | None]] = {
    "value": value, "slope": slope, "derivative": derivative, "recognise": recognise, "limit": limit, "kink": kink,
    "attained": attained, **{name: label(name) for name in LABELS},
}  # fmt: skip
"""Every kind of question by its name."""


def make(kind: str, function: Function, random: Random) -> Item | None:
    """A question of this kind about the function; None where there is none."""
    try:
        return KINDS[kind](function, random)
    except (DefinitionError, SymnetError):
        return None
