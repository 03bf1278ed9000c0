"""``symnet build``: the whole study site, in every format; built again only where something changed."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from symnet.errors import SymnetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SITE = Path("output") / "site"


@click.command()
@click.option("--only", multiple=True, metavar="NAME", help="These pages only; repeatable, or names by commas.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), default=None, help="Processes; as many as there are cores.")
@click.option(
    "-o", "--output", "folder", metavar="FOLDER", default=str(SITE), show_default=True, help="Where the site goes."
)
def command(only: tuple[str, ...], jobs: int | None, folder: str) -> None:
    """Make the study site: every sheet in every format, an index with search, a table that compares.

    What has not changed is not made again; a build that was stopped goes on where it was.
    """
    from symnet.site.build import build
    from symnet.site.files import prepare
    from symnet.site.plan import chosen

    names = [name.strip() for words in only for name in words.split(",")]
    count = len(chosen(names))
    prepare(Path(folder))
    with progress(count) as tick:
        done = build(Path(folder), names, jobs or os.cpu_count() or 1, tick)
    for slug, trouble in done.failed:
        click.echo(f"symnet: {slug}: {trouble}", err=True)
    for form in done.without:
        click.echo(f"symnet: without {form}: its package is not installed", err=True)
    click.echo(f"{len(done.made)} pages made, {len(done.kept)} unchanged: {Path(folder) / 'index.html'}")
    if done.failed:
        raise SymnetError(f"{len(done.failed)} pages could not be made")


@contextmanager
def progress(count: int) -> Iterator[Callable[[str], None]]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda slug: None
        return
    with click.progressbar(length=count, label="sheets", file=sys.stderr) as bar:
        yield lambda slug: bar.update(1)
