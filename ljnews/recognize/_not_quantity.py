"""FALSE_POSITIVES: numbers with a unit that are no amounts (dates, ordinals, names, set phrases, non-counting 一), as data and a few checks."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from functools import cache

from ljnews.lexicon import loader
from ljnews.recognize import numeral
from ljnews.recognize.values import Quantity
from ljnews.text.mention import Mention

# Characters before a number that make it a label or an ordinal.
LABELS = frozenset("第№#")
_ONE = frozenset("一壹")
_OPEN = frozenset("“「『‘\"《")
_CLOSE = frozenset("”」』’\"》")
_COUNTS = frozenset(("count", "person", "household"))
_LIST_HEADS = ("项目", "工程", "企业", "基地", "中心", "园区", "平台", "公园", "学校", "医院", "工厂", "广场", "市场", "水库", "泵站", "大桥", "公司", "奖")
_AFTER_LIST = frozenset("、,，。;；)）\n")
_MONTH = re.compile(r"\d{1,2}月")
_TEMPERATURE = re.compile(r"气温|温度|高温|低温|零下|零上|北纬|东经|南纬|西经|水温|体温|室温|倾角|坡度|夹角|旋转|体感|降温|升温|烧到|发烧")
_POWER = re.compile(r"电|能耗|节能|光伏|风能")
_FIRM_WINDOW = 14


class Spans:
    """Set phrases of a text, for look-up by offset."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = [s for s, _ in spans]
        self._spans = spans

    def covers(self, start: int, end: int) -> bool:
        """Say whether a set phrase starts at or before the number and reaches beyond it into the unit."""
        i = bisect_right(self._starts, start) - 1
        return i >= 0 and self._spans[i][0] <= start and self._spans[i][1] > end


def spans(string: str) -> Spans:
    """Return the set phrases of a string."""
    return Spans([(h.start, h.end) for h in loader.load("recognize/lexicon/set_phrases").find(string)])


def why_not(string: str, found: Mention, taken: Spans) -> str | None:
    """Return why a candidate is no amount, None where it is one."""
    value: Quantity = found.value
    start, end = value.number_start, value.number_end
    number_end = start + len(value.number)
    before, next_ = string[start - 1 : start] if start else "", string[end : end + 1]
    if taken.covers(start, number_end):
        return "固定词语或地名"
    if before and before in LABELS:
        return "序数"
    if before == "." or (before.isascii() and before.isalpha() and value.kind in _COUNTS):
        return "编号或型号的一部分"
    if value.number in _ONE and value.kind in _COUNTS and not _listed(string, start, end):
        return "不计数的一"
    if _bare(value) and not _modified(string, start):
        return "单独的百千万亿"
    if before in _OPEN and _quoted(string, end) and value.number[0] not in "0123456789" and value.kind != "money":
        return "引号里的口号"
    if before == "前" and value.unit_text in ("名", "位") and value.number_start:
        return "名次"
    return _by_kind(string, value, start, end, next_)


def _by_kind(string: str, value: Quantity, start: int, end: int, next_: str) -> str | None:
    """Checks that belong to one unit."""
    unit = value.unit_text
    if value.kind == "duration":
        return _no_duration(string, value, start, end, next_)
    if unit == "度" and not (_POWER.search(string[max(0, start - 12) : end + 4]) and not _TEMPERATURE.search(string[max(0, start - 10) : start])):
        return "温度、角度或次数"
    if unit == "元" and len(value.number) == 1 and value.number[0] not in "0123456789" and next_ not in tuple("钱,。;、)整/的 ") and next_:
        return "多元、二元之类"
    if unit == "成" and (value.value is None or not 0 < value.value <= 100):
        return "不是成数"
    if unit == "点" and not re.match(r"要求|意见|建议|希望|体会|看法|共识|倡议|感受|启示|理由|做法|措施|承诺|经验|想法|主张", string[end : end + 2]):
        return "时刻"
    return None


def _no_duration(string: str, value: Quantity, start: int, end: int, next_: str) -> str | None:
    number = value.number
    if value.unit_text == "年":
        if re.fullmatch(r"(?:1[89]|20|21)\d\d|0\d|[一二][〇零○九八][〇零○一二三四五六七八九]{2}", number):
            return "年份"
        if _MONTH.match(string, end) and len(number) <= 2:
            return "年份"
        if re.fullmatch(r".*(?:1[89]|20)\d\d", number):
            return "年份"
    if value.unit_text == "日" and not (re.match(r"[以之]?内|游", string[end : end + 2]) or string[max(0, start - 2) : start] in ("为期", "历时", "连续", "用时")):
        return "日期"
    return None


def _listed(string: str, start: int, end: int) -> bool:
    """重点项目一个, 工程一项: 一 counts after the head noun of a list."""
    after = string[end : end + 1]
    return (not after or after in _AFTER_LIST) and string[max(0, start - 2) : start].endswith(_LIST_HEADS)


_BARE_NUMBER = re.compile(r"[百千万亿]+\Z")


def _bare(value: Quantity) -> bool:
    return bool(_BARE_NUMBER.match(value.number)) and value.approximation == "exact"


@cache
def _bare_cues() -> tuple[str, ...]:
    terms = [e.term for e in loader.load("recognize/lexicon/modifiers").entries.values() if e.klass.startswith("before")]
    return (*sorted(terms), "达", "达到", "数", "几", "好几")


def _modified(string: str, start: int) -> bool:
    return string[max(0, start - 5) : start].endswith(_bare_cues())


def _quoted(string: str, end: int) -> bool:
    """The closing quote stands within ten characters."""
    return any(c in _CLOSE for c in string[end : end + 10])


def firms(string: str, start: int, end: int) -> bool:
    """户 of firms: a word for firms stands close before the number or after the unit, inside the clause."""
    words = loader.load("recognize/lexicon/firm_nouns")
    left = re.split(r"[,。;:!?\n、]", string[max(0, start - _FIRM_WINDOW) : start])[-1]
    right = re.split(r"[,。;:!?\n、]", string[end : end + 8])[0]
    return any(True for _ in words.find(left)) or any(True for _ in words.find(right))


__all__ = ["LABELS", "Decimal", "Spans", "firms", "numeral", "spans", "why_not"]
