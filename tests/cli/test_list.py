"""The verb list: everything explainable, by family, without waking SymPy."""

from __future__ import annotations

import subprocess
import sys

from click.testing import CliRunner

from symnet.cli.main import main
from symnet.definitions.activation import activations
from symnet.definitions.vector_activation import vector_activations
from symnet.explain.subjects import CONCEPTS, NOTES


def test_everything_is_listed() -> None:
    output = CliRunner().invoke(main, ["list"]).output
    for record in (*activations, *vector_activations):
        assert record.name in output
    for name in (*CONCEPTS, *NOTES):
        assert name in output


def test_names_only() -> None:
    names = CliRunner().invoke(main, ["list", "--names"]).output.split()
    assert {"relu", "softmax", "neuron", "neurons"} <= set(names)


def test_listing_imports_neither_sympy_nor_numpy() -> None:
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom symnet.cli.main import main\n"
        "assert CliRunner().invoke(main, ['list']).exit_code == 0\n"
        "assert not {'sympy', 'numpy', 'rich'} & set(sys.modules), sorted({'sympy', 'numpy', 'rich'} & set(sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
