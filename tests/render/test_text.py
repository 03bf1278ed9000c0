"""The prose's tiny markup, and strings that try to be more than strings."""

import re
from html.parser import HTMLParser

import pytest
import render_demo
from markdown_it import MarkdownIt
from sympy import Symbol

from symnet.render import render
from symnet.render.runs import runs
from symnet.render.writers.terminal import spelled_in_ascii
from symnet.sheet import DataTable, ItemList, Paragraph, Section, Sheet, Text

x = Symbol("x")
HOSTILE = [
    render_demo.HOSTILE, "<script>alert(1)</script>", "**not bold** *nor this* _nor that_", "# not a heading", "- not a list", "1. not a list",
    "> not a quote", "a | b | c", "$x$ and $$y$$ and `z`", "[link](http://a.b) ![image](c)", "&lt; &amp; &#36;", "100 % #1 {a} \\begin{document}", "~~gone~~", "+ plus",
    "{x} {{x}}", "[bold]rich[/bold] [red]", "trailing backslash \\", "a_b_c __d__", "–––", "<details>", "C:\\temp\\new",
]  # fmt: skip


def sheet_of(*blocks) -> Sheet:
    return Sheet("s", Text("t"), (Section("k", Text("n"), Text("q?"), blocks),))


def test_markup_is_read_once():
    parts = runs(
        Text(
            "a *b* **c *d*** `e_{n}` {x} {s} {{ \\* 2 * 3 {t}",
            {"x": x**2, "s": "*no* {x}", "n": 3, "t": Text("**in {x}**", {"x": x})},
        )
    )
    assert [(run.kind, str(run.content), run.strong, run.emphasis) for run in parts] == [
        ("words", "a ", False, False), ("words", "b", False, True), ("words", " ", False, False), ("words", "c ", True, False),
        ("words", "d", True, True), ("words", " ", False, False), ("code", "e_3", False, False), ("words", " ", False, False),
        ("mathematics", "x**2", False, False), ("words", " *no* {x} { * 2 * 3 ", False, False), ("words", "in ", True, False), ("mathematics", "x", True, False),
    ]  # fmt: skip


class Reader(HTMLParser):
    """What a browser shows, and which tags it saw."""

    def __init__(self):
        super().__init__()
        self.text, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text.append(data)


def shown(markup: str) -> Reader:
    reader = Reader()
    reader.feed(markup)
    return reader


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_the_string_itself(text):
    page = shown(render(sheet_of(Paragraph(Text("{s}", {"s": text}))), "html"))
    assert text in "".join(page.text)
    assert "script" not in page.tags


@pytest.mark.parametrize("dialect", ["github", "dollar"])
@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_the_string_itself(text, dialect):
    source = render(
        sheet_of(Paragraph(Text("{s}", {"s": text})), ItemList((Text("{s}", {"s": text}),))),
        "markdown",
        dialect=dialect,
    )
    html = MarkdownIt("commonmark").enable("table").enable("strikethrough").render(source)
    expected = " ".join(text.split())
    body = "".join(shown(html).text)
    assert body.count(expected) == 2
    assert not {"strong", "a", "img", "script", "code", "del", "blockquote"} & set(shown(html).tags)
    if dialect == "dollar":
        assert not re.search(r"(?<!\\)\$", source)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_tables_keep_their_columns(text):
    table = DataTable((Text("a"), Text("b"), Text("c")), ((text, Text("`{s}`", {"s": text.replace("`", "")}), x),))
    html = MarkdownIt("commonmark").enable("table").render(render(sheet_of(table), "markdown"))
    assert html.count("<td") == 3
    cell = "".join(shown(html[html.index("<td") :].split("</td>")[0]).text)
    assert cell == " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_the_terminal_shows_the_string_itself(text):
    page = render(sheet_of(Paragraph(Text("{s}", {"s": text}))), "terminal", width=100)
    assert text in page
    colored = render(sheet_of(Paragraph(Text("{s}", {"s": text}))), "terminal", width=100, color=True)
    assert text in re.sub(r"\x1b\[[0-9;]*m", "", colored)


def test_escape_sequences_in_a_string_do_not_reach_the_terminal():
    assert "\x1b" not in render(sheet_of(Paragraph(Text("{s}", {"s": "a\x1b[31mred\x07"}))), "terminal")


def test_ascii_spelling():
    assert spelled_in_ascii("σ ≤ α, “é”: x → ∞ 🍌 漢") == 'sigma <= alpha, "e": x -> inf  ?'
