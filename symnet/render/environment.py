"""Find the templates and build the strict Jinja environment that fills them.

Every expression in a template passes through the format's own escape unless a filter of the format made it:
what a filter returns is marked as finished, a plain string is not, so no text can reach a page unescaped.
An undefined name is an error. ``"!html/sheet.html.jinja"`` names the built-in template even where a user's
folder has one of the same name, so that theirs can extend ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.exceptions import TemplateError
from markupsafe import Markup

from symnet.errors import RenderError
from symnet.render.folders import templates_folder


@dataclass(frozen=True)
class Syntax:
    """The delimiters of a template language: expression, statement, comment."""

    expression: tuple[str, str] = ("{{", "}}")
    statement: tuple[str, str] = ("{%", "%}")
    comment: tuple[str, str] = ("{#", "#}")


class Loader(BaseLoader):
    """Templates of the user's folders first, the built-in ones after; ``!`` skips the user's."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.builtin = FileSystemLoader(templates_folder())
        self.all = FileSystemLoader([*folders, templates_folder()])

    def get_source(self, environment: Environment, template: str) -> Any:
        """The text of `template`, where it stands, and whether it still is what it was."""
        if template.startswith("!"):
            return self.builtin.get_source(environment, template[1:])
        return self.all.get_source(environment, template)

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        return self.all.list_templates()


def build(syntax: Syntax, escape: Callable[[str], str], folders: Sequence[Path] = ()) -> Environment:
    """The environment of one format."""

    def finish(value: Any) -> Any:
        return value if hasattr(value, "__html__") else Markup(escape(str(value)))

    environment = Environment(
        loader=Loader(folders),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        finalize=finish,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        variable_start_string=syntax.expression[0],
        variable_end_string=syntax.expression[1],
        block_start_string=syntax.statement[0],
        block_end_string=syntax.statement[1],
        comment_start_string=syntax.comment[0],
        comment_end_string=syntax.comment[1],
    )
    return environment


def macro(environment: Environment, template: str, name: str) -> Callable[..., Markup]:
    """The macro `name` of `template`: the user's where they wrote one, else the built-in one.

    A user's blocks file needs to hold only the macros that it changes.
    """
    for path in (template, "!" + template):
        found = getattr(load(environment, path).module, name, None)
        if found is not None:
            return found
    raise RenderError(f"the template '{template}' has no macro '{name}'; add {{% macro {name}(block) %}}")


def load(environment: Environment, template: str) -> Any:
    """The template, or a `RenderError` that says where it was looked for."""
    try:
        return environment.get_template(template)
    except TemplateNotFound as error:
        raise RenderError(f"no template '{error.name or template}' in {templates_folder()}") from None
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        raise RenderError(
            f"the template '{template}' cannot be read{f' (line {line})' if line else ''}: {error}"
        ) from None
