"""robots.txt by RFC 9309: what a site allows, how fast, and where its sitemaps are.

404 and other 4xx allow all; 5xx, 429 and silence forbid all until a later try; at most 512 KiB are read; redirects are followed five
times; an answer holds for 24 hours.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from ljnews.errors import AddressRefused, FetchError, HostPaused, RobotsRefused, RobotsUnknown
from ljnews.fetch import urls
from ljnews.fetch.answer import Answer
from ljnews.fetch.clock import Clock
from ljnews.fetch.settings import Settings

#: `ask(url)` gives one answer, politely, redirects not followed.
Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What an origin's robots.txt said. `verdict`: `rules`, `allow`, `disallow` (unreachable: until `expires`)."""

    origin: str
    verdict: str
    body: bytes
    expires: float
    why: str = ""


class Rules:
    """The rules of one origin, for one robot name."""

    def __init__(self, file: RobotsFile, name: str) -> None:
        self.file = file
        self._name = name
        self._parsed = Protego.parse(text_of(file.body)) if file.verdict == "rules" else None

    def allows(self, url: str) -> bool:
        """Say whether a URL may be fetched."""
        if self.file.verdict == "allow":
            return True
        return self._parsed is not None and bool(self._parsed.can_fetch(url, self._name))

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between two requests, from Crawl-delay or Request-rate."""
        if self._parsed is None:
            return None
        delay = self._parsed.crawl_delay(self._name)
        rate = self._parsed.request_rate(self._name)
        wanted = [float(delay)] if delay is not None else []
        if rate is not None and rate.requests > 0:
            wanted.append(rate.seconds / rate.requests)
        return max(wanted, default=None)

    @property
    def sitemaps(self) -> list[str]:
        """The addresses of sitemaps, as printed, each once."""
        return list(dict.fromkeys(self._parsed.sitemaps)) if self._parsed is not None else []


def text_of(body: bytes) -> str:
    """Return the file's text: UTF-8 with or without BOM, else GB18030; a line cut by the cap is dropped by the caller.

    >>> text_of("User-agent: *\\nDisallow: /后台/".encode("gbk")).splitlines()[1]
    'Disallow: /后台/'
    """
    body = body.replace(b"\0", b"")
    for charset in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    return body.decode("utf-8", "replace")


class Robots:
    """The robots.txt of all origins, each read once a day."""

    def __init__(self, settings: Settings, clock: Clock, ask: Ask) -> None:
        self._settings = settings
        self._clock = clock
        self._ask = ask
        self._known: dict[str, Rules] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        self.on_file: Callable[[RobotsFile], None] | None = None

    def seed(self, file: RobotsFile) -> None:
        """Take a file read earlier."""
        if file.expires > self._clock.now():
            self._known[file.origin] = Rules(file, self._settings.robot_name)

    def rules(self, url: str) -> Rules:
        """Return the rules that govern a URL, asking the origin where they are not known or too old."""
        origin = urls.origin_of(url)
        with self._guard:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            known = self._known.get(origin)
            if known is None or known.file.expires <= self._clock.now():
                file = self._read(origin)
                if len(self._known) > 5000:
                    self._known.clear()
                known = self._known[origin] = Rules(file, self._settings.robot_name)
                if self.on_file is not None:
                    self.on_file(file)
            return known

    def check(self, url: str) -> Rules:
        """Return the rules if they allow the URL; raise RobotsRefused or RobotsUnknown if not."""
        rules = self.rules(url)
        if rules.allows(url):
            return rules
        if rules.file.verdict == "disallow" and rules.file.why:
            raise RobotsUnknown(
                f"{url}: robots.txt could not be read ({rules.file.why}), so nothing is fetched until it can",
                url=url,
                retry_at=rules.file.expires,
            )
        raise RobotsRefused(f"{url}: the site's robots.txt forbids it", url=url)

    def _read(self, origin: str) -> RobotsFile:
        """Ask for robots.txt, redirects included, and decide what it means."""
        url = f"{origin}/robots.txt"
        hold = self._clock.now() + self._settings.robots_hours * 3600
        try:
            for _hop in range(self._settings.redirects + 1):
                answer = self._ask(url)
                if answer.location is None:
                    return self._verdict(origin, answer, hold)
                url = answer.location
                urls.checked(url)
        except HostPaused as error:
            return self._unknown(origin, error.message, float(error.facts.get("retry_at", 0)))
        except AddressRefused as error:
            if urls.origin_of(url) == origin:
                raise
            return RobotsFile(origin, "allow", b"", hold, f"redirects to a refused address ({error.message})")
        except FetchError as error:
            if not error.retryable and type(error).__name__ in ("NotAPage", "PageTooLarge"):
                return RobotsFile(origin, "allow", b"", hold, error.message)
            if not error.retryable:
                raise
            return self._unknown(origin, error.message)
        return RobotsFile(origin, "allow", b"", hold, "more than five redirects: as if it were not there (RFC 9309)")

    def _verdict(self, origin: str, answer: Answer, hold: float) -> RobotsFile:
        status = answer.status
        if status == 429 or status >= 500:
            return self._unknown(origin, f"status {status}")
        if status == 401 and self._settings.robots_401 == "disallow":
            return RobotsFile(origin, "disallow", b"", hold)
        if 200 <= status < 300:
            return RobotsFile(origin, "rules", self._whole_lines(answer.body), hold)
        return RobotsFile(origin, "allow", b"", hold)

    def _whole_lines(self, body: bytes) -> bytes:
        """The body up to the cap; a line that the cap cut is dropped."""
        if len(body) < self._settings.robots_bytes:
            return body
        return body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1] or body

    def _unknown(self, origin: str, why: str, until: float = 0.0) -> RobotsFile:
        return RobotsFile(origin, "disallow", b"", max(until, self._clock.now() + self._settings.robots_retry), why)
