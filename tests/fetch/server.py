"""A real HTTP server on the loopback for many hosts by name. It notes every request and counts the connections of each host.

`Server(app)` with `app(Request) -> Reply`. A `Reply` may carry raw bytes, delays, or a function that takes over the socket.
"""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

REASONS = {200: "OK", 301: "Moved", 302: "Found", 304: "Not Modified", 404: "Not Found", 503: "Busy"}


@dataclass(frozen=True)
class Request:
    """One request as the server saw it."""

    host: str
    target: str
    headers: dict[str, str]
    at: float

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {k: v[0] for k, v in parse_qs(urlsplit(self.target).query).items()}


@dataclass
class Reply:
    """What to answer."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    type: str = "text/html; charset=utf-8"
    take_over: Callable[[socket.socket], None] | None = None

    def to_bytes(self) -> bytes:
        head = {"Content-Type": self.type, "Content-Length": str(len(self.body)), **self.headers}
        lines = [f"HTTP/1.1 {self.status} {REASONS.get(self.status, 'X')}", *(f"{k}: {v}" for k, v in head.items() if v != "")]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + self.body


App = Callable[[Request], Reply]


class Server:
    """The server; `with Server(app) as server` starts and ends it."""

    def __init__(self, app: App, *, address: str = "127.0.0.1", clock: Callable[[], float] = time.monotonic) -> None:
        self.app, self.clock = app, clock
        self._socket = socket.create_server((address, 0), backlog=512, family=socket.AF_INET6 if ":" in address else socket.AF_INET)
        self.address, self.port = address, self._socket.getsockname()[1]
        self.requests: list[Request] = []
        self.connections = 0
        self.most_at_once: dict[str, int] = defaultdict(int)
        self._open: dict[str, int] = defaultdict(int)
        self._lock = threading.Lock()
        self._live: set[socket.socket] = set()
        self._ended = False

    def __enter__(self) -> Server:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended = True
        self._socket.close()
        with self._lock:
            for one in list(self._live):
                one.close()

    def url(self, host: str, target: str = "/") -> str:
        return f"http://{host}:{self.port}{target}"

    def asked(self, host: str | None = None) -> list[str]:
        """Return the targets asked for, in order."""
        return [r.target for r in self.requests if host is None or r.host == host]

    def gaps(self, host: str) -> list[float]:
        """Return the seconds between the host's requests."""
        times = [r.at for r in self.requests if r.host == host]
        return [b - a for a, b in itertools.pairwise(times)]

    def _accept(self) -> None:
        while not self._ended:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        """Answer the requests of one connection; it counts as its host's from the first to the end."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        hosts: set[str] = set()
        with self._lock:
            self._live.add(connection)
        stream = connection.makefile("rb")
        try:
            while (request := self._read(stream)) is not None:
                with self._lock:
                    self.requests.append(request)
                    if request.host not in hosts:
                        hosts.add(request.host)
                        self._open[request.host] += 1
                        self.most_at_once[request.host] = max(self.most_at_once[request.host], self._open[request.host])
                reply = self.app(request)
                if reply.take_over is not None:
                    reply.take_over(connection)
                    return
                connection.sendall(reply.to_bytes())
        except OSError:
            pass
        finally:
            with self._lock:
                self._live.discard(connection)
                for host in hosts:
                    self._open[host] -= 1
            stream.close()
            connection.close()

    def _read(self, stream) -> Request | None:
        line = stream.readline(65536)
        if not line.strip():
            return None
        at = self.clock()
        headers: dict[str, str] = {}
        while (one := stream.readline(65536)).strip():
            name, _, value = one.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        host = headers.get("host", "").rsplit(":", 1)[0].lower()
        return Request(host, line.split(b" ")[1].decode("latin-1"), headers, at)


def loopback(_host: str, _port: int) -> list[str]:
    """The resolver of the tests: every name is this machine."""
    return ["127.0.0.1"]
