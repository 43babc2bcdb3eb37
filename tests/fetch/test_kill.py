"""F10: the crawler killed at random points. After the last run everything is stored once, nothing is lost, hosts were spared."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from ljnews.fetch import Archive, pages_of_archive
from ljnews.fetch.tools import verify
from ljnews.records import Page
from tests.conftest import ROOT
from tests.fetch.papers import Papers
from tests.fetch.server import Server
from tests.fetch.sites import write_sites

DELAY = 0.01


def _process(tmp_path: Path, sites: list[Path]) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "tests.fetch.crawl_process",
        str(tmp_path / "out"),
        str(tmp_path / "hosts"),
        str(DELAY),
        *map(str, sites),
    ]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _kill_and_rerun(size: int, kills: int, tmp_path: Path) -> None:
    """Crawl six papers of `size` articles, killed so often at requests chosen by dice, then to the end."""
    papers, dice = Papers(size), random.Random(5)
    total = papers.articles()
    with Server(papers) as server:
        sites = write_sites(tmp_path / "sites", server.port)
        for n in range(kills):
            until = int(total * (n + dice.random()) / (kills + 1))
            process = _process(tmp_path, sites)
            deadline = time.monotonic() + 60
            while len(server.requests) < until and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.002)
            time.sleep(dice.random() * 0.02)
            process.send_signal(signal.SIGKILL)
            process.wait()
        last = _process(tmp_path, sites)
        printed, problems = last.communicate(timeout=300)
        assert last.returncode == 0, problems.decode()
        summary = json.loads(printed)
        _judge(papers, server, tmp_path / "out", summary, kills)


def _judge(papers: Papers, server: Server, out: Path, summary: dict[str, object], kills: int) -> None:
    assert summary["pending"] == 0
    with Archive(out) as archive:
        stored = Counter(c.key for c in archive.captures("c.kind = 'article'"))
        urls = {c.url for c in archive.captures("c.kind = 'article' AND c.problem IS NULL")}
    assert set(stored.values()) == {1}, "an article was stored twice"
    refetched = 0
    for host, paper in papers.papers.items():
        fetched = Counter(n for t in server.asked(host) if (n := paper.number(t)) is not None)
        assert set(fetched) == set(range(1, paper.size + 1)), f"{host}: articles lost"
        refetched += sum(c - 1 for c in fetched.values())
        # each gap at the server, over all kills; a millisecond for the server's own threads
        assert min(server.gaps(host)) >= DELAY - 0.002, host
    assert len(urls) == papers.articles()
    assert refetched <= kills * len(papers.papers), f"{refetched} fetched again after {kills} kills"
    assert not verify(out).damaged
    assert sqlite3.connect(out / "archive.sqlite").execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    pages = [p for p in pages_of_archive(out) if isinstance(p, Page)]
    assert len(pages) == papers.articles()
    assert len({p.url for p in pages}) == len(pages)


def test_kill_twenty_times_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Twenty kills over six papers of 2,004 articles in all."""
    _kill_and_rerun(334, 20, tmp_path)


@pytest.mark.soak
def test_kill_a_hundred_times(tmp_path: Path) -> None:
    _kill_and_rerun(334, 100, tmp_path)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_kill_a_polite_stop_is_quick_and_resumed(how: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C ends a crawl within seconds, with a summary; the rerun goes on where it was."""
    papers = Papers(120)
    with Server(papers) as server:
        sites = write_sites(tmp_path / "sites", server.port)
        process = _process(tmp_path, sites)
        while len(server.requests) < 60:
            time.sleep(0.01)
        started = time.monotonic()
        process.send_signal(how)
        printed, _ = process.communicate(timeout=20)
        assert time.monotonic() - started < 5
        if how is signal.SIGINT:
            assert json.loads(printed)["interrupted"] is True
        again = _process(tmp_path, sites)
        printed, _ = again.communicate(timeout=120)
        summary = json.loads(printed)
        assert summary["resumed"] is True
        assert summary["pending"] == 0
        _judge(papers, server, tmp_path / "out", summary, 1)
