"""Dates: what each expression means on a given day, and what stays unknown."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest

from ljnews.recognize._date_calendar import festival
from ljnews.recognize.date import dates, deadline
from ljnews.recognize.values import Period
from ljnews.text.text import Text

PUBLISHED = datetime.date(2022, 8, 5)


def periods(sentence: str, published: datetime.date | None = PUBLISHED) -> list[tuple[str, Period]]:
    text = Text(sentence, published=published)
    return [(sentence[m.start : m.end], m.value) for m in dates(text)]


def only(sentence: str, published: datetime.date | None = PUBLISHED) -> Period:
    found = periods(sentence, published)
    assert len(found) == 1, f"{sentence}: {found}"
    return found[0][1]


@pytest.mark.parametrize(
    ("expression", "due"),
    [
        ("年底", "2022-12-31"), ("年底前", "2022-12-31"), ("上半年", "2022-06-30"), ("明年一季度", "2023-03-31"), ("9月底", "2022-09-30"),
        ("9月上旬", "2022-09-10"), ("9月中旬", "2022-09-20"), ("9月下旬", "2022-09-30"), ("今年秋季", "2022-11-30"), ("明年春季", "2023-05-31"),
        ("明年夏季", "2023-08-31"), ("“十四五”期间", "2025-12-31"), ("“十四五”末", "2025-12-31"), ("未来三年", "2025-08-05"), ("年内", "2022-12-31"),
        ("今年1至6月", "2022-06-30"), ("到2025年", "2025-12-31"), ("2025年底前", "2025-12-31"), ("明年5月", "2023-05-31"), ("本月底", "2022-08-31"),
        ("10月1日前", "2022-10-01"), ("两年内", "2024-08-05"), ("下半年", "2022-12-31"), ("明年春节前", "2023-01-21"), ("国庆节前", "2022-09-30"),
        ("到“十五五”末", "2030-12-31"), ("下个月", "2022-09-30"), ("30日内", "2022-09-04"), ("三个月内", "2022-11-05"), ("全年", "2022-12-31"),
    ],
)  # fmt: skip
def test_date_common_deadlines(expression: str, due: str) -> None:
    assert deadline(only(f"力争{expression}完成建设。")) == datetime.date.fromisoformat(due)


@pytest.mark.parametrize("sentence", ["五年后建成。", "此前建成。", "近日开工。"])
def test_date_no_horizon(sentence: str) -> None:
    assert deadline(only(sentence)) is None


def test_date_since_is_due_on_its_first_day() -> None:
    assert deadline(only("新规7月1日起施行。")) == datetime.date(2022, 7, 1)


@pytest.mark.parametrize(
    ("sentence", "published", "day"),
    [
        ("12月28日,项目开工。", "2023-01-10", "2022-12-28"),
        ("1月5日将召开大会。", "2022-12-26", "2023-01-05"),
        ("30日,记者获悉。", "2020-03-30", "2020-03-30"),
        ("30日,记者获悉。", "2020-04-02", "2020-03-30"),
        ("30日,记者获悉。", "2022-03-02", "2022-01-30"),
        ("计划10月8日开园。", "2022-03-15", "2022-10-08"),
        ("2月29日开工。", "2022-03-15", "2020-02-29"),
        ("昨日开工。", "2022-01-01", "2021-12-31"),
        ("上周五开工。", "2022-08-05", "2022-07-29"),
    ],
)
def test_date_without_a_year_is_the_near_one(sentence: str, published: str, day: str) -> None:
    period = only(sentence, datetime.date.fromisoformat(published))
    assert (period.from_, period.to) == (datetime.date.fromisoformat(day),) * 2


def test_date_year_of_the_sentence_is_carried() -> None:
    found = periods("项目2019年3月签约,9月开工,次年1月投产。")
    assert [p.iso for _, p in found] == ["2019-03", "2019-09", "2020-01"]


def test_date_same_day_and_year_look_back() -> None:
    found = periods("2021年11月3日签约,当天开工,当年完成投资。")
    assert [p.iso for _, p in found] == ["2021-11-03", "2021-11-03", "2021"]


@pytest.mark.parametrize(
    "sentence", ["9月底完成。", "上半年完成。", "今年完成。", "30日完成。", "明年春节前完成。", "未来三年完成。", "当天完成。"]
)
def test_date_stays_unknown_without_a_publication_date(sentence: str) -> None:
    period = only(sentence, None)
    assert (period.from_, period.to, period.iso) == (None, None, None)


def test_date_absolute_needs_no_publication_date() -> None:
    assert only("2021年11月开工。", None).iso == "2021-11"


@pytest.mark.parametrize(
    "sentence",
    [
        "编制“十四五”规划。",
        "2月30日。",
        "这条路长2022米。",
        "五年级三班。",
        "3比2获胜。",
        "他是十月怀胎所生。",
        "客服电话2022-3456789。",
        "今日头条报道。",
    ],
)
def test_date_not_a_date(sentence: str) -> None:
    assert periods(sentence) == []


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("春节", 2022, "2022-02-01"),
        ("端午", 2023, "2023-06-22"),
        ("中秋", 2025, "2025-10-06"),
        ("元宵", 2024, "2024-02-24"),
        ("清明", 2024, "2024-04-04"),
        ("除夕", 2021, "2021-02-11"),
    ],
)
def test_date_festivals(name: str, year: int, day: str) -> None:
    assert festival(name, year) == datetime.date.fromisoformat(day)


def test_date_festivals_outside_the_table_are_unknown() -> None:
    assert festival("春节", 1985) is None


def test_date_spans_are_exact_and_do_not_overlap() -> None:
    sentence = "2021年3月至2022年5月,今年1-6月和去年同期,截至7月底,9月以来,8月1日至5日、10日前。"
    mentions = dates(Text(sentence, published=PUBLISHED))
    assert [sentence[m.start : m.end] for m in mentions] == [
        "2021年3月至2022年5月", "今年1-6月", "去年同期", "截至7月底", "9月以来", "8月1日至5日", "10日前",
    ]  # fmt: skip
    assert all(a.end <= b.start for a, b in pairwise(mentions))
