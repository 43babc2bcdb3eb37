"""Quantities: every unit of the guideline, ranges, modifiers, and what is no amount."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ljnews.facts.draft import decimal_text
from ljnews.recognize.quantity import quantity
from ljnews.recognize.values import Quantity
from ljnews.text.text import Text


def found(sentence: str) -> list[tuple[str, Quantity]]:
    return [(sentence[m.start : m.end], m.value) for m in quantity(Text(sentence))]


def only(sentence: str) -> Quantity:
    values = found(sentence)
    assert len(values) == 1, f"{sentence}: {values}"
    return values[0][1]


@pytest.mark.parametrize(
    ("surface", "kind", "value", "unit"),
    [
        ("225.9亿元", "money", "22590000000", "CNY"), ("3000美元", "money", "3000", "USD"), ("5亿港元", "money", "500000000", "HKD"),
        ("20万欧元", "money", "200000", "EUR"), ("220亿日元", "money", "22000000000", "JPY"), ("1.5亿新台币", "money", "150000000", "TWD"),
        ("121亩", "area", "80666.67", "m2"), ("2公顷", "area", "20000", "m2"), ("3平方公里", "area", "3000000", "m2"), ("10万平方米", "area", "100000", "m2"),
        ("7.79公里", "length", "7790", "m"), ("3里", "length", "1500", "m"), ("24.38千米", "length", "24380", "m"), ("30厘米", "length", "0.3", "m"),
        ("50万方", "volume", "500000", "m3"), ("3亿立方米", "volume", "300000000", "m3"), ("2升", "volume", "0.002", "m3"),
        ("4.5万吨", "mass", "45000000", "kg"), ("一百斤", "mass", "50", "kg"), ("319.0公斤", "mass", "319", "kg"),
        ("1300万千瓦", "power", "13000000000", "W"), ("50兆瓦", "power", "50000000", "W"), ("1.3亿千瓦时", "energy", "130000000", "kWh"),
        ("用电18亿度", "energy", "1800000000", "kWh"), ("54%", "percent", "54", "percent"), ("两成", "percent", "20", "percent"),
        ("三成五", "percent", "35", "percent"), ("八亩五分", "area", "5666.67", "m2"), ("千分之三", "percent", "0.3", "percent"), ("5‰", "percent", "0.5", "percent"),
        ("1.5个百分点", "percentage_point", "1.5", "percentage_point"), ("3倍", "ratio", "3", "倍"), ("三分之一", "ratio", "0.3333", "倍"),
        ("翻两番", "ratio", "2", "番"), ("8000余人", "person", "8000", "人"), ("118万青年", "person", "1180000", "人"), ("36名", "person", "36", "人"),
        ("10多位", "person", "10", "人"), ("100户居民", "household", "100", "户"), ("100户企业", "count", "100", "户"), ("60个工作日", "duration", "60", "day"),
        ("十年", "duration", "10", "year"), ("6个月", "duration", "6", "month"), ("半个月", "duration", "0.5", "month"), ("2周", "duration", "2", "week"),
        ("8小时", "duration", "8", "hour"), ("71个", "count", "71", "个"), ("2000万人次", "count", "20000000", "人次"), ("12个乡镇", "count", "12", "个"),
        ("35℃", "other", "35", "℃"), ("220千伏", "other", "220", "千伏"), ("1040亿吨公里", "other", "104000000000", "吨公里"), ("10PB", "other", "10", "PB"),
        ("７１个", "count", "71", "个"), ("12個", "count", "12", "个"), ("3戶居民", "household", "3", "户"), ("50个亿元", "money", "5000000000", "CNY"),
    ],
)  # fmt: skip
def test_quantity_units(surface: str, kind: str, value: str, unit: str) -> None:
    quantity_ = only(f"其中{surface}。")
    assert (quantity_.kind, decimal_text(quantity_.value), quantity_.unit) == (kind, value, unit)


@pytest.mark.parametrize(
    ("surface", "approximation"),
    [
        ("约3公里", "about"), ("近百家", "about"), ("3公里左右", "about"), ("将近3公里", "about"), ("超10亿元", "over"), ("10余项", "over"), ("突破5万人", "over"),
        ("200多万元", "over"), ("不足3成", "under"), ("不到10%", "under"), ("50%以下", "under"), ("5亿元以上", "at_least"), ("不低于4亿元", "at_least"),
        ("至少5个", "at_least"), ("上千家", "at_least"), ("3天以内", "at_most"), ("不超过5个", "at_most"), ("最高300万元", "at_most"), ("3个", "exact"),
        ("高达92%", "exact"), ("过千万元", "over"), ("约为74亩", "about"), ("十来个", "about"),
    ],
)  # fmt: skip
def test_quantity_approximation(surface: str, approximation: str) -> None:
    assert only(f"总体{surface},").approximation == approximation


@pytest.mark.parametrize(
    ("surface", "lower", "upper"),
    [
        ("1至3亿元", "100000000", "300000000"), ("10—15亿元", "1000000000", "1500000000"), ("3%-5%", "3", "5"), ("三到五年", "3", "5"), ("8~10个", "8", "10"),
        ("十五六个", "15", "16"), ("三五百人", "300", "500"), ("7000至1万元", "7000", "10000"), ("1万元-20万元", "10000", "200000"), ("两三天", "2", "3"),
    ],
)  # fmt: skip
def test_quantity_range(surface: str, lower: str, upper: str) -> None:
    value = only(f"大约要{surface}。")
    assert value.value is None
    assert (decimal_text(value.lower), decimal_text(value.upper)) == (lower, upper)


@pytest.mark.parametrize(
    "sentence",
    [
        "第三次全体会议于2021年5月3日9时开幕。", "二季度,一期工程在212国道旁动工。", "一个问题、一批项目、一条心、一方面。", "党的二十大和十九届六中全会。",
        "坚持“四个意识”,落实“六稳六保”。", "建成5G基站和A4展厅。", "两区一县同步推进,形成一核两翼三带。", "请拨打0839-5551234或12345。",
        "《三年行动计划》印发。", "实施“一年打基础、两年出形象”。", "五家渠市、三门峡市、七台河市。", "二次供水和三次产业。", "网址 http://a.cn/p?x=30%25 可查。",
        "K45+300米处设岗。", "他排名前10名。", "市七届人大三次会议。", "零首付购车。", "天下第一关,四处奔走。",
    ],
)  # fmt: skip
def test_quantity_none(sentence: str) -> None:
    assert found(sentence) == []


def test_quantity_shared_unit_goes_to_each() -> None:
    values = found("三地分别完成1、2、3亿元,增速提高0.7、1.4个百分点。")
    assert [(s, decimal_text(q.value), q.unit) for s, q in values] == [
        ("1", "100000000", "CNY"), ("2", "200000000", "CNY"), ("3亿元", "300000000", "CNY"),
        ("0.7", "0.7", "percentage_point"), ("1.4个百分点", "1.4", "percentage_point"),
    ]  # fmt: skip


def test_quantity_money_without_a_unit_needs_a_word_for_money() -> None:
    assert [(q.kind, q.unit) for _, q in found("总投资30亿,播放量3亿,10万台。")] == [("money", "CNY"), ("count", "台")]


def test_quantity_number_and_unit_as_printed() -> None:
    value = only("完成约1,100.9亿元。")
    assert (value.number, value.unit_text) == ("1,100.9亿", "元")


def test_quantity_values_are_decimals() -> None:
    values = [v for _, q in found("10万平方米、121亩、三分之一、1至3亿元。") for v in (q.value, q.lower, q.upper) if v is not None]
    assert all(isinstance(v, Decimal) for v in values)


def test_quantity_refusals_say_why() -> None:
    text = Text("第三次会议,一个问题。", refusals=[])
    list(quantity(text))
    assert [text.string[r.start : r.end] for r in text.refusals or ()] == ["三次", "一个"]
    assert all(r.why for r in text.refusals or ())
