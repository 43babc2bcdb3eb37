"""Read an article's projects in text order: names, later mentions of them, references («该项目», «一期项目»), and what ends their turn.

The result is a list of events sorted by place. `teller.Teller` answers from it whose a figure, a date or a status is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from ljnews.facts.project.chunks import Item, Phrase
from ljnews.facts.project.elsewhere import elsewhere
from ljnews.facts.project.lists import FIRST_LIST
from ljnews.facts.project.merge import core, last_head
from ljnews.facts.project.names import Name
from ljnews.facts.project.specific import generic, residue
from ljnews.text.text import Text

_PHASE = re.compile(r"[一二三四五六首]期")
_ENDS_IN_PHASE = re.compile(r"([一二三四五六首]期)(?:项目|工程)?$")
_PHASED = re.compile(r"(?:项目|工程)?(?:[一二三四五六]|首)期(?:项目|工程)?")
# 装饰工程, 主体工程: parts of the one spoken of, neither it nor projects in general.
_PART = re.compile(
    r"(?:主体|基础|辅助|土建|安装|装饰|装修|砌筑|桩基|钢结构|土方|附属|配套|管道|渠系|引道|保障|施工|收尾|绿化|水电|道路|路基|路面|桥梁|隧道|房建|防水|消防"
    r"|幕墙|室外|附属设施|飞行区|航站区|隐蔽|前期|后续|剩余|变更|分部|分项|人防|土石方|挡墙护坡|护坡|边坡|围墙|升压站|集电线路|风机)工程"
)
# «……是重点项目», «列为民生工程»: said of the project, not projects in general.
_PREDICATE = re.compile(r"(?:是|为|成|作为|列为|成为|属于|当作|一个|一项|重要)$")
_IS = re.compile(r"(?:是|为|系|属|属于|作为)$")
_HOLDS = re.compile(r"(?:包括|包含|涵盖|含)$")
_COPULA = re.compile(r"是|作为|列为|成为|属于|属[省市县区国自]|入选|列入|纳入|评为")
_THIS_LONG = re.compile(r"(?:这|该|此)(?:一?[项个座条处]|一)[^,。;\n]{2,24}的$")
_PART_OF = re.compile(
    r"[^,。;、]{0,16}之一(?=[,。;])|”?的(?:重要|核心|关键|控制性|重点|配套|先导性?|标志性|骨干|子|节点|启动)+(?:项目|工程)(?=[,。;])|”?的?(?:重要|核心|关键|主要|子|先导性?|配套|控制性|一个|启动)*(?:组成部分|一部分|子项|子项目|子工程|组成|配套工程|配套项目)"
)
_MADE_OF = re.compile(r"(?:项目|工程)?(?:主要|共|将)?(?:包括|包含|涵盖|分为|下设|由)(?:了)?[:“]?")
_BESIDE = re.compile(r"(?:依托|毗邻|紧邻|紧临|邻近|临近|靠近|相邻|紧靠|背靠|衔接|距离|途经|下穿|上跨|横跨|[东南西北]侧?[临接靠依连])“?$")
_COPULA_END = re.compile(r"(?:是|为|属|属于|系|作为)“?$")
_BREAKS = re.compile(r"\n\s*")
_TOTALLED = re.compile(r"共(?:有|计|安排|实施|涉及|达)?[\d一二三四五六七八九十百]{1,5}余?多?[个项]")
_OF_UNITS = re.compile(r"总?共(?:有|计)?[\d.]{1,8}[余多万]?[^个项\d余多万]")  # 项目总共484套: one project
_OF_THE_DAY = re.compile(r"(?:此次|本次|这次|当天|当日|集中)[^,。;\n]{0,10}(?:开工|签约|竣工|投产|实施|建设|落地|引进)的$")
_SUBJECT_EDGES = frozenset(("this", "comma", "stop", "colon", "quote", "time", "space", "soft"))
_SHORT = frozenset((
    "", "项目", "工程", "产业园", "园区", "工业园", "物流园", "大桥", "水库", "电站", "校区", "医院", "基地", "隧道",
    "铁路", "高速", "学校", "安置点", "综合体", "机场", "码头", "公园", "厂房", "管网", "生产线", "小镇", "大道", "灌区",
))  # fmt: skip


@dataclass(slots=True)
class Event:
    """Something in the text that takes or ends a project's turn. `project` is the canonical name, None where the turn ends."""

    start: int
    end: int
    project: str | None
    kind: str  # name, again, ref, class
    rule: str
    text: str
    listed: int = -1
    phase: str | None = None


def tell(text: Text, phrases: list[Phrase], names: list[Name], canonical: dict[str, str]) -> list[Event]:
    """Return the events of an article in text order."""
    events = [Event(n.start, n.end, canonical[n.text], "name", n.rule, n.text, n.listed) for n in names]
    _phases(events)
    events += _again(text, canonical, events)
    events.sort(key=lambda e: (e.start, -e.end))
    events = sorted([*events, *_others(text, phrases, events)], key=lambda e: (e.start, -e.end))
    return _resolve(text, events)


def _phases(events: list[Event]) -> None:
    """Where a project is named by several of its phases (新校区一期, 新校区二期), each name speaks of its phase."""
    seen: dict[str, set[str]] = {}
    for event in events:
        match = _ENDS_IN_PHASE.search(event.text)
        if match and event.project:
            seen.setdefault(event.project, set()).add(match.group(1))
    for event in events:
        match = _ENDS_IN_PHASE.search(event.text)
        if match and len(seen.get(event.project or "", ())) > 1:
            event.phase = match.group(1)


def _again(text: Text, canonical: dict[str, str], events: list[Event]) -> list[Event]:
    """Find further occurrences of the names and their cores, also where no rule would have seen a project."""
    string = text.string
    taken = bytearray(len(string))
    for event in events:
        taken[event.start : event.end] = b"\x01" * (event.end - event.start)
    found: list[Event] = []
    owner = {core(name): target for name, target in canonical.items()} | canonical
    for form in sorted(owner, key=lambda f: (-len(f), f)):
        if len(form) < 3 or (len(form) < 4 and not last_head(form) and residue(form) < 2):
            continue
        at = string.find(form)
        while at >= 0:
            end = at + len(form)
            if taken.find(1, at, end) < 0:
                found.append(Event(at, end, owner[form], "again", "project.again", form))
                taken[at:end] = b"\x01" * len(form)
            at = string.find(form, end)
    return found


def _others(text: Text, phrases: list[Phrase], events: list[Event]) -> list[Event]:
    """Return references to a project and mentions of projects in general."""
    found: list[Event] = []
    taken = [(e.start, e.end) for e in events]
    lists = {e.listed for e in events if e.listed >= 0}
    starts = [s for s, _ in taken]
    skip_until = -1
    ends = {e.listed: e.end for e in events if e.listed >= FIRST_LIST}
    closed = sorted((end, text.clause_at(end + 1 if text.folded.startswith(("等", ",", ")"), end) else end)[1]) for end in ends.values())
    for i, phrase in enumerate(phrases):
        if phrase.plain:
            continue
        while closed and closed[0][0] <= phrase.right.start:
            skip_until = max(skip_until, closed.pop(0)[1])
        if i in lists:
            stop = text.clause_at(phrase.right.end if phrase.right.end < len(text.string) else phrase.right.start)[1]
            skip_until = max(skip_until, stop)
        for item in phrase.items:
            if not item.heads:
                continue
            k = bisect_right(starts, item.end) - 1
            if k >= 0 and taken[k][1] > item.start:
                continue
            event = _other(text, phrase, item)
            if event is not None and (event.kind == "ref" or item.start >= skip_until):
                found.append(event)
    return found


def _other(text: Text, phrase: Phrase, item: Item) -> Event | None:
    """Return the reference or the class that an unnamed item is."""
    head, left, right = item.heads[-1], phrase.left.klass, phrase.right.klass
    string = text.folded[item.start : head.end]
    phase, bare = None, string
    if "期" in string:
        phased = _PHASED.match(text.folded, item.start)
        match = _PHASE.search(string)
        phase = match.group() if match else None
        if phased and left != "count":
            return Event(item.start, phased.end(), None, "ref", "project.ref", "项目", -1, phase)
        bare = _PHASE.sub("", string).strip("()的")
    if bare[:2] in ("整体", "整个", "全部"):
        bare = bare[2:]
    if string.endswith("工程") and _PART.search(string):
        return None
    opened = _opened(text, phrase, item, string)
    if opened is not None:
        return opened
    deictic = left == "this" and item is phrase.items[0]
    totalled = right == "verb" and bool(_TOTALLED.match(text.folded, phrase.right.start))
    units = right == "count" and bool(_OF_UNITS.match(text.folded, head.end))
    if (
        (right != "count" or units)
        and not totalled
        and left not in ("count", "many")
        and (deictic or phase or left in _SUBJECT_EDGES or bare == "项目")
    ):
        alone = head.start == item.start and head.end == item.end and head.klass not in ("work", "ext")
        if alone or bare in _SHORT:
            start = phrase.left.start if deictic else item.start
            return Event(start, head.end, None, "ref", "project.ref", bare or "项目", -1, phase)
    if deictic and head.end == item.end and len(string) <= 6 and (len(string) <= 4 or generic(string)):
        return Event(phrase.left.start, head.end, None, "ref", "project.ref", string)
    if not any(h.klass == "item" for h in item.heads) or (right not in ("count", "verb") and _said_of(text, phrase)):
        return None
    if totalled or left in ("count", "many") or right == "count" or generic(bare):
        return Event(item.start, head.end, None, "class", "project.class", string)
    return None


def _opened(text: Text, phrase: Phrase, item: Item, string: str) -> Event | None:
    """Return what the words before or behind a bare 项目 make of it: 这项……的工程, 此次开工的项目, 该项目属于某基地建设项目."""
    head, first, left = item.heads[-1], item.heads[0], phrase.left.klass
    if left == "de" and string in ("项目", "工程"):
        long = _THIS_LONG.search(text.folded, max(0, item.start - 30), item.start)
        if long:
            return Event(long.start(), head.end, None, "ref", "project.ref", string)
        if _OF_THE_DAY.search(text.folded, max(0, item.start - 16), item.start):
            return Event(item.start, head.end, None, "class", "project.class", string)
    deictic = left == "this" and item is phrase.items[0]
    if deictic and string in ("项目", "工程") and phrase.left.end == item.start:
        return Event(phrase.left.start, head.end, None, "ref", "project.ref", string)  # 该工程将分两个阶段实施
    leads = first is not head and first.start == item.start and text.folded[first.start : first.end] in ("项目", "工程")
    if leads and (deictic or left in _SUBJECT_EDGES):
        return Event(phrase.left.start if deictic else item.start, first.end, None, "ref", "project.ref", "项目")
    return None


def _said_of(text: Text, phrase: Phrase) -> bool:
    """Say whether a class is a predicate of what was named: «……是改善环境的民生工程», «列入重点项目»."""
    left = phrase.left
    if left.klass in ("who", "time", "this", "many") and _IS.search(text.folded, max(0, left.start - 2), left.start):
        return True  # 是该区重点民生工程, 是2017年市级重点项目
    if _HOLDS.search(text.folded, max(0, left.start - 4), left.end):
        return True  # 包括儿科建设项目
    if _ends_clause(phrase) and _COPULA.search(text.folded, text.clause_at(left.start)[0], left.start):
        return True  # 也是某旗首个大型风电光伏基地项目
    if left.klass == "weak" or _PREDICATE.search(text.folded, max(0, left.start - 2), left.end):
        return True
    return left.klass == "de" and bool(_COPULA.search(text.folded, text.sentence_at(left.start)[0], left.start))


def _ends_clause(phrase: Phrase) -> bool:
    """Say whether a phrase ends its clause: 是某旗首个基地项目, not 是项目建设的关键."""
    return phrase.right.klass in ("comma", "stop", "colon")


def aside(folded: str, start: int, end: int) -> bool:
    """Say whether a name is only what another project belongs to (是某产业基地的重要组成部分) or lies beside (依托某中心, 南临某高速)."""
    if _BESIDE.search(folded, max(0, start - 4), start):
        return True
    return bool(_PART_OF.match(folded, end)) and bool(_COPULA_END.search(folded, max(0, start - 4), start))


def _only(kept: list[Event], ref: Event, text: Text, *, sole: bool) -> Event | None:
    """Return whom a reference behind projects in general means: the article's one project; behind 该 the last one named near it, no list."""
    last = next((e for e in reversed(kept) if e.project), None)
    if last is None or last.listed >= 0:
        return None
    near = len(_BREAKS.findall(text.string, last.end, ref.start)) <= 1
    return last if sole or (near and text.folded[ref.start] in "该此") else None


def _whole_of(text: Text, kept: list[Event], item: Event) -> Event | None:
    """«甲项目包括乙、丙、丁三个子项目,项目总投资……»: what the list is made of, named right before it."""
    first = next((k for k, e in enumerate(kept) if e.listed == item.listed), 0)
    whole = kept[first - 1] if first else None
    if whole is None or whole.project is None or whole.listed >= 0:
        return None
    return whole if _MADE_OF.fullmatch(text.folded, whole.end, kept[first].start) else None


def _resolve(text: Text, events: list[Event]) -> list[Event]:
    """Give every reference its project: the last one named before it that its head fits; drop those without."""
    kept: list[Event] = []
    current: Event | None = None
    owners = {core(e.project): e.project for e in events if e.project}
    for event in events:
        if event.kind == "class" and len(core(event.text)) >= 4:  # 节能改造项目, of 乌鲁木齐市集中供热节能改造项目
            event.project = next((p for c, p in owners.items() if c.endswith(core(event.text))), None)
            event.kind = "again" if event.project else "class"
        if event.kind != "ref":
            kept.append(event)
            current = current if event.project and aside(text.folded, event.start, event.end) else event
            continue
        if current is not None and current.project is None:
            current = _only(kept, event, text, sole=len(owners) == 1) or current
        if current is None or current.project is None:
            continue
        if current.kind != "class" and elsewhere(text, current.project, (current.start, current.end), event.start):
            continue  # 某材料公司位于工业区内,一期项目已投产
        head = event.text
        if current.listed >= 0 and (event.text in ("项目", "工程") or not current.project.endswith(head)):
            whole = _whole_of(text, kept, current) if head in ("项目", "工程") else None
            if whole is None:
                continue
            current = whole
        if head not in ("项目", "工程") and head not in core(current.project) and not core(current.project).endswith(head[-1]):
            continue
        if len(_BREAKS.findall(text.string, current.end, event.start)) > 2:
            continue
        event.project = current.project
        kept.append(event)
    return kept
