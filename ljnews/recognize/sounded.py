"""Names that write foreign sounds: with a middle dot (吉尔拉·衣沙木丁), transliterated (内坦尼亚胡), or of peoples without surnames.

Where such a name ends is told by its characters, which write sounds, and by what may follow names.
"""

from __future__ import annotations

import re

from ljnews.recognize.names import ends_well, follower, holds_words, is_han, is_word

_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,7}(?:[·•‧・][\u4e00-\u9fff]{1,8})+")
_DOT_TAIL = re.compile(r"[·•‧・][^·•‧・]*$")


def read_dotted(folded: str, start: int) -> int:
    """Return the end of a name with a middle dot (吉尔拉·衣沙木丁), 0 where there is none."""
    match = _DOTTED.match(folded, start)
    if not match or _runs_on(folded, start, match.end()):
        return 0
    tail = match.start() + _DOT_TAIL.search(match.group()).start() + 1  # type: ignore[union-attr]
    return _tail_end(folded, tail, match.end())


def _runs_on(folded: str, start: int, limit: int) -> bool:
    """Say whether what stands before the dot is no name alone: a word that follows names (刘刚视察东山头·), or nothing foreign (配套工程·毛南家园)."""
    for at in range(start + 2, limit):
        if not is_han(folded[at]):
            return at - start > 3 and sounds(folded[start:at]) < 0.4
        if folded[at] not in _SOUNDS and len(follower(folded, at)) > 1:
            return True
    return False


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
        if not all(is_han(c) for c in folded[at:end]):
            break
        closed = end >= len(folded) or not is_han(folded[end]) or len(follower(folded, end)) > 1
        if closed and not is_word(folded[at:end]):
            return end
    return at


def _to_follower(folded: str, start: int) -> int:
    """Return where a name of unknown characters ends: before the first verb, number or mark, two to seven characters on."""
    for end in range(start + 2, min(start + 8, len(folded) + 1)):
        if not is_han(folded[end - 1]):
            return 0
        if end == len(folded) or not is_han(folded[end]) or len(follower(folded, end)) > 1:
            return 0 if holds_words(folded[start:end]) else end
    return 0


def sounds(string: str) -> float:
    """Return the share of characters that write foreign sounds."""
    return sum(c in _SOUNDS for c in string) / len(string) if string else 0.0
