"""Faults planted in the engine are caught: the second opinion refutes what a faulty engine proves.

Each fault breaks one thing that a proof rests on: a rule, a bound, an exact comparison, a proved X0, a side.
The facts that the fault touches must be refuted, and with the fault taken away nothing is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flint import fmpq

from agreement.opinion import contradictions
from symnet.analysis import analyse

Patch = pytest.MonkeyPatch
FAULTS: dict[str, tuple[str, str, Callable[[Patch], None]]] = {}


def fault(text: str, fact: str) -> Callable[[Callable[[Patch], None]], Callable[[Patch], None]]:
    """Enter a function that plants a fault, an expression that shows it, and the fact that it makes wrong."""

    def enter(plant: Callable[[Patch], None]) -> Callable[[Patch], None]:
        FAULTS[plant.__name__] = (text, fact, plant)
        return plant

    return enter


@fault("atan(x)", "lipschitz")
def a_wrong_rule(patch: Patch) -> None:
    """atan'(u) = 2/(1 + u^2)."""
    _scale_a_rule(patch, "atan", 2)


@fault("erf(x)", "lipschitz")
def a_wrong_constant_in_a_rule(patch: Patch) -> None:
    """erf' is too large by a millionth."""
    _scale_a_rule(patch, "erf", fmpq(1000001, 1000000))


@fault("x*exp(-x)", "critical_points")
def a_rule_with_the_wrong_sign(patch: Patch) -> None:
    """exp' = -exp."""
    _scale_a_rule(patch, "exp", -1)


def _scale_a_rule(patch: Patch, kind: str, factor: fmpq | int) -> None:
    from symnet.balls import elementary, field

    true = elementary.derivative_of_generator

    def wrong(of: Any, generator: Any) -> Any:
        derivative = true(of, generator)
        return derivative.scaled(factor) if generator.kind == kind and not generator.constant else derivative

    patch.setattr(elementary, "derivative_of_generator", wrong)
    if hasattr(field, "derivative_of_generator"):
        patch.setattr(field, "derivative_of_generator", wrong)


@fault("x^3 - x + 1/(1 + x^2)", "extrema")
def a_swapped_sign(patch: Patch) -> None:
    """The signs between zeros are the opposite ones."""
    _change_charts(patch, lambda chart: replace(chart, signs=tuple(-sign for sign in chart.signs)))


@fault("x^3", "extrema")
def a_forgotten_multiplicity(patch: Patch) -> None:
    """Every zero is simple: a touching zero counts as a crossing."""
    _change_charts(patch, lambda chart: replace(chart, zeros=tuple(replace(z, multiplicity=1) for z in chart.zeros)))


def _change_charts(patch: Patch, change: Callable[[Any], Any]) -> None:
    from symnet.balls import signs

    true = signs.sign_chart
    _everywhere(patch, signs, "sign_chart", lambda *given: change(true(*given)))


@fault("x/(1 + x^2)", "supremum")
def a_swapped_bound(patch: Patch) -> None:
    """The least candidate is called the greatest."""
    from symnet.analysis import range as bounds

    true = bounds.ordered
    patch.setattr(bounds, "ordered", lambda *given: -true(*given))


@fault("where(x < 0, 1 - (x + 1)^2, 1.00000000000000001 - (x - 1)^2)", "supremum")
def a_float_tie(patch: Patch) -> None:
    """Numbers that round to one double are called equal."""
    from symnet.analysis import range as bounds

    true = bounds.ordered

    def tied(subject: Any, a: Any, b: Any, *more: Any) -> int:
        return 0 if float(a.value) == float(b.value) else true(subject, a, b, *more)

    patch.setattr(bounds, "ordered", tied)


def _everywhere(patch: Patch, home: Any, name: str, wrong: Any) -> None:
    """Replace a function in its home and in every module that imported it by name."""
    import sys

    true = getattr(home, name)
    for module in [m for key, m in sys.modules.items() if key.startswith("symnet.")]:
        if getattr(module, name, None) is true:
            patch.setattr(module, name, wrong)


@fault("(x - 25)^2 - 1 + exp(-x)", "zeros")
def a_removed_check_of_x0(patch: Patch) -> None:
    """The search for zeros ends at 16, without a proof that the sign is settled there."""
    from symnet.balls import settling

    true = settling.settle

    def early(field: Any, factor: Any, end: Any, interval: Any, budget: Any) -> fmpq:
        return fmpq(16) * end.side if end.point is None else true(field, factor, end, interval, budget)

    _everywhere(patch, settling, "settle", early)


@fault("abs(x - 1)*2 + x", "kinks")
def swapped_sides(patch: Patch) -> None:
    """The slope from the left is taken for the slope from the right."""
    from symnet.analysis.subject import Subject

    true = Subject.slope
    patch.setattr(Subject, "slope", lambda self, j, side: true(self, j, -side))


@fault("(x^2 - 1)/(x - 1)", "domain")
def a_hole_that_is_filled(patch: Patch) -> None:
    """A removable point is taken into the domain."""
    from symnet.analysis import domain

    true = domain.proved

    def filled(name: str, claim: Any, reason: str, **more: Any) -> Any:
        return true(name, claim | {"intervals": [["-oo", "oo"]], "excluded": []}, reason, **more)

    patch.setattr(domain, "proved", filled)


@fault("step(x)", "jumps")
def a_value_taken_from_the_left(patch: Patch) -> None:
    """At a junction f has the limit from the left."""
    from symnet.analysis import continuity

    source = continuity.jumps

    def wrong(subject: Any) -> Any:
        fact = source(subject)
        return replace(fact, value=[record | {"value": record["left"]} for record in fact.value])

    from symnet.analysis.facts import FACTS

    assert FACTS["jumps"] is source
    patch.setitem(FACTS, "jumps", wrong)


@fault("1/(1 + exp(-x))", "limit_at_plus_infinity")
def ends_that_change_places(patch: Patch) -> None:
    """The limit at oo is asked of the end at -oo."""
    from symnet.analysis.subject import Subject

    true = Subject.end
    patch.setattr(Subject, "end", lambda self, i, side: true(self, i, -side))


@fault("sin(x) + sin(3*x)", "period")
def a_period_of_half_the_length(patch: Patch) -> None:
    """A divisor of the period is called the period, unchecked."""
    from symnet.analysis.facts import FACTS

    true = FACTS["period"]

    def half(subject: Any) -> Any:
        fact = true(subject)
        return replace(fact, value="3.141592653589793238462643383279503", exact="pi")

    patch.setitem(FACTS, "period", half)


@fault("exp(x) + x", "convexity")
def a_convexity_upside_down(patch: Patch) -> None:
    """The second derivative is read with the wrong sign."""
    from symnet.analysis.subject import Subject

    true = Subject.derivative
    patch.setattr(
        Subject, "derivative", lambda self, i, order: -true(self, i, order) if order == 2 else true(self, i, order)
    )


@fault("tanh(x) - 1/2", "inverse")
def an_inverse_of_another_function(patch: Patch) -> None:
    """A solution of y = f(x) is not put back into f."""
    from symnet.analysis import inverse

    patch.setattr(inverse, "_inverts", lambda *_: True)
    true = inverse.solutions
    patch.setattr(
        inverse, "solutions", lambda element, name, interval: [f"2*({s})" for s in true(element, name, interval)]
    )


@fault("x - tanh(x) + 1/3", "zeros")
def digits_beyond_the_enclosure(patch: Patch) -> None:
    """A root is printed to 34 digits from an enclosure of 20."""
    from symnet.balls.reals import Root

    true = Root.ball
    patch.setattr(Root, "ball", lambda self, precision: true(self, min(precision, 64)).mid())


@fault("x*sin(x)/(1 + x^2)", "zeros")
def a_list_that_ends_too_soon(patch: Patch) -> None:
    """Infinitely many zeros are called finitely many."""
    from symnet.analysis import listing

    patch.setattr(listing, "infinitely_many", lambda *_: False)


FAST = ("a_wrong_rule", "a_swapped_bound", "a_float_tie", "a_removed_check_of_x0", "swapped_sides")


@pytest.mark.parametrize(
    "name", [name if name in FAST else pytest.param(name, marks=pytest.mark.slow) for name in FAULTS]
)
def test_a_fault_in_the_engine_is_caught(name: str, monkeypatch: Patch) -> None:
    text, fact, plant = FAULTS[name]
    monkeypatch.setenv("SYMNET_CACHE_DIR", "")
    assert not _refuted(text, fact), "the witness is alarmed without a fault"
    plant(monkeypatch)
    assert _refuted(text, fact)


def _refuted(text: str, fact: str) -> bool:
    return fact in {found.fact for found in contradictions(analyse(text).to_json(), text)}
