"""The verbs that live with a store: what they print, write and return."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ljnews.cli import main
from ljnews.store.sink import open_sink
from tests.store.made import item, record
from tests.store.test_sinks import store


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with three runs; the second changes a fact, the third drops one and adds another article."""
    monkeypatch.chdir(tmp_path)
    sink: Any = open_sink("news.sqlite")
    for made in ([record(1), record(2)], [record(1, change="measure"), record(2)], [record(1), record(2, change="gone"), record(3)]):
        store(sink, [item(one) for one in made])
    sink.close()
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def rows(done: Result) -> list[Any]:
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_verbs_diff_lists_facts_by_rule_with_evidence(news: Path) -> None:
    (changed,) = rows(run("diff", "news.sqlite", "1", "2", "--format", "json"))
    assert (changed["change"], changed["type"], changed["rule"], changed["evidence"]) == ("changed", "amounts", "amount.money", "2.5亿元")
    assert changed["what"] == "measure: 总投资 → 计划总投资"
    told = rows(run("diff", "news.sqlite", "1", "3", "--format", "json"))
    assert [(row["change"], row["type"]) for row in told if row["article"] == "临川2县推进重点项目"] == [("withdrawn", "people")]
    assert [row["rule"] or "" for row in told] == sorted(row["rule"] or "" for row in told)
    sheet = list(csv.DictReader(io.StringIO(run("diff", "news.sqlite", "1", "2", "--format", "csv").stdout)))
    assert sheet[0]["evidence"] == "2.5亿元"
    assert "总投资 → 计划总投资" in run("diff", "news.sqlite", "1", "2").stdout
    nothing = run("diff", "news.sqlite", "1", "1")
    assert (nothing.exit_code, nothing.stderr) == (0, "nothing found\n")
    missing = run("diff", "news.sqlite", "1", "9")
    assert (missing.exit_code, missing.stderr.count("\n")) == (2, 1)
    assert "`ljnews query STORE --runs` lists them" in missing.stderr


def test_verbs_export_follows_a_cursor(news: Path) -> None:
    for number, changes in ((1, {"added"}), (2, set()), (3, {"changed"})):
        if number == 3:
            sink: Any = open_sink("news.sqlite")
            store(sink, [item(record(3, change="measure"))])
            sink.close()
        done = run("export", "news.sqlite", "--to", f"{number}.jsonl", "--cursor", "news.cursor")
        assert done.exit_code == 0, done.output
        assert {json.loads(line)["change"] for line in Path(f"{number}.jsonl").read_text(encoding="utf-8").splitlines()} == changes
    lines = rows(run("export", "news.sqlite", "--to", "-", "--no-text", "--mask-citizens"))
    assert [line["article"]["text"] for line in lines] == [None] * 3
    assert "张小禾" not in json.dumps(lines, ensure_ascii=False)
    there = run("export", "news.sqlite", "--to", "1.jsonl")
    assert (there.exit_code, there.stderr.count("\n")) == (2, 1)


def test_verbs_query_answers_in_three_forms(news: Path) -> None:
    found = rows(run("query", "news.sqlite", "--person", "孙明远", "--format", "json"))
    assert [(row["said"], row["posts"]) for row in found] == [("孙明远", "县委书记")]
    assert "孙明远" in run("query", "news.sqlite", "--type", "officials").stdout
    assert "县委书记" in run("query", "news.sqlite").stdout
    sheet = list(csv.DictReader(io.StringIO(run("query", "news.sqlite", "--type", "amounts", "--format", "csv").stdout)))
    assert {row["value"] for row in sheet if row["kind"] == "money"} == {"250000000", "350000000", "450000000"}
    limited = run("query", "news.sqlite", "--limit", "2")
    assert limited.stderr == "the first 2; --limit gives more\n"
    assert [row["state"] for row in rows(run("query", "news.sqlite", "--runs", "--format", "json"))] == ["done"] * 3


def test_verbs_forget_asks_and_tells(news: Path) -> None:
    kept = CliRunner().invoke(main, ["forget", "news.sqlite", "张小禾"], input="n\n")
    assert kept.exit_code == 1
    assert rows(run("query", "news.sqlite", "--person", "张小禾", "--format", "json"))
    done = run("forget", "news.sqlite", "张小禾", "--yes")
    assert done.stderr.startswith("3 articles rewritten, 2 facts gone")
    assert run("query", "news.sqlite", "--person", "张小禾").stderr == "nothing found\n"


def test_verbs_a_job_says_what_it_did_and_that_there_is_nothing_to_do(news: Path) -> None:
    Path("in.jsonl").write_text('{"id": 1, "title": "开工", "text": "总投资2.5亿元。"}\n{"id": 2}\n', encoding="utf-8")
    Path("job.toml").write_text(
        'name = "t"\n[source]\ninputs = ["in.jsonl"]\n[options]\nworkers = 0\n[[sink]]\nto = "out/a.sqlite"\n[[sink]]\nto = "out/a.csv"\n'
    )
    first, again = run("run", "job.toml"), run("run", "job.toml")
    assert (first.exit_code, again.exit_code) == (1, 1), "some inputs failed"
    assert "job.toml: 1 articles done, 1 failed; 1 amounts" in first.stderr
    assert "out/a.csv: 1 articles, 1 facts" in first.stderr
    assert again.stderr.splitlines() == [
        "job.toml: nothing to do, 1 articles unchanged, 1 failed before",
        "failed before: `ljnews query out/a.sqlite --failures` lists them, --retry-failed tries them again",
    ]
    logged = [json.loads(line) for line in run("run", "job.toml", "--json").stderr.splitlines()]
    assert [row["event"] for row in logged] == ["begin", "end"]


def test_verbs_control_c_anywhere_is_one_line_and_130(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ljnews.store.export._lines", stopped)
    done = run("export", "news.sqlite", "--to", "x.jsonl")
    assert (done.exit_code, done.stderr.count("\n")) == (130, 1)
    assert "run the same command again" in done.stderr
