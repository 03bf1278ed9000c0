"""Differentiate an exact expression, step by step, every step checked.

The expression is split into its smooth pieces first; each piece is differentiated by the rules, and
at every breakpoint a join says what the two slopes are. Where the breakpoints depend on parameters
the pieces cannot be sorted: then the rules for max, min, |x| and cases are used as they stand, and
the derivation says that its joins were not looked at.
"""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from sympy import (
    Abs,
    Derivative,
    Expr,
    Function,
    Heaviside,
    Ne,
    Piecewise,
    S,
    Subs,
    Symbol,
    default_sort_key,
    oo,
    sign,
    sympify,
)
from sympy.logic.boolalg import And, Boolean, Not, true

from symnet.calculus.derivation import Derivation, Step
from symnet.calculus.families import K, family_joins
from symnet.calculus.joins import Join, join, undefined
from symnet.calculus.known_forms import best_form, even_form
from symnet.calculus.notation import unfold
from symnet.calculus.pieces import Piece, Pieces, resolve, split
from symnet.calculus.rules import RULES, Rule, standing
from symnet.calculus.self_forms import self_form
from symnet.calculus.smooth_zeros import Finder
from symnet.calculus.switches import HEADS, switching_functions
from symnet.errors import DerivationError, UnsupportedExpressionError

HARD = (ValueError, TypeError, NotImplementedError)
"""Ours, or what SymPy's solver says of hard conditions."""


def differentiate(expression: Expr, variable: Symbol | None = None, order: int = 1) -> Derivation:
    """The derivation of the derivative of `expression`.

    `variable` may be left out where only one symbol is free, or where one is called x. Free parameters
    are allowed. `order=2` derives the derivative of the derivative. Raises `DerivationError` for a
    function without a rule, `UnsupportedExpressionError` where the variable is not plain.
    """
    expression = sympify(expression)
    variable = variable or the_variable(expression)
    derivation = _derived(expression, variable)
    for _ in range(order - 1):
        derivation = _again(derivation)
    return derivation


def the_variable(expression: Expr) -> Symbol:
    """The only free symbol, or the one called x; a constant gets x."""
    symbols = sorted(expression.free_symbols, key=str)
    named = [s for s in symbols if s.name == "x"]
    if len(symbols) > 1 and not named:
        raise UnsupportedExpressionError(
            f"which of {', '.join(map(str, symbols))} is the variable? Say differentiate(…, variable)"
        )
    return (named or symbols or [Symbol("x", real=True)])[0]


@lru_cache(maxsize=256)
def _derived(expression: Expr, variable: Symbol) -> Derivation:
    try:
        pieces = _notated(split(unfold(expression), variable, Finder(variable)), expression)
        joins = _joins(pieces)
    except HARD:
        return _from_rules(expression, variable)
    if all(undefined(piece) for piece in pieces.pieces):
        raise UnsupportedExpressionError(f"{expression} has no real value anywhere, so it has no derivative")
    if pieces.smooth:
        step = derive(pieces.pieces[0].expression, variable)
        return _finish(expression, variable, step.after, [step], ())
    return _from_pieces(expression, pieces, joins)


def _from_rules(expression: Expr, x: Symbol) -> Derivation:
    """The derivation where the pieces cannot be listed: by the rules for max, min, |x| and cases as they stand."""
    step, plain_expression = derive(expression, x), unfold(expression)
    try:
        joins = family_joins(plain_expression, x)
        claims = any(j.kind != "smooth" and _claimed(step.after, x, j.location) for j in joins)
        decided = True
    except HARD:
        joins, decided = (), False
        claims = plain_expression.has(Abs, sign, Heaviside)
    if claims:  # |u| and its relatives are differentiated where u is not 0
        switches = switching_functions(plain_expression, x)
        off = And(*sorted({Ne(s, 0) for s in switches if not s.has(*HEADS)}, key=default_sort_key))
        step = replace(step, after=Piecewise((step.after, off), evaluate=False), check=None)
    return _finish(expression, x, step.after, [step], joins, joins_decided=decided)


def _claimed(slope: Expr, x: Symbol, location: Expr) -> bool:
    """Whether an expression has a value at a breakpoint."""
    here = resolve(slope, x, location.subs(K, 0)).subs(x, location.subs(K, 0))
    return not here.has(S.NaN, S.ComplexInfinity)


def _joins(pieces: Pieces) -> tuple[Join, ...]:
    """What happens at each breakpoint."""
    neighbours = zip(pieces.breakpoints, pieces.pieces, pieces.pieces[1:], strict=False)
    return tuple(join(b, plain(left), plain(right), pieces.variable) for b, left, right in neighbours)


def _notated(pieces: Pieces, expression: Expr) -> Pieces:
    """The pieces of an expression with customary names, the names kept."""
    if unfold(expression) == expression:
        return pieces
    named = [replace(p, expression=resolve(expression, pieces.variable, _within(p))) for p in pieces.pieces]
    return replace(pieces, pieces=tuple(named))


def _within(piece: Piece) -> Expr:
    """A point of a piece."""
    if piece.left == -oo:
        return S.Zero if piece.right == oo else piece.right - 1
    return piece.left + 1 if piece.right == oo else (piece.left + piece.right) / 2


def _again(first: Derivation) -> Derivation:
    """The derivation of the next order: it starts from the form that people know, which keeps it short."""
    second = _derived(first.form, first.variable)
    steps = tuple(step for step in second.steps if not step.names)  # there f means the slope
    return replace(second, expression=first.expression, order=first.order + 1, previous=first, steps=steps)


def derive(e: Expr, x: Symbol, where: Boolean = true, rules: Sequence[Rule] = RULES) -> Step:
    """The step that differentiates `e` by the first rule that applies, its parts below it."""
    for rule in rules:
        found = rule.apply(e, x)
        if found is not None:
            break
    else:
        raise DerivationError(f"no differentiation rule is known for {e}")
    substeps = tuple(derive(part.expr, part.variables[0], place, rules) for part, place in _parts(found, where))
    after, shown = found, found
    for substep in substeps:
        done = {substep.before: substep.after}
        after = put_in(after, done)
        shown = put_in(shown, done) if substep.variable != x else shown
    return Step(
        rule.key,
        standing(e, x),
        _carried_out(after),
        substeps,
        standing=_carried_out(shown) if substeps else None,
        variable=x,
        where=where,
    )


def put_in(e: Expr, parts: dict[Expr, Expr]) -> Expr:
    """`e` with parts replaced; the branches of a case distinction stay apart, whatever their values become."""
    if isinstance(e, Piecewise):
        return Piecewise(*((put_in(branch, parts), condition) for branch, condition in e.args), evaluate=False)
    return e.xreplace(parts)


def _parts(found: Expr, where: Boolean) -> list[tuple[Derivative, Boolean]]:
    """The derivatives that stand in `found`, each once, with the place where it is asked for."""
    if isinstance(found, Piecewise):
        parts, before = [], true
        for branch, condition in found.args:
            place = And(where, before, condition)
            parts += [pair for pair in _parts(branch, place) if pair[0] not in [p for p, _ in parts]]
            before = And(before, Not(condition))
        return parts
    if isinstance(found, Derivative):
        return [(found, where)]
    if isinstance(found, Subs):
        return [(part, true) for part, _ in _parts(found.expr, true)]
    parts = []
    for argument in sorted(found.args, key=lambda a: not isinstance(a, Subs)):
        if isinstance(argument, Expr):
            parts += [pair for pair in _parts(argument, where) if pair[0] not in [p for p, _ in parts]]
    return parts


def _carried_out(e: Expr) -> Expr:
    """`e` with its substitutions u → g carried out."""
    for substitution in e.atoms(Subs):
        (u,), (inner,) = substitution.variables, substitution.point
        e = e.xreplace({substitution: substitution.expr.xreplace({u: inner})})
    return e


def _from_pieces(expression: Expr, pieces: Pieces, joins: tuple[Join, ...]) -> Derivation:
    x = pieces.variable
    defined = [piece for piece in pieces.pieces if not undefined(piece)]
    branches = {piece: derive(piece.expression, x, inside(piece, x)) for piece in defined}
    slopes = [branches[piece].after if piece in branches else S.NaN for piece in pieces.pieces]
    result = _assembled(pieces, joins, slopes)
    places = tuple(inside(piece, x) for piece in defined)
    top = Step("piecewise", standing(expression, x), result, tuple(branches.values()), variable=x, regions=places)
    steps = [top]
    for piece, branch in branches.items():
        steps += _self_form(piece.expression, branch.after, best_form(branch.after), x, inside(piece, x))
    return _finish(expression, x, result, steps, joins, pieces=pieces, slopes=slopes)


def plain(piece: Piece) -> Piece:
    """A piece without customary names."""
    return replace(piece, expression=unfold(piece.expression))


def inside(piece: Piece, x: Symbol) -> Boolean:
    """The condition that x lies in the open interval of a piece."""
    conditions = ([x > piece.left] if piece.left != -oo else []) + ([x < piece.right] if piece.right != oo else [])
    return And(*conditions)


def _assembled(pieces: Pieces, joins: Sequence[Join], slopes: Sequence[Expr]) -> Expr:
    """The derivative as one expression, undefined at the breakpoints where f is not differentiable."""
    x = pieces.variable
    if all(slope == slopes[0] for slope in slopes):
        return Piecewise((slopes[0], And(*(Ne(x, j.location) for j in joins if j.kind != "smooth"))), evaluate=False)
    branches = []
    for index, (piece, slope) in enumerate(zip(pieces.pieces, slopes, strict=True)):
        last = index == len(slopes) - 1
        closed = not last and joins[index].kind == "smooth"
        if slope is S.NaN:
            continue
        if last and (not joins or joins[-1].kind == "smooth"):
            branches.append((slope, true))
        elif last:
            branches.append((slope, x > piece.left))
        else:
            upper = x <= piece.right if closed else x < piece.right
            lower = x > piece.left if index and joins[index - 1].kind != "smooth" else true
            branches.append((slope, And(lower, upper)))
    return Piecewise(*branches, evaluate=False)


def _self_form(f: Expr, slope: Expr, form: Expr, x: Symbol, place: Boolean = true) -> list[Step]:
    """The slope told by f itself, as a checked rewrite; `form` is the slope as people know it."""
    name = Function("f", real=True)(x)
    told = self_form(f, form, x, name)
    return [] if told is None else [Step("itself", slope, told, variable=x, where=place, names=((name, f),))]


def _finish(
    expression: Expr,
    x: Symbol,
    derived: Expr,
    steps: list[Step],
    joins: tuple[Join, ...],
    joins_decided: bool = True,
    pieces: Pieces | None = None,
    slopes: Sequence[Expr] = (),
) -> Derivation:
    """The derivation, ended by a checked rewrite to the form that people know, where there is one."""
    defined = [piece for piece in pieces.pieces if not undefined(piece)] if pieces else []
    places = tuple(inside(piece, x) for piece in defined)
    smooth = all(j.kind == "smooth" for j in joins)
    form = (even_form(pieces, list(slopes), smooth) if pieces else None) or best_form(derived)
    if form != derived:
        steps = [*steps, Step("rewrite", derived, form, variable=x, regions=places)]
    if not pieces and not isinstance(form, Piecewise):
        steps = [*steps, *_self_form(unfold(expression), form, form, x)]
    result = unfold(derived)
    return Derivation(expression, x, result, tuple(steps), joins, joins_decided, None if form == result else form)
