"""What the verb before a name or a list says of it: «力争开工甲、乙» are planned, «正在推进甲、乙等项目» under way, «年内将建成甲» due."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.facts.draft import iso
from ljnews.facts.project.dates import opening_day, paragraph_before, value_of
from ljnews.facts.project.lists import FIRST_LIST
from ljnews.facts.project.story import Event
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.text.text import Text

_AIM = r"(?:将|计划|拟|力争|争取|确保|预计|年内|今年|明年|全年)"
_WORTH = r"(?:(?:概算|计划)?(?:总?投资)[约近达超]?[\d.]{1,8}[万亿]{1,2}多?元的?)?"
_COUNT = r"(?:“[^”]{3,10}”,即|\d{1,3}[个条座项所][\u4e00-\u9fff]{2,8}\(即)?"
_START = r"(?:新?开工|启动|新建|开建|实施|谋划|筹建)(?:建设|新建|实施|推进)?"
_PLANNED = re.compile(rf"{_AIM}[^,;。、\n已]{{0,10}}?{_START}{_COUNT}$")
# «今年已开工甲、乙等13项工程»: done, whatever year it is.
_ALREADY = re.compile(rf"已经?(?:先行|陆续|全面|相继|正式|顺利)?(?:新?开工|动工)(?:建设|新建)?{_COUNT}$")
_GOING = re.compile(
    r"(?:正在?(?:全力|加快|加速|积极|全面|有序|抓紧|扎实|稳步)?(?:推进|推动|建设|实施|加快|加速)|正在|已(?:先行|陆续|全面)?(?:开工)?建设|已(?:全面)?启动)(?:实施)?(?:总投资[\d.]{1,8}[万亿]{1,2}元的)?$"
)
_DUE = re.compile(rf"{_AIM}[^,;。、\n已]{{0,12}}?(?:建成|完成|竣工|完工)(?:投产|通车|投用|运营|使用)?{_COUNT}$")
# «(2)开工新建某路»: an item of an agenda; «2019年将…;新建“四中心”,即甲»: the aim stands in the clauses before.
_AGENDA = re.compile(r"[\s\d()、.一二三四五六七八九十是]{1,8}(?:新?开工|启动|新建|开建)(?:建设|新建)?$")
_NEW = re.compile(rf"(?:新?开工建设|开工新建|启动建设|新开工|新建){_COUNT}?$")
# What stands around it calls to work: «开工建设甲,加快推进乙,做好丙前期».
_URGED = re.compile(r"(?:^|[,;。/])(?:加快|做好|抓好|着力|全力|继续|积极|重点|大力|加速)(?:推进|建设|实施|项目|[\u4e00-\u9fff]{2,16}前期)")
_OPENED = re.compile(r"(?:^|[,;、])(?:新?开工|动工)(?:建设|新建)?$|(?:^|[,;、])启动建设$")
_AGENDA_PAGE = re.compile(
    r"明年.{0,6}(?:要|将|计划|拟)|今年.{0,6}(?:要|将|计划|拟)|20\d\d年.{0,8}(?:要|将|计划|拟|目标|安排|打算)|工作报告|蓝图|划重点"
)
_YET = re.compile(r"将有|将(?:新)?开工|计划(?:新)?开工|拟(?:新)?开工|将集中开工|即将开工")
_STRIVEN = re.compile("力争|争取|确保")
_AIMED = re.compile(rf"{_AIM}|(?<![重主首摘纪])要(?!素|求|点)")
_PAST = re.compile(r"已|了|去年|先后|相继|以来|完成投资")
_BEGUN = re.compile(rf"(?:启动|开启|开工建设|兴建|开建|动工建设|动工|开工)了{_WORTH}$")
_BUILT = re.compile(rf"(?:建成|建起|建好|修建|新建|落成|完成)了{_WORTH}(?:一?[座个家条所处])?$")
_DRAWN = re.compile(r"(?:规划|计划|拟|谋划|筹划|筹备)(?:建设|新建|修建|兴建|实施)$|(?:^|[一二三四五]是)谋划$")
_TALKED = re.compile(r"洽谈(?:达成|对接|推进)?了?$|正在(?:洽谈|对接)$")
_SIGNED = re.compile(
    rf"(?:签约|签订|签署|签下|引进|招引|引进落地|签约落地)了?(?:20\d\d年度?)?(?:投资)?(?:建设|兴建|新建)?(?:一个|1个)?{_WORTH}(?:[超过]?[十百]?亿元)?$"
)
# «已建成投用甲、乙»; «改造管网25公里,建成甲»: told as done where the sentence tells what was done.
_FINISHED = re.compile(
    r"(?:(已经?|先后|陆续|相继|累计|顺利)|(?:^|[,;。、\s]|公司|集团|实业|企业))(?:全面|全部)?(?:建成|竣工|完工|开通|落成)(交付|投用|投运|投产|启用|开通|通车|运营)?$"
)
# «某公司与某开发区签订协议,投资35亿元建设甲»
_BY_CONTRACT = re.compile(r"(?:签订|签署|签下)[^,。;\n]{0,8}(?:协议|合同)书?,(?:拟|将|计划)?投资[\d.]{1,8}[万亿]{1,2}元(?:建设|兴建|新建)$")
# «根据双方签署的协议,某集团将投资38亿元,在某旗建设甲»
_UNDER_CONTRACT = re.compile(r"(?:根据|按照)[^,。;\n]{0,6}(?:签订|签署|签下|达成)的?[^,。;\n]{0,8}(?:协议|协定|合同)书?,[^。;\n]{2,60}$")
_PUSHED = re.compile(r"(?:有序|稳步|扎实|顺利)推进(?:实施|建设)?$")
_REPORTS = re.compile(r"了|已|完成|截至|截止|上半年|前\d个?月|去年|先后|以来")
# «开工建设项目113个,包括甲», «在谈项目主要有甲», «竣工项目中,甲»: the class that brings a list.
_CALLED = re.compile(
    r"(?<!开)(开工|续建|在建|竣工|签约|在谈|洽谈|前期|拟建|储备|投产)(?:准备)?(?:工作)?(?:建设)?(?:的)?(?:重大|重点|产业|一期|二期)*(?:项目|工程)[^。;\n]{0,30}(?:包括|分别|有|为|是|:){1,3}$"
)
# «168个项目已开工建设,分别为:甲», «建设进度较快项目21个:甲»
_CALLED_DONE = re.compile(
    r"(?:项目|工程)(?:现|目前)?(?:已经?|均|也|都|提前|现场|当场|全部|基本|正式|实现|顺利|陆续|相继|集中|全面)*"
    rf"(开工|动工|竣工|完工|建成投产|建成|投产|签约)(?:建设|投产|投用|投入使用)?[,:](?:主要|分别)?(?:包括|为|是|有|即)?:?{_WORTH}$"
)
# «今年还将新修23条路,包括甲、乙»
_PLANNED_LIST = re.compile(
    rf"{_AIM}[^,。;、\n]{{0,10}}?(?:新修|新建|改建|开工|改造|实施|启动|建设|推进|新增)[^。;、\n]{{0,24}}(?:包括|分别为|分别是|即|涉及|:)$"
)
_AHEAD = re.compile(r"(?:将|计划|拟|预计|力争|争取|确保)[^,。;:、]{0,6}$")
_THESE = re.compile(
    r"这[\d一二三四五六七八九十两]{1,3}[个项][^,。;\n]{0,6}(?:项目|工程)?(?:主要|分别)?(?:是|为|包括|有):?(?:总?投资[\d.]{1,8}[万亿]{1,2}元的)?$"
)
_HAVE = re.compile(r"(?:已|新|共|集中)(?:新|集中)?(签约|开工|竣工|完工|投产)")
_LISTS = re.compile("(?:包括|分别为|分别是|为|是|有|即|:)$")
_CALLED_PACE = re.compile(
    r"(?:建设进度|建设进展|进展|推进|施工|建设)(?:较快|正常|顺利|一般|中)的?(?:重大|重点)*(?:项目|工程)[^。;\n]{0,12}(?:包括|分别|有|为|是|:){1,3}$"
)
_STATUS_OF = {
    "开工": "started", "续建": "under_construction", "在建": "under_construction", "竣工": "completed", "签约": "signed", "在谈": "negotiating",
    "洽谈": "negotiating", "前期": "preliminary", "拟建": "planned", "储备": "preliminary", "投产": "operating",
    "动工": "started", "完工": "completed", "建成": "completed", "建成投产": "operating",
}  # fmt: skip
_DAYS_OF = {"开工": "started_on", "竣工": "completed_on", "投产": "completed_on"}
_WISHED = re.compile(r"力争|争取|推进|促|计划|拟|有望|洽谈|加快|确保")
_PRICE = re.compile(rf"{_WORTH}$")
_LOOK = 34


def governed(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield the statuses and deadlines of names and lists by the verb right before them; signs only."""
    folded, seen = text.folded, set()
    for event in teller.events:
        if event.kind != "name" or event.project is None or (event.listed >= 0 and event.listed in seen):
            continue
        seen.add(event.listed)
        clause = text.clause_at(event.start)[0]
        lead = folded[max(clause, event.start - _LOOK) : event.start]
        if event.listed >= FIRST_LIST and lead == "即":
            clause = text.clause_at(clause - 1)[0]  # 新建“四中心一门楼”,即甲、乙
            lead = folded[max(clause, event.start - _LOOK) : event.start]
        if not lead and folded[event.start - 1 : event.start] != ":":
            continue
        start = event.start - len(lead)
        called, events = None, teller.list_of(event)
        status = (
            ("signed" if _SIGNED.search(lead[:-1]) else None)
            if lead.endswith("《")
            else _by_verb(lead.rstrip("《“")) or _by_agenda(text, event, lead) or _finished(text, event, lead)
        )
        if status is None and lead.endswith(("建设", "兴建", "新建")):
            under = _UNDER_CONTRACT.search(folded, text.sentence_at(event.start)[0], event.start)
            status = "signed" if under or _BY_CONTRACT.search(folded, max(0, event.start - 50), event.start) else None
        if status is None and (event.listed >= FIRST_LIST or _LISTS.search(_PRICE.sub("", lead)[-3:] or ":") or _THESE.search(lead)):
            start = max(text.sentence_at(event.start)[0], event.start - 90)
            called = _CALLED.search(folded, start, event.start) or _CALLED_DONE.search(folded, start, event.start)
            called = called or (_called_before(text, event) if _THESE.search(folded, start, event.start) else None)
            pace = _CALLED_PACE.search(folded, start, event.start)
            status = _STATUS_OF[called.group(1)] if called else "under_construction" if pace else None
            if status is None and _PLANNED_LIST.search(folded, start, event.start):
                status = "planned"
            if called and _AHEAD.search(folded, max(start, called.start() - 8), called.start()):
                status, called = ("planned" if status == "started" else None), None  # 将开工建设的工程还包括
            elif status == "started" and called and to_come(text, called.start()):
                status, called = "planned", None
        if status:
            for one in events:
                yield Attribute(one.project or "", "status", status, start, event.start, "project.governed", weak=True)
            if called:
                yield from _called_on(text, called, events)
        if _DUE.search(lead):
            yield from _due(text, event, events)


def _called_before(text: Text, event: Event) -> re.Match[str] | None:
    """«已签约1个项目和2个项目。这三个项目分别是甲、乙»: what the sentence before says of them."""
    start = text.sentence_at(event.start)[0]
    before = text.sentence_at(start - 1)[0] if start else 0
    return _HAVE.search(text.folded, max(before, start - 120), start)


def to_come(text: Text, offset: int) -> bool:
    """«7月:将有61个项目开竣工»: the sentences before in a list's paragraph, or the paragraph before, say that it is yet to be."""
    paragraph = text.paragraph_at(offset)
    end = max(text.sentence_at(offset)[0], paragraph[0])
    start = paragraph_before(text, paragraph)[0] if end == paragraph[0] else paragraph[0]
    return bool(_YET.search(text.folded, max(start, end - 160), end))


def _called_on(text: Text, called: re.Match[str], events: list[Event]) -> Iterator[Attribute]:
    """«今年9月,组织集中开工项目5个,分别为甲、乙»: the last date before the class, where it is past."""
    name = _DAYS_OF.get(called.group(1))
    near = text.within("date", max(text.sentence_at(called.start())[0], called.start() - 40), called.start())
    days = [m for m in near if called.start() - m.end <= 12] or opening_day(text, called.start())
    if name is None or not days or days[-1].value.grain not in ("day", "month", "decade"):
        return
    period = days[-1].value
    if period.from_ is None or period.to is None or (text.published and period.from_ > text.published):
        return
    for one in events:
        yield Attribute(
            one.project or "", name, value_of(period, name), days[-1].start, days[-1].end, "project.governed",
            from_=iso(period.from_), to=iso(period.to), weak=True,
        )  # fmt: skip


def _by_verb(lead: str) -> str | None:
    """Return the status that the verb at the end of a clause gives what follows."""
    if _ALREADY.search(lead):
        return "started"
    if _PLANNED.search(lead) or _DRAWN.search(lead):
        return "planned"
    if _GOING.search(lead):
        return "under_construction"
    if not _AIMED.search(lead) and (begun := _BEGUN.search(lead) or _BUILT.search(lead)):
        return "started" if begun.re is _BEGUN else "completed"
    if _TALKED.search(lead):
        return "negotiating"
    return "signed" if _SIGNED.search(lead) and not _WISHED.search(lead) else None


def _finished(text: Text, event: Event, lead: str) -> str | None:
    """Return what «已建成投用» before a name or list tells, or a bare «建成», «有序推进» in a sentence that reports what was done."""
    match = _FINISHED.search(lead)
    pushed = _PUSHED.search(lead)
    if pushed and not _AIMED.search(lead):
        sentence = text.folded[text.sentence_at(event.start)[0] : event.start]
        return "under_construction" if _REPORTS.search(sentence) and not _AIMED.search(sentence) else None
    if match is None:
        return None
    before = text.folded[max(text.sentence_at(event.start)[0], event.start - 160) : event.start - len(match.group())]
    after = text.folded[event.end : min(text.sentence_at(event.start)[1], event.end + 60)]
    if _AIMED.search(lead) or (
        match.group(1) is None and (_AIMED.search(before) or not (_REPORTS.search(before) or _REPORTS.search(after)))
    ):
        return None
    return "operating" if match.group(2) not in (None, "交付") else "completed"


def _by_agenda(text: Text, event: Event, lead: str) -> str | None:
    """Return what an agenda or a plan says of what it names: planned where works are to begin."""
    if _AGENDA.fullmatch(lead):
        return "planned"
    if _NEW.search(lead) or _OPENED.search(lead):
        start, end = text.sentence_at(event.start)
        before, after = text.folded[max(start, event.start - 160) : event.start], text.folded[event.end : min(end, event.end + 240)]
        planned = _AIMED.search(before) or _AGENDA_PAGE.search(text.folded, 0, text.paragraphs[0][1]) or _STRIVEN.search(after)
        reports = _REPORTS.search(before) or _REPORTS.search(after)
        urged = not reports and _URGED.search(f"{before}/{after}")
        if (planned or urged) and not _PAST.search(before):
            return "planned" if _NEW.search(lead) else None
        return "started" if reports and _OPENED.search(lead) and not _AIMED.search(before) else None
    return None


def _due(text: Text, first: Event, events: list[Event]) -> Iterator[Attribute]:
    """«2019年内,某市将建成甲、乙等项目»: the last date before them in the sentence, where it lies ahead."""
    dates = text.within("date", text.sentence_at(first.start)[0], first.start)
    if not dates:
        return
    period = dates[-1].value
    if period.to is None or (text.published and period.to <= text.published):
        return
    for one in events:
        yield Attribute(
            one.project or "", "due_on", value_of(period, "due_on"), dates[-1].start, dates[-1].end, "project.governed",
            from_=iso(period.from_), to=iso(period.to), weak=True,
        )  # fmt: skip
