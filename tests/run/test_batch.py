"""Batches: what is done is not done again, what changed is, a stop is clean, and a failure is a row."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ljnews.records import Failure, Page
from ljnews.run.batch import Event, key_of, recipe_of, run_batch
from ljnews.store.sink import open_sink
from ljnews.store.source import all_records
from tests.conftest import ROOT
from tests.store.made import page


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def stored(target: Path) -> dict[str, Any]:
    sink: Any = open_sink(target)
    found = {r.article.input_id or r.article.input: r for r in all_records(sink.engine)}
    sink.close()
    return found


def test_batch_a_second_run_does_nothing_and_says_so(tmp_path: Path) -> None:
    pages, out = [page(n) for n in range(20)], tmp_path / "facts.sqlite"
    first, again = run_batch(pages, out, workers=0), run_batch(pages, out, workers=0)
    assert (first.done, first.skipped, first.exit_code) == (20, 0, 0)
    assert (again.read, again.done, again.skipped, again.exit_code) == (20, 0, 20, 0)
    assert again.changes == {}


def test_batch_only_changed_pages_are_done_again(tmp_path: Path) -> None:
    out = tmp_path / "facts.sqlite"
    run_batch([page(n) for n in range(10)], out, workers=0)
    changed = [page(n, "本县完成投资9亿元,力争年底前建成。" if n == 3 else None) for n in range(12)]
    summary = run_batch(changed, out, workers=0)
    assert (summary.done, summary.skipped) == (3, 9)
    assert stored(out)["3"].article.text.endswith("本县完成投资9亿元,力争年底前建成。")


def test_batch_other_rules_do_everything_again_and_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, pages = tmp_path / "facts.sqlite", [page(n) for n in range(5)]
    run_batch(pages, out, workers=0)
    before = {k: r.model_dump(exclude={"producer"}) for k, r in stored(out).items()}
    monkeypatch.setattr("ljnews.resources.rules_hash", lambda: "other rules")
    summary = run_batch(pages, out, workers=0)
    assert (summary.done, summary.skipped) == (5, 0)
    assert (summary.changes["added"], summary.changes["changed"], summary.changes["withdrawn"]) == (0, 0, 0)
    assert {k: r.model_dump(exclude={"producer"}) for k, r in stored(out).items()} == before
    assert {r.producer.rules_hash for r in stored(out).values()} == {"other rules"}


HTML = """<html><head><title>临川县推进项目建设_临川日报</title></head><body><div class="nav">{nav}</div><div class="article">
<h1>临川县推进项目建设</h1><p class="info">2022-08-05 09:30 来源:临川日报</p><div class="content">{body}</div></div></body></html>"""
BODY = "".join(
    f"<p>{one}</p>" for one in ["8月4日,临川县召开项目推进会。会议指出,青禾产业园项目总投资12亿元,占地300亩,目前主体已完工。"] * 4
)


def test_batch_a_page_whose_article_stayed_keeps_its_facts_untouched(tmp_path: Path) -> None:
    out = tmp_path / "facts.sqlite"

    def with_nav(nav: str) -> Page:
        content = HTML.format(nav=nav, body=BODY).encode()
        return Page(input="a.html", url="http://news.example/a", content=content)

    run_batch([with_nav("首页 要闻")], out, workers=0)
    summary = run_batch([with_nav("首页 要闻 <b>今日头条:秋收</b>")], out, workers=0)
    again = run_batch([with_nav("首页 要闻 <b>今日头条:秋收</b>")], out, workers=0)
    assert (summary.done, summary.changes, again.skipped) == (1, {}, 1)
    assert stored(out)["a.html"].article.content_hash == hashlib.sha256(with_nav("首页 要闻 <b>今日头条:秋收</b>").content).hexdigest()


@pytest.mark.parametrize("order", [1, -1])
def test_batch_two_pages_with_one_id_never_overwrite_each_other(tmp_path: Path, order: int) -> None:
    one, other = page(1), page(1, "另一篇稿件用了同一个编号,完成投资3亿元。")
    out = tmp_path / "facts.sqlite"
    summary = run_batch([one, other][::order], out, workers=0)
    assert (summary.done - summary.failed, summary.failed, summary.exit_code) in {(0, 1, 1), (1, 1, 1)}
    winner = min((one, other), key=lambda p: key_of(p).page_hash)
    assert stored(out)["1"].article.text.endswith((winner.given or {})["text"])
    again = run_batch([one, other][::order], out, workers=0)
    assert (again.done, again.skipped, again.failed_before) in {(0, 1, 1), (0, 2, 0)}
    assert stored(out)["1"].article.text.endswith((winner.given or {})["text"])


def test_batch_failures_are_rows_events_and_an_exit_code(tmp_path: Path) -> None:
    unreadable = Failure(
        input="none.html", input_id=None, url=None, stage="input", error="InputMissing", message="none.html: no such file", retryable=False
    )
    events: list[Event] = []
    for name in ("facts.sqlite", "facts.jsonl"):
        events.clear()
        summary = run_batch([page(1), unreadable, page(2, " ")], tmp_path / name, workers=0, on_event=events.append)
        assert (summary.done, summary.failed, summary.exit_code) == (1, 2, 1)
        assert [e.failure.error for e in events if e.failure] == ["InputMissing", "InputEmpty"]
        assert [e.kind for e in events][:: len(events) - 1] == ["begin", "end"]
    assert [row["error"] for row in lines(tmp_path / "facts.failures.jsonl")] == ["InputMissing", "InputEmpty"]


@pytest.mark.parametrize("name", ["facts.sqlite", "facts.parquet"])
def test_batch_what_cannot_be_read_is_told_once_until_asked(tmp_path: Path, name: str) -> None:
    unreadable = Failure(
        input="none.html", input_id=None, url=None, stage="input", error="InputMissing", message="none.html: no such file", retryable=False
    )
    pages = [page(1), unreadable]
    first, again = (run_batch(pages, tmp_path / name, workers=0) for _ in range(2))
    assert (first.failed, first.failed_before, first.exit_code) == (1, 0, 1)
    assert (again.done, again.failed, again.failed_before, again.exit_code) == (0, 0, 1, 1)
    assert run_batch(pages, tmp_path / name, workers=0, retry_failed=True).failed == 1


def test_batch_what_may_succeed_later_is_tried_again(tmp_path: Path) -> None:
    away = Failure(
        input="http://x.example/", input_id=None, url="http://x.example/", stage="fetch", error="FetchFailed", message="503", retryable=True
    )
    assert run_batch([away], tmp_path / "facts.sqlite", workers=0).failed == 1
    assert run_batch([away], tmp_path / "facts.sqlite", workers=0).failed == 1


def test_batch_runs_are_numbered_and_describe_themselves(tmp_path: Path) -> None:
    from ljnews.store.query import list_runs

    out = tmp_path / "facts.sqlite"
    for _ in range(2):
        run_batch([page(1)], out, workers=0, job="weekly")
    rows = list_runs(out)
    assert [(row["id"], row["job"], row["state"], row["rules_hash"]) for row in rows] == [
        (n, "weekly", "done", recipe_of().rules_hash) for n in (1, 2)
    ]
    assert json.loads(rows[0]["counts"])["done"] == 1
    assert {"layout", "facts", "encode", "read", "store", "wall"} <= set(json.loads(rows[0]["seconds"]))
    assert all(row["started_at"].endswith("+00:00") and row["started_at"] <= row["ended_at"] for row in rows)


def test_batch_odd_days_are_days(tmp_path: Path) -> None:
    days = ["2024-02-29", "9999-12-31", "0001-01-01", "2022-02-30"]
    pages = [Page(input=f"{n}", input_id=f"{n}", given={"date": day, "text": "完成投资3亿元。"}) for n, day in enumerate(days)]
    run_batch(pages, tmp_path / "facts.sqlite", workers=0)
    assert [r.article.published_at for _, r in sorted(stored(tmp_path / "facts.sqlite").items())][:3] == days[:3]


# --- stops

SCRIPT = """
import sys
from ljnews.run.batch import run_batch
from tests.store.made import page
def pages():
    for n in range(int(sys.argv[3])):
        yield page(n)
def show(event):
    if event.kind == "stored" and event.summary.done >= 32:
        print("working", flush=True)
summary = run_batch(pages(), sys.argv[1], workers=int(sys.argv[2]), on_event=show)
print(summary.state, summary.done, summary.skipped, summary.hint)
sys.exit(summary.exit_code)
"""


def _started(target: Path, workers: int, count: int) -> subprocess.Popen[str]:
    """Start a batch and wait until it is at work."""
    command = [sys.executable, "-c", SCRIPT, str(target), str(workers), str(count)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "working\n"
    return child


@pytest.mark.parametrize(
    ("number", "name"), [(signal.SIGINT, "facts.sqlite"), (signal.SIGTERM, "facts.jsonl"), (signal.SIGHUP, "facts.sqlite")]
)  # fmt: skip
def test_batch_a_signal_ends_it_cleanly_and_the_same_command_goes_on(tmp_path: Path, number: int, name: str) -> None:
    target = tmp_path / name
    child = _started(target, 2, 100_000)
    started = time.monotonic()
    os.killpg(child.pid, number)  # the workers get it too, as from a terminal
    out, err = child.communicate(timeout=30)
    assert time.monotonic() - started <= 5 * max(1.0, os.getloadavg()[0] / 2)
    assert child.returncode == 128 + number, err[-2000:]
    assert "run the same command again" in out
    assert err == ""
    done = int(out.split()[out.split().index("stopped") + 1])
    summary = run_batch([page(n) for n in range(done + 40)], target, workers=0)
    assert summary.skipped >= done
    assert summary.done + summary.skipped == done + 40


def test_batch_a_signal_while_the_workers_are_starting_is_clean_too(tmp_path: Path) -> None:
    script = SCRIPT.replace("        yield page(n)", "        print('working', flush=True) if n == 0 else None\n        yield page(n)")
    command = [sys.executable, "-c", script, str(tmp_path / "facts.sqlite"), "2", "100000"]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "working\n"
    time.sleep(0.3)
    os.killpg(child.pid, signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (130, "")
    assert "run the same command again" in out


def test_batch_lines_go_on_after_a_kill(tmp_path: Path) -> None:
    target, count = tmp_path / "facts.jsonl", 400
    child = _started(target, 1, 100_000)
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate()
    assert not target.exists(), "a reader never meets half a file"
    summary = run_batch([page(n) for n in range(count)], target, workers=0)
    assert summary.skipped >= 32
    run_batch([page(n) for n in range(count)], tmp_path / "whole.jsonl", workers=0)
    assert target.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["facts.jsonl", "whole.jsonl"]


def test_batch_lines_of_another_unfinished_run_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "facts.jsonl"

    def until_twenty(event: Event) -> None:
        if event.kind == "stored" and event.summary.done >= 16:
            raise KeyboardInterrupt

    away = Failure(input="http://x.example/", input_id=None, url=None, stage="fetch", error="FetchFailed", message="503", retryable=True)
    for rules in ("one", "other"):
        monkeypatch.setattr("ljnews.resources.rules_hash", lambda r=rules: r)
        with pytest.raises(KeyboardInterrupt):
            run_batch([away, *(page(n) for n in range(64))], target, workers=0, on_event=until_twenty)
    assert len((tmp_path / "facts.jsonl.part").read_bytes().splitlines()) >= 32
    summary = run_batch([away, page(3, "改过的一篇,完成投资3亿元。"), *(page(n) for n in range(8, 20))], target, workers=0)
    assert summary.skipped > 0
    rows = lines(target)
    assert sorted(int(r["article"]["input_id"]) for r in rows) == [3, *range(8, 20)]
    assert {r["producer"]["rules_hash"] for r in rows} == {"other"}
    assert next(r["article"]["text"] for r in rows if r["article"]["input_id"] == "3").endswith("改过的一篇,完成投资3亿元。")
    assert len(lines(tmp_path / "facts.failures.jsonl")) == 1


def test_batch_no_worker_outlives_a_killed_run(tmp_path: Path) -> None:
    import psutil

    child = _started(tmp_path / "facts.sqlite", 2, 100_000)
    family = psutil.Process(child.pid).children(recursive=True)
    assert len(family) >= 3
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    _gone, alive = psutil.wait_procs(family, timeout=10)
    assert not [p for p in alive if p.status() != psutil.STATUS_ZOMBIE]
