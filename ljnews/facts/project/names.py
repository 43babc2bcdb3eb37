"""Judge the items of the phrases: which are names of projects, and where each name begins and ends.

A name is read from right to left: its last head word (项目, 产业园, 大桥, 改造), then everything up to the edge. What is explicit
(…项目, …工程) needs only to be specific; what is a place too (parks, roads, hospitals) needs a construction context beside it; the items
of a list that the text itself calls projects («甲、乙等26个在建项目») need none.

Reading order: `Judge.names`, `_phrase` (a list or one name), `_candidate` (the span), `_rule` (by which rule it is a name, or why it is refused).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ljnews.facts.project import span
from ljnews.facts.project.chunks import Head, Item, Phrase
from ljnews.facts.project.context import AFTER, IS_PROJECT, OPENING, Context
from ljnews.facts.project.progress import progress
from ljnews.facts.project.specific import OWN, generic, located, placed, proper, residue
from ljnews.text.text import Span

_SITES = frozenset(("park", "civic", "road", "water", "port", "housing", "plant"))
_NAMED = frozenset(("road", "water", "port"))  # whose names are two free characters and a head: 望水大桥
_FOUNDING = frozenset(("兴建", "投资建设", "投资兴建", "签约", "引进", "签约引进", "新建", "投建", "上马", "开建"))
_VERBS = ("新建", "扩建", "改建", "改造", "迁建", "改造提升", "续建", "开发")
# “2050”项目, “四比四看”项目; not “四馆一中心”项目
_PROGRAMME = re.compile(r"[“\"‘](?![^”\"’]{0,6}[馆园厂区路桥城站院校港心湖河江库山])[^”\"’]{1,6}[”\"’](?:重点|重大|示范)?$")
_PARTS = frozenset(("主体工程", "配套工程", "附属工程", "控制性工程", "关键工程", "关键控制性工程", "节点工程", "先导工程", "先行工程"))
_TALK = (
    "管理", "审批", "合同", "领域", "清单", "名单", "带动", "储备", "策划", "谋划", "包装", "化", "制", "库", "为王", "法人", "申报", "类", "数量", "总监",
    "协会", "学会", "技术人员",
)  # fmt: skip
_CLASSES = ("重点", "重大", "民生", "实事", "招商", "招商引资", "招引", "签约", "龙头", "在建", "惠民", "优质")
_COPULAS = frozenset(("是", "为", "系", "属", "属于", "作为", "列为", "成为", "列入", "入选", "也是", "被列为", "被列入"))
_KINDS = ("试点", "示范", "重点", "重大", "标志性", "标杆", "民生", "实事", "样板")
_SITE_VERBS = ("位于", "坐落于", "坐落在", "座落于", "地处", "落户于", "落户在")
_PART_OF = re.compile(r"(?<=项目)(?:土建|安装|装修|装饰|场平|桩基|基础|主体|绿化|征迁|钢结构|配套|附属)工程$")
_TUNNELS = frozenset(("隧洞", "渡槽", "泵站", "闸站", "生产线"))
_PARTLY = frozenset(("生产线", "车间", "厂房", "食堂", "宿舍", "教学楼", "办公楼", "综合楼", "标准厂房", "管道", "厂区"))
_MOST = re.compile(r"最[大高长早先]|首[个条座家]|唯一")
_NTH = re.compile(r"第[一二三四五六七八九十百0-9]{1,4}[座条个家所项处次批轮]")
_SITUATED = re.compile(r"以[东南西北]")
_APPENDICES = ("接线", "引线", "连接线", "配套", "附属", "其配套", "其附属", "周边配套")
_APPENDED = re.compile(r"(?:及|和)(?:其)?(?:接线|引线|连接线|配套设施|附属设施)(?:工程)?")
# «,项目包含甲、乙等业态»: what one project holds; not «实施的项目包括甲、乙».
_OF_ONE = re.compile(
    r"[,。;:\n](?:其中)?(?:该|本|整个)?(?:[一二三四]期)?(?:项目|工程)?(?<![,。;:\n])(?:主要|还|将|规划){0,2}(?:包含|包括|涵盖|建有|设有)$"
)
_MONEY_LEAD = re.compile(r"(?:[\u4e00-\u9fff]{1,5}[区镇县市乡])?[\d.]{1,8}余?[万亿]元的?")
_CONTENT = re.compile(
    r"(?:包含|包括|涵盖|建有|设有|内容(?:为|包括|是|有)?|主要是|主要有|配套建设|配建)(?:新建|改建|改造)?:?(?:\d{1,4}[个座条栋幢])?$"
)
_ONLY = re.compile(r"(?:现有|原有|已有|唯一|最大|最早|最好|最长|最高|首个|标志性)的?$")
_MAKES = re.compile(r"[年日](?:产|供水|处理|加工|供气)")  # 将建成年产360万支轮毂生产线: a project's content
_YEAR = re.compile(r"\d{4}年度?")
_FIGURE = re.compile(r"投资|占地|亿元|万元|\d亩")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_NOT_ONE = frozenset(("count", "many", "this"))  # 26个…项目, 该项目
_SHORTEST, _LONGEST = 2, 60


@dataclass(slots=True)
class Name:
    """A project's name where it stands in the text; `text` differs from the span only where a shared head was given to it."""

    start: int
    end: int
    text: str
    klass: str
    rule: str
    listed: int = -1  # ordinal of its list, -1 outside lists


@dataclass(slots=True)
class Candidate:
    """A span that may be a name, with the head words in it and its place among the phrases."""

    i: int
    phrase: Phrase
    item: Item
    start: int
    end: int
    heads: list[Head]
    kind: str | None  # what the text calls the list it stands in
    first: bool
    last: bool

    @property
    def head(self) -> Head:
        """The last head word that is not a mere extension (一期, 东段)."""
        return next((h for h in reversed(self.heads) if h.klass != "ext"), self.heads[-1])


class Judge(Context):
    """Judges all phrases of one text."""

    def names(self, settled: list[Span]) -> Iterator[Name]:
        """Yield the names in text order; what stands inside a settled span is told already."""
        ends = [-1, *(end for _, end in settled)]
        starts = [-1, *(start for start, _ in settled)]
        for i, phrase in enumerate(self.phrases):
            etc = phrase.right[0] == "etc"
            if phrase.plain and not etc:
                continue
            k = bisect_right(starts, phrase.left[2]) - 1
            if phrase.right[1] <= ends[k]:
                continue
            items = phrase.items
            if not items or (len(items) == 1 and _bare(items[0]) and not self.paid_for(i)):
                continue
            kind = self.list_kind(i) if etc or len(items) > 1 else None
            if kind is None and len(items) == 1 and phrase.left[0] in _NOT_ONE and self.text.refusals is None:
                continue  # refused in any case, and nobody asks why
            if kind == "project" or any(item.heads for item in items):
                yield from self._phrase(i, phrase, kind)

    def _phrase(self, i: int, phrase: Phrase, kind: str | None) -> list[Name]:
        """Return the names of one phrase: one, or those of a list."""
        groups = self._groups(i, phrase, kind)
        listed = i if len(groups) > 1 else -1
        found: list[Name] = []
        for n, group in enumerate(groups):
            candidate = self._candidate(i, group, kind, first=n == 0, last=n == len(groups) - 1)
            rule = self._rule(candidate) if candidate else None
            if candidate and rule and n == 0 and self._verbs_off(candidate):
                rule = self._rule(candidate)
            if candidate and rule and n == 0:
                self._dated(candidate)
            if candidate and rule and span.balanced(self.folded[candidate.start : candidate.end]):
                klass = candidate.head.klass if candidate.heads else "list"
                found.append(Name(candidate.start, candidate.end, self.text.string[candidate.start : candidate.end], klass, rule, listed))
        if listed < 0 or not found:
            return found
        if kind == "project" and len(found) * 2 <= len(groups):
            found = [name for name in found if located(self.text, name.start, name.end)]
        if kind is None and len(found) < len(groups) <= 2 * len(found):
            found = self._siblings(listed, groups, found)
        return self._share(groups, found)

    def _groups(self, i: int, phrase: Phrase, kind: str | None) -> list[Item]:
        """Join the items that 及, 和, 与 tie inside one name; split those that are a list."""
        items = phrase.items
        if (
            len(items) > 1
            and items[-1].sep != "、"
            and items[-1].end - items[-1].start <= 4
            and generic(self.folded[items[-1].start : items[-1].end])
        ):
            items = items[:-1]  # 参会人员和项目
        if len(items) == 1:
            return items
        commas = [n for n, item in enumerate(items) if item.sep == "、"]
        if phrase.left.klass == "de" and kind is None and commas and self.described(i) and _one_project(items):
            return [span.join(items)]
        groups: list[Item] = []
        for n, item in enumerate(items):
            if groups and item.sep and item.sep != "、" and not self._splits(items, n, commas, kind):
                groups[-1] = span.join([groups[-1], item])
            else:
                groups.append(item)
        return groups

    def _splits(self, items: list[Item], n: int, commas: list[int], kind: str | None) -> bool:
        """Say whether the 和, 及, 与 before an item separates two names."""
        if items[n].sep == "暨":
            return False  # 某学校迁建工程暨县体育中心
        if self.folded.startswith(_APPENDICES, items[n].start):
            return False  # 某码头及接线工程
        before, item = items[n - 1], items[n]
        last = before.heads[-1] if before.heads and before.heads[-1].end == before.end else None
        if last is not None and last.klass == "item":
            return True
        own = item.heads[-1] if item.heads else None
        if commas:  # …、乙公司供电设备及器材生产项目
            return commas[-1] < n and (
                kind == "project" or last is not None or item.sep not in ("及", "与") or own is None or own.klass != "item"
            )
        if item.sep not in ("和", "与", "以及"):
            return False
        if last is None:  # 凯普松和华讯方舟等26个项目
            return self.folded[before.end - 1] in "区县市镇乡村" or (kind == "project" and own is None)
        return own is not None and own.klass != "item"

    def _candidate(self, i: int, item: Item, kind: str | None, *, first: bool, last: bool) -> Candidate | None:
        """Return the item's span as a name would have it, None where it is too short or too long."""
        start = span.begin(self.text, item)
        left = self.phrases[i].left
        if first and self.folded.startswith(_SITE_VERBS, left.start):
            start = span.behind_site(self.text, start, item)
        if kind == "project" and (money := _MONEY_LEAD.match(self.folded, item.start, item.end)):
            start = max(start, money.end())  # 高新区5亿元伟途智能制造
        heads = span.standing(self.text, item, start)
        if len(heads) > 1 and (
            (heads[-1].term in _PARTS and heads[-2].klass not in ("ext", "item"))
            or (heads[-1].term in _TUNNELS and heads[-2].klass == "item")
        ):
            heads = heads[:-1]  # 某云计算中心主体工程封顶
        end = heads[-1].end if heads and (kind != "project" or self._tail(heads[-1].end, item.end)) else item.end
        included = self.folded.find("(含", start, end) if end == item.end and self.folded[end - 1] == ")" else -1
        if included > start:
            end = included  # 新港高速公路(含双柳长江大桥)
        remark = self.folded.find("(", start, end) if kind == "project" else -1
        if remark > start and _FIGURE.search(self.folded, remark, end):
            end = remark  # 甲产业园(总投资5亿元)、乙大桥等项目
        if heads and heads[-1].klass == "item" and (part := _PART_OF.search(self.folded, start, end)):
            end = part.start()  # 某切片项目土建工程
            heads = [h for h in heads if h.end <= end]
        if heads and end < item.end and _APPENDED.fullmatch(self.folded, end, item.end):
            end = item.end  # 象山港大桥及接线
        start, end = span.trim(self.text, start, end)
        if not _SHORTEST <= end - start <= _LONGEST:
            return None
        return Candidate(i, self.phrases[i], item, start, end, heads, kind, first, last)

    def _dated(self, c: Candidate) -> None:
        """«云州县2022年以工代赈项目»: a year between the place and the rest of the name belongs to it."""
        left = c.phrase.left
        if left.klass != "time" or c.start != left.end or not _YEAR.fullmatch(self.folded, left.start, left.end) or c.i == 0:
            return
        before = self.phrases[c.i - 1]
        items = before.items if before.right is left else []
        if len(items) != 1 or items[0].end != left.start or self.folded[left.start - 1] not in "县市区镇乡村旗州":
            return
        if (
            c.heads
            and c.heads[-1].klass == "item"
            and items[0].end - items[0].start <= 8
            and placed(self.text, items[0].start, items[0].end)
        ):
            c.start = items[0].start

    def _verbs_off(self, c: Candidate) -> bool:
        """Take off verbs before the noun, and say whether there were any left to take and enough is left."""
        start = span.noun(self.text, c.start, c.end)
        if start == c.start or c.end - start < _SHORTEST or any(h.start == start for h in c.heads):
            return False
        c.start, c.heads = start, [h for h in c.heads if h.start >= start]
        return True

    def _tail(self, start: int, end: int) -> bool:
        """Say whether what stands behind the last head is no part of a name."""
        return start < end and (self.folded[start:end] in ("建设", "内", "现场") or self.folded[start:end] in _PARTS)

    # -- rules ----------------------------------------------------------------------------------------------------------------

    def _rule(self, c: Candidate) -> str | None:
        """Return the rule by which a candidate is a name, None where it is refused."""
        if c.end - c.start < 4 and c.heads and c.heads[-1].klass == "item":
            return self._refuse("project.head", c, "too short a name")
        if self.folded.startswith(("项目", "公司", "企业", "该"), c.start) or not _WORDS.search(self.folded, c.start, c.end):
            return self._refuse("project.head", c, "a part of a project, or no words")
        if "第" in self.folded[c.start : c.end] and self._nth(c):
            return self._refuse("project.head", c, "an ordinal: one of a class")
        after_count = c.phrase.left.klass in ("count", "many") and not c.first and c.kind is None
        if c.kind == "other" or (after_count and not (c.heads and c.heads[-1].klass == "item")):
            return self._refuse("project.list", c, "the list is not of projects")
        if c.kind is None and c.phrase.left.klass in ("soft", "verb", "func", "build", "make", "colon") and self._content(c):
            return self._refuse("project.head", c, "what a project consists of")
        if c.kind == "project" and _OF_ONE.search(self.folded, max(0, c.phrase.items[0].start - 16), c.phrase.items[0].start):
            return self._refuse("project.list", c, "what one project holds")
        if c.kind == "project":
            if (not c.heads and self.folded.endswith("产品", c.start, c.end)) or (
                generic(self.folded[c.start : c.end]) and not self._listed_head(c)
            ):
                return self._refuse("project.list", c, "generic")
            return "project.list"
        return self._single(c) if c.heads else None

    def _nth(self, c: Candidate) -> bool:
        """Say whether an ordinal makes a candidate one of a class: 广西第二个装配式项目; not 鑫资再生铅第三条生产线项目."""
        match = _NTH.search(self.folded, c.start, c.end)
        if match is None:
            return False
        return residue(self.folded[c.start : match.start()]) < 3 or placed(self.text, c.start, match.start())

    def _single(self, c: Candidate) -> str | None:
        """A name outside the lists that the text calls projects."""
        head, last = c.head, c.heads[-1]
        if last.term in _PARTS:
            return self._refuse("project.head", c, "a part")
        if self.folded.startswith("”为", c.end):
            return self._refuse("project.head", c, "an aim")
        if c.phrase.left.klass == "etc" and c.first:
            return self._refuse("project.head", c, "the class of a list")
        if c.phrase.left.klass in _NOT_ONE and c.first:
            return self._refuse("project.head", c, "counted or deictic")
        # 智慧社区平台二期: what stands before the phase qualifies too
        modifier = self.folded[c.start : last.start if last.klass == "ext" and last.start > head.end else head.start]
        if generic(modifier) and not OWN.match(modifier) and not self.definite(c.i, c.heads):
            return self._refuse("project.head", c, "generic")
        if c.phrase.left.klass == "de" and _ONLY.search(self.folded, max(0, c.phrase.left.start - 4), c.phrase.left.start):
            return self._refuse("project.head", c, "a predicate, or there already")
        if self.apposed(c.i):
            return self._refuse("project.head", c, "the name follows the dash")
        if head.klass == "item":
            return self._explicit(c)
        moving = any(h.start == last.end and not span.stands(self.text, h) for h in c.item.heads)  # …环线拓宽至7.5米
        closed = last.end == c.item.end or (self.folded[last.end] == "(" and self.folded[c.item.end - 1] == ")")
        closed = closed or (residue(modifier) >= 2 and progress(self.folded, last.end))
        if not closed and not moving and c.end != c.item.end and not self._tail(last.end, c.item.end):
            if residue(modifier) >= 2 and c.phrase.left.klass != "attr" and self.taken_up(c.start, c.end):
                return "project.taken_up"
            return self._refuse("project.built", c, "not followed by progress")
        return self._built(c, moving)

    def _content(self, c: Candidate) -> bool:
        """«包含办公中心、转运中心», «主要是土石方工程»: parts, unless a class of projects is named before (开工项目包括甲工程)."""
        start = c.phrase.items[0].start
        match = _CONTENT.search(self.folded, max(0, start - 12), start)
        return bool(match) and not located(self.text, c.start, c.end)

    def _listed_head(self, c: Candidate) -> bool:
        """Say whether a generic name is a definite one in its list: counted (…公租房等5个项目), a phase (职教中心二期), or beside proper names."""
        items = c.phrase.items
        if len(items) < 2 or not c.heads:
            return False
        if c.heads[-1].klass == "ext":
            return True
        if c.heads[-1].klass == "item" and (any(h.klass == "ext" for h in c.heads) or c.end - c.start >= 9):
            return sum(located(self.text, item.start, item.end) for item in items) * 2 >= len(items)
        if c.heads[-1].klass == "item" or (c.heads[-1].klass == "work" and len(c.heads) == 1):
            return False
        if c.phrase.left.klass == "visit" or "count" in self.following(c.i)[1]:
            return True
        return any(located(self.text, item.start, item.end) or (item.heads and item.heads[-1].klass == "ext") for item in items)

    def _explicit(self, c: Candidate) -> str | None:
        """…项目, …工程: a proper name inside, or a long description in a construction context."""
        folded, start, head, left = self.folded, c.start, c.head.start, c.phrase.left
        if "是项目" in folded[start : c.end]:
            return self._refuse("project.head", c, "a slogan")
        if folded.startswith(_TALK, c.heads[-1].end):
            return self._refuse("project.head", c, "spoken of in general")
        if c.phrase.right.klass == "count" and c.last and folded.endswith(("项目", "工程"), start, c.end):
            return self._refuse("project.head", c, "a counted class")
        rest = residue(folded[start:head])
        if head - start <= 3 and not located(self.text, start, head) and span.verbal(self.text, start, head):
            return self._refuse("project.head", c, "a verb")
        if folded[left.start : left.end] in _COPULAS and folded.endswith(_KINDS, start, head):
            return self._refuse("project.head", c, "said of a project")
        classed = folded.endswith((*_CLASSES, "类", "型"), start, head) or (rest < 4 and folded.endswith(span.CLASS_WORDS, start, head))
        if classed or self._programme(start, head):
            return self._refuse("project.head", c, "a class or a programme")
        placed_only = len(c.heads) == 1 and c.head.term in ("项目", "工程", "建设项目", "建设工程") and self.of_a_place(start, head)
        if placed_only and (c.end - start < 9 or not self._weighed(c, rest)):
            return self._refuse("project.head", c, "a class of a place")
        inner = next((h for h in c.heads if h.klass in _SITES and h.end <= head), None)
        if proper(self.text, start, head) or (inner and residue(folded[start : inner.start]) >= 2):
            return "project.head"
        founded = left.klass == "visit" or folded[left.start : left.end] in _FOUNDING
        if (self.definite(c.i, c.heads) and (rest or c.end - start >= 6)) or (
            left.klass == "build" and self.funded(c.i) and c.end - start >= 6
        ):
            return "project.described"
        if rest >= (2 if left.klass in OPENING else 4) and (founded or self.after(c.i) in AFTER or self.described(c.i)):
            return "project.described"
        if self._weighed(c, rest):
            return "project.described"
        return self._refuse("project.head", c, "no proper name")

    def _weighed(self, c: Candidate, rest: int) -> bool:
        """Say whether several signs together make a description a definite project: progress or figures behind it, its name said again, a dash before it."""
        whole = self.folded[c.start : c.end]
        if _MOST.search(whole):
            return False
        around = 2 * (self.under_way(c.end) or c.phrase.right.klass == "site") + 2 * (self.folded[c.start - 1 : c.start] == "—")
        around += self.folded.count(whole) > 1
        own = (rest >= 2) + (rest >= 4) + (len(whole) >= 9) + placed(self.text, c.start, c.head.start)
        return around >= 2 and own >= 1 and around + own >= 4 and (rest >= 2 or around >= 3)

    def _programme(self, start: int, head: int) -> bool:
        """Say whether a quoted slogan is all that a modifier says: “四比四看”项目, 基础教育“十百千”工程."""
        quote = self.folded.find("“", start, head)
        return quote >= 0 and bool(_PROGRAMME.match(self.folded[quote:head])) and (quote == start or generic(self.folded[start:quote]))

    def _built(self, c: Candidate, moving: bool) -> str | None:
        """Parks, roads, plants, works: only beside a verb of construction or progress."""
        folded, left, after = self.folded, c.phrase.left, self.after(c.i)
        if c.phrase.items[0].sep and left.klass in ("build", "verb", "visit"):
            return self._refuse("project.built", c, "verbs in a row")
        if left.klass == "attr" or (after == "build" and folded.startswith("开通了", c.phrase.right.start)):
            return self._refuse("project.built", c, "where something is, or what it opens")
        rest = residue(folded[c.start : c.head.start])
        if _MAKES.match(folded, c.start) and c.head.klass == "plant":
            return self._refuse("project.built", c, "what a project makes")
        strong = after in AFTER or moving or self._ongoing(c, rest) or folded.startswith(_VERBS, c.phrase.items[0].start)
        strong = strong or (after == "make" and folded.startswith("规划", c.phrase.right.start))
        if after == "attr" and folded.startswith(("位于", "坐落", "地处"), c.phrase.right.start) and not self.at_work(c.start):
            strong = False
        founded = c.head.klass in ("plant", "park") and folded.startswith("建立", left.start) and located(self.text, c.start, c.head.start)
        if not strong and not founded and left.klass != "build" and not self.described(c.i):
            return self._unbuilt(c, rest)
        place = (
            after in ("pred", "build")
            and not folded.startswith("已", c.phrase.right.start)
            and folded[left.start : left.end] in ("在", "于", "设在")
        )
        if place or (c.head.klass in ("park", "civic", "port") and folded.startswith(("落户", "落地", "入驻"), left.start)):
            return self._refuse("project.built", c, "where it happens")
        if self.contained(c.start, c.end):
            return self._refuse("project.built", c, "a part of what is built")
        if _SITUATED.search(folded, c.start, c.end):
            return self._refuse("project.built", c, "said where it lies")
        if c.phrase.right.klass == "count" and c.last and c.heads[-1].klass != "ext":
            return self._refuse("project.built", c, "counted behind")
        if c.head.klass == "work":
            return "project.works" if placed(self.text, c.start, c.head.start) else self._refuse("project.works", c, "nowhere")
        named = c.head.klass in _NAMED and rest >= 1 and c.head.start - c.start >= 2
        if not strong and rest < 4 and not named and not self.funded(c.i) and not proper(self.text, c.start, c.head.start):
            return self._refuse("project.built", c, "no proper name")
        return "project.built"

    def _ongoing(self, c: Candidate, rest: int) -> bool:
        """Say whether progress or figures stand behind a thing that has a name of its own: 廉城大桥部分通车; not 学生食堂基本完工."""
        if c.head.term in _PARTLY:
            own = located(self.text, c.start, c.head.start)
        else:
            own = rest >= 2 and (c.head.klass in _NAMED or c.head.klass == "ext" or rest >= 4 or proper(self.text, c.start, c.head.start))
        final = c.phrase.items[-1]
        end = c.end if c.last else final.heads[-1].end if final.heads else final.end
        return own and self.under_way(end)

    def _unbuilt(self, c: Candidate, rest: int) -> str | None:
        """No verb beside it: the next sentence, its own predicate or a visit to works may still say that it is a project."""
        if rest >= 2 and self.taken_up(c.start, c.end):
            return "project.taken_up"
        if rest >= 2 and IS_PROJECT.match(self.folded, c.end):
            return "project.defined"
        if rest >= 2 and c.phrase.left.klass == "visit" and self.at_work(c.start):
            return "project.visited"
        return self._refuse("project.built", c, "no construction context")

    def _refuse(self, rule: str, c: Candidate, why: str) -> str | None:
        """Note why a candidate is no name, and return that it has no rule."""
        self.text.refuse(rule, c.start, c.end, why)
        return None

    # -- lists ----------------------------------------------------------------------------------------------------------------

    def _siblings(self, listed: int, groups: list[Item], found: list[Name]) -> list[Name]:
        """«六中新校区、新兴小学、第五幼儿园投入使用»: a generic-looking school among named ones is named too."""
        known = {name.start for name in found}
        for group in groups:
            head = group.heads[-1] if group.heads else None
            if head is None or head.end != group.end or head.start == group.start or head.klass not in ("civic", "road", "item"):
                continue
            start = span.begin(self.text, group)
            if head.klass == "item" and (group is groups[0] and self.phrases[listed].left.klass == "count"):
                continue  # 新引进4条某生产线项目
            if head.klass == "item" and residue(self.folded[start : head.start]) < 2:
                continue
            if start not in known and any(n.klass == head.klass for n in found):
                found.append(Name(start, group.end, self.text.string[start : group.end], head.klass, "project.listed", listed))
        return sorted(found, key=lambda n: n.start)

    def _share(self, groups: list[Item], found: list[Name]) -> list[Name]:
        """Give the last item's head to the bare institutions before it: 川北医学院、西华师范大学新校区 → 川北医学院新校区."""
        last = groups[-1]
        if not found or len(last.heads) < 2 or found[-1].start < last.start:
            return found
        pairs = zip(last.heads, last.heads[1:], strict=False)
        tail = next((b for a, b in pairs if a.klass == "civic" and a.end == b.start and b.klass in ("civic", "work", "ext")), None)
        if tail is None:
            return found
        for name in found[:-1]:
            heads = next(g.heads for g in groups if g.start <= name.start < g.end)
            if len(heads) == 1 and heads[0].end == name.end and heads[0].klass == "civic":
                name.text, name.rule = name.text + self.text.string[tail.start : found[-1].end], "project.shared"
        return found


def _bare(item: Item) -> bool:
    """Say whether an item is one head word and nothing else: 项目."""
    return bool(item.heads) and item.heads[0].start == item.start and item.heads[0].end == item.end


def _one_project(items: list[Item]) -> bool:
    """«总投资1.2亿元的甲公司高频、高速覆铜板项目»: only the last item has a head, and it says 项目."""
    if not items[-1].heads or items[-1].heads[-1].klass != "item":
        return False
    return not any(h.klass != "road" for item in items[:-1] for h in item.heads)
