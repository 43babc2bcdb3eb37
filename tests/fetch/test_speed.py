"""Speed and memory of a crawl: pages a second without delay, and a peak that does not grow with the number of pages."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.fetch.papers import sentences
from tests.fetch.server import Reply, Request, Server

#: A page is about 20 KB, as pages of regional papers are without their pictures.
_FRAME = "<ul>" + "".join(f'<li><a href="/column/{n}.html">栏目导航第{n}项</a></li>' for n in range(300)) + "</ul>"


def _endless(size: int) -> Any:
    """A site of so many articles, a hundred on a list page."""

    def app(request: Request) -> Reply:
        if request.path.startswith("/list/"):
            n = int(request.path[6:])
            links = "".join(
                f'<li><a href="/news/2022/{n * 100 + i:07d}.html">清溪区重点项目第{n * 100 + i}批开工</a></li>' for i in range(100)
            )
            more = f'<a href="/list/{n + 1}">下一页</a>' if (n + 1) * 100 < size else ""
            return Reply(f"<ul>{links}</ul>{more}".encode())
        if request.path == "/robots.txt":
            return Reply(b"", 404)
        said = "".join(f"<p>{s}</p>" for s in sentences(request.path, 6))
        return Reply(f"<html><title>{request.path}</title>{_FRAME}<div>{said}</div></html>".encode())

    return app


def _measured(size: int, tmp_path: Path, *marks: int) -> dict[str, Any]:
    with Server(_endless(size)) as server:
        command = [
            sys.executable,
            "-m",
            "tests.fetch.measured_process",
            str(tmp_path / "out"),
            str(tmp_path / "state"),
            server.url("a.test", "/list/0"),
        ]
        done = subprocess.run([*command, *map(str, marks)], cwd=ROOT, capture_output=True, text=True, timeout=1200, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["new"] == size
    return found


def test_speed_and_memory_of_one_process(tmp_path: Path) -> None:
    """2,000 pages: at least 100 for a second of CPU, near-same check included; the peak grows no more from 600 to 2,000."""
    found = _measured(2000, tmp_path, 600, 2000)
    assert found["pages"] / found["cpu"] >= 100, found
    assert found["peaks"]["2000"] <= 1.1 * found["peaks"]["600"], found


@pytest.mark.soak
def test_speed_memory_is_flat_over_twenty_thousand_pages(tmp_path: Path) -> None:
    found = _measured(20_000, tmp_path, 2000, 20_000)
    assert found["pages"] / found["cpu"] >= 100, found
    assert found["peaks"]["20000"] <= 1.1 * found["peaks"]["2000"], found
