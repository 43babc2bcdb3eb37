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

_HAN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff]")
# One or two characters, spaces, one character, and once more where it does not begin the next padded name (岩 温 李 平 are two names).
_SPACED = re.compile(
    r"([\u4e00-\u9fff\u3400-\u4dbf]{1,2}) {1,4}([\u4e00-\u9fff\u3400-\u4dbf])"
    r"(?: {1,4}([\u4e00-\u9fff])(?! {1,4}[\u4e00-\u9fff](?![\u4e00-\u9fff])))?"
)
_SPACE = re.compile(r"\s+")
_WINDOW = 10
_LONGEST_FOLLOWER = 6
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
        if len(word) == 2 and word[1] in _CLOSERS:
            ends.add(at + 1)
        at += len(word)
        ends.add(at)
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
    return not _tag(word).startswith("nr")


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
        if end > stop or folded[start + surname : end] in ADDRESSES:
            continue
        score = _given_score(folded, start + surname, end)
        if score is None:
            continue
        if ends is None:
            ends = _word_ends(window)
        score += _SURNAME[surname_classes()[folded[start : start + surname]]]
        score += _right_score(folded, end, stop if closed else len(folded), end - start in ends and _next(ends, end - start) > 1) + (
            _TWO_GIVEN if given == 2 else 0
        )
        if folded[start + surname : end] in not_names() and surname_classes()[folded[start : start + surname]] in "bcd":
            score += _GIVEN_WORD  # 向|党委, 来|公司
        score += _word_score(word or _first_word(window, ends), end - start, ends)
        if best is None or score > best.score:
            best = Reading(end, score)
    return best


def _may_close(folded: str, start: int, at: int) -> bool:
    """Say whether 和, 为, 同 close a name (刘其和。): before a border or a verb of several characters, never where a partner follows."""
    if folded[at] not in "和为同" or at == start:
        return False
    after = folded[at + 1 : at + 2]
    return not after or not _HAN.match(after) or len(follower(folded, at + 1)) > 1


def _next(ends: set[int], at: int) -> int:
    """Return the length of the dictionary word that begins at an end."""
    return min((e for e in ends if e > at), default=at) - at


def _first_word(window: str, ends: set[int]) -> str:
    """Return the dictionary's first word where it is longer than a character and no name."""
    first = min(ends)
    if first < 2 or window[:first] in surname_classes():
        return ""
    return window[:first] if is_common_word(window[:first]) else ""


def _given_score(folded: str, start: int, end: int) -> float | None:
    """Weigh the given characters; None where one never stands in a name."""
    table, score = given_classes(), 0.0
    for at in range(start, end):
        klass = table.get(folded[at])
        if klass is None and not _HAN.match(folded[at]):
            return None
        if klass == "never" or (klass == "inner" and at == end - 1 and not _may_close(folded, start, at)):
            return None
        score += _STRONG if klass in ("strong", "inner") else _USUAL if klass == "usual" else _UNKNOWN
    return score / (end - start) * 1.5


def _right_score(folded: str, end: int, stop: int, word_begins: bool) -> float:
    """Weigh what follows the name: a border, a word known to follow names, any dictionary word, or nothing known."""
    if end >= stop or end >= len(folded) or not _HAN.match(folded[end]):
        return _BORDER
    found = follower(folded, end)
    if len(found) > 1:
        return _FOLLOWED
    if found:
        return _FOLLOWED_ONE
    return _FOLLOWED_WORD if word_begins else _UNFOLLOWED


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
    if given.get(second) == "never":
        return 0
    after = folded[match.end() : match.end() + 1]
    ends = not after or not _HAN.match(after) or len(follower(folded, match.end())) > 1
    if third and ends and given.get(third) in ("strong", "usual", "inner"):
        return match.end()
    # A space pads a name of two characters to the width of three (伍 峰介绍): it never goes on.
    return match.end(2)


_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,7}(?:[·•‧・][\u4e00-\u9fff]{1,8})+")
_DOT_TAIL = re.compile(r"[·•‧・][^·•‧・]*$")


def read_dotted(folded: str, start: int) -> int:
    """Return the end of a name with a middle dot (吉尔拉·衣沙木丁), 0 where there is none."""
    match = _DOTTED.match(folded, start)
    if not match:
        return 0
    tail = match.start() + _DOT_TAIL.search(match.group()).start() + 1  # type: ignore[union-attr]
    return _tail_end(folded, tail, match.end())


def _tail_end(folded: str, tail: int, limit: int) -> int:
    """Return where the last part of a foreign name ends: before the first word that follows names."""
    for end in range(tail + 2, limit):
        found = follower(folded, end)
        if len(found) > 1 and folded[end] in _SOUNDS and end + 1 < limit and len(follower(folded, end + 1)) > 1:
            continue  # 买买提|出席, not 买买|提出
        if len(found) > 1 or (found and found in _PLAIN_FOLLOWERS) or (folded[end] not in _SOUNDS and len(found) == 1):
            return end
    return limit


_PLAIN_FOLLOWERS = frozenset("说称在等和与对向率到任为的将也还就曾")
# Characters that write the sounds of foreign names.
_SOUNDS = frozenset(
    "阿埃艾爱安奥巴拜班邦保贝本比毕彼别波伯勃博布查达戴丹德狄迪蒂丁杜多恩法凡菲费芬弗福盖冈戈格古瓜圭哈海汉豪赫亨胡华怀惠霍基吉加贾简杰金卡凯坎康考科克肯"
    "库夸奎拉莱赖兰朗劳勒雷里理利莉丽连廉列林琳龙卢鲁路伦罗洛马玛迈麦曼芒毛梅门蒙米密敏莫默姆穆那纳娜内尼涅宁纽努诺帕潘庞培佩彭皮平珀泼普齐奇契乔切琴丘"
    "让热日荣茹瑞若萨塞赛桑森沙莎山尚舍申什圣施史舒斯司丝松苏索塔泰坦汤唐特滕提田廷图托脱瓦万旺威韦维魏文翁沃乌武伍西希夏肖谢辛休雪逊雅亚延扬耶叶伊易因英"
    "呷牛依且铁白嘉勒贡登晋益强美拥忠宗赤央桂香花哈格根其木琴高娃乌云图日巴雅尔宝姑孟敦额尤于约宰泽扎詹珍镇朱兹佐祖茨迟纽讷娅霞蕾妮黛珊琼萝芙薇歇夫杰热德茜吾提买木江艾穆衣孜帕再古尔合克力迪牙仁青旦增才让措扎玛央旺堆索南其木音雅巴赤嘎次顿珠布姆曲吉"
)


def read_foreign(folded: str, start: int, *, sure: bool = False) -> int:
    """Return the end of a transliterated name (内坦尼亚胡, 迪亚斯-卡内尔), 0 where there is none.

    `sure` says that a foreign title stands before: then a name may hold other characters too (塔纳功|会见).

    >>> "内坦尼亚胡和国防部长"[: read_foreign("内坦尼亚胡和国防部长", 0)]
    '内坦尼亚胡'
    """
    at, parts = start, 0
    while True:
        begin = at
        while at < len(folded) and folded[at] in _SOUNDS and not (at - begin >= 2 and len(follower(folded, at)) > 1):
            at += 1
        if at == begin:
            at = at - 1 if parts else at
            break
        parts += 1
        if at >= len(folded) or folded[at] not in "-·•‧・":
            break
        at += 1
    if at - start < 2:
        return _to_follower(folded, start) if sure else 0
    return _stretch(folded, at) if sure and not ends_well(folded, at) else at


def _stretch(folded: str, at: int) -> int:
    """Return where a name goes on for a character or two that write no foreign sound (塔纳|功|会见), else the same offset."""
    for end in (at + 1, at + 2):
        if not all(_HAN.match(c) for c in folded[at:end]):
            break
        closed = end >= len(folded) or not _HAN.match(folded[end]) or len(follower(folded, end)) > 1
        if closed and not is_word(folded[at:end]):
            return end
    return at


def ends_well(folded: str, end: int) -> bool:
    """Say whether a border, or a word that may follow a name, stands at an offset."""
    return end >= len(folded) or not _HAN.match(folded[end]) or bool(follower(folded, end))


def _to_follower(folded: str, start: int) -> int:
    """Return where a name of unknown characters ends: before the first verb, number or mark, two to seven characters on."""
    for end in range(start + 2, min(start + 8, len(folded) + 1)):
        if not _HAN.match(folded[end - 1]):
            return 0
        if end == len(folded) or not _HAN.match(folded[end]) or len(follower(folded, end)) > 1:
            return 0 if holds_words(folded[start:end]) else end
    return 0


def plain(name: str) -> str:
    """Return a name without its spaces."""
    return name if name.isalnum() else _SPACE.sub("", name)


def sounds(string: str) -> float:
    """Return the share of characters that write foreign sounds."""
    return sum(c in _SOUNDS for c in string) / len(string) if string else 0.0


def is_han(char: str) -> bool:
    """Say whether a character is a Chinese one."""
    return bool(_HAN.match(char))


def automaton(terms: list[str]) -> Any:
    """Return a leftmost-longest automaton over terms."""
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(terms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
