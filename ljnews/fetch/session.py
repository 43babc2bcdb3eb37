"""One request, safely: `Session.ask(url)` gives an `Answer`, whatever the server does.

Reading order: `Session.ask`, `_body`, `_typed`. Redirects are not followed here: the caller decides on each hop.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

import requests
from requests.adapters import BaseAdapter
from requests.cookies import RequestsCookieJar
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import DecodeError, HTTPError, IncompleteRead, InvalidHeader

from ljnews.errors import (
    AddressRefused,
    CertificateRefused,
    FetchError,
    FetchFailed,
    LegacyTls,
    NotAPage,
    PageTooLarge,
)
from ljnews.fetch import urls
from ljnews.fetch.address import Guard, Resolver
from ljnews.fetch.answer import Answer
from ljnews.fetch.connection import GuardedAdapter, budget
from ljnews.fetch.settings import Settings

_CHUNK = 16 * 1024
#: An error page is read this far: enough to tell a bot wall from a fault.
_ERROR_BYTES = 64 * 1024
_TEXT_TYPES = (
    "text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf", "application/json",
)  # fmt: skip
_ARCHIVE_TYPES = ("application/gzip", "application/x-gzip", "application/octet-stream")
_CODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
_OLD_TLS = (
    "unsupported_protocol", "protocol_version", "dh_key_too_small", "unsafe_legacy", "no_protocols_available", "ee_key_too_small",
    "ca_md_too_weak", "bad_signature_algorithm", "no_shared_cipher", "handshake_failure", "wrong_signature_type",
)  # fmt: skip


class Session(requests.Session):
    """The only opener of connections. Nothing comes from the environment; no cookies are kept; http and https only."""

    def __init__(self, settings: Settings | None = None, *, resolver: Resolver | None = None, now: Callable[[], float] = time.time) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.guard = Guard(allow=self.settings.allow_networks, ports=self.settings.allow_ports, resolver=resolver)
        self._now = now
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self.trust_env = False
        self.max_redirects = 0
        self.cookies = _NoCookies()
        self.headers = CaseInsensitiveDict(
            {
                "User-Agent": self.settings.user_agent,
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                "Accept-Language": "zh-CN,zh;q=0.9",
                "Accept-Encoding": "gzip, deflate",
            }
        )
        if self.settings.proxy:
            self.proxies = {"http": self.settings.proxy, "https": self.settings.proxy}
        self.adapters.clear()
        adapter = GuardedAdapter(self.guard, self.settings)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def abort(self) -> None:
        """End every request that is running, from another thread."""
        for sock in list(self._sockets):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def get_adapter(self, url: str) -> BaseAdapter:
        """Return the guarded adapter; refuse other schemes."""
        urls.checked(url)
        return super().get_adapter(url)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Never any: requests would read a redirect's body to prepare the next request."""

    def ask(self, url: str, *, headers: dict[str, str] | None = None, max_bytes: int | None = None, cut: bool = False) -> Answer:
        """Return the server's answer to one GET, within deadline and caps; redirects are not followed, their bodies not read.

        `cut` takes the first `max_bytes` where the body is longer (robots.txt), instead of refusing it. Raises AddressRefused,
        FetchFailed (retryable), PageTooLarge, NotAPage, LegacyTls, CertificateRefused.
        """
        parts = urls.checked(url)
        if self.settings.proxy:  # the proxy resolves the name: look at it ourselves before asking
            self.guard.addresses(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        asked_at, started = self._now(), time.monotonic()
        with budget(self.settings, self._sockets) as allowed:
            response = None
            try:
                response = self._send(url, headers or {})
                allowed.header_bytes = None
                body, wire = _body(response, max_bytes or self.settings.max_bytes, cut)
            except FetchError:
                raise
            except _ERRORS as error:
                raise _typed(url, error) from error
            finally:
                if response is not None:
                    response.close()
        return Answer(
            url=url,
            status=response.status_code,
            reason=str(response.reason or ""),
            headers=tuple((k, v) for k, v in response.raw.headers.items()),
            body=body,
            address=allowed.address,
            asked_at=asked_at,
            elapsed=time.monotonic() - started,
            wire_bytes=wire,
        )

    def _send(self, url: str, headers: dict[str, str]) -> requests.Response:
        """Send the request and read the head of the answer."""
        request = self.prepare_request(requests.Request("GET", url, headers=headers))
        request.url = url  # as checked: requests would quote it anew
        for private in ("Authorization", "Cookie"):  # we have no business with either, whoever set them
            request.headers.pop(private, None)
        timeout = (self.settings.connect_timeout, self.settings.read_timeout)
        return self.send(request, stream=True, allow_redirects=False, timeout=timeout, proxies=dict(self.proxies))


class _NoCookies(RequestsCookieJar):
    """A jar that keeps nothing: a site that needs a cookie to be read is a site that wants a browser."""

    def set_cookie(self, *args: Any, **kwargs: Any) -> None:
        """Forget it."""


_ERRORS = (requests.RequestException, HTTPError, OSError, ValueError)


def _body(response: requests.Response, cap: int, cut: bool) -> tuple[bytes, int]:
    """Return the body, decoded within the cap, and how many bytes came over the wire."""
    raw, status = response.raw, response.status_code
    if status in (204, 304) or 300 <= status < 400:
        raw.close()  # the body of a redirect is dropped unread: it can be a bomb
        return b"", 0
    if status >= 400:
        cap, cut = min(cap, _ERROR_BYTES), True
    else:
        _check_head(response, cap, cut)
    parts: list[bytes] = []
    size = 0
    while chunk := raw.read(_CHUNK, decode_content=True):
        parts.append(chunk)
        size += len(chunk)
        if size > cap:
            raw.close()
            if cut:
                break
            raise PageTooLarge(f"{response.url}: more than {cap} bytes; raise max_bytes if that is meant", url=response.url)
    return b"".join(parts)[:cap] if cut else b"".join(parts), int(raw.tell())


def _check_head(response: requests.Response, cap: int, cut: bool) -> None:
    """Refuse by its headers what would not be a page, or too large, before a byte of it is read."""
    codings = {c.strip().lower() for c in response.headers.get("Content-Encoding", "").split(",")}
    if not codings <= _CODINGS:
        raise NotAPage(f"{response.url}: coded as {', '.join(sorted(codings))}, which was not asked for", url=response.url)
    kind = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if kind and not kind.startswith(_TEXT_TYPES + _ARCHIVE_TYPES):
        raise NotAPage(f"{response.url}: {kind}, not a page", url=response.url, type=kind)
    length = response.headers.get("Content-Length", "").strip()
    if length.isascii() and length.isdigit() and int(length) > cap and not cut:
        raise PageTooLarge(f"{response.url}: {length} bytes, more than {cap}; raise max_bytes if that is meant", url=response.url)


def _typed(url: str, error: Exception) -> FetchError:
    """Return the error in the user's words."""
    chain: list[BaseException] = [error]
    while (inner := chain[-1].__cause__ or chain[-1].__context__ or _argument(chain[-1])) and inner not in chain:
        chain.append(inner)
    for one in chain:
        if isinstance(one, FetchError):
            return one
        if isinstance(one, ssl.SSLCertVerificationError):
            return CertificateRefused(f"{url}: its certificate does not hold ({one.verify_message})", url=url)
        if isinstance(one, ssl.SSLError):
            reason = (one.reason or str(one)).lower()
            if any(old in reason for old in _OLD_TLS):
                return LegacyTls(f"{url}: the server speaks only outdated TLS ({reason}); try http:// or save it by a browser", url=url)
    if any(isinstance(one, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema) for one in chain):
        return AddressRefused(f"{url}: not a URL that can be asked for", url=url)
    if any(isinstance(one, TimeoutError) or "timed out" in str(one).lower() for one in chain):
        what = "took longer than the deadline or stopped sending"
    elif any(isinstance(one, IncompleteRead) for one in chain):
        what = "the connection ended before the page did"
    elif any(isinstance(one, DecodeError | requests.exceptions.ContentDecodingError) for one in chain):
        what = "the body is not coded as its header says"
    elif any(isinstance(one, InvalidHeader | requests.exceptions.InvalidHeader) for one in chain):
        what = "its headers contradict each other"
    else:
        what = f"no answer ({str(chain[-1])[:120] or type(chain[-1]).__name__})"
    return FetchFailed(f"{url}: {what}", url=url)


def _argument(error: BaseException) -> BaseException | None:
    """The exception that an exception was made from (requests and urllib3 pass it as an argument)."""
    found = getattr(error, "reason", None)
    if isinstance(found, BaseException):
        return found
    return next((a for a in error.args if isinstance(a, BaseException)), None)


__all__ = ["Answer", "Session"]
