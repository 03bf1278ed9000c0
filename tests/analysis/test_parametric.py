"""Facts for every value of a parameter, against the ordinary analysis of the function at many values.

The ordinary analysis has numbers where the facts have a parameter; the two are compared as numbers by SymPy, which took
no part in either. The values lie on, just beside and far from every critical value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
import sympy
from flint import fmpq

from symnet.analysis import Analysis, analyse
from symnet.analysis.facts import FACTS
from symnet.analysis.parametric import cases as cases_room
from symnet.definitions.activation import activations
from symnet.definitions.expression import read
from symnet.definitions.reading import names
from symnet.errors import DefinitionError, SymnetError

FAMILIES = {
    "elu": "alpha>0",
    "celu": "alpha>0",
    "prelu": "alpha real",
    "leaky_relu": "alpha>=0",
    "swish": "beta>0",
    "softplus": "beta>0",
    "hardshrink": "lam>0",
    "max(alpha*x, x)": "alpha real",
    "x/(1+exp(-b*x))": "b real",
    "log(1+exp(x)) + c": "c real",
    "max(0, x - theta)": "theta real",
    "exp(-a*x^2)": "a>0",
    "min(max(x, -c), c)": "c>=0",
}
MORE = {
    **dict.fromkeys(
        (
            "abs(x) + a*x", "min(x, a)*x", "x*max(0, x-a)", "max(0, x)^2 + a*x", "abs(x-a)", "abs(x) - abs(x-a)",
            "sign(x-a)", "where(x<a, 0, x)", "where(x<0, a*x^2, x)", "where(x<0, a, x)", "where(x<1, a*x, x^2)",
            "1/(x-a)", "1/(x^2+a)", "x/(x^2+a)", "(x-a)/(x+1)", "a/x", "sqrt(x^2+a)", "sqrt(x-a)", "log(x-a)",
            "log(a+exp(x))", "exp(a*x)", "a*exp(x) + x", "exp(x) + a*exp(-x)", "1/(a+exp(-x))", "tanh(a*x)", "a*tanh(x)",
            "atan(a*x)", "x*exp(-a*x)", "x^3 + a*x", "x^4 - a*x^2", "max(-a, min(x, a))", "max(0, min(1, a*x + 1/2))",
            "abs(x)^a", "(1 + x^2)^a", "a*x/x", "sqrt(a*x)", "cbrt(x-a)", "max(exp(x) - a, 0)", "max(x, a*x, -x)",
            "Heaviside(x-a)", "abs(abs(x) - a)", "(exp(x) - a)/(exp(x) + a)", "1/(1 + a*x^2)", "x*erf(a*x)", "a + 0*x",
        ),
        "a real",
    ),
    **dict.fromkeys(
        ("x/(a + abs(x))", "sqrt(a^2 + x^2) - a", "x - max(-a, min(x, a))", "where(x<0, a*(exp(x/a)-1), x)",
         "where(x<0, log(1 - a*x), x)", "where(x<0, x/sqrt(1 + a*x^2), x)", "where(x>0, x^2/(x+a), 0)", "a^x",
         "(1 + exp(-x))^(-a)", "x*abs(x)^a", "log(1 + exp(a*x))/a", "exp(log(x)*a)", "softplus(x) - a"),
        "a>0",
    ),
}  # fmt: skip
"""Formulas that are compared with the ordinary analysis only when there is time; what is undecided does not matter."""
UNDECIDED = {
    "log(1+exp(x)) + c": {"fixed_points"},
    "exp(-a*x^2)": {"fixed_points"},
}
"""What is not decided for all values; everything else must be."""
NEAR = Fraction(1, 1000)
WORDS = {"oo": sympy.oo, "-oo": -sympy.oo}
SAMPLES = [Fraction(n, 7) for n in (-31, -12, -5, -1, 0, 2, 9, 40)]


@cache
def general(text: str) -> Analysis:
    return analyse(text, assume=assumption(text))


@cache
def special(text: str, value: Fraction) -> Analysis:
    name = parameter(text)
    return analyse(
        activations[text].with_parameters(**{name: str(value)}) if text in activations else typed(text, name, value)
    )


def typed(text: str, name: str, value: Fraction) -> Any:
    from symnet.definitions.expression import typed_activation

    return typed_activation(text, None, {name: str(value)})


def assumption(text: str) -> str:
    return FAMILIES.get(text) or MORE[text]


def parameter(text: str) -> str:
    return assumption(text).split(">")[0].split()[0]


def values(text: str) -> list[Fraction]:
    """Values on, just beside and far from the critical ones, as far as the assumption allows."""
    found = {Fraction(1, 100), Fraction(3, 7), Fraction(5, 2), Fraction(40)}
    if "real" in assumption(text):
        found |= {-value for value in found} | {Fraction(0)}
    if ">=" in assumption(text):
        found.add(Fraction(0))
    for fact in general(text).facts.values():
        for critical in criticals(fact.value):
            found |= {critical, critical - NEAR, critical + NEAR}
    least = {True: None, False: Fraction(0)}["real" in assumption(text)]
    strict = ">=" not in assumption(text)
    return sorted(v for v in found if least is None or v > least or (v == least and not strict))


def criticals(value: Any) -> Iterator[Fraction]:
    for case in cases(value):
        for word in clauses(case["if"]):
            exact = expression(word.split(maxsplit=2)[2], {})
            yield Fraction(str(exact)) if exact.is_Rational else Fraction(str(exact.evalf(12)))


def cases(value: Any) -> list[Mapping[str, Any]]:
    return value["cases"] if isinstance(value, dict) and "cases" in value else []


def clauses(condition: str) -> list[str]:
    parts = condition.split(" & ")
    return parts if len(parts) == 1 else [part[1:-1] for part in parts]


def holds(condition: str, value: Fraction) -> bool:
    for word in clauses(condition):
        _, sign, bound = word.split(maxsplit=2)
        difference = sympy.sign(sympy.Rational(value) - expression(bound, {}))
        zero = 0
        if not {"<=": difference <= zero, ">=": difference >= zero, "==": difference == zero,
                "<": difference < zero, ">": difference > zero}[sign]:  # fmt: skip
            return False
    return True


def at(value: Any, where: Fraction) -> Any:
    """The value of the case that holds; KeyError where none does."""
    if not cases(value):
        return value
    holding = [case["value"] for case in cases(value) if holds(case["if"], where)]
    assert len(holding) <= 1, "two cases hold at once"
    if not holding:
        raise KeyError(where)
    return holding[0]


def expression(text: str, substitutions: Mapping[str, Any]) -> sympy.Expr:
    """A text of a fact as a SymPy expression, some of its names replaced."""
    if "LambertW(" in text:
        text, inner = without_lambert(text)
        argument, _, branch = inner.partition(", ")
        root = sympy.LambertW(expression(argument, substitutions), int(branch or 0))
        return expression(text, {**substitutions, "w": root.evalf(50)})
    free = names(text)
    main = next((name for name in ("x", "y") if name in free), None)
    typed = read(text, {name: "real" for name in free if name != main})
    symbols = {name: sympy.sympify(value) for name, value in substitutions.items()}
    return typed.expression(symbols.get(typed.variable), symbols)


def without_lambert(text: str) -> tuple[str, str]:
    """The text with w for its one call of LambertW, and what stands in the brackets."""
    start = text.index("LambertW(")
    depth, stop = 1, start + len("LambertW(")
    while depth:
        depth += {"(": 1, ")": -1}.get(text[stop], 0)
        stop += 1
    return f"{text[:start]}w{text[stop:]}", text[start + len("LambertW(") : stop - 1]


def number(text: str, name: str, value: Fraction) -> sympy.Expr:
    return WORDS[text] if text in WORDS else expression(text, {name: value}).evalf(45)


def same(a: Any, b: Any, name: str, value: Fraction) -> bool:
    """Whether a claim with a parameter is the claim without, once the parameter has its value."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key], name, value) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y, name, value) for x, y in zip(a, b, strict=True))
    if a == b or not (isinstance(a, str) and isinstance(b, str)):
        return a == b
    try:
        one, other = number(a, name, value), number(b, name, value)
    except SymnetError:
        return False
    if one.is_infinite or other.is_infinite or one.is_number is False:
        return bool(one == other)
    return bool(abs(one - other) <= 1e-28 * (1 + abs(other)))


def function(text: str, value: Fraction) -> sympy.Expr:
    symbols = {"x": sympy.Symbol("x", real=True), parameter(text): value}
    return expression(special(text, value).expression, symbols)


def check_inverse(claim: Any, text: str, value: Fraction) -> None:
    """f(inverse(y)) = y at points of the domain."""
    x, f = sympy.Symbol("x", real=True), function(text, value)
    name = parameter(text)
    low, high = (number(end, name, value) for end in claim["domain"]["intervals"][0])
    for y in SAMPLES:
        if low < y < high:
            back = expression(claim["expression"], {"y": y, name: value}).evalf(40)
            assert abs(f.subs(x, back).evalf(40) - y) < 1e-20, (value, y)


def check_relation(claim: str, text: str, value: Fraction) -> None:
    """f′(x) from f(x) at points beside the breakpoints."""
    x, f = sympy.Symbol("x", real=True), function(text, value)
    name = parameter(text)
    for sample in SAMPLES:
        point = sympy.Rational(sample) + sympy.Rational(1, 1013)
        if not any(
            number(low, name, value) < point < number(high, name, value)
            for low, high in special(text, value).facts["domain"].value["intervals"]
        ):
            continue
        height, slope = f.subs(x, point).evalf(60), sympy.diff(f, x).subs(x, point).evalf(40)
        if not (height.is_real and slope.is_real):
            continue
        claimed = expression(claim, {"x": point, "f": height, name: value}).evalf(40)
        assert abs(claimed - slope) < 1e-25 * (1 + abs(slope)), (value, sample)


def disagreements(text: str) -> list[tuple[str, Fraction]]:
    name, found = parameter(text), []
    for value in values(text):
        facts = special(text, value).facts
        for key, fact in general(text).facts.items():
            if fact.verdict == "unknown" or facts[key].verdict == "unknown":
                continue
            try:
                claim = at(fact.value, value)
            except KeyError:
                if not fact.evidence.get("partial"):
                    found.append((key, value))
                continue
            if key == "inverse" and claim is not None and facts[key].value is not None:
                check_inverse(claim, text, value)
                claim, other = claim["domain"], facts[key].value["domain"]
            elif key == "derivative_in_terms_of_f" and claim is not None:
                check_relation(claim, text, value)
                continue
            else:
                other = facts[key].value
            if not same(claim, other, name, value):
                found.append((key, value))
    return found


@pytest.mark.parametrize("text", FAMILIES)
def test_every_value_is_as_the_ordinary_analysis_says(text: str) -> None:
    assert disagreements(text) == []


@pytest.mark.slow
@pytest.mark.parametrize("text", MORE)
def test_every_value_of_more_formulas(text: str) -> None:
    assert disagreements(text) == []


@pytest.mark.parametrize("text", FAMILIES)
def test_everything_is_decided(text: str) -> None:
    facts = general(text).facts
    assert list(facts) == list(FACTS)
    undecided = {name for name, fact in facts.items() if fact.verdict == "unknown" or fact.evidence.get("partial")}
    assert undecided <= UNDECIDED.get(text, set())


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("elu", "smoothness", [("alpha < 1", 0), ("alpha == 1", 1), ("alpha > 1", 0)]),
        ("elu", "convexity", [("alpha <= 1", "convex"), ("alpha > 1", "neither")]),
        ("leaky_relu", "convexity", [("alpha < 1", "convex"), ("alpha == 1", "linear"), ("alpha > 1", "concave")]),
        ("prelu", "monotonicity", [("alpha < 0", "non-monotone"), ("alpha == 0", "nondecreasing"),
                                   ("alpha > 0", "strictly increasing")]),
    ],
)  # fmt: skip
def test_cases(text: str, name: str, value: list[tuple[str, Any]]) -> None:
    fact = general(text).facts[name]
    assert [(case["if"], case["value"]) for case in fact.value["cases"]] == value


def test_the_words_of_elu() -> None:
    facts = general("elu").facts
    assert facts["infimum"].value == {"value": "-alpha", "attained": False, "at": [], "intervals": []}
    assert [c["value"]["value"] for c in facts["lipschitz"].value["cases"]] == ["1", "alpha"]
    assert facts["inverse"].value["expression"] == "Piecewise((log((alpha + y)/alpha), y < 0), (y, True))"
    assert all(fact.conditions == ("alpha > 0",) for fact in facts.values())


@pytest.mark.parametrize("text", ["elu", "leaky_relu", "prelu"])
def test_a_wrong_critical_value_is_caught(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """The comparison above fails when the cases part a little beside the place where a sign changes."""
    right = cases_room.spell
    monkeypatch.setattr(cases_room, "spell", lambda at: right(at + at.field.rational(1).scaled(fmpq(1, 500))))
    general.cache_clear()
    try:
        assert disagreements(text)
    finally:
        general.cache_clear()


def test_two_parameters() -> None:
    facts = analyse("pelu", assume=["alpha>0", "beta>0"]).facts
    assert facts["lipschitz"].value["value"] == "alpha/beta"
    assert facts["infimum"].value["value"] == "-alpha"
    assert facts["smoothness"].value == 1


def test_whole_exponents_keep_a_power_undecided() -> None:
    """x^2 is defined for negative x and x^(5/2) is not, so that no claim about x^a holds for every a > 0."""
    assert {fact.verdict for fact in analyse("x^a", assume="a>0").facts.values()} == {"unknown"}


@pytest.mark.parametrize(
    ("target", "assume", "message"),
    [
        ("elu", "beta>0", "elu has no parameter 'beta'; it has alpha"),
        ("elu", "alpha>", "cannot assume"),
        ("elu", "__import__('os')", "cannot assume"),
        ("elu", ["alpha>0", "alpha real"], "two assumptions are made about 'alpha'"),
        ("elu", {"alpha": "prime"}, "cannot assume that 'alpha' is 'prime'"),
        ("x", "alpha>0", "'alpha' does not occur in x"),
        ("x*y", "y>0", "a parameter cannot be called 'y' here"),
        ("f*x", "f>0", "a parameter cannot be called 'f' here"),
    ],
)
def test_refusals(target: str, assume: Any, message: str) -> None:
    with pytest.raises(DefinitionError, match=message.replace("(", r"\(").replace(")", r"\)")):
        analyse(target, assume=assume)
