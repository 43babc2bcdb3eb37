"""One URL, politely: robots.txt, the host's turn, the request, retries, and what the answer really is.

`Fetcher.get` takes one hop (the crawl puts redirects into its frontier); `Fetcher.follow` takes up to five (single URLs).
Both may be called from many threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import tenacity

from ljnews.errors import FetchError, FetchFailed, HostPaused, RedirectRefused
from ljnews.fetch import classify, urls
from ljnews.fetch.address import Resolver
from ljnews.fetch.answer import Answer
from ljnews.fetch.clock import Clock, RealClock
from ljnews.fetch.robots import Robots
from ljnews.fetch.session import Session
from ljnews.fetch.settings import Settings
from ljnews.fetch.throttle import Throttle, Turn, retry_after


@dataclass(frozen=True, slots=True)
class Visit:
    """Where a fetch ended: the answers in order, the last of them the page; `insecure` where https went over to http."""

    answers: tuple[Answer, ...]
    insecure: bool = False

    @property
    def last(self) -> Answer:
        """The answer that is the page."""
        return self.answers[-1]


class Fetcher:
    """Fetches single URLs with all of politeness and safety. Close it when done."""

    def __init__(self, settings: Settings | None = None, *, clock: Clock | None = None, resolver: Resolver | None = None) -> None:
        self.settings = settings or Settings()
        self.clock: Clock = clock or RealClock()
        self.session = Session(self.settings, resolver=resolver, now=self.clock.now)
        self.throttle = Throttle(self.settings, self.clock)
        self.robots = Robots(self.settings, self.clock, self._ask_robots)
        self.on_request: Callable[[str, int], None] | None = None
        self._count = threading.Lock()
        self.requests = 0

    def close(self) -> None:
        """Close all connections."""
        self.session.close()

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None, asked: str | None = None) -> Answer:
        """Return the answer to one URL, redirects not followed; `problem` in it says where it is no page.

        With `etag` or `modified` the server may answer 304. Raises the errors of `Session.ask`, RobotsRefused, RobotsUnknown,
        HostPaused, and FetchFailed after the last of three tries.
        """
        urls.checked(url)
        crawl_delay = self.robots.check(url).crawl_delay
        headers = {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", modified)) if v}
        answer = self._tried(url, lambda: self._once(url, crawl_delay, headers))
        if answer.location is not None:
            return answer
        return replace(answer, problem=classify.problem_of(answer, asked=asked))

    def follow(self, url: str) -> Visit:
        """Return the page at a URL, following at most five redirects (also meta refresh), each checked like a first URL.

        Raises what `get` raises, the answer's own problem, and RedirectRefused for a loop or a sixth hop.
        """
        answers: list[Answer] = []
        seen: set[str] = set()
        insecure = False
        target = urls.written(url)
        while True:
            seen.add(target)
            answers.append(self.get(target, asked=url if answers else None))
            onward = answers[-1].location or classify.pointed_to(answers[-1])
            if onward is None or (onward in seen and answers[-1].location is None):
                break
            if onward in seen:
                raise RedirectRefused(f"{url}: redirects in a circle, as sites do that want a cookie; try a browser", url=url)
            if len(answers) > self.settings.redirects:
                raise RedirectRefused(f"{url}: more than {self.settings.redirects} redirects", url=url)
            insecure |= target.startswith("https:") and onward.startswith("http:")
            target = onward
        if answers[-1].problem is not None:
            raise answers[-1].problem
        return Visit(tuple(answers), insecure)

    def _tried(self, url: str, once: Callable[[], Answer]) -> Answer:
        """Ask up to three times, with growing waits, at most five minutes in all."""
        s = self.settings
        retrying = tenacity.Retrying(
            stop=tenacity.stop_any(tenacity.stop_after_attempt(s.tries), _StopAfter(self.clock, s.try_seconds)),
            wait=tenacity.wait_exponential(multiplier=s.retry_wait, max=60) + tenacity.wait_random(0, s.retry_wait),
            retry=tenacity.retry_if_exception(_worth_a_retry),
            sleep=self.clock.sleep,
            reraise=True,
        )
        return retrying(once)

    def _once(self, url: str, crawl_delay: float | None, headers: dict[str, str]) -> Answer:
        """Ask once, at the host's turn; a status that says «later» is an error worth a retry."""
        host = urls.host_of(url)
        with self.throttle.turn(host, crawl_delay) as turn:
            self._counted(url)
            try:
                answer = self.session.ask(url, headers=headers)
            except FetchFailed:
                turn.failed()
                raise
            self._noted(turn, answer)
        if answer.status in (408, 425, 429) or answer.status >= 500:
            problem = classify.problem_of(answer)
            if isinstance(problem, FetchFailed):
                problem.facts["answer"] = answer.status
                raise problem
        return answer

    def _noted(self, turn: Turn, answer: Answer) -> None:
        """Tell the throttle how the host took it."""
        if answer.status in (429, 503):
            turn.overloaded(retry_after(answer.header("retry-after"), self.clock.now()), answer.elapsed)
        elif answer.status >= 500 and answer.status != 521:
            turn.failed()
        else:
            turn.answered(answer.elapsed)

    def _ask_robots(self, url: str) -> Answer:
        """Ask for a robots.txt: the host's turn, one try, the first 512 KiB."""
        with self.throttle.turn(urls.host_of(url)) as turn:
            self._counted(url)
            try:
                answer = self.session.ask(url, max_bytes=self.settings.robots_bytes, cut=True)
            except FetchFailed:
                turn.failed()
                raise
            self._noted(turn, answer)
        return answer

    def _counted(self, url: str) -> None:
        with self._count:
            self.requests += 1
        if self.on_request is not None:
            self.on_request(url, self.requests)


def _worth_a_retry(error: BaseException) -> bool:
    """GET is idempotent, so a failure of network or server may be tried again; a host that rests may not."""
    return isinstance(error, FetchFailed) and not isinstance(error, HostPaused)


class _StopAfter(tenacity.stop.stop_base):
    """Stop by our clock, not the machine's."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock, self._until = clock, clock.now() + seconds

    def __call__(self, retry_state: tenacity.RetryCallState) -> bool:
        return self._clock.now() >= self._until


__all__ = ["FetchError", "Fetcher", "Visit"]
