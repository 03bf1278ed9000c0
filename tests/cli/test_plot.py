"""`symnet plot`: the curve goes through the function's points, in every form."""

import xml.etree.ElementTree as ET

import pytest
from click.testing import CliRunner

from symnet.cli.plot import command
from symnet.definitions.activation import activations
from symnet.errors import SymnetError
from symnet.explain.plot import plot


def run(*words):
    outcome = CliRunner().invoke(command, words)
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    return outcome.output


def test_the_points_are_the_functions():
    curve = plot([activations["relu"], activations["tanh"]], (0, 1), (-2.0, 2.0))
    import math

    by_label = {series.label.values["name"]: series for series in curve.series}
    assert list(by_label) == ["ReLU", "ReLU′", "tanh", "tanh′"]
    for x, y in by_label["tanh′"].branches[0]:
        assert y == pytest.approx(1 - math.tanh(x) ** 2, abs=1e-6)
    assert (0.0, 0.0) in by_label["ReLU"].branches[0]
    left, right = by_label["ReLU′"].branches
    assert left[-1] == (0.0, 0.0) and right[0] == (0.0, 1.0)


def test_kinks_are_marked_where_one_function_is_drawn():
    assert [m.kind for m in plot([activations["relu"]]).marks] == ["kink"]
    assert plot([activations["relu"], activations["elu"]]).marks == ()


def test_svg_is_well_formed(tmp_path):
    target = tmp_path / "f.svg"
    run("gelu", "--order", "0", "--order", "1", "--order", "2", "-o", str(target))
    assert ET.fromstring(target.read_text()).tag.endswith("svg")


def test_tikz_brings_its_own_colours():
    text = run("relu", "--to", "tikz", "-o", "-")
    assert text.index(r"\definecolor{one}") < text.index(r"\begin{tikzpicture}")


@pytest.mark.tex
def test_tikz_compiles(tmp_path):
    import shutil
    import subprocess

    if not shutil.which("pdflatex"):
        pytest.skip("needs pdflatex")
    run("relu", "gelu", "-o", str(tmp_path / "p.tikz"))
    page = r"\documentclass{article}\usepackage{amsmath,tikz}\begin{document}\input{p.tikz}\end{document}"
    (tmp_path / "t.tex").write_text(page)
    done = subprocess.run(["pdflatex", "-interaction=batchmode", "-halt-on-error", "t.tex"], cwd=tmp_path, check=False)
    assert done.returncode == 0 and (tmp_path / "t.pdf").stat().st_size > 1000


@pytest.mark.typst
def test_png_is_a_png(tmp_path):
    pytest.importorskip("typst")
    run("relu", "-o", str(tmp_path / "p.png"))
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")


def test_the_terminal_form_is_the_default():
    assert "⣀" in run("relu") or "*" in run("relu")


@pytest.mark.parametrize(
    "words",
    [("relu", "--range", "3,2"), ("relu", "--range", "1"), ("relu", "-o", "x.foo"), ("softmax",), ("relu", "--to", "gif"),
     ("relu", "elu", "gelu", "tanh", "--order", "0", "--order", "1"), ("relu", "-o", "no/such/folder/f.svg")],
)  # fmt: skip
def test_one_line_for_bad_requests(words):
    with pytest.raises(SymnetError) as caught:
        run(*words)
    assert "\n" not in str(caught.value)
