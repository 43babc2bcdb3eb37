"""Say whether a modifier singles a project out: what generic words leave of it, places, firms, words that no dictionary knows."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from ljnews.lexicon.loader import load
from ljnews.text.text import Text

_COUNTED = re.compile(r"[一二三四五六七八九十第]")
_ORDINAL = re.compile(r"第?[一二三四五六七八九十0-9]{1,4}(?:次|批|批次|季度|轮|届|大|类|号|级|年度)|开\(竣\)工|\([^)]{0,12}\)")
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?:[县乡镇村旗盟州团师河江湖溪岭湾港岛沟坝垭坪坡寨屯山路街渠]|新区|片区|[一二三四五六内外]环|[东西南北]站|[GSX]\d{2,3}|市(?!场|政|级|民|重点)|区(?!域|级|块)|街道|大道)"
)
# 县医院, 市第三中学: the county's own.
OWN = re.compile(
    r"[省市县区镇乡](?:第?[一二三四五六七八九十]|人民|中|妇幼|公共|职|图书|博物|体育|文化|医|实验|党|档案|规划|疾|幼|小|儿童|妇女|老年|福利|殡|客运|污水|水|养|敬)|[东南西北]站"
    r"|(?:平安|幸福|文化|科技|工业|创业|和谐|发展|振兴|迎宾|生态|健康|文明|创新|体育|人民|建设|和平|团结|产业)"
    r"(?:[东西南北中]路|大道|大街|路(?![网面基]))"  # 平安大道改造工程
)
_ZONE = re.compile(r"[\u4e00-\u9fff]{0,8}(?:高新区|经开区|开发区|港务区|保税区|自贸区|[县市]区|区县|县市|管委会)")
_CODE = re.compile(r"[A-Z]-?\d")
_LATIN = re.compile(r"[A-Za-z0-9“”\"()]|[一二三四五六七八九十][中小]|第[一二三四五六七八九十]")
FIRM = re.compile(
    r"公司|集团|股份|科技|电子|新材|药业|机械|电器|电气|重工|实业|能源(?!项目)|生物(?!医药|质)|光电|食品|饲料|农业|纸业|鞋业|环保|智造|控股|置业|地产|商贸|物流"
    r"|乳业|酒业|矿业|钢铁|铝业|建材|化工|医药|制药|通信|网络|文旅"
)


@lru_cache(maxsize=4096)
def tagged(string: str) -> tuple[tuple[str, str], ...]:
    """Return jieba's words of a short string with their tags."""
    import rjieba

    return tuple(rjieba.tag(string))


@cache
def generic_words() -> tuple[frozenset[str], Any]:
    """Return the generic modifiers, head words among them, as a set and as an automaton that finds all of them, overlapping."""
    import ahocorasick_rs

    heads = [e.term for e in load("facts/project/lexicon/heads").entries.values() if e.klass != "not"]
    terms = sorted({*load("facts/project/lexicon/generic").entries, *heads})
    return frozenset(terms), ahocorasick_rs.AhoCorasick(terms)


@lru_cache(maxsize=8192)
def residue(string: str) -> int:
    """Return how many characters of a string no generic modifier covers.

    >>> residue("重大产业"), residue("第二批"), residue("中药饮片研发生产")
    (0, 0, 4)
    """
    size = len(string)
    reach: list[list[int]] = [[] for _ in range(size)]
    for _, start, end in generic_words()[1].find_matches_as_indexes(string, overlapping=True):
        reach[start].append(end)
    if not string.isalpha() or _COUNTED.search(string):
        for match in _ORDINAL.finditer(string):
            reach[match.start()].append(match.end())
    cost: list[int] = [*range(size + 1)]
    for i in range(size):
        here = cost[i]
        if here + 1 < cost[i + 1]:
            cost[i + 1] = here + 1
        for j in reach[i]:
            if here < cost[j]:
                cost[j] = here
    return cost[size]


@cache
def _head_automaton() -> tuple[Any, list[str], list[str]]:
    """The automaton over the head words, their terms and classes."""
    import ahocorasick_rs

    entries = list(load("facts/project/lexicon/heads").entries.values())
    terms = [e.term for e in entries]
    return ahocorasick_rs.AhoCorasick(terms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), terms, [e.klass for e in entries]


@lru_cache(maxsize=4096)
def heads_in(string: str) -> tuple[tuple[int, int, str], ...]:
    """Return the head words of a string: start, end, class.

    >>> heads_in("柳塘水厂扩建工程")
    ((2, 4, 'plant'), (4, 8, 'item'))
    """
    automaton, _, klasses = _head_automaton()
    return tuple((s, e, klasses[i]) for i, s, e in automaton.find_matches_as_indexes(string) if klasses[i] != "not")


def opening(string: str) -> tuple[int, str | None]:
    """Return the length and class of the longest edge word that a string begins with, (0, None) for none.

    >>> opening("加快推进青岚水库"), opening("青岚水库")
    ((4, 'build'), (0, None))
    """
    edges = load("facts/project/lexicon/edges")
    size = next((n for n in (5, 4, 3, 2) if edges.klass(string[:n])), 0)
    return size, edges.klass(string[:size]) if size else None


def generic(string: str) -> bool:
    """Say whether a string is made of generic modifiers only: 重大产业, 市级民生, 第二批, nothing."""
    return residue(string) == 0


def zone(text: Text, start: int, end: int) -> bool:
    """Say whether a span is an administrative place or a zone that is run like one, and no more: 清溪县, 其他县区, 云州高新区."""
    if _ZONE.fullmatch(text.folded, start, end):
        return True
    return 2 <= end - start <= 6 and any(m.start == start and m.end == end for m in text.within("place", start, end))


_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{2,4}[县市区旗][\u4e00-\u9fff]{1,4}(?:(?<![古小])镇|乡|街道)")


def division(text: Text, start: int, end: int) -> bool:
    """Say whether a span is a county or city, or a town in one, and no more: 青岚县, 革吉, 青岚县白沙镇."""
    if _TOWNSHIP.fullmatch(text.folded, start, end):
        return True
    at = start if 2 <= end - start <= 12 else end + 1
    for mention in text.within("place", start, end):
        if mention.start == start and mention.end == end:
            return True
        at = mention.end if mention.start == at else at
    return at == end


def placed(text: Text, start: int, end: int) -> bool:
    """Say whether a modifier names a place."""
    string = text.folded[start:end]
    if OWN.match(string) or text.within("place", start, end) or _CODE.match(string):
        return True
    match = _PLACE.search(string)
    return bool(match and not generic(match.group()))


def located(text: Text, start: int, end: int) -> bool:
    """Say whether a modifier names a place or a firm."""
    return bool(FIRM.search(text.folded, start, end)) or placed(text, start, end)


def firm_told(text: Text, start: int, end: int) -> bool:
    """Say whether a modifier begins with a firm's short name: a known one (华能), or one that the text follows by 公司 or 集团 elsewhere."""
    known = load("facts/project/lexicon/firms").entries
    for size in range(min(6, end - start), 1, -1):
        short = text.folded[start : start + size]
        if short in known:
            return True
        place = any(m.start == start and m.end == start + size for m in text.within("place", start, end))
        if residue(short) >= 2 and not place and any(text.folded.find(short + sign) >= 0 for sign in ("公司", "集团", "股份有限")):
            return True
    return False


def proper(text: Text, start: int, end: int) -> bool:
    """Say whether a modifier holds something of a proper name: a place, a firm, Latin or digits, a word that no dictionary knows."""
    if _LATIN.search(text.folded, start, end) or located(text, start, end):
        return True
    # jieba cuts unknown names (土桥子, 温氏) into single characters
    bounds, common = text.word_bounds, generic_words()[0]
    return any(
        i in bounds and i + 1 in bounds and "\u4e00" <= text.folded[i] <= "\u9fff" and text.folded[i] not in common
        for i in range(start, end)
    )
