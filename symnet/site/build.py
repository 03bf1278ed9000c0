"""Builds the site: stale pages in parallel, then the index."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import symnet
from symnet.cache import digest
from symnet.cache.fingerprint import bytes_of, installed
from symnet.prose import load
from symnet.render.folders import templates_folder
from symnet.site.files import INDEX, ROWS, built, is_current, remember
from symnet.site.page import FORMATS, NEEDS, files_of
from symnet.site.plan import Entry, chosen, entries, families

NEARBY = 8
"""How many pages of the same family a page links to."""


@dataclass(frozen=True)
class Built:
    """What a build did."""

    made: tuple[str, ...]
    kept: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    """(page, the one line that says why)."""
    without: tuple[str, ...]
    """Formats that were left out for want of a package."""


def build(
    folder: Path, only: Sequence[str] = (), jobs: int = 1, tick: Callable[[str], None] = lambda slug: None
) -> Built:
    """Build the pages of `only` (all where it is empty) into `folder` with `jobs` processes; `tick` hears of every page."""
    pages = chosen(only)
    forms = [form for form in FORMATS if find_spec(NEEDS.get(form, "symnet")) is not None]
    keys = {page.slug: key_of(page, forms) for page in pages}
    stale = [page for page in pages if not is_current(folder, page.slug, keys[page.slug])]
    kept = [page.slug for page in pages if page not in stale]
    for slug in kept:
        tick(slug)
    failed: list[tuple[str, str]] = []
    for slug, trouble in _run(folder, stale, keys, forms, jobs):
        tick(slug)
        if trouble:
            failed.append((slug, trouble))
    index(folder)
    bad = {slug for slug, _ in failed}
    made = tuple(page.slug for page in stale if page.slug not in bad)
    return Built(made, tuple(kept), tuple(sorted(failed)), tuple(form for form in FORMATS if form not in forms))


def key_of(entry: Entry, forms: Sequence[str]) -> str:
    """The hash of everything that the files of a page depend on."""
    return digest([symnet.__version__, repr(entry), list(forms), _sources(), installed()])


@cache
def _sources() -> str:
    return bytes_of(Path(symnet.__file__).parent, templates_folder())


def _run(folder: Path, stale: Sequence[Entry], keys: dict[str, str], forms: Sequence[str], jobs: int) -> Any:
    """(page, trouble) of every page as it is done; one process makes them here."""
    if jobs == 1 or len(stale) < 2:
        for page in stale:
            yield one(str(folder), page, keys[page.slug], tuple(forms))
        return
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(one, str(folder), page, keys[page.slug], tuple(forms)) for page in stale]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def one(folder: str, entry: Entry, key: str, forms: tuple[str, ...]) -> tuple[str, str]:
    """Build one page; what symnet says on purpose is returned as one line, so that the other pages go on."""
    from symnet.errors import SymnetError

    family = families(entries())[entry.family]
    place = next(k for k, page in enumerate(family) if page.slug == entry.slug)
    nearby = [page for page in family[max(0, place - NEARBY // 2) :] if page.slug != entry.slug][:NEARBY]
    try:
        remember(Path(folder), entry.slug, key, files_of(entry, forms, nearby))
    except SymnetError as error:
        return entry.slug, str(error)
    return entry.slug, ""


def index(folder: Path) -> None:
    """The index of all pages that are built, and the table that compares; kept where no page has changed."""
    records = built(folder)
    pages = [page for page in entries() if page.slug in records]
    key = digest([_sources(), [(page.slug, records[page.slug]) for page in pages]])
    if is_current(folder, INDEX, key):
        return
    from symnet.render.environment import load as template
    from symnet.render.writers.html import HtmlWriter

    rows = []
    for page in pages:
        path = folder / ROWS / f"{page.slug}.json"
        if path.is_file():
            rows.append((page, json.loads(path.read_text(encoding="utf-8"))))
    writer, words, files = HtmlWriter(), load("site"), {}
    for name in ("index", "compare"):
        text = template(writer.environment, f"site/{name}.html.jinja").render(
            families=families(pages), rows=rows, site=words[name], columns=words["compare"]["columns"], number=_number
        )
        files[f"{name}.html"] = writer.finished(text)
    remember(folder, INDEX, key, files)


def _number(text: str | None) -> str:
    """A number of the contract, short enough for a table."""
    if text is None:
        return "?"
    if text in ("oo", "-oo"):
        return text.replace("oo", "∞").replace("-", "−")
    short = f"{float(text):.6g}"
    return short.replace("-", "−")
