"""The same page gives the same record, byte for byte: in any order of inputs, in any process, with any hash seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT

_SCRIPT = """
import json, random, sys
from ljnews.records import Failure
from ljnews.run.inputs import pages
from ljnews.run.process import process
found = list(pages(["corpus/pages"]))
random.Random(int(sys.argv[1])).shuffle(found)
out = {}
for page in found:
    result = page if isinstance(page, Failure) else process(page)
    out[page.input] = result.model_dump_json()
print(json.dumps(out, sort_keys=True))
"""


def _run(seed: int) -> dict[str, str]:
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(seed)], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def first() -> dict[str, str]:
    return _run(0)


def test_determinism_corpus_pages_all_give_records(first: dict[str, str]) -> None:
    failed = {name: line for name, line in first.items() if "schema_version" not in json.loads(line)}
    assert failed == {}


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_determinism_records_are_byte_identical(first: dict[str, str], seed: int) -> None:
    again = _run(seed)
    assert again == first
