"""Lines → text and sections: the pieces of a page (■相关新闻, 链接, 新闻背景), its tables and captions, with offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ljnews.layout import byline, furniture
from ljnews.layout.strip import Line
from ljnews.layout.words import alternation, lexicon
from ljnews.records import Credit, Section, SectionKind

_MARK = re.compile(r"^[■◆●▲□◎★▶►◇○△☆⊙◤▍▌【\[]\s*")
_HEADING = re.compile(rf"^(?:[■◆●▲□◎★▶►◇○△☆⊙◤▍▌【\[〔]\s*)?(?P<word>{alternation('headings')})\s*[】\]〕>》]*\s*[:：]?$")
_MARKED = re.compile(r"^[■◆●▲◎★▶►◇◤▍▌]\s*(?P<word>[^，。；：！？,;:!?]{2,14})$")
_TABLE_TITLE = re.compile(
    r"^(?:附?表\s?[\d一二三四五六七八九十]*[\s　:：]|.{2,40}(?:一览表|统计表|明细表|情况表|名单|清单|汇总表|表|安排表)(?:[（(][^（）()]{2,16}[）)])?$)"
)


@dataclass(slots=True)
class Piece:
    """One piece of a page while it is put together."""

    kind: SectionKind
    heading: str | None
    title: str | None
    start: int
    end: int = 0
    reporters: list[Credit] = field(default_factory=list)


def heading_of(lines: list[Line], n: int) -> tuple[SectionKind, str] | None:
    """Return (kind, heading) where a line opens a further piece: a known heading, or a marked one that a headline follows."""
    text = lines[n].text
    if len(text) > 20 or lines[n].kind == "cell":
        return None
    following = [line for line in lines[n + 1 : n + 4] if line.kind in ("text", "heading")]
    prose = [i for i, line in enumerate(following) if furniture.is_sentence(line.text)]
    match = _HEADING.match(text)
    if match and prose:
        word = match.group("word")
        return ("sidebar" if lexicon("headings").klass(word) == "sidebar" else "related", word)
    match = _MARKED.match(text)
    if match and prose and prose[0] > 0 and is_headline(following[0].text):
        return ("related", match.group("word").strip())
    return None


def is_headline(text: str) -> bool:
    """Return whether a line can be the headline of a piece: short, without the stop that ends prose."""
    return 5 <= len(text) <= 60 and not text.endswith(("。", "；", "，", "：", ":")) and "。" not in text and not _MARK.match(text)


def assemble(title: str | None, subtitle: str | None, lines: list[Line]) -> tuple[str, list[Section]]:
    """Return the article's text (title, subtitle, then the lines) and its sections."""
    parts: list[str] = [p for p in (title, subtitle) if p]
    offset = sum(len(p) + 1 for p in parts)
    pieces = [Piece("main", None, title, 0)]
    extra: list[Piece] = []
    wants_title = False
    for n, line in enumerate(lines):
        opened = heading_of(lines, n)
        end = offset + len(line.text)
        if opened:
            pieces[-1].end = max(pieces[-1].start, offset - 1)
            pieces.append(Piece(opened[0], opened[1], None, offset))
            wants_title = True
        elif line.kind == "caption":
            extra.append(Piece("caption", None, None, offset, end))
        elif line.kind == "cell":
            _row(extra, lines, n, offset, end)
        else:
            if wants_title and is_headline(line.text) and n + 1 < len(lines) and not byline.is_byline(line.text):
                pieces[-1].title = line.text
            wants_title = False
        if line.kind != "cell":
            pieces[-1].reporters += byline.in_body(line.text)
        parts.append(line.text)
        offset = end + 1
    text = "\n".join(parts)
    pieces[-1].end = len(text)
    every = [*pieces, *(p for p in extra if p.end > p.start)]
    return text, [_section(p) for p in sorted(every, key=lambda p: (p.start, -p.end))]


def _row(extra: list[Piece], lines: list[Line], n: int, offset: int, end: int) -> None:
    """A table's row: it opens the table's section or lengthens it."""
    if n and lines[n - 1].kind == "cell" and lines[n - 1].table == lines[n].table and extra:
        extra[-1].end = end
        return
    before = lines[n - 1].text if n else ""
    extra.append(Piece("table", None, before if _TABLE_TITLE.match(before) and len(before) <= 60 else None, offset, end))


def _section(piece: Piece) -> Section:
    return Section(
        kind=piece.kind,
        heading=piece.heading,
        title=piece.title,
        start=piece.start,
        end=piece.end,
        reporters=byline.unique(piece.reporters),
    )
