"""Records as tables for files: what Parquet, CSV and Excel hold.

`TABLES` are the tables of the database that say something to a reader, without its bookkeeping; `FACTS` is one wide table with a line per fact, for
those who want a single sheet. Names and comments are the database's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa

from ljnews.store import schema
from ljnews.store.rows import TYPES, Json, Row, Rows, json_text
from ljnews.text.text import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its kind is `text`, `int`, `exact` (a decimal), `day`, `bool`, `list` (of strings) or `json`."""

    name: str
    kind: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file."""

    name: str
    columns: tuple[Column, ...]


_LISTS = {"channel", "keywords", "aliases"}


def _kind(column: sa.Column[Any]) -> str:
    if column.type is schema.Json:
        return "list" if column.name in _LISTS else "json"
    kinds = {id(schema.Exact): "exact", id(schema.Day): "day"}
    return kinds.get(id(column.type)) or {sa.Boolean: "bool", sa.Integer: "int"}.get(type(column.type), "text")


def _table(name: str, *more: Column) -> Table:
    columns = (Column(c.name, _kind(c), c.comment or "") for c in schema.metadata.tables[name].columns)
    return Table(name, (*columns, *more))


_PRODUCER = tuple(
    Column(c.name, "text", c.comment or "") for c in schema.done.columns if c.name in ("version", "rules_hash", "lexicon_hash", "segmenter")
)
TABLES = (
    _table("articles", *_PRODUCER),
    *(_table(t.name) for t in schema.CONTENT if t is not schema.facts),
    _table("failures"),
)

FACTS = Table(
    "facts",
    tuple(
        Column(*one)
        for one in (
            ("published_on", "day", "发布日"), ("title", "text", "题目"), ("source", "text", "来源"), ("url", "text", "网址"),
            ("type", "text", "事实类别"), ("said", "text", "姓名、名称、数量或目标"), ("kind", "text", "类别"), ("posts", "text", "职务"),
            ("status", "text", "进展"), ("measure", "text", "指标"), ("subject", "text", "主体"), ("value", "exact", "数值"),
            ("lower", "exact", "下限"), ("upper", "exact", "上限"), ("unit", "text", "单位"), ("approximation", "text", "约数"),
            ("day_from", "day", "期间或时限起"), ("day_to", "day", "期间或时限止"), ("project", "text", "项目"), ("speaker", "text", "说话人"),
            ("evidence", "text", "证据"), ("sentence", "text", "所在句"), ("rule", "text", "规则"), ("start_offset", "int", "起点"),
            ("end_offset", "int", "终点"), ("article_id", "text", "稿件编号"), ("fact_id", "text", "事实编号"),
        )
    ),
)  # fmt: skip

CHANGES = Table(
    "changes",
    tuple(
        Column(*one)
        for one in (
            ("change", "text", "added 新增、changed 改变、withdrawn 撤回"), ("type", "text", "article 或事实类别"), ("id", "text", "编号"),
            ("rule", "text", "规则"), ("evidence", "text", "证据"), ("published_at", "text", "发布时间"), ("title", "text", "题目"),
            ("url", "text", "网址"), ("article_id", "text", "稿件编号"), ("before", "json", "原先"), ("after", "json", "现在"),
        )
    ),
)  # fmt: skip


def table_rows(rows: Rows) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) for every row of a record in `TABLES`."""
    yield "articles", (*rows.article, *rows.producer)
    for row in rows.sections:
        yield "sections", row
    for table, listed in rows.tables.items():
        for row in listed:
            yield table, row


def fact_rows(record: Json) -> Iterator[Row]:
    """Yield a record's lines of the wide table."""
    article = record["article"]
    text = Text(article["text"] or "")
    projects = {p["id"]: p["name"] for p in record["projects"]}
    day = article["published_at"][:10] if article["published_at"] else None
    head = {"published_on": day, **{f: article[f] for f in ("title", "source", "url")}, "article_id": article["id"]}
    for type_ in TYPES:
        for fact in record[type_]:
            told = head | {"type": type_, "fact_id": fact["id"]} | _said(fact) | _proof(fact, text)
            told["project"] = projects.get(fact.get("project_id"))
            yield tuple(told.get(column.name) for column in FACTS.columns)


def _said(fact: Json) -> Json:
    """What a fact says, in the columns of the wide table."""
    told = {f: fact.get(f) for f in ("kind", "status", "measure", "subject", "value", "lower", "upper", "unit", "approximation", "speaker")}
    told["said"] = fact.get("name") or fact.get("surface") or fact.get("text")
    told["posts"] = "、".join(post["post"] for post in fact.get("posts", ())) or None
    if outcomes := fact.get("outcomes"):
        told |= {f: outcomes[0][f] for f in ("value", "lower", "upper", "unit", "approximation")} | {"measure": outcomes[0]["metric"]}
    when = fact.get("period") or fact.get("deadline") or {}
    return told | {"day_from": when.get("from"), "day_to": when.get("to")}


def _proof(fact: Json, text: Text) -> Json:
    own = fact["evidence"]
    e = own[0] if isinstance(own, list) else own
    sentence = text.string[text.sentence_at(e["start"])[0] : max(e["end"], text.sentence_at(e["end"] - 1)[1])]
    return {"evidence": e["text"], "sentence": sentence or None, "rule": e["rule"], "start_offset": e["start"], "end_offset": e["end"]}


def change_row(change: Any) -> Row:
    """Return a feed's line of the table of changes."""
    from ljnews.store.feed import first_evidence

    proof = first_evidence(change.after or change.before or {}) or {}
    article = change.article
    before, after = (None if fact is None else json_text(fact) for fact in (change.before, change.after))
    named = (change.change, change.type, change.id, change.rule, proof.get("text"))
    return (*named, article["published_at"], article["title"], article["url"], article["id"], before, after)


def strings(value: Any) -> list[str]:
    """Return a `list` cell's strings."""
    return orjson.loads(value) if isinstance(value, str) else list(value)
