"""The same job on Ray and here gives the same rows, also when a worker is killed on the way."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ljnews.run.jobs import run_job
from ljnews.run.ray_engine import page_of, page_row
from tests.conftest import ROOT
from tests.store.made import page

ray = pytest.importorskip("ray")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Ray on this machine, two processors."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))
    )  # the workers run the code under test
    ray.init(
        address="local",
        num_cpus=2,
        _node_ip_address="127.0.0.1",
        include_dashboard=False,
        log_to_driver=False,
        object_store_memory=200 << 20,
    )
    yield ray
    ray.shutdown()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for part in range(3):
        rows = [{"编号": p.input_id, **(p.given or {})} for p in (page(n) for n in range(part * 200, part * 200 + 200))]
        rows[7]["text"] = " "
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in" / f"{part}.parquet")
    for name in ("here", "there"):
        (tmp_path / f"{name}.toml").write_text(
            f'name = "{name}"\n[source]\ninputs = ["in/*.parquet"]\ncolumns = {{ id = "编号" }}\n[options]\nworkers = 2\n'
            f'[[sink]]\nto = "{name}.parquet"\n',
            encoding="utf-8",
        )
    return tmp_path


def tables(path: Path) -> dict[str, list[str]]:
    """Return all rows of a Parquet folder, by table, sorted."""
    import pyarrow.parquet as pq

    found = (folder for folder in path.iterdir() if folder.is_dir())
    return {f.name: sorted(repr(row) for p in f.rglob("*.parquet") for row in pq.ParquetFile(p).read().to_pylist()) for f in found}


@pytest.mark.parametrize("kills", [pytest.param(1, id="ci"), pytest.param(10, id="soak", marks=pytest.mark.soak)])
def test_ray_gives_the_rows_of_the_local_run_also_with_workers_killed(cluster: Any, folder: Path, kills: int) -> None:
    here = run_job("here.toml")
    assert (here.run.done, here.run.failed) == (597, 3)
    ended = threading.Event()
    killed: list[int] = []
    killer = threading.Thread(target=_kill, args=(kills, ended, killed))
    killer.start()
    try:
        there = run_job("there.toml", engine="ray")
    finally:
        ended.set()
        killer.join()
    assert len(killed) == kills, "actors were killed at work"
    assert (there.run.done, there.run.failed, there.exit_code) == (597, 3, 1)
    assert tables(folder / "there.parquet") == tables(folder / "here.parquet")
    assert there.run.facts == here.run.facts


def _kill(kills: int, ended: threading.Event, killed: list[int]) -> None:
    """Kill actors at work, one after the other."""
    import psutil

    while not ended.wait(0.05) and len(killed) < kills:
        for process in psutil.process_iter(["pid", "cmdline"]):
            if process.pid in killed or not _at_work(process):
                continue
            if ended.wait(0.3):
                return
            os.kill(process.pid, signal.SIGKILL)
            killed.append(process.pid)
            break


def _at_work(process: Any) -> bool:
    """Whether a process is one of Ray's actors with its workers started."""
    import psutil

    if not any("ray::" in part and "Extract" in part for part in process.info["cmdline"] or ()):
        return False
    try:
        return any("ljnews.run.nursery" in " ".join(child.cmdline()) for child in process.children())
    except psutil.NoSuchProcess:
        return False


@pytest.mark.soak
def test_ray_other_sinks_are_filled_from_here(cluster: Any, folder: Path) -> None:
    from tests.store.forks import content

    for name in ("here", "there"):
        job = folder / f"{name}.toml"
        text = job.read_text(encoding="utf-8").replace("in/*.parquet", "in/0.parquet")
        job.write_text(text.replace(f"{name}.parquet", f"{name}.sqlite"), encoding="utf-8")
    assert run_job("here.toml").run.done == 199
    assert run_job("there.toml", engine="ray").run.done == 199
    one, other = content("here.sqlite"), content("there.sqlite")
    assert one == other


def test_ray_pages_survive_the_way_to_another_machine() -> None:
    made = page(1).model_copy(
        update={"content": "镕".encode("gb18030") + b"\xff\x00", "more": [b"\x80"], "headers": {"content-type": "text/html"}}
    )
    assert page_of(page_row(made)) == made


def test_ray_is_refused_for_what_it_does_not_do(folder: Path) -> None:
    from ljnews.errors import UsageError

    job = folder / "there.toml"
    job.write_text(job.read_text(encoding="utf-8") + '[[sink]]\nto = "x.csv"\n', encoding="utf-8")
    with pytest.raises(UsageError):
        run_job("there.toml", engine="ray")
