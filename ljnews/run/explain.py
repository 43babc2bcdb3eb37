"""`ljnews explain`: the article with every fact marked in its colour, each record below it with rule and evidence.

`terminal()` for the screen, `page()` for one self-contained HTML file, `at()` for what the rules thought of one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from ljnews.records import ArticleRecord, Evidence
from ljnews.text.text import Text

COLOURS = {"officials": "red", "people": "magenta", "amounts": "green", "projects": "blue", "targets": "yellow"}
NAMES = {"officials": "官员", "people": "人物", "amounts": "数量", "projects": "项目", "targets": "目标"}
_PAPER = {"officials": "#fbd5d5", "people": "#f3d9fa", "amounts": "#d3f9d8", "projects": "#d0ebff", "targets": "#fff3bf"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of one fact type."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Line:
    """A fact in words: its type, what it says, its evidence."""

    type: str
    said: str
    evidence: Evidence


def marks(record: ArticleRecord) -> list[Mark]:
    """Return the spans to colour, in text order."""
    found = [Mark(e.start, e.end, t) for t in COLOURS for fact in getattr(record, t) for e in _evidence(fact)]
    return sorted(set(found), key=lambda m: (m.start, -m.end, m.type))


def _evidence(fact: object) -> list[Evidence]:
    evidence = getattr(fact, "evidence")  # noqa: B009
    return evidence if isinstance(evidence, list) else [evidence]


def pieces(record: ArticleRecord) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (string, fact types over it) so that the strings together are the article's text."""
    spans, text = marks(record), record.article.text
    cuts = sorted({0, len(text), *(m.start for m in spans), *(m.end for m in spans)})
    begin, live = 0, []
    for start, end in pairwise(cuts):
        while begin < len(spans) and spans[begin].start <= start:
            live.append(spans[begin])
            begin += 1
        live = [m for m in live if m.end > start]
        yield text[start:end], tuple(t for t in COLOURS if any(m.type == t for m in live))


def lines(record: ArticleRecord) -> Iterator[Line]:
    """Yield every fact in words, type by type."""
    projects = {p.id: p.name for p in record.projects}
    for o in record.officials:
        yield Line("officials", f"{o.name}  {'、'.join(_post(p.organization, p.title, p.state) for p in o.posts)}", o.evidence[0])
    for p in record.people:
        yield Line(
            "people", f"{p.name}  {p.kind}  {'、'.join(_post(q.organization, q.title, q.state) for q in p.posts)}".rstrip(), p.evidence[0]
        )
    for a in record.amounts:
        value = a.value if a.value is not None else f"{a.lower or ''}–{a.upper or ''}"
        period = f"  期间 {a.period.surface}" if a.period else ""
        whose = f"{a.subject}·" if a.subject else ""
        yield Line("amounts", f"{a.surface} = {value} {a.unit}  {a.approximation}  {whose}{a.measure or '?'}{period}", a.evidence)
    for j in record.projects:
        said = [f"{x.name}{f'({x.phase})' if x.phase else ''}={x.value or x.surface}{' ' + x.unit if x.unit else ''}" for x in j.attributes]
        also = f"  又称 {'、'.join(j.aliases)}" if j.aliases else ""
        yield Line("projects", f"{j.name}  [{j.status or '?'}]{also}  {'; '.join(said)}".rstrip(), j.evidence[0])
    for t in record.targets:
        outcome = "; ".join(f"{o.metric or '?'} {o.value or f'{o.lower}–{o.upper}'} {o.unit or ''}" for o in t.outcomes)
        parts = [
            f"{t.kind}/{t.strength}",
            f"时限 {t.deadline.to or '?'}" if t.deadline else "",
            outcome,
            projects.get(t.project_id or "", ""),
        ]
        parts.append(f"说话人 {t.speaker}" if t.speaker else "")
        yield Line("targets", "  ".join(part for part in parts if part), t.evidence)


def _post(organization: str | None, title: str, state: str) -> str:
    return f"{organization or '∅'}+{title}" + ("" if state == "current" else f"({state})")


def at(text: Text, record: ArticleRecord, offset: int) -> Iterator[str]:
    """Yield what the rules made of one place: mentions kept, spans refused with the reason, facts that show it as evidence."""
    start, end = text.sentence_at(offset)
    yield f"{offset}: «{text.string[offset : offset + 1]}» in «{text.string[start:end].strip()}»"
    for label in sorted(text.mentions):
        for m in text.of(label):
            if m.start <= offset < m.end:
                yield f"kept     {label:13} {m.rule:34} {m.start}–{m.end} «{text.string[m.start : m.end]}»"
    for r in text.refusals or []:
        if r.start <= offset < r.end:
            yield f"refused  {r.rule:48} {r.start}–{r.end} «{text.string[r.start : r.end]}»: {r.why}"
    for line in lines(record):
        if line.evidence.start <= offset < line.evidence.end:
            yield f"fact     {line.type:13} {line.evidence.rule:34} {line.said}"


def page(record: ArticleRecord) -> str:
    """Return one self-contained HTML page (no script, nothing loaded) with the article and its facts side by side."""
    css = "".join(f".{t}{{background:{_PAPER[t]}}}" for t in COLOURS) + (
        "body{font:16px/1.8 sans-serif;margin:0;display:grid;grid-template-columns:3fr 2fr;gap:2rem;padding:1.5rem}"
        "article{white-space:pre-wrap}mark{color:inherit;border-radius:3px}li{margin:.4rem 0;font-size:14px;line-height:1.5}"
        "small{color:#555}h2{font-size:15px}header{grid-column:1/3}@media(max-width:50rem){body{display:block}}"
    )
    body = "".join(
        f'<mark class="{types[-1]}" title="{"、".join(NAMES[t] for t in types)}">{escape(s)}</mark>' if types else escape(s)
        for s, types in pieces(record)
    )
    facts = []
    for type_ in COLOURS:
        rows = [x for x in lines(record) if x.type == type_]
        facts.append(f'<h2><mark class="{type_}">{NAMES[type_]} {len(rows)}</mark></h2><ol>')
        facts += [
            f"<li>{escape(x.said)}<br><small>«{escape(x.evidence.text)}» {x.evidence.start}–{x.evidence.end} {escape(x.evidence.rule)}</small></li>"
            for x in rows
        ]
        facts.append("</ol>")
    a = record.article
    head = escape(" · ".join(filter(None, [a.title, a.published_at, a.source, a.input])))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(a.title or a.input)}</title><style>{css}</style>'
        f"<header>{head}</header><article>{body}</article><section>{''.join(facts)}</section></html>\n"
    )
