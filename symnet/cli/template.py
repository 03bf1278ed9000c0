"""``symnet template``: what can be changed in the look of a sheet, and a copy to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from symnet.errors import FileError, UnknownNameError


@click.group()
def command() -> None:
    """List the templates, or copy them into a folder of your own for --template-dir."""


@command.command("list")
def list_templates() -> None:
    """Print every built-in template, one a line."""
    for name in names():
        click.echo(name)


@command.command("copy")
@click.argument("chosen", nargs=-1, metavar="[NAME]...")
@click.option(
    "-o", "--output", "folder", default="templates", show_default=True, metavar="FOLDER", help="Where the copies go."
)
@click.option("--force", is_flag=True, help="Overwrite copies that are there.")
def copy(chosen: tuple[str, ...], folder: str, force: bool) -> None:
    """Copy templates by name (html/style.css) or by folder (html); without a name, all of them.

    Then change them, and use them: symnet explain relu --to html --template-dir FOLDER
    """
    from symnet.cli.output import write
    from symnet.render.folders import templates_folder

    wanted = _wanted(chosen)
    taken = [name for name in wanted if (Path(folder) / name).exists()]
    if taken and not force:
        raise FileError(
            f"{Path(folder) / taken[0]} exists already; say --force to overwrite, or another folder with -o"
        )
    for name in wanted:
        write(Path(folder) / name, (templates_folder() / name).read_bytes(), made=True)
        click.echo(str(Path(folder) / name))


def names() -> list[str]:
    """Every built-in template, by its path in the folder."""
    from symnet.render.folders import templates_folder

    root = templates_folder()
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def _wanted(chosen: tuple[str, ...]) -> list[str]:
    every = names()
    found: list[str] = []
    for word in chosen or ("",):
        matching = [name for name in every if not word or name == word or name.startswith(word.rstrip("/") + "/")]
        if not matching:
            folders = {name.partition("/")[0] for name in every}
            raise UnknownNameError.among("template", word, [*every, *folders], "List them with: symnet template list")
        found += [name for name in matching if name not in found]
    return found
