"""The grammar of Chinese names: where a name that begins here ends, and how sure that is.

A surname (one or two characters) and one or two given characters. What decides is what follows (王波|表示, 李明|强调), how often the
characters stand in names, and whether a dictionary word lies across the border (王波表|示 cuts 表示). Minority names with «·», names
printed with spaces (罗 淮 蓉) and transliterated foreign names have their own readings.

Main function: `read`; `Reading.score` is compared with the floor that the caller's context deserves.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from ljnews.lexicon import load

_HAN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff]")
_SPACED = re.compile(r"([\u4e00-\u9fff]{1,2}) {1,4}([\u4e00-\u9fff])(?: {1,4}([\u4e00-\u9fff]))?")
_WINDOW = 10
_LONGEST_FOLLOWER = 6
_LONGEST_WORD = 5

# Weights of the reading, set by hand on the corpus of this project; see docs of `read`.
_STRONG, _USUAL, _UNKNOWN = 1.0, 0.4, -0.8
_SURNAME = {"a": 1.0, "b": 0.2, "c": -0.5, "compound": 1.2}
_BORDER, _FOLLOWED, _FOLLOWED_ONE, _UNFOLLOWED = 2.5, 2.2, 1.2, -1.2
_WORD_ACROSS, _WORD_STARTS = -2.5, 0.6
_TWO_GIVEN = 0.9
_WHOLE_WORD, _STARTS_AS_WORD = -3.5, -1.8


class Reading(NamedTuple):
    """A name read from a text: its end and how sure the reading is."""

    end: int
    score: float


@cache
def surname_classes() -> dict[str, str]:
    """Return the class of every surname."""
    return {e.term: e.klass for e in load("surnames").entries.values()}


@cache
def given_classes() -> dict[str, str]:
    """Return the class of every character known in given names."""
    return {e.term: e.klass for e in load("given_characters").entries.values()}


@cache
def followers() -> dict[str, str]:
    """Return what may follow a name, with its class."""
    return {e.term: e.klass for e in load("name_followers").entries.values()}


@cache
def not_names() -> frozenset[str]:
    """Return words that begin like a name."""
    return frozenset(load("not_names").entries)


def follower(folded: str, at: int) -> str:
    """Return the longest word at an offset that may follow a name, an empty string where there is none."""
    table = followers()
    for width in range(_LONGEST_FOLLOWER, 0, -1):
        if folded[at : at + width] in table and at + width <= len(folded):
            return folded[at : at + width]
    return ""


def _word_ends(window: str) -> set[int]:
    """Return where the dictionary's words end in a window; its names are not used (no HMM)."""
    import rjieba

    ends, at = set(), 0
    for word in rjieba.cut(window, False):
        at += len(word)
        ends.add(at)
    return ends


def word_at(folded: str, start: int) -> str:
    """Return the longest word of `not_names` that begins here."""
    words = not_names()
    for width in range(_LONGEST_WORD, 1, -1):
        if folded[start : start + width] in words:
            return folded[start : start + width]
    return ""


def surname_length(folded: str, start: int) -> int:
    """Return the length of the surname that begins here, 0 where none does."""
    table = surname_classes()
    if table.get(folded[start : start + 2]) == "compound":
        return 2
    return 1 if folded[start : start + 1] in table else 0


def read(folded: str, start: int, *, stop: int | None = None) -> Reading | None:
    """Return the best reading of a name that begins at an offset, None where no name can.

    `stop` is an offset the name must not pass (where an organisation or a title begins).

    >>> read("王波表示,顺庆片区", 0).end, read("刘志强调研时说", 0).end
    (2, 3)
    """
    stop = len(folded) if stop is None else stop
    length = surname_length(folded, start)
    if not length:
        return None
    lengths = [(length, g) for g in (2, 1)]
    if length == 2:
        lengths += [(1, g) for g in (2, 1) if folded[start] in surname_classes()]
    window = folded[start : start + _WINDOW]
    ends: set[int] | None = None
    word = word_at(folded, start)
    best: Reading | None = None
    for surname, given in lengths:
        end = start + surname + given
        if end > stop:
            continue
        score = _given_score(folded, start + surname, end)
        if score is None:
            continue
        if ends is None:
            ends = _word_ends(window)
        score += _SURNAME[surname_classes()[folded[start : start + surname]]]
        score += _right_score(folded, end, stop) + (_TWO_GIVEN if given == 2 else 0)
        score += _word_score(word, end - start, ends)
        if best is None or score > best.score:
            best = Reading(end, score)
    return best


def _given_score(folded: str, start: int, end: int) -> float | None:
    """Weigh the given characters; None where one never stands in a name."""
    table, score = given_classes(), 0.0
    for at in range(start, end):
        klass = table.get(folded[at])
        if klass is None and not _HAN.match(folded[at]):
            return None
        if klass == "never" or (klass == "inner" and (at == end - 1)):
            return None
        score += _STRONG if klass in ("strong", "inner") else _USUAL if klass == "usual" else _UNKNOWN
    return score / (end - start) * 1.5


def _right_score(folded: str, end: int, stop: int) -> float:
    """Weigh what follows the name."""
    if end >= stop or end >= len(folded) or not _HAN.match(folded[end]):
        return _BORDER
    found = follower(folded, end)
    if len(found) > 1:
        return _FOLLOWED
    return _FOLLOWED_ONE if found else _UNFOLLOWED


def _word_score(word: str, length: int, ends: set[int]) -> float:
    """Weigh dictionary words: one across the end speaks against the reading, one that is the reading too."""
    score = _WORD_STARTS if length in ends else _WORD_ACROSS
    if word:
        score += _WHOLE_WORD if len(word) >= length else _STARTS_AS_WORD
    return score


def read_spaced(folded: str, start: int) -> int:
    """Return the end of a name printed with spaces (罗 淮 蓉, 贾 彤), 0 where there is none."""
    match = _SPACED.match(folded, start)
    if not match:
        return 0
    first, second, third = match.groups()
    table, given = surname_classes(), given_classes()
    if first not in table or (len(first) == 2 and table[first] != "compound"):
        return 0
    if given.get(second) in ("never", None):
        return 0
    if third and given.get(third) in ("strong", "usual", "inner"):
        return match.end()
    end = match.end(2)
    after = folded[end : end + 1]
    if after and _HAN.match(after) and not follower(folded, end) and given.get(after) in ("strong", "usual"):
        return end + 1
    return end


_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,7}(?:[·•‧・][\u4e00-\u9fff]{1,8})+")
_DOT_TAIL = re.compile(r"[·•‧・][^·•‧・]*$")


def read_dotted(folded: str, start: int) -> int:
    """Return the end of a name with a middle dot (吉尔拉·衣沙木丁), 0 where there is none."""
    match = _DOTTED.match(folded, start)
    if not match:
        return 0
    tail = match.start() + _DOT_TAIL.search(match.group()).start() + 1  # type: ignore[union-attr]
    for end in range(tail + 1, match.end()):
        if len(follower(folded, end)) > 1 and end - tail >= 1:
            return end
        if end - tail >= 2 and folded[end] in "说称在等和与对向率到任为":
            return end
    return match.end()


_FOREIGN = re.compile(
    r"[阿埃艾爱安奥巴拜班邦保贝本比毕彼别波伯勃博布查达戴丹德狄迪蒂丁杜多恩法凡菲费芬弗福盖冈戈格古瓜圭哈海汉豪赫亨胡华怀惠霍基吉加贾简杰金卡凯坎康考科克肯"
    r"库夸奎拉莱赖兰朗劳勒雷里理利莉丽连廉列林琳龙卢鲁路伦罗洛马玛迈麦曼芒毛梅门蒙米密敏明莫默姆穆那纳娜内尼涅宁纽努诺帕潘庞培佩彭皮平珀泼普齐奇契乔切琴丘"
    r"让热日荣茹瑞若萨塞赛桑森沙莎山尚舍申什圣施史舒斯司丝松苏索塔泰坦汤唐特滕提田廷通图托脱瓦万旺威韦维魏文翁沃乌武伍西希夏肖谢辛休雪逊雅亚延扬耶叶伊易因英"
    r"尤于约宰泽扎詹珍镇朱兹佐祖默茨迟齐扬纽讷娅霞蕾妮黛珊琼茨埃萝蒂芙薇]{2,9}(?:[-·•‧・][\u4e00-\u9fff]{1,8}?(?=[-·•‧・]|[^\u4e00-\u9fff]|说|称|在|表|出|发|会|同|和|对|指|强|宣|当|接|访|抵|将|与|提|主|参))*"
)


def read_foreign(folded: str, start: int) -> int:
    """Return the end of a transliterated name (内坦尼亚胡, 迪亚斯-卡内尔), 0 where there is none."""
    match = _FOREIGN.match(folded, start)
    if not match:
        return 0
    for end in range(start + 2, match.end()):
        if len(follower(folded, end)) > 1:
            return end
    return match.end()


def plain(name: str) -> str:
    """Return a name without its spaces."""
    return re.sub(r"\s+", "", name)


def is_han(char: str) -> bool:
    """Say whether a character is a Chinese one."""
    return bool(_HAN.match(char))


def automaton(terms: list[str]) -> Any:
    """Return a leftmost-longest automaton over terms."""
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(terms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
