"""Info lines («2022-08-05 15:56:51   来源:南充日报») and dates as pages print them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from ljnews.layout import byline
from ljnews.records import Credit

_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)\s?日?"
    r"(?:[\sT|　,，]{0,4}(?:星期[一二三四五六日天]|周[一二三四五六日])?[\s　]{0,3}(?:[上下]午|凌晨|晚上)?\s?(\d{1,2})\s?[:：时]\s?(\d{2})(?:\s?[:：分]\s?(\d{2}))?)?"
)
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?(\d{2}):?(\d{2}):?(\d{2})?)?(?!\d)")
_NO_YEAR = re.compile(r"(?<![\d-])(\d{1,2})[-/月](\d{1,2})日?\s{0,3}(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?")
_LABELS = (
    r"信息来源|文章来源|稿件来源|新闻来源|内容来源|资料来源|来\s{0,4}源|稿\s{0,2}源|文章出处|信息出处|出\s{0,2}处|发布机构|发布单位|供稿单位|供稿|转载自|转自"
)
_NEXT_LABEL = (
    r"(?:文章)?作\s{0,4}者|记\s?者|责任编辑|责\s?编|编\s{0,4}辑|审\s{0,2}核|校\s?对|发布时间|发布日期|发表时间|更新时间|日\s?期|时\s?间|发布人|发布者|录入|浏览|点击|阅读|访问|人气|字\s?体|字\s?号|"
    r"分享|打印|评论|收藏|关注|我要|大\s*中\s*小|【|\[|关键|摘要|通讯员|摄影|文号|索引|栏目|来源|信息|发布|保护视力色"
)
_SOURCE = re.compile(rf"(?:{_LABELS})\s?[:：]\s*(?P<value>.{{1,60}})")
_STOP = re.compile(rf"\s*(?:{_NEXT_LABEL}|[|｜丨;；\t]|\d{{4}}\s?[-/.年]|\s{{2,}}|　|\xa0)")
_MEDIA = (
    "日报社?|晚报|早报|晨报|时报|商报|都市报|快报|周报|导报|法制报|新报|青年报|农民报|工人报|经济报|报|网|网站|在线|社|通讯社|电视台|广播电视台|广电|台|频道|客户端|发布|融媒|融媒体中心|"
    "传媒中心|新闻中心|新闻社|办公室|政府|委员会|[委局厅办院部科处]|中心|号|观察|周刊|杂志"
)
_MEDIA_TOKEN = re.compile(rf"^《?[\u4e00-\u9fffA-Za-z0-9·—\-+＋]{{2,20}}?(?:{_MEDIA})》?$")
_INFO_WORDS = re.compile(rf"(?:{_LABELS}|{_NEXT_LABEL})")


class Info(NamedTuple):
    """What an info line says."""

    published: str | None
    source: str | None
    reporters: list[Credit]
    editors: list[Credit]


def stamp(year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None) -> str | None:
    """Return a date, with time and +08:00 where there is one; None for a day that does not exist.

    >>> stamp("2022", "8", "5", "15", "56", None)
    '2022-08-05T15:56:00+08:00'
    """
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%S}+08:00" if hour else f"{moment:%Y-%m-%d}"


def date_in(text: str) -> str | None:
    """Return the first full date in a line, with its time where one follows."""
    for match in _DATE.finditer(text):
        found = stamp(*match.groups())
        if found:
            return found
    return None


def compact_date(text: str) -> str | None:
    """Return the first date written without separators (20220805)."""
    for match in _COMPACT.finditer(text):
        found = stamp(*match.groups())
        if found:
            return found
    return None


def short_date(text: str, year: str | None) -> str | None:
    """Return a date without a year («10-08 12:00») in the given year."""
    match = _NO_YEAR.search(text)
    return stamp(year, *match.groups()) if match and year else None


def source_in(text: str) -> str | None:
    """Return the value of a 来源 label.

    >>> source_in("2022-08-05 15:56:51 来源:南充日报 编辑:李四")
    '南充日报'
    """
    match = _SOURCE.search(text)
    if not match:
        return None
    value = match.group("value")
    stop = _STOP.search(value)
    return clean_source(value[: stop.start()] if stop else value)


def clean_source(value: str) -> str | None:
    """Return a source without quotes and separators; None for what is none."""
    value = value.strip(" \u3000\xa0-_|:：,，。;；)）]】(（[【>")
    if value.startswith("《") and value.endswith("》") and value.count("《") == 1:
        value = value[1:-1]
    return value if 1 < len(value) <= 40 and value not in ("未知", "不详", "本站原创", "原创", "转载", "网络", "互联网") else None


def bare_source(text: str) -> str | None:
    """Return a medium's name that stands in an info line without a label («2019-09-07 09:59 新京报»)."""
    rest = _DATE.sub("\n", text)
    for token in re.split(r"[\s\u3000\xa0|｜]+", rest):
        if _MEDIA_TOKEN.match(token):
            return clean_source(token)
    return None


def looks_like(text: str) -> bool:
    """Return whether a line is an info line: short, with a date or a label, and no prose."""
    if len(text) > 160 or "。" in text:
        return False
    labels = len(_INFO_WORDS.findall(text))
    if _DATE.search(text):
        rest = _DATE.sub("", text)
        return labels > 0 or len(rest.strip()) <= 24
    return (labels > 1 and ("：" in text or ":" in text)) or bool(_SOURCE.match(text)) or bool(re.match(rf"\s*(?:{_NEXT_LABEL})\s?[:：]", text))


def parse(text: str) -> Info:
    """Return what an info line says."""
    reporters, editors = byline.credits(text) if ("：" in text or ":" in text or "记者" in text) else ([], [])
    return Info(date_in(text), source_in(text), reporters, editors)
