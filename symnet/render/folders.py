"""Where the templates lie; light, so that a sheet made before is found without loading what makes one."""

from __future__ import annotations

from pathlib import Path

from symnet.errors import FileError


def templates_folder() -> Path:
    """The built-in templates: beside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


def user_folders(template_dir: str | Path | None) -> tuple[Path, ...]:
    """The folder of `--template-dir` as a tuple; one that is absent raises `FileError`."""
    if template_dir is None:
        return ()
    folder = Path(template_dir)
    if not str(template_dir) or not folder.is_dir():
        raise FileError(f"the template folder '{template_dir}' does not exist; give --template-dir an existing folder")
    return (folder,)
