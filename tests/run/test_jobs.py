"""Job files: read strictly, with the line of what is wrong; run to the last sink; run again, they do nothing."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ljnews.errors import JobError, OutputExists
from ljnews.run.batch import Event, RunSummary
from ljnews.run.jobs import load_job, run_job, shipped
from ljnews.run.progress import as_json, count, display

GOOD = """name = "t"
[source]
inputs = ["in.jsonl"]
[options]
workers = 0
[[sink]]
to = "out/facts.sqlite"
[[sink]]
to = "out/facts.parquet"
no_text = true
[[sink]]
to = "out/facts.jsonl"
mask_citizens = true
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = (
        {"id": n, "title": f"第{n}号项目推进", "date": "2022-08-05", "text": f"青禾{n}号产业园总投资{n + 1}亿元,力争2023年底前建成。"}
        for n in range(10)
    )
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "job.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_jobs_the_second_run_does_nothing(folder: Path) -> None:
    events: list[Event] = []
    first = run_job("job.toml", on_event=events.append)
    assert (first.run.done, first.exit_code) == (10, 0)
    assert set(first.exported) == {"out/facts.parquet", "out/facts.jsonl"}
    before = {p: p.stat().st_mtime_ns for p in (folder / "out").rglob("*") if p.is_file() and p.suffix in (".parquet", ".jsonl")}
    again = run_job("job.toml", on_event=events.append)
    assert (again.run.done, again.run.skipped, again.exported) == (0, 10, {})
    assert {p: p.stat().st_mtime_ns for p in (folder / "out").rglob("*") if p.is_file() and p.suffix in (".parquet", ".jsonl")} == before
    assert [e.note for e in events if e.kind == "stage"] == ["writing out/facts.parquet", "writing out/facts.jsonl"]


def test_jobs_a_sink_that_is_gone_is_written_again(folder: Path) -> None:
    run_job("job.toml")
    (folder / "out" / "facts.jsonl").unlink()
    assert set(run_job("job.toml").exported) == {"out/facts.jsonl"}


@pytest.mark.parametrize("last", ["facts.jsonl", "copy.sqlite"])
def test_jobs_a_sink_that_a_kill_left_behind_is_written_again(folder: Path, monkeypatch: pytest.MonkeyPatch, last: str) -> None:
    """The store has ended its run, and the process dies before, or while, the further sinks are written."""
    from ljnews.run import jobs

    (folder / "job.toml").write_text(GOOD.replace("facts.jsonl", last), encoding="utf-8")
    run_job("job.toml")
    with (folder / "in.jsonl").open("a", encoding="utf-8") as more:
        more.write('{"id": 99, "title": "又一个项目", "text": "总投资9亿元。"}\n')
    export = vars(jobs)["export"]

    def killed(store: Any, target: str, **how: Any) -> Any:
        if not target.endswith(last):
            return export(store, target, **how)
        raise MemoryError

    monkeypatch.setattr(jobs, "export", killed)
    with pytest.raises(MemoryError):
        run_job("job.toml")
    monkeypatch.setattr(jobs, "export", export)
    again = run_job("job.toml")
    assert (again.run.done, set(again.exported)) == (0, {f"out/{last}"})
    assert again.exported[f"out/{last}"].articles == 11
    assert run_job("job.toml").exported == {}


def test_jobs_a_sink_whose_wishes_changed_is_written_again(folder: Path) -> None:
    run_job("job.toml")
    (folder / "job.toml").write_text(GOOD.replace("mask_citizens = true", "mask_citizens = false"), encoding="utf-8")
    assert set(run_job("job.toml").exported) == {"out/facts.jsonl"}


def test_jobs_what_is_shipped_can_be_loaded() -> None:
    assert {"demo", "site"} <= set(shipped())
    for name in shipped():
        assert load_job(name).name


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("workers = 0", "workers = 0\nworkerz = 1"), 6, "unknown key"),
        (("[options]", "[opshuns]"), 4, "unknown key"),
        (("workers = 0", "workers = \"two\""), 5, "valid integer"),
        (("workers = 0", "workers = 0\nworkers = 1"), 6, "not TOML"),
        (("workers = 0", "workers = -1"), 5, "greater than or equal"),
        (('inputs = ["in.jsonl"]', 'inputs = ["in.jsonl"]\ncolumns = { txt = "正文" }'), 4, "expected fields among id, url"),
        (('inputs = ["in.jsonl"]', "inputs = []"), 2, "name inputs"),
        (('inputs = ["in.jsonl"]', 'site = "x"'), 2, "archive"),
        (('to = "out/facts.sqlite"', ""), 6, "to"),
        (("workers = 0", "workers ="), 5, "not TOML"),
        (("workers = 0", "a" + ".a" * 200 + " = 1"), None, "nested deeper"),
        (("workers = 0", "a = " + "[" * 1000 + "]" * 1000), None, "nested deeper"),
        (("workers = 0", "# " + "x" * 2_000_000), None, "bytes"),
        (("workers = 0", "a = \"\\ud800\""), 5, "not TOML"),
    ],
)  # fmt: skip
def test_jobs_what_is_wrong_is_told_with_its_line(folder: Path, change: tuple[str, str], line: int | None, says: str) -> None:
    (folder / "bad.toml").write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(JobError) as caught:
        load_job("bad.toml")
    message = str(caught.value)
    assert says in message
    assert message.startswith("bad.toml:" if line is None else f"bad.toml:{line}:"), message
    assert "\n" not in message
    assert len(message) < 400


def test_jobs_lines_cannot_be_a_store(folder: Path) -> None:
    """Told before the work, not after it."""
    (folder / "job.toml").write_text(GOOD.replace("out/facts.sqlite", "out/first.jsonl"), encoding="utf-8")
    with pytest.raises(JobError, match="must be a store"):
        run_job("job.toml")
    assert not list((folder / "out").iterdir())
    alone = GOOD.replace("out/facts.sqlite", "out/first.jsonl").split('[[sink]]\nto = "out/facts.parquet')[0]
    (folder / "job.toml").write_text(alone, encoding="utf-8")
    assert run_job("job.toml").run.done == 10
    with pytest.raises(OutputExists, match="take it away"):
        run_job("job.toml")


@pytest.mark.parametrize("ending", [".parquet", ".csv", ".xlsx"])
def test_jobs_a_file_is_not_written_again_for_nothing(folder: Path, ending: str) -> None:
    alone = GOOD.replace("out/facts.sqlite", f"out/first{ending}").split('[[sink]]\nto = "out/facts.parquet')[0]
    (folder / "job.toml").write_text(alone, encoding="utf-8")
    assert run_job("job.toml").run.done == 10
    written = (folder / "out" / f"first{ending}").stat()
    assert run_job("job.toml").run.skipped == 10
    assert (folder / "out" / f"first{ending}").stat().st_mtime_ns == written.st_mtime_ns
    with sqlite3.connect(folder / "out" / f".first{ending}.work.sqlite") as conn:
        conn.execute("UPDATE runs SET state = 'running' WHERE id = 2")  # as a kill leaves it, before or after the file got its name
    run_job("job.toml")
    assert (folder / "out" / f"first{ending}").stat().st_mtime_ns > written.st_mtime_ns


def test_jobs_a_missing_file_names_what_there_is() -> None:
    with pytest.raises(JobError, match="demo"):
        load_job("no_such_job")


def test_jobs_a_password_comes_from_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "job.toml").write_text(
        GOOD.replace("out/facts.sqlite", "out/${NEWS_NAME}.sqlite").split('[[sink]]\nto = "out/facts.parquet')[0]
    )
    with pytest.raises(JobError, match="NEWS_NAME"):
        run_job("job.toml")
    monkeypatch.setenv("NEWS_NAME", "named")
    run_job("job.toml")
    assert (folder / "out" / "named.sqlite").exists()


def test_jobs_a_fetched_site_is_read_from_its_archive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetching itself has its own tests; here it leaves a page behind, and the job goes on with it."""
    import ljnews.fetch
    from ljnews.records import Page

    told: dict[str, Any] = {}

    class Done:
        new, changed, failed, interrupted = 1, 0, {"FetchFailed": 1}, False

    def crawl(what: Any, **how: Any) -> Done:
        told.update(how, what=what)
        return Done()

    page = Page(
        input="http://news.example/1", url="http://news.example/1", given={"title": "甲", "date": "2022-08-05", "text": "总投资3亿元。"}
    )
    monkeypatch.setattr(ljnews.fetch, "crawl", crawl, raising=False)
    monkeypatch.setattr(ljnews.fetch, "pages_of_archive", lambda path: iter([page]), raising=False)
    source = 'site = "临川"\narchive = "out/archive"\nsince = 2022-08-01\npages = 9'
    (folder / "job.toml").write_text(GOOD.replace('inputs = ["in.jsonl"]', source), encoding="utf-8")
    assert run_job("job.toml").run.done == 1
    assert (told["what"], told["out"], str(told["since"]), told["pages"]) == ("临川", "out/archive", "2022-08-01", 9)


def test_jobs_json_log_has_one_line_per_event(folder: Path) -> None:
    said: list[str] = []
    with display(said.append, as_lines=True) as show:
        run_job("job.toml", on_event=show)
    rows = [json.loads(line) for line in said]
    assert rows[0]["event"] == "begin"
    assert {"stored", "end", "stage"} <= {row["event"] for row in rows}
    end = next(row for row in rows if row["event"] == "end")
    assert (end["done"], end["failed"], end["state"]) == (10, 0, "done")


def test_jobs_control_characters_stay_inside_their_line() -> None:
    from ljnews.records import Failure

    hostile = "a\nb\r\x1b[31m\u2028\u202e"
    failure = Failure(input=hostile, input_id=None, url=None, stage="layout", error="NoArticle", message=hostile, retryable=False)
    line = as_json(Event("failed", RunSummary(), failure))
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line
    assert json.loads(line)["failure"]["message"] == hostile


def test_jobs_pages_of_other_hosts_are_left_out() -> None:
    from ljnews.records import Page
    from ljnews.run.jobs import wanted

    pages = [
        Page(input=url, url=url) for url in ("http://news.cn/1", "http://www.news.cn/2", "http://badnews.cn/3", "http://x.example/news.cn")
    ]
    assert [p.input[-1] for p in wanted(pages, ["news.cn"])] == ["1", "2"]
    assert len(list(wanted(pages, []))) == 4


def test_jobs_pages_are_counted_where_that_is_cheap(folder: Path) -> None:
    (folder / "a.html").write_text("x")
    assert count(["in.jsonl", "*.html"]) == 11
    (folder / "t.csv").write_text("x")
    assert count(["t.csv"]) is None
