"""The study site: whole pages, links that lead somewhere, the same bytes again, and nothing made twice."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from symnet.errors import UnknownNameError
from symnet.site.build import build
from symnet.site.plan import chosen, entries, families

PAGES = ("relu", "dense")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = build(folder, PAGES)
    assert set(done.made) == set(PAGES) and not done.kept and not done.failed
    return folder


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.found.append(given["href"])
        if given.get("id"):
            self.ids.append(given["id"])


def test_every_page_has_its_formats(site):
    for page in PAGES:
        for suffix in (".html", ".md", ".tex", ".ipynb", ".json", ".tsv"):
            assert (site / f"{page}{suffix}").stat().st_size > 500


def test_links_lead_to_files_except_to_pages_that_were_not_asked_for(site):
    others = {f"{e.slug}.html" for e in entries()}
    for path in site.glob("*.html"):
        links = Links()
        links.feed(path.read_text())
        assert len(links.ids) == len(set(links.ids)), path
        for link in links.found:
            if link.startswith("#"):
                assert link[1:] in links.ids
            elif not link.startswith("https://") and not link.startswith("http://"):
                assert (site / link).is_file() or link in others, (path, link)


def test_no_page_asks_for_anything_from_elsewhere(site):
    for path in site.glob("*.html"):
        text = path.read_text()
        assert "<script src" not in text and "@import" not in text
        assert not re.search(r'<(img|link|script|iframe)[^>]+(src|href)="https?:', text)


def test_what_has_not_changed_is_not_made_again(site):
    again = build(site, PAGES)
    assert not again.made and set(again.kept) == set(PAGES)


def test_a_damaged_file_is_made_again_with_the_same_bytes(site):
    before = {path.name: path.read_bytes() for path in site.iterdir() if path.is_file()}
    (site / "dense.md").write_text("lost")
    (site / ".built" / "relu.json").unlink()  # as after a kill between the files and the record
    assert set(build(site, PAGES).made) == set(PAGES)
    after = {path.name: path.read_bytes() for path in site.iterdir() if path.is_file()}
    assert before == after


def test_two_processes_make_the_same_bytes(site, tmp_path):
    assert not build(tmp_path, PAGES, jobs=2).failed
    for path in site.iterdir():
        if path.is_file():
            assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_table_holds_proved_facts(site):
    row = re.search(r'<th scope="row"><a href="relu.html">.*?</tr>', (site / "compare.html").read_text(), re.DOTALL)
    assert row is not None
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row[0])
    assert cells == ["0", "∞", "1", "0", "nondecreasing", "convex", "neither", "1"]


def test_every_entry_has_a_name_of_its_own():
    every = entries()
    assert len({e.slug for e in every}) == len(every) >= 85
    assert sum(map(len, families(every).values())) == len(every)
    assert [e.slug for e in chosen(["softmax+cross_entropy", "ReLU".lower()])] == ["softmax-cross_entropy", "relu"]


def test_an_unknown_page_is_one_line():
    with pytest.raises(UnknownNameError):
        chosen(["nosuch"])


def test_an_unchanged_site_needs_no_sympy(site):
    code = (
        "import sys; from pathlib import Path; from symnet.site.build import build;"
        f"build(Path({str(site)!r}), {PAGES!r}); sys.exit('sympy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.chromium
def test_search_and_sorting_work_in_a_browser(site, tmp_path):
    import shutil

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs Chromium")
    probe = """<script>
    addEventListener("load", () => {
      const find = document.getElementById("find");
      find.value = "rectifier relu"; find.dispatchEvent(new Event("input"));
      const left = [...document.querySelectorAll("[data-words]")].filter(c => !c.hidden).length;
      find.value = "qqq"; find.dispatchEvent(new Event("input"));
      document.title = `left ${left} none ${!document.getElementById("none").hidden}`;
    });</script></body>"""
    page = tmp_path / "index.html"
    page.write_text((site / "index.html").read_text().replace("</body>", probe))
    done = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert "<title>left 0 none true</title>" in done.stdout or "<title>left 1 none true</title>" in done.stdout


@pytest.mark.slow
def test_the_whole_site(tmp_path):
    done = build(tmp_path, jobs=2)
    assert not done.failed
    assert len(done.made) == len(entries())
    for path in tmp_path.glob("*.html"):
        links = Links()
        links.feed(path.read_text())
        assert len(links.ids) == len(set(links.ids)), path
        for link in links.found:
            assert link.startswith(("#", "http")) or (tmp_path / link).is_file(), (path, link)
