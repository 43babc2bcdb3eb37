"""Amount facts: measure, subject, period, and the record they become."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from ljnews.facts.amount import build
from ljnews.facts.amount.extractor import amount
from ljnews.facts.draft import Draft
from ljnews.recognize.date import date
from ljnews.recognize.quantity import quantity
from ljnews.records import Amount
from ljnews.text.text import Text


def facts(sentence: str, published: datetime.date | None = datetime.date(2022, 8, 5)) -> list[dict[str, Any]]:
    text = Text(sentence, published=published)
    for one in (quantity, date, amount):
        text.add(one(text))
    draft = Draft("test")
    build.build(text, draft)
    for fact in draft.facts["amounts"]:
        Amount.model_validate(fact)
        evidence = fact["evidence"]
        assert sentence[evidence["start"] : evidence["end"]] == evidence["text"] == fact["surface"]
    return draft.facts["amounts"]


def measures(sentence: str) -> list[str | None]:
    return [fact["measure"] for fact in facts(sentence)]


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("项目总投资10亿元。", "总投资"), ("东城新区累计完成投资3亿元。", "累计完成投资"), ("建筑面积约4万平方米。", "建筑面积"), ("全市实现营业收入608亿元。", "营业收入"),
        ("园区提供就业岗位410个。", "提供就业岗位"), ("全年培训农民3000人。", "培训农民"), ("规上工业增加值同比增长9.1%。", "同比增长"), ("产量比上年下降5%。", "比上年下降"),
        ("占年度计划投资的71.6%。", "占年度计划投资"), ("已完成总工程量的93.3%。", "完成总工程量"), ("开复工率为74%。", "开复工率"), ("年产中药饮片2000吨。", "年产中药饮片"),
        ("形成长2.3公里的水面。", "长"), ("路基宽25.5米。", "路基宽"), ("通车里程目前已达4307公里。", "通车里程"), ("固定资产投资预计完成407亿元。", "固定资产投资"), ("合同工期60天。", "合同工期"),
        ("132个年度重点项目开工。", "年度重点项目"), ("6家菌菇生产企业投产。", "菌菇生产企业"), ("为62户贫困残疾人家庭改造房屋。", "贫困残疾人家庭"), ("30个国家和地区参展。", "国家和地区"),
        ("71个在建项目。", "在建项目"), ("以9.6%的市场占有率居首。", "市场占有率"), ("给予100万元奖励。", "奖励"), ("新建1.1万平方米厂房。", "厂房"), ("事故造成13人死亡。", "死亡"),
        ("历时三年。", "历时"), ("电动汽车充电桩10.4万个。", "电动汽车充电桩"), ("540个“不见面审批”事项。", "“不见面审批”事项"),
    ],
)  # fmt: skip
def test_amount_measure(sentence: str, measure: str) -> None:
    assert measures(sentence) == [measure]


@pytest.mark.parametrize("sentence", ["十年来,变化很大。", "每三斤。"])
def test_amount_without_a_measure(sentence: str) -> None:
    assert measures(sentence) == [None]


def test_amount_measure_is_distributed() -> None:
    assert measures("四个项目投资完成率分别达到100%、204%和98%。")[1:] == ["投资完成率"] * 3
    assert measures("两区分别完成投资36.2亿元、94.3亿元。") == ["完成投资"] * 2
    assert measures("产量从600公斤增长到1000公斤。") == ["产量"] * 2


def test_amount_measure_stops_at_the_other_amount() -> None:
    assert measures("其中产业项目49个,总投资244亿元;民生项目5项,总投资2亿元。") == ["产业项目", "总投资", "民生项目", "总投资"]


def test_amount_subject_is_what_stands_before_the_measure() -> None:
    assert facts("东城新区累计完成投资3亿元。")[0]["subject"] == "东城新区"


def test_amount_period() -> None:
    first, second = facts("今年1至6月,新区完成投资5亿元,比去年增长8%。")
    assert first["period"] == {"from": "2022-01-01", "to": "2022-06-30", "surface": "今年1至6月"}
    assert second["period"] == first["period"]
    assert facts("7月30日,新区完成投资5亿元。")[0]["period"] is None


def test_amount_values_are_plain_decimal_strings() -> None:
    fact = facts("占地0.50亩,投资2.2590万亿元。")
    assert [f["value"] for f in fact] == ["333.33", "2259000000000"]


def test_amount_ids_differ_for_the_same_surface() -> None:
    ids = [fact["id"] for fact in facts("甲项目3亿元,乙项目3亿元,丙项目3亿元。")]
    assert len(set(ids)) == 3


def test_amount_title_and_body_are_both_recorded() -> None:
    assert len(facts("南河县完成投资5亿元\n南河县完成投资5亿元。")) == 2
