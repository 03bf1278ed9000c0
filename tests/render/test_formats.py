"""Every block in every format; the same bytes every time; options and templates that are wrong say so."""

import json
import subprocess
import sys
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import pytest
import render_demo

from symnet.errors import FileError, RenderError, UnknownNameError, UsageError
from symnet.render import render
from symnet.render.environment import macro
from symnet.render.folders import templates_folder
from symnet.render.format import FORMATS
from symnet.render.writers.writer import macro_name
from symnet.sheet import Paragraph, Section, Sheet, Text
from symnet.sheet.blocks import BLOCKS

NEEDS = {"pdf": "typst", "anki": "genanki"}
ALL = [
    pytest.param(name, marks=pytest.mark.skipif(name in NEEDS and find_spec(NEEDS[name]) is None, reason="an extra"))
    for name in FORMATS
]
TEMPLATED = [name for name, row in FORMATS.items() if row.folder]


def every_block(blocks):
    """All blocks of a sheet, nested ones too."""
    for block in blocks:
        yield block
        yield from every_block(getattr(block, "answer", ()) or getattr(block, "body", ()))


@pytest.mark.parametrize("kind", BLOCKS, ids=macro_name)
@pytest.mark.parametrize("form", TEMPLATED)
def test_every_block_has_a_macro_in_every_format(form, kind):
    writer = FORMATS[form].make()
    assert macro(writer.environment, f"{writer.folder}/blocks.{writer.extension}.jinja", macro_name(kind))


@pytest.mark.parametrize("form", [name for name in FORMATS if FORMATS[name].folder or name == "json"])
def test_every_block_renders_to_something(form, demo):
    blocks = list(every_block([*demo.lead, *(block for section in demo.sections for block in section.blocks)]))
    assert {type(block) for block in blocks} == set(BLOCKS), "the demo sheet must hold every block"
    for block in blocks:
        whole = render(Sheet("s", Text("t"), (Section("k", Text("n"), Text("q?"), (block,)),)), form)
        empty = render(Sheet("s", Text("t"), (Section("k", Text("n"), Text("q?"), ()),)), form)
        assert len(whole) > len(empty) + 5


def test_every_block_is_in_the_schema():
    schema = json.loads(resources.files("symnet.sheet").joinpath("sheet.schema.json").read_text(encoding="utf-8"))
    assert {entry["$ref"].rpartition("/")[2] for entry in schema["$defs"]["block"]["oneOf"]} == set(
        map(macro_name, BLOCKS)
    )
    jsonschema.Draft202012Validator.check_schema(schema)


def test_json_fits_its_schema_and_nothing_else_does(demo):
    schema = json.loads(resources.files("symnet.sheet").joinpath("sheet.schema.json").read_text(encoding="utf-8"))
    data = json.loads(render(demo, "json"))
    jsonschema.validate(data, schema)
    data["sections"][0]["blocks"][0]["sides"][0].pop("latex")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


@pytest.mark.parametrize("form", ALL)
def test_the_same_sheet_gives_the_same_bytes_in_another_process(form, demo, tmp_path):
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import render_demo; from symnet.render import render; "
        f"made = render(render_demo.sheet(), {form!r}); "
        "sys.stdout.buffer.write(made if isinstance(made, bytes) else made.encode())"
    )
    (tmp_path / "render_demo.py").write_text(Path(render_demo.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    env = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=env, check=True)
    ours = render(demo, form)
    assert done.stdout == (ours if isinstance(ours, bytes) else ours.encode())
    assert ours == render(render_demo.sheet(), form)


def test_an_unknown_format_is_named_with_the_nearest():
    with pytest.raises(UnknownNameError, match="unknown format 'markdwn'; did you mean 'markdown'"):
        render(Sheet("s", Text("t"), ()), "markdwn")


@pytest.mark.parametrize(
    ("form", "options", "message"),
    [
        ("markdown", {"width": 80}, "no option 'width'; it takes template_dir, dialect"),
        ("markdown", {"dialect": "gitlab"}, "must be 'github' or 'dollar', got 'gitlab'"),
        ("terminal", {"width": 3}, "at least 20 characters"),
        ("json", {"template_dir": "x"}, "no option 'template_dir'"),
    ],
)
def test_wrong_options_say_so(form, options, message):
    with pytest.raises(UsageError, match=message):
        render(Sheet("s", Text("t"), ()), form, **options)


def test_a_missing_template_folder_says_so(tmp_path):
    with pytest.raises(FileError, match="does not exist"):
        render(Sheet("s", Text("t"), ()), "html", template_dir=str(tmp_path / "none"))


def test_a_placeholder_without_a_value_is_named():
    with pytest.raises(RenderError, match=r"'\{slope\}' has no value in the text 'it is \{slope\}'"):
        render(Sheet("s", Text("t"), (), lead=(Paragraph(Text("it is {slope}")),)), "markdown")


def test_users_replace_one_macro_and_extend_one_page(tmp_path, demo):
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "blocks.html.jinja").write_text(
        "{% macro paragraph(block) %}<p class='mine'>{{ block.text | words }}</p>{% endmacro %}"
    )
    (tmp_path / "html" / "sheet.html.jinja").write_text(
        '{% extends "!html/sheet.html.jinja" %}{% block sources %}<p>my foot</p>{% endblock %}'
    )
    (tmp_path / "labels.toml").write_text('summary = "Zusammenfassung"\n')
    page = render(demo, "html", template_dir=str(tmp_path))
    assert "<p class='mine'>" in page
    assert "my foot" in page
    assert "Zusammenfassung" in page
    assert '<ol class="steps">' in page, "macros that the user did not write come from the built-in file"
    assert "mine" not in render(demo, "html")


@pytest.mark.parametrize(
    "source", ["{{ nonsense }}", "{% if %}", "{{ sheet.title | no_such_filter }}", "{{ sheet.colour }}"]
)
def test_a_broken_template_is_one_line(tmp_path, demo, source):
    (tmp_path / "markdown").mkdir()
    (tmp_path / "markdown" / "sheet.md.jinja").write_text(source)
    with pytest.raises(RenderError):
        render(demo, "markdown", template_dir=str(tmp_path))


def test_the_templates_are_where_the_readme_says():
    folder = templates_folder()
    for row in FORMATS.values():
        if row.folder:
            assert (folder / row.folder).is_dir()
            assert f"`{row.folder}/`" in (folder / "README.md").read_text(encoding="utf-8")
