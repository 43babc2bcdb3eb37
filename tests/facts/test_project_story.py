"""Projects: what the story around a ceremony's list or a works tells of its items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

RecordOf = Callable[..., dict[str, Any]]


def _rows(record: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Return (project, attribute, value) of all projects."""
    rows = {(p["name"], a["name"], a["value"]) for p in record["projects"] for a in p["attributes"] if a["name"] != "status"}
    return rows | {(p["name"], "status", p["status"]) for p in record["projects"] if p["status"]}


def test_project_undated_page_invents_no_year(record_of: RecordOf) -> None:
    text = "1月8日,青岚高新区2个项目集中开工。青岚高新区2015年9月升级为国家高新区。此次集中开工的项目分别是云上物流园、明湖中学。"
    rows = _rows(record_of(text, day=None))
    assert ("明湖中学", "status", "started") in rows
    assert not [row for row in rows if row[1] == "started_on"]


def test_project_items_on_lines_of_their_own_start_together(record_of: RecordOf) -> None:
    text = (
        "8月3日,青岚县举行集中开工仪式,2个项目隆重开工。\n这些项目分别是:\n由明兴农业有限公司投资的年产2万吨淮药加工项目、\n"
        "由云上米业有限公司投资的年产3万吨硅酸钾项目。\n县长张三丰说,该县将继续抓项目。"
    )
    rows = _rows(record_of(text))
    assert {
        ("年产2万吨淮药加工项目", "started_on", "2022-08-03"),
        ("年产3万吨硅酸钾项目", "status", "started"),
        ("年产3万吨硅酸钾项目", "location", "青岚县"),
    } <= rows


def test_project_lines_of_another_class_are_not_the_ceremonys(record_of: RecordOf) -> None:
    text = "8月3日,青岚县举行集中开工仪式,2个项目隆重开工。\n下半年谋划储备的项目有:\n由明兴农业有限公司投资的年产2万吨淮药加工项目、\n由云上米业有限公司投资的年产3万吨硅酸钾项目。"
    assert not [row for row in _rows(record_of(text)) if row[1:] == ("status", "started")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("8月3日,青岚县举行集中开工仪式。此次集中开工的项目有云上物流园、明湖中学等12个项目。", "青岚县"),
        ("8月3日,云州市集中签约仪式在深圳市南山区举行,云上物流园、明湖中学等12个项目签约。", None),
    ],
)
def test_project_stands_where_its_ceremony_is_held(record_of: RecordOf, text: str, place: str | None) -> None:
    rows = _rows(record_of(text))
    assert {row[2] for row in rows if row[1] == "location"} == ({place} if place else set())


def test_project_schools_begun_by_kinds_start_with_the_ceremony(record_of: RecordOf) -> None:
    text = (
        "青岚县7个教育项目集中开工\n8月3日,青岚县教育基础设施建设项目集中开工,当天集中开工教育项目4个,计划总投资5.2亿元。\n"
        "其中新建幼儿园2个:火车站幼儿园、明湖幼儿园,计划总投资1.8亿元,占地96亩。\n扩建中学1个:云山中学,计划投资2.5亿元。"
    )
    rows = _rows(record_of(text))
    assert {("火车站幼儿园", "started_on", "2022-08-03"), ("明湖幼儿园", "status", "started"), ("云山中学", "status", "started")} <= rows


def test_project_schools_planned_by_kinds_do_not_start(record_of: RecordOf) -> None:
    text = "青岚县7个教育项目集中开工\n8月3日,青岚县教育基础设施建设项目集中开工。\n明年计划新建幼儿园2个:火车站幼儿园、明湖幼儿园,计划总投资1.8亿元。"
    assert not [row for row in _rows(record_of(text)) if row[1:] == ("status", "started") and "幼儿园" in row[0]]
