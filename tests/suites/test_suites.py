"""The public Chinese number, percent and date cases: those within the guideline's scope are right, those outside are listed with a reason."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.suites import judges

LIST = Path(__file__).with_name("left_out.tsv")
FILES = {"number": "NumberModel.json", "percent": "PercentModel.json", "datetime": "DateTimeModel.json"}
JUDGES: dict[str, Callable[[dict[str, Any]], bool]] = {"number": judges.number, "percent": judges.percent, "datetime": judges.datetime}
IN_SCOPE = {"number": 250, "percent": 140, "datetime": 150}
RIGHT = 0.95

pytestmark = pytest.mark.shared


@cache
def left_out() -> tuple[dict[tuple[str, int], tuple[str, str]], dict[str, str]]:
    """Return the cases left out (hash and reason code) and what the codes mean."""
    cases: dict[tuple[str, int], tuple[str, str]] = {}
    reasons: dict[str, str] = {}
    for line in LIST.read_text(encoding="utf-8").splitlines()[1:]:
        if line.startswith("# "):
            code, _, meaning = line[2:].partition(": ")
            reasons[code] = meaning
        else:
            suite, ordinal, digest, reason = line.split("\t")
            cases[suite, int(ordinal)] = (digest, reason)
    return cases, reasons


def _cases(shared: Path, suite: str) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads((shared / "suites" / FILES[suite]).read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize("suite", FILES)
def test_suites_in_scope_are_right(shared: Path, suite: str) -> None:
    out, _ = left_out()
    inside = [case for i, case in enumerate(_cases(shared, suite)) if (suite, i) not in out]
    wrong = [case["Input"] for case in inside if not JUDGES[suite](case)]
    assert len(inside) >= IN_SCOPE[suite]
    assert len(wrong) <= (1 - RIGHT) * len(inside), f"{len(wrong)} of {len(inside)} {suite} cases are wrong: {wrong}"


@pytest.mark.parametrize("suite", FILES)
def test_suites_left_out_cases_exist(shared: Path, suite: str) -> None:
    """The list still names the cases it was written for, each with a known reason."""
    out, reasons = left_out()
    cases = _cases(shared, suite)
    for (name, ordinal), (digest, reason) in out.items():
        if name == suite:
            assert hashlib.sha256(cases[ordinal]["Input"].encode()).hexdigest()[:8] == digest
            assert reasons.get(reason)
