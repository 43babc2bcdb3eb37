"""Judge the items of the phrases: which are names of projects, and where each name begins and ends.

A name is read from right to left: its last head word (项目, 产业园, 大桥, 改造), then everything up to the edge. `rules.py` says by which rule a candidate
is a name, or why it is refused.

Reading order: `Judge.names`, `_phrase` (a list or one name), `_groups` (its items), `_candidate` (the span), `_siblings`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from ljnews.facts.project import span
from ljnews.facts.project.candidate import PARTLY, Candidate
from ljnews.facts.project.chunks import Edge, Head, Item, Phrase
from ljnews.facts.project.context import OPENING
from ljnews.facts.project.rules import NOT_ONE, PARTS
from ljnews.facts.project.shared import CODE
from ljnews.facts.project.sharing import Name, Sharing
from ljnews.facts.project.specific import OWN, generic, located, placed, residue
from ljnews.text.text import Span

__all__ = ["Judge", "Name"]

_SITE_VERBS = ("位于", "坐落于", "坐落在", "座落于", "地处", "落户于", "落户在")
_PART_OF = re.compile(r"(?<=项目)(?:[一二三四]期)?(?:土建|安装|装修|装饰|场平|桩基|基础|主体|绿化|征迁|钢结构|配套|附属)工程$")
_TUNNELS = frozenset(("隧洞", "渡槽", "泵站", "闸站", "生产线"))
_DOINGS = ("加工", "生产", "研发", "灌溉", "仓储", "销售", "应用", "利用", "回收", "制造", "养殖", "种植", "运营")  # 药用植物种植及加工项目
_NO_HELP = frozenset(("verb", "func", "who", "weak", "loc", "person", "attr", "make", "soft"))
_APPENDICES = ("接线", "引线", "连接线", "配套", "附属", "其配套", "其附属", "周边配套")
_APPENDED = re.compile(r"(?:及|和)(?:其)?(?:接线|引线|连接线|配套设施|附属设施)(?:工程)?")
_BEFORE_EXTRAS = re.compile(r"(?:工程|项目)(?=[及和与](?:其|周边)?(?:配套|附属))")
_AT_SITE = re.compile(r"(?:项目)?(?:施工|建设)?(?:现场|工地)")
_MONEY_LEAD = re.compile(r"(?:[\u4e00-\u9fff]{1,5}[区镇县市乡])?[\d.]{1,8}余?[万亿]元的?")
_ALONG = re.compile(r"[\u4e00-\u9fff]{0,4}[山河江湖海黄边淮岭](?:高速公路|公路|高速铁路|高速|铁路|旅游公路)")  # 沿|白沙山高速公路
_YEAR = re.compile(r"\d{4}年度?")
_FIGURE = re.compile(r"投资|占地|亿元|万元|\d亩")
_SECTION = re.compile(r"(?<=项目|工程)第[一二三四五六七八九十\d]{1,3}(?:合同段|标段)(?:项目|工程)?$")
_FOREMOST = re.compile(r"最[大高长早先]的?|首[个条座家所]|第一[条座个]")

_WORKS_ON = re.compile(r"(?<=院|校|楼|馆|桥|库|厂|站|园|区)(?:基坑|土石方|土方|主体|桩基|地基){1,2}(?:工程)$")
_CODED = re.compile(r"\([A-Z]{1,6}[-A-Z0-9]{0,16}(?:地块|标段|号地)?\)")
_STRETCH = re.compile(r"\([^()、]{2,10}[路街桥口村镇园][至到][^()、]{2,10}段\)")
_OFFICE = re.compile(r"[^,。;:\n]{2,24}?(?:集团|公司)")
_BUILDERS = re.compile(r"中[铁建交冶核][\u4e00-\u9fff]{0,8}?局(?=[\u4e00-\u9fff]{4})")
_CHARGED = ("负责人", "项目负责", "经理", "现场", "总工", "技术负责", "施工负责", "项目经理", "执行经理", "总监")
_EVENT = re.compile(
    r"(?:工\)?|仪式|活动|大会|会议|会|月|周|日|年|启动|奠基|签约|投产|通车|庆典)$"
)  # 集中开(复)工暨|某项目; not 某食品暨酒店项目
_ADDS = re.compile(r"(?:年产|日产|年加工|[\d.]{1,8}[万亿]?[吨套台件只辆])")
_WORKS_TIED = ("建设", "改造", "新建", "扩建", "维修", "整治", "治理", "保护", "配套")  # 某市电网建设与|改造工程
_PAPERS = ("初设", "可研", "环评", "初步设计", "可研报告", "可行性研究报告", "规划", "方案", "前期", "立项")
_SHORTEST, _LONGEST = 2, 60


class Judge(Sharing):
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
            one = phrase.left[0] != "this" and self.folded.endswith(("一个", "1个"), 0, phrase.left[2])
            plain = phrase.left[0] in NOT_ONE and not one and len(items[0].heads) < 2
            if kind is None and len(items) == 1 and plain and self.text.refusals is None:
                continue  # refused in any case, and nobody asks why
            if kind is None and len(items) == 1 and self.text.refusals is None and self._hopeless(phrase, items[0]):
                continue
            if kind == "project" or any(item.heads for item in items):
                yield from self._phrase(i, phrase, kind)

    def _hopeless(self, phrase: Phrase, item: Item) -> bool:
        """Say whether an item is refused before anything is asked: generic words and a head, and nothing beside it that could make it definite."""
        if not item.heads or phrase.right[0] == "attr" or item.heads[-1][2] == "ext":
            return False
        if phrase.right[0] == "time" and item.heads[-1][2] in ("park", "plant"):
            return False  # 环保装备产业园|2021年开工建设
        if phrase.left[0] not in _NO_HELP and not (phrase.left[0] in OPENING and item.heads[-1][2] != "item"):
            return False
        modifier = self.folded[item.start : item.heads[-1][0]]
        return generic(modifier) and not OWN.match(modifier)

    def _phrase(self, i: int, phrase: Phrase, kind: str | None) -> list[Name]:
        """Return the names of one phrase: one, or those of a list."""
        groups = self._groups(i, phrase, kind)
        listed = i if len(groups) > 1 else -1
        found: list[Name] = []
        for n, group in enumerate(groups):
            candidate = self._candidate(i, group, kind, first=n == 0, last=n == len(groups) - 1)
            if candidate and n == 0:
                self._begun(candidate)
                self._dated(candidate)
                self._added(candidate)
            rule = self.rule_of(candidate) if candidate else None
            if candidate and not rule and self._shortened(candidate):
                rule = self.rule_of(candidate)
            if candidate and rule and n == 0 and self._verbs_off(candidate):
                rule = self.rule_of(candidate)
            if candidate and rule and span.balanced(self.folded[candidate.start : candidate.end]):
                klass = candidate.head.klass if candidate.heads else "list"
                found.append(Name(candidate.start, candidate.end, self.text.string[candidate.start : candidate.end], klass, rule, listed))
        if listed < 0 or not found:
            return found
        found = self._tailed(listed, groups, found)
        if kind == "project" and len(found) * 2 <= len(groups):
            found = [name for name in found if located(self.text, name.start, name.end)]
        if kind == "project":
            self._roads(i, found)
        if kind is None and len(found) < len(groups) <= 3 * len(found):
            found = self._siblings(listed, groups, found)
        return self._share(groups, found)

    def _groups(self, i: int, phrase: Phrase, kind: str | None) -> list[Item]:
        """Join the items that 及, 和, 与 tie inside one name; split those that are a list."""
        items = phrase.items
        if (
            len(items) > 1
            and items[-1].sep != "、"
            and not (items[-1].sep == "及" and self.folded.startswith(_DOINGS, items[-1].start))
            and items[-1].end - items[-1].start <= 4
            and generic(self.folded[items[-1].start : items[-1].end])
            and not self.folded.endswith(_WORKS_TIED, items[-2].start, items[-2].end)
        ):
            items = items[:-1]  # 参会人员和项目
        if len(items) == 1:
            return items
        commas = [n for n, item in enumerate(items) if item.sep == "、"]
        if phrase.right.klass == "count" and commas:
            items = [*items[:-1], _unclassed(items[-1])]
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
            return _EVENT.search(self.folded, items[n - 1].start, items[n - 1].end) is not None
        if self.folded.startswith(_APPENDICES, items[n].start):
            return False  # 某码头及接线工程
        before, item = items[n - 1], items[n]
        if CODE.fullmatch(self.folded, before.start, before.end) and CODE.match(self.folded, item.start):
            return True  # G206和S332一级公路
        if before.heads and items[n].sep in ("和", "与") and self.folded.endswith(_PAPERS, before.start, before.end):
            return True  # 甲工程初设和乙项目可研报告
        if self._said_alone(item):
            return True
        last = before.heads[-1] if before.heads and before.heads[-1].end == before.end else None
        if last is not None and last.term.endswith("段") and _two_roads(before, item):
            return True  # 甲高速青岚段和乙高速云州连接线工程
        if last is not None and last.klass == "item":
            return True
        own = item.heads[-1] if item.heads else None
        if commas and last is not None and last.klass == "work" and own is None and item.end - item.start <= 6:
            return residue(self.folded[item.start : item.end]) >= 2  # 甲、乙灌区改造和|丙河、丁河治理
        if commas:  # …、乙公司供电设备及器材生产项目
            return commas[-1] < n and (
                kind == "project" or last is not None or item.sep not in ("及", "与") or own is None or own.klass != "item"
            )
        if item.sep not in ("和", "与", "以及") or (item.sep == "与" and generic(self.folded[item.start : item.end])):
            return False  # 续建配套与现代化改造
        if last is None:  # 凯普松和华讯方舟等26个项目
            return self.folded[before.end - 1] in "区县市镇乡村" or (kind == "project" and own is None)
        return own is not None and own.klass != "item"

    def _said_alone(self, item: Item) -> bool:
        """Say whether the text names elsewhere alone what a 及 ties to another: 甲产业发展及|望水大桥|建设, …望水大桥总投资."""
        heads = [h for h in item.heads if h.klass in ("road", "water", "port", "item")]
        if not heads or heads[-1].end - item.start < 5:
            return False
        name, at = self.folded[item.start : heads[-1].end], -1
        while (at := self.folded.find(name, at + 1)) >= 0:
            if at != item.start and not self.folded.endswith(("及", "和", "与", "暨"), 0, at):
                return True
        return False

    def _candidate(self, i: int, item: Item, kind: str | None, *, first: bool, last: bool) -> Candidate | None:
        """Return the item's span as a name would have it, None where it is too short or too long."""
        item = span.unabbreviated(self.text, item)
        phrase = self.phrases[i]
        start = span.begin(self.text, item)
        if first and phrase.left[0] == "attr" and self.folded.startswith(_SITE_VERBS, phrase.left[1]):
            start = span.behind_site(self.text, start, item)
        if kind == "project" and (money := _MONEY_LEAD.match(self.folded, item.start, item.end)):
            start = max(start, money.end())  # 高新区5亿元伟途智能制造
        heads = span.standing(self.text, item, start)
        if first and (named := self._described(phrase, heads)):
            start, heads = named, heads[-1:]
            phrase = Phrase(Edge("quote", start, start), phrase.right, phrase.items)
        heads = self._whole(start, heads)
        stretch = _STRETCH.match(self.folded, heads[0].end) if kind is None and heads and item.end > heads[0].end else None
        if stretch and stretch.end() == item.end:
            heads = [heads[0]._replace(end=item.end)]  # 望江大道(安和路至白沙路段)
        end = heads[-1].end if heads and (kind != "project" or self.is_tail(heads[-1].end, item.end)) else item.end
        if heads and self.folded.startswith(_CHARGED, end):
            start = self._behind_office(start, end)
            heads = [h for h in heads if h.start >= start]
        end = self._bracketed(start, end, item, kind, heads)
        if kind is None and (site := self._site_of(heads, phrase)):
            heads = site  # 滨海公园项目|白沙岛公园施工现场
            end = heads[-1].end
        end, heads = self._cut(start, end, heads)
        if first and phrase.right[0] in ("site", "ceremony") and self.folded.startswith(("在", "来到", "走进", "到"), phrase.left[1]):
            start = span.behind_locative(self.text, start, end)
            heads = [h for h in heads if h.start >= start]
        if heads and end < item.end and _APPENDED.fullmatch(self.folded, end, item.end):
            end = item.end  # 象山港大桥及接线
        start, end = span.trim(self.text, start, end)
        if not _SHORTEST <= end - start <= _LONGEST:
            return None
        return Candidate(i, phrase, item, start, end, heads, kind, first, last)

    def _whole(self, start: int, heads: list[Head]) -> list[Head]:
        """Return the head words without those of a part behind a whole name: 某公司技术改造项目|焊装厂房, 某医院分院|基坑土方工程."""
        whole = [h for h in heads[:-1] if h.klass == "item"]
        beside = whole and whole[-1].term == "项目" and whole[-1].end == heads[-1].start  # 液奶项目|办公楼
        if whole and heads[-1].term in PARTLY and whole[-1].end - start >= (4 if beside else 8):
            heads = heads[: heads.index(whole[-1]) + 1]
        if heads and (works := _WORKS_ON.search(self.folded, start, heads[-1].end)):
            heads = [h for h in heads if h.end <= works.start()]
        if len(heads) > 1 and (
            (heads[-1].term in PARTS and heads[-2].klass != "ext") or (heads[-1].term in _TUNNELS and heads[-2].klass == "item")
        ):
            heads = heads[:-1]  # 某云计算中心主体工程封顶
        return heads

    def _bracketed(self, start: int, end: int, item: Item, kind: str | None, heads: list[Head]) -> int:
        """Return where a name ends beside brackets: with its code (JD-02地块), without what it includes or costs (含某桥; 总投资5亿元)."""
        if heads and self.folded[end : end + 1] == "(" and (coded := _CODED.match(self.folded, end, item.end)):
            end = coded.end()  # 某安居房项目(JD-02-C02地块)
        included = self.folded.find("(含", start, end) if end == item.end and self.folded[end - 1] == ")" else -1
        if included > start:
            end = included  # 新港高速公路(含双柳长江大桥)
        remark = self.folded.find("(", start, end) if kind == "project" else -1
        return remark if remark > start and _FIGURE.search(self.folded, remark, end) else end

    def _cut(self, start: int, end: int, heads: list[Head]) -> tuple[int, list[Head]]:
        """Return a name's end and heads without a part, a contract section or extras: 某切片项目|土建工程, 某公路工程|第四合同段项目."""
        if heads and heads[-1].klass == "item" and end - start > 6 and (part := _PART_OF.search(self.folded, start, end)):
            end = part.start()
        elif heads and (section := _SECTION.search(self.folded, start, end)):
            end = section.start()
        elif heads and heads[-1].klass not in ("item", "ext") and (before := _BEFORE_EXTRAS.search(self.folded, start, end)):
            end = before.end()  # 某污水处理厂二期扩建工程|及配套管网
        return end, [h for h in heads if h.end <= end]

    def _site_of(self, heads: list[Head], phrase: Phrase) -> list[Head]:
        """Return the heads up to the project of which a part is named behind it as the site, none where there is no part: 某公园项目|某岛公园施工现场."""
        if len(heads) < 2 or not _AT_SITE.match(self.folded, heads[-1].end) or heads[-1].klass in ("item", "ext"):
            return []
        inner = next((n for n, h in enumerate(heads[:-1]) if h.term == "项目" and h.end < heads[n + 1].start), None)
        return heads[: inner + 1] if inner is not None and heads[inner].start - phrase.items[0].start > 3 else []

    def _described(self, phrase: Phrase, heads: list[Head]) -> int:
        """Return where the name begins behind its description, 0 without one: 首条旅游公路|黄云公路, 最长的跨河大桥|洞沟大桥."""
        if len(heads) < 2 or heads[-1].klass != heads[-2].klass or heads[-1].start <= heads[-2].end:
            return 0
        first, left = phrase.items[0], phrase.left
        before = self.folded[max(0, left.start - 6) : left.end] + self.folded[first.start : heads[-2].start]
        alike = heads[-1].term[-1] == heads[-2].term[-1] and residue(self.folded[heads[-2].end : heads[-1].start]) >= 1
        return heads[-2].end if alike and _FOREMOST.search(before) else 0

    def _shortened(self, c: Candidate) -> bool:
        """Take off what stands behind a whole name, and say whether there was anything: 机场二期扩建工程|新航站楼站前高架, 灌区一期工程|总干渠."""
        inner = [n for n, h in enumerate(c.heads[:-1]) if h.klass == "item" and h.end - c.start >= 6]
        if not inner or c.heads[-1].klass in ("item", "ext") or c.kind:
            return False
        c.heads = c.heads[: inner[-1] + 1]
        c.end = c.heads[-1].end
        return located(self.text, c.start, c.heads[-1].start)

    def _behind_office(self, start: int, end: int) -> int:
        """Return where a name begins behind the firm of the person in charge, if the text has it without the firm: 某集团|浦南安置房项目负责人."""
        if builder := _BUILDERS.match(self.folded, start, end):
            return builder.end()  # 中建三局|云姚公路项目负责人
        firm = _OFFICE.match(self.folded, start, end)
        known = firm is not None and end - firm.end() > 5 and self.folded.count(self.folded[firm.end() : end]) > 1
        return firm.end() if firm is not None and known else start

    def _begun(self, c: Candidate) -> None:
        """Take in what stands before a word cut out of the name: 新风青岚区50兆瓦|(一期)风电项目, 云明控股|某基地项目, 沿|白沙山高速公路."""
        left = c.phrase.left
        if c.start != left.end or not c.heads or c.i == 0:
            return
        word = self.folded[left.start : left.end]
        if word == "沿" and c.heads[0].klass == "road" and _ALONG.fullmatch(self.folded, c.start, c.heads[0].end):
            c.start = left.start
        before = self.phrases[c.i - 1]
        items = before.items if before.right is left else []
        if len(items) != 1 or items[0].end != left.start or items[0].heads or c.heads[-1].klass != "item":
            return
        sized = left.klass == "number" and self.folded[c.start] == "(" and placed(self.text, items[0].start, items[0].end)
        held = word == "控股" and items[0].end - items[0].start <= 6 and before.left.klass in OPENING
        if sized or held:
            c.start = span.begin(self.text, items[0])

    def _dated(self, c: Candidate) -> None:
        """«云州县2022年以工代赈项目»: a year between the place and the rest of the name belongs to it."""
        left = c.phrase.left
        if left.klass != "time" or c.start != left.end or not _YEAR.fullmatch(self.folded, left.start, left.end) or c.i == 0:
            return
        before = self.phrases[c.i - 1]
        items = before.items if before.right is left else []
        if len(items) != 1 or items[0].end != left.start or self.folded[left.start - 1] not in "县市区镇乡村旗州道":
            return
        if (
            c.heads
            and c.heads[-1].klass == "item"
            and items[0].end - items[0].start <= 14
            and not self.text.within("place", left.end, min(c.end, left.end + 5))
            and c.heads[-1].start - left.end >= 4
            and placed(self.text, items[0].start, items[0].end)
        ):
            c.start = items[0].start

    def _added(self, c: Candidate) -> None:
        """«明兴茶业有限公司新增|1000吨红茶技术改造项目», «利昌新增|年产6万吨薄膜扩建项目»: who adds to its works begins the name."""
        left = c.phrase.left
        if left.klass != "verb" or c.start != left.end or not c.heads or c.heads[-1].klass != "item" or c.i == 0:
            return
        if self.folded[left.start : left.end] != "新增" or not _ADDS.match(self.folded, left.end):
            return
        before = self.phrases[c.i - 1]
        items = before.items if before.right is left else []
        if len(items) != 1 or items[0].end != left.start or items[0].heads or not 2 <= left.start - items[0].start <= 24:
            return
        own = self.folded[items[0].start : left.start]
        if own.endswith(("公司", "集团")) or (len(own) <= 6 and before.left.klass == "visit"):
            c.start = items[0].start

    def _verbs_off(self, c: Candidate) -> bool:
        """Take off verbs before the noun, and say whether there were any left to take and enough is left."""
        start = span.noun(self.text, c.start, c.end)
        if start == c.start or c.end - start < _SHORTEST or any(h.start == start for h in c.heads):
            return False
        c.start, c.heads = start, [h for h in c.heads if h.start >= start]
        return True


def _two_roads(before: Item, item: Item) -> bool:
    """Say whether two items are each a road of its own, the second no mere stretch."""
    roads = [any(h.klass == "road" for h in i.heads[:-1]) for i in (before, item)]
    return all(roads) and not any(h.term.endswith("段") for h in item.heads)


def _bare(item: Item) -> bool:
    """Say whether an item is one head word and nothing else: 项目."""
    return bool(item.heads) and item.heads[0].start == item.start and item.heads[0].end == item.end


def _unclassed(item: Item) -> Item:
    """Return an item without the class that a count behind it counts: 甲小学、乙实验学校|中小学|9所."""
    heads = item.heads
    if len(heads) < 2 or heads[-1].klass != "civic" or heads[-2].klass != "civic" or heads[-2].end != heads[-1].start:
        return item
    return Item(item.start, heads[-2].end, heads[:-1], item.sep) if heads[-1].end == item.end else item


def _one_project(items: list[Item]) -> bool:
    """«总投资1.2亿元的甲公司高频、高速覆铜板项目»: only the last item has a head, and it says 项目."""
    if not items[-1].heads or items[-1].heads[-1].klass != "item":
        return False
    return not any(h.klass != "road" for item in items[:-1] for h in item.heads)
