"""Project tables: a header line with 项目名称, then a project a line, cells parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ljnews.facts.draft import decimal_text
from ljnews.facts.project.dates import value_of
from ljnews.facts.project.names import Name
from ljnews.facts.project.teller import Attribute, Teller
from ljnews.text.text import Span, Text

_NAME = re.compile(r"(?:项目|工程)(?:名称)?$")
_COLUMNS = (
    ("location", re.compile(r"地点|地址|位置|选址|所在地")),
    ("annual_investment", re.compile(r"年度(?:计划)?(?:投资)?|当年(?:计划)?投资|\d{4}年(?:计划)?投资")),
    ("completed_investment", re.compile(r"(?:累计|已)完成投资|完成投资")),
    ("total_investment", re.compile(r"总?投资")),
    ("owner", re.compile(r"业主|建设单位|投资方|投资主体")),
    ("content", re.compile(r"建设(?:内容|规模)|主要内容")),
    ("started_on", re.compile(r"开工(?:时间|日期)")),
    ("due_on", re.compile(r"(?:竣工|完工|建成|投产)(?:时间|日期)")),
    ("status", re.compile(r"进展|状态|建设性质|阶段|进度")),
    ("capacity", re.compile(r"装机容量|产能|规模")),
    ("land_area", re.compile(r"占地|用地")),
)  # fmt: skip
_STATUS = {
    "续建": "under_construction", "在建": "under_construction", "前期": "preliminary", "竣工": "completed", "完工": "completed", "投产": "operating",
    "拟建": "planned", "签约": "signed",
}  # fmt: skip
_UNITS = {"万千瓦": ("W", 10_000_000), "亿元": ("CNY", 100_000_000), "万元": ("CNY", 10_000), "平方米": ("m2", 1), "公顷": ("m2", 10_000)}
_PLAIN = re.compile(r"\d{1,9}(?:\.\d{1,6})?")


@dataclass(slots=True)
class Row:
    """One project's line: the span of its name, and the other cells under their labels."""

    name: Span
    cells: list[tuple[str, Span]]


def rows(text: Text) -> Iterator[Row]:
    """Yield the rows of the project tables."""
    if "\t" not in text.folded:
        return
    labels: list[str] = []
    for start, end in text.paragraphs:
        cells = _cells(text.folded, start, end)
        if len(cells) < 2 or len(cells) != len(labels):
            labels = [text.folded[a:b] for a, b in cells]
            known = any(pattern.search(label) for label in labels for _, pattern in _COLUMNS)
            labels = labels if known and any(_NAME.search(label) for label in labels) else []
            continue
        column = next(n for n, label in enumerate(labels) if _NAME.search(label))
        yield Row(cells[column], [(label, cell) for n, (label, cell) in enumerate(zip(labels, cells, strict=True)) if n != column])


def _cells(folded: str, start: int, end: int) -> list[Span]:
    """Return the spans of a line's cells, white space around them left out."""
    spans = []
    for part in folded[start:end].split("\t"):
        inner = part.strip()
        at = start + part.find(inner)
        spans.append((at, at + len(inner)))
        start += len(part) + 1
    return spans


def names(text: Text) -> list[Name]:
    """Return the names in the tables' name columns."""
    found = []
    for row in rows(text):
        start, end = row.name
        if 3 <= end - start <= 60 and not _PLAIN.fullmatch(text.folded, start, end):
            found.append(Name(start, end, text.string[start:end], "table", "project.table"))
    return found


def attributes(text: Text, teller: Teller) -> Iterator[Attribute]:
    """Yield what the cells beside a name say under their labels."""
    for row in rows(text):
        event = teller.before(row.name[0])
        if event is None or event.project is None or event.start != row.name[0]:
            continue
        for label, span in row.cells:
            name = next((name for name, pattern in _COLUMNS if pattern.search(label)), None)
            if name and span[1] > span[0]:
                yield from _cell(text, event.project, name, label, span)


def _cell(text: Text, project: str, name: str, label: str, span: Span) -> Iterator[Attribute]:
    """Read one cell: a figure, a date, a status word, or the words themselves."""
    start, end = span
    string = text.string[start:end]
    if name == "status":
        status = next((s for word, s in _STATUS.items() if word in string), None)
        if status and "新开工" not in string:
            yield Attribute(project, name, status, start, end, "project.table")
    elif name in ("location", "owner", "content"):
        yield Attribute(project, name, string, start, end, "project.table")
    elif name.endswith("_on"):
        for mention in text.within("date", start, end)[:1]:
            from_, to = mention.value.from_, mention.value.to
            yield Attribute(
                project, name, value_of(mention.value, name), start, end, "project.table",
                from_=from_.isoformat() if from_ else None, to=to.isoformat() if to else None,
            )  # fmt: skip
    else:
        yield from _figure(text, project, name, label, span)


def _figure(text: Text, project: str, name: str, label: str, span: Span) -> Iterator[Attribute]:
    """A quantity, or a bare number whose unit stands in the label (总投资(亿元))."""
    mention = next(iter(text.within("quantity", *span)), None)
    if mention is not None:
        value, unit = decimal_text(mention.value.value), mention.value.unit
        yield Attribute(project, name, value, mention.start, mention.end, "project.table", unit=unit, amount=mention)
        return
    known = next(((unit, factor) for word, (unit, factor) in _UNITS.items() if word in label), None)
    if known and _PLAIN.fullmatch(text.folded, *span):
        value = decimal_text(Decimal(text.folded[span[0] : span[1]]) * known[1])
        yield Attribute(project, name, value, span[0], span[1], "project.table", unit=known[0])
