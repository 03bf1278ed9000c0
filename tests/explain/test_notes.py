"""Notes made of sheets: every chosen section is there, under a name of its own, in every format."""

import pytest

from symnet.errors import SymnetError
from symnet.explain.note import ACTIVATIONS, TRAINING
from symnet.explain.study import study
from symnet.explain.subjects import NOTES
from symnet.render import render


@pytest.mark.parametrize("name", ["activations", "training"])
def test_a_note_is_whole_and_renders(name):
    note = study(name)
    keys = [section.key for section in note.sections]
    assert len(keys) == len(set(keys)) >= 15
    assert all(section.cue.words.endswith("?") for section in note.sections)
    assert note.references and len(note.summary) <= 5
    for form in ("terminal", "markdown", "latex", "html", "notebook", "json", "typst"):
        assert len(render(note, form)) > 5000


def test_every_subject_is_in_its_note():
    keys = {section.key.partition("-")[0] for section in study("activations").sections}
    assert keys >= set(ACTIVATIONS)
    text = render(study("training"), "markdown")
    for title in ("Softmax with cross-entropy", "Backpropagation", "Gradient descent", "Vanishing gradient"):
        assert title in text
    assert len(TRAINING) == 4


def test_the_notes_are_listed():
    assert set(NOTES) == {"neurons", "activations", "training"}
    with pytest.raises(SymnetError, match="There are: neurons, activations, training"):
        study("nosuch")
