"""Numbers that were worked out elsewhere, against the certified digits."""

import mpmath
import pytest

from symnet.analysis import analyse

MISH = "x*tanh(log(1+exp(x)))"
SILU = "x/(1+exp(-x))"
GELU = "x*(1+erf(x/sqrt(2)))/2"
SERF = "x*erf(log(1+exp(x)))"
TANHEXP = "x*tanh(exp(x))"


@pytest.fixture(scope="module")
def facts():
    known = {}

    def of(text):
        if text not in known:
            known[text] = analyse(text).facts
        return known[text]

    return of


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        (SILU, "-1.27846454276107379510935873902", "-0.27846454276107379510935873902"),
        (GELU, "-0.7517915246935644574579049467795", "-0.16997120747990366169386847098"),
        (MISH, "-1.19243121451549521213758834042", "-0.30884341301725040662876022904"),
        (SERF, "-1.19305996892818796618", "-0.34843745875960642022"),
        (TANHEXP, "-1.07886005846462405665", "-0.35328577784821127099"),
    ],
)
def test_minimum(facts, text, at, value):
    claim = facts(text)["infimum"].value
    assert claim["attained"]
    assert claim["at"][0].startswith(at[:-1])
    assert claim["value"].startswith(value[:-1])
    assert len(claim["value"].lstrip("-0.")) >= 30


@pytest.mark.parametrize(
    ("text", "constant", "at"),
    [
        (SILU, "1.09983932012886691695818", ["2.39935728051546766783273969728"]),
        (GELU, "1.128904145185154786340744", ["1.41421356237309504880168872420"]),
        (MISH, "1.08849816125172786122829362739", ["1.49057117948542845929"]),
        (SERF, "1.08612544415099715338", None),
        (TANHEXP, "1.06197530871791596923", None),
        ("x*tanh(x)", "1.19967864025773383392", ["-1.19967864025773383392", "1.19967864025773383392"]),
        ("x*min(max(x+3,0),6)/6", "1.5", ["3"]),
    ],
)
def test_lipschitz_constant(facts, text, constant, at):
    claim = facts(text)["lipschitz"].value
    assert claim["attained"]
    assert claim["value"].startswith(constant[:-1])
    if at is not None:
        assert [point[: len(found) - 1] for point, found in zip(claim["at"], at, strict=True)] == [a[:-1] for a in at]


@pytest.mark.parametrize("text", [SILU, GELU, MISH])
def test_digits_are_right_to_the_last_one(facts, text):
    """The printed critical point, solved again by mpmath with 60 digits."""
    functions = {
        SILU: lambda x: x / (1 + mpmath.exp(-x)),
        GELU: lambda x: x * (1 + mpmath.erf(x / mpmath.sqrt(2))) / 2,
        MISH: lambda x: x * mpmath.tanh(mpmath.log(1 + mpmath.exp(x))),
    }
    with mpmath.workdps(60):
        printed = facts(text)["critical_points"].value["points"][0]
        root = mpmath.findroot(lambda x: mpmath.diff(functions[text], x), mpmath.mpf(printed[:12]))
        places = len(printed.partition(".")[2])
        assert abs(root - mpmath.mpf(printed)) <= mpmath.mpf(10) ** -places / 2 * (1 + mpmath.mpf(10) ** -9)


def test_bent_identity(facts):
    claim = facts("(sqrt(x^2+1)-1)/2+x")["asymptotes"].value
    assert claim == [
        {"side": "-oo", "slope": "0.5", "intercept": "-0.5"},
        {"side": "oo", "slope": "1.5", "intercept": "-0.5"},
    ]
