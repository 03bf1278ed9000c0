"""axe-core finds nothing serious on the pages, light and dark, narrow and wide; run where SYMNET_AXE names its file."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from symnet.explain import explain
from symnet.render import render

SERIOUS = {"serious", "critical"}
AXE = os.environ.get("SYMNET_AXE", "")


def violations(page: Path, width: int = 1100, dark: bool = False) -> list[str]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs Chromium")
    if not AXE or not Path(AXE).is_file():
        pytest.skip("needs axe-core: npm install axe-core, and SYMNET_AXE=…/axe.min.js")
    probe = f"""<script>{Path(AXE).read_text()}</script><script>
    axe.run().then(found => {{
      document.title = "axe " + JSON.stringify(found.violations.map(v => [v.impact, v.id, v.nodes.length, v.nodes[0].html.slice(0, 200)]));
    }});</script></body>"""
    tested = page.with_name(f"axe-{page.name}")
    tested.write_text(page.read_text().replace("</body>", probe))
    scheme = ["--blink-settings=preferredColorScheme=0"] if dark else []
    done = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--window-size={width},900", *scheme,
         "--virtual-time-budget=60000", "--dump-dom", tested.as_uri()],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    title = re.search(r"<title>axe (\[.*?\])</title>", done.stdout, re.DOTALL)
    assert title is not None, done.stderr[-2000:]
    import html

    return [str(v) for v in json.loads(html.unescape(title[1])) if v[0] in SERIOUS]


@pytest.mark.chromium
@pytest.mark.parametrize("name", ["relu", "dense", "784-16-16-10", "xor"])
@pytest.mark.parametrize("setting", [(1100, False), (360, True)], ids=["wide", "phone-dark"])
def test_sheets_are_accessible(name, setting, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(render(explain(name), "html"))
    assert violations(page, *setting) == []


@pytest.mark.chromium
def test_the_site_is_accessible(tmp_path):
    from symnet.site.build import build

    build(tmp_path, ["relu", "dense"])
    for name in ("index.html", "compare.html", "relu.html"):
        assert violations(tmp_path / name) == []


@pytest.mark.chromium
def test_a_planted_fault_is_found(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(render(explain("relu"), "html").replace("</h1>", '</h1><img src="data:,"><button></button>'))
    assert any("image-alt" in v for v in violations(page))
    assert any("button-name" in v for v in violations(page))
