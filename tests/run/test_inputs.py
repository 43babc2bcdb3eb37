"""Everything a user can name becomes pages, or a failure that says what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ljnews.records import Failure, Page
from ljnews.run.inputs import Options, pages

ROWS = [
    {"编号": "甲-1", "标题": "云岭市开工一批项目", "日期": "2022-08-05", "正文": "总投资10亿元。"},
    {"编号": "甲-2", "标题": "澄江县调研", "日期": "2022-08-06", "正文": "占地86亩。"},
]
COLUMNS = {"id": "编号", "title": "标题", "date": "日期", "text": "正文"}


def _read(path: Path | str, **options: Any) -> list[Page | Failure]:
    return list(pages([str(path)], Options(**options)))


def _csv(path: Path, encoding: str) -> Path:
    lines = [",".join(ROWS[0])] + [",".join(f'"{v}"' for v in row.values()) for row in ROWS]
    path.write_text("\r\n".join(lines), encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("columns", [COLUMNS, {}], ids=["named", "usual names"])
def test_inputs_csv(tmp_path: Path, encoding: str, columns: dict[str, str]) -> None:
    found = _read(_csv(tmp_path / "表.csv", encoding), columns=columns)
    assert [p.given for p in found] == [{"id": r["编号"], "title": r["标题"], "date": r["日期"], "text": r["正文"]} for r in ROWS]
    assert [p.input_id for p in found] == ["甲-1", "甲-2"]


@pytest.mark.parametrize("names", ["文章编号,新闻标题,发表日期,文章内容", "ID,Title,Date,Content", " id , 标题,刊发日期,正文内容"])
@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_inputs_tables_as_they_come(tmp_path: Path, names: str, between: str) -> None:
    (tmp_path / "a.csv").write_text(f"{names}\n1,云岭,2022-08-05,总投资10亿元。\n".replace(",", between), encoding="utf-8-sig")
    (page,) = _read(tmp_path / "a.csv")
    assert page.given == {"id": "1", "title": "云岭", "date": "2022-08-05", "text": "总投资10亿元。"}


def test_inputs_xlsx_dates_are_days(tmp_path: Path) -> None:
    from datetime import datetime

    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["标题", "日期", "正文"])
    book.active.append(["云岭", datetime(2022, 8, 5), "总投资10亿元。"])
    book.active.append([None, None, None])
    book.save(tmp_path / "a.xlsx")
    (page,) = _read(tmp_path / "a.xlsx")
    assert page.given == {"title": "云岭", "date": "2022-08-05", "text": "总投资10亿元。"}


def test_inputs_parquet(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "a.parquet")
    assert [p.input for p in _read(tmp_path / "a.parquet")] == [f"{tmp_path}/a.parquet:2", f"{tmp_path}/a.parquet:3"]


def test_inputs_json_lines_go_on_after_a_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id":1,"text":"甲。"}\n{"id":2,\n[1]\n{"id":4}\n\n{"id":5,"html":"<p>乙</p>"}\n', encoding="utf-8")
    found = _read(path)
    assert [type(p).__name__ for p in found] == ["Page", "Failure", "Failure", "Failure", "Page"]
    assert [f.error for f in found if isinstance(f, Failure)] == ["InputMalformed", "InputMalformed", "InputEmpty"]
    assert f"{path}:2: expected one JSON object a line, found a mistake at column 9 (expecting" in found[1].message
    assert found[4].content == "<p>乙</p>".encode()
    assert found[4].given is None


def test_inputs_json_value_one_or_many(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps({"id": "x", "text": "甲。"}), encoding="utf-8")
    (tmp_path / "many.json").write_text(json.dumps([{"text": "甲。"}, {"text": "乙。"}]), encoding="utf-8")
    assert len(_read(tmp_path / "one.json")) == 1
    assert len(_read(tmp_path / "many.json")) == 2


def test_inputs_numbers_of_json_are_never_floats(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": 1.10, "text": "甲。"}\n', encoding="utf-8")
    assert _read(tmp_path / "a.jsonl")[0].input_id == "1.10"


def test_inputs_folder_is_read_in_order_without_assets(tmp_path: Path) -> None:
    for name in ("b.html", "a.txt", "a_files/x.html", ".hidden/y.html", "note.pdf", "deep/c.htm"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<p>甲</p>", encoding="utf-8")
    (tmp_path / "gone.html").symlink_to("nowhere.html")
    *read, gone, left = _read(tmp_path)
    assert [Path(p.input).name for p in read] == ["a.txt", "b.html", "c.htm"]
    assert isinstance(gone, Failure)
    assert gone.error == "InputMissing"
    assert isinstance(left, Failure), "documents may hold articles: a folder that has some says so, in one line"
    assert (left.input, left.error) == (str(tmp_path), "InputBinary")
    assert "1 .pdf left out" in left.message


def test_inputs_glob(tmp_path: Path) -> None:
    for name in ("1.html", "2.html", "3.txt"):
        (tmp_path / name).write_text("甲", encoding="utf-8")
    assert [Path(p.input).name for p in _read(tmp_path / "*.html")] == ["1.html", "2.html"]


def test_inputs_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    for content, many in ((b'{"text":"a"}\n{"text":"b"}\n', 2), (b'[{"text":"a"}]', 1), ("<html>甲</html>".encode(), 1)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert len(_read("-")) == many


BAD = {
    "missing.html": (None, "InputMissing"),
    "empty.html": (b"", "InputEmpty"),
    "blank.txt": (b" \n\n", "InputEmpty"),
    "picture.html": (b"\x89PNG\r\n\x1a\n0000", "InputBinary"),
    "store.sqlite": (b"SQLite format 3\x00" + bytes(80) + "总投资".encode(), "InputBinary"),
    "zeros.txt": (b"abc" + bytes(3000) + b"abc", "InputBinary"),
    "packed.txt": (b"\x1f\x8b\x08abc", "InputBinary"),
    "note.rtf": (b"{\\rtf1 abc}", "InputBinary"),
    "nul.txt": (b"abc\x00def" + b"x" * 200, "InputBinary"),
    "broken.json": (b'{"id": 1', "InputMalformed"),
    "number.json": (b"3", "InputMalformed"),
    "empty.jsonl": (b"\n", "InputEmpty"),
    "no_text_column.csv": ("标题,日期\n甲,2022-08-05\n".encode(), "InputMalformed"),
    "no_rows.csv": ("标题,正文\n".encode(), "InputEmpty"),
    "not.xlsx": (b"hello", "InputMalformed"),
    "not.parquet": (b"hello", "InputMalformed"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_inputs_bad_input_is_a_typed_failure_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    content, error = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text("甲。", encoding="utf-8")
    first, last = pages([str(tmp_path / name), str(tmp_path / "good.txt")])
    assert isinstance(first, Failure)
    assert (first.error, first.stage) == (error, "input")
    assert name in first.message
    assert "\n" not in first.message
    assert isinstance(last, Page)


def test_inputs_missing_named_column_lists_what_is_there(tmp_path: Path) -> None:
    (failure,) = _read(_csv(tmp_path / "a.csv", "utf-8"), columns={"text": "全文本"})
    assert isinstance(failure, Failure)
    assert "全文本" in failure.message
    assert "正文" in failure.message


def test_inputs_utf16_text_is_not_binary(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("云岭市总投资10亿元。" * 20, encoding="utf-16")
    assert isinstance(_read(tmp_path / "a.txt")[0], Page)
