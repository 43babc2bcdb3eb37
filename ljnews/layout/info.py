"""Info lines («2022-08-05 15:56:51   来源:南充日报») and dates as pages print them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from ljnews.layout import byline
from ljnews.layout.tree import AUTHOR, SOURCE
from ljnews.layout.words import alternation, find, lexicon
from ljnews.records import Credit

_GAP = r"[\s\x1c-\x1f]{0,6}"
_CLOCK = rf"{_GAP}(?:[上下]午|凌晨|晚上|早上)?{_GAP}(\d{{1,2}})\s?[:：∶时点]\s?(\d{{2}})(?:\s?[:：∶分]\s?(\d{{2}}))?"
_DATE = re.compile(
    rf"(?<!\d)((?:19|20)\d{{2}}){_GAP}[-/.年—–]{_GAP}(\d{{1,2}}){_GAP}[-/.月—–]{_GAP}(\d{{1,2}})(?!\d){_GAP}日?"
    rf"(?:[|　,，T·]?{_GAP}(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?{_CLOCK})?"
)
_ISO = re.compile(r"((?:19|20)\d{2}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?\s?(Z|[+-]\d{2}:?\d{2})(?!\d)")
_BEIJING = timezone(timedelta(hours=8))
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?(\d{2}):?(\d{2}):?(\d{2})?)?(?!\d)")
_SHORT_YEAR = re.compile(rf"(?<![\d-])(\d{{2}})-(\d{{2}})-(\d{{2}})(?!\d)(?:{_CLOCK})?")
_NO_YEAR = re.compile(rf"(?<![\d.-])(\d{{1,2}})[-/月](\d{{1,2}})日?(?!\d)(?:{_CLOCK})?")

_NO_YEAR_CLOCK = re.compile(rf"(?<![\d.-])\d{{1,2}}[-/月]\d{{1,2}}日?{_CLOCK}")

_AGO = re.compile(rf"(?:今天|昨天|前天|刚刚|\d{{1,2}}\s?(?:分钟|小时|天|周|个月)前)(?:{_CLOCK})?(?=$|[\s\x1c-\x1f　·|])")
_COLON = re.compile(r"[\s\x1c-\x1f]{0,20}(?:[:：]|[|｜丨](?=\s{0,9}[\u4e00-\u9fff]))[\s\x1c-\x1f]{0,20}")
_LEFT = " \t\x1c\x1d\x1e\x1f|｜丨【〖[(（　\xa0;；，,·/"
# Where a value ends: another box, a bar, wide white space, a bracket, a date.
_STOP = re.compile(r"[\x1c-\x1f|｜丨;；\t　\xa0（(【\[\]】〖〗）)〉>]|\s\s|(?:19|20)\d{2}\s?[-/.年]|\s(?=\d)")
_MEDIA = alternation("media")
_MEDIA_TOKEN = re.compile(rf"^《?[\u4e00-\u9fffA-Za-z0-9·—\-+＋]{{0,18}}(?:{_MEDIA})》?$")
_SIGNED = re.compile(r"^([\u4e00-\u9fff]{3,}) ([\u4e00-\u9fff]{2,3})$")
_PAPER_BEHIND = re.compile(r"[ \u3000\xa0]《([\u4e00-\u9fff]{2,10}[报刊])》$")
_BEFORE_PAPER = re.compile(r"^([^《》|:：]{2,30}?)[\s　]{1,6}《[\u4e00-\u9fff]{2,10}[报刊]》[\s　]{0,3}[（(]")
_BARS = re.compile(r"[|｜丨]|[\x1c-\x1f]{2,}|\s{3,}")
_PARTS = re.compile(r"[\x1c-\x1f|｜丨　\xa0\t]|\s+")
_BRACKETED = re.compile(r"[\[【(（][^\]】)）]{1,4}[\]】)）]$")
_MEDIUM_BEFORE = re.compile(rf"^[\s□■◎]*([\u4e00-\u9fff]{{2,8}}(?:{_MEDIA}))\s*(?:全媒体|融媒体?|首席|见习|实习)?记者")
_MARKS = re.compile("[\x1c-\x1f]")
_COUNT = re.compile(r"^[\d.万+\-次人条度]*(?:阅读|浏览|评论|点击|人气|次|人|条|赞|观看|播放)?[\d.万]{0,12}$")


class Info(NamedTuple):
    """What an info line says."""

    published: str | None
    source: str | None
    reporters: list[Credit]
    editors: list[Credit]


class Label(NamedTuple):
    """A label and what follows it."""

    kind: str
    word: str
    value: str
    start: int
    end: int


def stamp(year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None) -> str | None:
    """Return a date, with time and +08:00 where there is one; None for a day that does not exist.

    >>> stamp("2022", "8", "5", "15", "56", None)
    '2022-08-05T15:56:00+08:00'
    """
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%S}+08:00" if hour else f"{moment:%Y-%m-%d}"


def _stamped(match: re.Match[str]) -> str | None:
    """The date of a match; an afternoon hour of twelve is counted on, a time that does not exist is left out."""
    year, month, day, hour, minute, second = match.groups()
    if hour and int(hour) < 12 and re.search("下午|晚上", match.group()):
        hour = str(int(hour) + 12)
    return stamp(year, month, day, hour, minute, second) or stamp(year, month, day, None, None, None)


def date_in(text: str) -> str | None:
    """Return the first full date in a line, with its time where one follows."""
    return next((found for match in _DATE.finditer(text) if (found := _stamped(match))), None)


def iso_date(value: str) -> str | None:
    """Return the first full date of a machine's value; a time of another zone is given in that of Beijing.

    >>> iso_date("2022-08-05T00:12:33Z")
    '2022-08-05T08:12:33+08:00'
    """
    match = _ISO.search(value)
    try:
        if match:
            moment = datetime.fromisoformat(f"{match.group(1)}T{match.group(2)}{match.group(3).replace('Z', '+00:00')}")
            return f"{moment.astimezone(_BEIJING):%Y-%m-%dT%H:%M:%S}+08:00"
    except (ValueError, OverflowError):
        pass
    return date_in(value)


def compact_date(text: str) -> str | None:
    """Return the first date written without separators (20220805)."""
    return next((found for match in _COMPACT.finditer(text) if (found := stamp(*match.groups()))), None)


def short_date(text: str, known: str | None) -> str | None:
    """Return a date without a full year («18-03-08 23:16», «10-08 12:00»), which a known date must confirm or complete."""
    match = _SHORT_YEAR.search(text)
    if match:
        return stamp(f"20{match.group(1)}", *match.groups()[1:])
    match = _NO_YEAR.search(text)
    return stamp(known[:4], *match.groups()) if match and known else None


@lru_cache(maxsize=256)
def labels(runs: str) -> tuple[Label, ...]:
    """Return the labelled values of a line: a label with a colon, or one that is a box of its own.

    >>> [(one.kind, one.value) for one in labels("来源:南充日报 编辑:李四")]
    [('source', '南充日报'), ('editor', '李四')]
    """
    found: list[tuple[str, str, int, int]] = []
    for hit in find("labels", runs):
        colon = _COLON.match(runs, hit.end)
        if colon:
            found.append((hit.klass, hit.word, hit.start, colon.end()))
        elif hit.start == 0 or runs[hit.start - 1] in _LEFT:
            boxed = hit.end < len(runs) and runs[hit.end] in "\x1c\x1d\x1e\x1f"
            spaced = hit.klass in ("editor", "author") and runs[hit.end : hit.end + 1] in (" ", "　", "\xa0")
            if boxed or spaced or hit.klass == "other":
                found.append((hit.klass, hit.word, hit.start, hit.end))
    ends = [start for _, _, start, _ in found[1:]] + [len(runs)] * bool(found)
    return tuple(Label(kind, word, runs[at:end], start, end) for (kind, word, start, at), end in zip(found, ends, strict=True))


def first_value(value: str) -> str:
    """Return a label's value up to where it ends."""
    value = value.lstrip(" \x1c\x1d\x1e\x1f　\xa0:：")
    stop = _STOP.search(value)
    return value[: stop.start()] if stop else value


def clean_source(value: str) -> str | None:
    """Return a source without quotes and separators; None for what is none."""
    value = re.sub("[\x1c-\x1f]", "", value).strip(" \u3000\xa0-_|:：,，。;；)）]】(（[【>＞")
    if (signed := _SIGNED.match(value)) and byline.looks_like_name(signed.group(2)):  # 来源：县委宣传部 鲁直
        value = signed.group(1)
    if paper := _PAPER_BEHIND.search(value):  # 鲁直 《青桐日报》
        value = paper.group(1)
    if value.startswith("《") and value.endswith("》") and value.count("《") == 1:
        value = value[1:-1]
    return value if 1 < len(value) <= 40 and lexicon("not_sources").klass(value.lower()) != "none" and not _COUNT.match(value) else None


def source_in(runs: str, kind: str = "source") -> str | None:
    """Return the value of a 来源 label (`kind="office"`: of 发布机构 and the like).

    >>> source_in("2022-08-05 15:56:51 来源:南充日报 编辑:李四")
    '南充日报'
    """
    for label in labels(runs):
        if label.kind != kind or "注明" in runs[max(0, label.start - 8) : label.start]:  # 凡注明“来源：本报”的作品……
            continue
        if found := clean_source(first_value(label.value)):
            return found
    return None


def hinted_source(runs: str) -> str | None:
    """Return what stands in a box whose class calls it the source."""
    at = runs.find(SOURCE)
    if at < 0:
        return None
    value = runs[at + 1 :].lstrip(" \x1c\x1d\x1e\x1f")
    return clean_source(first_value(value)) if not labels(value[:12]) else None


def hinted_author(runs: str) -> str | None:
    """Return what stands in a box whose class calls it the author."""
    at = runs.find(AUTHOR)
    value = first_value(runs[at + 1 :]).strip() if at >= 0 else ""
    return value if 1 < len(value) <= 20 and not labels(value) and not _COUNT.match(value) else None


def bylines(runs: str) -> list[Credit]:
    """Return the credits of the parts of an info line that are bylines without a label («2021-03-17 08:15 | 江阳日报记者 舒岩»)."""
    found: list[Credit] = []
    if (signed := _BEFORE_PAPER.match(runs)) and not find("labels", signed.group(1)):
        found = byline.credits(signed.group(1))[0] or byline.authors("作者", signed.group(1))
    if runs[:1] in "□◎" and (alone := byline.only_names(_MARKS.sub(" ", runs).lstrip("□◎ "))):
        return [Credit(name=name, role="作者") for name in alone]
    for part in _BARS.split(_DATE.sub("|", runs)):
        text = part.strip(" \u3000\xa0-·")
        if text and ":" not in text and "：" not in text and byline.is_byline(text):
            found += byline.credits(text)[0]
    return found


def bare_source(runs: str) -> str | None:
    """Return a medium's name that stands in a dated line without a label («2019-09-07 09:59 新京报»)."""
    rest = runs
    for label in reversed(labels(runs)):
        rest = f"{rest[: label.start]}\x1f{rest[label.end :]}"
    for token in _PARTS.split(_AGO.sub("\x1f", _NO_YEAR_CLOCK.sub("\x1f", _DATE.sub("\x1f", rest)))):
        token = token.strip("（()）【】[]")
        if _MEDIA_TOKEN.match(token) and (found := clean_source(token)):
            return found
    return None


def medium(runs: str) -> str | None:
    """Return the medium that a byline names before 记者 («邗石日报全媒体 记者 宗政扬»)."""
    match = _MEDIUM_BEFORE.search(_MARKS.sub(" ", runs))
    return clean_source(match.group(1)) if match else None


def loose_source(runs: str) -> str | None:
    """Return the only word beside the date of an info line («金融市场|棱镜|2019-09-23 07:48»: the one next to the date)."""
    match = _DATE.search(runs) or _NO_YEAR.search(runs)
    if not match or labels(runs):
        return None
    for side in (list(reversed(_PARTS.split(runs[: match.start()]))), _PARTS.split(runs[match.end() :])):
        for token in side:
            token = _BRACKETED.sub("", token).strip("·-—[]【】()（）")
            if not token:
                continue
            if not re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9·+]{2,16}", token) or _COUNT.match(token) or token in lexicon("not_sources"):
                break
            if byline.looks_like_name(token) and not _MEDIA_TOKEN.match(token):
                break
            return token
    return None


@lru_cache(maxsize=1024)
def looks_like(text: str) -> bool:
    """Return whether a line is an info line: short, with a date or labels, and no prose."""
    if len(text) > 200 or "。" in text or (text[:1] in "（(—―─-" and not _DATE.match(text, 1)):
        return False
    dated = _DATE.search(text) or (len(text) <= 48 and (_NO_YEAR_CLOCK.search(text) or _AGO.match(text)))
    if not dated and ":" not in text and "：" not in text and "记者" not in text and "作者" not in text:
        return False
    found = labels(text)
    if dated:
        rest = _MARKS.sub("", _AGO.sub("", _NO_YEAR_CLOCK.sub("", _DATE.sub("", text)))).strip(" |　·-")
        return bool(found) or len(rest) <= 12 or (len(rest) <= 32 and "，" not in rest and bare_source(text) is not None)
    return bool(found) and found[0].start <= (16 if found[0].kind == "author" else 6) and ("，" not in text or len(found) > 1)


def parse(runs: str) -> Info:
    """Return what an info line says."""
    found = labels(runs)
    published = source = None
    editors: list[Credit] = []
    for label in found:
        if label.kind == "date" and not published:
            published = date_in(label.value[:40])
        elif label.kind == "source" and not source:
            source = clean_source(first_value(label.value))
        elif label.kind == "editor":
            editors += byline.editors(label.word, label.value)
    return Info(published or date_in(runs), source, _authors(runs, found), editors)


def _authors(runs: str, found: tuple[Label, ...]) -> list[Credit]:
    """The credits of author labels; labels in a row («作者：本报记者 鲁直 通讯员 迟暮») are read as one byline."""
    reporters: list[Credit] = []
    n = 0
    while n < len(found):
        first = n
        while n < len(found) and found[n].kind == "author":
            n += 1
        if n - first > 1:
            reporters += byline.credits(runs[found[first].start : found[n - 1].end])[0]
        elif n > first:
            reporters += byline.authors(found[first].word, found[first].value)
        n += n == first
    return reporters
