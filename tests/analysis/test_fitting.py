"""Proposals of relations: the quick test never loses a fit, and the doubles of trees are those of a second reader."""

import math
import random

import pytest
from agreement.evaluation import evaluator

from symnet.analysis.extras.distance import FAR, GRID, NEAR, NEAREST, _nearest
from symnet.analysis.extras.fitting import Target, fitted
from symnet.analysis.extras.sampling import POINTS, Curve, catalogue
from symnet.analysis.extras.siblings import USUAL
from symnet.definitions.expression import read
from symnet.definitions.spelling import to_text

BASES = ([], [(1.0,) * len(POINTS)], [(1.0,) * len(POINTS), POINTS])


@pytest.mark.parametrize("unknowns", [0, 1, 2])
def test_the_quick_test_admits_every_fit(unknowns):
    """Targets made of a column and a polynomial, with an error up to half the tolerance."""
    random.seed(unknowns)
    for curve in catalogue().values():
        for scale in (1, -1, 0.5, 6):
            column = [curve(scale * x) for x in POINTS]
            if not all(map(math.isfinite, column)):
                continue
            weight, *rest = (random.randint(1, 99) / random.randint(1, 40) for _ in range(unknowns + 1))
            exact = [
                weight * v + sum(w * base[k] for w, base in zip(rest, BASES[unknowns], strict=True))
                for k, v in enumerate(column)
            ]
            size = 1 + max(map(abs, exact))
            values = tuple(v + 5e-11 * size * random.uniform(-1, 1) for v in exact)
            assert Target(values, unknowns).admits(column.__getitem__, range(len(POINTS)), {})


@pytest.mark.parametrize("unknowns", [0, 1, 2])
def test_what_it_rejects_has_no_fit(unknowns):
    curves = list(catalogue().items())[::5]
    rejected = 0
    for _, f in curves:
        target = Target(f.values, unknowns)
        for _, g in curves:
            for scale in USUAL:
                column = [g(scale * x) for x in POINTS]
                if not target.admits(column.__getitem__, range(len(POINTS)), {}):
                    rejected += 1
                    assert fitted(f.values, [column, *BASES[unknowns]]) is None
    assert rejected > len(curves) ** 2 * len(USUAL) / 2, "it is quick because it rejects nearly all"


def test_doubles_are_those_of_the_second_reader():
    for name, curve in catalogue().items():
        second = evaluator(to_text(curve.tree))
        for x, value in zip(POINTS, curve.values, strict=True):
            assert value == pytest.approx(float(second(x)), rel=1e-9, abs=1e-12), name


@pytest.mark.parametrize("text", ["(-1)^x", "1/(x-x)", "log(-1-x^2)", "sqrt(-x)", "Piecewise((x, x > 50))"])
def test_no_value_is_nan(text):
    assert math.isnan(Curve(read(text).tree)(0.5))


@pytest.mark.parametrize("text", ["tanh(x)", "max(0,x)", "x/(1+exp(-x))", "log(1+exp(x))", "atan(x)", "erf(x)"])
def test_the_nearest_are_those_of_a_full_search(text):
    tree = read(text).tree
    f, gaps = Curve(tree), {}
    for name, g in catalogue().items():
        largest = max(abs(f(x) - g(x)) for x in GRID)
        if 1e-9 < largest < NEAR and all(abs(f(s * x) - g(s * x)) < NEAR for x in FAR for s in (1, -1)):
            gaps[name] = largest
    assert [name for name, _ in _nearest(tree)] == sorted(gaps, key=lambda name: (gaps[name], name))[:NEAREST]
