"""Bylines: who wrote, took, edited («(记者 冯方雄 实习生 庞睿)», «本报记者 甲 通讯员 乙 文/图», «【编辑:丙】», «4月2日电(丁 戊)»).

`credits` yields (start, end) of every name in the byline regions of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ljnews.lexicon import load
from ljnews.recognize import names, sounded, titles
from ljnews.text.text import Text

Span = tuple[int, int]

_AFTER_ROLE = frozenset(" \t:/、丨|")
_REACH = 24  # characters: the longest medium before «记者»
_BRACKETED = re.compile(r"\(([^()\n]{2,80})\)|【([^【】\n]{3,60})】|\[([^\[\]\n]{3,60})\]")
# (甲 报道 通讯员 乙): a role that stands alone between names.
_ROLE_INSIDE = re.compile(r" (?:记者|通讯员|实习生|摄影|文/图|报道) ")
_ROLE_SPLIT = re.compile(r"(?:本报|见习|实习|首席|特约|全媒体|融媒)?(?:记者|通讯员|实习生)|摄影报道|摄影|报道")
_SHOT_LINE = re.compile(r"^[\u4e00-\u9fff· ]{2,20}[ /]?(?:摄|文/图|图/文|文图|摄影报道|摄影)")
_ROLE_TAIL = re.compile(r"(?:摄影报道|摄影|报道|文图|图文|供图|摄|文|图)$")
_WIRED = re.compile(r"(?:[电讯]|日消息) ?\($")
_TOKEN = re.compile(r"[\u4e00-\u9fff·•]+")
_LINE_SIGN = re.compile(r"[ \t□■◎●▲◆☆★—-]{0,8}(?:本报讯|本网讯)?[ \t]*")
# «本报讯 记者甲报道», «本报记者甲 乙文/图», at the head of a paragraph.
_OPENING = re.compile(
    r"[ \t]{0,8}(?:本报讯|本网讯|本台讯|本报[\u4e00-\u9fff]{1,5}讯|[^\n。,]{2,16}?日(?:讯|电))[ \t::,,(]{0,8}([^。\n]{0,40}?)(?:报道|\)|[。::\n])"
)
# «莫晓摄» at the end of a caption; «(毛 竹 屈万山)» at the end of a paragraph.
_PHOTO = re.compile(
    r"(?:^|[。!?\n\s(])((?:[\u4e00-\u9fff]{2,4}(?: [\u4e00-\u9fff]{1,3}){0,3}|[\u4e00-\u9fff]{1,8}[·•][\u4e00-\u9fff]{1,8}) ?/? ?摄(?:影)?)"
    r"(?=$|[\n) ]| END)",
    re.M,
)
_SIGNED = re.compile(r"(?:^|[。!?”…]) ?\(([\u4e00-\u9fff· ]{2,24})\)[ \t]*$", re.M)


@cache
def _words(klass: str) -> tuple[str, ...]:
    """Return the byline lexicon's words of a class, the longest first; the names of roles may be set with spaces (编 辑)."""
    return tuple(sorted(load("byline").terms(klass), key=lambda t: (-len(t), t)))


@cache
def _reporter() -> re.Pattern[str]:
    """A pattern of «记者» and its like, also set with spaces (记 者)."""
    return re.compile("|".join(" ?".join(word) for word in _words("reporter")))


@cache
def _reporter_ends() -> re.Pattern[str]:
    """A pattern of the characters that end such a word: where none stands, none of the words does."""
    return re.compile("[" + "".join(sorted({word[-1] for word in _words("reporter")})) + "]")


@cache
def _role(klass: str) -> re.Pattern[str]:
    """A pattern of the other roles of a class, also set with spaces."""
    return re.compile("|".join(" ?".join(word) for word in _words(klass)))


def credits(text: Text) -> Iterator[Span]:
    """Yield the names in bylines, in text order."""
    folded = text.folded.replace("丨", "|")  # the stroke that some papers set as a bar is a Chinese character
    for start, end in _regions(folded):
        yield from _names_in(folded, start, end)


# After «记者» and a space, before another space or mark, a name needs less to be believed.
_INLINE_FLOOR, _APART_FLOOR = 4.4, 2.0
_SHOT = re.compile(r" ?(?:摄影?|文|图|报道)(?![\u4e00-\u9fff])")  # «记者甲摄» at the end of a caption
_INLINE_ROLES = ("记者", "通讯员", "实习生")


def inline(folded: str) -> Iterator[Span]:
    """Yield reporters named in running text («总台记者甲乙在现场看到», «记者 佘喆 昨日从…获悉»)."""
    for hit in titles.hits(folded):
        if hit.entry.klass != "byline" or not hit.entry.term.endswith(_INLINE_ROLES):
            continue
        at = hit.end + 1 if folded[hit.end : hit.end + 1] in (":", " ") else hit.end
        if not names.surname_length(folded, at):
            continue
        reading = names.read(folded, at)
        if reading is not None and load("titles").klass(folded[at + 1 : reading.end]) in ("head", "office"):
            continue  # 记者:金县长,您好
        spaced = names.read_spaced(folded, at)
        closed = reading is not None and not names.is_han(folded[reading.end : reading.end + 1] or " ")
        shot = reading is not None and _SHOT.match(folded, reading.end) is not None
        apart = (at > hit.end and closed) or shot
        if spaced and not (reading and reading.score >= _INLINE_FLOOR):
            yield (at, spaced)
        elif reading is not None and reading.score >= (_APART_FLOOR if apart else _INLINE_FLOOR) and folded[at + 1] not in "从在":
            yield (at, reading.end)
            if apart:
                yield from _colleagues(folded, reading.end)


def _colleagues(folded: str, end: int) -> Iterator[Span]:
    """Yield the names that follow a reporter's after spaces, up to the end of the line («记者 甲某某 乙某某»)."""
    found = []
    while folded[end : end + 1] == " ":
        reading = names.read(folded, end + 1)
        if reading is None or names.is_han(folded[reading.end : reading.end + 1] or " "):
            return
        found.append((end + 1, reading.end))
        end = reading.end
    if folded[end : end + 1] in ("", "\n", ")") or folded[end].isdigit():
        yield from found


def _regions(folded: str) -> list[Span]:
    """Return the spans that are bylines: brackets that open with a role, and short lines made of roles and names."""
    found: list[Span] = []
    for match in _BRACKETED.finditer(folded):
        inner = next(i for i in (1, 2, 3) if match.group(i) is not None)
        start, end = match.span(inner)
        if (
            _role_at(folded, start, end)
            or _tail_role(folded[start:end])
            or _ROLE_INSIDE.search(folded, start, end)
            or (inner == 1 and _WIRED.search(folded, max(0, start - 4), start))
        ):
            found.append((start, end))
    at = 0
    for line in folded.split("\n"):
        end = at + len(line)
        if 2 < len(line) <= 100 and _is_credit_line(line.strip()):
            found.append((at, end))
        elif line:
            found += _in_line(folded, at, end)
        at = end + 1
    found += _signature(folded)
    return sorted(set(found))


_SIGNATURE = re.compile(r"\n[ ]*([\u4e00-\u9fff· ]{5,30})\s*$")


def _signature(folded: str) -> Iterator[Span]:
    """Yield the last line where it is nothing but two names or more («董 君 段祖德»)."""
    match = _SIGNATURE.search(folded, max(0, len(folded) - 40))
    if match is None or " " not in match.group(1).strip():
        return
    start, end = match.start(1), match.start(1) + len(match.group(1).rstrip())
    if len(list(_names_in(folded, start, end))) > 1 and _only_names(folded, start, end):
        yield (start, end)


def _in_line(folded: str, start: int, end: int) -> Iterator[Span]:
    """Yield the bylines inside a paragraph: at its head (本报讯 记者甲报道:) and at its end (甲 摄; (甲 乙))."""
    head = folded[start : start + 60]
    if "记者" in head or "通讯员" in head:
        match = _OPENING.match(folded, start, end)
        if match and ("记者" in match.group(1) or "通讯员" in match.group(1)):
            yield match.span(1)
    tail = folded[max(start, end - 30) : end].rstrip()
    if tail.endswith(("摄", "摄影", "END")):
        match = _PHOTO.search(folded, max(start, end - 30), end)
        if match:
            yield match.span(1)
    elif tail.endswith(")"):
        match = _SIGNED.search(folded, max(start, end - 30), end)
        if (
            match
            and (match.start() == start or folded[match.start()] != "(")
            and (_only_names(folded, *match.span(1)) or _mostly_names(folded, *match.span(1)))
        ):
            yield match.span(1)


_TAIL = re.compile(r"(?:摄影?|文/图|图/文|文图|供图|报道|摄影报道|制图|文)$")


def _tail_role(inner: str) -> bool:
    """Say whether a bracket ends with a role (冉启明 摄)."""
    return bool(_TAIL.search(inner)) and len(inner) <= 24


def _only_names(folded: str, start: int, end: int) -> bool:
    """Say whether a bracket holds nothing but names."""
    found = list(_names_in(folded, start, end))
    if not found or sum(len(names.plain(folded[s:e])) for s, e in found) != len(names.plain(folded[start:end])):
        return False
    for low, high in found:
        reading = names.read(folded, low, stop=high)
        if " " not in folded[low:high] and (reading is None or reading.end != high or reading.score < 3.5):
            return False
    return True


def _mostly_names(folded: str, start: int, end: int) -> bool:
    """Say whether a bracket holds short words set apart, two names and half of them at least («(兴文 小张 刘某 叶某)»: pen names too)."""
    words = folded[start:end].split(" ")
    if len(words) < 3 or any(not 2 <= len(w) <= 3 for w in words):
        return False
    good = [w for w in words if (r := names.read(w, 0)) is not None and r.end == len(w) and r.score >= 2.5]
    return len(good) >= 2 and 2 * len(good) >= len(words)


_SENTENCE_SIGN = re.compile(r"[。!?“”;]")
_GLUED_LINE = re.compile(r"\W{0,8}[\u4e00-\u9fff]{0,12}?(?:记者|通讯员)")


def _roles_and_names(line: str) -> bool:
    """Say whether a line set close (□记者张某某通讯员段某某报道) is nothing but roles and names."""
    spans = list(_names_in(line, 0, len(line)))
    for start, end in spans:
        reading = names.read(line, start, stop=end)
        if reading is None or reading.end != end or reading.score < 3.5:
            return False
    rest = "".join(c for i, c in enumerate(line) if not any(s <= i < e for s, e in spans))
    return bool(spans) and len(rest) <= 16


def _is_credit_line(line: str) -> bool:
    """Say whether a whole line is a byline: it opens or ends with a role and holds no sentence."""
    if _SENTENCE_SIGN.search(line):
        return False
    if len(line) <= 40 and ("记者" in line or "通讯员" in line) and _GLUED_LINE.match(line) and _roles_and_names(line):
        return True
    at = _LINE_SIGN.match(line).end()  # type: ignore[union-attr]
    role = _role_at(line, at, len(line))
    return (role > 0 and line[role : role + 1] in _AFTER_ROLE) or bool(_SHOT_LINE.fullmatch(line))


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
        inside = _ROLE_SPLIT.search(folded, low + 2, high) if high - low > 5 else None
        if inside:
            high = inside.start()
            at = inside.end()
        tail = _ROLE_TAIL.search(folded, low, high)
        if tail and _takes_tail(folded, low, high, tail.group()):
            high -= len(tail.group())
        for span in _split(folded, low, high, end):
            at = max(at, span[1])
            yield span


def _takes_tail(folded: str, low: int, high: int, tail: str) -> bool:
    """Say whether a run ends with a role set close (莫晓摄) and not with a name's own character (罗绍文)."""
    rest = high - low - len(tail)
    if rest < 2:
        return False
    return tail not in ("文", "图") or rest > 2


def _role_at(folded: str, start: int, end: int) -> int:
    """Return the end of a role that begins here, its medium included (南充日报见习记者), 0 where none does."""
    stop = min(end, start + _REACH)
    match = _reporter().search(folded, start, stop) if _reporter_ends().search(folded, start, stop) else None
    if match:
        before = folded[start : match.start()]
        if not before or before.endswith(_words("prefix")):
            return match.end()
    weak = _role("weak").match(folded, start, end)
    # 文静, 设计业: a role that is an everyday word must stand before a separator.
    if weak and (weak.end() >= end or not names.is_han(folded[weak.end()])):
        return weak.end()
    match = _role("role").match(folded, start, end)
    return match.end() if match else 0


def _no_person(run: str) -> bool:
    """Say whether a run is a word of bylines and no name (本报, 资料图)."""
    return run.endswith(_words("ending")) or run.endswith(_words("prefix")) or run.startswith(_words("reporter"))


def _split(folded: str, start: int, end: int, region_end: int) -> Iterator[Span]:
    """Yield the names in a run of characters: one name, or several set without a space."""
    length = end - start
    if length < 2:
        spaced = names.read_spaced(folded, start) if length == 1 else 0
        if spaced and spaced <= region_end:
            yield (start, spaced)
        return
    run = folded[start:end]
    if _no_person(run):
        return
    if "·" in run or "•" in run:
        yield (start, end)
        return
    if length <= 3:
        if names.surname_length(folded, start) or (length == 3 and sounded.sounds(run) > 0.6):
            yield (start, end)
        return
    if length == 4 and (names.surname_length(folded, start) == 2 or sounded.sounds(run) >= 0.75):
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
