"""A disk that fills, fails or forbids: a typed error, a readable store, and a run that goes on when there is room again."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ljnews.errors import LjnewsError, OutputUnwritable, StorageFull, StoreError
from ljnews.records import Page
from ljnews.run.batch import run_batch
from ljnews.store.export import export
from ljnews.store.sink import open_sink
from tests.conftest import ROOT
from tests.store.forks import content, finished, forked

KINDS = ["facts.sqlite", "facts.jsonl", "facts.parquet", "facts.csv"]


def _in_child(work: Callable[[], Any], expected: type[LjnewsError]) -> int:
    """Run in a forked child; 0 where the expected error came out."""

    def run() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            work()
        except expected as error:
            message = str(error)
            assert "\n" not in message
            os._exit(0)
        os._exit(9)

    return finished(forked(run))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 400 KB, where this user may mount one."""
    where = tmp_path / "disk"
    where.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "ljnews-test", str(where)], capture_output=True)
    if made.returncode:
        pytest.skip("this user cannot mount a small disk")
    yield where
    subprocess.run(["umount", "-l", str(where)], check=True)


@pytest.mark.parametrize("name", KINDS)
def test_disk_full_is_told_and_the_run_goes_on_when_there_is_room(
    small_disk: Path, prepared: Callable[[int], list[Page]], name: str
) -> None:
    pages = prepared(300)
    target = small_disk / name
    assert _in_child(lambda: run_batch(pages, target), StorageFull) == 0
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    summary = run_batch(pages, target)
    assert summary.done + summary.skipped == 300
    assert summary.skipped > 0
    if name.endswith(".sqlite"):
        assert len(content(str(target))["articles"]) == 300
    elif name.endswith(".jsonl"):
        assert len(target.read_bytes().splitlines()) == 300


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("size", [50_000, 300_000])
def test_disk_a_file_that_may_not_grow_is_told(tmp_path: Path, prepared: Callable[[int], list[Page]], name: str, size: int) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        run_batch(prepared(300), tmp_path / name)

    assert _in_child(limited, StoreError) == 0
    assert run_batch(prepared(300), tmp_path / name).failed == 0


@pytest.mark.parametrize("name", KINDS)
def test_disk_a_folder_that_may_not_be_written_is_told(tmp_path: Path, prepared: Callable[[int], list[Page]], name: str) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o555)
    for path in (tmp_path, *tmp_path.parents[:3]):
        path.chmod(path.stat().st_mode | 0o055)

    def as_nobody() -> None:
        if os.getuid() == 0:
            os.setuid(65534)
        run_batch(prepared(10), folder / name)

    assert _in_child(as_nobody, OutputUnwritable) == 0


def test_disk_a_store_that_may_not_be_written_can_be_read(tmp_path: Path, prepared: Callable[[int], list[Page]]) -> None:
    from ljnews.store.query import Question, query

    folder = tmp_path / "shared"
    folder.mkdir()
    target = folder / "facts.sqlite"
    run_batch(prepared(20), target)
    for path in (tmp_path, *tmp_path.parents[:3]):
        path.chmod(path.stat().st_mode | 0o055)
    folder.chmod(0o555)
    target.chmod(0o444)

    def as_nobody() -> None:
        if os.getuid() == 0:
            os.setuid(65534)
        assert len(query(target, Question(type="officials"))) == 20
        export(target, tmp_path / "nowhere" / "x.jsonl")

    assert _in_child(as_nobody, OutputUnwritable) == 0


def test_disk_few_file_handles_are_enough(tmp_path: Path, prepared: Callable[[int], list[Page]]) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        run_batch(prepared(100), tmp_path / "facts.sqlite")
        export(tmp_path / "facts.sqlite", tmp_path / "facts.jsonl")

    assert finished(forked(limited)) == 0


SHIM = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>
static long left = -1; static int code;
static int fails(int fd) {
  if (left == -1) { left = atol(getenv("FAIL_AT")); code = atoi(getenv("FAIL_WITH")); }
  if (fd < 3) return 0;
  return --left <= 0;
}
ssize_t write(int fd, const void *b, size_t n) {
  static ssize_t (*real)(int, const void *, size_t); if (!real) real = dlsym(RTLD_NEXT, "write");
  if (fails(fd)) { errno = code; return -1; } return real(fd, b, n); }
ssize_t pwrite64(int fd, const void *b, size_t n, off_t o) {
  static ssize_t (*real)(int, const void *, size_t, off_t); if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
  if (fails(fd)) { errno = code; return -1; } return real(fd, b, n, o); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { return pwrite64(fd, b, n, o); }
"""
SCRIPT = """
import sys
from ljnews.errors import StoreError
from ljnews.run import batch
from tests.store.forks import Prepared, prepared_pages
batch.make_pool = Prepared
try:
    batch.run_batch(prepared_pages(60), sys.argv[1])
except StoreError as error:
    print(type(error).__name__, error)
    sys.exit(3)
"""


@pytest.mark.parametrize("code", [5, 28], ids=["EIO", "ENOSPC"])
@pytest.mark.parametrize("at", [1, 7, 40, pytest.param(200, marks=pytest.mark.soak), pytest.param(15, marks=pytest.mark.soak)])
def test_disk_the_nth_write_fails(tmp_path: Path, prepared: Callable[[int], list[Page]], code: int, at: int) -> None:
    shim = tmp_path / "shim.so"
    source = tmp_path / "shim.c"
    source.write_text(SHIM)
    if subprocess.run(["cc", "-shared", "-fPIC", "-o", str(shim), str(source), "-ldl"], capture_output=True).returncode:
        pytest.skip("no C compiler to make a failing disk with")
    target = tmp_path / "facts.sqlite"
    environment = {**os.environ, "LD_PRELOAD": str(shim), "FAIL_AT": str(at), "FAIL_WITH": str(code), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(target)], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 3, (done.stdout, done.stderr[-500:])
    assert done.stdout.startswith("StorageFull")
    assert run_batch(prepared(60), target).failed == 0
    assert len(content(str(target))["articles"]) == 60


def test_disk_a_file_that_is_no_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "facts.sqlite").write_bytes(b"no database " * 1000)
    with pytest.raises(OutputUnwritable):
        open_sink(tmp_path / "facts.sqlite")
    with pytest.raises(OutputUnwritable):
        open_sink(tmp_path / "none" / "facts.sqlite")
