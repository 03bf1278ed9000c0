"""Self-test questions at mixed levels whose answers are computed, and the ones that the prose adds."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer, Rational, S, Symbol

from symnet.calculus.differentiate import differentiate
from symnet.errors import DefinitionError
from symnet.explain.activation.graph import listed
from symnet.explain.activation.siblings import relatives
from symnet.explain.frame import Frame, applies, paragraphs, sentences_of
from symnet.explain.function import Function
from symnet.explain.notation import Applied, Decimal, is_exact
from symnet.explain.voice import Voice
from symnet.sheet import Equation, Paragraph, Question, Section

DIGITS = 4


def quiz(function: Function) -> Section | None:
    """Every question, easy ones first within their kind."""
    frame = Frame("activation", "quiz", function.voice)
    makers = (recall_definition, recall_slope, compute_value, compute_slope, compute_weight, compute_quotient,
              explain_breakpoints, transfer_depth, transfer_order)  # fmt: skip
    questions = [question for make in makers if (question := asked(make, function, frame)) is not None]
    return frame.section([*questions, *written(function.voice, function.prose.get("questions", []))])


def asked(make: Any, function: Function, frame: Frame) -> Question | None:
    """The question, unless the function has no value or slope where it asks for one."""
    try:
        return make(function, frame)
    except (Missing, DefinitionError):
        return None


class Missing(Exception):
    """There is no number to ask for."""


def number(value: Expr) -> Expr:
    """A number that exists."""
    if value is S.NaN or not value.is_finite:
        raise Missing
    return value


def written(voice: Voice, entries: list[dict[str, Any]]) -> list[Question]:
    """Questions of the prose: words, and formulas that are computed into the answer."""
    questions = []
    for entry in entries:
        if not applies(voice, entry):
            continue
        answer: list[Any] = [voice.worked_out(formula) for formula in entry.get("computed", [])]
        answer += paragraphs(voice, sentences_of(entry.get("answer", [])))
        questions.append(Question(voice.text(entry["question"]), tuple(answer), entry["level"]))
    return questions


def recall_definition(function: Function, frame: Frame) -> Question:
    """The definition from memory."""
    return Question(frame.text("definition"), (Equation((Applied("f", 0, function.x), function.formula)),), "recall")


def recall_slope(function: Function, frame: Frame) -> Question:
    """The derivative from memory."""
    found = differentiate(function.formula, function.x).form
    return Question(frame.text("slope"), (Equation((Applied("f", 1, function.x), found)),), "recall")


def compute_value(function: Function, frame: Frame) -> Question:
    """f at a negative fraction."""
    point = Rational(-3, 2)
    return Question(
        frame.text("value", call=Applied("f", 0, point)),
        tuple(_worth(Applied("f", 0, point), number(function.value(point)))),
        "compute",
    )


def compute_slope(function: Function, frame: Frame) -> Question:
    """f′ at two points, one on either side of 0."""
    points = [p for p in (Rational(-1, 3), Rational(3, 2)) if function.breakpoint(p) is None]
    calls = [Applied("f", 1, p) for p in points]
    answer = [line for p, call in zip(points, calls, strict=True) for line in _worth(call, number(function.slope(p)))]
    return Question(frame.text("slopes", calls=listed(calls)), tuple(answer), "compute")


def compute_weight(function: Function, frame: Frame) -> Question:
    """The gradient of a neuron with respect to its weight."""
    w, x, b = (
        Rational(-1, 2),
        Rational(3),
        next(c for c in (Rational(1), Rational(3, 4)) if function.breakpoint(Rational(-3, 2) + c) is None),
    )
    z = w * x + b
    slope = number(function.slope(z))
    letters = [Symbol(letter) for letter in "wxb"]
    given = listed([Equation((letter, number)) for letter, number in zip(letters, (w, x, b), strict=True)])
    answer = (
        Paragraph(
            frame.text(
                "weight_answer", z=Equation((Symbol("z"), z)), slope=_value(slope), x=x, product=_value(slope * x)
            )
        ),
    )
    return Question(frame.text("weight", given=given), answer, "compute")


def compute_quotient(function: Function, frame: Frame) -> Question | None:
    """The slope estimated by a central difference, and how far off that is."""
    point, h = Integer(1), Rational(1, 10)
    if any(abs(float(b.location) - 1) <= 0.1 for b in function.pieces.breakpoints):
        return None
    quotient = (number(function.value(point + h)) - number(function.value(point - h))) / (2 * h)
    error = quotient - number(function.slope(point))
    exact = error.is_Rational or abs(error.evalf(30)) < Rational(1, 10**25)
    shown = Integer(0) if exact and abs(error.evalf(30)) < Rational(1, 10**25) else Decimal(error, 2)
    key = "quotient_exact" if shown == 0 else "quotient_answer"
    answer = Paragraph(
        frame.text(key, quotient=Decimal(quotient, 8), slope=Decimal(number(function.slope(point)), 8), error=shown)
    )
    return Question(frame.text("quotient", h=h, point=Equation((function.x, point))), (answer,), "compute")


def explain_breakpoints(function: Function, frame: Frame) -> Question:
    """Where the derivative is missing."""
    missing = [b for b in function.pieces.breakpoints if b.kink or not b.continuous]
    if not missing:
        key = (
            ("missing_none" if function.everywhere else "missing_domain")
            if function.pieces.smooth
            else "missing_joints"
        )
        return Question(frame.text("missing"), (frame.paragraph(key),), "explain")
    answer = []
    for b in missing:
        key = "missing_kink" if b.kink else "missing_jump"
        sides = (
            {"left": b.left_slope, "right": b.right_slope} if b.kink else {"left": b.left_limit, "right": b.right_limit}
        )
        answer.append(frame.paragraph(key, point=Equation((function.x, b.location)), **sides))
    return Question(frame.text("missing"), tuple(answer), "explain")


def transfer_depth(function: Function, frame: Frame) -> Question | None:
    """What ten layers do to a gradient when every weighted sum is −2."""
    point, layers = Integer(-2), 10
    try:
        slope = number(function.slope(point))
    except DefinitionError:
        return None
    if slope == 0:
        key = "depth_dead"
    elif slope == 1:
        key = "depth_kept"
    else:
        key = "depth_shrinks" if abs(float(slope)) < 1 else "depth_grows"
    answer = frame.paragraph(key, slope=_value(slope), power=Decimal(slope**layers, 3), layers=layers)
    return Question(frame.text("depth", layers=layers, point=Equation((Symbol("z"), point))), (answer,), "transfer")


def transfer_order(function: Function, frame: Frame) -> Question | None:
    """Which sibling gives the largest output at −1."""
    point = Integer(-1)
    family = [function, *(Function(a) for a in relatives(function.activation, function.prose.get("siblings", []))[:3])]
    worth = sorted(((float(number(f.value(point))), f) for f in family), key=lambda pair: -pair[0])
    if any(abs(a[0] - b[0]) < 1e-9 for a, b in zip(worth, worth[1:], strict=False)):
        key = "order_ties"
    else:
        key = "order_answer"
    ranked = listed(
        [frame.text("ranked", who=f.activation.title, number=_value(number(f.value(point)))) for _, f in worth]
    )
    names = ", ".join(f.activation.title for f in family)
    return Question(
        frame.text("order", names=names, point=Equation((function.x, point))),
        (frame.paragraph(key, ranked=ranked),),
        "transfer",
    )


def _value(number: Expr) -> Any:
    return number if number.is_Rational and number.q < 100 else Decimal(number, DIGITS)


def _worth(call: Any, value: Expr) -> list[Equation]:
    if is_exact(value, DIGITS):
        return [Equation((call, value))]
    if value.count_ops() > 20:
        return [Equation((call, Decimal(value, 6)), "≈")]
    return [Equation((Equation((call, value)), Decimal(value, 6)), "≈")]
