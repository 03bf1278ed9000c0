"""Functions with infinitely many pieces that do not repeat, such as x*tan(x) or x*sign(cos(x)): what is proved all the same.

Three sources: the pieces on a window around [-10, 10], where one place is enough to refute a claim about the whole line; the
build of the tree; and limits along q + k*P (`frozen`). What needs all pieces at once stays undecided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from symnet.analysis.endless_far import (
    asymptotes,
    infimum,
    limit_at_minus_infinity,
    limit_at_plus_infinity,
    lipschitz,
    period,
    supremum,
)
from symnet.analysis.endless_near import (
    continuous,
    convexity,
    domain,
    inverse,
    jumps,
    kinks,
    monotonicity,
    parity,
    smoothness,
    symmetry_center,
)
from symnet.analysis.fact import Fact
from symnet.analysis.subject import Subject

ENDLESS: Mapping[str, Callable[[Subject], Fact]] = {
    function.__name__: function
    for function in (
        domain,
        limit_at_minus_infinity,
        limit_at_plus_infinity,
        asymptotes,
        infimum,
        supremum,
        monotonicity,
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
    )
}
