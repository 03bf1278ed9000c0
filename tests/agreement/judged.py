"""The alarms of the numerical witness that people judged."""

JUDGED = {
    "atanh(tanh(x))": "far out tanh(x) is nearer to 1 than any working precision, so that the witness sees no value",
    "cosh(x)^2 - sinh(x)^2": "far out the two squares cancel beyond any working precision",
    "1/(1 + exp(1/x))": "beside 0 the function is nearer to its supremum than any working precision",
    "x + 1e-20*sin(x)": "an oscillation of 1e-20 is below what the witness takes for an asymptote",
    "max(x/3, 0.333333333333333333333333333333*x)": "a kink of 3e-31 is below what the witness takes for smooth",
    "tan(x)/x": "far out f is small except beside its poles, which are too narrow for the witness to meet",
    "(x - 1)/log(x)": "the infimum 0 is approached like -1/log(x) only, 0.015 at 1e-30",
    "sign(cos(x))": "the mirror image of a float about pi/2 is no float, and beside a jump that tips the sign",
    "sign(x)*exp(-abs(x))": "within 1e-12 of its jump the witness takes rounding for curvature",
    "sqrt(x)*sqrt(-x)": "the domain is the point 0 alone, where the witness has nothing to mirror",
    "sqrt(x^2 + 1e-12)": "a bend of width 1e-6 looks like a corner",
    "tanh(1e6*x)": "a step of width 1e-6 looks like a jump",
    "where(x < 1/3, x, 0.3333333333333333)": "a jump of 3e-17 is below what the witness sees",
    "where(x <= sqrt(2), x^2, 2*sqrt(2)*x - 2)": "the second derivatives are compared at a float beside sqrt(2)",
    "where(x < pi, sin(x), pi - x)": "the third derivatives are compared at a float beside pi",
    "x^2 + 1e-50": "a least value of 1e-50 is below what the witness sees",
    "x^2 - 1e-50": "zeros 1e-25 beside 0 are below what the witness sees",
    "Piecewise((x, x < 0), (x^2, x > 0))": "the kink is no point of the domain, and the witness looks 1e-18 beside it",
    "x*sqrt(1 - x^2)": "smoothness at a closed end is one-sided, and the witness looks on both sides",
    "sqrt(x)/(1 + x)": "smoothness at a closed end is one-sided, and the witness looks on both sides",
    "(x^3 - 1)/(x - 1)": "the gap at 1 is one point, which the witness does not meet",
    "(x^2 - 3*x + 2)/(x - 1)": "the gap at 1 is one point, which the witness does not meet",
    "1/tanh(x) - 1/x": "within 1e-12 of the gap at 0 the two terms cancel beyond its precision",
}
"""Alarms of the numerical witness that were judged by hand: the proved fact is right, for the reason given."""
