"""Whose a statement is: from the events of the story to the project that a figure, a date or a predicate speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from ljnews.facts.project.elsewhere import elsewhere
from ljnews.facts.project.story import Event
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_PHASE = re.compile(r"(?<![分共])(?:[一二三四五六]|首)期")
_REMARK = re.compile(r"\((?![一二三四五六首]期\))[^()\n]{0,30}\)")  # (潘水电站二期移民迁建项目)
_GENERAL = re.compile(
    r"全[市县区省州镇国盟旗年]|我国|[我该][市县区省镇州]|园区(?:企业|累计|已|共)|企业(?:累计|共|年)|去年全年|同比|公司(?:去年|累计|年|先后)|各地|各县|截至.{2,8},全"
)
_GENERAL_OPENS = re.compile("[全我该园企去同公各截]")  # what _GENERAL begins with: found faster than it is
_SUBJECT_FIRM = re.compile(
    r"(?<![\u4e00-\u9fff])[\s“]{0,6}([\u4e00-\u9fff()]{3,24}?(?:有限公司|有限责任公司|集团|公司))"
    r"(?![\u4e00-\u9fff]{0,6}(?:董事长|总经理|负责人|经理|总裁|介绍|工程师|副总))"
)
_AND_SO_ON = re.compile(r"”?等\d{0,4}(?:余|多)?[个项]?[\u4e00-\u9fff]{0,6}")
_ALL = re.compile(r"全部|均|都|全面|一并|同时")
_GOES_ON = re.compile(r"确保|力争|争取|预计|计划于?|均|全部|已(?!有)|将于|正在?|目前|现已")
# «甲、乙迁建工程一并实施,明年上半年开工»: a date alone before the predicate
_WHEN = re.compile(
    r"(?:[今明去]年|20\d\d年)?(?:[上下]半年|[一二三四]季度|年底|\d{1,2}月)?(?:份|底|初|中旬|上旬|下旬|\d{1,2}日)?前?(?:全部|正式|同时)?"
)
_DOES = re.compile(r"[^,;、。]{0,12}(?:正在|已|竣工|开工|投产|建成|完工|完成|启动|签约|在建)[^,;、。]{0,16}[,;]")
_OF_PLACE = re.compile("的[\u4e00-\u9fff]{1,5}[省市县区州镇乡]$")  # 2017年开工的甲县乙泵站
_FIGURES = re.compile(r"(?:概算|计划|估算|协议|预计|累计|年度)*(?:总?投资|总额|投资额|用地|占地)[^,。;\n]{2,20}(?=,)")
# «上述13项在建工程计划4月底竣工», «这些项目均已开工»: those named before.
_THEM = re.compile(
    r"(?:上述|(?<![元亩吨千万亿米度人上级])以上|这些|该批|这批|这)(\d{1,3}|[两二三四五六七八九十]{1,3})?[个项条座所处家大]?[\u4e00-\u9fff]{0,4}$"
)
_HOW_MANY = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_WHOLE = re.compile(r"(?:全部|整体|两期|[各三四]期)(?:工程|项目)?(?:建成|投产|达产|竣工|完工|完成|投用)")  # behind what is said of a phase
# a paragraph of its own: 农业方面:…, 二是…, (三)…
_NEW_TOPIC = re.compile(
    r"\s{0,4}(?:[\u4e00-\u9fff]{2,8}(?:方面|领域)[:,。;]|[一二三四五六七八九十]是|\(?[一二三四五六七八九十][)、.]|第[一二三四五六七八九十][,、])"
)
_ABOUT = re.compile(r"项目|工程|工地|施工|工期|投资|建成|竣工|投产")


@dataclass(slots=True)
class Attribute:
    """One statement about a project. `weak`: of a part of it, or only a sign."""

    project: str
    name: str
    value: str | None
    start: int
    end: int
    rule: str
    phase: str | None = None
    unit: str | None = None
    amount: Mention | None = None
    from_: str | None = None
    to: str | None = None
    weak: bool = False


class Teller:
    """Answers whose a statement is."""

    def __init__(self, text: Text, events: list[Event]) -> None:
        self.text = text
        self.folded = text.folded
        self.events = events
        self._starts = [e.start for e in events]
        self._lists: dict[int, list[Event]] = {}
        for event in events:
            if event.listed >= 0:
                self._lists.setdefault(event.listed, []).append(event)
        named = {e.project for e in events if e.project}
        # one project, named by the headline: the whole page speaks of it
        self._sole = len(named) == 1 and bool(events) and events[0].project is not None and events[0].start < text.paragraphs[0][1]

    def before(self, offset: int) -> Event | None:
        """Return the event whose turn an offset is in: the last one that begins before it."""
        i = bisect_right(self._starts, offset) - 1
        return self.events[i] if i >= 0 else None

    def next(self, offset: int) -> Event | None:
        """Return the first event that begins at an offset or after it."""
        i = bisect_left(self._starts, offset)
        return self.events[i] if i < len(self.events) else None

    def between(self, start: int, end: int) -> list[Event]:
        """Return the events that begin between two offsets."""
        return self.events[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def list_of(self, event: Event) -> list[Event]:
        """Return the events of the same list, or the event alone."""
        return self._lists[event.listed] if event.listed >= 0 else [event]

    def whose(self, start: int, end: int, *, lists: bool = False, carry: bool = True) -> list[Event]:
        """Return the events that a span speaks of: one, or all of a list where `lists`; none where that is open."""
        sentence = self.text.sentence_at(start)
        ahead = self._ahead(start, end, sentence)
        event = ahead or self._behind(start, sentence, carry, counted=lists)
        if lists and event is not None and event.kind in ("class", "ref") and (them := self._them(event)):
            return them
        if event is None or event.project is None:
            return []
        if ahead and ahead.start - end <= 1:
            return [ahead]  # 总投资3亿元的甲、总投资2亿元的乙
        if event.listed < 0 or self._remark(event, start) or self._between_items(event, start):
            return [event]
        return self._sharing(event, start) if lists and self._near_list(event, start) else []

    def _them(self, event: Event) -> list[Event]:
        """Return those that «以上五个项目» speaks of: the names of its paragraph before it or, where there are none, of the one before."""
        match = _THEM.search(self.folded, max(0, event.start - 9), event.start)
        if match is None or self.folded.startswith(("的", "建设的"), event.end):
            return []  # 这些项目的建成投产将……
        number = match.group(1)
        count = (int(number) if number.isdigit() else _HOW_MANY.get(number)) if number else None
        start, end = self.text.paragraph_at(event.start)[0], match.start()
        for _ in range(2):
            names = [e for e in self.between(start, end) if e.kind == "name" and e.project]
            if names or not start:
                break
            start = self.text.paragraph_at(start - 1)[0]
        distinct = list({e.project: e for e in names}.values())
        return (
            distinct[-count:]
            if count and len(distinct) > count
            else distinct
            if len(distinct) > 1 or (distinct and distinct[0].listed >= 0)
            else []
        )

    def _sharing(self, event: Event, offset: int) -> list[Event]:
        """Return the members of a list that a statement is about: «甲正在调试,乙、丙竣工投产» are two statements."""
        members = self.list_of(event)
        if offset <= event.start:
            return members
        shared = [m for m in members if m.start <= offset]
        for k in range(len(shared) - 1, 0, -1):
            if _DOES.match(self.folded, shared[k - 1].end, shared[k].start):
                return shared[k:]
        return shared

    def _remark(self, event: Event, offset: int) -> bool:
        """Say whether an offset is in the bracket behind a name: 甲产业园(总投资5亿元)、乙大桥."""
        if self.folded[event.end : event.end + 1] != "(" or offset <= event.end:
            return False
        return offset < self.folded.find(")", event.end, event.end + 60)

    def _between_items(self, event: Event, offset: int) -> bool:
        """Say whether an offset stands behind an item before the next one: «甲,总投资5亿元,2015年完成;乙,总投资3亿元;丙»."""
        if self.folded[event.end : event.end + 1] != "," and not self.folded.startswith("建设,", event.end):
            return False
        members = self.list_of(event)
        at = members.index(event)
        return at + 1 < len(members) and event.end < offset < members[at + 1].start and ";" in self.folded[offset : members[at + 1].start]

    def _near_list(self, event: Event, offset: int) -> bool:
        """A list keeps its turn to the end of its clause."""
        last = self.list_of(event)[-1]
        if offset <= self.text.clause_at(last.end)[1] or offset <= event.start:
            return True
        if offset > self.text.sentence_at(last.end)[1]:
            return False
        clause = self.text.clause_at(offset)[0]
        following = self.text.clause_at(last.end)[1] + 1
        while following < clause and (figures := _FIGURES.match(self.folded, following, clause)):
            following = figures.end() + 1  # 甲、乙等6个项目,总投资13.7亿元,已完成投资3亿元
        while following < clause and _GOES_ON.match(self.folded, following):
            following = self.text.clause_at(following)[1] + 1  # 甲、乙两个项目主体完工,正在进行配套建设,计划8月竣工
        goes_on = following >= clause and (
            _GOES_ON.match(self.folded, clause) or (clause < offset and _WHEN.fullmatch(self.folded, clause, offset))
        )
        return bool(goes_on or _ALL.search(self.folded, offset - 5, offset))

    def _ahead(self, start: int, end: int, sentence: tuple[int, int]) -> Event | None:
        """«总投资10亿元的某项目», «2021年开工的某大桥»: the name behind 的, when nothing else was named before it in the sentence."""
        event = self.next(start)
        if event is None or event.kind != "name" or event.start >= sentence[1]:
            return None
        if event.start == end and self.folded[end - 1] in "元亩":
            return event  # 总投资150亿元某项目
        if self.folded[event.start - 1] != "的" and not _OF_PLACE.search(self.folded, event.start - 7, event.start):
            return None
        if event.start <= self.text.clause_at(end)[1] and event.start - end <= 30:
            return event
        before = self.before(start)
        if (before is None or before.start < sentence[0]) and event.start - end <= 40:
            # 计划投资32亿元,其中:计划投资30亿元的某项目
            return None if self.folded.find("其中", end, event.start) >= 0 else event
        return None

    def _behind(self, offset: int, sentence: tuple[int, int], carry: bool, counted: bool) -> Event | None:
        event = self.before(offset)
        event = self._counted(event) if counted else event
        paragraph = self.text.paragraph_at(offset)
        if event is None or event.start < paragraph[0]:
            quoted = self._quoted(offset, paragraph)
            return quoted or (self._carried(event, offset, paragraph) if event and carry else None)
        if event.end <= sentence[0] and (self._general(sentence[0], offset) or self._other_firm(event, sentence[0], offset)):
            return None
        return event

    def _counted(self, event: Event | None) -> Event | None:
        """«甲等6个项目集中开工»: the name that the count begins with has the turn."""
        if event is None or event.kind != "class":
            return event
        earlier = self.before(event.start - 1)
        if earlier is None or earlier.project is None or event.start - earlier.end > 14:
            return event
        return earlier if _AND_SO_ON.fullmatch(self.folded, earlier.end, event.start) else event

    def elsewhere(self, event: Event, offset: int, *, figure: bool = False) -> bool:
        """Say whether a statement has a subject of its own, unnamed as a project, that is not the event's: «甲已投产;铁路货场已完成投资300万元».

        A `figure` behind a semicolon is another's wherever the words before its predicate share nothing with the project.
        """
        return elsewhere(self.text, event.project or "", (event.start, event.end), offset, figure=figure)

    def _general(self, start: int, end: int) -> bool:
        """Say whether a span speaks of a county, a park, firms in general."""
        return any(_GENERAL.match(self.folded, opening.start(), end) for opening in _GENERAL_OPENS.finditer(self.folded, start, end))

    def _other_firm(self, event: Event, start: int, offset: int) -> bool:
        """Say whether the sentence begins with a firm that is not the project's own: a new subject."""
        match = _SUBJECT_FIRM.match(self.folded, start, offset)
        if match is None:
            return False
        firm, project = match.group(1), event.project or ""
        return not any(firm[k : k + 2] in project for k in range(min(4, len(firm) - 1)))

    def _quoted(self, offset: int, paragraph: tuple[int, int]) -> Event | None:
        """«“目前主体已完工。”某项目经理说»: a quotation that opens its paragraph is about the project of the speaker."""
        opening = self.folded[paragraph[0] : paragraph[0] + 4].strip()[:1]
        close = self.folded.find("”", offset, paragraph[1])
        if opening not in ("“", '"') or close < 0:
            return None
        event = self.next(close)
        return event if event is not None and event.start < min(close + 40, paragraph[1]) and event.project else None

    def _carried(self, event: Event, offset: int, paragraph: tuple[int, int]) -> Event | None:
        """A project is still spoken of in the next paragraph where that speaks of building, no further."""
        if self._sole and not event.project:
            event = self.events[0]
        if self._sole and not self._general(paragraph[0], offset):
            return event
        if event.listed >= 0 or self.folded.count("\n", event.end, offset) != 1 or self._general(paragraph[0], offset):
            return None
        if _NEW_TOPIC.match(self.folded, *paragraph):
            return None
        return event if _ABOUT.search(self.folded, paragraph[0], min(paragraph[1], offset + 40)) else None

    def phase(self, event: Event, offset: int) -> str | None:
        """Return the phase that a statement is about."""
        if event.phase:
            return None if event.end < offset and _WHOLE.search(self.folded, event.end, offset) else event.phase
        clause = self.text.clause_at(offset)
        end = self.list_of(event)[-1].end  # 甲、乙二期等3个项目开工: the phase is the name's
        if offset <= event.start <= clause[1]:
            return None
        start = clause[0] if event.start >= offset else max(clause[0], end)  # “一期已投产。”某项目负责人说
        other = self.before(offset)
        if other is not None and other.kind == "name" and event.end <= other.start and other.project != event.project:
            start = max(start, other.end)  # 甲、乙二期项目等正稳步推进: the phase is the second one's
        found = _PHASE.findall(_REMARK.sub("", self.folded[start:offset])) if start < offset else []
        if not found:
            return None
        own = _PHASE.search(event.project or "")
        return None if own is not None and own.group() != found[-1] and event.kind == "name" else found[-1]
