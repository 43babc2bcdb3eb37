"""Views answer what they promise, the same in both databases, from live facts only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from ljnews.records import ArticleRecord
from tests.store.made import Maker, item, record
from tests.store.test_sinks import store

# Articles 1 and 14 are about one project: 青禾1号产业园项目, started in February, operating in March.
EARLY, LATE = 1, 14


def rows(sink: Any, query: str, **values: Any) -> list[dict[str, Any]]:
    with sink.engine.connect() as conn:
        return [dict(row) for row in conn.execute(sa.text(query), values).mappings()]


@pytest.fixture
def filled(database: Any) -> Any:
    store(database, [item(record(n)) for n in (EARLY, LATE, 2)])
    return database


def test_views_a_project_shows_its_latest_status_and_money(filled: Any) -> None:
    (row,) = rows(filled, "SELECT * FROM project_overview WHERE project = :name", name="青禾1号产业园项目")
    assert (row["status"], row["articles"]) == ("operating", 2)
    assert (str(row["status_reported_on"]), str(row["first_reported_on"]), str(row["last_reported_on"])) == (
        "2022-03-05",
        "2022-02-05",
        "2022-03-05",
    )
    assert Decimal(row["total_investment"]) == 1550000000
    assert row["due_on"] == "2023-12-31"


def test_views_a_target_is_met_when_a_later_article_says_so(filled: Any) -> None:
    query = "SELECT project, published_on, project_completed_reported_on, deadline_to, sentence FROM target_deadlines ORDER BY published_on"
    found = rows(filled, query)
    assert [str(row["published_on"]) for row in found] == ["2022-02-05", "2022-03-05", "2022-03-05"]
    assert str(found[0]["project_completed_reported_on"]) == "2022-03-05"
    assert [row["project_completed_reported_on"] for row in found[1:]] == [None, None]
    assert {str(row["deadline_to"]) for row in found} == {"2023-12-31"}


def test_views_a_plan_is_met_when_a_later_report_reaches_it(database: Any) -> None:
    report = record(2, day="2023-02-01").model_dump(mode="json")
    m = Maker(2, "", "")
    m.text = report["article"]["text"]
    outcome = {
        "metric": "年产值",
        "amount_id": None,
        "value": "104.5",
        "lower": None,
        "upper": None,
        "unit": "percent",
        "approximation": "exact",
    }
    report["targets"][0] |= {"kind": "progress", "strength": "report", "actor": "临川1县", "outcomes": [outcome]}
    store(database, [item(record(EARLY)), item(ArticleRecord.model_validate(report))])
    (row,) = rows(database, "SELECT outcome_met_reported_on FROM target_deadlines")
    assert str(row["outcome_met_reported_on"]) == "2023-02-01"


def test_views_posts_carry_place_and_day(filled: Any) -> None:
    found = rows(filled, "SELECT * FROM official_posts WHERE place_name = '临川0县' ORDER BY published_on")
    assert [(r["name"], r["post"], r["organization_resolved"], str(r["published_on"])) for r in found] == [
        ("周明远", "县委书记", "中共临川0县委员会", "2022-03-05")
    ]
    assert found[0]["evidence"] in found[0]["sentence"]


def test_views_amounts_carry_measure_period_and_project(filled: Any) -> None:
    found = rows(filled, "SELECT * FROM amount_measures WHERE measure = '总投资' ORDER BY published_on, article_id")
    assert {(r["project"], str(r["period_from"]), r["unit"]) for r in found} == {
        ("青禾1号产业园项目", "2022-01-01", "CNY"),
        ("青禾2号产业园项目", "2022-01-01", "CNY"),
    }
    assert sorted(Decimal(r["value"]) for r in found) == [250000000, 350000000, 1550000000]


def test_views_leave_superseded_facts_out(filled: Any) -> None:
    before = rows(filled, "SELECT count(*) AS n FROM fact_sentences")[0]["n"]
    store(filled, [item(record(EARLY, change="gone"))])
    assert rows(filled, "SELECT count(*) AS n FROM fact_sentences")[0]["n"] == before - 1
