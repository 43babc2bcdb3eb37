"""Workers: pages that raise, hang, crash or eat memory are quarantined, once; all others are done, the same however many workers."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from ljnews.records import Page
from ljnews.run.batch import Event, run_batch
from ljnews.run.worker import Limits
from tests.store.made import page

DEEDS = {
    "异常": ("facts", "Defect(RuntimeError)"),
    "死循环": ("worker", "PageHung"),
    "长睡": ("worker", "PageHung"),
    "C循环": ("worker", "PageHung"),
    "吃内存": ("worker", "OutOfMemory"),
    "段错误": ("worker", "PageCrashed"),
}


def deed(n: int, name: str) -> Page:
    """Return a page whose text makes the component misbehave."""
    return page(n, f"本县召开项目推进会,完成投资{n}亿元。【{name}】")


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_pool_poison_pages_are_quarantined_once_and_the_rest_is_done(tmp_path: Path, poisoned: str) -> None:
    good = [page(n) for n in range(194)]
    pages = [*good[:97], *(deed(1000 + n, name) for n, name in enumerate(DEEDS)), *good[97:]]
    busy = max(1.0, os.getloadavg()[0] / 2)  # memory is to end before time does, also on a busy machine
    out, limits = tmp_path / "facts.jsonl", Limits(seconds=2 * busy, memory=700 << 20)
    summary = run_batch(pages, out, workers=2, config=poisoned, limits=limits)
    assert (summary.done, summary.failed, summary.exit_code) == (194, 6, 1)
    assert [r["article"]["input_id"] for r in lines(out)] == [p.input_id for p in good], "in the order of the inputs"
    failures = {row["input_id"]: row for row in lines(tmp_path / "facts.failures.jsonl")}
    assert {id_: (row["stage"], row["error"]) for id_, row in failures.items()} == {
        str(1000 + n): told for n, told in enumerate(DEEDS.values())
    }
    kept = sorted((tmp_path / "facts.jsonl.quarantine").iterdir())
    assert len(kept) == 5, "the page that only raised is not kept: its input is there"
    for row in failures.values():
        assert ("replay: ljnews extract --workers 1 " in row["message"]) == (row["stage"] == "worker")
        assert not row["retryable"]


def test_pool_poison_is_not_tried_again_unless_asked(tmp_path: Path, poisoned: str) -> None:
    pages = [*(page(n) for n in range(10)), deed(1000, "段错误")]
    out, limits = tmp_path / "facts.sqlite", Limits(seconds=1)
    first = run_batch(pages, out, workers=2, config=poisoned, limits=limits)
    again = run_batch(pages, out, workers=2, config=poisoned, limits=limits)
    asked = run_batch(pages, out, workers=2, config=poisoned, limits=limits, retry_failed=True)
    assert (first.done, first.failed) == (10, 1)
    assert (again.done, again.failed, again.failed_before, again.exit_code) == (0, 0, 1, 1)
    assert again.seconds["wall"] < 1, "no worker was started"
    assert (asked.done, asked.failed) == (0, 1)


def test_pool_the_replay_command_shows_the_same_failure(tmp_path: Path) -> None:
    from ljnews.run.batch import key_of
    from ljnews.run.quarantine import Quarantine

    bad = page(7, "  ")
    command = Quarantine(tmp_path / "kept pages").keep(key_of(bad), bad)
    done = subprocess.run([sys.executable, "-m", "ljnews.cli", *shlex.split(command)[1:]], capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "InputEmpty" in done.stderr


@pytest.mark.parametrize("seconds", [2.0, pytest.param(10.0, marks=pytest.mark.soak)])
@pytest.mark.parametrize("name", ["C循环", pytest.param("死循环", marks=pytest.mark.soak)])
def test_pool_a_hung_page_is_stopped_in_time_and_the_next_one_starts(tmp_path: Path, poisoned: str, name: str, seconds: float) -> None:
    stamps: dict[str, float] = {}

    def look(event: Event) -> None:
        stamps.setdefault(event.kind, time.monotonic())

    started = time.monotonic()
    run_batch([page(1)], tmp_path / "first.jsonl", workers=1, config=poisoned)
    start_up = time.monotonic() - started
    started = time.monotonic()
    summary = run_batch(
        [deed(1, name), page(2)], tmp_path / "facts.jsonl", workers=1, config=poisoned, limits=Limits(seconds=seconds), on_event=look
    )
    assert summary.done == 1
    assert seconds - 0.1 <= stamps["failed"] - started <= seconds + 1 + 2 * start_up
    assert stamps["stored"] - stamps["failed"] <= 1, "a fresh worker is forked, not loaded"


def test_pool_killed_workers_cost_no_page(tmp_path: Path, poisoned: str) -> None:
    pages = [page(n, f"本县完成投资{n}亿元。【慢】") for n in range(80)]
    run_batch(pages, tmp_path / "whole.jsonl", workers=2, config=poisoned)
    ended = threading.Event()

    def kill() -> None:
        while not ended.wait(0.4):
            workers = [p for p in psutil.Process().children(recursive=True) if p.ppid() != os.getpid()]
            if workers:
                os.kill(workers[0].pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        summary = run_batch(pages, tmp_path / "shaken.jsonl", workers=2, config=poisoned)
    finally:
        ended.set()
        killer.join()
    assert (summary.done, summary.failed) == (80, 0)
    assert (tmp_path / "shaken.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_pool_any_number_of_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    pages = [page(n) for n in range(60)]
    for workers in (0, 1, 2):
        run_batch(pages, tmp_path / f"{workers}.jsonl", workers=workers, limits=Limits(pages=25))
    results = {(tmp_path / f"{workers}.jsonl").read_bytes() for workers in (0, 1, 2)}
    assert len(results) == 1
    assert len(next(iter(results)).splitlines()) == 60


def test_pool_leaves_no_process_behind(tmp_path: Path, poisoned: str) -> None:
    before = {p.pid for p in psutil.Process().children(recursive=True)}
    run_batch([page(1), deed(2, "死循环")], tmp_path / "facts.jsonl", workers=2, config=poisoned, limits=Limits(seconds=1))
    assert {p.pid for p in psutil.Process().children(recursive=True)} <= before


@pytest.mark.parametrize("count", [2000, pytest.param(20_000, marks=pytest.mark.soak)])
def test_pool_workers_stay_small(tmp_path: Path, count: int) -> None:
    sizes: list[int] = []

    def look(event: Event) -> None:
        if event.kind == "stored" and event.summary.done % 96 < 16:
            workers = [p for p in psutil.Process().children(recursive=True) if p.ppid() != os.getpid()]
            sizes.append(max((p.memory_info().rss for p in workers), default=0))

    summary = run_batch((page(n) for n in range(count)), tmp_path / "facts.sqlite", workers=2, limits=Limits(pages=count), on_event=look)
    assert summary.done == count
    first = sizes[len(sizes) // 3]  # after the first thousand
    assert max(sizes[len(sizes) // 3 :]) <= first * 1.1
    assert max(sizes) <= 300 << 20


def test_pool_a_component_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    from ljnews.errors import DataError, WorkerError

    config = tmp_path / "broken.cfg"
    config.write_text('[nlp]\nlang = "zh"\npipeline = ["none_such"]\n[components]\n[components.none_such]\nfactory = "none_such"\n')
    with pytest.raises(WorkerError):
        run_batch([page(1)], tmp_path / "facts.jsonl", workers=1, config=str(config))
    with pytest.raises(DataError, match=r"broken\.cfg: not the config of a pipeline: .*none_such"):
        run_batch([page(1)], tmp_path / "facts.jsonl", workers=0, config=str(config))
