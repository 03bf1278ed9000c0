"""The extra facts: name → the function that decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from symnet.analysis.extras.algebra import homogeneity, idempotence
from symnet.analysis.extras.antiderivative import antiderivative
from symnet.analysis.extras.curvature import convexity_intervals
from symnet.analysis.extras.distance import sibling_distances
from symnet.analysis.extras.gaussian import gaussian_moments
from symnet.analysis.extras.gradient import clarke_subdifferentials, gradient_bounds, saturation
from symnet.analysis.extras.reflections import reflection_identities
from symnet.analysis.extras.siblings import relations
from symnet.analysis.extras.taylor import taylor_at_zero
from symnet.analysis.fact import Fact
from symnet.analysis.refinement import refined
from symnet.analysis.subject import Subject

QUESTIONS = (
    convexity_intervals,
    gradient_bounds,
    clarke_subdifferentials,
    saturation,
    reflection_identities,
    homogeneity,
    idempotence,
    taylor_at_zero,
    antiderivative,
    gaussian_moments,
    relations,
    sibling_distances,
)
EXTRAS: Mapping[str, Callable[[Subject], Fact]] = {
    question.__name__: partial(refined, question=question) for question in QUESTIONS
}
