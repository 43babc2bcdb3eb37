"""A PostgreSQL that goes away under load, comes back, and cuts connections: the run goes on and nothing is lost or doubled."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from ljnews.errors import OutputUnwritable, StoreUnreachable, UsageError
from ljnews.records import Page
from ljnews.run import batch
from ljnews.run.batch import run_batch
from ljnews.store.sink import Item, open_sink
from ljnews.store.sinks import postgres as module
from tests.store.forks import Prepared, content, finished, forked

pytestmark = pytest.mark.postgres


class Slow(Prepared):
    """Gives the records a little at a time, so that the disturbances meet the run at work."""

    def run(self, tasks: Iterable[Any], **kw: Any) -> Iterator[Item]:
        for item in super().run(tasks, **kw):
            time.sleep(0.004)
            yield item


@pytest.fixture
def times(request: pytest.FixtureRequest) -> int:
    return int(getattr(request, "param", 1))


@pytest.mark.parametrize("times", [pytest.param(1, id="ci"), pytest.param(10, id="soak", marks=pytest.mark.soak)], indirect=True)
def test_postgres_restarts_and_cut_connections_lose_and_double_nothing(
    server: Any, prepared: Callable[[int], list[Page]], monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    pages = prepared(1000 * times)
    whole, shaken = server.fresh(), server.fresh()
    assert finished(forked(lambda: run_batch(pages, whole))) == 0
    monkeypatch.setattr(batch, "make_pool", Slow)
    child = forked(lambda: run_batch(pages, shaken))
    disturbances = [server.restart_immediate] * 2 + [server.restart_fast] * 2 + [server.cut_connections] * 20 + [server.kill_a_backend] * 2
    chance = random.Random(15)
    for disturb in chance.sample(disturbances, len(disturbances)) * times:
        time.sleep(chance.uniform(0.02, 0.15))
        disturb(shaken)
    assert finished(child) == 0
    assert content(shaken) == content(whole)


def test_postgres_a_commit_of_unknown_outcome_is_recognised(
    server: Any, prepared: Callable[[int], list[Page]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = prepared(200)
    whole, unsure = server.fresh(), server.fresh()
    run_batch(pages, whole)
    plain, count = module.Postgres.writing, iter(range(10**6))

    @contextmanager
    def writing(self: Any) -> Iterator[Any]:
        with plain(self) as conn:
            yield conn
        if next(count) % 3 == 1:  # it did commit, and the answer was lost
            raise StoreUnreachable("server closed the connection unexpectedly")

    monkeypatch.setattr(module.Postgres, "writing", writing)
    summary = run_batch(pages, unsure)
    monkeypatch.setattr(module.Postgres, "writing", plain)
    assert summary.done == 200
    assert content(unsure) == content(whole)


def test_postgres_a_server_that_stays_away_is_a_typed_error(
    server: Any, prepared: Callable[[int], list[Page]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.5)
    with pytest.raises(StoreUnreachable) as caught:
        open_sink("postgresql://ann:geheim@127.0.0.1:1/news")
    assert "geheim" not in str(caught.value)
    assert caught.value.retryable


def test_postgres_a_wrong_database_is_a_typed_error(server: Any) -> None:
    with pytest.raises((OutputUnwritable, StoreUnreachable)):
        open_sink(server.uri("no_such_database"))


def test_postgres_no_password_reaches_a_message_a_row_or_a_traceback(
    server: Any, capfd: pytest.CaptureFixture[str], prepared: Callable[[int], list[Page]]
) -> None:
    import traceback

    from ljnews.run.progress import as_json

    secret = "geheim-1649"
    target = server.fresh().replace("postgresql://postgres:@", f"postgresql://postgres:{secret}@")
    assert secret in target
    told: list[str] = []
    run_batch(prepared(20), target, on_event=lambda event: told.append(as_json(event)))
    broken = target.replace("/test", "/none")
    for attempt in (lambda: open_sink(broken), lambda: run_batch(prepared(20), broken)):
        try:
            attempt()
        except Exception as error:
            told += [str(error), repr(error), *traceback.format_exception(error)]
    sink: Any = open_sink(target)
    told += [sink.target, repr(sink), repr(sink.engine), repr(sink.engine.url)]
    told += list(content(target)["articles"])
    sink.close()
    out, err = capfd.readouterr()
    assert len(told) > 20
    assert not [line for line in (*told, out, err) if secret in line]


def test_postgres_a_password_on_the_command_line_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["ljnews", "extract", "x.html", "-o", "postgresql://ann:geheim@127.0.0.1:1/news"])
    with pytest.raises(UsageError) as caught:
        open_sink("postgresql://ann:geheim@127.0.0.1:1/news")
    assert "geheim" not in str(caught.value)
    assert "PGPASSWORD" in str(caught.value)


@pytest.fixture(autouse=True)
def _running(server: Any) -> Iterator[None]:
    """The server runs again after each test."""
    yield
    with contextlib.suppress(Exception):
        os.kill(server.pid, signal.SIG_DFL)
        return
    server.start()
