"""Interview turns: who speaks from where to where («记者:…», «王熊骅:…», «问:…», «答:…»).

A turn begins where a line opens with a speaker and a colon, and runs to the next such line, to a new piece (■相关新闻) or to the byline
that closes the piece. It is an interview only where an asker's turn that asks something is followed by somebody else's: a list of credits
(«记者:冯方雄»), a table («时间:», «地点:») or a quotation in a report is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ljnews.lexicon.loader import load
from ljnews.records import Turn

LEXICON = "text/lexicon/turns"
# Kept short: it is tried at the head of every line.
_NAME = r"[\u4e00-\u9fff]{1,7}(?:·[\u4e00-\u9fff]{1,7}){1,3}|[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff][ \u3000]{1,3}[\u4e00-\u9fff]{1,2}"
_HEAD = re.compile(
    rf"[ \t\u3000\u00a0*【\[■●◆]{{0,24}}([\u4e00-\u9fff《》“”]{{0,12}}(?:记者|报|网|周刊)|[QqAa]|{_NAME})"
    r"[】\]*]{0,3}(?:[(（][^()（）\n]{1,30}[)）])?[ \u3000]{0,4}[:：](?=[^\n])"
)
_ASKERS = ("记者", "晚报", "日报", "早报", "商报", "都市报", "周报", "快报", "晨报", "周刊")
_LONGEST = 120  # characters from the head of a line to its colon: the name, brackets, what indents it
_ASKS = re.compile(r"[?？]|如何|怎样|怎么|哪些|什么|请您|请问|请你|谈谈|介绍一下|吗[。\n]|呢[。\n]|是否|多少|为何")
_OPENS_PIECE = re.compile(r"[ \t\u3000]{0,12}(?:[■●▲◆★▶【]|(?:相关|新闻|部门|延伸)(?:新闻|链接|声音|背景|阅读)|编后)")
_BYLINE = re.compile(r"[(（][^()（）\n]{0,8}记者[^()（）\n]{1,40}[)）][ \t\u3000]{0,24}$")


def turns(string: str) -> list[Turn]:
    """Return the turns of an interview, none for any other text.

    >>> [t.speaker for t in turns("记者:今年有哪些安排?\\n李某某:全年将建成五条路。")]
    ['记者', '李某某']
    """
    if ":" not in string and "：" not in string:
        return []
    heads = [(m, _speaker(m.group(1))) for m in _heads(string)]
    heads = [(m, name) for m, name in heads if name]
    if len(heads) < 2 or not _is_interview(string, heads):
        return []
    found: list[Turn] = []
    closed = False  # a new piece began: only a question opens an interview again
    for i, (match, name) in enumerate(heads):
        if closed and not is_asker(name):
            continue
        end = heads[i + 1][0].start() if i + 1 < len(heads) else len(string)
        stop, closed = _stop(string, match.end(), end)
        if string[match.end() : stop].strip():
            found.append(Turn(speaker=name, start=match.end(), end=stop))
    return found


def _heads(string: str) -> Iterator[re.Match[str]]:
    """Yield the heads of lines that open with a speaker; only a line with an early colon is looked at."""
    start = 0
    while start >= 0:
        stop = start + _LONGEST
        if string.find(":", start, stop) >= 0 or string.find("：", start, stop) >= 0:
            head = _HEAD.match(string, start)
            if head is not None:
                yield head
        start = string.find("\n", start) + 1 or -1


def is_asker(speaker: str) -> bool:
    """Say whether a turn's speaker asks."""
    return speaker.strip("《》“”").endswith(_ASKERS) or load(LEXICON).klass(speaker) == "asker"


def is_named(speaker: str) -> bool:
    """Say whether a turn's speaker is a name («答» and «王» are none)."""
    return len(speaker) > 1 and speaker not in load(LEXICON)


def _speaker(head: str) -> str:
    """Return the speaker of a line's head without spaces, "" for a label."""
    name = re.sub(r"[ \u3000]", "", head)
    return "" if load(LEXICON).klass(name) == "label" else name


def _is_interview(string: str, heads: list[tuple[re.Match[str], str]]) -> bool:
    """An asker's turn asks, and somebody else's follows."""
    return any(
        is_asker(name) and not is_asker(other) and _ASKS.search(string, match.end(), after.start())
        for (match, name), (after, other) in pairwise(heads)
    )


def _stop(string: str, start: int, end: int) -> tuple[int, bool]:
    """Return where a turn ends (at a new piece or after the closing byline, else at the next turn), and whether the piece ends there."""
    close = _close(string, start, end)
    stop = end if close is None else close
    while stop > start and string[stop - 1].isspace():
        stop -= 1
    return stop, close is not None


def _close(string: str, start: int, end: int) -> int | None:
    """Return where a piece closes: before the line that opens a new one, or behind a byline at the end of a line; None where neither stands."""
    at = start
    while at < end:
        stop = string.find("\n", at, end)
        stop = end if stop < 0 else stop
        if (at == 0 or string[at - 1] == "\n") and _OPENS_PIECE.match(string, at, end):
            return at
        byline = _BYLINE.search(string, at, stop) if string.find("记者", at, stop) >= 0 else None
        if byline is not None:
            return byline.end()
        at = stop + 1
    return None
