"""The words around a quantity, as tagged words with offsets, and the word classes of `lexicon/`.

Words and tags come from rjieba on the few characters beside each quantity: a tag may nominate, the lists decide.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from typing import NamedTuple

from ljnews.lexicon import loader
from ljnews.text.text import Text

# Nouns that the segmenter tags as verbs or numerals.
_NOUNS = frozenset("选手 组别 大项 小项 分项 界别 治沙 防沙 大米 良种 层次 扶贫户 困难户 无人机 合作社 打火机 破碎机 粉碎机 排放".split())
_THINGS = frozenset("车桥厂渠井塔机器品料材房棚仓船灯苗鱼虾牛羊猪鸡菜果茶药粮")  # words tagged as places that are things (捷达车, 特大桥)
_GLUED = {"项目前期": 2, "工程前期": 2}  # words of the segmenter that are two
_AT = frozenset("建谈读岗册校产田库途编研")
_SPLIT = {
    "收": "耕种",
    "购价": "团",
    "贷款额度": "再",
    "贷款": "再",
    "融资": "再",
    "保险": "再",
}  # what it parts of a word, by its second half
_MENDED = frozenset((*_NOUNS, *_GLUED, *_AT, *_SPLIT))


class Word(NamedTuple):
    """One word: its span in the text, its characters, jieba's tag."""

    start: int
    end: int
    text: str
    tag: str


class Phrase(NamedTuple):
    """A measure: its characters, where it starts, and the rule that found it.

    `verb`: it ends in a verb; `place`: a bare name; `others`: what the numbers that follow measure (A和B分别为…).
    """

    text: str
    start: int
    rule: str
    verb: bool = False
    place: bool = False
    others: tuple[str, ...] = ()


class Gap:
    """The words between two quantities: tagged once, as a whole, so that no phrase begins or ends inside a word."""

    __slots__ = ("_starts", "_tokens", "end", "start", "string")

    def __init__(self, string: str, start: int, end: int) -> None:
        self.string, self.start, self.end = string, start, end
        self._tokens: list[Word] | None = None
        self._starts: list[int] = []

    @property
    def tokens(self) -> list[Word]:
        """All words of the gap, tagged when first asked for."""
        if self._tokens is None:
            self._tokens = _tagged(self.string, self.start, self.end)
            self._starts = [t.start for t in self._tokens]
        return self._tokens

    def words(self, start: int, end: int) -> list[Word]:
        """Return the words of a span; one that crosses its edge is cut."""
        tokens = self.tokens
        found = tokens[max(0, bisect_right(self._starts, start) - 1) : bisect_left(self._starts, end)]
        if found and found[0].start < start:
            first = found[0]
            found[0] = Word(start, first.end, self.string[start : first.end], first.tag)
        if found and found[-1].end > end:
            last = found[-1]
            found[-1] = Word(last.start, end, self.string[last.start : end], last.tag)
        return found

    def edge(self, at: int) -> int:
        """Return the first offset from `at` on at which a word starts."""
        tokens = self.tokens
        i = bisect_left(self._starts, at)
        return self._starts[i] if i < len(tokens) else self.end


_word = tuple.__new__  # a Word without the checks of its class, of which there are hundreds
INSIDE = re.compile(r"(?<=[\u4e00-\u9fff])\([\u4e00-\u9fff]{1,2}\)(?=[\u4e00-\u9fff])")


def _tagged(string: str, start: int, end: int) -> list[Word]:
    """Tag a span; 开(竣)工 and 风(光)电 are read as one word, without their brackets."""
    import rjieba

    span = string[start:end]
    holes = [(m.start() + start, m.end() + start) for m in INSIDE.finditer(span)] if "(" in span else []
    if holes:
        span = INSIDE.sub("", span)
    found: list[Word] = []
    at = start
    for text, tag in rjieba.tag(span):
        stop = at + len(text)
        while holes and (at < holes[0][0] < stop or at == holes[0][0]):
            first, last = holes.pop(0)
            at, stop = (at, stop + last - first) if at < first else (last, stop + last - first)
            text = string[at:stop]
        if text not in _MENDED and tag != "ns":
            found.append(_word(Word, (at, stop, text, tag)))
            at = stop
            continue
        if found and text in _SPLIT and found[-1].text == _SPLIT[text]:
            at = found[-1].start
            found[-1] = Word(at, stop, string[at:stop], "n")
            at = stop
            continue
        if text in _GLUED:
            half = at + _GLUED[text]
            found.append(Word(at, half, string[at:half], tag))
            at, text = half, string[half:stop]
        if text in _AT and found and found[-1].text == "在":
            # 在建, 在谈 are attributes; jieba parts some of them.
            found[-1] = Word(at - 1, stop, "在" + text, "b")
        else:
            if text in _NOUNS or (tag == "ns" and text[-1] in _THINGS):
                tag = "n"
            found.append(_word(Word, (at, stop, text, tag)))
        at = stop
    return found


@cache
def classes(name: str) -> dict[str, str]:
    """Return the classes of a word list of this folder."""
    return {e.term: e.klass for e in loader.load(f"facts/amount/lexicon/{name}").entries.values()}


@cache
def _by_edge(name: str, at: int) -> dict[str, list[tuple[int, dict[str, str]]]]:
    """Return a list's terms with their classes by their first (0) or last (-1) character and by their lengths, longest first."""
    found: dict[str, dict[int, dict[str, str]]] = {}
    for term, klass in classes(name).items():
        found.setdefault(term[at], {}).setdefault(len(term), {})[term] = klass
    return {char: sorted(terms.items(), key=lambda pair: -pair[0]) for char, terms in found.items()}


def suffix(string: str, start: int, end: int, name: str, *kinds: str) -> int:
    """Return the length of the longest term of the list that ends at an offset, 0 for none."""
    if end <= start:
        return 0
    for length, terms in _by_edge(name, -1).get(string[end - 1], ()):
        if length <= end - start:
            klass = terms.get(string[end - length : end])
            if klass is not None and (not kinds or klass in kinds):
                return length
    return 0


def prefix(string: str, start: int, end: int, name: str) -> int:
    """Return the length of the longest term of the list that starts at an offset, 0 for none."""
    for length, terms in _by_edge(name, 0).get(string[start], ()) if start < end else ():
        if length <= end - start and string[start : start + length] in terms:
            return length
    return 0


def ends_with(text: str, name: str, *kinds: str) -> bool:
    """Say whether a word ends with a term of the list, a single character only where it is not the whole word."""
    length = suffix(text, 0, len(text), name, *kinds)
    return bool(length) and (length > 1 or len(text) > 1)


@cache
def listed(name: str, klass: str) -> tuple[str, ...]:
    """Return the terms of a class of a word list, longest first."""
    return tuple(sorted((term for term, k in classes(name).items() if k == klass), key=lambda t: (-len(t), t)))


def printed(text: Text, phrase: Phrase) -> Phrase:
    """The phrase in the text's own characters (full-width ones are not folded)."""
    end = phrase.start + len(phrase.text)
    own = text.string[phrase.start : end]
    return phrase if own == phrase.text or text.folded[phrase.start : end] != phrase.text else phrase._replace(text=own)


STOP_TAGS = frozenset(
    ("x", "p", "r", "c", "u", "uj", "ul", "uv", "ud", "ug", "uz", "y", "e", "o", "t", "m", "q", "mq", "tg", "ns", "f", "vg")
)
KEPT = frozenset(
    (
        "以上 以下 本级 单次 人均 户均 日均 年均 月均 亩均 平均 总 净 在建 在谈 拟建 续建 新建 新签 新签约 年 月 日 双向 单向 一次性 "
        "次均 一级 二级 三级 四级 一类 二类 三类 自动 全自动 半自动"
    ).split()
)
# One character that makes a noun of what stands before it, whatever its tag (处理站, 返岗率).
SUFFIXES = frozenset(
    "级类站厂区点线园口桩灯亭牌杆箱柜板盘管室所馆塔池场率量额数值度比面人户车井渠坝桥路街村屋房棚库仓船机器器品件费价款金税油粮菜果茶药班校院系队组群带廊网树林田地山河湖岛港"
)


def adverb(token: Word) -> bool:
    """An adverb by the lists; jieba's tag alone (进度/d) decides for single characters only."""
    return token.tag == "d" and (len(token.text) == 1 or token.text in classes("light") or classes("stops").get(token.text) == "adverb")


def action(token: Word) -> bool:
    """A verb by its tag, or one of the lists: 培训, 发展 and 种植 are often tagged as nouns."""
    return (token.tag == "v" and token.text not in SUFFIXES) or token.text in _deeds()


@cache
def _deeds() -> frozenset[str]:
    return frozenset(listed("stops", "event") + listed("stops", "action"))


def head(token: Word) -> bool:
    """A noun that may end a name."""
    return ends_with(token.text, "subjects") or ends_with(token.text, "metrics") or token.text[-1] in SUFFIXES
