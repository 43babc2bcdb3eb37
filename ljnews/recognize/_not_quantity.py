"""FALSE_POSITIVES: numbers with a unit that are no amounts, as data and a few checks.

Dates, ordinals, names, set phrases and slogans, non-counting 一. Reading order: `why_not`, then the checks it calls in turn.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from ljnews.lexicon import loader
from ljnews.recognize._found import Found
from ljnews.recognize._modifiers import before
from ljnews.recognize._unit_less import money_before

# Characters before a number that make it a label or an ordinal.
LABELS = frozenset("第№#")
_ARABIC = frozenset("0123456789")
_COUNTS = frozenset(("count", "person", "household"))
_SLOGAN_KINDS = frozenset(("count", "person", "household", "duration", "ratio", "length"))
_LIST_HEADS = (
    "项目", "工程", "企业", "基地", "中心", "园区", "平台", "公园", "学校", "医院", "工厂", "广场", "市场", "水库", "泵站", "大桥", "公司",
    "奖", "厂", "站", "村",
)  # fmt: skip
_AFTER_LIST = frozenset("、,，。;；)）\n")
_MONTH = re.compile(r"\d{1,2}月")
_YEAR = re.compile(r"(?:1[89]|20|21)\d\d|0\d|[一二][〇零○九八][〇零○一二三四五六七八九]{2}")
_OLD_ZERO = re.compile("[一二][OoОо○◯]\\Z")  # 二O二|四年: a letter for the zero
_ANGLE = re.compile(r"[气水体室地炉油]?温|高温|低温|零下|零上|[北南]纬|[东西]经|倾角|坡度|夹角|旋转|发烧|烧到|角度|纬度|摄氏|预报")
_POWER = re.compile(r"电|能耗|节能|光伏|风能|发了")
_POINTS = re.compile(r"要求|意见|建议|希望|体会|看法|共识|倡议|感受|启示|理由|做法|措施|承诺|经验|想法|主张|内容|声明|指示")
_GROUP = re.compile(r"(?<![全各每本该])[村区队社]\Z")
_OF_GROUP = re.compile(r"村民|农户|居民|群众|社员|组长|脱贫户|贫困户|的|[、,。;]")
_HAMLET = re.compile(r"[镇屯沟湾堡寨坝](?!属|级|企|办)|村(?![镇级集办企务卫])")  # 三家|村
_FAIR = re.compile(r"逢农?历?[\d一二三四五六七八九十、,和]{0,8}\Z")
_TERMS = re.compile(r"全会|全体|代表大会|会议|党代会|人代会")
# 一核两翼三带, 5桥8路2坝1园: number and noun in turn, three times or more.
_PATTERN = re.compile(r"(?:[一二两三四五六七八九十\d][\u4e00-\u9fff]){3}")
_RANK = re.compile(r"(?:[位名排]?列|[位排]?居|排名?|跃居|位次)(?:全[国省市区县州]|同类[\u4e00-\u9fff]{0,2}|[\u4e00-\u9fff]{0,2}[省市])?\Z")
_LAYOUT = "核轴带廊心翼极园区县城环片圈网屏"
_ONE_DAY = frozenset("同前后那这每某有的新又第头当此何哪")
_FIRM_WINDOW = 14
_CLAUSE = re.compile(r"[,。;:!?\n、]")


class Taken:
    """Set phrases, short quotations, book titles and links of a text, looked up where a number asks for them."""

    def __init__(self, string: str) -> None:
        self._string = string
        self.linked = "://" in string or "www." in string

    def phrase(self, start: int, end: int) -> bool:
        """Say whether a set phrase starts at or before the number and reaches beyond it into the unit."""
        floor = max(0, start - _PHRASE)
        for hit in loader.load("recognize/lexicon/set_phrases").find(self._string[floor : end + _PHRASE]):
            if hit.start + floor > start:
                return False
            if hit.end + floor > end:
                return True
        return False

    def quote(self, start: int) -> tuple[int, int] | None:
        """Return the short quotation that holds an offset."""
        return _holding(self._quotes, start)

    def title(self, start: int) -> bool:
        """Say whether an offset lies in a book title (《…》)."""
        return _holding(self._titles, start) is not None

    def link(self, start: int) -> bool:
        """Say whether an offset lies in a web address."""
        return self.linked and _holding(self._links, start) is not None

    @cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        return [m.span() for m in _QUOTE.finditer(self._string)]

    @cached_property
    def _titles(self) -> list[tuple[int, int]]:
        return [m.span() for m in _TITLE.finditer(self._string)]

    @cached_property
    def _links(self) -> list[tuple[int, int]]:
        return [m.span() for m in _LINK.finditer(self._string)]


_PHRASE = 8  # characters around a number in which a set phrase may lie
_QUOTE = re.compile(r"“[^“”。\n]{2,30}”|‘[^‘’。\n]{2,30}’|「[^「」。\n]{2,30}」")
_LINK = re.compile(r"(?:https?://|www\.)[!-~]+")
_TITLE = re.compile(r"《[^《》\n]{2,80}》")
_NUMERALS = re.compile(r"[一二两三四五六七八九十]")


def _holding(spans: list[tuple[int, int]], at: int) -> tuple[int, int] | None:
    i = bisect_right(spans, at, key=lambda s: s[0]) - 1
    return spans[i] if i >= 0 and at < spans[i][1] else None


def why_not(string: str, value: Found, taken: Taken) -> str | None:
    """Return why a candidate is no amount, None where it is one."""
    start, end = value.start, value.end
    previous = string[start - 1 : start] if start else ""
    arabic = value.number[0] in _ARABIC
    if not arabic and taken.phrase(start, start + len(value.number)):
        return "固定词语或地名"
    if taken.link(start):
        return "网址的一部分"
    if previous in LABELS:
        return "序数"
    if previous == "+" and string[start - 2 : start - 1].isdecimal():
        return "里程桩号或算式"
    if previous == "." or (arabic and previous.isascii() and previous.isalpha() and _model(value)):
        return "编号或型号的一部分"
    if value.kind in _COUNTS and previous == "-" and _letter(string, start - 2):
        return "编号或型号的一部分"
    if not arabic and _bare(value) and not _modified(string, start) and not _loss(string, value):
        return "单独的百千万亿"
    if (not arabic or len(value.number) == 1) and _slogan(string, value, taken, arabic):
        return "口号或布局"
    if (value.kind == "duration" or not arabic) and taken.title(start):
        return "书名、文件名的一部分"
    return (_no_count if value.kind in _COUNTS else _CHECKS.get(value.kind, _nothing))(string, value, start, end)


def _letter(string: str, at: int) -> bool:
    """Say whether a Latin letter stands at an offset."""
    return at >= 0 and string[at].isascii() and string[at].isalpha()


def _loss(string: str, value: Found) -> bool:
    """个案损失百万元以上, 投资亿元以上: a sum with a bound, a word for money before it (亿元以上项目 is a class)."""
    return value.kind == "money" and string.startswith("以上", value.end) and money_before(string, value.start)


def _model(value: Found) -> bool:
    """After a letter, digits with a measure word or a Latin unit are a model (A6L, 3YK2台); GDP212.3亿元 and RIM50% are not."""
    return value.kind in _COUNTS or value.kind == "duration" or (value.unit_text[:1].isascii() and value.unit_text != "%")


def _nothing(string: str, value: Found, start: int, end: int) -> str | None:
    return None


def _slogan(string: str, value: Found, taken: Taken, arabic: bool) -> bool:
    """“三个转变”, “一年打基础、两年出形象”, 一核两翼三带, 5桥8路2坝1园."""
    start = value.start
    if value.kind not in _SLOGAN_KINDS:
        return False
    if len(value.number) == 1 and value.kind != "duration":
        if any(m.start() <= start < m.end() for m in _PATTERN.finditer(string, max(0, start - 6), start + 6)):
            return True
        if string[start - 1 : start] in tuple(_LAYOUT) and _NUMERALS.match(string[start - 2 : start - 1]):
            return True
    if arabic:
        return False
    quote = taken.quote(start)
    return quote is not None and (start == quote[0] + 1 or len(_NUMERALS.findall(string[quote[0] : quote[1]])) > 1)


def _no_count(string: str, value: Found, start: int, end: int) -> str | None:
    """Checks of counts, persons and households."""
    number, unit = value.number, value.unit_text
    if number in ("一", "壹") and not _listed(string, start, end):
        return "不计数的一"
    if number == "二":
        return "二是序数,计数用两"
    if unit in ("名", "位") and (string[start - 1 : start] == "前" or _RANK.search(string, max(0, start - 7), start)):
        return "名次"
    if unit == "届" and not string[max(0, start - 4) : start].endswith(("连续", "举办", "举办了", "召开了", "蝉联", "成功举办")):
        return "届次"
    if number[0] in "零〇":
        return "零首付之类"
    if unit == "类" and (
        string[start - 1 : start] in tuple("劣ⅠⅡⅢⅣⅤ")
        or (value.upper is not None and number[0] not in _ARABIC)
        or string[end : end + 1] in tuple("水苗")
    ):
        return "类别的等级"
    if unit == "班" and string[start - 1 : start] == "级":
        return "班级"
    if unit == "头" and number == "两" and string[end : end + 1] not in tuple("牛猪羊马驴鹿骡象"):
        return "两头是两端"
    if unit == "处" and number == "四" and string[start - 1 : start] not in tuple("等共计了设有建成"):
        return "四处是副词"
    if unit == "组" and _GROUP.search(string, max(0, start - 5), start) and (number[0] not in _ARABIC or _OF_GROUP.match(string, end)):
        return "村民小组"
    if unit == "家" and len(number) == 1 and _HAMLET.match(string, end):
        return "村名"
    if unit == "场" and (string.startswith("期", end) or _FAIR.search(string, max(0, start - 12), start)):
        return "赶场的日子"
    if unit == "次" and (string[start - 1 : start] == "届" or _TERMS.match(string, end)) and number[0] not in _ARABIC:
        return "会议的次序"
    if unit == "点" and not _POINTS.match(string, end) and "指数" not in string[max(0, start - 12) : start]:
        return "时刻"
    return None


def _no_duration(string: str, value: Found, start: int, end: int) -> str | None:
    """Checks of durations."""
    number, unit, previous = value.number, value.unit_text, string[start - 1 : start]
    if unit.startswith("年") and (
        _YEAR.fullmatch(number[-4:])
        or _OLD_ZERO.search(string, max(0, start - 2), start)
        or _YEAR.fullmatch(number)
        or (_MONTH.match(string, end) and len(number) <= 2)
    ):
        return "年份"
    if unit == "日" and not _days(string, start, end):
        return "日期"
    if number == "一" and (previous in _ONE_DAY or _each(string, start, end)):
        return "某一天、每一天"
    if previous == "前" and unit.startswith(("个月", "季度")) and (string[start - 2 : start - 1] or "\n") in _NEW_SPAN:
        return "前几个月是日历上的时段"
    if number == "半" and string.startswith(("任务", "目标", "工作", "度", "报", "会", "经济"), end):
        return "上半年的说法"
    return None


_NEW_SPAN = frozenset("年度，,。;；、(（\n：: “\u3000")  # 今年前8个月; not 提前3个月


def _each(string: str, start: int, end: int) -> bool:
    """一天工钱九十元, 一年收入五万元: a noun follows, nothing before says how long."""
    if string[max(0, start - 2) : start].endswith(_LASTING):
        return False
    after = string[end : end + 1]
    return "\u4e00" <= after <= "\u9fff" and after not in _TIMELY


_LASTING = (
    "近",
    "过去",
    "历时",
    "为期",
    "用了",
    "仅",
    "约",
    "需",
    "超",
    "不到",
    "满",
    "花了",
    "经过",
    "短短",
    "这",
    "延长",
    "提前",
    "推迟",
    "达",
    "仅用",
    "的",
)
_TIMELY = frozenset("来后前内半之以左间时的多期到已就便里了呢吧中余")


def _days(string: str, start: int, end: int) -> bool:
    return bool(re.match(r"[以之]?内|游", string[end : end + 2])) or string[max(0, start - 2) : start] in ("为期", "历时", "连续", "用时")


def _no_energy(string: str, value: Found, start: int, end: int) -> str | None:
    if value.unit_text != "度":
        return None
    if _ANGLE.search(string, max(0, start - 10), start) or not (
        _POWER.search(string, max(0, start - 14), end + 4) or "万" in value.number or "亿" in value.number
    ):
        return "温度、角度或次数"
    return None


def _no_money(string: str, value: Found, start: int, end: int) -> str | None:
    if value.unit_text == "分" and (value.number == "十" or not money_before(string, start)):
        return "分数、名次之类"
    if value.unit_text != "元" or len(value.number) != 1 or value.number in _ARABIC:
        return None
    after = string[end : end + 1]
    return None if not after or after in "钱,。;、)整/的 " else "多元、二元之类"


def _no_share(string: str, value: Found, start: int, end: int) -> str | None:
    """成 and 折 are shares of a whole: up to ten, a discount below ten."""
    if value.unit_text not in ("成", "折"):
        return None
    top = value.upper if value.value is None else value.value
    whole = 100 if value.unit_text == "成" else 99
    return None if top is not None and 0 < top <= whole else "不是成数或折扣"


def _no_ratio(string: str, value: Found, start: int, end: int) -> str | None:
    if value.unit_text == "番" and "翻" not in string[max(0, start - 3) : start]:
        return "不是翻番"
    if value.number == "半" and (string[max(0, end - 6) : end].endswith(_HALF_TIME) or "时间过半" in string[max(0, start - 12) : start]):
        return "时间过半"
    return None


_HALF_TIME = ("全年过半", "时间过半", "今年过半", "双过半", "双双过半", "年已过半", "时间近半")


def _no_length(string: str, value: Found, start: int, end: int) -> str | None:
    """七里河, 五里 are places; 两里路, 不到两里 are lengths."""
    if value.unit_text != "里" or any(c in "0123456789十百千万" for c in value.number):
        return None
    after = string[end : end + 1]
    return None if not after or after in "路地外长远,。、的多半;" else "地名"


_CHECKS = {
    "length": _no_length,
    "duration": _no_duration,
    "energy": _no_energy,
    "money": _no_money,
    "percent": _no_share,
    "ratio": _no_ratio,
}


def _listed(string: str, start: int, end: int) -> bool:
    """重点项目一个, 工程一项: 一 counts after the head noun of a list."""
    after = string[end : end + 1]
    return (not after or after in _AFTER_LIST) and string[max(0, start - 2) : start].endswith(_LIST_HEADS)


_BARE_NUMBER = re.compile(r"\A[百千万亿]+\Z")


def _bare(value: Found) -> bool:
    return value.approximation == "exact" and bool(_BARE_NUMBER.match(value.number))


def _modified(string: str, start: int) -> bool:
    """百亿 and 千家 count after a modifier (近百家) or after 达, 数, 几."""
    return string[start - 1 : start] in ("达", "数", "几") or string[start - 2 : start] == "达到" or before(string, start, 0)[1] is not None


def firms(string: str, start: int, end: int) -> bool:
    """户 of firms: a word for firms follows the unit, or stands close before the number and no word for families follows."""
    words = loader.load("recognize/lexicon/firm_nouns")
    right = _CLAUSE.split(string[end : end + 8])[0]
    for hit in words.find(right):
        return hit.entry.klass == "firm"
    left = _CLAUSE.split(string[max(0, start - _FIRM_WINDOW) : start])[-1]
    hits = list(words.find(left))
    return bool(hits) and hits[-1].entry.klass == "firm"
