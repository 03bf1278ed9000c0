"""The differentiation rules, one family a file, in the order in which they are tried."""

from symnet.calculus.rules.algebra import (
    constant,
    constant_factor,
    exponential_of_base,
    identity,
    logarithmic,
    power,
    product,
    quotient,
    reciprocal,
    sum_,
)
from symnet.calculus.rules.branches import maximum, minimum, piecewise
from symnet.calculus.rules.chain import chain
from symnet.calculus.rules.elementary import ELEMENTARY
from symnet.calculus.rules.rule import Rule, standing

RULES: tuple[Rule, ...] = (
    constant,
    identity,
    sum_,
    constant_factor,
    reciprocal,
    quotient,
    product,
    power,
    exponential_of_base,
    *ELEMENTARY,
    maximum,
    minimum,
    piecewise,
    logarithmic,
    chain,
)
"""Every rule; the first that applies is taken."""

__all__ = ["ELEMENTARY", "RULES", "Rule", "standing"]
