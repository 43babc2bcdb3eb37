"""From a listing to facts in SQLite in one command, on the site that the package serves for its demo."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ljnews import resources
from ljnews.fetch import demo_site
from tests.conftest import ROOT


@pytest.fixture
def port() -> Iterator[int]:
    running = demo_site.server(0)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield running.server_address[1]
    running.shutdown()
    running.server_close()


def _run(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"LJNEWS_STATE": str(folder / "state")}
    command = [sys.executable, "-m", "ljnews.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_job_from_a_list_to_facts(port: int, tmp_path: Path) -> None:
    site = resources.text("sites/demo/demo-crawl.toml").replace(f":{demo_site.PORT}/", f":{port}/")
    (tmp_path / "site.toml").write_text(site, encoding="utf-8")
    job = resources.text("pipelines/demo-crawl.toml").replace("ljnews:sites/demo/demo-crawl.toml", "site.toml")
    job = job.replace("delay = 0.2", "delay = 0").replace("workers = 2", "workers = 0")
    (tmp_path / "job.toml").write_text(job, encoding="utf-8")
    first = _run("run", "job.toml", folder=tmp_path)
    assert first.returncode == 0, first.stderr
    database = sqlite3.connect(tmp_path / "out" / "demo-crawl.sqlite")
    pages = len(list((ROOT / "corpus" / "pages").glob("*.html")))
    assert database.execute("SELECT count(*) FROM articles").fetchone()[0] == pages
    for table in ("officials", "amounts", "projects", "targets"):
        assert database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0, table
    second = _run("run", "job.toml", folder=tmp_path)
    assert second.returncode == 0
    assert "0 new and 0 changed pages" in second.stdout + second.stderr
    assert database.execute("SELECT count(*) FROM articles").fetchone()[0] == pages


def test_job_site_of_the_package_is_found() -> None:
    from ljnews.fetch.sources import sources

    found = sources("ljnews:sites/demo/demo-crawl.toml", since=None, today=__import__("datetime").date(2022, 8, 5))
    assert [s.url for s in found[0].seeds] == [f"http://127.0.0.1:{demo_site.PORT}/xw/"]
