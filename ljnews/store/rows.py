"""A record as rows, and rows as a record again: nothing lost on the way.

`rows_of(record)` runs in the workers; `record_of(...)` gives back the same JSON, for exports and for what stood before a change.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from ljnews.records import Article, ArticleRecord, Failure
from ljnews.store.schema import metadata
from ljnews.text.text import Text

Row = tuple[Any, ...]
Json = dict[str, Any]
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_PARTS = ("posts", "project_attributes", "target_outcomes")
_NOT_READ = {"input", "content_hash", "turns", "place"}
_PRODUCER = ("version", "rules_hash", "lexicon_hash", "segmenter")
TYPES = ("officials", "people", "amounts", "projects", "targets")


@dataclass(slots=True)
class Rows:
    """The rows of one record. `facts` tells the hash of each fact by id; every row of `tables` begins with (article id, fact id)."""

    article: Row
    reading_hash: str
    producer: tuple[str, str, str, str]  # version, rules hash, lexicon hash, segmenter
    sections: list[Row]
    facts: dict[str, tuple[str, int, str]]  # id → type, ordinal, hash
    tables: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The article's text."""
        return str(self.article[-3])

    @property
    def published(self) -> str | None:
        """The article's day of publication."""
        day: str | None = self.article[9]
        return day

    def add(self, table: str, row: Row) -> None:
        """Add a row of a fact."""
        self.tables.setdefault(table, []).append(row)


def json_text(value: Any) -> str:
    """Return canonical JSON: keys sorted, no spaces."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def digest(value: Any) -> str:
    """Return a short hash of JSON data."""
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def reading_hash(article: Article) -> str:
    """Return the hash of all that the layout stage found. While it and the rules stay, so do the facts."""
    return reading_digest(article.model_dump(mode="json"))


def reading_digest(article: Json) -> str:
    """Return the same of an article's JSON data, before or after extraction, which adds the turns and the place."""
    return digest({name: value for name, value in article.items() if name not in _NOT_READ})


def rows_of(record: ArticleRecord) -> Rows:
    """Return a record's rows."""
    return rows_of_data(record.model_dump(mode="json"))


def rows_of_data(data: Json) -> Rows:
    """Return the rows of a record's JSON data. NUL, which PostgreSQL refuses, is kept visible as ␀ (one character for one: offsets hold)."""
    if b"\\u0000" in orjson.dumps(data):
        data = _without_nul(data)
    article = data["article"]
    rows = Rows(
        article=_article_row(article, data["warnings"]),
        reading_hash=reading_digest(article),
        producer=tuple(data["producer"][f] for f in _PRODUCER),
        sections=[_section_row(article["id"], no, s) for no, s in enumerate(article["sections"])],
        facts={},
    )
    sentences = Text(article["text"])
    for type_ in TYPES:
        for no, fact in enumerate(data[type_]):
            rows.facts[fact["id"]] = (type_, no, digest(fact))
            _WRITERS[type_](rows, (article["id"], fact["id"]), fact)
            _add_evidence(rows, (article["id"], fact["id"]), fact, sentences)
    return rows


def failure_row(id_: str, page_hash: str, failure: Failure, made_with: tuple[str, str, str]) -> Row:
    """Return the row of a page without a record; `made_with` are the hashes of rules, lexicons and pipeline."""
    told = _without_nul([failure.input, failure.input_id, failure.url, failure.stage, failure.error, failure.message])
    return (id_, page_hash, *told, failure.retryable, *made_with)


def _without_nul(value: Any) -> Any:
    """Replace NUL in every string of JSON data."""
    if isinstance(value, str):
        return value.replace("\x00", "\u2400")
    if isinstance(value, list):
        return [_without_nul(v) for v in value]
    return {k: _without_nul(v) for k, v in value.items()} if isinstance(value, dict) else value


_ARTICLE = ("input_id", "url", "site", "title", "kicker", "subtitle", "published_at")
_ARTICLE_LISTS = ("channel", "reporters", "editors", "keywords", "turns")


def _article_row(article: Json, warnings: list[Json]) -> Row:
    published = article["published_at"]
    return (
        article["id"], article["input"], *(article[f] for f in _ARTICLE), published[:10] if published else None, article["source"],
        *_place(article["place"]), *(json_text(article[f]) for f in _ARTICLE_LISTS), json_text(warnings), article["pages"],
        article["text"], article["content_hash"], article["text_hash"],
    )  # fmt: skip


def _section_row(article_id: str, no: int, s: Json) -> Row:
    return (article_id, no, s["kind"], s["heading"], s["title"], s["start"], s["end"], json_text(s["reporters"]))


def _place(place: Json | None) -> tuple[str | None, str | None]:
    return (place["adcode"], place["name"]) if place else (None, None)


def _interval(interval: Json | None) -> tuple[str | None, str | None, str | None]:
    return (interval["from"], interval["to"], interval["surface"]) if interval else (None, None, None)


def _add_posts(rows: Rows, key: Row, fact: Json) -> None:
    for no, p in enumerate(fact["posts"]):
        named = (p["post"], p["organization"], p["title"], p["state"], p["organization_resolved"])
        rows.add("posts", (*key, no, *named, *_place(p["place"])))


def _official(rows: Rows, key: Row, fact: Json) -> None:
    rows.add("officials", (*key, fact["name"]))
    _add_posts(rows, key, fact)


def _person(rows: Rows, key: Row, fact: Json) -> None:
    rows.add("people", (*key, fact["name"], fact["kind"]))
    _add_posts(rows, key, fact)


_AMOUNT = ("surface", "kind", "number", "unit_text", "value", "lower", "upper", "unit", "approximation", "measure", "subject", "project_id")


def _amount(rows: Rows, key: Row, fact: Json) -> None:
    rows.add("amounts", (*key, *(fact[f] for f in _AMOUNT), *_interval(fact["period"])))


def _project(rows: Rows, key: Row, fact: Json) -> None:
    rows.add("projects", (*key, fact["name"], json_text(fact["aliases"]), fact["status"], *_place(fact["place"])))
    for no, a in enumerate(fact["attributes"]):
        number = a["value"] if a["unit"] is not None and _is_number(a["value"]) else None
        said = (a["name"], a["phase"], a["value"], number, a["unit"], a["amount_id"], a["from"], a["to"], a["surface"])
        rows.add("project_attributes", (*key, no, *said))


def _is_number(value: str | None) -> bool:
    return value is not None and _NUMBER.fullmatch(value) is not None


def _target(rows: Rows, key: Row, fact: Json) -> None:
    told = (fact["text"], fact["kind"], fact["strength"], fact["actor"], fact["project_id"])
    rows.add("targets", (*key, *told, *_interval(fact["deadline"]), fact["speaker"]))
    for no, o in enumerate(fact["outcomes"]):
        rows.add(
            "target_outcomes",
            (*key, no, o["metric"], o["amount_id"], o["value"], o["lower"], o["upper"], o["unit"], o["approximation"]),
        )


_WRITERS: Mapping[str, Callable[[Rows, Row, Json], None]] = {
    "officials": _official, "people": _person, "amounts": _amount, "projects": _project, "targets": _target,
}  # fmt: skip


def _evidences(fact: Json) -> Iterator[tuple[str, int, int, Json]]:
    """Yield (part, ordinal of the part, ordinal, evidence)."""
    own = fact["evidence"]
    for no, e in enumerate(own if isinstance(own, list) else [own]):
        yield "fact", 0, no, e
    for part, listed in (("post", fact.get("posts", ())), ("attribute", fact.get("attributes", ()))):
        for part_no, one in enumerate(listed):
            yield part, part_no, 0, one["evidence"]


def _add_evidence(rows: Rows, key: Row, fact: Json, text: Text) -> None:
    for part, part_no, no, e in _evidences(fact):
        first, last = e["start"], e["end"]
        start, end = text.sentence_at(first)
        if last > end:
            end = max(last, text.sentence_at(last - 1)[1])
        rows.add("evidence", (*key, part, part_no, no, first, last, e["text"], e["rule"], start, end))


# --- rows → record -----------------------------------------------------------------------------------------------------------------------


def record_of(
    article: Mapping[str, Any], done: Mapping[str, Any], sections: Sequence[Mapping[str, Any]], tables: Mapping[str, Sequence[Json]]
) -> Json:
    """Return a record's JSON data from its rows (mappings by column name; live facts only; lists in order)."""
    made: Json = {
        "schema_version": "1.0",
        "producer": {f: done[f] for f in _PRODUCER},
        "article": _article_json(article, sections),
    }
    evidence: dict[tuple[str, str, int], list[Json]] = {}
    for e in tables["evidence"]:
        span = {"start": e["start_offset"], "end": e["end_offset"], "text": e["text"], "rule": e["rule"]}
        evidence.setdefault((e["fact_id"], e["part"], e["part_no"]), []).append(span)
    parts: dict[str, dict[str, list[Json]]] = {}
    for table in _PARTS:
        for row in tables[table]:
            parts.setdefault(table, {}).setdefault(row["fact_id"], []).append(row)
    for type_ in TYPES:
        made[type_] = [_READERS[type_](row, evidence, parts) for row in tables[type_]]
    made["warnings"] = _loads(article["warnings"])
    for warning in made["warnings"]:
        if warning["evidence"] is not None:
            warning["evidence"] = _in_order(warning["evidence"])
    return made


def record_of_rows(rows: Rows) -> Json:
    """Return the JSON data of a record from the rows that were made of it."""
    tables = {name: [_named(name, row) for row in rows.tables.get(name, ())] for name in (*TYPES, *_PARTS, "evidence")}
    sections = [_named("sections", row) for row in rows.sections]
    return record_of(_named("articles", rows.article), dict(zip(_PRODUCER, rows.producer, strict=True)), sections, tables)


def _named(table: str, row: Row) -> Json:
    return dict(zip(metadata.tables[table].columns.keys(), row, strict=False))


def _loads(value: Any) -> Any:
    """Return a JSON column's value; the keys of its objects in the record's order, which no database keeps."""
    listed = orjson.loads(value) if isinstance(value, str) else value
    return [_in_order(one) for one in listed]


_ORDER = ("name", "role", "speaker", "code", "message", "evidence", "start", "end", "text", "rule")


def _in_order(value: Any) -> Any:
    return {name: value[name] for name in sorted(value, key=_ORDER.index)} if isinstance(value, dict) else value


def _text(value: Any) -> str | None:
    """A date or decimal as the record writes it."""
    return None if value is None else format(value, "f") if hasattr(value, "as_tuple") else str(value)


def _article_json(a: Mapping[str, Any], sections: Sequence[Mapping[str, Any]]) -> Json:
    made: Json = {f: a[f] for f in ("id", "input", *_ARTICLE, "source", "pages", "text", "content_hash", "text_hash")}
    made |= {f: _loads(a[f]) for f in _ARTICLE_LISTS}
    made["place"] = _place_json(a)
    made["sections"] = [
        {"kind": s["kind"], "heading": s["heading"], "title": s["title"], "start": s["start_offset"], "end": s["end_offset"],
         "reporters": _loads(s["reporters"])}
        for s in sections
    ]  # fmt: skip
    return {name: made[name] for name in Article.model_fields}


def _place_json(row: Mapping[str, Any]) -> Json | None:
    return {"adcode": row["place_adcode"], "name": row["place_name"]} if row["place_name"] is not None else None


def _interval_json(row: Mapping[str, Any], prefix: str) -> Json | None:
    if row[f"{prefix}_surface"] is None:
        return None
    return {"from": _text(row[f"{prefix}_from"]), "to": _text(row[f"{prefix}_to"]), "surface": row[f"{prefix}_surface"]}


_Evidence = Mapping[tuple[str, str, int], list[Json]]
_Parts = Mapping[str, Mapping[str, list[Json]]]
_POST = ("post", "organization", "title", "state", "organization_resolved")


def _person_json(row: Json, evidence: _Evidence, parts: _Parts) -> Json:
    fact = {"id": row["fact_id"], "name": row["name"]} | ({"kind": row["kind"]} if "kind" in row else {})
    fact["posts"] = [
        {f: p[f] for f in _POST} | {"place": _place_json(p), "evidence": evidence[row["fact_id"], "post", p["no"]][0]}
        for p in parts.get("posts", {}).get(row["fact_id"], ())
    ]
    return fact | {"evidence": evidence[row["fact_id"], "fact", 0]}


def _amount_json(row: Json, evidence: _Evidence, _parts: _Parts) -> Json:
    fact = {"id": row["fact_id"]} | {f: row[f] for f in _AMOUNT} | {f: _text(row[f]) for f in ("value", "lower", "upper")}
    return fact | {"period": _interval_json(row, "period"), "evidence": evidence[row["fact_id"], "fact", 0][0]}


def _project_json(row: Json, evidence: _Evidence, parts: _Parts) -> Json:
    attributes = [
        {f: a[f] for f in ("name", "phase", "value", "unit", "amount_id")}
        | {"from": _text(a["day_from"]), "to": _text(a["day_to"]), "surface": a["surface"]}
        | {"evidence": evidence[row["fact_id"], "attribute", a["no"]][0]}
        for a in parts.get("project_attributes", {}).get(row["fact_id"], ())
    ]
    fact = {
        "id": row["fact_id"],
        "name": row["name"],
        "aliases": _loads(row["aliases"]),
        "status": row["status"],
        "place": _place_json(row),
    }
    return fact | {"attributes": attributes, "evidence": evidence[row["fact_id"], "fact", 0]}


def _target_json(row: Json, evidence: _Evidence, parts: _Parts) -> Json:
    outcomes = [
        {"metric": o["metric"], "amount_id": o["amount_id"]}
        | {f: _text(o[f]) for f in ("value", "lower", "upper")}
        | {"unit": o["unit"], "approximation": o["approximation"]}
        for o in parts.get("target_outcomes", {}).get(row["fact_id"], ())
    ]
    fact = {"id": row["fact_id"], "text": row["text"], "kind": row["kind"], "strength": row["strength"], "actor": row["actor"]}
    fact |= {"outcomes": outcomes, "project_id": row["project_id"], "deadline": _interval_json(row, "deadline")}
    return fact | {"speaker": row["speaker"], "evidence": evidence[row["fact_id"], "fact", 0][0]}


_READERS: Mapping[str, Callable[[Json, _Evidence, _Parts], Json]] = {
    "officials": _person_json, "people": _person_json, "amounts": _amount_json, "projects": _project_json, "targets": _target_json,
}  # fmt: skip
