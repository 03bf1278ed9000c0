"""`Step` and `Derivation`: a derivative, how it comes about, and the evidence for every step.

A `Step` is checked when it is built (`calculus.evidence`): a wrong one cannot exist. `rows` flattens
the tree to the grain at which a person would write it down: first what the rule says, with the parts
still standing, then the parts, then everything put together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Eq, Expr, Symbol, Tuple
from sympy.logic.boolalg import Boolean, true

from symnet.calculus.evidence import Check, verify
from symnet.calculus.joins import Join
from symnet.calculus.notation import unfold
from symnet.errors import DerivationError, UsageError

GRAINS = ("brief", "normal", "full")
TRIVIAL = frozenset({"constant", "identity"})
PLAIN = frozenset({"constant", "identity", "sum", "constant_factor", "power"})


@dataclass(frozen=True)
class Step:
    """One application of a rule: ``before = after``, by way of `standing`."""

    rule: str
    """The rule's key, or ``"rewrite"``, or ``"itself"`` where the function itself takes part in its slope."""
    before: Expr
    """The derivative that is asked for, standing."""
    after: Expr
    """The same with nothing standing any more."""
    substeps: tuple[Step, ...] = ()
    """The derivatives of the parts, in the order in which the rule names them."""
    check: Check = None  # type: ignore[assignment]
    """The evidence; made on construction."""
    standing: Expr | None = None
    """What the rule says, with the derivatives of the parts still standing; None when there are none."""
    variable: Symbol = field(default_factory=lambda: Symbol("x", real=True))
    where: Boolean = true
    """The piece on which the step holds."""
    regions: tuple[Boolean, ...] = ()
    """Pieces in each of which the step is checked (all of them, when there are several)."""
    names: tuple[tuple[Expr, Expr], ...] = ()
    """Abbreviations used in this step only, such as f(x) for the function itself, with what they stand for."""

    def __post_init__(self) -> None:
        if self.check is None:
            object.__setattr__(self, "check", self._verify())

    def _verify(self) -> Check:
        checks = []
        before, after = unfold(self.before), unfold(self.after).xreplace(dict(self.names))
        for region in self.regions or (self.where,):
            checks.append(verify(before, after, self.variable, region, is_cell=bool(self.regions)))
            if self.standing is not None:
                verify(before, unfold(self.standing), self.variable, region)
        proved = all(check.symbolic == "proved" for check in checks)
        points = tuple(point for check in checks for point in check.points)
        fewest = min((check.fewest for check in checks), default=0)
        return Check("proved" if proved else "not decided", points, fewest)

    def recheck(self) -> None:
        """Check this step and its substeps again; `DerivationError` when one fails or has lost its evidence."""
        for substep in self.substeps:
            substep.recheck()
        if self._verify() != self.check:
            raise DerivationError(f"the evidence of a step has changed: {self.before} = {self.after}")

    def walk(self) -> Iterator[Step]:
        """This step and every step below it."""
        yield self
        for substep in self.substeps:
            yield from substep.walk()


@dataclass(frozen=True)
class Row:
    """One line of a derivation as it is printed; it unpacks as (depth, rule, before, after, check)."""

    depth: int
    rule: str
    before: object
    after: object
    check: Check
    join: Join | None = None
    """For a row about a breakpoint: what happens there."""
    where: Boolean | None = None
    """For the first row of a piece: where the piece is."""

    def __iter__(self) -> Iterator[object]:
        return iter((self.depth, self.rule, self.before, self.after, self.check))


@dataclass(frozen=True)
class Derivation:
    """A derivative with its steps."""

    expression: Expr
    variable: Symbol
    result: Expr
    """The derivative, in SymPy's own functions; undefined (nan) at the points where there is none."""
    steps: tuple[Step, ...]
    """The derivation itself, then rewrites of its result; of the last order only, see `previous`."""
    joins: tuple[Join, ...] = ()
    """What happens at each breakpoint, left to right; empty when f is one smooth formula."""
    joins_decided: bool = True
    """False when the breakpoints depend on parameters, so that the joins were not looked at."""
    known_form: Expr | None = None
    """The result as people know it, in the notation of `calculus.notation`; None when that is the result itself."""
    order: int = 1
    previous: Derivation | None = None
    """For a higher derivative: the derivation of the one before."""

    @property
    def form(self) -> Expr:
        """The form to print: the known one where there is one."""
        return self.result if self.known_form is None else self.known_form

    def check(self) -> None:
        """Check every step and join again; raises `DerivationError` when one fails."""
        if self.previous is not None:
            self.previous.check()
        for step in self.steps:
            step.recheck()
        for join in self.joins:
            join.recheck()

    def walk(self) -> Iterator[Step]:
        """Every step of every order, outer before inner."""
        if self.previous is not None:
            yield from self.previous.walk()
        for step in self.steps:
            yield from step.walk()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows."""
        from symnet.shortcuts import display

        return display(self)

    def rows(self, detail: str = "normal") -> list[Row]:
        """The derivation as flat rows.

        ``"brief"``: the first rule, the joins and the final form. ``"normal"``: without the steps that
        nobody writes down (constants, x′ = 1, polynomials of two lines). ``"full"``: everything.
        """
        if detail not in GRAINS:
            raise UsageError(f"unknown detail '{detail}'; choose one of {', '.join(GRAINS)}")
        rows = [] if self.previous is None else self.previous.rows(detail)
        for index, step in enumerate(self.steps):
            first, *others = _rows(step, detail, 0)
            rows += [first if step.where == true else replace(first, where=step.where), *others]
            if index == 0:
                rows.extend(_join_row(join, self.variable) for join in self.joins)
        return rows


def _join_row(join: Join, variable: Symbol) -> Row:
    return Row(1, "join", Eq(variable, join.location), Tuple(join.left_slope, join.right_slope), join.check, join)


def _rows(step: Step, detail: str, depth: int) -> Iterator[Row]:
    if step.rule == "piecewise" and step.regions:
        if detail == "brief":
            yield Row(depth, step.rule, step.before, step.after, step.check)
            return
        for substep in step.substeps:
            first, *others = _rows(substep, detail, depth + 1)
            yield from (replace(first, where=substep.where), *others)
        yield Row(depth, step.rule, step.before, step.after, step.check)
        return
    if step.standing is None or detail == "brief" or (detail == "normal" and _short(step)):
        yield Row(depth, step.rule, step.before, step.after, step.check)
        return
    shown = [substep for substep in step.substeps if detail == "full" or substep.rule not in TRIVIAL]
    unseen = [substep for substep in step.substeps if substep not in shown]
    hidden = {u.before: u.after for u in unseen if step.rule in PLAIN or u.rule == "constant"}
    first = step.standing.xreplace(hidden)
    yield Row(depth, step.rule, step.before, first, step.check)
    for substep in shown:
        yield from _rows(substep, detail, depth + 1)
    if first != step.after and not (len(shown) == 1 and first == shown[0].before):
        yield Row(depth, "together", first, step.after, step.check)


def _short(step: Step) -> bool:
    """Whether a person would write the step in one line: nothing in it but plain polynomial rules."""
    return step.rule in PLAIN and all(substep.rule in PLAIN for below in step.substeps for substep in below.walk())
