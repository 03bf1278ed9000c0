"""The writer that every templated format specialises: from a sheet to the text of its page."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from jinja2.exceptions import TemplateError, UndefinedError
from markupsafe import Markup

from symnet.errors import RenderError, SymnetError
from symnet.render.environment import Syntax, build, load, macro
from symnet.render.folders import user_folders
from symnet.render.labels import labels
from symnet.render.runs import runs
from symnet.sheet.blocks import Equation
from symnet.sheet.sheet import Sheet
from symnet.sheet.text import Text


def macro_name(kind: type) -> str:
    """``FactTable`` → ``fact_table``: what a block's macro is called in every format."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower()


class Writer:
    """Fills ``templates/<folder>/sheet.<extension>.jinja``; subclasses say how one thing is written."""

    folder: ClassVar[str]
    extension: ClassVar[str]
    syntax: ClassVar[Syntax] = Syntax()

    def __init__(self, template_dir: str | None = None) -> None:
        folders = user_folders(template_dir)
        self.environment = build(self.syntax, self.escape, folders)
        self.environment.filters.update(self.filters())
        self.environment.globals.update(
            show=self.show, labels=labels(folders), is_text=lambda thing: isinstance(thing, (Text, str)), **self.names()
        )

    def filters(self) -> dict[str, Any]:
        """The filters of the format's templates."""
        return {
            "words": self.words,
            "inline": self.inline,
            "display": self.display,
            "cell": self.cell,
            "plain": self.plain,
            "indented": self.indented,
        }

    def names(self) -> dict[str, Any]:
        """Further names that the format's templates know."""
        return {}

    def page(self, sheet: Sheet) -> str:
        """The whole document."""
        name = f"{self.folder}/sheet.{self.extension}.jinja"
        try:
            text = load(self.environment, name).render(sheet=sheet)
        except SymnetError:
            raise
        except UndefinedError as error:
            raise RenderError(
                f"a template of '{self.folder}' uses a name that is not there: {error.message}"
            ) from error
        except TemplateError as error:
            raise RenderError(f"a template of '{self.folder}' failed: {error}") from error
        return self.finished(text)

    def finished(self, text: str) -> str:
        """The last touch: no spaces at the ends of lines, no run of blank lines, one newline at the end."""
        text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"

    def show(self, block: Any, *arguments: Any, **keywords: Any) -> Markup:
        """A block by its macro."""
        found = macro(self.environment, f"{self.folder}/blocks.{self.extension}.jinja", macro_name(type(block)))
        return found(block, *arguments, **keywords)

    def words(self, text: Text | str) -> Markup:
        """Prose with its emphasis, code and formulas."""
        parts = []
        for run in runs(text):
            if run.kind == "mathematics":
                written = self.inline(run.content)
            elif run.kind == "code":
                written = self.code(run.content)
            else:
                written = self.escape(run.content)
            if run.emphasis:
                written = self.emphasis(written)
            if run.strong:
                written = self.strong(written)
            parts.append(written)
        return Markup("".join(parts))

    def plain(self, text: Text | str) -> str:
        """Prose without any markup, still to be escaped."""
        from symnet.render.mathematics.linear import words_text

        return text if isinstance(text, str) else words_text(text, True)

    def cell(self, thing: Any) -> Markup:
        """A table cell: a `Text`, a string, or mathematics."""
        return self.words(thing) if isinstance(thing, (Text, str)) else self.inline(thing)

    def indented(self, text: str, prefix: str = "  ") -> Markup:
        """Every line behind `prefix`."""
        return Markup("\n".join((prefix + line).rstrip() for line in str(text).strip("\n").split("\n")))

    def escape(self, text: str) -> Markup:
        """A string that means nothing but itself."""
        raise NotImplementedError

    def emphasis(self, written: Markup) -> Markup:
        """What is stressed lightly."""
        raise NotImplementedError

    def strong(self, written: Markup) -> Markup:
        """What is stressed."""
        raise NotImplementedError

    def code(self, text: str) -> Markup:
        """Code inside a sentence."""
        raise NotImplementedError

    def inline(self, thing: Any) -> Markup:
        """Mathematics inside a sentence."""
        raise NotImplementedError

    def display(self, equation: Equation) -> Markup:
        """Mathematics on a line of its own."""
        raise NotImplementedError


def rule_equation(row: Any) -> Equation:
    """One line of a derivation as a formula."""
    return Equation((row.before, row.after))
