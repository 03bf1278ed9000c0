"""The facts of the contract, in its order: name → the function that decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symnet.analysis.asymptotes import asymptotes
from symnet.analysis.centre import symmetry_center
from symnet.analysis.continuity import continuous, jumps
from symnet.analysis.convexity import convexity
from symnet.analysis.critical import critical_points, extrema, inflection_points
from symnet.analysis.domain import domain
from symnet.analysis.ends import limit_at_minus_infinity, limit_at_plus_infinity
from symnet.analysis.fact import Fact
from symnet.analysis.inverse import inverse
from symnet.analysis.kinks import kinks
from symnet.analysis.lipschitz import lipschitz
from symnet.analysis.monotonicity import monotonicity
from symnet.analysis.periodicity import period
from symnet.analysis.range import infimum, supremum
from symnet.analysis.relation import derivative_in_terms_of_f
from symnet.analysis.smoothness import smoothness
from symnet.analysis.subject import Subject
from symnet.analysis.symmetry import parity
from symnet.analysis.zeros import fixed_points, zeros

FACTS: Mapping[str, Callable[[Subject], Fact]] = {
    function.__name__: function
    for function in (
        domain,
        limit_at_minus_infinity,
        limit_at_plus_infinity,
        asymptotes,
        infimum,
        supremum,
        zeros,
        fixed_points,
        critical_points,
        extrema,
        monotonicity,
        inflection_points,
        convexity,
        continuous,
        jumps,
        kinks,
        smoothness,
        lipschitz,
        parity,
        symmetry_center,
        period,
        inverse,
        derivative_in_terms_of_f,
    )
}
