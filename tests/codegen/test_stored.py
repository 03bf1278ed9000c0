"""Forms and plans on disk: they come back the same, are asked for by everything they depend on, and damage costs time only."""

import json
import subprocess
import sys

import numpy as np
import pytest
import sympy
from sympy import Rational, Symbol, sqrt

from symnet.codegen import stored
from symnet.codegen.compiled import Frozen, _plan, _planned, _scalar, compile
from symnet.codegen.form import X, number, operate
from symnet.codegen.inplace import _cheapest, chosen_forms
from symnet.codegen.merge import TOP
from symnet.codegen.polynomials import Polynomial
from symnet.definitions.activation import activations

x = Symbol("x", real=True)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SYMNET_CACHE_DIR", str(tmp_path))
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    """As in a new process: only the disk remembers."""
    for known in (_planned, _scalar, chosen_forms):
        known.cache_clear()


def through_json(plain):
    return json.loads(json.dumps(plain))


@pytest.mark.parametrize("name", ["relu", "elu", "sigmoid", "gelu", "softsign", "hardshrink", "square"])
@pytest.mark.parametrize("order", [0, 1])
def test_a_plan_comes_back_the_same(name, order):
    a = activations[name]
    plan = _plan(a.default_expression, a.variable, order, None, Frozen(a.apis))
    assert stored.read_plan(through_json(stored.write_plan(plan))) == plan


def test_forms_come_back_as_the_same_objects():
    polynomial = Polynomial(1.5, -0.0, 2, (0.1, -3e-300, 5e-324), 1e-17)
    t = operate("exp", operate("minimum", X, TOP))
    forms = (
        t / (1 + t),
        None,
        operate("polynomial", X, payload=polynomial),
        operate("exp_tower", X, payload=((Rational(1, 3), sqrt(2)), sympy.pi, (-sympy.E,))),
        operate("select", X, number(sympy.nan), payload=0.5) + number(-sympy.oo),
        X * number(sympy.exp(-sqrt(3)) / (1 + sympy.erf(Rational(-7, 5)))),
    )
    back = stored.read_forms(through_json(stored.write_forms(forms)))
    assert all(a is b for a, b in zip(forms, back, strict=True))


@pytest.mark.parametrize("payload", [sympy.Float("0.1"), x, sympy.zeta, object()])
def test_what_would_not_come_back_is_not_kept(payload, folder):
    form = operate("number", payload=payload)
    made = stored.remembered("test", [1], lambda: (form,), stored.write_forms, stored.read_forms)
    assert made == (form,) and not list(folder.rglob("*.json"))


def test_no_text_is_evaluated_and_no_other_class_is_built():
    for head in ("Symbol", "sympify", "Function", "__import__", "printing"):
        with pytest.raises(stored.DAMAGED):
            stored._read_expression([head, ["0x1", "0x1"]])


def test_the_second_time_nothing_is_chosen(monkeypatch):
    first, forms = compile("silu", order=1).source, chosen_forms(((activations["silu"], 0), (activations["silu"], 1)))
    forget()

    def fail(*_):
        raise AssertionError("chosen again")

    monkeypatch.setattr("symnet.codegen.compiled.stabilize", fail)
    monkeypatch.setattr("symnet.codegen.inplace.choices", fail)
    assert compile("silu", order=1).source == first
    assert chosen_forms(((activations["silu"], 0), (activations["silu"], 1))) == forms
    with pytest.raises(AssertionError, match="chosen again"):
        compile("silu", order=2)


@pytest.mark.parametrize("payload", [{}, [], {"nodes": [["add", [5, 6], None]], "forms": [0]}, {"nodes": 3}, "x"])
def test_a_sound_entry_that_says_nonsense_is_replaced(payload, folder):
    wanted = compile("elu", order=1).source
    forget()
    paths = list(folder.rglob("*.json"))
    for path in paths:
        stored.ENTRIES.put(path.stem, payload)
    assert compile("elu", order=1).source == wanted
    assert all(json.loads(path.read_bytes())["payload"] != payload for path in paths)


def test_the_question_holds_what_the_answer_depends_on():
    relu, elu = activations["relu"], activations["elu"]
    keys = [
        stored.function_key(e, v, order, kink, apis)
        for e, v, order, kink, apis in [
            (relu.default_expression, x, 1, None, relu.apis),
            (relu.default_expression, x, 1, None, {}),
            (relu.default_expression, x, 1, "left", relu.apis),
            (relu.default_expression, x, 0, None, relu.apis),
            (elu.default_expression, x, 1, None, elu.apis),
            (elu(alpha="1/2").default_expression, x, 1, None, elu.apis),
            (Symbol("x") ** 2, Symbol("x"), 0, None, {}),
            (x**2, x, 0, None, {}),
        ]
    ]
    assert len({json.dumps(key) for key in keys}) == len(keys)


def test_another_process_writes_the_same_program(folder):
    code = "from symnet import *; import symnet; print(symnet.compile('mish', order=1).source)"
    texts = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout for _ in range(2)]
    assert texts[0] == texts[1] and "def mish_derivative" in texts[0]
    assert len(list(folder.rglob("forms/*/*.json"))) == 1
    assert np.isfinite(compile("mish", order=1)(np.linspace(-9, 9, 50))).all()


def test_what_is_read_back_holds():
    functions = ((activations["tanh"], 0), (activations["tanh"], 1))
    chosen_forms(functions)
    forget()
    assert chosen_forms(functions) == _cheapest(functions)
