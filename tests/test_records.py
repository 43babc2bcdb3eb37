"""The record refuses what contradicts itself."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from ljnews.records import ArticleRecord, Evidence, Interval, Outcome

TEXT = "南充市委书记王某说,总投资10亿元。"


def _evidence(quote: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "text": quote, "rule": "test"}


def _record() -> dict[str, Any]:
    article = {
        "id": "a", "input": "x", "input_id": None, "url": None, "site": None, "title": None, "kicker": None, "subtitle": None,
        "published_at": "2022-08-05", "source": None, "place": None, "channel": [], "reporters": [], "editors": [], "keywords": [],
        "text": TEXT, "sections": [], "turns": [], "pages": 1, "content_hash": "h", "text_hash": "h",
    }  # fmt: skip
    amount = {
        "id": "m", "surface": "10亿元", "kind": "money", "number": "10亿", "unit_text": "元", "value": "1000000000", "lower": None, "upper": None,
        "unit": "CNY", "approximation": "exact", "measure": "总投资", "subject": None, "project_id": None, "period": None, "evidence": _evidence("10亿元"),
    }  # fmt: skip
    post = {
        "post": "南充市委书记", "organization": "南充市委", "title": "书记", "state": "current", "organization_resolved": "南充市委",
        "place": {"adcode": "511300", "name": "南充市"}, "evidence": _evidence("南充市委书记"),
    }  # fmt: skip
    return {
        "schema_version": "1.0",
        "producer": {"version": "0", "rules_hash": "r", "lexicon_hash": "l", "segmenter": "rjieba"},
        "article": article,
        "officials": [{"id": "o", "name": "王某", "posts": [post], "evidence": [_evidence("王某")]}],
        "people": [], "amounts": [amount], "projects": [], "targets": [], "warnings": [],
    }  # fmt: skip


def test_record_is_accepted_and_round_trips() -> None:
    record = ArticleRecord.model_validate(_record())
    assert ArticleRecord.model_validate_json(record.model_dump_json()) == record
    assert '"project_id":null' in record.model_dump_json()


BREAK: dict[str, Callable[[dict[str, Any]], None]] = {
    "evidence outside the text": lambda r: r["amounts"][0]["evidence"].update(start=900, end=904),
    "evidence one character off": lambda r: r["amounts"][0]["evidence"].update(
        start=r["amounts"][0]["evidence"]["start"] + 1, end=r["amounts"][0]["evidence"]["end"] + 1
    ),
    "end before start": lambda r: r["amounts"][0]["evidence"].update(end=0),
    "two facts with one id": lambda r: r["officials"][0].update(id="m"),
    "a reference to nothing": lambda r: r["amounts"][0].update(project_id="nobody"),
    "an unknown field": lambda r: r["amounts"][0].update(colour="red"),
    "a missing field": lambda r: r["amounts"][0].pop("period"),
    "a float": lambda r: r["amounts"][0].update(value=1e9),
    "an exponent": lambda r: r["amounts"][0].update(value="1E9"),
    "trailing zeros": lambda r: r["amounts"][0].update(value="10.50"),
    "neither value nor range": lambda r: r["amounts"][0].update(value=None),
    "bounds out of order": lambda r: r["amounts"][0].update(value=None, lower="3", upper="2"),
    "period backwards": lambda r: r["amounts"][0].update(period={"from": "2022-06-30", "to": "2022-01-01", "surface": "x"}),
    "a day that is none": lambda r: r["amounts"][0].update(period={"from": "2022-02-30", "to": None, "surface": "x"}),
    "post not its parts": lambda r: r["officials"][0]["posts"][0].update(post="书记"),
    "official without a post": lambda r: r["officials"][0].update(posts=[]),
    "unknown kind": lambda r: r["amounts"][0].update(kind="weight"),
    "section outside the text": lambda r: r["article"]["sections"].append(
        {"kind": "main", "heading": None, "title": None, "start": 0, "end": 999, "reporters": []}
    ),
}


@pytest.mark.parametrize("broken", sorted(BREAK))
def test_record_refuses(broken: str) -> None:
    data = copy.deepcopy(_record())
    BREAK[broken](data)
    with pytest.raises(ValidationError):
        ArticleRecord.model_validate(data)


def test_record_is_frozen() -> None:
    record = ArticleRecord.model_validate(_record())
    with pytest.raises(ValidationError):
        record.article.title = "x"  # type: ignore[misc]


def test_evidence_counts_astral_characters_as_one() -> None:
    assert Evidence(start=0, end=2, text="𬭎河", rule="r").end == 2


def test_interval_takes_open_sides() -> None:
    assert Interval.model_validate({"from": None, "to": "2022-12-31", "surface": "年底"}).to == "2022-12-31"


def test_outcome_checks_order() -> None:
    with pytest.raises(ValidationError):
        Outcome(metric=None, amount_id=None, value=None, lower="5", upper="1", unit="CNY", approximation="exact")
