"""Exports: whole and incremental, to every target; what a spreadsheet, DuckDB and a downstream store find there."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ljnews.errors import InputMalformed, InputMissing, OutputExists, UsageError
from ljnews.records import ArticleRecord
from ljnews.store.export import export
from ljnews.store.rows import record_of
from ljnews.store.sink import open_sink
from ljnews.store.source import all_records
from tests.store.made import item, record
from tests.store.test_sinks import store

HOSTILE = ("=1+1", "+86", "-北京", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", '=HYPERLINK("http://evil.test")', 'a,"b"\n=c')


@pytest.fixture
def filled(tmp_path: Path) -> Any:
    """A store with three articles in two runs."""
    sink: Any = open_sink(tmp_path / "facts.sqlite")
    store(sink, [item(record(n)) for n in range(3)])
    store(sink, [item(record(0, change="gone")), item(record(3))])
    yield sink
    sink.close()


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_export_jsonl_is_the_records_byte_for_byte(filled: Any, tmp_path: Path) -> None:
    told = export(filled.path, tmp_path / "all.jsonl")
    assert (tmp_path / "all.jsonl").read_text().splitlines() == [r.model_dump_json() for r in all_records(filled.engine)]
    assert (told.articles, told.facts) == (4, 4 * 7 - 1)


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_export_compressed_lines_are_the_same_lines(filled: Any, tmp_path: Path, ending: str) -> None:
    import gzip

    import zstandard

    export(filled.path, tmp_path / "all.jsonl")
    export(filled.path, tmp_path / f"all.jsonl{ending}")
    packed = (tmp_path / f"all.jsonl{ending}").read_bytes()
    plain = gzip.decompress(packed) if ending == ".gz" else zstandard.ZstdDecompressor().decompressobj().decompress(packed)
    assert plain == (tmp_path / "all.jsonl").read_bytes()


def test_export_parquet_is_exact_in_duckdb(filled: Any, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    export(filled.path, tmp_path / "out.parquet")
    where = f"read_parquet('{tmp_path}/out.parquet/amounts/**/*.parquet', hive_partitioning=true)"
    rows = duckdb.sql(f"SELECT value, value_exact, year FROM {where} WHERE kind = 'money'").fetchall()
    assert {type(value) for value, _, _ in rows} == {Decimal}
    assert all(value == Decimal(text) for value, text, _ in rows)
    assert {str(year) for _, _, year in rows} == {"2022"}
    assert duckdb.sql(f"SELECT sum(value) FROM {where} WHERE unit = 'CNY'").fetchall()[0][0] == sum(Decimal(text) for _, text, _ in rows)


def test_export_parquet_gives_back_the_records(filled: Any, tmp_path: Path) -> None:
    export(filled.path, tmp_path / "out.parquet")
    tables = {folder.name: _parquet_rows(folder) for folder in (tmp_path / "out.parquet").iterdir() if folder.is_dir()}
    made = {}
    for article in tables["articles"]:
        own = {name: [row for row in rows if row.get("article_id") == article["id"]] for name, rows in tables.items()}
        data = record_of(article, article, own.pop("sections"), own)
        made[article["id"]] = ArticleRecord.model_validate(data).model_dump_json()
    assert made == {r.article.id: r.model_dump_json() for r in all_records(filled.engine)}


def _parquet_rows(folder: Path) -> list[dict[str, Any]]:
    """Rows of a table as the store has them: exact numbers as text, lists as JSON."""
    pq = pytest.importorskip("pyarrow.parquet")
    rows = [row for path in sorted(folder.rglob("*.parquet")) for row in pq.ParquetFile(path).read().to_pylist()]
    for row in rows:
        for name in [n for n in row if n.endswith("_exact") and n.removesuffix("_exact") in row]:
            row[name.removesuffix("_exact")] = row.pop(name)
        row |= {k: json.dumps(v, ensure_ascii=False) for k, v in row.items() if isinstance(v, list)}
    return rows


def test_export_parquet_manifest_names_every_file_with_rows_and_hash(filled: Any, tmp_path: Path) -> None:
    import hashlib

    out = tmp_path / "out.parquet"
    export(filled.path, out)
    manifest = json.loads((out / "_manifest.json").read_text())
    assert sorted(f["path"] for f in manifest["files"]) == sorted(p.relative_to(out).as_posix() for p in out.rglob("*.parquet"))
    assert all(hashlib.sha256((out / f["path"]).read_bytes()).hexdigest() == f["sha256"] for f in manifest["files"])
    before = {p.name: p.read_bytes() for p in out.rglob("*.parquet")}
    export(filled.path, out, force=True)
    assert {p.name: p.read_bytes() for p in out.rglob("*.parquet")} == before


def test_export_parquet_numbers_beyond_decimal128_stay_exact_as_text(tmp_path: Path) -> None:
    sink: Any = open_sink(tmp_path / "facts.sqlite")
    data = record(1).model_dump(mode="json")
    data["amounts"][0]["value"] = "123456789012345678901234567890.5"
    data["amounts"][1]["value"] = "0.12345678901234"
    store(sink, [item(ArticleRecord.model_validate(data))])
    export(sink.path, tmp_path / "out.parquet")
    rows = _parquet_rows(tmp_path / "out.parquet" / "amounts")
    assert {row["value"] for row in rows} == {"123456789012345678901234567890.5", "0.12345678901234"}
    sink.close()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_export_spreadsheets_take_no_cell_for_a_formula(tmp_path: Path, hostile: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    data = record(1).model_dump(mode="json")
    data["article"] |= {"title": hostile, "source": hostile}
    data["amounts"][0] |= {"measure": hostile, "value": "-5.5"}
    lines_in = tmp_path / "in.jsonl"
    lines_in.write_text(json.dumps(data, ensure_ascii=False) + "\n")
    export(lines_in, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    safe = "'" + hostile if hostile.startswith(tuple("=+-@\t\r＝＋－＠")) else hostile
    assert {row["title"] for row in rows} == {safe}
    assert "-5.5" in {row["value"] for row in rows}, "a number stays a number"
    export(lines_in, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["facts"]
    cells = [c for row in sheet.iter_rows() for c in row]
    assert not [c for c in cells if c.data_type == "f"]
    assert -5.5 in [c.value for c in cells]
    export(lines_in, tmp_path / "raw.csv", raw_csv=True)
    with (tmp_path / "raw.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["title"] for row in csv.DictReader(file)} == {hostile}


def test_export_since_gives_only_what_changed(filled: Any, tmp_path: Path) -> None:
    told = export(filled.path, tmp_path / "changes.jsonl", since=1)
    rows = lines(tmp_path / "changes.jsonl")
    assert dict(told.changes) == {"withdrawn": 1, "added": 8}
    assert [(r["change"], r["type"]) for r in rows][:2] == [("withdrawn", "people"), ("added", "article")]
    assert rows[0]["after"] is None
    assert rows[0]["before"]["name"] == "张小禾"
    assert {r["article"]["id"] for r in rows} == {record(0).article.id, record(3).article.id}


@pytest.mark.parametrize("name", ["changes.csv", "changes.xlsx", "changes.parquet"])
def test_export_since_serves_tables_too(filled: Any, tmp_path: Path, name: str) -> None:
    assert export(filled.path, tmp_path / name, since=1).facts == 8
    assert (tmp_path / name).exists()


def test_export_a_cursor_file_carries_the_feed_on(filled: Any, tmp_path: Path) -> None:
    cursor = tmp_path / "cursor"
    first = export(filled.path, tmp_path / "1.jsonl", cursor_file=cursor)
    assert (first.articles, set(first.changes)) == (4, {"added"})
    assert {line["change"] for line in lines(tmp_path / "1.jsonl")} == {"added"}, "the first file is of the kind of those that follow"
    assert export(filled.path, tmp_path / "2.jsonl", cursor_file=cursor).articles == 0
    store(filled, [item(record(1, change="measure"))])
    assert dict(export(filled.path, tmp_path / "3.jsonl", cursor_file=cursor).changes) == {"changed": 1}


def test_export_feeds_another_store_until_both_are_equal(new_database: Any) -> None:
    here, there = open_sink(new_database()), new_database()
    source: Any = here
    store(source, [item(record(n)) for n in range(3)])
    target = source.path if hasattr(source, "path") else source.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    cursor = export(target, there).cursor
    for group in ([record(0, change="gone")], [record(1, change="title"), record(4)]):
        store(source, [item(r) for r in group])
        cursor = export(target, there, since=cursor).cursor
        copy: Any = open_sink(there)
        assert [r.model_dump_json() for r in all_records(copy.engine)] == [r.model_dump_json() for r in all_records(source.engine)]
        copy.close()
    here.close()


def test_export_without_text_and_with_citizens_masked(filled: Any, tmp_path: Path) -> None:
    export(filled.path, tmp_path / "a.jsonl", no_text=True, mask_citizens=True)
    assert [r["article"]["text"] for r in lines(tmp_path / "a.jsonl")] == [None] * 4
    assert "张小禾" not in (tmp_path / "a.jsonl").read_text()
    export(filled.path, tmp_path / "b.jsonl", since="seq:0", no_text=True, mask_citizens=True)
    export(filled.path, tmp_path / "c.jsonl", since=1, no_text=True, mask_citizens=True)
    for name in ("b.jsonl", "c.jsonl"):
        assert "张小禾" not in (tmp_path / name).read_text()
        assert record(1).article.text[-20:] not in (tmp_path / name).read_text()
    export(filled.path, tmp_path / "d.sqlite", no_text=True, mask_citizens=True)
    assert "张小禾".encode() not in (tmp_path / "d.sqlite").read_bytes()
    export(filled.path, tmp_path / "e.parquet", no_text=True)
    assert {row["text"] for row in _parquet_rows(tmp_path / "e.parquet" / "articles")} == {""}


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_export_lines_load_into_a_store(filled: Any, tmp_path: Path, ending: str) -> None:
    export(filled.path, tmp_path / f"all.jsonl{ending}")
    export(tmp_path / f"all.jsonl{ending}", tmp_path / "copy.sqlite")
    copy: Any = open_sink(tmp_path / "copy.sqlite")
    assert [r.model_dump_json() for r in all_records(copy.engine)] == [r.model_dump_json() for r in all_records(filled.engine)]
    copy.close()


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_export_lines_that_are_cut_are_told(filled: Any, tmp_path: Path, ending: str) -> None:
    whole = tmp_path / f"all.jsonl{ending}"
    export(filled.path, whole)
    whole.write_bytes(whole.read_bytes()[:-20])
    with pytest.raises(InputMalformed, match=r"all\.jsonl"):
        export(whole, tmp_path / "copy.sqlite")


def test_export_refuses_what_it_cannot_do(filled: Any, tmp_path: Path) -> None:
    (tmp_path / "there.jsonl").write_text("")
    for target, error in (("there.jsonl", OutputExists), ("x.doc", UsageError), ("facts.sqlite", UsageError)):
        with pytest.raises(error):
            export(filled.path, tmp_path / target)
    with pytest.raises(InputMissing):
        export(tmp_path / "none.sqlite", tmp_path / "x.jsonl")
    assert not (tmp_path / "none.sqlite").exists()
