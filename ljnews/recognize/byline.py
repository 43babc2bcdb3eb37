"""Bylines: who wrote, took, edited («(记者 冯方雄 实习生 庞睿)», «本报记者 甲 通讯员 乙 文/图», «【编辑:丙】», «4月2日电(丁 戊)»).

`credits` yields (start, end) of every name in the byline regions of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ljnews.recognize import names
from ljnews.text.text import Text

Span = tuple[int, int]

_ROLE = (
    r"(?:(?:本报|本刊|本网|本台|本社|见习|实习|首席|特约|特派|全媒体|融媒体?|摄影|文字|驻[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,12}?(?:日报|晚报|晨报|时报|商报|周刊|新闻|融媒体?|融媒体中心|全媒体|电视台|客户端|观察|网|报|社|站|总站|台))*"
    r"(?:记者|通讯员|实习生|特约撰稿人)|通讯组|摄影报道|摄影|摄像|摄制|图片|图文|文图|文字|编辑|责编|责任编辑|编审|签发|校对|审核|审校|撰稿|供稿|采写|值班编委|值班总编|值班编辑|值班主任|视频|剪辑|监制|总监制|策划|统筹"
    r"|主编|总编|制作|设计|配音|播音|出镜|海报|制图|美编|版式|一审|二审|三审|终审|初审|复审|来源|文|图|摄|编|审|作者)"
)
_ROLE_HEAD = re.compile(_ROLE)
_LEAD = re.compile(r"记者|通讯员|实习生|编辑|责编|编审|签发|摄影|摄$|校对|审核|文/图|图/文|撰稿|供稿|采写|审校|[一二三初复终]审|监制|供图|\S摄|作者|电 ?\(|讯 ?\(|电\(|讯\(", re.M)
_BRACKETED = re.compile(r"\(([^()\n]{3,80})\)|【([^【】\n]{3,60})】|\[([^\[\]\n]{3,60})\]")
_WIRE = re.compile(r"[电讯]\s*\(([^()\n]{2,40})\)")
_TOKEN = re.compile(r"[\u4e00-\u9fff·•]+")
_SEPARATOR = re.compile(r"[ \t、,/|;:&+和]+")
_LINE_ROLE = re.compile(r"^[ \t]*(?:□|■|◎|●|▲|◆|☆|★|—+|-+)?[ \t]*(?:本报讯|本网讯)?[ \t]*" + _ROLE + r"[ \t:/、]")
# «本报讯 记者甲报道», «本报记者甲 乙文/图», at the head of a paragraph.
_OPENING = re.compile(r"(?:^|\n)[ \t]*(?:本报讯|本网讯|本报[\u4e00-\u9fff]{1,5}讯|[\u4e00-\u9fff]{2,8}(?:讯|电))[ \t::,,(]*([^。\n]{0,40}?)(?:报道|\)|[。::\n])")
_NOT_PERSON = re.compile(r"(?:日报|晚报|新闻|网|报|台|社|中心|部|局|委|会|公司|集团|大学|学院|政府|办|站|组|室|融媒|客户端|供图|报道|摄影|图片|资料|来源|综合|本报|本网|获悉|整理|视频|文字|见习|实习|首席|全媒体)$|^(?:记者|通讯员|实习生|编辑|责编|作者|来源|本报|本网|本刊|完|图|文|摄|新华|据|综合|资料|左|右|中|一|二|三|上|下|注)")


def credits(text: Text) -> Iterator[Span]:
    """Yield the names in bylines, in text order."""
    folded = text.folded
    for start, end in _regions(folded):
        yield from _names_in(folded, start, end)


def _regions(folded: str) -> list[Span]:
    """Return the spans that are bylines: brackets that open with a role, and short lines made of roles and names."""
    found: list[Span] = []
    for match in _BRACKETED.finditer(folded):
        inner = next(i for i in (1, 2, 3) if match.group(i) is not None)
        start, end = match.span(inner)
        if _ROLE_HEAD.match(folded, start) or _tail_role(folded[start:end]):
            found.append((start, end))
    for match in _WIRE.finditer(folded):
        if not any(s <= match.start(1) < e for s, e in found):
            found.append(match.span(1))
    at = 0
    for line in folded.split("\n"):
        stripped = line.strip()
        if 2 < len(stripped) <= 90 and _is_credit_line(stripped):
            found.append((at, at + len(line)))
        at += len(line) + 1
    for match in _OPENING.finditer(folded):
        inner = match.group(1)
        if "记者" in inner or "通讯员" in inner:
            found.append(match.span(1))
    return sorted(set(found))


_TAIL = re.compile(r"(?:摄影?|文/图|图/文|文图|供图|报道|摄影报道|制图|文)$")


def _tail_role(inner: str) -> bool:
    """Say whether a bracket ends with a role (冉启明 摄)."""
    return bool(_TAIL.search(inner)) and len(inner) <= 24


def _is_credit_line(line: str) -> bool:
    """Say whether a whole line is a byline: it opens or ends with a role and holds no sentence."""
    if any(c in line for c in "。!?“”;"):
        return False
    return bool(_LINE_ROLE.match(line)) or bool(re.fullmatch(r"[\u4e00-\u9fff· ]{2,20}(?: |/)?(?:摄|文/图|图/文|文图|摄影报道|摄影)", line))


def _names_in(folded: str, start: int, end: int) -> Iterator[Span]:
    """Yield the names of a byline: what is left when roles and separators are taken out."""
    at = start
    while at < end:
        match = _TOKEN.search(folded, at, end)
        if not match:
            return
        at = match.end()
        low = match.start()
        while True:
            role = _role_at(folded, low, match.end())
            if not role:
                break
            low = role
        high = match.end()
        tail = re.search(r"(?:摄影报道|摄影|报道|文图|图文|供图|摄|文|图)$", folded[low:high])
        if tail and high - low - len(tail.group()) >= 2:
            high -= len(tail.group())
        yield from _split(folded, low, high, end)


def _role_at(folded: str, start: int, end: int) -> int:
    """Return the end of a role word that begins here, 0 where none does."""
    match = _ROLE_HEAD.match(folded, start, end)
    if not match:
        return 0
    role = match.group()
    # 文静, 图雅: a one-character role must stand alone or before a separator.
    if len(role) == 1 and match.end() < end:
        return 0
    return match.end()


def _split(folded: str, start: int, end: int, region_end: int) -> Iterator[Span]:
    """Yield the names in a run of characters: one name, or several set without a space."""
    length = end - start
    if length < 2:
        spaced = names.read_spaced(folded, start) if length == 1 else 0
        if spaced and spaced <= region_end:
            yield (start, spaced)
        return
    run = folded[start:end]
    if _NOT_PERSON.search(run):
        return
    if "·" in run or "•" in run or length <= 3:
        if length >= 2 and (names.surname_length(folded, start) or length <= 4):
            yield (start, end)
        return
    if length == 4 and (names.surname_length(folded, start) != 1 or not names.surname_length(folded, start + 2)):
        yield (start, end)
        return
    yield from _glued(folded, start, end)


def _glued(folded: str, start: int, end: int) -> Iterator[Span]:
    """Split names printed without a space between them (李映民李纯): every part begins with a surname and ends the run."""
    if end - start > 12:
        return
    parts = _cover(folded, start, end)
    if parts:
        yield from parts


def _cover(folded: str, start: int, end: int) -> list[Span]:
    """Return a division of the run into names, three characters preferred, an empty list where there is none."""
    if start == end:
        return []
    for size in (3, 2, 4):
        stop = start + size
        if stop > end or not names.surname_length(folded, start):
            continue
        if size == 4 and names.surname_length(folded, start) != 2:
            continue
        if stop == end:
            return [(start, stop)]
        rest = _cover(folded, stop, end)
        if rest:
            return [(start, stop), *rest]
    return []
