"""The sockets: the one place of the package that connects to anything outside.

A connection asks its `Guard` for the checked addresses of its host and connects to one of these, so what was checked is what is
connected to; Host header, SNI and certificate check keep the name. Every read counts against the `Budget` of the running request:
a total deadline (a read timeout alone lets one byte a second go on for ever) and a cap on header bytes.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakSet

import certifi
from requests.adapters import HTTPAdapter
from urllib3 import PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.ssl_ import create_urllib3_context

from ljnews.errors import FetchFailed
from ljnews.fetch.address import Guard
from ljnews.fetch.settings import Settings


class Budget:
    """What one request may still use: time until `end` (monotonic), header bytes until the body begins."""

    def __init__(self, settings: Settings, sockets: WeakSet[socket.socket]) -> None:
        self.end = time.monotonic() + settings.deadline
        self.read_timeout = settings.read_timeout
        self.header_bytes: int | None = settings.max_header_bytes
        self.address: str | None = None
        self.sockets = sockets

    def seconds(self) -> float:
        """Return how long the next read may wait; raise TimeoutError when the deadline has passed."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the total deadline has passed")
        return min(left, self.read_timeout)

    def took(self, count: int) -> None:
        """Count bytes that were read."""
        if self.header_bytes is not None:
            self.header_bytes -= count
            # http.client reads ahead by its buffer: body bytes are in it, the cap is soft by one buffer
            if self.header_bytes < -(64 * 1024):
                raise TimeoutError("headers without end")


_running = threading.local()


@contextmanager
def budget(settings: Settings, sockets: WeakSet[socket.socket]) -> Iterator[Budget]:
    """Run a request of this thread within a budget; its sockets are noted, so that a stop can end them."""
    _running.budget = made = Budget(settings, sockets)
    try:
        yield made
    finally:
        _running.budget = None


def _current() -> Budget | None:
    found: Budget | None = getattr(_running, "budget", None)
    return found


class _TimedSocket(socket.socket):
    """A socket whose reads obey the thread's budget."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Read, for as long as the budget allows."""
        return _timed(self, super().recv_into, args, kwargs)


class _TimedTls(ssl.SSLSocket):
    """The same over TLS."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        """Read, for as long as the budget allows."""
        return _timed(self, super().recv_into, args, kwargs)

    def do_handshake(self, block: bool = False) -> None:
        """Shake hands, for as long as the budget allows."""
        if (current := _current()) is not None:
            self.settimeout(current.seconds())
            current.sockets.add(self)
        super().do_handshake(block)


def _timed(sock: socket.socket, read: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> int:
    current = _current()
    if current is None:
        return int(read(*args, **kwargs))
    sock.settimeout(current.seconds())
    count = int(read(*args, **kwargs))
    if current.address is None:
        current.sockets.add(sock)
        with suppress(OSError):  # the other side may be gone already
            current.address = str(sock.getpeername()[0])
    current.took(count)
    return count


def _connect(guard: Guard, host: str, port: int, timeout: float) -> socket.socket:
    """Return a socket connected to a checked address of the host; the addresses are tried in order."""
    last: OSError | None = None
    for address in guard.addresses(host.strip("[]"), port):
        current = _current()
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        sock = _TimedSocket(family, socket.SOCK_STREAM)
        if current is not None:
            current.sockets.add(sock)
        try:
            sock.settimeout(min(timeout, current.seconds()) if current else timeout)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect((address, port))
        except OSError as error:
            sock.close()
            last = error
            continue
        return sock
    raise FetchFailed(f"{host}:{port}: no connection ({last})", host=host) from last


class _GuardedHttp(HTTPConnection):
    guard: Guard
    wait: float

    def _new_conn(self) -> socket.socket:
        return _connect(self.guard, self.host, int(self.port), self.wait)


class _GuardedHttps(HTTPSConnection):
    guard: Guard
    wait: float

    def _new_conn(self) -> socket.socket:
        return _connect(self.guard, self.host, int(self.port), self.wait)


@cache
def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Return the TLS context: 1.2 or newer, certificates and names checked, our sockets. One for all sessions: it takes 50 ms to make."""
    context = create_urllib3_context(ssl_minimum_version=ssl.TLSVersion.TLSv1_2)
    context.verify_mode = ssl.CERT_REQUIRED
    context.check_hostname = True
    context.load_verify_locations(str(ca_file) if ca_file else certifi.where())
    context.sslsocket_class = _TimedTls
    return context


class GuardedAdapter(HTTPAdapter):
    """The adapter of our session: all its pools make guarded connections, at most one to a host at a time, no retries of its own."""

    def __init__(self, guard: Guard, settings: Settings) -> None:
        facts = {"guard": guard, "wait": settings.connect_timeout}
        http = type("GuardedHttp", (_GuardedHttp,), facts)
        https = type("GuardedHttps", (_GuardedHttps,), facts)
        self._pools = {
            "http": type("GuardedHttpPool", (HTTPConnectionPool,), {"ConnectionCls": http}),
            "https": type("GuardedHttpsPool", (HTTPSConnectionPool,), {"ConnectionCls": https}),
        }
        self._context = tls_context(settings.ca_file)
        super().__init__(pool_connections=64, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        """Make the pool manager with our pools."""
        self.poolmanager = PoolManager(connections, maxsize=maxsize, block=block, ssl_context=self._context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Make the manager of a proxy with our pools: the proxy's own address is checked like any other."""
        manager = super().proxy_manager_for(proxy, ssl_context=self._context, **kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager

    def get_connection_with_tls_context(self, request: Any, verify: Any, proxies: Any = None, cert: Any = None) -> HTTPConnectionPool:
        """Return the pool of a request; verification is the context's, not the caller's."""
        proxy = (proxies or {}).get(request.url.split(":", 1)[0])
        manager = self.proxy_manager_for(proxy) if proxy else self.poolmanager
        pool: HTTPConnectionPool = manager.connection_from_url(request.url)
        return pool

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Nothing to do: the context verifies, whatever the caller says."""
