"""Every document obeys the committed schema, and the schema refuses what breaks the contract."""

from __future__ import annotations

import copy
import json
import random
from importlib.resources import files
from typing import Any

import pytest

from agreement.expected import CORPUS
from symnet.analysis import analyse

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
SCHEMA: dict[str, Any] = json.loads(files("symnet.analysis").joinpath("facts.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
CHOSEN = [*random.Random(3).sample(sorted(CORPUS), 10), "1/x", "sqrt(1 - x^2)", "sign(x)", "0"]


@pytest.mark.parametrize("text", CHOSEN)
def test_documents_obey_the_schema(text: str) -> None:
    VALIDATOR.validate(json.loads(json.dumps(analyse(text).to_json())))


@pytest.mark.parametrize(
    ("text", "assume"), [("elu", "alpha>0"), ("x/(1 + exp(-b*x))", "b real"), ("log(x - a)", "a>=0")]
)
def test_documents_with_parameters_obey_the_schema(text: str, assume: str) -> None:
    VALIDATOR.validate(json.loads(json.dumps(analyse(text, assume=assume).to_json())))


@pytest.mark.slow
@pytest.mark.parametrize("text", sorted(CORPUS))
def test_all_documents_obey_the_schema(text: str) -> None:
    VALIDATOR.validate(json.loads(json.dumps(analyse(text).to_json())))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


BREAKS: list[tuple[str, Any]] = [
    ("parity", {"value": "both"}),
    ("parity", {"verdict": "perhaps"}),
    ("parity", {"reason": "No full stop"}),
    ("parity", {"verdict": "unknown"}),
    ("limit_at_plus_infinity", {"value": "1,5"}),
    ("limit_at_plus_infinity", {"value": "nan"}),
    ("domain", {"value": {"cases": [{"value": None}]}}),
    ("infimum", {"value": {"value": "0", "attained": True, "at": []}}),
    ("infimum", {"value": {"value": "0", "attained": "yes", "at": [], "intervals": []}}),
    ("zeros", {"value": {"points": ["0"], "intervals": [], "infinite": False, "family": "k*pi"}}),
    ("kinks", {"value": [{"at": "0", "left_slope": "1"}]}),
    ("jumps", {"value": [{"at": "0", "left": "0", "right": "oo", "value": "0"}]}),
    ("smoothness", {"value": -2}),
    ("asymptotes", {"value": [{"side": "left", "slope": "0", "intercept": "0"}]}),
]


@pytest.mark.parametrize(("name", "change"), BREAKS, ids=lambda value: str(value)[:40])
def test_what_breaks_the_contract_is_refused(name: str, change: dict[str, Any]) -> None:
    document = json.loads(json.dumps(analyse("abs(x)").to_json()))
    VALIDATOR.validate(document)
    broken = copy.deepcopy(document)
    broken["facts"][name] |= change
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(broken)
    del document["facts"][name]
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(document)
