"""What the tests of fetching share: settings for the loopback, a state folder of their own, servers that end with the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ljnews.fetch.settings import Settings
from tests.fetch.server import App, Server
from tests.fetch.tls import Certificates

LOOPBACK = ("127.0.0.0/8", "::1/128")


@pytest.fixture(autouse=True)
def _loopback_only() -> Iterator[None]:
    """No test reaches beyond this machine; all of its loopback addresses may be used."""
    from pytest_socket import _remove_restrictions, socket_allow_hosts

    socket_allow_hosts(["127.0.0.0/8", "::1", "localhost"], allow_unix_socket=True)
    yield
    _remove_restrictions()


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., Settings]:
    """A function from changes to settings for the loopback: no delay, quick retries, a state folder of the test's own."""

    def make(**changes: Any) -> Settings:
        usual: dict[str, Any] = {
            "delay": 0.0, "slow_factor": 0.0, "retry_wait": 0.01, "allow_networks": LOOPBACK, "state": tmp_path / "hosts",
            "contact": "redaktion@example.org", "deadline": 10.0,
        }  # fmt: skip
        return Settings(**(usual | changes))

    return make


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """A function that starts a server for an app."""
    started: list[Server] = []

    def start(app: App, **options: Any) -> Server:
        server = Server(app, **options).__enter__()
        started.append(server)
        return server

    yield start
    for server in started:
        server.__exit__()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Certificates made for this run."""
    return Certificates(tmp_path_factory.mktemp("tls"))
