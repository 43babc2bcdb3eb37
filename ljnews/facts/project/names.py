"""Judge the items of the phrases: which are names of projects, and where each name begins and ends.

A name is read from right to left: its last head word (项目, 产业园, 大桥, 改造), then everything up to the edge. What is explicit
(…项目, …工程) needs only to be specific; what is a place too (parks, roads, hospitals) needs a construction context beside it; the items
of a list that the text itself calls projects («甲、乙等26个在建项目») need none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ljnews.facts.project.chunks import Head, Item, Phrase
from ljnews.lexicon.loader import load
from ljnews.text.text import Text

_SKIP = frozenset(("count", "many", "time", "build", "make", "pred", "soft", "this", "number", "attr", "bound"))
_CLASS_END = ("通道", "大通道", "公路", "道路", "断头路")
_NOT_PROJECT = ("企业", "领域", "部门", "单位", "方面", "工作", "产业", "行业", "公司", "问题", "情况", "产品", "内容", "措施", "功能", "城市", "国家", "人", "村", "乡镇", "县", "区", "市", "镇", "省", "国", "活动", "景点", "平台", "品牌", "文件", "机构", "媒体", "高校")  # fmt: skip
_ADVERBS = frozenset(("soft", "time", "func", "book", "number"))
_BUILT = frozenset(("park", "plant", "civic", "housing", "road", "water", "port", "work"))
_SITES = frozenset(("park", "civic", "road", "water", "port", "housing", "plant"))
_OPENING = frozenset(("stop", "comma", "colon", "space", "visit", "ceremony", "quote", "time"))
_FOUNDING = frozenset(("兴建", "投资建设", "投资兴建", "签约", "引进", "签约引进", "新建", "投建", "上马", "开建"))
_AFTER = frozenset(("pred", "build", "site", "ceremony", "attr"))
_LEADING = ("重点", "重大", "产业", "民生", "实事", "示范", "标志性", "签约", "招商", "招商引资", "招引", "在建", "龙头", "建设", "市级", "省级", "县级", "惠民", "支撑性", "考核", "工业", "一号")  # fmt: skip
_COUNTED = re.compile(r"[一二三四五六七八九十第]")
_ORDINAL = re.compile(r"第?[一二三四五六七八九十0-9]+(?:次|批|批次|季度|轮|届|大|类|号|年度)|开\(竣\)工|\([^)]*\)")
_EDGES = "facts/project/lexicon/edges"
_QUOTED_PROGRAMME = re.compile(r"[“\"‘][^”\"’]{1,6}[”\"’](?:重点|重大|示范)?$")
_PARTS = ("主体工程", "配套工程", "附属工程", "控制性工程", "关键工程", "关键控制性工程", "节点工程", "先导工程", "先行工程")
_VERBAL = "至到为成了"
_TALK = ("管理", "审批", "合同", "领域", "清单", "名单", "带动", "储备", "策划", "谋划", "包装", "化", "制", "库", "为王", "法人", "申报", "类", "数量")
_PREPOSITIONS = "从对向由于在将把与以就为按"
_CLASSES = ("重点", "重大", "民生", "实事", "招商", "招商引资", "招引", "签约", "龙头", "在建", "惠民", "优质")
_TRAILING = re.compile(r"(?:建设|的)+$")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:[县乡镇村旗盟州团师河江湖溪岭湾港岛沟坝垭坪坡寨屯湖山路街渠]|新区|片区|市(?!场|政|级|民|重点)|区(?!域|级|块)|街道|大道)")
_OWN = re.compile(r"[省市县区镇乡](?:第?[一二三四五六七八九十]|人民|中|妇幼|公共|职|图书|博物|体育|文化|医|实验|党|档案|规划|疾|幼|小|儿童|妇女|老年|福利|殡|客运|污水|水|养|敬)")
_BUILDING = re.compile(r"项目|建设|施工|工程|工地|进度")
_TAKEN_UP = re.compile(r"[\s“]*(?:据悉,|据了解,|据介绍,)?(?:该|这个|这一|这座|这条|这项)([\u4e00-\u9fff]{2,4}?)(?=总|占|由|是|位|建|投|采|于|分|将|全|规|设|预|计|主|的|包|工|坐)|[\s“]*(项目)(?=总|占|由|位|建|投|于|分|将|预|计|主)")
_CONTRACTOR = re.compile(r"中(?:铁|建|交|冶|电建|水电|核)[\u4e00-\u9fff]{0,8}?(?:局|公司|集团)")
_THRESHOLD = re.compile(r"以上|以下|不低于|不少于|以内")
_NAMELY = re.compile(r"还有|有|包括|包含|分别为|分别是|为|是|:")
_IS_PROJECT = re.compile(r"(?:是|系|属于?)[^。\n]{2,60}?(?:工程|项目)(?![的部])")
_BY = re.compile(r"由[^,;。\n]{2,40}?(?:投资|建设|承建|实施|兴建|开发)")
_NTH = re.compile(r"第[一二三四五六七八九十百0-9]+[座条个家所项处]")
_ZONE = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:开发区|经开区|高新区|集聚区|工业集中区|产业集中区|工业园区|产业园区|科技园区)")
_LATIN = re.compile(r"[A-Za-z0-9“”\"()]|[一二三四五六七八九十]+[中小]|第[一二三四五六七八九十]+")
_FIRM = re.compile(r"公司|集团|股份|科技|电子|新材|药业|机械|电器|电气|重工|实业|能源(?!项目)|生物(?!医药|质)|光电|食品|饲料|农业|纸业|鞋业|环保|智造|控股|置业|地产|商贸|物流|乳业|酒业|矿业|钢铁|铝业|建材|化工|医药|制药|通信|网络|文旅")


_VERBAL_TAGS = frozenset(("v", "d", "p", "c", "vd", "r"))


@lru_cache(maxsize=4096)
def tagged(string: str) -> tuple[tuple[str, str], ...]:
    """Return jieba's words of a short string with their tags."""
    import rjieba

    return tuple(rjieba.tag(string))


@dataclass(slots=True)
class Name:
    """A project's name where it stands in the text; `text` differs from the span only where a shared head was given to it."""

    start: int
    end: int
    text: str
    klass: str
    rule: str
    phrase: int
    listed: int = -1  # ordinal of its list, -1 outside lists


@cache
def _generic() -> tuple[frozenset[str], Any]:
    """The generic modifiers, head words among them, as a set and as an automaton that finds all of them, overlapping."""
    import ahocorasick_rs

    heads = [e.term for e in load("facts/project/lexicon/heads").entries.values() if e.klass != "not"]
    terms = sorted({*load("facts/project/lexicon/generic").entries, *heads})
    return frozenset(terms), ahocorasick_rs.AhoCorasick(terms)


@lru_cache(maxsize=8192)
def residue(string: str) -> int:
    """Return how many characters of a string no generic modifier covers (重大产业 0, 中药饮片研发生产 4).

    >>> residue("重大产业"), residue("第二批"), residue("中药饮片研发生产")
    (0, 0, 4)
    """
    size = len(string)
    reach: list[list[int]] = [[] for _ in range(size)]
    for _, start, end in _generic()[1].find_matches_as_indexes(string, overlapping=True):
        reach[start].append(end)
    if not string.isalpha() or _COUNTED.search(string):
        for match in _ORDINAL.finditer(string):
            reach[match.start()].append(match.end())
    cost = [*range(size + 1)]
    for i in range(size):
        here = cost[i]
        if here + 1 < cost[i + 1]:
            cost[i + 1] = here + 1
        for j in reach[i]:
            if here < cost[j]:
                cost[j] = here
    return cost[size]


def generic(string: str) -> bool:
    """Say whether a string is made of generic modifiers only: 重大产业, 市级民生, 第二批, nothing."""
    return residue(string) == 0


def _single_characters(text: Text, start: int, end: int) -> int:
    """Count the one-character words inside a span: jieba cuts unknown names (土桥子, 温氏) into them."""
    bounds = text.word_bounds
    return sum(1 for i in range(start, end) if i in bounds and i + 1 in bounds and "\u4e00" <= text.folded[i] <= "\u9fff")


def proper(text: Text, start: int, end: int) -> bool:
    """Say whether a modifier holds something of a proper name: a place, a firm, Latin or digits, a word that no dictionary knows."""
    string = text.folded[start:end]
    if _OWN.match(string):
        return True
    if _LATIN.search(string) or _FIRM.search(string) or text.within("place", start, end):
        return True
    match = _PLACE.search(string)
    if match and not generic(match.group()):
        return True
    return _single_characters(text, start, end) >= 1


def located(text: Text, start: int, end: int) -> bool:
    """Say whether a modifier names a place or a firm."""
    string = text.folded[start:end]
    if _OWN.match(string) or _FIRM.search(string) or text.within("place", start, end):
        return True
    match = _PLACE.search(string)
    return bool(match and not generic(match.group()))


class Judge:
    """Judges all phrases of one text."""

    def __init__(self, text: Text, phrases: list[Phrase]) -> None:
        self.text = text
        self.folded = text.folded
        self.phrases = phrases

    def names(self) -> Iterator[Name]:
        """Yield the names in text order."""
        for i, phrase in enumerate(self.phrases):
            if phrase.plain and phrase.right[0] != "etc":
                continue
            items = phrase.items
            if not items or (len(items) == 1 and items[0].heads and items[0].heads[0].end == items[0].end and items[0].heads[0].start == items[0].start):
                continue  # 项目 alone
            kind = self.list_kind(i) if len(items) > 1 or phrase.right[0] == "etc" else None
            if kind != "project" and not any(item.heads for item in items):
                continue
            yield from self._phrase(i, phrase, kind)

    # -- context ------------------------------------------------------------------------------------------------------------

    def list_kind(self, i: int) -> str | None:
        """Say what the text calls the items of a phrase: `project` (…等26个在建项目), `other` (…等企业), or nothing."""
        phrase = self.phrases[i]
        right = phrase.right.klass
        if right == "attr" and self.folded[phrase.right.start - 1] == "、":  # 甲、总投资150亿元的乙等在谈项目
            later = next((j for j in range(i + 1, min(i + 5, len(self.phrases))) if self.phrases[j].items and self.phrases[j].left.klass == "de"), None)
            return self.list_kind(later) if later is not None else None
        if len(phrase.items) > 1 and self._introduced(i):
            return "project"
        if right not in ("etc", "count", "verb", "comma") or phrase.left.klass in ("many", "count"):
            return None
        if right != "etc" and len(phrase.items) < 2:
            return None
        if phrase.left.klass == "soft" and self.folded.startswith(("涵盖", "涉及"), phrase.left.start):
            return "other"
        if right == "etc" and len(phrase.items) > 1 and self.folded[phrase.right.start - 1] == "”":
            opening = self.folded.rfind("“", 0, phrase.right.start)
            if opening <= phrase.items[0].start:
                return "other"  # “良田、良种、良机”等六大工程
        if right == "verb" and not self.folded.startswith("共", phrase.right.start):
            return None
        follow, edges, classes = self._following(i)
        if follow.startswith(("领域", "行业", "方面", "板块", "产业链")):
            return "other"
        if right == "comma":
            many = edges[:1] and edges[0] in ("many", "count", "this")
            return "project" if sum(item.sep == "、" for item in phrase.items) > 1 and many and classes else None
        if classes:
            if right == "count" and phrase.items[-1].heads and phrase.items[-1].heads[-1].klass == "item":
                return None
            return "project"
        return "other" if right == "etc" and follow and not edges and follow.startswith(_NOT_PROJECT) else None

    def _introduced(self, i: int) -> bool:
        """Say whether the words before a list call it projects: «集中开工的项目还有甲、乙和丙», «重点项目分别是甲、乙»."""
        left = self.phrases[i].left
        if i == 0 or not _NAMELY.fullmatch(self.folded, left.start, left.end):
            return False
        before = self.phrases[i - 1]
        return bool(before.items) and any(h.klass == "item" for h in before.items[-1].heads) and self._class(before.items[-1])

    def _following(self, i: int) -> tuple[str, list[str], bool]:
        """Return the first item after a phrase, the edges that stand between, and whether the item is a class of projects."""
        edges: list[str] = []
        at = self.phrases[i].right
        for phrase in self.phrases[i + 1 : i + 5]:
            if phrase.left is not at:
                break
            at = phrase.right
            if phrase.left.klass != "etc" and phrase.left.start != self.phrases[i].right.start:
                edges.append(phrase.left.klass)
            if phrase.items:
                item = phrase.items[-1] if len(phrase.items) <= 2 else phrase.items[0]
                return self.folded[item.start : item.end], edges, self._class(item)
            if phrase.right.klass not in _SKIP:
                break
        return "", edges, False

    def _class(self, item: Item) -> bool:
        """Say whether an item names a class of projects: 在建项目, 重点水利工程, 交通大通道."""
        head = next((h for h in item.heads if h.klass == "item" or h.term in _CLASS_END), None)
        return head is not None and (head.start - item.start <= 6 or generic(self.folded[item.start : head.start]))

    def after(self, i: int) -> str:
        """Return the class of what follows a phrase: a progress word, also behind an adverb (正式通车, 将于年底竣工), or its edge."""
        right = first = self.phrases[i].right
        if right.klass == "func" and _BY.match(self.folded, right.start):
            return "pred"
        if right.klass in _ADVERBS:
            for phrase in self.phrases[i + 1 : i + 6]:
                if phrase.left is not right or phrase.items:
                    break
                right = phrase.right
                if phrase.right.klass in ("pred", "build"):
                    return "pred"
                if phrase.right.klass not in _ADVERBS:
                    break
        return first.klass

    # -- one phrase -----------------------------------------------------------------------------------------------------------

    def _phrase(self, i: int, phrase: Phrase, kind: str | None) -> Iterator[Name]:
        groups = self._groups(i, phrase, kind)
        listed = i if len(groups) > 1 else -1
        found: list[Name] = []
        for n, group in enumerate(groups):
            name = self._name(i, group, kind, first=n == 0, last=n == len(groups) - 1)
            if name is not None:
                name.listed = listed
                found.append(name)
        if listed >= 0 and kind == "project" and len(found) * 2 <= len(groups):
            found = [name for name in found if located(self.text, name.start, name.end)]
        if listed >= 0 and kind is None and found and len(found) < len(groups) <= 2 * len(found):
            found = self._siblings(i, groups, found)
        yield from self._share(groups, found)

    def _siblings(self, i: int, groups: list[Item], found: list[Name]) -> list[Name]:
        """«六中新校区、新兴小学、第五幼儿园投入使用»: a generic-looking school among named ones is named too."""
        known = {name.start for name in found}
        for group in groups:
            head = group.heads[-1] if group.heads else None
            if head is None or head.end != group.end or head.start == group.start:
                continue
            start = self._left(group)
            if start in known:
                continue
            if head.klass in ("civic", "road") and any(n.klass == head.klass for n in found):
                text = self.text.string[start : group.end]
                found.append(Name(start, group.end, text, head.klass, "project.listed", i, i))
        return sorted(found, key=lambda n: n.start)

    def _groups(self, i: int, phrase: Phrase, kind: str | None) -> list[Item]:
        """Join the items that 及, 和, 与 tie inside one name; split those that are a list."""
        items = phrase.items
        if len(items) > 1 and items[-1].sep != "、" and items[-1].end - items[-1].start <= 4 and generic(self.folded[items[-1].start : items[-1].end]):
            items = items[:-1]  # 参会人员和项目
        commas = [n for n, item in enumerate(items) if item.sep == "、"]
        if phrase.left.klass == "de" and kind is None and commas and self._described(i) and self._one_project(items):
            return [_join(items)]
        groups: list[Item] = []
        for n, item in enumerate(items):
            if groups and item.sep and item.sep != "、" and not self._splits(items, n, commas, kind):
                groups[-1] = _join([groups[-1], item])
            else:
                groups.append(item)
        return groups

    @staticmethod
    def _one_project(items: list[Item]) -> bool:
        """«总投资1.2亿元的甲公司高频、高速覆铜板项目»: only the last item has a head, and it says 项目."""
        return bool(items[-1].heads) and items[-1].heads[-1].klass == "item" and not any(
            h.klass != "road" for item in items[:-1] for h in item.heads
        )

    def _splits(self, items: list[Item], n: int, commas: list[int], kind: str | None) -> bool:
        before, item = items[n - 1], items[n]
        last = before.heads[-1] if before.heads and before.heads[-1].end == before.end else None
        if last is not None and last.klass == "item":
            return True
        if any(c > n for c in commas):
            return False
        if commas and commas[-1] < n:
            return True
        if last is None:
            return item.sep in ("和", "与", "以及") and self.folded[before.end - 1] in "区县市镇乡村" 
        own = item.heads[-1] if item.heads else None
        return item.sep in ("和", "以及", "与") and own is not None and own.klass != "item" and kind != "project"

    def _name(self, i: int, item: Item, kind: str | None, *, first: bool, last: bool) -> Name | None:
        """Return the item's name, or None where it is not a project."""
        start = self._left(item)
        heads = [h for h in item.heads if h.start >= start and self._stands(h)]
        while len(heads) > 1 and heads[-1].term == heads[-2].term == "项目" and heads[-1].start == heads[-2].end:
            heads.pop()  # …产业园项目项目选址在某镇
        end = heads[-1].end if heads and (kind != "project" or self._tail(heads[-1].end, item.end)) else item.end
        if self.folded[end : end + 1] in ("”", ")") and not _balanced(self.folded[start:end]):
            end += 1  # 铁路项目(上杭段), 镇“某中心建设项目”
        start, end = self._trim(start, end)
        if first:
            start = self._noun(start, end)
        if end - start < 2 or end - start > 60:
            return None
        rule = self._rule(i, start, end, item, heads, kind, last=last)
        if rule is None or not _balanced(self.folded[start:end]):
            return None
        head = next((h for h in reversed(heads) if h.klass != "ext"), None)
        return Name(start, end, self.text.string[start:end], head.klass if head else "list", rule, i)

    def _noun(self, start: int, end: int) -> int:
        """Return where the noun begins when verbs and adverbs that no list knows stand before it: 尽力争取…, 发出打好“三北”工程.

        A name that the text repeats whole begins where it begins (联想产业园: 联想 is a verb too).
        """
        string = self.text.string
        quote = string.find("“", start, end)
        words = tagged(string[start : quote if quote > start else end])
        if (words[0][1] not in _VERBAL_TAGS or (len(words[0][0]) == 1 and words[0][0] not in "打建修抓")) and not (quote > start and words[-1][1] == "v"):
            return start
        if string.find(string[start:end], end) >= 0 or string.find(string[start:end], 0, start) >= 0:
            return start
        at = start
        for word, tag in words:
            if tag not in _VERBAL_TAGS or load(_EDGES).klass(word) == "keep" or (word in _generic()[0] and tag != "d") or residue(self.folded[at + len(word) : end]) < 2:
                break
            at += len(word)
        return quote if quote > start and words[-1][1] == "v" else at

    def _stands(self, head: Head) -> bool:
        """Say whether a head word is one here: not a verb (拓宽至7.5米), not the end of another word (…厂 cut off)."""
        if head.klass == "work" and self.folded[head.end : head.end + 1] in _VERBAL and head.end < len(self.folded):
            return False
        return head.end - head.start > 1 or head.end in self.text.word_bounds

    def _tail(self, start: int, end: int) -> bool:
        """Say whether what stands behind the last head is no part of a listed name."""
        return start < end and self.folded[start:end] in ("建设", "内", "现场")

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        string = self.folded[start:end]
        if string[:1] in "“\"‘" and string[-1:] in "”\"’" and string.count("“") <= 1:
            return start + 1, end - 1
        cut = _TRAILING.search(string)
        return (start, start + cut.start()) if cut else (start, end)

    def _left(self, item: Item) -> int:
        """Return where a name begins inside its item: behind a leading verb (新建西环路) and behind a class (市重点项目湘粤桂物流园)."""
        start = item.start
        for n, head in enumerate(item.heads[:-1]):
            after = item.heads[n + 1]
            if head.klass == "work" and head.start == start and not (after.start == head.end and after.klass == "item"):
                start = head.end
            elif head.klass == "item" and head.end < after.start and (
                self.folded.endswith(_LEADING, start, head.start) or (head.start > start and generic(self.folded[start : head.start]))
            ):
                start = head.end
        zone = _ZONE.match(self.folded, start, item.end)
        if zone and (
            self.folded.startswith("年产", zone.end()) or _FIRM.search(self.folded, zone.end(), min(item.end, zone.end() + 12))
        ):
            start = zone.end()  # 衢州绿色产业集聚区中来股份光伏产业园项目
        builder = _CONTRACTOR.match(self.folded, start, item.end)
        if builder and self.folded.startswith("部", item.heads[-1].end if item.heads else item.end):
            start = builder.end()  # 中铁二十九局金祁铁路项目部
        if self.folded[start] in _PREPOSITIONS and not load(_EDGES).klass(self.folded[start : start + 2]):
            start += 1
        return start

    # -- rules ----------------------------------------------------------------------------------------------------------------

    def _rule(self, i: int, start: int, end: int, item: Item, heads: list[Head], kind: str | None, *, last: bool) -> str | None:
        phrase = self.phrases[i]
        string = self.folded[start:end]
        if end - start < 4 and head_item(heads):
            return self._refuse("project.head", start, end, "too short a name")
        if _NTH.search(string):
            return self._refuse("project.head", start, end, "an ordinal: one of a class")
        if kind == "other" or (phrase.left.klass in ("count", "many") and item is not phrase.items[0] and kind is None):
            return self._refuse("project.list", start, end, "the list is not of projects")
        if kind == "project":
            if generic(string) and not self._listed_head(i, phrase, heads):
                return self._refuse("project.list", start, end, "generic")
            return "project.list"
        if not heads:
            return None
        head = next((h for h in reversed(heads) if h.klass != "ext"), heads[-1])
        modifier = self.folded[start : head.start]
        if heads[-1].term in _PARTS:
            return self._refuse("project.head", start, end, "a part")
        if phrase.left.klass in ("count", "many", "this") and item.start == phrase.items[0].start:
            return self._refuse("project.head", start, end, f"counted or deictic: {self.folded[phrase.left.start : phrase.left.end]}")
        if heads[-1].klass == "ext" and heads[-1].start > head.end:
            modifier = self.folded[start : heads[-1].start]  # 智慧社区平台二期
        if generic(modifier) and not _OWN.match(modifier) and not self._definite(i, heads):
            return self._refuse("project.head", start, end, "generic")
        if self._apposed(i):
            return self._refuse("project.head", start, end, "the name follows the dash")
        if head.klass == "item" and self.folded.startswith(_TALK, heads[-1].end):
            return self._refuse("project.head", start, end, "spoken of in general")
        if head.klass == "item":
            return self._explicit(i, start, head.start, end, heads, last=last)
        moving = any(h.start == heads[-1].end and not self._stands(h) for h in item.heads)  # …环线拓宽至7.5米
        if heads[-1].end != item.end and not moving and not self._tail(heads[-1].end, item.end):
            if self._taken_up(start, end) and residue(modifier) >= 2:
                return "project.taken_up"
            return self._refuse("project.built", start, end, "not followed by progress")
        return self._built(i, start, head, end, moving)

    def _listed_head(self, i: int, phrase: Phrase, heads: list[Head]) -> bool:
        """Say whether a generic name is a definite one in its list: counted (…公租房等5个项目), a phase (职教中心二期), or beside proper names."""
        if len(phrase.items) < 2 or not heads or heads[-1].klass == "item":
            return False
        if heads[-1].klass == "ext":
            return True
        if heads[-1].klass == "work" and len(heads) == 1:
            return False
        if phrase.left.klass == "visit" or "count" in self._following(i)[1]:
            return True
        return any(located(self.text, item.start, item.end) or (item.heads and item.heads[-1].klass == "ext") for item in phrase.items)

    def _explicit(self, i: int, start: int, head: int, end: int, heads: list[Head], *, last: bool) -> str | None:
        """…项目, …工程: a proper name inside, or a long description in a construction context."""
        phrase = self.phrases[i]
        if phrase.right.klass == "count" and last and self.folded.endswith(("项目", "工程"), start, end):
            return self._refuse("project.head", start, end, "a counted class")
        if (self.folded.endswith(_LEADING, start, head) and residue(self.folded[start:head]) < 4) or self.folded.endswith(_CLASSES, start, head) or _QUOTED_PROGRAMME.match(self.folded[start:head]):
            return self._refuse("project.head", start, end, "a class or a programme")
        inner = next((h for h in heads if h.klass in _SITES and h.end <= head), None)
        if len(heads) == 1 and self._of_a_place(start, head):
            return self._refuse("project.head", start, end, "a class of a place")
        if proper(self.text, start, head) or (inner and residue(self.folded[start : inner.start]) >= 2):
            return "project.head"
        if self._definite(i, heads):
            return "project.described"
        founded = phrase.left.klass == "visit" or self.folded[phrase.left.start : phrase.left.end] in _FOUNDING
        context = founded or self.after(i) in _AFTER or self._described(i)
        if context and residue(self.folded[start:head]) >= (2 if phrase.left.klass in _OPENING else 4):
            return "project.described"
        return self._refuse("project.head", start, end, "no proper name")

    def _built(self, i: int, start: int, head: Head, end: int, moving: bool) -> str | None:
        """Parks, roads, plants, works: only beside a verb of construction or progress."""
        phrase = self.phrases[i]
        after = self.after(i)
        if phrase.items[0].sep and phrase.left.klass in ("build", "verb", "visit"):
            return self._refuse("project.built", start, end, "verbs in a row")
        verb = self.folded.startswith(("新建", "扩建", "改建", "改造", "迁建", "改造提升", "续建", "开发"), phrase.items[0].start)
        planned = after == "make" and self.folded.startswith("规划", phrase.right.start)
        strong = after in _AFTER or verb or planned or moving
        if after == "attr" and self.folded.startswith(("位于", "坐落", "地处"), phrase.right.start) and not self._at_work(start):
            strong = False
        if not strong and phrase.left.klass != "build" and not self._described(i):
            if self._taken_up(start, end) and residue(self.folded[start : head.start]) >= 2:
                return "project.taken_up"
            if _IS_PROJECT.match(self.folded, end) and residue(self.folded[start : head.start]) >= 2:
                return "project.defined"
            if phrase.left.klass != "visit" or residue(self.folded[start : head.start]) < 2 or not self._at_work(start):
                return self._refuse("project.built", start, end, "no construction context")
            return "project.visited"
        locative = self.folded[phrase.left.start : phrase.left.end]
        if (after in ("pred", "build") and locative in ("在", "于", "设在")) or (
            head.klass in ("park", "civic", "port") and self.folded.startswith(("落户", "落地", "入驻"), phrase.left.start)
        ):
            return self._refuse("project.built", start, end, "where it happens")
        if head.klass == "work":
            if not located(self.text, start, head.start):
                return self._refuse("project.works", start, end, "nowhere")
            return "project.works"
        if not strong and not proper(self.text, start, head.start) and residue(self.folded[start : head.start]) < 4 and not self._funded(i):
            return self._refuse("project.built", start, end, "no proper name")
        return "project.built"

    def _funded(self, i: int) -> bool:
        """Say whether money stands before the verb: 筹资580万元建设某厂."""
        return any(p.right.klass == "number" or p.left.klass == "number" for p in self.phrases[max(0, i - 2) : i])

    def _taken_up(self, start: int, end: int) -> bool:
        """Say whether the next sentence goes on about it as a project: «…产业园最为引人注目。该项目由…», «这个安置点总投资…»."""
        after = self.text.sentence_at(start)[1]
        match = _TAKEN_UP.match(self.folded, after)
        word = (match.group(1) or match.group(2)) if match else ""
        return word in ("项目", "工程") or (bool(word) and self.folded.endswith(word, start, end))

    def _of_a_place(self, start: int, head: int) -> bool:
        """Say whether a modifier is a place and generic words only: 余姚市交通工程, 东莞市重大项目, 上海项目."""
        for mention in self.text.within("place", start, head):
            if mention.start == start:
                return generic(self.folded[mention.end : head])
        return False

    def _apposed(self, i: int) -> bool:
        """Say whether a dash brings the proper name: 世界最大跨径斜拉桥——常泰长江大桥."""
        if self.folded[self.phrases[i].right.start : self.phrases[i].right.start + 1] != "—":
            return False
        follow = next((p for p in self.phrases[i + 1 : i + 3] if p.items), None)
        return follow is not None and follow.left.end - self.phrases[i].right.start <= 4 and bool(follow.items[0].heads)

    def _definite(self, i: int, heads: list[Head]) -> bool:
        """Say whether figures make a plain description a definite one: 投资12亿元的智能装备产业基地, 堤防加固工程全长17公里."""
        phrase = self.phrases[i]
        if heads[-1].klass == "ext" and "期" in heads[-1].term and phrase.left.klass == "build" and phrase.right.klass in _AFTER:
            return True
        if phrase.left.klass == "de" and phrase.right.klass != "count":
            return not _THRESHOLD.search(self.folded, max(0, phrase.left.start - 14), phrase.left.start) and any(p.left.klass in ("attr", "build", "make") and p.right.klass == "number" for p in self.phrases[max(0, i - 3) : i]) and any(
                p.right.klass == "number" or p.left.klass == "number" for p in self.phrases[max(0, i - 2) : i]
            )
        built = [h for h in heads if h.klass not in ("ext", "item")]
        if not built or heads[-1].klass != "item":
            return False
        subject = built[0].klass in ("civic", "park") and built[0].start > phrase.items[0].start - 1 and phrase.left.klass in _OPENING
        return phrase.right.klass == "attr" or (subject and len(phrase.items) == 1 and self.after(i) in ("pred", "build", "soft"))

    def _at_work(self, offset: int) -> bool:
        """Say whether the sentence speaks of building: a visit to a site, not to a sight."""
        return bool(_BUILDING.search(self.folded, *self.text.sentence_at(offset)))

    def _described(self, i: int) -> bool:
        """«总投资5亿元的…», «今年开工的…»: the phrase is qualified by an attribute."""
        if self.phrases[i].left.klass != "de" or i == 0 or _THRESHOLD.search(self.folded, max(0, self.phrases[i].left.start - 14), self.phrases[i].left.start):
            return False
        return any(p.left.klass in ("attr", "build", "pred") for p in self.phrases[max(0, i - 2) : i])

    def _refuse(self, rule: str, start: int, end: int, why: str) -> None:
        self.text.refuse(rule, start, end, why)

    # -- shared heads -----------------------------------------------------------------------------------------------------------

    def _share(self, groups: list[Item], found: list[Name]) -> list[Name]:
        """Give the last item's head to the bare institutions before it: 川北医学院、西华师范大学新校区 → 川北医学院新校区."""
        last = groups[-1]
        if len(groups) < 2 or len(last.heads) < 2 or not found or found[-1].start < last.start:
            return found
        pair = next(((a, b) for a, b in zip(last.heads, last.heads[1:], strict=False) if a.klass == "civic" and a.end == b.start and b.klass in ("civic", "work", "ext")), None)
        if pair is None:
            return found
        tail = self.text.string[pair[1].start : found[-1].end]
        for name in found[:-1]:
            group = next(g for g in groups if g.start <= name.start < g.end)
            if group.heads and group.heads[-1].end == name.end and group.heads[-1].klass == "civic" and len(group.heads) == 1:
                name.text, name.rule = name.text + tail, "project.shared"
        return found


def _balanced(string: str) -> bool:
    """Say whether quotation marks and brackets close."""
    return all(string.count(a) == string.count(b) for a, b in ("“”", "()", "‘’", "《》"))


def head_item(heads: list[Head]) -> bool:
    """Say whether the last head says 项目 or 工程."""
    return bool(heads) and heads[-1].klass == "item"


def _join(items: list[Item]) -> Item:
    """Return the items as one, separators included."""
    return Item(items[0].start, items[-1].end, [h for item in items for h in item.heads], items[0].sep)
