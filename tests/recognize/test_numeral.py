"""Numerals: exact or refused, never wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljnews.recognize import numeral
from ljnews.recognize._units import SIMPLIFY
from ljnews.recognize.quantity import quantity
from ljnews.text.text import Text
from tests.recognize.spellings import spellings

values = st.one_of(
    st.integers(0, 10**4),
    st.integers(0, 10**15),
    st.decimals(0, 10**6, places=2),
    st.builds(lambda n, p: n * 10**p, st.integers(1, 999), st.integers(0, 12)),
).map(Decimal)


@settings(max_examples=3000, deadline=None)
@given(values)
def test_numeral_twenty_spellings_come_back_or_are_refused(value: Decimal) -> None:
    for spelling in spellings(value):
        folded = Text(spelling).folded.translate(SIMPLIFY)
        read = numeral.value(folded)
        assert read is None or read == value, f"{spelling} read as {read}, not {value}"


@settings(max_examples=500, deadline=None)
@given(values.filter(lambda v: v > 10))
def test_numeral_twenty_spellings_with_a_unit(value: Decimal) -> None:
    """The same in running text: 完成投资…元, one amount or none, its value right."""
    for spelling in spellings(value):
        found = list(quantity(Text(f"项目完成投资{spelling}元,建成。")))
        for mention in found:
            assert mention.value.value == value, f"{spelling} read as {mention.value}"


@given(st.text("零一二两三四五六七八九十百千万亿点0123456789.,"))
def test_numeral_any_string_gives_a_decimal_or_none(string: str) -> None:
    read = numeral.value(string)
    assert read is None or isinstance(read, Decimal)


@given(st.text("零一二三五十百千万亿点0123456789.,，-—至约近多余元亩个%年月日第、 “”"))
def test_numeral_no_amount_begins_or_ends_inside_a_number(string: str) -> None:
    for mention in quantity(Text(string)):
        start, end = mention.value.number_start, mention.value.number_start + len(mention.value.number)
        assert not (start and string[start - 1].isdecimal() and string[start].isdecimal())
        assert not (string[end : end + 1].isdecimal() and string[end - 1].isdecimal())
        assert 0 <= mention.start < mention.end <= len(string)


@pytest.mark.parametrize(
    ("string", "value"),
    [
        ("二百五", "250"), ("两千三百五", "2350"), ("一万三", "13000"), ("十万零五", "100005"), ("一百一十五", "115"), ("廿三", "23"),
        ("1.2万亿", "1200000000000"), ("3亿5000万", "350000000"), ("二点五亿", "250000000"), ("四万万", "400000000"), ("二〇二二", "2022"),
    ],
)  # fmt: skip
def test_numeral_value(string: str, value: str) -> None:
    assert numeral.value(string) == Decimal(value)


@pytest.mark.parametrize(
    "string", ["二百三千", "三五", "万亿万", "1亿万", "一二百", "十十", "百万千", "点五", "二点", "1万3", "3.5千2百", ""]
)
def test_numeral_refused(string: str) -> None:
    assert numeral.value(string) is None
