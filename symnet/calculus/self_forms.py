"""A derivative told by the function itself: f(1 − f), 1 − f², f + σ(1 − f), f + α.

Each form is a proposal; the `Step` that takes it up checks it with f put back in.
"""

# pyright: reportGeneralTypeIssues=false, reportAssignmentType=false
# (SymPy annotates the parts and the results of expressions as Basic.)

from __future__ import annotations

from sympy import Add, Expr, Integer, Symbol, cancel, exp, expand, factor, tanh

from symnet.calculus.known_forms import known_form, length, upright
from symnet.calculus.notation import sigma, softplus


def self_form(f: Expr, slope: Expr, x: Symbol, name: Expr) -> Expr | None:
    """The slope in terms of the function, named `name`; None where no short form is found."""
    multiple = multiple_of_itself(f, slope, x, name)
    if multiple is not None:
        return multiple
    known = known_form(f)
    proposals = [_put_in(known, slope, part, x, name) for part in _parts(slope)]
    found = [form for form in proposals if form is not None and form.has(name)]
    return min(found, key=length, default=None)


def _parts(slope: Expr) -> list[Expr]:
    """The functions whose value may follow from that of f."""
    return sorted(slope.atoms(sigma, tanh), key=str)


def _put_in(f: Expr, slope: Expr, part: Expr, x: Symbol, name: Expr) -> Expr | None:
    t = Symbol("t_", real=True)
    inner, outer = f.xreplace({part: t}), slope.xreplace({part: t})
    if isinstance(part, sigma) and (scale := cancel(f / softplus(part.args[0]))) != 0 and not scale.has(x):
        return _tidied(outer.xreplace({t: 1 - exp(-name / scale)}))
    if not inner.has(t) or not outer.is_polynomial(t, x):
        return None
    if not inner.has(x) and inner.is_polynomial(t) and inner.diff(t, 2) == 0:  # f = a + b·t
        rate = inner.diff(t)
        return _tidied(outer.xreplace({t: (name - (inner - rate * t).expand()) / rate}))
    rate = cancel(inner / (x * t))
    if rate.has(x, t) or rate == 0 or outer.diff(x, 2) != 0:
        return None
    rest = cancel(outer.diff(x) / t)  # f = rate·x·t, and the slope is a + x·b
    if not rest.is_polynomial(t):
        return None
    gate = expand(outer.subs(x, 0) + name * rest / rate)
    bare = gate.subs(t, 0)
    opened = expand((gate - bare) / t)
    return bare + part * (opened if not opened.has(t) else factor(opened)).xreplace({t: part})


def _tidied(e: Expr) -> Expr:
    """The shortest of a form as it is, multiplied out, and factored, with 1 − f rather than −(f − 1)."""
    return upright(min((e, expand(e), factor(e)), key=length))


def multiple_of_itself(f: Expr, slope: Expr, x: Symbol, name: Expr) -> Expr | None:
    """k·(f − d) when f is k⁻¹·f′ + d for a constant d and a k that is constant or a polynomial; else None."""
    terms = Add.make_args(f.expand())
    constant = Add(*(t for t in terms if not t.has(x)))
    varying = f.expand() - constant
    if varying == 0 or not slope.has(x):
        return None
    ratio = (slope / varying).cancel()
    if ratio == Integer(0) or not ratio.is_polynomial(x):
        return None
    return ratio * (name - constant)
