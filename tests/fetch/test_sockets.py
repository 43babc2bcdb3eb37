"""Nothing but the session opens connections: a grep over the package, and a guard under the whole road."""

from __future__ import annotations

import ast
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ljnews.fetch import Settings, connection
from ljnews.fetch.session import Session
from tests.conftest import ROOT
from tests.fetch.server import Reply, Server, loopback

#: Who may use what: the connection's own file connects, the guard resolves, the session sends.
ALLOWED = {
    "fetch/connection.py": {"socket", "ssl", "urllib3", "requests"}, "fetch/session.py": {"socket", "ssl", "urllib3", "requests"},
    "fetch/address.py": {"socket"},
}  # fmt: skip
OPENERS = {"socket", "ssl", "urllib3", "requests", "http.client", "urllib.request", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc.client",
           "aiohttp", "httpx", "websockets", "pycurl", "asyncio.streams", "paramiko"}  # fmt: skip


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
    return {opener for opener in OPENERS for name in found if name == opener or name.startswith(f"{opener}.")}


@pytest.mark.parametrize("path", sorted((ROOT / "ljnews").rglob("*.py")), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_sockets_are_opened_by_the_session_alone(path: Path) -> None:
    """The review server listens (by its framework) and the PostgreSQL sink connects (by its driver); neither imports an opener."""
    name = path.relative_to(ROOT / "ljnews").as_posix()
    assert _imported(path) <= ALLOWED.get(name, set())


def test_sockets_connect_in_one_place() -> None:
    source = (ROOT / "ljnews/fetch/connection.py").read_text(encoding="utf-8")
    assert source.count(".connect((") == 1
    assert "create_connection" not in source
    assert "socket.socket(" not in (ROOT / "ljnews/fetch/session.py").read_text(encoding="utf-8")


def test_sockets_the_session_uses_our_socket_class(
    settings: Callable[..., Settings], serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain sockets are made useless: a request still works, so it did not use one; then ours is, and it does not."""

    class NoSocket(socket.socket):
        def connect(self, *_: object) -> None:
            raise AssertionError("a plain socket was connected")

    server = serve(lambda r: Reply(b"ok"))
    real = socket.socket.connect
    monkeypatch.setattr(connection._TimedSocket, "connect", lambda self, to: real(self, to), raising=False)
    monkeypatch.setattr(socket, "socket", NoSocket)
    assert Session(settings(), resolver=loopback).ask(server.url("a.test")).body == b"ok"


@pytest.mark.filterwarnings("ignore:A test tried")
def test_sockets_guard_of_the_tests_blocks_what_is_not_loopback() -> None:
    ours = connection._TimedSocket(socket.AF_INET, socket.SOCK_STREAM)
    with pytest.raises(RuntimeError, match="tried to use socket"):
        ours.connect(("192.0.2.1", 80))
    ours.close()


def test_sockets_reading_an_archive_imports_no_network() -> None:
    """`ljnews extract` of files pays for no requests and no TLS."""
    code = "import sys, ljnews.fetch, ljnews.fetch.pages; sys.exit(any(m in sys.modules for m in ('requests', 'urllib3')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
