"""Layouts: ticks, clipping, thinning, elided columns, shades; and the SVG that is drawn from them."""

import itertools
from xml.etree import ElementTree

import pytest
import render_demo

from symnet.errors import RenderError
from symnet.render.figures.curve import clipped, graph, thinned
from symnet.render.figures.dots import Dots
from symnet.render.figures.network import drawing, visible
from symnet.render.figures.pictures import LEVELS, bands, levels, mosaic
from symnet.render.figures.ticks import rounded, ticks
from symnet.render.writers.svg import svg
from symnet.sheet import Curve, CurveSeries, Diagram, Paragraph, Text

FIGURES = [render_demo.curve(), render_demo.diagram(), render_demo.small_diagram(), render_demo.pictures()]


@pytest.mark.parametrize(
    ("low", "high"), [(-4, 4), (0, 1), (-0.3, 0.7), (1e-9, 3e-9), (-1e6, 5e6), (-1.05, 1.05), (2, 3.3)]
)
def test_ticks_are_round_and_inside(low, high):
    found = ticks(low, high, 8)
    assert 3 <= len(found) <= 9
    values = [at for at, _ in found]
    assert all(low - 1e-9 * (high - low) <= at <= high + 1e-9 * (high - low) for at in values)
    steps = [b - a for a, b in itertools.pairwise(values)]
    assert max(steps) == pytest.approx(min(steps))
    assert [float(label.replace("−", "-")) for _, label in found] == values


def test_a_branch_is_cut_exactly_at_the_window():
    series = CurveSeries(Text("x"), (((-3.0, -3.0), (0.0, 0.0), (3.0, 3.0), (6.0, 0.0)),))
    window = Curve((series,), (-2.0, 5.0), (-1.0, 2.0))
    assert clipped(series, window) == (((-1.0, -1.0), (0.0, 0.0), (2.0, 2.0)), ((4.0, 2.0), (5.0, 1.0)))


def test_thinning_keeps_kinks_and_ends():
    line = tuple((k / 10, max(0.0, k / 10 - 5)) for k in range(101))
    assert thinned(line) == ((0.0, 0.0), (5.0, 0.0), (10.0, 5.0))


def test_a_jump_is_a_gap_and_a_kink_is_sampled():
    layout = graph(render_demo.curve())
    function, slope = layout.lines
    assert len(function.paths) == 1
    assert len(slope.paths) == 2
    assert (layout.marks[0].x, layout.marks[0].y) in function.paths[0]
    assert function.style != slope.style


def test_labels_stay_on_the_page_and_off_each_other():
    layout = graph(render_demo.curve())
    (xa, ya), (xb, yb) = (mark.words for mark in layout.marks)
    assert abs(ya - yb) >= 14 or abs(xa - xb) > 100
    assert all(0 < y < layout.height for y in (ya, yb))


@pytest.mark.parametrize(
    ("size", "shown", "expected"),
    [
        (3, 8, ((0, 1, 2), ())),
        (8, 8, (tuple(range(8)), ())),
        (784, 8, ((0, 1, 2, 3), (780, 781, 782, 783))),
        (10, 5, ((0, 1, 2), (8, 9))),
    ],
)
def test_long_columns_are_elided(size, shown, expected):
    assert visible(size, shown) == expected


def test_wires_carry_sign_and_strength():
    layout = drawing(render_demo.small_diagram())
    assert [wire.negative for wire in layout.wires] == [False, False, False, False, False, True]
    assert [wire.strength for wire in layout.wires[-2:]] == [0.5, 1.0]
    assert len(drawing(Diagram((784, 16, 10), ())).wires) == 8 * 8 + 8 * 8


def test_shades_cover_the_scale_and_keep_the_sign():
    assert levels(((-2.0, 0.0, 1.0),), signed=True) == ((-LEVELS, 0, LEVELS // 2),)
    assert levels(((0.0, 8.0, 16.0),), signed=False) == ((0, LEVELS // 2, LEVELS),)
    assert levels(((0.0, 0.0),), signed=True) == ((0, 0),)
    assert [(band.column, band.length, band.level) for band in bands(((1, 1, 0, 2, 2, 2),))] == [(0, 2, 1), (3, 3, 2)]
    assert sum(band.length for band in mosaic(render_demo.pictures()).tiles[1].bands) == 64


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: type(figure).__name__)
def test_svg_stands_alone_and_says_what_it_shows(figure):
    root = ElementTree.fromstring(svg(figure))
    space = {"s": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert root.find("s:title", space).text
    if figure.description:
        assert root.find("s:desc", space).text in root.get("aria-label")
    assert "prefers-color-scheme: dark" in root.find("s:style", space).text
    assert svg(figure) == svg(figure)


def test_only_figures_become_svg():
    with pytest.raises(RenderError, match="a Paragraph is no figure"):
        svg(Paragraph(Text("no")))


def test_braille_dots():
    dots = Dots(2, 1)
    dots.line(0, 0, 3, 3, "function")
    assert "".join(letter for letter, _ in dots.cells({})[0]) == "⠑⢄"
    assert rounded(-0.001) == 0
    assert str(rounded(-0.001)) == "0.0"
