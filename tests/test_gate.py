"""No score falls under its pinned floor, and the floors belong to the texts they are compared on."""

from __future__ import annotations

import json

import pytest

from tests import gate

_SETS = {name: (pages, gold) for name, pages, gold in gate.sets()}


@pytest.mark.parametrize("name", ["corpus", "dev", "seed"])
def test_gate_no_score_falls_under_its_floor(name: str) -> None:
    if name not in _SETS:
        pytest.skip("the measuring texts are not beside the project (../shared)")
    pages, gold = _SETS[name]
    pinned = json.loads(gate.FLOORS.read_text(encoding="utf-8"))[name]
    assert pinned["hash"] == gate.fingerprint(pages, gold), (
        "texts or gold changed: read `python -m tests.gate`, then pin with --raise or --lower"
    )
    scores = gate.measure(pages, gold)
    under = {row: (scores[row], floor) for row, floor in pinned["floors"].items() if scores[row] < floor}
    assert not under, f"under the floor: {under}"


def test_gate_covers_every_scored_row() -> None:
    from ljnews.evaluate.scores import ROWS

    assert set(gate.ROWS) == set(ROWS) - {"measure exact"}
