"""What a class of projects says of its members: «在建项目分别为甲;乙», «三、竣工项目» over their paragraphs, «重点项目建设稳步推进。甲、乙……»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.project.governed import to_come
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.text.text import Span, Text

_WORDS = {
    "续建": "under_construction", "在建": "under_construction", "在施": "under_construction", "结转": "under_construction", "跨年": "under_construction",
    "新开工": "started", "开工": "started", "新建": "started", "竣工": "completed", "完工": "completed", "建成": "completed", "投产": "operating",
    "签约": "signed", "在谈": "negotiating", "洽谈": "negotiating", "意向": "negotiating", "前期": "preliminary", "预备": "preliminary",
    "储备": "preliminary", "谋划": "preliminary", "拟建": "planned",
}  # fmt: skip
_TO_START = ("新开工", "开工", "新建")
_TO_END = ("竣工", "完工", "建成", "投产")
_ANY = "|".join(sorted(_WORDS, key=len, reverse=True))
_KIND = r"(?:重大|重点|产业|民生|建设|基础设施|工业|交通|水利|城建|省级|市级|县级|[省市县区]重点)*"
_OPENINGS = re.compile(_ANY)  # found faster than the class that they open
_CLASS = re.compile(
    rf"(?<![开竣和及])(?<![工建产约]、)({_ANY})(?:准备|工作|阶段)*(?:的(?:\d{{1,4}}余?[个项宗条])?)?{_KIND}(?:项目|工程)(?!部|指挥|资金|库|建设|前)"
)
_AHEAD = re.compile(r"(?:将|计划|拟|预计|力争|争取|确保|待)(?:新增)?(?:[^,。;:、\n]{0,6})$")
_PLANS = re.compile(r"(?:今年|明年|20\d\d年|我[县市区])[^。;\n已]{0,10}(?:将|计划|拟|安排|谋划)[^已了]{0,50}$|拟[^已了。;\n]{2,40}$")
# How a class comes to its members: «共13项。其中», «9项。具体包括», «中,», «分别为», «主要有».
_COUNT = r"(?:共|有|共有|为|计|达|达到)?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})余?多?[个项宗条件]"
_MEMBERS = re.compile(
    rf"(?:{_COUNT})?[,。:]?(?:具体|主要|分别)+(?:有|包括|为|是|:)*|(?:{_COUNT})?(?:中|里|方面)(?![心标])"
    rf"|(?:主要|还|也|现|目前|分别)*(?:包括|有|为|是|:)(?!\d)|(?:{_COUNT})(?:,?(?:包括|即|为|是)|:)"
)
_NEXT = re.compile("主要有|主要包括|分别[为是]|具体[有为是]|包括")
_HEADING = re.compile(
    rf"\A[\s●■◆▲★§【\[<《]{{0,8}}[\d一二三四五六七八九十()、.:]{{0,5}}[^,。;\n及和\d]{{0,6}}?({_ANY})(?:准备|工作|阶段)?的?{_KIND}(?:项目|工程)[^,。;\n]{{0,16}}$"
)
_NEXT_HEADING = re.compile(r"\A[\s●■◆▲★§【\[<《]{0,8}(?:[(]?[一二三四五六七八九十]{1,2}[)、]|(?<=[●■◆▲★§【]))")
# «基础设施项目建设稳步推进。», «一批重大项目开工建设。»: a sentence of its own over those that follow in its paragraph.
_LEAD = re.compile(
    r"\A[^,。;\n]{0,22}?(?:项目|工程|建设)[^,。;\n、]{0,6}?(?:(开工建设|相继开工|陆续开工|集中开工|全面开工|顺利开工)|(建成投产|竣工投产|相继投产|陆续投产|建成投用|建成通车)"
    r"|(相继竣工|陆续竣工|相继建成|陆续建成|建成|竣工)|((?:稳步|有序|加快|扎实|顺利|快速|强力|全力|全面|积极|持续|强势|加速|梯次)推进|推进(?:有力|顺利|有序)"
    r"|进展(?:顺利|良好|迅速|较快)|加快建设|取得新(?:进展|突破|成果|成效)|呈现新进展|(?:不断|进一步)?提速))$"
)
_LEADS = ("started", "operating", "completed", "under_construction")
_EARLY = re.compile(r"前期|谋划|储备|预备")
_WISHED = re.compile(r"将|要|力争|确保|争取|计划|推动|促进|加快推进(?=.)")


def class_words(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield what the class that brings them says of its members; signs only."""
    for (start, end), status, cue in _spans(text, teller):
        for event in teller.between(start, end):
            if event.kind == "name" and event.project is not None:
                yield Attribute(event.project, "status", status, *cue, "project.class_word", weak=True)


def leads(text: Text, teller: Teller, told: list[Attribute]) -> Iterator[Attribute]:
    """Yield what the sentence over a paragraph says of the projects that it names and of which nothing else is said."""
    mute = {a.project for a in told if a.name == "status"}
    saying: tuple[str, Span] | None = None
    paragraph, done = (-1, -1), -1
    for event in teller.events:
        if event.kind != "name" or event.project is None or event.project in mute:
            continue
        if event.start >= paragraph[1]:
            paragraph, saying = text.paragraph_at(event.start), None
            done = paragraph[0]
        sentence = text.sentence_at(event.start)[0]
        while done < sentence:
            start, done = done, text.sentence_at(done)[1]
            saying = _lead(text, teller, start, done) or saying
        if saying:
            yield Attribute(event.project, "status", saying[0], *saying[1], "project.class_word", weak=True)


def _lead(text: Text, teller: Teller, start: int, end: int) -> tuple[str, Span] | None:
    """Return the status that a short sentence without names gives those that follow it."""
    if end - start > 36 or any(e.kind == "name" for e in teller.between(start, end)):
        return None
    match = _LEAD.match(text.folded[start:end].strip("\n 。;:"))
    if match is None or _WISHED.search(match.group()):
        return None
    status = next(value for value, said in zip(_LEADS, match.groups(), strict=True) if said)
    return ("preliminary" if status == "under_construction" and _EARLY.search(match.group()) else status), (start, end)


def _spans(text: Text, teller: Teller) -> Iterator[tuple[Span, str, Span]]:
    """Yield the spans in which classes list their members, the status and the words that say it."""
    folded = text.folded
    classes = [m for w in _OPENINGS.finditer(folded) if (m := _CLASS.match(folded, w.start())) and not _in_name(teller, m)]
    for k, match in enumerate(classes):
        status = _meaning(text, match)
        if status is None:
            continue
        paragraph = text.paragraph_at(match.start())
        limit = classes[k + 1].start() if k + 1 < len(classes) else len(folded)
        if paragraph[1] - paragraph[0] <= 32 and _HEADING.match(folded[slice(*paragraph)].rstrip()):
            yield (paragraph[1], min(_section_end(text, paragraph), limit)), status, match.span()
            continue
        first = _members(text, match, limit)
        if first < 0:
            continue
        end = text.sentence_at(max(match.start(), first - 1))[1]
        if folded.startswith("其中", first - 2) and any(e.kind == "name" for e in teller.between(first, end)):
            end = paragraph[1]
        yield (first, min(end, limit)), status, match.span()


def _in_name(teller: Teller, match: re.Match[str]) -> bool:
    """Say whether a class is part of a name: 某快速路晋江段新建工程."""
    event = teller.before(match.start())
    return event is not None and event.kind in ("name", "again") and event.end > match.start()


def _members(text: Text, match: re.Match[str], limit: int) -> int:
    """Return where a class begins to list its members: behind «分别为», or «其中» near it; -1 for nowhere."""
    members = _MEMBERS.match(text.folded, match.end())
    if members is not None:
        return members.end()
    end = text.sentence_at(match.end())[1]
    if _NEXT.match(text.folded, end) and end < text.paragraph_at(match.start())[1] and limit >= end:
        return end + 2
    among = text.folded.find("其中", match.end(), min(limit, match.end() + 80, text.paragraph_at(match.start())[1]))
    return among + 2 if among >= 0 else -1


def _meaning(text: Text, match: re.Match[str]) -> str | None:
    """Return what a class says of its members; what is to be started is planned."""
    folded, word = text.folded, match.group(1)
    if word in (*_TO_START, *_TO_END) and _AHEAD.search(folded, max(0, match.start() - 12), match.start()):
        return "planned" if word in _TO_START else None
    start = text.paragraph_at(match.start())[0]
    planned = word in _TO_START and _PLANS.search(folded, max(start, match.start() - 60), match.start())
    if word in (*_TO_START, *_TO_END) and (planned or to_come(text, match.start())):
        return "planned" if word in _TO_START else None
    return _WORDS[word]


def _section_end(text: Text, heading: Span) -> int:
    """Return where the section of a heading ends: before the next line that looks like one."""
    for start, end in text.paragraphs:
        if start <= heading[0]:
            continue
        if end - start <= 32 and _NEXT_HEADING.match(text.folded[start:end]):
            return start
    return len(text.folded)
