"""Cut a text into phrases: runs of nominal items between the words at which a project's name begins or ends.

One pass over the hits of one automaton (head words, edge words, punctuation) merged with the quantities and dates found before.

    加快推进｜南充凯普松高新电子产业园、溢辉电子厂区建设｜等｜71个｜在建项目
    edge     item                     item             edge edge  item

A phrase keeps the edge on either side: what governs it (加快推进) and what follows it (等).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from ljnews.lexicon.loader import load
from ljnews.text.mention import Mention
from ljnews.text.text import Text

_PUNCTUATION = {
    ",": "comma", ";": "stop", ":": "colon", "。": "stop", "!": "stop", "?": "stop", "\n": "stop", "—": "stop", "…": "stop",
    "■": "stop", "●": "stop", "★": "stop", "丨": "stop", "|": "stop", " ": "space", "\t": "space",
    "、": "sep", "和": "sep", "及": "sep", "与": "sep", "暨": "sep", "以及": "sep",
    "“": "quote", "”": "quote", "‘": "quote", "’": "quote", '"': "quote", "「": "quote", "」": "quote", "『": "quote", "』": "quote",
    "《": "book", "(": "paren", ")": "stop", "【": "stop", "】": "stop", "[": "stop", "]": "stop", "〔": "stop", "〕": "stop",
}  # fmt: skip
_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"'}
_BREAKS = frozenset(",;:。!?\n")
HEADS = frozenset(("item", "park", "plant", "civic", "housing", "road", "water", "port", "work", "ext"))
_QUOTED, _BRACKETED, _BOOK = 26, 12, 60  # longest quotation, bracket and book title that still belong to a name
_OUTPUT = (
    "年产", "日产", "月产", "年处理", "日处理", "年加工", "年出栏", "年存栏", "年屠宰", "年生产", "年发电", "装机", "总装机", "年供气", "日供水", "年吞吐",
    "年交易", "年繁育", "年养殖", "年回收", "年综合利用", "年拆解",
)  # fmt: skip
_INSIDE = frozenset(("mass", "power", "energy", "volume", "other"))


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


@dataclass(slots=True)
class Phrase:
    """Items between two edges."""

    left: Edge
    right: Edge
    items: list[Item] = field(default_factory=list)


@cache
def _automaton() -> tuple[Any, list[str], list[str]]:
    """The automaton over heads, edges and punctuation, with each pattern's term and class."""
    import ahocorasick_rs

    terms: dict[str, str] = dict(_PUNCTUATION)
    for name in ("edges", "heads"):
        for entry in load(f"facts/project/lexicon/{name}").entries.values():
            terms[entry.term] = entry.klass
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick(list(terms), matchkind=kind), list(terms), list(terms.values())


def _number_inside(mention: Mention, folded: str) -> bool:
    """Say whether a quantity belongs to a name: 年产10万吨锂电池材料项目, 110千伏输变电工程; not 26个在建项目, 10亿元."""
    kind, start = mention.value.kind, mention.value.number_start
    if kind in ("money", "percent", "percentage_point", "ratio", "duration"):
        return False
    if folded.startswith(_OUTPUT, max(0, start - 5), start) or folded.endswith(_OUTPUT, max(0, start - 5), start):
        return True
    after = folded[mention.end : mention.end + 1]
    return kind in _INSIDE and "\u4e00" <= after <= "\u9fff" and after not in "的以左上之和与及等至到"


def _numbers(text: Text) -> list[Edge]:
    """Return the quantities and dates that end a name, as edges in text order."""
    folded = text.folded
    found = [
        Edge("count" if m.value.kind == "count" else "number", m.start, m.end)
        for m in text.of("quantity")
        if not _number_inside(m, folded)
    ]
    found += [Edge("time", m.start, m.end) for m in text.of("date")]
    found.sort(key=lambda e: e.start)
    return found


class _Scanner:
    """The state of the one pass."""

    def __init__(self, text: Text) -> None:
        self.folded = text.folded
        self.bounds = text.word_bounds
        self.phrases: list[Phrase] = []
        self.phrase = Phrase(Edge("stop", 0, 0), Edge("stop", 0, 0))
        self.heads: list[Head] = []
        self.start = 0  # of the current item
        self.sep = ""
        self.protected = 0  # up to here edges do not count: inside a short quotation or bracket

    def close_item(self, end: int) -> None:
        """End the current item, if it holds anything."""
        if end > self.start:
            self.phrase.items.append(Item(self.start, end, self.heads, self.sep))
            self.heads = []
        elif self.heads:
            self.heads = []

    def edge(self, klass: str, start: int, end: int) -> None:
        """End the current phrase and begin the next one."""
        self.close_item(start)
        edge = Edge(klass, start, end)
        self.phrase.right = edge
        self.phrases.append(self.phrase)
        self.phrase = Phrase(edge, edge)
        self.start, self.sep = end, ""

    def separate(self, start: int, end: int) -> None:
        """End the current item inside the phrase."""
        self.close_item(start)
        self.start, self.sep = end, self.folded[start:end]

    def enclosed(self, start: int, mark: str) -> int:
        """Return where a quotation, bracket or title ends when it is short and whole, else 0."""
        if mark == "(":
            limit, closing = _BRACKETED, ")"
        elif mark == "《":
            limit, closing = _BOOK, "》"
        else:
            limit, closing = _QUOTED, _CLOSING.get(mark, "")
        end = self.folded.find(closing, start + 1, start + limit) if closing else -1
        if end < 0 or (mark != "《" and not _BREAKS.isdisjoint(self.folded[start:end])):
            return 0
        return end + 1

    def aligned(self, start: int, end: int) -> bool:
        """Say whether an edge word stands as a word: one character needs both bounds, more need one."""
        if end - start == 1:
            return start in self.bounds and end in self.bounds
        return start in self.bounds or end in self.bounds

    def mark(self, klass: str, start: int, end: int) -> None:
        """Handle quotation marks, brackets, titles and spaces."""
        char = self.folded[start]
        if klass == "space":
            near = self.folded[max(0, start - 1) : start] + self.folded[end : end + 1]
            if not (near.isascii() and near.isalnum() and len(near) == 2):
                self.edge("space", start, end)
            return
        close = self.enclosed(start, char)
        if klass == "paren" and not close:
            close = self.folded.find(")", start, start + 60) + 1
            if close and self.folded[close : close + 1] in _LISTING and "\n" not in self.folded[start:close]:
                self.close_item(start)  # a remark inside a list: 烈士纪念园(…陈列室)、甲产业园
                self.start = self.protected = close
            else:
                self.edge("book" if close else "stop", start, close or end)
                self.protected = close
            return
        if klass == "book" or (klass == "paren" and " " in self.folded[start:close]):
            self.edge("book", start, close or end)
            self.protected = close
        elif close:
            self.protected = close
        else:
            self.edge("quote", start, end)


_MARKS = frozenset(("quote", "book", "paren", "space"))
_LISTING = frozenset("、等和及与以")  # 甲管网建设、乙仓储用房建设等项目: 建设 ends an item of a list, not the list
_SOLID = frozenset(("comma", "stop", "colon", "de"))


def phrases(text: Text) -> list[Phrase]:
    """Return the text's phrases in order; every one keeps the edges on both sides."""
    automaton, terms, klasses = _automaton()
    scan = _Scanner(text)
    numbers = iter([*_numbers(text), Edge("", 1 << 60, 1 << 60)])
    number, cursor = next(numbers), 0
    for index, start, end in automaton.find_matches_as_indexes(scan.folded):
        solid = klasses[index] in HEADS and start <= number.start  # 九年制学校
        while number.start < end:
            if number.start >= max(cursor, scan.protected) and not (solid and number.end <= end):
                scan.edge(*number)
                cursor = number.end
            number = next(numbers)
        klass = klasses[index]
        if start < cursor or klass == "keep" or klass == "not":
            continue
        if klass in HEADS:
            scan.heads.append(Head(start, end, klass, terms[index]))
        elif start < scan.protected:
            continue
        elif klass in _MARKS:
            scan.mark(klass, start, end)
            if klass in ("book", "paren") and scan.start >= scan.protected:
                cursor = max(cursor, scan.protected)
        elif klass in _SOLID:
            scan.edge(klass, start, end)
        elif klass == "sep":
            if terms[index] == "、" or scan.aligned(start, end):
                scan.separate(start, end)
        elif scan.aligned(start, end) and not (
            terms[index] == "建设" and start > scan.start and scan.folded[end : end + 1] in _LISTING
        ):
            scan.edge(klass, start, end)
    scan.edge("stop", len(scan.folded), len(scan.folded))
    return scan.phrases
