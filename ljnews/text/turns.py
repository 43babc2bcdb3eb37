"""Interview turns: who speaks from where to where («记者:…», «王熊骅:…», «问:…», «答:…»).

A turn begins where a line opens with a speaker and a colon, and runs to the next such line, to a new piece (■相关新闻) or to the byline
that closes the piece. It is an interview only where an asker's turn that asks something is followed by somebody else's: a list of credits
(«记者:冯方雄»), a table («时间:», «地点:») or a quotation in a report is none.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ljnews.lexicon.loader import load
from ljnews.records import Turn

LEXICON = "text/lexicon/turns"
# Kept short: it is tried at the head of every line.
_NAME = r"[\u4e00-\u9fff]{1,7}(?:·[\u4e00-\u9fff]{1,7}){1,3}|[\u4e00-\u9fff]{1,4}|[\u4e00-\u9fff][ \u3000]{1,3}[\u4e00-\u9fff]{1,2}"
_HEAD = re.compile(
    rf"^[ \t\u3000\u00a0*【\[■●◆]*([\u4e00-\u9fff《》“”]{{0,12}}记者|[QqAa]|{_NAME})"
    r"[】\]*]{0,3}(?:[(（][^()（）\n]{1,30}[)）])?[ \u3000]{0,4}[:：](?=[^\n])",
    re.M,
)
_ASKS = re.compile(r"[?？]|如何|怎样|怎么|哪些|什么|请您|请问|请你|谈谈|介绍一下|吗[。\n]|呢[。\n]|是否|多少|为何")
_CLOSES = re.compile(
    r"^[ \t\u3000]*(?:[■●▲◆★▶【]|(?:相关|新闻|部门|延伸)(?:新闻|链接|声音|背景|阅读)|编后)"
    r"|[(（][^()（）\n]{0,8}记者[^()（）\n]{1,40}[)）][ \t\u3000]*$",
    re.M,
)


def turns(string: str) -> list[Turn]:
    """Return the turns of an interview, none for any other text.

    >>> [t.speaker for t in turns("记者:今年有哪些安排?\\n李某某:全年将建成五条路。")]
    ['记者', '李某某']
    """
    if ":" not in string and "：" not in string:
        return []
    heads = [(m, _speaker(m.group(1))) for m in _HEAD.finditer(string)]
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


def is_asker(speaker: str) -> bool:
    """Say whether a turn's speaker asks."""
    return speaker.endswith("记者") or load(LEXICON).klass(speaker) == "asker"


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
    close = _CLOSES.search(string, start, end)
    if close is not None:
        end = close.end() if close.group()[0] in "(（" else close.start()
    while end > start and string[end - 1].isspace():
        end -= 1
    return end, close is not None
