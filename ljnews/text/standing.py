"""Who speaks where no word says so: the person whose name stands over a paragraph, the one who gives the government's report."""

from __future__ import annotations

import re
from bisect import bisect_right

from ljnews.text.addressed import name_of
from ljnews.text.text import Text

_CAPTION_MOST = 40  # characters of «某县交通局局长 某某»
_SPOKEN_LEAST = 16  # of what he says below
_NO_CAPTION = re.compile(r"[,。:;!?、“”《》]|记者|通讯员|编辑|摄影|作者|来源|责编|文/|图/|供稿")
_REPORT = re.compile(r"(?:向大会)?作了?(?:题为[^,。]{1,30}的)?《?政府工作报告")
_ITSELF = re.compile(r"《?报告》?(?:指出|提出|明确|要求|强调)")  # the report speaks, not its reader
_SAYS = re.compile(r"(?:在报告中|还|同时|并)?(?:说|指出|提出|表示|强调)")
_HEAD = 300  # characters in which a printed report names who gives it
_GIVES = re.compile(r"我代表[^,。]{1,16}(?:政府|政府班子)[^,。]{0,8}(?:报告|作)")
_OTHERS = re.compile(r"[ \u3000]{0,4}(?:大会|会议|会前|会上|随后|代表们|各代表团|出席|列席|上午|下午|[^,。 \u3000]{0,12}主持)")


def standing(text: Text, offset: int) -> str | None:
    """Return who speaks at an offset by a caption over its paragraph, or by the report that it belongs to."""
    i = bisect_right(text.paragraphs, (offset, len(text.folded))) - 1
    return _captioned(text, i) or _reporter(text, text.paragraphs[i][0]) if i >= 0 else None


def _captioned(text: Text, i: int) -> str | None:
    """«某县交通局局长 某某», and what he says in the paragraph below."""
    if i == 0:
        return None
    (above, below), (start, end) = text.paragraphs[i - 1 : i + 1]
    if below - above > _CAPTION_MOST or end - start < _SPOKEN_LEAST or _NO_CAPTION.search(text.folded, above, below):
        return None
    names = text.within("person", above, below)
    alone = len(names) == 1 and not text.folded[names[0].end : below].strip(" \u3000\n")
    return name_of(names[0]) if alone and names[0].start > above + 1 else None


def _reporter(text: Text, start: int) -> str | None:
    """Return who gives the government's report that a paragraph belongs to; None where the report itself is said to speak."""
    giver = text.layer("report_giver", _giver)
    if giver is None or start < giver[1] or _OTHERS.match(text.folded, start):
        return None
    return giver[0]


def _giver(text: Text) -> tuple[str, int] | None:
    """Return his name and where his report begins: «甲作政府工作报告» where he speaks later on, or who signs a printed one."""
    folded = text.folded
    if "报告" not in folded:
        return None
    given = _REPORT.search(folded)
    if given is not None:
        people = text.within("person", text.sentence_at(given.start())[0], given.start())
        if not people or _ITSELF.search(folded):
            return None
        name, end = name_of(people[-1]), text.sentence_at(given.start())[1]
        later = [p for p in text.within("person", end, len(folded)) if name_of(p) == name]
        return (name, end) if any(_SAYS.match(folded, p.end) for p in later) else None
    printed = _GIVES.search(folded, 0, 2 * _HEAD)
    if printed is None:
        return None
    names = {name_of(p) for p in text.within("person", 0, printed.start())}
    return (names.pop(), printed.end()) if len(names) == 1 else None
