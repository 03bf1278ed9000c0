"""Every format in its real consumer: a browser, pdflatex, nbformat, Jupyter."""

import itertools
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from symnet.render import render

VOID = {"meta", "link", "br", "hr", "img", "input", "path", "circle", "rect", "mspace"}


class Balance(HTMLParser):
    """Complains about tags that do not close, twice the same id, and anything that would be fetched."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.fetched, self.headings = [], [], [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self.fetched += [attributes[key] for key in ("src", "srcset", "data") if key in attributes]
        if tag == "link":
            self.fetched.append(attributes["href"])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_html_is_whole_and_fetches_nothing(demo):
    page = render(demo, "html")
    checker = Balance()
    checker.feed(page)
    assert checker.open == []
    assert len(set(checker.ids)) == len(checker.ids)
    assert [address for address in checker.fetched if not address.startswith("data:")] == []
    assert re.findall(r"url\((?!data:)", page) == []
    assert "@import" not in page
    assert "<script src" not in page
    levels = checker.headings
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), "no level of heading is skipped"
    assert "SIL OPEN FONT LICENSE" in page
    assert page.count("<details>") == page.count("<summary>") == 1


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine")
    return found


@pytest.mark.chromium
def test_a_browser_opens_the_page_without_complaint(demo, tmp_path):
    page = tmp_path / "sheet.html"
    page.write_text(render(demo, "html"), encoding="utf-8")
    command = [
        chromium(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        f"--user-data-dir={tmp_path / 'profile'}",
        "--enable-logging=stderr", "--window-size=360,800", "--virtual-time-budget=2000", "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    assert "CONSOLE" not in done.stderr
    assert done.stdout.count("<math") == render(demo, "html").count("<math")


@pytest.mark.tex
def test_pdflatex_compiles_without_a_bad_box(demo, tmp_path):
    if not shutil.which("pdflatex"):
        pytest.skip("no pdflatex on this machine")
    (tmp_path / "sheet.tex").write_text(render(demo, "latex"), encoding="utf-8")
    for _ in range(2):
        done = subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "sheet.tex"],
            cwd=tmp_path, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
    log = (tmp_path / "sheet.log").read_text(encoding="latin-1")
    assert done.returncode == 0, log[-1500:]
    wide = [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log)]
    assert [points for points in wide if points > 5] == []
    assert "Missing character" not in log
    assert "undefined" not in log.lower()


def test_latex_brings_only_the_packages_it_promises(demo):
    source = render(demo, "latex")
    packages = {
        name for group in re.findall(r"\\usepackage(?:\[[^]]*\])?\{([^}]*)\}", source) for name in group.split(",")
    }
    assert packages <= {
        "fontenc", "inputenc", "lmodern", "textcomp", "amsmath", "amssymb", "geometry", "graphicx", "array",
        "longtable", "booktabs",
        "alltt", "tikz", "microtype", "hyperref",
    }  # fmt: skip
    assert source.isascii() or not re.search(r"[^\x00-\u017f]", source), (
        "pdflatex knows no letter beyond Latin Extended-A"
    )


def test_the_notebook_is_valid_and_its_ids_stay(demo):
    nbformat = pytest.importorskip("nbformat")
    text = render(demo, "notebook")
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert notebook.nbformat_minor == 5
    ids = [cell["id"] for cell in json.loads(text)["cells"]]
    assert len(set(ids)) == len(ids)
    assert ids[0] == "title"
    assert {"definition", "graph-1", "quiz-2"} <= set(ids)


@pytest.mark.jupyter
def test_the_notebook_runs_and_prints_what_the_sheet_prints(demo):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    notebook = nbformat.reads(render(demo, "notebook"), as_version=4)
    before = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    ran = nbclient.NotebookClient(notebook, timeout=120).execute()
    after = [cell.outputs for cell in ran.cells if cell.cell_type == "code"]
    assert len(after) == 5
    for printed, promised in zip(after, before, strict=True):
        assert [output.get("text") for output in printed] == [output.get("text") for output in promised]
        assert [sorted(output.get("data", {})) for output in printed] == [
            sorted(output.get("data", {})) for output in promised
        ]


@pytest.mark.parametrize("dialect", ["github", "dollar"])
def test_markdown_mathematics_is_of_the_dialect(demo, dialect):
    source = render(demo, "markdown", dialect=dialect)
    prose = re.sub(r"^(`{3,})\w*\n.*?^\1$", "", source, flags=re.DOTALL | re.MULTILINE)
    if dialect == "github":
        assert "```math\n" in source
        assert "$$" not in prose
        formulas = re.findall(r"\$`(.*?)`\$", prose)
    else:
        assert "```math" not in source
        formulas = re.findall(r"(?<!\\)\$([^$\n]+)\$", prose)
    assert len(formulas) > 8
    for formula in formulas:
        assert "|" not in formula
        assert formula == formula.strip()


@pytest.mark.typst
def test_typst_compiles_to_a_pdf_with_the_same_bytes(demo):
    pytest.importorskip("typst")
    made = render(demo, "pdf")
    assert made.startswith(b"%PDF-")
    assert made == render(demo, "pdf")


def test_a_formula_that_typst_does_not_know_raises():
    from sympy import Symbol

    from symnet.errors import RenderError
    from symnet.render.mathematics.typst import typst

    class Odd(Symbol):
        def _latex(self, printer):
            return r"\mystery{x}"

    with pytest.raises(RenderError, match=r"unknown command \\mystery"):
        typst(Odd("x"))


@pytest.mark.typst
def test_every_formula_of_the_table_is_known_to_typst():
    compiler = pytest.importorskip("typst")
    import test_mathematics

    from symnet.render.mathematics.typst import typst

    formulas = "\n\n".join(f"$ {typst(row[0])} $" for row in test_mathematics.SPELLINGS)
    assert compiler.compile(formulas.encode(), format="pdf", ignore_system_fonts=True).startswith(b"%PDF-")
