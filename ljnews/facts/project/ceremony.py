"""Ceremonies: projects that start, are signed or open together get the status, and the day where it is stated."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ljnews.facts.draft import iso
from ljnews.facts.project.dates import held_last_year, opening_day, value_of, years_on
from ljnews.facts.project.lists import FIRST_LIST
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute
from ljnews.text.mention import Mention
from ljnews.text.text import Span, Text

_WORDS = "开工|奠基|签约|(?<!开)竣工|投产|通车|通航|开园|(?<=集中)启动"
# «某市第四批重点项目开工», «首批217个产业项目同时开工» at the end of a clause are ceremonies too.
HELD = re.compile(
    rf"(?:集中)?({_WORDS}|\(竣\)工)(?:奠基|暨[^,。\n]{{0,20}})?(?:仪式|典礼|活动|现场会|动员|大会)|集中({_WORDS}|开[(、/]?竣)"
    rf"|(?:重[大点][\u4e00-\u9fff]{{0,6}}|\d个[\u4e00-\u9fff]{{0,12}}|一批[\u4e00-\u9fff]{{0,12}})项目(?:正式|同步|同时|统一)?({_WORDS})(?=[,。\s])"
)
_STATUS = {
    "开工": "started", "奠基": "started", "签约": "signed", "竣工": "completed", "投产": "operating", "通车": "operating", "通航": "operating",
    "开园": "operating", "启动": "started",
}  # fmt: skip
# Several at once (集中开工、竣工投产仪式, 开(竣)工): which project does what is said with its name.
_SEVERAL = re.compile(
    r"(?:开工|奠基|签约)[、,暨及和/(]{0,2}(?:集中)?(?:竣|投产|通车|签约|开工)|开[(、/]?竣\)?工|(?:竣工|投产|通车)[、及和暨/]{1,2}(?:集中)?(?:新?开工|签约|奠基)"
)
# In the paragraph of the names: what the projects listed there do. «现场签约项目19个。其中,……»
_HERE = re.compile(
    rf"(?:集中|现场|此次|本次|当天|参加)[^,。\n]{{0,10}}?({_WORDS})(?!仪式(?:后|前|结束))|({_WORDS})的?(?:\d{{1,3}}个)?(?:重大|重点|产业)?(?:项目|工程)(?:有|共|中|\d|分别|主要)"
    rf"|({_WORDS})(?:仪式|令)(?!前|后|结束)"
)
_COUNTED = re.compile(
    rf"(?:集中|现场|共)({_WORDS})(?:重大|重点|产业|合作)*(?:项目|工程)\d+个|(?<!未)({_WORDS})(?:项目|工程)中(?![心标])|({_WORDS})的\d{{1,3}}个(?:重大|重点|产业|新)*(?:项目|工程)(?:分别|具体)"
)
# «13个项目分别是甲、乙», «民生项目6个,包括甲、乙»: the lists of a ceremony's report, where they say nothing else themselves.
_ITS_LIST = re.compile(r"(?:分别|包括|具体|为|有|是|:){1,4}$")
# «其中新建幼儿园4个:甲、乙»: what is begun, by kinds.
_KIND_BUILT = re.compile(r"(?:新建|扩建|改建|改扩建|迁建)\)?[\u4e00-\u9fff]{2,8}\d{1,3}[个所条座]:?$")
_VERB_BEFORE = re.compile(r"(?<=:)(?:新建|扩建|改建|改扩建|迁建)$")
_PRICE_BEFORE = re.compile(r"(?:计划)?总?投资[约近达]?[\d.]{1,8}[万亿]{1,2}元的?“?$")
_CLOSES = re.compile(r"等\d{1,3}[个项](?:重大|重点)?(?:项目|工程)")
_OF_ONE = re.compile("(?:项目|工程)(?:是|系|由|位于|建设内容)")  # what one project consists of
_OTHERWISE = re.compile(r"开工|奠基|竣工|签约|投产|通车|在建|续建|谋划|储备|前期|计划(?!(?:总)?投资)|拟(?!投资)|去年|以来")
_Day = tuple[str | None, int, int, str | None, str | None]  # value, start, end, from, to
_OPENINGS = re.compile(
    f"集中|现场|此次|本次|当天|参加|共|{_WORDS.replace('(?<!开)', '')}"
)  # with what the two begin: found faster than they are
_WIRE = re.compile(r"\s{0,4}(?:电|讯)")
_PROJECTS_DO = re.compile(rf"\d{{1,5}}[个项][^,。]{{0,8}}项目[^,。]{{0,6}}?({_WORDS})。$")
_OPENED = re.compile(r"开工|启动|举行|奠基|动工|签约|竣工|投产|通车|开建")
# What may stand between an item's mark and its name: «总投资3亿元的», «位于某镇的», (1).
_ITEM = re.compile(r"(?:新建|扩建|改建|改扩建|迁建)?|[\d().\s]{0,6}(?:[^;:。]{1,24}的)?|(?:总?投资)[\d.]{1,8}[万亿]{1,2}元")
_TO_COME = re.compile(r"将(?:于|在|举|迎|有)|即将|拟(?:于|在)|计划(?:于|在)")
_PLANS = re.compile(r"(?:拟|(?<!按)计划(?!总?投资|的))[^已了。;\n]{2,50}$")
_ITEM_MARK = re.compile(r"\s{0,6}(?:[—-]{1,2}|[●◆■▲★]|[(]?[\d一二三四五六七八九十]{1,2}[)、.])")
_OPENS_WITH = re.compile(
    r"\s{0,6}(?:[—-]{1,2}|[●◆■▲★]|[(]?[\d一二三四五六七八九十]{1,2}[)、.])?(?:其中|据了解|据介绍|据悉)?,?(?:(?:计划)?总?投资[约近达]?[\d.]{1,8}[万亿]{1,2}元的)?(?:[\u4e00-\u9fff]{1,8}[县市区镇乡州]|由[^,。;]{2,30}建设的)?“?"
)
_LINE_ITEM = re.compile(
    r"\s{0,6}(?:[—-]{1,2}|[●◆■▲★]|[(]?[\d一二三四五六七八九十]{1,2}[)、.])?\s?(?:由[^,。;\n]{2,40}?的|(?:计划)?总?投资[约近达]?[\d.]{1,8}[万亿]{1,2}元的)?[“\s]?"
)
_CLAUSE = re.compile("[,;。]")
_DESCRIBES = re.compile(r"”?(?:项目|工程)?,?(?:是|总投资|计划总?投资|概算|估算|占地|位于|由|主要|建设|规划|选址|用地)")
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")
_PRINTED = re.compile(r"[\d日号天晨]|[昨今前]")
_OF_A_MONTH = re.compile(r"年\d{1,2}月")
_YEAR = re.compile(r"(20\d\d)(?=年|中国)")


def ceremonies(text: Text, events: list[Event], found: list[Attribute]) -> Iterator[Attribute]:
    """Yield the statuses and days that a ceremony gives the projects named with it."""
    word, day, several = _held(text)
    dated = {a.project for a in found if a.name in ("started_on", "completed_on") and not a.weak}
    told = {
        a.project: a.value for a in found if a.name == "status" and a.value in _DATED and (not a.weak or (several and a.rule in _BY_CLASS))
    }
    mute = {a.project for a in found if a.name in ("status", "started_on", "completed_on")}  # somehow told already
    done: set[str] = set()
    words = [
        m
        for m in _said(_HERE if word or several else _COUNTED, text.folded)
        if not _among_several(text.folded, m) and not _planned(text, m.start())
    ]
    starts = [match.start() for match in words]
    firsts = _firsts(events)
    for event in events:
        if event.kind != "name" or event.project is None or event.project in done or _only_place(text.folded, event):
            continue
        here = _here(text, event, words, starts)
        if here is None and word:
            here = _of_report(text, event, firsts.get(event.listed), word)
        if here is None and word in ("开工", "签约") and event.project not in mute and _described(text, event, word):
            here = word, text.folded.find(word), text.folded.find(word) + len(word)
        if here and not event.start < here[1] and _told_here(text, event, found, here):
            here = None  # 63个开工项目中28个开工。甲、乙前期工作加快
        if here:
            done.add(event.project)
            yield Attribute(event.project, "status", _STATUS[here[0]], here[1], here[2], "project.ceremony")
        status = (_STATUS[here[0]] if here else told.get(event.project)) or ""
        if event.project in dated or status not in _DATED:
            continue
        if day and (several or status == _STATUS.get(word)):
            when: _Day | None = (day[0], day[1], day[2], day[0], day[0])
        else:
            when = _own_day(text, here) if here else None
        if when:
            done.add(event.project)
            yield Attribute(event.project, _DATED[status], *when[:3], "project.ceremony", from_=when[3], to=when[4])


def _firsts(events: list[Event]) -> dict[int, Event]:
    """Return the first event of each list."""
    firsts: dict[int, Event] = {}
    for event in events:
        if event.listed >= FIRST_LIST:
            firsts.setdefault(event.listed, event)
    return firsts


def _only_place(folded: str, event: Event) -> bool:
    """Say whether a name is only where something is held: 开工仪式在某中心举行."""
    return folded[event.start - 1] == "在" and folded.startswith(("举行", "隆重举行", "召开", "举办"), event.end)


def _own_day(text: Text, here: tuple[str, int, int]) -> _Day | None:
    """«今年9月,组织集中开工项目5个»: the day or month right before what the projects do."""
    days = [m for m in text.within("date", text.sentence_at(here[1])[0], here[1]) if m.value.grain in ("day", "month", "decade")]
    if not days or here[1] - days[-1].end > 12:
        days = [m for m in opening_day(text, here[1]) if m.value.grain in ("day", "month", "decade")]
    if not days or days[-1].value.mode != "in" or _WIRE.match(text.folded, days[-1].end):
        return None
    period = days[-1].value
    if period.from_ is None or (text.published and period.from_ > text.published):
        return None
    return value_of(period, "started_on"), days[-1].start, days[-1].end, iso(period.from_), iso(period.to)


def _among_several(folded: str, match: re.Match[str]) -> bool:
    return bool(_SEVERAL.search(folded, max(0, match.start() - 8), min(len(folded), match.end() + 8)))


def _planned(text: Text, offset: int) -> bool:
    """Say whether a sentence tells what is yet to be: 拟谋划交通项目15项,其中开工项目5项."""
    return bool(_PLANS.search(text.folded, max(text.sentence_at(offset)[0], offset - 50), offset))


def _said(pattern: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `_HERE` or `_COUNTED`, without overlap."""
    end = 0
    for opening in _OPENINGS.finditer(folded):
        match = pattern.match(folded, opening.start()) if opening.start() >= end else None
        if match:
            end = match.end()
            yield match


def _held(text: Text) -> tuple[str, tuple[str, int, int] | None, bool]:
    """Return the word of the article's ceremony ("" for none), its day, and whether it is several at once: from the headline and the first paragraphs."""
    limit = text.paragraphs[min(3, len(text.paragraphs) - 1)][1] if text.paragraphs else 0
    word, several = "", False
    for match in HELD.finditer(text.folded, 0, limit):
        if _TO_COME.search(text.folded, text.clause_at(match.start())[0], match.start()):
            continue
        several = several or _among_several(text.folded, match)
        word = word or next((g for g in match.groups() if g), "")
        day = _day(text, match)
        if day and (several or word in match.groups()):
            return "" if several else word, day, several
    return "" if several else word, _opening_day(text) if word or several else None, several


_DATED = {"started": "started_on", "completed": "completed_on", "operating": "completed_on"}
_BY_CLASS = ("project.governed", "project.class_word")  # 有5个项目竣工,包括甲、乙
_GOING_ON = frozenset(("under_construction", "completed", "operating", "preliminary"))


def _told_here(text: Text, event: Event, found: list[Attribute], here: tuple[str, int, int]) -> bool:
    """Say whether the sentence of a name gives it another status, or its clause one behind it that is not the ceremony's."""
    start, end = text.sentence_at(event.start)
    stop = text.clause_at(event.end)[1]
    for a in found:
        if a.name != "status" or a.project != event.project or not start <= a.start < end:
            continue
        if here[2] < start and a.value in _GOING_ON:
            return True
        if a.rule in _BY_CLASS and a.value != _STATUS[here[0]] and _CLAUSE.search(text.folded, here[2], min(a.end, event.start)):
            return True  # 集中开工的项目为甲;竣工项目为乙
        if not a.weak and event.end <= a.start < stop and a.rule == "project.status" and a.value != _STATUS[here[0]]:
            return True
    return False


def _of_report(text: Text, event: Event, first: Event | None, word: str) -> tuple[str, int, int] | None:
    """Return the ceremony's word for what its report lists: «包括甲、乙», «包括甲等», «重点项目:甲,占地3亩;乙,……»."""
    told = _among_them(text, event, word) or _on_a_line(text, event, word)
    if told:
        return word, *told
    if first is not None:
        return _its_list(text, first, word)
    if text.folded.startswith("等", event.end):
        return _its_list(text, event, word)
    start = text.sentence_at(event.start)[0]
    colon = text.folded.rfind(":", start, event.start)
    if colon < 0:
        return None
    lead, item = text.folded[start:colon], max(text.folded.rfind(mark, colon, event.start) for mark in ":;、,")
    if (
        _OTHERWISE.search(lead.replace(word, ""))
        or not ("项目" in lead or "工程" in lead or _KIND_BUILT.search(lead))
        or not _ITEM.fullmatch(text.folded, item + 1, event.start)
    ):
        return None
    return word, start, colon


def _among_them(text: Text, event: Event, word: str) -> Span | None:
    """Return what «299个项目同步开工。其中,甲、乙等项目5个» says in the sentence before of the projects that it then names."""
    start = text.sentence_at(event.start)[0]
    if event.listed < 0 or not start or not text.folded.startswith("其中", start) or _OTHERWISE.search(text.folded, start, event.start):
        return None
    before = max(text.sentence_at(start - 1)[0], start - 60)
    match = _PROJECTS_DO.search(text.folded, before, start)
    return match.span() if match and match.group(1) == word else None


def _on_a_line(text: Text, event: Event, word: str) -> Span | None:
    """Return the line that brings a list whose items stand each on a line of its own: «这些项目分别是:», «由某公司投资的甲项目、»."""
    if not _LINE_ITEM.fullmatch(text.folded, text.paragraph_at(event.start)[0], event.start):
        return None
    i = bisect_left(text.paragraphs, text.paragraph_at(event.start))
    for start, end in reversed(text.paragraphs[max(0, i - 40) : i]):
        line = text.folded[start:end].strip()
        if line.endswith(":"):
            other = _OTHERWISE.search(line.replace(word, "")) or not ("项目" in line or "工程" in line)
            return None if other or len(line) > 60 else (start, end)
        if not (line.endswith(("、", ";", ",")) or _ITEM_MARK.match(line)):
            return None
    return None


def _described(text: Text, event: Event, word: str) -> bool:
    """Say whether a name opens a sentence that describes it, in the first paragraphs of a ceremony's report: «其中,甲项目总投资3亿元»."""
    start, end = text.sentence_at(event.start)
    reach = 12 if _ITEM_MARK.match(text.folded, start) else 4
    near = start < text.paragraphs[min(reach, len(text.paragraphs) - 1)][1] and start >= text.paragraphs[0][1]
    if not near or not _OPENS_WITH.fullmatch(text.folded, start, event.start) or not _DESCRIBES.match(text.folded, event.end):
        return False
    return not _OTHERWISE.search(text.folded[start:end].replace(word, ""))


def _its_list(text: Text, first: Event, word: str) -> tuple[str, int, int] | None:
    """Return the ceremony's word for a list of its report, with the words that introduce the list."""
    start = text.sentence_at(first.start)[0]
    lead = _PRICE_BEFORE.sub("", _VERB_BEFORE.sub("", text.folded[start : first.start]))
    if not _ITS_LIST.search(lead) or _OTHERWISE.search(lead) or _OF_ONE.search(lead):
        return None
    if not ("项目" in lead or "工程" in lead or _KIND_BUILT.search(lead)):  # 基础设施方面,主要包括甲、乙等13个项目
        close = _CLOSES.search(text.folded, first.end, text.sentence_at(first.start)[1])
        if close is None or text.folded.find(";", first.end, close.start()) >= 0:
            return None
    return word, start, first.start


def _here(text: Text, event: Event, words: list[re.Match[str]], starts: list[int]) -> tuple[str, int, int] | None:
    """Return the ceremony word of the event's own paragraph that stands before it (or of its sentence, around it)."""
    paragraph, sentence = text.paragraph_at(event.start), text.sentence_at(event.start)
    for start, end in ((event.end, text.clause_at(event.end)[1]), (paragraph[0], event.start), sentence):
        k = bisect_left(starts, end) - 1
        while k >= 0 and words[k].end() > end:
            k -= 1
        if k >= 0 and starts[k] >= start:
            return (next(g for g in words[k].groups() if g), words[k].start(), words[k].end())
    return None


def _day(text: Text, held: re.Match[str]) -> tuple[str, int, int] | None:
    """Return the day on which a ceremony is held and its span: the last day before it in its sentence, the wire's own date apart."""
    start, end = text.sentence_at(held.start())
    best = None
    for mention in text.within("date", start, end):
        day = _single(text, mention, start, end)
        if day and (best is None or mention.start < held.start()):
            best = (day, mention.start, mention.end)
    return best


def _single(text: Text, mention: Mention, start: int, end: int) -> str | None:
    """Return the one day, not to come, that a date is; without a date of publication its year may stand elsewhere in the sentence."""
    period = mention.value
    if period.mode != "in" or period.grain != "day" or _WIRE.match(text.folded, mention.end):
        return None
    if not _PRINTED.search(text.folded, mention.start, mention.end):
        return None  # 新春开新局
    if text.published is None:
        year, printed = (
            _YEAR.search(text.folded, start, end) or _only_year(text),
            _MONTH_DAY.fullmatch(text.folded, mention.start, mention.end),
        )
        if year and printed:
            return f"{year.group(1)}-{int(printed.group(1)):02}-{int(printed.group(2)):02}"
    if period.from_ is None or period.from_ != period.to:
        return None
    if text.published and period.from_ > text.published:
        return iso(years_on(period, -1).from_) if held_last_year(text, mention) else None
    return iso(period.from_)


def _only_year(text: Text) -> re.Match[str] | None:
    """Return the year that an article speaks of, where it speaks of no other, not that of another month: 2015年9月升级为……."""
    years = list(_YEAR.finditer(text.folded))
    if any(_OF_A_MONTH.match(text.folded, m.end()) for m in years):
        return None
    return years[0] if len({m.group(1) for m in years}) == 1 else None


def _opening_day(text: Text) -> tuple[str, int, int] | None:
    """«19日,随着礼炮鸣响,某县三季度重大项目建设启动»: the day that opens the report under a ceremony's headline."""
    for start, end in text.paragraphs[1:3]:
        for mention in text.within("date", start, min(end, start + 80)):
            sentence = text.sentence_at(mention.start)
            day = _single(text, mention, *sentence)
            if day:
                return (day, mention.start, mention.end) if _OPENED.search(text.folded, mention.end, sentence[1]) else None
    return None
