"""What a quantity measures: the noun phrase before or after it, with its lexical verb, light verbs dropped.

`before` reads right to left from the number: first the fixed shapes (同比增长, 占…, 年产…, 长/宽/高), then a known metric (投资, 产值, 面积) with its
modifiers, then any noun phrase with the verb that governs it. `after` reads left to right from the unit up to the predicate.
"""

from __future__ import annotations

import re

from ljnews.facts.amount.phrase import Phrase, Word, classes, suffix, words

_CHANGE = re.compile(
    r"(?:同比|环比|[一二两三四五]年平均|平均|年均|额外|预计|共|再)?(?:实际|名义|累计|净)?"
    r"(?:增长|下降|提高|增加|减少|上升|回落|加快|提升|下滑|降低|上涨|放缓|收窄|扩大|缩短|下调|上调|攀升|回升|下跌|增收|降|增|涨|多增|少增|减)\Z"
)
_NO_CHANGE = re.compile(r"(?:预计|共|再)\Z|[新净倍递激]增\Z|[投霜下升空迫]降\Z")
_PER_YEAR = re.compile(
    r"(?<![\d今明去前后每全当同近两三五十些几多])[年月日](?=产|处理|加工|出栏|存栏|供|销|生产|接待|发电|吞吐|交易|利用|消耗|屠宰|节约|节电|减排|输|营|综合|上缴|创|实现|纳税|税收|均)"
)
_DIMENSIONS = frozenset("高长宽深厚重")
_DIMENSION_HEADS = ("全长", "总长", "总重", "单重", "净重", "水深", "最高", "最长", "最宽", "最深")
_PER = re.compile(r"每[^,。;:、]{1,4}\Z")
_STOP_TAGS = frozenset(("x", "p", "r", "c", "u", "uj", "ul", "uv", "ud", "ug", "uz", "y", "e", "o", "t", "m", "q", "mq", "tg", "d", "ns", "f"))
_NOUN_TAGS = ("n", "j", "l", "i", "b", "s", "g", "k", "z", "a", "vn", "an", "eng")
_LONG = 12


def strip_light(string: str, start: int, end: int) -> int:
    """Return the offset at which the light words before a number begin."""
    light = classes("light")
    while end > start:
        if string[end - 1] in " \u3000":
            end -= 1
            continue
        if any(light.get(string[end - n : end]) == "word" for n in (2, 3) if end - n >= start):
            return end
        per = _PER.search(string, max(start, end - 6), end)
        length = end - per.start() if per else suffix(string, start, end, "light", "light")
        if not length:
            return end
        end -= length
    return end


def before(string: str, start: int, number: int) -> Phrase | None:
    """Return the measure that ends at a number, None where the words before it are light."""
    end = strip_light(string, start, number)
    if end <= start:
        return None
    reached = string[end : end + 1] in ("到", "至")
    change = _CHANGE.search(string, max(start, end - 12), end)
    if change and not (_NO_CHANGE.search(string, max(start, end - 3), end)):
        if not reached:
            return _change(string, start, change.start(), end)
        end = strip_light(string, start, change.start())
    return _share(string, start, end) or _dimension(string, start, end) or _per_year(string, start, end) or _noun(string, start, end)


def _change(string: str, floor: int, start: int, end: int) -> Phrase:
    return Phrase(string[start:end], start, "amount.change")


def _share(string: str, start: int, end: int) -> Phrase | None:
    """占年度计划投资, 占比重."""
    at = string.rfind("占", start, end)
    if at < 0 or end - at > 16 or string[at + 1 : at + 2] in ("地", "据", "用", "领", "有", "比") or string[at - 1 : at] in ("侵", "抢"):
        return None
    return Phrase(string[at:end], at, "amount.share")


def _dimension(string: str, start: int, end: int) -> Phrase | None:
    """长2.3公里, 高6米: one character, with 全 or 总."""
    if string[end - 1] not in _DIMENSIONS or string[end - 2 : end] in ("提高", "增长", "最高", "新高", "加深", "拓宽", "加宽"):
        return None
    at = end - 2 if string[end - 2 : end] in _DIMENSION_HEADS and end - 2 >= start else end - 1
    return Phrase(string[at:end], at, "amount.before")


def _per_year(string: str, start: int, end: int) -> Phrase | None:
    """年产中药饮片, 日处理能力."""
    found = None
    for found in _PER_YEAR.finditer(string, max(start, end - _LONG), end):
        pass
    if found is None:
        return None
    return Phrase(string[found.start() : end], found.start(), "amount.before")


def _noun(string: str, start: int, end: int) -> Phrase | None:
    """Read a known metric with its modifiers, or any noun phrase."""
    head = suffix(string, start, end, "metrics", "head", "both")
    tokens = words(string, start, end)
    if head:
        at = _modified(string, start, end - head)
        at = _described(string, tokens, at, end)
        return Phrase(string[at:end], at, "amount.before")
    return _any_noun(string, tokens, end)


def _modified(string: str, start: int, at: int) -> int:
    """Extend a metric over its modifiers (年度 + 计划 + 完成)."""
    while at > start:
        length = suffix(string, start, at, "metrics", "mod", "both")
        if not length or (length == 1 and string[at - 1] in "年月日" and string[at - 2 : at - 1] in tuple("0123456789全今明去前后每当同近两三本上下")):
            return at
        at -= length
    return at


def _described(string: str, tokens: list[Word], at: int, end: int) -> int:
    """Extend a metric over the nouns that describe it, up to twice its length; a subject (…项目, …公司, a place) ends it."""
    limit = max(2 * (end - at), 4)
    for token in reversed(tokens):
        if token.end > at:
            if token.start < at:
                return at
            continue
        if token.end != at or end - token.start > limit or not _describes(token):
            return at
        at = token.start
    return at


def _describes(token: Word) -> bool:
    """A noun that may describe a metric."""
    if token.text in classes("drop") or token.tag in _STOP_TAGS or not token.tag.startswith(_NOUN_TAGS):
        return False
    length = suffix(token.text, 0, len(token.text), "subjects")
    return not length or (length == 1 and len(token.text) == 1)


def _any_noun(string: str, tokens: list[Word], end: int) -> Phrase | None:
    """Read nouns from right to left, and the verb before them."""
    taken: list[Word] = []
    drop = classes("drop")
    for token in reversed(tokens):
        if token.text in ("在建", "在谈", "新建", "续建"):
            taken.append(token)
            break
        if (token.tag in _STOP_TAGS and not (token.tag == "f" and token.text in ("以上", "以下"))) or end - token.start > _LONG:
            break
        if token.tag == "v":
            if taken and token.text in drop:
                break
            taken.append(token)
            if len(taken) > 1:
                break
            continue
        if taken and taken[-1].tag == "v" and len(taken) == 1:
            # A noun before a bare verb is its subject: 项目 | 开工.
            break
        taken.append(token)
    taken.reverse()
    while taken and (taken[0].text in drop or taken[0].tag == "d") and len(taken) > 1:
        taken.pop(0)
    if not taken or (len(taken) == 1 and taken[0].text in drop):
        return None
    return Phrase(string[taken[0].start : taken[-1].end], taken[0].start, "amount.before")


def after(string: str, start: int, end: int) -> Phrase | None:
    """Return the measure that begins after a unit: nouns up to the predicate, or the verb itself."""
    while start < end and string[start] == "的":
        start += 1
    if start >= end or string[start] in " \u3000":
        return None
    tokens = words(string, start, end)
    stops, drop = classes("stops"), classes("drop")
    taken: list[Word] = []
    noun = False
    for i, token in enumerate(tokens):
        klass = stops.get(token.text, "")
        follows = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.text in "“”‘’":
            pass
        elif token.tag in ("x", "p", "r", "uj", "ul", "t", "m", "q", "y", "u", "uz") or (token.tag == "f" and token.text not in ("以上", "以下")):
            break
        elif klass == "adverb" or (token.tag == "d" and (noun or follows is None)):
            break
        elif token.tag == "c":
            if not noun or follows is None or not follows.tag.startswith(_NOUN_TAGS):
                break
        elif noun and (klass == "event" or (token.tag == "v" and (follows is None or not follows.tag.startswith(("n", "vn"))))):
            break
        elif not noun and token.text in drop:
            break
        elif token.tag.startswith(_NOUN_TAGS):
            noun = True
        taken.append(token)
        if not noun and token.tag == "v" and (follows is None or not follows.tag.startswith(_NOUN_TAGS)):
            break
    while taken and (taken[-1].tag == "c" or taken[-1].text in "“‘"):
        taken.pop()
    if not taken:
        return None
    return Phrase(string[taken[0].start : taken[-1].end], taken[0].start, "amount.after" if noun else "amount.verb")
