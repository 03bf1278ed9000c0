"""The point that can be dragged: in a browser it says the values that the function has, and both slopes at a kink."""

import json
import re
import shutil
import subprocess

import pytest

import symnet
from symnet.explain import explain
from symnet.render import render

PLACES = (-3.0, -0.5, 0.0, 0.75, 2.5)


def answers(name, tmp_path):
    """x → what the page prints there."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("needs Chromium")
    probe = f"""<script>
    const box = document.querySelector(".play"), found = {{}};
    for (const x of {list(PLACES)}) {{
      box.querySelector("input").value = x;
      box.querySelector("input").dispatchEvent(new Event("input"));
      found[x] = box.querySelector("output").textContent;
    }}
    document.title = JSON.stringify(found);
    </script></body>"""
    page = tmp_path / "page.html"
    page.write_text(render(explain(name), "html").replace("</body>", probe))
    done = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    title = re.search(r"<title>(\{.*?\})</title>", done.stdout)
    assert title is not None, done.stderr[-2000:]
    return {float(x): text for x, text in json.loads(title[1]).items()}


@pytest.mark.chromium
@pytest.mark.parametrize("name", ["relu", "gelu", "elu", "x*tanh(log(1+exp(x)))"])
def test_the_page_says_what_the_function_is(name, tmp_path):
    f = symnet.compile(name if name.isidentifier() else symnet.activation(name))
    slope = symnet.compile(name if name.isidentifier() else symnet.activation(name), order=1)
    for x, text in answers(name, tmp_path).items():
        numbers = [float(n.replace("−", "-")) for n in re.findall(r"[=e] ([−\d.e-]+)", text)]
        assert numbers[0] == x
        assert numbers[1] == pytest.approx(f(x), rel=1e-4, abs=1e-5)
        if name == "relu" and x == 0:
            assert "slope 0 from the left, 1 from the right" in text
        else:
            assert numbers[2] == pytest.approx(slope(x), rel=1e-4, abs=1e-5)


def test_without_a_browser_nothing_is_lost():
    page = render(explain("relu"), "html")
    assert '<div class="play" hidden' in page
    assert page.count("<script>") == 1
    for form in ("markdown", "latex", "typst", "terminal", "notebook"):
        assert "geluDerivative" not in render(explain("relu"), form)
    lead = json.loads(render(explain("relu"), "json"))["lead"]
    assert [b["play"]["kinks"] for b in lead if b["block"] == "curve"] == [[[0.0, 0.0, 1.0]]]
