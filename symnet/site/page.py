"""One page of the site in every format, and its row of the table that compares."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from symnet.errors import MissingExtraError
from symnet.prose import load
from symnet.site.files import ROWS
from symnet.site.plan import Entry

FORMATS = {
    "markdown": ".md", "latex": ".tex", "notebook": ".ipynb", "json": ".json", "tsv": ".tsv", "pdf": ".pdf", "anki": ".apkg",
}  # fmt: skip
"""What can be downloaded beside the page itself, and its suffix."""
NEEDS = {"pdf": "typst", "anki": "genanki"}
"""Formats that an optional package makes."""


def sheet_of(entry: Entry) -> Any:
    """The sheet of a page."""
    if entry.kind == "study":
        from symnet.explain.study import study

        return study(entry.target)
    from symnet.explain import explain

    return explain(entry.target)


def files_of(entry: Entry, forms: Sequence[str], nearby: Sequence[Entry]) -> dict[str, str | bytes]:
    """File name → content: the page, what can be downloaded, and the row of the comparison where there is one."""
    from symnet.render import render

    sheet = sheet_of(entry)
    found: dict[str, str | bytes] = {}
    for form in forms:
        try:
            found[f"{entry.slug}{FORMATS[form]}"] = render(sheet, form)
        except MissingExtraError:
            continue
    found[f"{entry.slug}.html"] = page(
        entry,
        sheet,
        [(form, f"{entry.slug}{FORMATS[form]}") for form in forms if f"{entry.slug}{FORMATS[form]}" in found],
        nearby,
    )
    if (row := comparison_row(entry)) is not None:
        found[f"{ROWS}/{entry.slug}.json"] = json.dumps(row, ensure_ascii=False, sort_keys=True)
    return found


def page(entry: Entry, sheet: Any, downloads: Sequence[tuple[str, str]], nearby: Sequence[Entry]) -> str:
    """The sheet as a page with a way back, its downloads and its neighbours."""
    from symnet.render.environment import load as template
    from symnet.render.writers.html import HtmlWriter

    writer = HtmlWriter()
    words = load("site")["page"]
    text = template(writer.environment, "site/page.html.jinja").render(
        sheet=sheet, entry=entry, downloads=downloads, nearby=nearby, site=words
    )
    return writer.finished(text)


def comparison_row(entry: Entry) -> dict[str, Any] | None:
    """The proved facts of an activation that the comparison table shows; None for other subjects."""
    from symnet.definitions.activation import activations

    if entry.kind != "explain" or entry.target not in activations:
        return None
    from symnet.analysis import analyse

    facts = analyse(activations[entry.target]).facts

    def of(name: str) -> Any:
        return facts[name].value if facts[name].verdict == "proved" else None

    return {
        "infimum": _bound(of("infimum")), "supremum": _bound(of("supremum")), "lipschitz": _bound(of("lipschitz")),
        "smoothness": None if of("smoothness") is None else str(of("smoothness")), "monotonicity": of("monotonicity"),
        "convexity": of("convexity"), "parity": of("parity"),
        "kinks": None if of("kinks") is None else str(len(of("kinks"))),
    }  # fmt: skip


def _bound(value: Any) -> str | None:
    return None if value is None else value["value"]
