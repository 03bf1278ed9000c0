"""The same expression gives the same bytes: in any order, with any hash seed, from a cold and from a warm cache."""

import os
import subprocess
import sys

import pytest

TEXTS = [
    "x*tanh(log(1+exp(x)))",
    "sin(x)*tanh(x)",
    "asin(sin(x))",
    "max(exp(x)-2,x^2)",
    "sin(exp(x))",
    "x^(1/3)*exp(-x/7)",
    "Piecewise((x^2*sin(1/x),x>0),(erf(x),True))",
]
PROGRAM = """
import json, sys
from symnet.analysis import analyse
found = {text: json.dumps(analyse(text).to_json()) for text in sys.argv[1:]}
for text in sorted(found):
    print(found[text])
"""


def documents(texts, seed, folder=""):
    environment = dict(os.environ, PYTHONHASHSEED=seed, SYMNET_CACHE_DIR=str(folder))
    done = subprocess.run([sys.executable, "-c", PROGRAM, *texts], capture_output=True, check=True, env=environment)
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def expected():
    return documents(TEXTS, "1")


def test_whatever_was_analysed_before_and_whatever_the_seed(expected):
    assert documents(TEXTS[::-1], "20261127") == expected


def test_alone_in_its_process(expected):
    assert documents(TEXTS[4:5], "3")[0] in expected


def test_cold_and_warm_cache(expected, tmp_path):
    assert documents(TEXTS[1:4], "5", tmp_path) == documents(TEXTS[1:4], "6", tmp_path)
    assert all(document in expected for document in documents(TEXTS[1:4], "7", tmp_path))
    assert len(list(tmp_path.rglob("*.json"))) == 3
