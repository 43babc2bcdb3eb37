"""Cut a text into phrases: runs of nominal items between the words at which a project's name begins or ends.

One pass over the hits of one automaton (head words, edge words, punctuation) merged with the quantities and dates found before.

    加快推进｜南充凯普松高新电子产业园、溢辉电子厂区建设｜等｜71个｜在建项目
    edge     item                     item             edge edge  item

A phrase keeps the edge on either side: what governs it (加快推进) and what follows it (等).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from ljnews.facts.project import quantities
from ljnews.facts.project.tied import NUMERALS, numbers_tied, tied
from ljnews.lexicon.loader import load
from ljnews.text.text import Text

_PUNCTUATION = {
    ",": "comma", ";": "stop", ":": "colon", "。": "stop", "!": "stop", "?": "stop", "\n": "stop", "—": "stop", "…": "stop",
    "■": "stop", "●": "stop", "★": "stop", "丨": "stop", "|": "stop", " ": "space", "\t": "space",
    "▲": "stop", "△": "stop", "▼": "stop", "◆": "stop", "◇": "stop", "□": "stop", "◎": "stop", "※": "stop", "►": "stop", "▶": "stop",
    "、": "sep", "和": "sep", "及": "sep", "与": "sep", "暨": "sep", "以及": "sep",
    "“": "quote", "”": "quote", "‘": "quote", "’": "quote", '"': "quote", "「": "quote", "」": "quote", "『": "quote", "』": "quote",
    "《": "book", "(": "paren", ")": "stop", "【": "stop", "】": "stop", "[": "stop", "]": "stop", "〔": "stop", "〕": "stop",
}  # fmt: skip
_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"'}
_BREAKS = frozenset(",;:。!?\n")
HEADS = frozenset(("item", "park", "plant", "civic", "housing", "road", "water", "port", "work", "ext"))
# longest quotation, bracket, bracket of a code (JD-02-C02地块) and book title that still belong to a name
_QUOTED, _BRACKETED, _CODED, _BOOK = 26, 12, 24, 60
_LISTING = frozenset("、等和及与以")
_ACHIEVED = frozenset(("build", "make", "visit"))  # 修建|了 is one verb
_AFTER_PLACE = frozenset("的有是正将已就也都为共仍进建打召举看听到来投开新")  # behind 项目中, 园区内; not 黔中物流中心
_MANY = frozenset("一多几0123456789")
_MIDDLE = ("医", "学", "心", "小", "国", "铁", "建")
_SECTION_OF = re.compile(r"的[\u4e00-\u9fff]{2,10}?(?:工程|项目)")  # 某桥至某厂段|的河道整治工程
_STRETCH_OF = re.compile(r"\([^()、。;\n]{2,10}[-—~至][^()、。;\n]{2,10}\)(?:项目|工程|建设)")  # 滨海公园(某桥-某岛公园)项目


_DONE_BY = frozenset(("并网发电", "协同", "完善", "修建", "开发建设", "并网", "联动", "互联互通"))
_RANGE = re.compile(r"[至到](?![少今多此于])|[—-]")
_BRACKET_OF = re.compile(r"\([^()、。;\n]{1,10}\)(?:项目|工程)")


class Head(NamedTuple):
    """A head word inside an item."""

    start: int
    end: int
    klass: str
    term: str


class Edge(NamedTuple):
    """What stands before or after a phrase."""

    klass: str
    start: int
    end: int


@dataclass(slots=True)
class Item:
    """A nominal run without edges; `sep` is the separator before it."""

    start: int
    end: int
    heads: list[Head]
    sep: str = ""


class Phrase:
    """What stands between two edges: its items. A phrase without heads and separators makes its one item only when asked."""

    __slots__ = ("_items", "left", "plain", "right")

    def __init__(self, left: Edge, right: Edge, items: list[Item] | None) -> None:
        self.left = left
        self.right = right
        self._items = items
        self.plain = items is None  # no heads and no separators inside

    @property
    def items(self) -> list[Item]:
        """The items, none where the edges touch."""
        if self._items is None:
            start, end = self.left[2], self.right[1]
            return [Item(start, end, [])] if end > start else []
        return self._items


# What the scanner does at a hit, by the hit's class.
# From _EDGE on: words that are nothing where they do not stand as words.
_SKIP, _HEAD, _MARK, _SOLID, _COMMA, _SEPARATOR, _PLACE, _OF, _BREAK, _ETC, _EDGE, _NOMINAL, _THIS, _CHIEF = range(14)
_ACTIONS = {
    "keep": _SKIP,
    "not": _SKIP,
    "sep": _SEPARATOR,
    "loc": _PLACE,
    "this": _THIS,
    "etc": _ETC,
    "build": _NOMINAL,
    "pred": _NOMINAL,
    "soft": _NOMINAL,
}
_ACTIONS |= (
    dict.fromkeys(HEADS, _HEAD)
    | dict.fromkeys(("quote", "book", "paren", "space"), _MARK)
    | dict.fromkeys(("comma", "stop", "colon", "de"), _SOLID)
)


@cache
def _automaton() -> tuple[Any, list[tuple[int, str, str]], bytes]:
    """The automaton over heads, edges and punctuation, and what each pattern is: (action, class, term), 1 for a head, 2 for a break."""
    import ahocorasick_rs

    terms: dict[str, str] = dict(_PUNCTUATION)
    for name in ("edges", "heads"):
        for entry in load(f"facts/project/lexicon/{name}").entries.values():
            terms[entry.term] = entry.klass
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    rows = [(_ACTIONS.get(klass, _EDGE), klass, term) for term, klass in terms.items()]
    rows.append((_BREAK, "stop", "\n"))  # the end of the text
    special = (
        {"、": _COMMA}
        | dict.fromkeys(("区长", "县长", "市长", "镇长", "乡长"), _CHIEF)
        | dict.fromkeys(_BREAKS, _BREAK)
        | {t: _OF for _, k, t in rows if k == "keep" and t.endswith("的")}
    )
    rows = [(special.get(t, a), k, t) for a, k, t in rows]
    flags = bytes(1 if action == _HEAD or klass == "etc" else 2 if action == _BREAK else 0 for action, klass, _ in rows)
    return ahocorasick_rs.AhoCorasick(list(terms), matchkind=kind), rows, flags


class _Scanner:
    """The state of the one pass."""

    def __init__(self, text: Text) -> None:
        self.folded = text.folded
        self.bounds = text.word_bounds
        self.tied = tied(text)
        self.phrases: list[Phrase] = []
        self.left = Edge("stop", 0, 0)
        self.items: list[Item] = []
        self.heads: list[Head] = []
        self.start = 0  # of the current item
        self.sep = ""
        self.protected = 0  # up to here edges do not count: inside a short quotation or bracket

    def close_item(self, end: int) -> None:
        """End the current item, if it holds anything."""
        if end > self.start:
            self.items.append(Item(self.start, end, self.heads, self.sep))
        self.heads = []

    def edge(self, klass: str, start: int, end: int) -> None:
        """End the current phrase and begin the next one."""
        edge: Edge = tuple.__new__(Edge, (klass, start, end))
        if self.heads or self.sep or self.items:
            self.close_item(start)
            self.phrases.append(Phrase(self.left, edge, self.items))
            self.items, self.sep = [], ""
        else:
            self.phrases.append(Phrase(self.left, edge, None))
        self.left, self.start = edge, end

    def enter(self, klass: str, start: int, end: int) -> None:
        """Begin a clause behind the mark that ends the one before it."""
        if start > self.left[1]:
            self.left, self.start = Edge(klass, start, end), end

    def solid(self, klass: str, start: int, end: int) -> None:
        """End the phrase at a mark, or at a 的 that ties no works to a stretch of road."""
        if not (klass == "de" and self.of_section(start)):
            self.edge(klass, start, end)

    def within(self, at: int) -> bool:
        """Say whether a 、 stands inside a name, behind one character or between numbers."""
        before = self.folded[at - 1]
        if before in NUMERALS or before == "中":
            return numbers_tied(self.folded, at)
        return at - self.start == 1 and "\u4e00" <= before <= "\u9fff" and self.left[0] in ("stop", "comma")

    def of_section(self, start: int) -> bool:
        """Say whether a 的 ties a stretch of road or river to the works on it: 某桥至某厂段|的河道整治工程."""
        head = self.heads[-1] if self.heads else None
        return head is not None and head[1] == start and head[3] == "段" and _SECTION_OF.match(self.folded, start) is not None

    def word(self, action: int, klass: str, term: str, start: int, end: int) -> None:
        """Handle a separator or an edge word: one character needs both word bounds, more need one; 甲、乙等|一批项目 is cut wrong."""
        if term == "暨" and self.folded[start - 1] != "诸" and self.folded[end : end + 1] not in ("南", "阳"):
            self.separate(start, end)  # 集中开工暨|安和大桥; not 诸暨, 暨南
            return
        behind = self.heads and self.heads[-1][1] == start
        if behind and action == _SEPARATOR:
            self.separate(start, end)  # behind a head word 和 needs no word bounds
            return
        if behind and action == _PLACE and term in "中里内" and self.heads[-1][2] == "item":
            self.edge("among", start, end)  # 62个续建项目中某高速公路
            return
        bounds = self.bounds
        if term[-1] == "中" and len(term) > 2 and self.folded[end : end + 1] in _MIDDLE and end not in bounds:
            klass, end = "build", end - 1  # 抓紧推进|中医院迁建
        if not (start in bounds and end in bounds if end - start == 1 else start in bounds or end in bounds):
            if not (action == _ETC and self.items and (end in bounds or self.folded[end : end + 1] in _MANY)):
                return
            self.edge(klass, start, end)
        elif (end - start == 1 and klass in ("func", "soft") and self._of_name(start, end)) or self._before_head(term, start, end):
            return
        elif action == _SEPARATOR:
            if start - self.start != 1:  # 安和大桥: one character before 和 is no item
                self.separate(start, end)
        elif term == "了" and self.left[2] == start and self.left[0] in _ACHIEVED and self.folded[start - 2 : start] != "完成":
            self.lengthen(end)
        elif action in (_EDGE, _ETC) or not self.nominal(action, start, end):
            self.edge(klass, start, end)

    def _of_name(self, start: int, end: int) -> bool:
        """Say whether an adverb's character is one of a name: 甲、都富村餐饮项目, 甲、正陡路拓宽, 信都至云州高速公路."""
        if start == self.start and self.sep == "、":
            return self.folded[end : end + 1] not in "在有是以把对"
        return start == self.start + 1 and _RANGE.match(self.folded, end) is not None

    def _before_head(self, term: str, start: int, end: int) -> bool:
        """Say whether a verb is what a named project does: 玉门油田300兆瓦光伏|并网发电|项目, 某小学消防设施|完善|工程."""
        return term in _DONE_BY and start - self.start >= 4 and self.folded.startswith(("项目", "工程"), end)

    def lengthen(self, end: int) -> None:
        """Take a 了 into the verb before it: 修建了|望江路."""
        edge = tuple.__new__(Edge, (self.left[0], self.left[1], end))
        if self.phrases and self.phrases[-1].right is self.left:
            self.phrases[-1].right = edge
        self.left, self.start = edge, end

    def separate(self, start: int, end: int) -> None:
        """End the current item inside the phrase; not inside a name: 茶、酒文化中心, 1、2号码头, 第四、第五幼儿园."""
        if self.folded[start] == "、" and self.within(start):
            return
        self.close_item(start)
        self.start, self.sep = end, self.folded[start:end]

    def enclosed(self, start: int, mark: str) -> int:
        """Return where a quotation, bracket or title ends when it is short and whole, else 0."""
        if mark == "(":
            coded = self.folded[start + 1 : start + 2]
            limit, closing = _CODED if coded.isascii() and coded.isalpha() else _BRACKETED, ")"
            limit = _CODED if _STRETCH_OF.match(self.folded, start) else limit
        elif mark == "《":
            limit, closing = _BOOK, "》"
        else:
            limit, closing = _QUOTED, _CLOSING.get(mark, "")
        end = self.folded.find(closing, start + 1, start + limit) if closing else -1
        if end < 0 or (mark != "《" and not _BREAKS.isdisjoint(self.folded[start:end])):
            return 0
        return end + 1

    def nominal(self, action: int, start: int, end: int) -> bool:
        """Say whether an edge word is part of a name where it stands: 甲管网建设、乙大道征迁等项目 end items; 人本, 黔中 hold 本 and 中."""
        if action == _PLACE:
            if numbers_tied(self.folded, end):
                return True  # 家园中、小学项目
            return start == self.start or ("\u4e00" <= self.folded[end : end + 1] <= "\u9fff" and self.folded[end] not in _AFTER_PLACE)
        if action == _THIS:
            return start > self.start and self.folded[start:end] == "本"
        if action == _CHIEF:  # 云州区|长湖湾公园
            return start > self.start and start not in self.bounds
        return action == _NOMINAL and start > self.start and self.folded[end : end + 1] in _LISTING

    def mark(self, klass: str, start: int, end: int) -> None:
        """Handle quotation marks, brackets, titles and spaces."""
        char = self.folded[start]
        if klass == "space":
            near = self.folded[max(0, start - 1) : start] + self.folded[end : end + 1]
            if near[-1:] == "(" and start > self.start and self.enclosed(end, "(") and _BRACKET_OF.match(self.folded, end):
                return  # 市政基础设施建设 (PPP)项目
            if not (near.isascii() and near.isalnum() and len(near) == 2) and not self._wraps(start, end):
                self.edge("space", start, end)
            return
        close = self.enclosed(start, char)
        if klass == "paren" and not close:
            self.remark(start, end)
        elif klass == "book" and close and close - start <= 12 and self.titled(close):
            self.protected = close
        elif klass == "book" or (klass == "paren" and " " in self.folded[start:close]):
            self.edge("book", start, close or end)
            self.protected = close
        elif close:
            self.protected = close
        else:
            self.edge("quote", start, end)

    def _wraps(self, start: int, end: int) -> bool:
        """Say whether a space inside a sentence is the trace of a wrapped line: 云州县多元素金精矿 综合回收利用项目."""
        if start - self.start < 6 or end - start > 1 or self.left[0] == "space" or (self.heads and self.heads[-1][1] == start):
            return False
        if not ("\u4e00" <= self.folded[start - 1] <= "\u9fff" and "\u4e00" <= self.folded[end : end + 1] <= "\u9fff"):
            return False
        if start not in self.bounds or self.folded[start - 1] in "摄讯电者闻":
            return False
        line = self.folded.rfind("\n", 0, start) + 1
        close = self.folded.find("\n", end)
        stop = self.folded.find("。", end, close if close > 0 else len(self.folded))
        return stop > 0 and start - line > 12 and self.folded.find(" ", end, end + 20) < 0

    def titled(self, end: int) -> bool:
        """Say whether a name goes on behind a title: 《只有山海》戏剧幻城项目; not 《规划》的, 《办法》明确."""
        return (
            "\u4e00" <= self.folded[end : end + 1] <= "\u9fff"
            and self.folded[end] not in "的和与及等是为在中以指提明规要出一将把对于从里已被有后前所之同"
        )

    def remark(self, start: int, end: int) -> None:
        """Handle a long bracket: passed over inside a list (烈士纪念园(…陈列室)、甲产业园), an edge elsewhere."""
        close = self.folded.find(")", start, start + 60) + 1
        if close and self.folded[close : close + 1] in _LISTING and "\n" not in self.folded[start:close]:
            self.close_item(start)
            self.start = self.protected = close
        else:
            self.edge("book" if close else "stop", start, close or end)
            self.protected = close


def phrases(text: Text) -> list[Phrase]:
    """Return the phrases of the clauses that hold a head word, in order; every one keeps the edges on both sides.

    Two phrases touch where the right edge of the one is the left edge of the other; clauses without heads are left out.
    """
    automaton, rows, flags = _automaton()
    scan = _Scanner(text)
    numbers = [*(tuple.__new__(Edge, found) for found in quantities.bounds(text)), Edge("", 1 << 60, 1 << 60)]
    hits = automaton.find_matches_as_indexes(scan.folded)
    hits.append((len(rows) - 1, len(scan.folded), len(scan.folded)))  # the end of the text breaks too
    first, number, wanted = 0, 0, False
    for i, (index, _, _) in enumerate(hits):
        flag = flags[index]
        if flag == 1:
            wanted = True
        elif flag:
            if wanted:
                number = _clause(scan, rows, hits, first, i + 1, numbers, number)
                wanted = False
            first = i + 1
    return scan.phrases


def _clause(
    scan: _Scanner, rows: list[tuple[int, str, str]], hits: list[tuple[int, int, int]], first: int, last: int, numbers: list[Edge], at: int
) -> int:
    """Scan the hits of one clause, its closing mark included; return the next number's place in the list."""
    bounds = scan.bounds
    if first:
        scan.enter(rows[hits[first - 1][0]][1], *hits[first - 1][1:])
    cursor = max(scan.left[2], scan.protected if scan.protected <= hits[last - 1][1] else 0)
    while (number := numbers[at])[1] < cursor:
        at += 1
    for index, start, end in hits[first:last]:
        action, klass, term = rows[index]
        if action >= _EDGE and not (start in bounds and end in bounds if end - start == 1 else start in bounds or end in bounds):
            continue
        while number[1] < end:
            covered = action == _HEAD and start <= number[1] and number[2] <= end  # 九年制学校
            if number[1] >= cursor and number[1] >= scan.protected and not covered:
                scan.edge(*number)
                cursor = number[2]
            at += 1
            number = numbers[at]
        if action == _OF and not (start in bounds and end in bounds):
            action, klass, start = _SOLID, "de", end - 1  # 美的 is a firm, 优美的 is not
        if action in (_SKIP, _OF) or start < cursor:
            continue
        if action == _HEAD:
            scan.heads.append(tuple.__new__(Head, (start, end, klass, term)))
        elif start < scan.protected or start in scan.tied:
            continue
        elif action in (_SOLID, _BREAK):
            scan.solid(klass, start, end)
        elif action == _COMMA:
            scan.separate(start, end)
        elif action == _MARK:
            scan.mark(klass, start, end)
            if klass in ("book", "paren") and scan.start >= scan.protected:
                cursor = max(cursor, scan.protected)
        else:
            scan.word(action, klass, term, start, end)
    return at
