"""Plan → NumPy source of one function of a float64 array, as a person would write it.

The part of the line that holds most data is computed for every element, its argument clamped to that part; other cheap parts
follow by `select`; what is rare or long is computed for the elements concerned only, and a test of the extremes skips the tails when nothing
lies there. No form ever sees an argument outside its part of the line, and nan goes in and comes out.
"""

from __future__ import annotations

import math

from sympy import Rational, S

from symnet.codegen.assess import LARGEST
from symnet.codegen.bulk import short_way
from symnet.codegen.form import Form, X, number, operate
from symnet.codegen.numpy_printer import NumpyPrinter
from symnet.codegen.plan import Plan, Regime
from symnet.codegen.primitives import PRIMITIVES

BULK = 0.02
"""A share of typical data below which a part of the line is rare."""

LONG = 14
"""Operations from which on a part is computed for its own elements only."""


def emit(plan: Plan, name: str, docstring: str, printer: NumpyPrinter | None = None) -> tuple[str, frozenset[str]]:
    """(source of ``def name(x)``, the kernels that it uses); a readable printer gets no masks."""
    printer = printer or NumpyPrinter()
    lines = _clip(plan) or (_single if len(plan.regimes) == 1 else _parts)(plan, printer)
    nowhere = [at for at, form in plan.points if form.operation == "number" and form.payload is S.NaN]
    if nowhere:
        lines = [
            *(f"x = {printer.use('select')}(x == {_float(at)}, np.nan, x)" for at in nowhere),
            *(line.replace("y = x.copy()", "y = x") for line in lines),
        ]
    for location, form in plan.points:
        if location in nowhere:
            continue
        if not lines[-1].startswith("y = "):
            lines.append("")
        lines.append(f"y = {printer.use('select')}(x == {_float(location)}, {printer.body(form)[1]}, y)")
    if len(lines) == 1 and lines[0].startswith("y = "):
        lines = ["return " + lines[0].removeprefix("y = ")]
    else:
        lines.append("return y")
    lines = [line for line in lines if line]
    text = [f"def {name}(x):", *_docstring(docstring, plan.notes), *(f"    {line}" for line in lines)]
    return "\n".join(text) + "\n", frozenset(printer.imports)


def _docstring(docstring: str, notes: tuple[str, ...]) -> list[str]:
    if not notes:
        return [f'    """{docstring}"""']
    return [f'    """{docstring}', "", *(f"    {note}" for note in notes), '    """']


def _float(value: float) -> str:
    if math.isinf(value):
        return "np.inf" if value > 0 else "-np.inf"
    return repr(int(value)) if value == int(value) and abs(value) < 1e6 else repr(value)


def _clip(plan: Plan) -> list[str] | None:
    """x between constants that it meets at the cuts: minimum and maximum."""
    identity = [i for i, r in enumerate(plan.regimes) if r.form is X]
    if len(plan.regimes) not in (2, 3) or len(identity) != 1:
        return None
    place = identity[0]
    result = "x"
    for index, regime in enumerate(plan.regimes):
        if index == place:
            continue
        cut = _cut(regime.right) if index < place else _cut(plan.regimes[index - 1].right)
        if abs(index - place) > 1 or regime.form.operation != "number" or not regime.form.payload.is_finite:
            return None
        if regime.form.payload != Rational(cut):
            return None
        result = f"np.{'maximum' if index < place else 'minimum'}({result}, {_float(cut)})"
    return [f"y = {result}"]


def _cut(right: float) -> float:
    """The rounder of the two floats at a border."""
    following = math.nextafter(right, math.inf)
    return following if len(_float(following)) <= len(_float(right)) else right


def _single(plan: Plan, printer: NumpyPrinter) -> list[str]:
    form = plan.regimes[0].form
    if form.constant:
        return [f"y = {printer.use('select')}(np.isnan(x), x, {printer.body(form)[1]})"]
    statements, result = printer.body(form)
    return [*statements, "y = x.copy()" if form is X else f"y = {result}"]


def _parts(plan: Plan, printer: NumpyPrinter) -> list[str]:
    regimes = list(plan.regimes)
    base = max(regimes, key=lambda r: (r.form.payload is not S.NaN, share(r), -regimes.index(r)))
    chosen = [
        r for r in regimes if r is not base and (printer.readable or (share(r) >= BULK and _cost(r.form) <= LONG))
    ]
    masked = [r for r in regimes if r is not base and r not in chosen]
    together = [base, *chosen]
    forms = [_mirrored(r) if _shares_exponential(together) else _clamped(r) for r in together]
    statements, results = printer.bodies(forms)
    if base.form.constant:
        lines = [*statements, f"y = {printer.use('select')}(np.isnan(x), x, {results[0]})"]
    else:
        lines = [*statements, f"y = {results[0]}" if results[0] != printer.variable else "y = x.copy()"]
    for regime, result in zip(chosen, results[1:], strict=True):
        lines.append(f"y = {printer.use('select')}({_condition(regime)}, {result}, y)")
    short = [] if chosen or plan.points else short_way(base, 1 - share(base), _float, printer)
    if short:
        lines += [line for r in masked for line in _one_masked(r, printer)]
    elif masked:
        lines += _masked(masked, [r for r in regimes if r not in masked], regimes, printer)
    return [*short, *lines]


def _masked(masked: list[Regime], dense: list[Regime], regimes: list[Regime], printer: NumpyPrinter) -> list[str]:
    """The rare parts; those beyond all dense ones behind one test of the extremes."""
    first = min(regimes.index(r) for r in regimes if r in dense or share(r) >= BULK)
    last = max(regimes.index(r) for r in regimes if r in dense or share(r) >= BULK)
    tails = [r for r in masked if not first <= regimes.index(r) <= last]
    lines = [line for r in masked if r not in tails for line in _one_masked(r, printer)]
    if tails:
        tests = []
        if first > 0:
            tests.append(f"x.min() >= {_float(regimes[first].left)}")
        if last < len(regimes) - 1:
            tests.append(f"x.max() <= {_float(regimes[last].right)}")
        lines.append(f"if not ({' and '.join(tests)}):")
        lines += [f"    {line}" for r in tails for line in _one_masked(r, printer)]
    return lines


def _one_masked(regime: Regime, printer: NumpyPrinter) -> list[str]:
    lines = [f"here = {_condition(regime)}"]
    if regime.form.constant:
        return [*lines, f"y[here] = {printer.body(regime.form)[1]}"]
    inner = NumpyPrinter("t", printer.imports)
    statements, result = inner.body(regime.form)
    reason = f"  # {regime.reason}" if regime.reason else ""
    return [
        *lines,
        f"if here.any():{reason}",
        "    t = x[here]",
        *(f"    {s}" for s in statements),
        f"    y[here] = {result}",
    ]


def share(regime: Regime) -> float:
    """How much of typical data, normal with standard deviation 3, a part of the line receives."""
    return (math.erf(regime.right / 4.25) - math.erf(regime.left / 4.25)) / 2


def _cost(form: Form) -> int:
    return sum(_weight(node) for node in form.nodes() if node.arguments)


def _weight(node: Form) -> int:
    if node.operation in (
        "polynomial",
        "exp_polynomial",
        "exp_tower",
        "sin_polynomial",
        "cos_polynomial",
        "erf",
        "erfc",
        "erfcx",
        "normal_cdf",
    ):
        return LONG
    return (
        1
        if node.operation in PRIMITIVES and (PRIMITIVES[node.operation].infix or PRIMITIVES[node.operation].unit == 0)
        else 3
    )


def _condition(regime: Regime) -> str:
    conditions = []
    if regime.left == regime.right:
        return f"x == {_float(regime.left)}"
    if regime.left > -math.inf:
        previous = math.nextafter(regime.left, -math.inf)
        shorter = len(_float(previous)) < len(_float(regime.left))
        conditions.append(f"x > {_float(previous)}" if shorter else f"x >= {_float(regime.left)}")
    if regime.right < math.inf:
        following = math.nextafter(regime.right, math.inf)
        shorter = len(_float(following)) <= len(_float(regime.right))
        conditions.append(f"x < {_float(following)}" if shorter else f"x <= {_float(regime.right)}")
    return (
        f"({conditions[0]}) & ({conditions[1]})" if len(conditions) == 2 else conditions[0] if conditions else "x == x"
    )


def _clamped(regime: Regime) -> Form:
    """The form with its argument kept inside the regime."""
    return regime.form if _linear(regime.form) else regime.form.substitute(_clamp(regime))


def _linear(form: Form) -> bool:
    """Whether a form can neither warn nor overflow: x, a constant, a multiple of x by at most 1."""
    if form is X or form.constant:
        return True
    if form.operation == "multiply":
        a, b = form.arguments
        return a.operation == "number" and abs(a.payload) <= 1 and b is X
    if form.operation == "divide":
        a, b = form.arguments
        return b.operation == "number" and abs(b.payload) >= 1 and a is X
    return form.operation == "negate" and form.arguments[0] is X


def _clamp(regime: Regime) -> Form:
    result = X
    if (right := _round_end(regime.right, math.inf, regime.closed)) < math.inf:
        result = operate("minimum", result, number(Rational(right)))
    if (left := _round_end(regime.left, -math.inf, regime.closed)) > -math.inf:
        result = operate("maximum", result, number(Rational(left)))
    return result


def _round_end(end: float, direction: float, closed: bool) -> float:
    """The end itself, or the round float just beyond it where only that separates the cells."""
    if closed or abs(end) > LARGEST / 4:
        return end
    beyond = math.nextafter(end, direction)
    return beyond if len(_float(beyond)) < len(_float(end)) else end


def _shares_exponential(together: list[Regime]) -> bool:
    """Whether two parts meet at 0 and both decay away from it, so that exp(−|x|) serves both."""
    if len(together) != 2:
        return False
    low, high = sorted(together, key=lambda r: r.left)
    up, down = operate("exp", X), operate("exp", -X)
    return (
        _cut(low.right) == 0.0
        and any(n is up for n in low.form.nodes())
        and any(n is down for n in high.form.nodes())
        and not any(n is down for n in low.form.nodes())
        and not any(n is up for n in high.form.nodes())
        and all(_harmless(n, (up, down)) for r in (low, high) for n in r.form.nodes())
    )


def _harmless(node: Form, exponentials: tuple[Form, ...]) -> bool:
    """Whether an operation can be run on all x once the exponential decays on both sides."""
    if node.operation == "multiply":
        return any(a.constant or a in exponentials for a in node.arguments)
    return node in exponentials or node.operation in ("x", "number", "negate", "add", "subtract", "divide", "log1p")


def _mirrored(regime: Regime) -> Form:
    """exp(∓x) written as exp(−|x|); the ends of the regime stay clamped."""
    own = operate("exp", X) if _cut(regime.right) == 0.0 else operate("exp", -X)
    away = (
        Regime(-math.inf, regime.right, regime.form)
        if regime.right == math.inf
        else Regime(regime.left, math.inf, regime.form)
    )
    decayed = operate("exp", -operate("absolute", X))
    return (
        regime.form.replace(own, decayed).substitute(_clamp(away))
        if _needs_clamp(away)
        else regime.form.replace(own, decayed)
    )


def _needs_clamp(regime: Regime) -> bool:
    return math.isfinite(regime.left) or math.isfinite(regime.right)
