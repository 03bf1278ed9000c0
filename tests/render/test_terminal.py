"""The terminal at every width, in Unicode, in ASCII, with and without colour."""

import io
import re

import pytest
from rich.cells import cell_len

from symnet.render import render
from symnet.render.surroundings import surroundings

SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("width", [40, 52, 66, 80, 100, 120])
def test_no_line_is_wider_than_the_terminal(demo, width, unicode):
    for line in render(demo, "terminal", width=width, unicode=unicode).split("\n"):
        allowed = width if "np." not in line and "https" not in line else 200
        assert cell_len(line) <= allowed, line


def test_ascii_is_ascii_and_keeps_the_content(demo):
    page = render(demo, "terminal", unicode=False)
    assert page.isascii()
    for word in ("sigma'(x) = sigma(x)*(1 - sigma(x))", "alpha*", "x >= 0", "Difficulty: Easy"):
        assert word in page


def test_colour_changes_nothing_but_colour(demo):
    plain, colored = render(demo, "terminal"), render(demo, "terminal", color=True)
    assert "\x1b" not in plain
    assert "\x1b[" in colored
    stripped = "\n".join(line.rstrip() for line in SGR.sub("", colored).split("\n"))
    assert stripped == plain.replace("`", "") or stripped.replace("`", "") == plain.replace("`", "")


class Stream(io.StringIO):
    def __init__(self, terminal, encoding):
        super().__init__()
        self._terminal, self._encoding = terminal, encoding

    def isatty(self):
        return self._terminal

    @property
    def encoding(self):
        return self._encoding


@pytest.mark.parametrize(
    ("terminal", "encoding", "environ", "expected"),
    [
        (True, "utf-8", {"COLUMNS": "100"}, {"width": 100, "unicode": True, "color": True}),
        (True, "utf-8", {"COLUMNS": "200", "NO_COLOR": "1"}, {"width": 120, "unicode": True, "color": False}),
        (True, "ascii", {"COLUMNS": "60", "TERM": "dumb"}, {"width": 60, "unicode": False, "color": False}),
        (False, "utf-8", {}, {"width": 80, "unicode": True, "color": False}),
        (False, None, {}, {"width": 80, "unicode": False, "color": False}),
        (False, "latin-1", {"COLUMNS": "7"}, {"width": 20, "unicode": False, "color": False}),
        (True, "no-such", {}, {"width": 80, "unicode": False, "color": True}),
    ],
)
def test_surroundings(terminal, encoding, environ, expected):
    assert surroundings(Stream(terminal, encoding), environ) == expected
