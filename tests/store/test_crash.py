"""Whatever ends a run, the next one goes on, and the store is in the end what an uninterrupted run would have made: nothing lost, doubled or half.

The batch and its sinks are the real ones; extraction is replaced by records made before, so that twenty kills a sink cost seconds. Runs are forked
children, killed with SIGKILL at random moments.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ljnews.errors import OutputUnwritable
from ljnews.records import Page
from ljnews.run import batch
from ljnews.run.batch import RunSummary, key_of, run_batch
from ljnews.store.sink import Item, open_sink
from tests.store.forks import BODIES, Prepared, content, finished, forked, killed_after

KILLS = 20  # in a batch of 2,000 articles


@pytest.mark.parametrize("rounds", [pytest.param(1, id="ci"), pytest.param(50, id="soak", marks=pytest.mark.soak)])
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres), "parquet"])
def test_crash_kills_at_any_moment_lose_and_double_nothing(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, prepared: Callable[[int], list[Page]], rounds: int
) -> None:
    pages = prepared(2000)

    def target(name: str) -> str:
        return str(request.getfixturevalue("server").fresh()) if kind == "postgres" else str(tmp_path / f"{name}.{kind}")

    whole, started = target("whole"), time.monotonic()
    assert finished(forked(lambda: run_batch(pages, whole))) == 0
    spent = time.monotonic() - started
    expected = _parquet(Path(whole)) if kind == "parquet" else content(whole)
    chance, over, met = random.Random(20220805), 0, 0
    for number in range(rounds):
        broken = target(f"broken{number}")
        ended = [killed_after(lambda t=broken: run_batch(pages, t), chance.uniform(0, 2.2 * spent / KILLS)) for _ in range(KILLS)]  # type: ignore[misc]
        met += ended.count(-signal.SIGKILL)
        summary = run_batch(pages, broken)
        assert summary.skipped + summary.done == len(pages)
        over += summary.skipped == 0  # kills that all came before the first write, on a machine that slows down
        assert (_parquet(Path(broken)) if kind == "parquet" else content(broken)) == expected
    assert over <= rounds / 10, "it did not start over"
    assert met > rounds * KILLS / 3, "most kills met the run at work"


def _parquet(folder: Path) -> dict[str, list[str]]:
    """Return the rows of every table of a Parquet folder, sorted; nothing half written lies about."""
    pq = pytest.importorskip("pyarrow.parquet")
    assert not list(folder.parent.glob(".*.part")), "no part is left"
    tables = (path for path in folder.iterdir() if path.is_dir())
    return {t.name: sorted(repr(row) for p in t.rglob("*.parquet") for row in pq.ParquetFile(p).read().to_pylist()) for t in tables}


def test_crash_a_kill_late_in_a_batch_leaves_little_to_do(tmp_path: Path, prepared: Callable[[int], list[Page]]) -> None:
    pages = prepared(1000)
    target = str(tmp_path / "facts.sqlite")

    def until_ninety_percent() -> None:
        def look(event: batch.Event) -> None:
            if event.summary.done >= 900:
                os.kill(os.getpid(), signal.SIGKILL)

        run_batch(pages, target, on_event=look)

    assert finished(forked(until_ninety_percent)) == -signal.SIGKILL
    summary = run_batch(pages, target)
    assert summary.skipped >= 900 - 32
    assert summary.done <= 132


@pytest.mark.parametrize("export_to", ["out.parquet", "out.csv", "out.xlsx", "out.jsonl.gz"])
def test_crash_a_reader_of_an_export_sees_the_old_one_or_the_new_one(
    tmp_path: Path, prepared: Callable[[int], list[Page]], export_to: str
) -> None:
    from ljnews.store.export import export

    pages, target, out = prepared(300), str(tmp_path / "facts.sqlite"), tmp_path / export_to
    run_batch(pages[:100], target)
    export(target, out)
    old = _bytes(out)
    run_batch(pages, target)
    started = time.monotonic()
    assert finished(forked(lambda: export(target, tmp_path / f"new-{export_to}"))) == 0
    spent = time.monotonic() - started
    new = _bytes(tmp_path / f"new-{export_to}")
    chance = random.Random(7)
    for _ in range(8):
        killed_after(lambda: export(target, out, force=True), chance.uniform(0, spent))
        if not out.exists():  # a kill between two renames: the next export finds the old one again
            continue
        assert _bytes(out) in (old, new)
    export(target, out, force=True)
    assert _bytes(out) == new
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".") and out.name in p.name] == []


@pytest.mark.parametrize("export_to", ["out.parquet", "out.csv", "out.jsonl.zst"])
def test_crash_two_processes_that_write_one_file_take_turns(tmp_path: Path, prepared: Callable[[int], list[Page]], export_to: str) -> None:
    from ljnews.store.export import export

    pages, target, out = prepared(200), str(tmp_path / "facts.sqlite"), tmp_path / export_to
    run_batch(pages, target)
    export(target, tmp_path / f"alone-{export_to}")
    children = [forked(lambda: export(target, out, force=True)) for _ in range(3)]
    assert [finished(pid) for pid in children] == [0] * 3
    assert _bytes(out) == _bytes(tmp_path / f"alone-{export_to}")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == [], "no part and no lock is left"


def test_crash_lines_are_written_by_one_process_at_a_time(tmp_path: Path, prepared: Callable[[int], list[Page]]) -> None:
    first = open_sink(tmp_path / "facts.jsonl")
    with pytest.raises(OutputUnwritable, match="another process"):
        open_sink(tmp_path / "facts.jsonl")
    first.close()
    assert run_batch(prepared(20), tmp_path / "facts.jsonl").done == 20
    assert [p.name for p in tmp_path.iterdir()] == ["facts.jsonl"]


def _bytes(path: Path) -> dict[str, bytes]:
    """Return a file's or folder's bytes; a workbook's by its sheets, since its archive holds the time."""
    if path.suffix == ".xlsx":
        import zipfile

        with zipfile.ZipFile(path) as book:
            return {name: book.read(name) for name in book.namelist() if "worksheets" in name}
    return (
        {p.relative_to(path).as_posix(): p.read_bytes() for p in path.rglob("*") if p.is_file()}
        if path.is_dir()
        else {"": path.read_bytes()}
    )


# --- the same batch in other orders, twice at once


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_crash_five_orders_and_two_processes_at_once_give_the_same_tables(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, prepared: Callable[[int], list[Page]]
) -> None:
    pages = prepared(150)
    pages += [one.model_copy(update={"input": f"copy/{n}.json"}) for n, one in enumerate(pages[:20])]  # the same page from two places
    pages += [_other(one) for one in pages[30:40]]  # another page with the same id
    results = []
    for order in range(6):
        target = request.getfixturevalue("server").fresh() if kind == "postgres" else str(tmp_path / f"{order}.sqlite")
        mixed = random.Random(order).sample(pages, len(pages))
        if order < 5:
            for _ in range(2):
                run_batch(mixed, target)
        else:
            both = [forked(lambda m=one, t=target: run_batch(m, t)) for one in (mixed, mixed[::-1])]  # type: ignore[misc]
            assert [finished(pid) for pid in both] == [0, 0]
        found = content(target)
        told = found.pop("told")
        assert order == 5 or len(told) >= 150
        results.append(found)
    assert all(found == results[0] for found in results)
    assert len(results[0]["articles"]) == 150
    assert len(results[0]["failures"]) == 10


def _other(one: Page) -> Page:
    """Return another page under the same id; its record differs by where it came from only, so that the winner can be told."""
    return one.model_copy(update={"input": f"other/{one.input_id}.json", "url": "http://other.example/"})


# --- disk, power, locks


def test_crash_a_power_cut_loses_whole_trailing_groups_at_most(tmp_path: Path, prepared: Callable[[int], list[Page]]) -> None:
    pages, whole = prepared(200), tmp_path / "whole.sqlite"
    run_batch(pages, whole)
    expected = content(str(whole))
    live = tmp_path / "live.sqlite"

    def killed_at_the_end() -> None:
        run_batch(pages, live, on_event=lambda event: os.kill(os.getpid(), signal.SIGKILL) if event.kind == "end" else None)

    assert finished(forked(killed_at_the_end)) == -signal.SIGKILL
    main, wal = live.read_bytes(), (tmp_path / "live.sqlite-wal").read_bytes()
    chance = random.Random(6)
    for n in range(200):
        cut = chance.randrange(len(wal))
        tail = b"" if n % 2 else bytes(len(wal) - cut)
        copy = tmp_path / "copy.sqlite"
        copy.write_bytes(main)
        (tmp_path / "copy.sqlite-wal").write_bytes(wal[:cut] + tail)
        (tmp_path / "copy.sqlite-shm").unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(copy)) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert _half_documents(conn) == 0
        if n % 40 == 0:
            run_batch(pages, copy)
            assert content(str(copy)) == expected


def _half_documents(conn: sqlite3.Connection) -> int:
    """Count articles without a ledger row, facts without evidence, and ledger rows without an article."""
    if not conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles'").fetchone():
        return 0
    queries = (
        "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM done)",
        "SELECT count(*) FROM done WHERE article_id NOT IN (SELECT id FROM articles)",
        "SELECT count(*) FROM facts f WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.article_id = f.article_id AND e.fact_id = f.id)",
    )
    return sum(int(conn.execute(query).fetchone()[0]) for query in queries)


@pytest.fixture(params=[4, pytest.param(60, marks=pytest.mark.soak)], ids=["ci", "soak"])
def seconds(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def _write(target: Path, pages: list[Page], ends: float) -> None:
    """Run batches over and over, some articles made undone in between."""
    while time.monotonic() < ends:
        run_batch(pages, target)
        with contextlib.closing(sqlite3.connect(target, timeout=60)) as conn, conn:
            conn.execute("UPDATE done SET page_hash = '' WHERE article_id IN (SELECT article_id FROM done ORDER BY random() LIMIT 150)")


def _read(target: Path, ends: float) -> None:
    while time.monotonic() < ends:
        with contextlib.closing(sqlite3.connect(target, timeout=60)) as conn:
            conn.execute("SELECT count(*) FROM fact_sentences").fetchone()


def test_crash_two_writers_and_four_readers_meet_no_lock(tmp_path: Path, prepared: Callable[[int], list[Page]], seconds: int) -> None:
    target, pages = tmp_path / "facts.sqlite", prepared(400)
    run_batch(pages[:50], target)
    ends = time.monotonic() + seconds
    children = [forked(lambda p=order: _write(target, p, ends)) for order in (pages, pages[::-1])]  # type: ignore[misc]
    children += [forked(lambda: _read(target, ends)) for _ in range(4)]
    assert [finished(pid) for pid in children] == [0] * 6


def test_crash_an_editor_saves_while_a_batch_writes(
    tmp_path: Path, prepared: Callable[[int], list[Page]], monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    class Paced(Prepared):
        def run(self, tasks: Iterable[Any], **kw: Any) -> Iterator[Item]:
            for item in super().run(tasks, **kw):
                time.sleep(0.002)  # two workers at 4 ms a page
                yield item

    target, pages = tmp_path / "facts.sqlite", prepared(400)
    run_batch(pages[:50], target)
    monkeypatch.setattr(batch, "make_pool", Paced)
    ends = time.monotonic() + seconds
    child = forked(lambda: _write(target, pages, ends))
    saves, waits = _saves(target, ends)
    assert finished(child) == 0
    worst, busy = (sorted(times)[int(len(times) * 0.99)] for times in (saves, waits))
    # What this machine lets a process wait for its turn just now is not the store's doing.
    assert worst <= 0.2 + 5 * busy, f"99% of {len(saves)} saves took up to {worst:.3f} s (turns took up to {busy:.3f} s)"


def _saves(target: Path, ends: float) -> tuple[list[float], list[float]]:
    """Save like an editor, thirty times a second; return how long each save took, and how long each wait for the processor."""
    took, waits = [], []
    with contextlib.closing(sqlite3.connect(target, timeout=60, isolation_level=None)) as conn:
        ids = [id_ for (id_,) in conn.execute("SELECT id FROM articles LIMIT 50")]
        while time.monotonic() < ends:
            started = time.monotonic()
            conn.execute("BEGIN IMMEDIATE")
            conn.execute("UPDATE articles SET keywords = keywords WHERE id = ?", (random.choice(ids),))
            conn.execute("COMMIT")
            took.append(time.monotonic() - started)
            started = time.monotonic()
            time.sleep(0.03)
            waits.append(time.monotonic() - started - 0.03)
    return took, waits


def test_crash_100_000_articles_stay_flat(tmp_path: Path, prepared: Callable[[int], list[Page]], articles: int) -> None:
    import psutil

    pages, step = prepared(1000), articles // 10
    many = (one.model_copy(update={"input_id": f"{n}-{i}"}) for n in range(articles // 1000) for i, one in enumerate(pages))
    stamps: list[tuple[int, float, int]] = []
    me = psutil.Process()

    def look(event: batch.Event) -> None:
        done = event.summary.done
        if done >= step * (len(stamps) + 1):
            stamps.append((done, time.process_time(), me.memory_info().rss))

    class Renamed(Prepared):
        def run(self, tasks: Iterable[Any], **_kw: Any) -> Iterator[Item]:
            for task in tasks:
                body = BODIES[key_of(pages[int(task.page.input_id.split("-")[1])]).id]
                yield Item(task.key, body=_renamed(body, task.key.id))

    batch.make_pool = Renamed  # type: ignore[assignment]
    summary: RunSummary = run_batch(many, tmp_path / "facts.sqlite", on_event=look)
    assert summary.done == articles
    rates = [(b[0] - a[0]) / (b[1] - a[1]) for a, b in pairwise(stamps)]
    # Storing gets slower as the trees grow; a page takes 5 ms in all at the least, and of that a tenth may be lost.
    assert 1 / rates[-1] - 1 / rates[0] <= 0.0005, rates
    assert stamps[-1][2] - stamps[1][2] <= 150 << 20
    assert stamps[-1][2] <= 1500 << 20


@pytest.fixture(params=[4000, pytest.param(100_000, marks=pytest.mark.soak)], ids=["ci", "soak"])
def articles(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def _renamed(rows: Any, id_: str) -> Any:
    """Return the same rows under another article's id."""
    import copy

    twin = copy.copy(rows)
    twin.article = (id_, *rows.article[1:])
    twin.sections = [(id_, *row[1:]) for row in rows.sections]
    twin.tables = {name: [(id_, *row[1:]) for row in listed] for name, listed in rows.tables.items()}
    return twin
