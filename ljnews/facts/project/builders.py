"""The firm that a project's name begins with, without 公司 behind it: 云帆电器|西南制冷基地, 华能|青岚电厂, 明岚|年产300台叶片项目."""

from __future__ import annotations

import re
from functools import cache

from ljnews.facts.project.specific import residue
from ljnews.facts.project.story import Event
from ljnews.lexicon.loader import Lexicon, load
from ljnews.text.text import Span, Text

_SIGN = re.compile("集团|有限|股份|公司|董事长|总裁|总经理")
_BEFORE_SIGN = ("新材料", "新能源", "能源", "科技", "实业", "控股", "食品", "药业", "机械", "电子", "电气", "电器")
# «明岚年产300台叶片项目»: who makes it stands before what it makes a year.
_MAKER = re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:年产|日产|年加工|年屠宰|年出栏)")
_TRADE = re.compile(
    r"[\u4e00-\u9fff]{2,6}?(?:集团|控股|实业|重工|电投|交投|电气|制药|服饰|(?:鞋|门|药|酒|水|乳|矿|纸|铝|铜|锂|硅|糖|盐|面|米|蛋|种|茧)业)"
    r"(?=[\u4e00-\u9fff\d(“]{3})(?!园|产业|基地|集聚|示范|小镇|街|链|文化|工人|废|产品|服务|配套|有限|股份|公司|集团|采)"
)
_NO_MAKER = re.compile(
    r"[县市区镇乡村园路街省旗湖山河江]$|产业|基地|项目|工程|生产|加工|特种|新型|新能源|智能|绿色|高端|现代|陶瓷$|扩建|新建|建设|二期|一期|三期|首期|公司|集团|以上|暨|和|及|与|的|等"
)
_NO_TRADE = re.compile(r"现代|绿色|特色|传统|健康|生物|高端|循环|全[省市县]|中国(?![\u4e00-\u9fff]{2}集团)|省级|市级|县级|国有")
_GROUP = re.compile(
    r"集团(?:公司)?|公司|新能源|新材料|(?:[纸药乳酒铝铜矿]业|钢铁|水泥|重工|控股|股份|实业)(?=[\u4e00-\u9fff\d]{3})(?!园|产业|基地)"
)
_PLACE_GOES_ON = frozenset("路街巷镇村乡桥湖山河江岭库港湾岛石")
_IN_FULL = re.compile(r"(?![县市区省镇])[\u4e00-\u9fff()]{0,14}?(?:有限责任公司|股份有限公司|有限公司)")
_SHORT = re.compile(r"[\u4e00-\u9fff]{2,4}")


@cache
def _known() -> Lexicon:
    return load("facts/project/lexicon/firms")


def firms(text: Text) -> frozenset[str]:
    """Return what stands before 公司, 集团, 董事长 in the text, cut to two to six characters: the short names of firms, among much else."""
    folded = text.folded
    ends: set[int] = set()
    for match in _SIGN.finditer(folded):
        at = match.start()
        ends.add(at)
        while folded.endswith(_BEFORE_SIGN, 0, at):
            at -= next(len(word) for word in _BEFORE_SIGN if folded.endswith(word, 0, at))
        ends.add(at)
    return frozenset(folded[end - n : end] for end in ends for n in range(2, 7) if end >= n)


def leading(text: Text, event: Event, told: frozenset[str]) -> Span | None:
    """Return the firm that a name begins with: one the text tells of (`told`), a known one, who makes something, or one by its trade."""
    folded = text.folded
    start = _behind_county(text, event.start + (folded[event.start] in '“"'), event.end)
    for end in range(min(start + 8, event.end - 2), start + 1, -1):
        short = folded[start:end]
        known = short in _known() and (folded[end] not in _PLACE_GOES_ON or _place_at(text, end))
        if known or (len(short) > 2 and len(short) < 7 and short in told and not _NO_MAKER.search(short)):
            more = _GROUP.match(folded, end, event.end)
            return (start, more.end() if more else end)
    match = _MAKER.match(folded, start, event.end)
    if match and not _NO_MAKER.search(match.group(1)) and not _is_place(text, *match.span(1)):
        return match.span(1)
    trade = _TRADE.match(folded, start, event.end)
    return trade.span() if trade and not _NO_TRADE.search(trade.group()) else None


def in_full(text: Text, event: Event) -> Span | None:
    """Return the full name that the text has of the firm whose short form opens a name: 河北|京耀生物发展有限公司, of the 京耀谷朊粉项目."""
    folded = text.folded
    start = _behind_county(text, event.start + (folded[event.start] in '“"'), event.end)
    if any(m.start <= start < m.end for m in text.of("place")):
        return None  # 兴业大道, 吉林省某园区
    first, last = text.paragraph_at(event.start)
    for n in (4, 3, 2):
        short = folded[start : start + n]
        if start + n + 2 > event.end or residue(short) < 2 or not _SHORT.fullmatch(short) or _is_place(text, start, start + n):
            continue
        at = folded.find(short, first, last)
        while at >= 0:
            full = _IN_FULL.match(folded, at + n)
            if full and not event.start <= at < event.end and (opening := _opens_firm(text, at)) is not None:
                return (opening, full.end())
            at = folded.find(short, at + 1, last)
    return None


def firm_turns(text: Text, events: list[Event]) -> list[Event]:
    """Return the full names of firms as mentions of the project that the same paragraph names behind them by the short form, nothing else between."""
    found: list[Event] = []
    seen: set[str] = set()
    for n, event in enumerate(events):
        if event.kind != "name" or event.project is None or event.project in seen or event.listed >= 0:
            continue
        seen.add(event.project)
        span = in_full(text, event)
        before = events[n - 1].end if n else 0
        if span and max(before, text.paragraph_at(event.start)[0]) <= span[0] and span[1] <= event.start:
            found.append(Event(*span, event.project, "again", "project.again", text.string[slice(*span)]))
    return found


def _opens_firm(text: Text, at: int) -> int | None:
    """Return where a firm's name that holds a short form begins: there, or with the place before it; None where other letters stand before."""
    place = next((m for m in text.within("place", max(0, at - 6), at) if m.end == at), None)
    start = place.start if place else at
    before = text.folded[start - 1 : start]
    return start if not "\u4e00" <= before <= "\u9fff" or before in "的由与和在是为" or start in text.word_bounds else None


def _behind_county(text: Text, start: int, end: int) -> int:
    """Return where a name goes on behind the divisions that open it with their suffix: 西山县|双丰年加工……项目."""
    for mention in text.within("place", start, end):
        if mention.start == start and text.folded[mention.end - 1] in "县区市旗":
            start = mention.end
    return start


def _place_at(text: Text, start: int) -> bool:
    """Say whether a division begins at an offset: 中国北车|江西."""
    return any(m.start == start for m in text.within("place", start, start + 4))


def _is_place(text: Text, start: int, end: int) -> bool:
    """Say whether a span is divisions and nothing else."""
    return sum(m.end - m.start for m in text.within("place", start, end)) >= end - start - 1
