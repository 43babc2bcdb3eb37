"""What a quantity measures: the noun phrase before it, with its lexical verb, light verbs dropped.

`before` reads right to left from the number: first the fixed shapes (同比增长, 占…, 年产…, 长/宽/高), then a known metric (投资, 产值, 面积) with its
modifiers, then any noun phrase with the verb that governs it. What stands after the unit is read by `noun_after`.
"""

from __future__ import annotations

import re

from ljnews.facts.amount.phrase import KEPT, STOP_TAGS, SUFFIXES, Phrase, Word, action, adverb, classes, ends_with, suffix, words

_CHANGE = re.compile(
    r"(?:同比|环比|[一二两三四五]年平均|平均|年均|额外|[比较](?:上年|去年|前年|上月|上季|同期|去年同期|上年同期|年初|上年末|[一二三四]季度|20\d\d年|目标|计划)(?:同期|末|底)?)?"
    r"(?:实际|名义|累计|净|分别|约)?"
    r"(?:增长|下降|提高|增加|减少|上升|回落|加快|提升|下滑|降低|上涨|放缓|收窄|扩大|缩短|下调|上调|攀升|回升|下跌|多增|少增|[增降涨减])\Z"
)
_NO_CHANGE = re.compile(r"[新净倍递激]增\Z|[投霜升空迫]降\Z|[核递节裁]减\Z|高涨\Z")
_PER_YEAR = re.compile(
    r"(?<![\d今明去前后每全当同近两三五十些几多])[年月日](?=产(?!值|量|能|出)|处理(?!能力|量)|加工(?!能力)|出栏(?!量)|存栏|供(?!水量|气量)|生产(?!能力)"
    r"|接待(?!能力|量)|发电(?!量)|利用(?!量|率)|消耗(?!量)|屠宰|节约|节电|减排(?!量)|输送)"
)
_YEARLY = re.compile("[年月日]")
_DIMENSIONS = frozenset("高长宽深厚重")
_DIMENSION_HEADS = ("全长", "总长", "总重", "单重", "净重", "水深", "最高", "最长", "最宽", "最深", "均长", "均高")
_NO_DIMENSION = (
    "提高",
    "增长",
    "新高",
    "加深",
    "拓宽",
    "加宽",
    "加长",
    "校长",
    "市长",
    "县长",
    "区长",
    "镇长",
    "村长",
    "省长",
    "成长",
    "较重",
    "严重",
)
_PER = re.compile(
    r"(?:每(?:千瓦时|平方米|立方米|公里|公斤|小时|季度|平米|盎司|[秒升吨斤亩度人户个台套年月天日次股份张辆只头桶位名家村车箱瓶方周单件条棵株栋间床班组晚季]))+\Z"
)
_WHEN = re.compile(r"在[^,。;:、的]{1,6}[后时]\Z")
_DONE = frozenset(("完成", "实现", "达到", "取得"))
# Nothing that describes a metric ends in these.
_EDGES = frozenset("、的了年月日 和与及个项家亿元万%在将已共")
_LONG = 14


def strip_light(string: str, start: int, end: int) -> int:
    """Return the offset at which the light words before a number begin."""
    while end > start:
        if string[end - 1] in " \u3000":
            end -= 1
            continue
        cut = _light(string, start, end)
        if not cut:
            return end
        end -= cut
    return end


def _light(string: str, start: int, end: int) -> int:
    """Return the length of the light words that end at an offset; 每吨 and 在…后 are light too, 人均 and 许可 are words."""
    length = suffix(string, start, end, "light")
    if length and classes("light")[string[end - length : end]] == "word":
        return 0
    if "每" in string[max(start, end - 6) : end] and (per := _PER.search(string, max(start, end - 6), end)):
        return end - per.start()
    if string[end - 1] in "后时" and (when := _WHEN.search(string, max(start, end - 9), end)):
        return end - when.start()
    return length


def before(string: str, start: int, number: int) -> Phrase | None:
    """Return the measure that ends at a number, None where the words before it are light."""
    end = strip_light(string, start, number)
    if end <= start:
        return None
    reached = string[end : end + 1] in ("到", "至")
    change = _CHANGE.search(string, max(start, end - 18), end)
    if change and not _NO_CHANGE.search(string, max(start, end - 3), end):
        if not reached:
            return Phrase(string[change.start() : end].replace("分别", ""), change.start(), "amount.change")
        end = strip_light(string, start, change.start())
    elif reached:
        end = _without_verb(string, start, end)
    if end <= start:
        return None
    end = _achieved(string, start, end)
    return _share(string, start, end) or _dimension(string, start, end) or _per_year(string, start, end) or _noun(string, start, end)


def lasting(string: str, start: int, number: int) -> Phrase | None:
    """暂住1个月以上, 种植了20年, 提前40天: the verb of two characters right before a duration says what lasts."""
    end = strip_light(string, start, number)
    tokens = words(string, start, end) if end - start >= 2 else []
    if tokens and tokens[-1].text in ("要", "需", "需要"):
        tokens.pop()
    if not tokens or tokens[-1].tag not in ("v", "vn") or len(tokens[-1].text) < 2 or tokens[-1].text in classes("drop"):
        return None
    return Phrase(tokens[-1].text, tokens[-1].start, "amount.before")


def _without_verb(string: str, start: int, end: int) -> int:
    """Drop the verb of 猛增到, 压减到, 卖到: what reached the number stands before it."""
    tokens = words(string, start, end)
    if tokens and tokens[-1].tag == "v" and not ends_with(tokens[-1].text, "metrics"):
        return strip_light(string, start, tokens[-1].start)
    return end


def _achieved(string: str, start: int, end: int) -> int:
    """固定资产投资预计完成407亿元 measures 固定资产投资: 完成 after a metric is light."""
    if string[end - 2 : end] not in ("完成", "实现", "落实", "到位", "安排", "实施"):
        return end
    at = strip_light(string, start, end - 2)
    for word in ("累计", "预计", "已", "计划", "共"):
        if string.endswith(word, start, at):
            at = strip_light(string, start, at - len(word))
    named = at > start and suffix(string, start, at, "metrics", "sum", "both", "head") > 1
    if not named and string[end - 2 : end] in ("安排", "实施"):
        named = at > start and suffix(string, start, at, "subjects") > 1
    return at if named else end


def _share(string: str, start: int, end: int) -> Phrase | None:
    """占年度计划投资; 完成年度计划的 before a percentage is handled by `_progress`."""
    at = string.rfind("占", start, end)
    if at < 0 or end - at > 16 or string[at + 1 : at + 2] in ("地", "据", "用", "领", "有", "比") or string[at - 1 : at] in ("侵", "抢"):
        return None
    return Phrase(string[at:end], at, "amount.share")


def progress(string: str, start: int, number: int) -> Phrase | None:
    """完成总工程量的93.3%, 完成年度计划投资的59.5%: the share of a plan, from 完成 on."""
    end = strip_light(string, start, number)
    at = string.rfind("完成", start, end)
    if at < 0 or not 2 < end - at <= 16 or string[at + 2 : at + 3] in ("率", "量"):
        return None
    return Phrase(string[at:end], at, "amount.share")


def _dimension(string: str, start: int, end: int) -> Phrase | None:
    """长2.3公里, 高6米: one character, with 全 or 总."""
    if string[end - 1] not in _DIMENSIONS or string[end - 2 : end] in _NO_DIMENSION:
        return None
    at = end - 2 if string[end - 2 : end] in _DIMENSION_HEADS and end - 2 >= start else end - 1
    tokens = words(string, start, at) if at > start else []
    if (
        tokens
        and tokens[-1].tag.startswith("n")
        and tokens[-1].tag != "ns"
        and not action(tokens[-1])
        and tokens[-1].text not in classes("drop")
    ):
        at = tokens[-1].start if at - tokens[-1].start <= 4 else at
    return Phrase(string[at:end], at, "amount.before")


def _per_year(string: str, start: int, end: int) -> Phrase | None:
    """年产中药饮片, 日处理污水."""
    if not _YEARLY.search(string, max(start, end - _LONG), end):
        return None
    found = list(_PER_YEAR.finditer(string, max(start, end - _LONG), end))
    if not found:
        return None
    at = found[-1].start()
    return Phrase(string[at:end], at, "amount.before")


def _noun(string: str, start: int, end: int) -> Phrase | None:
    """Read a known metric with its modifiers and descriptions, or any noun phrase."""
    head = suffix(string, start, end, "metrics", "sum", "both", "head")
    if not head:
        return _any_noun(string, words(string, start, end), end)
    at = _modified(string, start, end - head)
    if at == start or string[at - 1] in _EDGES:
        return Phrase(string[at:end], at, "amount.before")
    tokens = words(string, start, at)
    if classes("metrics")[string[end - head : end]] == "head":
        at = _described(tokens, at, end, _LONG)
    else:
        at = _described(tokens, at, end, max(2 * (end - at), end - at + 3), subjects=True)
    return Phrase(string[at:end], at, "amount.before")


def _modified(string: str, start: int, at: int) -> int:
    """Extend a metric over its modifiers (年度 + 计划 + 完成)."""
    while at > start:
        length = suffix(string, start, at, "metrics", "mod", "both")
        if not length or (
            length == 1 and string[at - 1] in "年月日" and string[at - 2 : at - 1] in tuple("0123456789全今明去前后每当同近两三本上下")
        ):
            return at
        at -= length
    return at


def _described(tokens: list[Word], at: int, end: int, limit: int, *, subjects: bool = False) -> int:
    """Extend a metric over the words that describe it; with `subjects`, a subject (…项目, …公司) ends it."""
    first = at
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if end - token.start > limit or not _describes(token, subjects) or _dated(tokens, i):
            break
        at = token.start
        if action(token) and (i < len(tokens) - 1 or end - first > 2):
            # The verb that governs the phrase; one right before the head is part of its name (返岗 | 率, 就业 | 岗位).
            break
    for token in tokens:
        if token.start == at < first and token.text in classes("drop"):
            at = token.end
    return at


def _dated(tokens: list[Word], i: int) -> bool:
    """年, 月, 日 after a number are a date, not «a year»."""
    return tokens[i].text in ("年", "月", "日") and i > 0 and tokens[i - 1].tag in ("m", "r", "t")


def _describes(token: Word, subjects: bool) -> bool:
    """A word that may describe a metric."""
    if token.text in KEPT or token.text in ("“", "”"):
        return True
    if token.text in _DONE or token.text in classes("drop") or token.tag in STOP_TAGS or adverb(token):
        return token.text in ("及", "和")
    if token.tag == "v" and subjects:
        return False
    return not (subjects and ends_with(token.text, "subjects", "end"))


def _any_noun(string: str, tokens: list[Word], end: int) -> Phrase | None:
    """Read nouns from right to left, and the verb before them; a verb inside a compound (处理站, 修复项目) does not end it."""
    taken: list[Word] = []
    drop = classes("drop")
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if end - token.start > _LONG or (token.text in drop and not (not taken and token.tag.startswith("n"))) or _dated(tokens, i):
            break
        stopped = (token.tag in STOP_TAGS or adverb(token)) and token.text not in SUFFIXES
        if stopped and token.text not in KEPT and not _quote(token, taken):
            break
        taken.append(token)
        if token.text in ("在建", "在谈", "续建", "拟建"):
            break
        if action(token):
            if len(taken) == 1:
                continue
            # 培训 | 农民 ends here, 修复 | 项目 and 返岗 | 率 go on.
            if not (taken[-2].text in SUFFIXES or ends_with(taken[0].text, "subjects")):
                break
        elif len(taken) == 2 and action(taken[0]) and classes("stops").get(taken[0].text) != "action":
            # A noun before a bare verb is its subject: 项目 | 开工; 糯玉米 | 种植 is one name.
            taken.pop()
            break
    taken.reverse()
    while len(taken) > 1 and (taken[0].text in drop or taken[0].tag in ("d", "c") or taken[0].text in "”“"):
        if taken[0].text == "“" and any(t.text == "”" for t in taken):
            break
        taken.pop(0)
    if not taken or (len(taken) == 1 and ((taken[0].text in drop and not taken[0].tag.startswith("n")) or taken[0].text in "“”年月日")):
        return None
    return Phrase(string[taken[0].start : taken[-1].end], taken[0].start, "amount.before")


def _quote(token: Word, taken: list[Word]) -> bool:
    """A quotation mark inside a noun phrase: “零碳工厂”数量."""
    return token.text in ("“", "”") and bool(taken)
