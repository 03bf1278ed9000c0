"""The sheet of a trained network: what it shows is what the file and the test part say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import symnet
from symnet.explain import explain
from symnet.explain.trained import explain_trained
from symnet.interchange.safetensors import save
from symnet.render import render
from symnet.sheet import Pictures


@pytest.fixture(scope="module")
def trained():
    return symnet.train("digits", hidden=(8,), epochs=3, rate=0.5, seed=0)


@pytest.fixture(scope="module")
def sheet(trained, tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("trained") / "small.safetensors"
    save(trained, path)
    return explain(Path(path))


def section(sheet, key: str):
    return next(s for s in sheet.sections if s.key == key)


def test_every_part_is_there(sheet) -> None:
    keys = {s.key for s in sheet.sections}
    assert {"architecture", "training", "history", "weights", "sample", "confusion", "mistakes"} <= keys
    assert sheet.subject == "small"
    text = render(sheet, "markdown")
    assert "test part of UCI's optical digits" in text
    assert "610" in text  # 8·64 + 8 + 10·8 + 10
    assert len(render(sheet, "html")) > 10_000


def test_the_pictures_are_the_first_layer_s_weights(sheet, trained) -> None:
    (pictures,) = [b for b in section(sheet, "weights").blocks if isinstance(b, Pictures)]
    assert pictures.signed
    expected = trained.network.parameters["layers.1.weight"].reshape(8, 8, 8)
    assert np.allclose(np.array(pictures.images), expected, atol=1e-4)


def test_the_confusion_matrix_counts_the_whole_test_part(sheet, trained) -> None:
    table = section(sheet, "confusion").blocks[1]
    counts = np.array([[0 if cell == "·" else int(cell) for cell in row[1:]] for row in table.rows])
    parts = trained.parts()
    guesses = trained.network(parts.x_test).argmax(axis=1)
    assert counts.sum() == len(parts.y_test) == 359
    assert counts.trace() == (guesses == parts.y_test).sum()
    assert all(counts[k].sum() == (parts.y_test == k).sum() for k in range(10))


def test_the_mistakes_are_mistakes_with_the_most_confident_first(sheet, trained) -> None:
    pictures = next(b for b in section(sheet, "mistakes").blocks if isinstance(b, Pictures))
    parts = trained.parts()
    outputs = trained.network(parts.x_test)
    wrong = np.flatnonzero(outputs.argmax(axis=1) != parts.y_test)
    surest = wrong[np.argmax(outputs.max(axis=1)[wrong])]
    assert np.array_equal(np.array(pictures.images[0]), parts.raw_test[surest])


def test_without_its_data_the_sheet_says_less_and_nothing_wrong(trained) -> None:
    from dataclasses import replace

    found = explain_trained(replace(trained, data={"name": "/nowhere/else.npz", "note": ""}))
    keys = {s.key for s in found.sections}
    assert {"architecture", "weights"} <= keys
    assert not {"sample", "confusion", "mistakes"} & keys
