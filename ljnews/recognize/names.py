"""The grammar of Chinese names: where a name that begins here ends, and how sure that is.

A surname (one or two characters) and one or two given characters. What decides is what follows (王波|表示, 李明|强调), how often the
characters stand in names, and whether a dictionary word lies across the border (王波表|示 cuts 表示). Minority names with «·», names
printed with spaces (罗 淮 蓉) and transliterated foreign names have their own readings.

Main function: `read`; `Reading.score` is compared with the floor that the caller's context deserves.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ljnews.lexicon import load
from ljnews.recognize import places

_HAN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff]")
# One or two characters, spaces, one character, and once more where it does not begin the next padded name (岩 温 李 平 are two names).
_SPACED = re.compile(
    r"([\u4e00-\u9fff\u3400-\u4dbf]{1,2}) {1,4}([\u4e00-\u9fff\u3400-\u4dbf])"
    r"(?: {1,4}([\u4e00-\u9fff])(?! {1,4}[\u4e00-\u9fff](?![\u4e00-\u9fff])))?"
)
_SPACE = re.compile(r"\s+")
_NUMERAL = re.compile(r"[〇零一二两三四五六七八九十百千万亿数几半多]")
_WINDOW = 10
_LONGEST_WORD = 5

# Weights of the reading, set by hand on the corpus of this project; see docs of `read`.
_STRONG, _USUAL, _UNKNOWN = 1.0, 0.4, -0.8
_SURNAME = {"a": 1.0, "b": 0.2, "c": -0.5, "d": -1.6, "compound": 1.2}
_BORDER, _FOLLOWED, _FOLLOWED_ONE, _FOLLOWED_WORD, _UNFOLLOWED = 2.5, 2.2, 1.2, 0.8, -1.2
_WORD_ACROSS, _WORD_STARTS = -2.5, 0.6
_TWO_GIVEN = 0.9
_WHOLE_WORD, _STARTS_AS_WORD, _GIVEN_WORD = -3.5, -1.8, -5.0


# What follows a surname in an address (李女士, 张师傅) is no given name.
ADDRESSES = frozenset("先生 小姐 女士 老师 大姐 大哥 大爷 大妈 大娘 大叔 大婶 大伯 阿姨 师傅 老板 奶奶 爷爷 某某 同志 姓 氏 某".split())


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
    return frozenset(load("not_names").entries) | frozenset(load("countries").entries)


@cache
def _widths() -> dict[str, tuple[int, ...]]:
    """Return the lengths of what may follow a name by its first character, the longest first."""
    found: dict[str, set[int]] = {}
    for term in followers():
        found.setdefault(term[0], set()).add(len(term))
    return {first: tuple(sorted(widths, reverse=True)) for first, widths in found.items()}


def follower(folded: str, at: int) -> str:
    """Return the longest word at an offset that may follow a name, an empty string where there is none."""
    table = followers()
    for width in _widths().get(folded[at : at + 1], ()):
        word = folded[at : at + width]
        if word in table:
            return word
    return ""


def _word_ends(window: str) -> list[int]:
    """Return where the dictionary's words end in a window, in order; its names are not used (no HMM)."""
    import rjieba

    ends, at = [], 0
    for word in rjieba.cut(window, False):
        if len(word) == 2 and word[1] in _CLOSERS:
            ends.append(at + 1)
        at += len(word)
        ends.append(at)
    return ends


# 万国明|说, 黄安平|等: the dictionary's 明说, 平等 must not hide where a name ends.
_CLOSERS = frozenset("说称等和向率任在为与")


@lru_cache(maxsize=4096)
def _tag(word: str) -> str:
    """Return the dictionary's tag of one of its words."""
    import rjieba

    tags = rjieba.tag(word)
    return tags[0][1] if len(tags) == 1 else "x"


def tagged_name(window: str, length: int) -> bool:
    """Say whether the segmenter takes the window's first characters for a name. It nominates only."""
    import rjieba

    word, tag = rjieba.tag(window)[0]
    return len(word) == length and tag.startswith("nr")


def is_common_word(word: str) -> bool:
    """Say whether a dictionary word is something else than a name (利益, 日益; not 张伟). The dictionary nominates, it never decides."""
    tag = _tag(word)
    return not (tag.startswith("nr") or (tag == "m" and not _NUMERAL.search(word)))


def is_word(string: str) -> bool:
    """Say whether the dictionary holds a string as one word that is no name."""
    import rjieba

    return len(string) > 1 and len(rjieba.cut(string, False)) == 1 and is_common_word(string)


def is_act(string: str) -> bool:
    """Say whether the dictionary holds a string as a verb, adverb or adjective (安心); a noun may be somebody's given name (海峰, 建国)."""
    return is_word(string) and _tag(string).startswith(("v", "d", "a"))


def holds_words(string: str) -> bool:
    """Say whether a run holds everyday words (日益提高), which a transliterated name does not."""
    import rjieba

    tags = [_tag(word) for word in rjieba.cut(string, False) if len(word) > 1]
    # 旺堆, 木格 stand in the dictionary as nouns: one noun proves nothing, a verb or two nouns do.
    return any(t.startswith(("v", "d", "a")) for t in tags) or sum(t == "n" for t in tags) > 1


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


def read(folded: str, start: int, *, stop: int | None = None, closed: bool = True) -> Reading | None:
    """Return the best reading of a name that begins at an offset, None where no name can.

    `stop` is an offset the name must not pass; `closed` says that it is a border (the title that follows a name: 钟南山|院士) and not
    merely where an organisation begins.

    >>> read("王波表示,顺庆片区", 0).end, read("刘志强调研时说", 0).end
    (2, 3)
    """
    if not surname_length(folded, start):
        return None
    low = max(0, start - 2)
    room = (len(folded) if stop is None else stop) - start
    found = _best(folded[low : start + _SEEN], start - low, min(room, _ROOM), closed)
    return Reading(start + found.end, found.score) if found else None


# What a reading looks at: the longest name and the longest follower behind it; a stop further off than any name ends decides nothing.
_SEEN, _ROOM = 12, 5


@lru_cache(maxsize=8192)
def _best(folded: str, start: int, room: int, closed: bool) -> Reading | None:
    """Return the best reading in a small window; its end counts from `start`. Kept, as the finders ask for the same places."""
    length, classes = surname_length(folded, start), surname_classes()
    before = folded[start - 1 : start]
    if (folded[start] in _MEASURES and before.isdigit()) or (folded[start] == "么" and before in tuple("这那什怎多")):
        return None
    stop = start + room
    lengths = [(length, g) for g in (2, 1)]
    if length == 2:
        lengths += [(1, g) for g in (2, 1) if folded[start] in classes]
    window = folded[start : start + _WINDOW]
    ends: list[int] = []
    word = word_at(folded, start)
    best: Reading | None = None
    for surname, given in lengths:
        end = start + surname + given
        called = folded[start + surname : end]
        if end > stop or called in ADDRESSES:
            continue
        score = _given_score(folded, start + surname, end)
        if score is None:
            continue
        if not ends:
            ends = _word_ends(window)
            word = word or _first_word(window, ends)
        klass, size = classes[folded[start : start + surname]], end - start
        score += _SURNAME[klass]
        cut = size in ends
        score += _right_score(folded, end, stop if closed else len(folded), cut and _next(ends, size) > 1)
        if given == 2:
            score += _TWO_GIVEN
            if not cut and _splits_follower(folded, end, ends, size):
                score += _WORD_STARTS - _WORD_ACROSS
        if klass in "bcd" and called in not_names():
            score += _GIVEN_WORD  # 向|党委, 来|公司
        score += _word_score(word, size, cut)
        if best is None or score > best.score:
            best = Reading(size, score)
    return best


_MEASURES = frozenset("年月日号所台章方车米段班门路")  # 10所学校, 3台: measure words that are surnames


def _may_close(folded: str, start: int, at: int) -> bool:
    """Say whether 和, 起, 能 close a name (刘其和。 朱团能、): before a border, or 和, 为, 会 before a verb of several characters."""
    if folded[at] not in _CLOSE:
        return False
    after = folded[at + 1 : at + 2]
    if at == start:
        return after == "、" and at > 1 and folded[at - 2] == "、"  # a list of names: 于锦初、宗和、栾景裘
    if not after or not _HAN.match(after) or (after in "说称" and not _HAN.match(folded[at + 2 : at + 3] or ",")):
        return True
    if folded[at] == "会" and len(follower(folded, at)) > 1:
        return False  # 王立新|会见客人, never 王立新会|见
    return folded[at] in "和为同起表会" and len(follower(folded, at + 1)) > 1


# Everyday words that end a name now and then (李树起, 朱团能, 李小会). Verbs of saying, 作 and particles never do (陈风作《报告》).
_CLOSE = frozenset("和为同起能会里宣令都表")


def _splits_follower(folded: str, end: int, ends: list[int], at: int) -> bool:
    """Say whether the dictionary's word across a name's end breaks the verb that follows (王卓民|主持, cut as 民主|持)."""
    found = follower(folded, end)
    if len(found) < 2:
        return False
    return 0 < _next(ends, at) < len(found)


def _next(ends: list[int], at: int) -> int:
    """Return how far the next end of a dictionary word is."""
    for end in ends:
        if end > at:
            return end - at
    return 0


def _first_word(window: str, ends: list[int]) -> str:
    """Return the dictionary's first word where it is longer than a character and no name."""
    first = ends[0]
    if first < 2 or window[:first] in surname_classes():
        return ""
    return window[:first] if is_common_word(window[:first]) else ""


def _given_score(folded: str, start: int, end: int) -> float | None:
    """Weigh the given characters; None where one never stands in a name."""
    table, score = given_classes(), 0.0
    for at in range(start, end):
        klass = table.get(folded[at])
        if (klass is None and not _HAN.match(folded[at])) or (folded[at] == "边" and folded[at + 2 : at + 3] == "边"):
            return None  # 朱东|边说边笑
        if klass == "never" or (klass == "inner" and at == end - 1 and not _may_close(folded, start, at)):
            return None
        score += _STRONG if klass in ("strong", "inner") else _USUAL if klass == "usual" else _UNKNOWN
    return score / (end - start) * 1.5


def _right_score(folded: str, end: int, stop: int, word_begins: bool) -> float:
    """Weigh what follows the name: a border, a word known to follow names, any dictionary word, or nothing known."""
    if end >= stop or end >= len(folded) or not _HAN.match(folded[end]):
        return _BORDER
    found = follower(folded, end)
    if len(found) > 1 or (folded[end] == "来" and any(s == 0 for s, _, _ in places.find(folded[end + 1 : end + 6]))):
        return _FOLLOWED  # 陈先运来南充调研
    if found:
        return _FOLLOWED_ONE
    return _FOLLOWED_WORD if word_begins else _UNFOLLOWED


def _word_score(word: str, length: int, cut: bool) -> float:
    """Weigh dictionary words: one across the end speaks against the reading, one that is the reading too."""
    score = _WORD_STARTS if cut else _WORD_ACROSS
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
    if given.get(second) == "never":
        return 0
    after = folded[match.end() : match.end() + 1]
    ends = not after or not _HAN.match(after) or len(follower(folded, match.end())) > 1
    if third and ends and given.get(third) in ("strong", "usual", "inner"):
        return match.end()
    # A space pads a name of two characters to the width of three (伍 峰介绍): it never goes on.
    return match.end(2)


def ends_well(folded: str, end: int) -> bool:
    """Say whether a border, or a word that may follow a name, stands at an offset."""
    return end >= len(folded) or not _HAN.match(folded[end]) or bool(follower(folded, end))


def plain(name: str) -> str:
    """Return a name without its spaces."""
    return name if name.isalnum() else _SPACE.sub("", name)


def is_han(char: str) -> bool:
    """Say whether a character is a Chinese one."""
    return bool(_HAN.match(char))


def automaton(terms: list[str]) -> Any:
    """Return a leftmost-longest automaton over terms."""
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(terms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
