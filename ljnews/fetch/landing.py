"""What becomes of an answer: stored, followed, put off or given up, with the links it leads to. All within one transaction.

Reading order: `Landing.land`, then a method per outcome. The crawler calls it in its main thread only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ljnews.errors import Blocked, FetchError, HostPaused, NotAPage, RedirectRefused, RobotsRefused, RobotsUnknown
from ljnews.fetch import classify, copies, days, markup, urls
from ljnews.fetch.answer import Answer
from ljnews.fetch.archive import Labels
from ljnews.fetch.dry import Store
from ljnews.fetch.feeds import Entry, is_feed, read_feed
from ljnews.fetch.frontier import Frontier, Row
from ljnews.fetch.listing import ListingPage, read_listing, same_site
from ljnews.fetch.paging import article_pages
from ljnews.fetch.settings import Settings
from ljnews.fetch.sources import Source

#: A page that failed for a passing reason is asked for again in a run after this, doubled each time.
_RETRY_LATER = 600.0
_MOST_NAMED = 100_000
_MOST_FAILURES = 50


@dataclass
class Tally:
    """Counts of a run."""

    pages: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    reposts: int = 0
    redirects: int = 0
    listings: int = 0
    parts: int = 0
    bytes: int = 0
    skipped: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    hosts: dict[str, dict[str, int]] = field(default_factory=dict)
    stops: list[str] = field(default_factory=list)
    would_fetch: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def host(self, name: str, what: str, count: int = 1) -> None:
        """Count something of a host."""
        row = self.hosts.setdefault(name, {"pages": 0, "new": 0, "unchanged": 0, "failed": 0, "bytes": 0})
        row[what] = row.get(what, 0) + count

    def stop(self, reason: str) -> None:
        """Note why something was not gone on with; each reason once."""
        if reason not in self.stops and len(self.stops) < 200:
            self.stops.append(reason)


class Landing:
    """Lands the outcomes of one run."""

    def __init__(
        self,
        archive: Store,
        frontier: Frontier,
        sources: list[Source],
        settings: Settings,
        *,
        run: int,
        since: date | None,
        today: date,
        wider: bool = False,
    ) -> None:
        self.archive, self.frontier, self.settings = archive, frontier, settings
        self.sources = {source.key: source for source in sources}
        self.run, self.since, self.today, self.wider = run, since, today, wider
        self.tally = Tally()
        self._barren: dict[str, int] = {}
        self._listing_pages: dict[str, int] = {}
        self._known: dict[str, int] = {}

    # -- outcomes ------------------------------------------------------------------------------------------------------------

    def land(self, row: Row, outcome: Answer | FetchError, now: float) -> dict[str, Any]:
        """Write what became of a URL; return the event that says so."""
        if isinstance(outcome, FetchError):
            return self._not_brought(row, outcome, now)
        answer = outcome
        self.tally.pages += 1
        self.tally.bytes += len(answer.body)
        self.tally.host(row.host, "pages")
        self.tally.host(row.host, "bytes", len(answer.body))
        onward = answer.location or (classify.pointed_to(answer) if row.kind != "feed" else None)
        if answer.status == 304:
            return self._unchanged(row, answer)
        if 300 <= answer.status < 400 and onward is None:
            return self._failed(row, RedirectRefused(f"{row.url}: a redirect to nowhere", url=row.url), now)
        if onward is not None:
            return self._redirected(row, answer, onward, now)
        if answer.problem is not None:
            capture, _ = self.archive.add(answer, self._labels(row)) if answer.body else (None, None)
            return self._failed(row, answer.problem, now, capture=capture, answer=answer)
        return self._brought(row, answer, now)

    def _labels(self, row: Row) -> Labels:
        return Labels(kind=row.kind, run=self.run, site=row.site, parent=row.parent, part=row.part)

    def _event(self, row: Row, state: str, answer: Answer | None = None, **more: Any) -> dict[str, Any]:
        event: dict[str, Any] = {"event": "page", "url": row.url, "host": row.host, "kind": row.kind, "state": state}
        if answer is not None:
            event |= {"status": answer.status, "bytes": len(answer.body), "seconds": round(answer.elapsed, 3)}
        return event | more

    def _not_brought(self, row: Row, error: FetchError, now: float) -> dict[str, Any]:
        """Forbidden, put off, or failed."""
        if isinstance(error, HostPaused | RobotsUnknown):
            self.frontier.later(row, float(error.facts.get("retry_at", now + 60)), type(error).__name__)
            self.tally.stop(error.message)
            return self._event(row, "later", error=type(error).__name__, message=error.message)
        if isinstance(error, RobotsRefused):
            self.frontier.skipped(row, type(error).__name__, error.message)
            self.tally.skipped += 1
            return self._event(row, "skipped", error=type(error).__name__, message=error.message)
        return self._failed(row, error, now)

    def _failed(
        self, row: Row, error: FetchError, now: float, *, capture: int | None = None, answer: Answer | None = None
    ) -> dict[str, Any]:
        name = type(error).__name__
        next_try = now + _RETRY_LATER * 2**row.tries if error.retryable else None
        self.frontier.failed(row, name, error.message, next_try=next_try, capture=capture)
        self.tally.failed[name] = self.tally.failed.get(name, 0) + 1
        self.tally.failures += [f"{name}: {error.message}"] if len(self.tally.failures) < _MOST_FAILURES else []
        self.tally.host(row.host, "failed")
        return self._event(row, "failed", answer, error=name, message=error.message)

    def _unchanged(self, row: Row, answer: Answer) -> dict[str, Any]:
        self.frontier.done(row, capture=row.capture, etag=row.etag or "", modified=row.modified or "", note="unchanged")
        self.tally.unchanged += 1
        self.tally.host(row.host, "unchanged")
        if row.kind == "listing":
            self.tally.listings += 1
        return self._event(row, "unchanged", answer)

    def _redirected(self, row: Row, answer: Answer, onward: str, now: float) -> dict[str, Any]:
        """Put the target into the frontier: it gets its own checks, its own robots.txt, its own turn."""
        self.tally.redirects += 1
        first = row.first_url or row.url
        if row.hops >= self.settings.redirects:
            return self._failed(row, RedirectRefused(f"{first}: more than {self.settings.redirects} redirects", url=first), now)
        try:
            urls.checked(onward)
        except FetchError as error:
            return self._failed(row, error, now)
        if onward == row.url:
            return self._failed(row, Blocked(f"{row.url}: sends to itself, as sites do that want a cookie", url=row.url), now)
        insecure = {"insecure": True} if row.url.startswith("https:") and onward.startswith("http:") else {}
        if urls.key_of(onward) == row.key:
            self.frontier.moved(row, onward)
            return self._event(row, "redirect", answer, to=onward, **insecure)
        known = self.frontier.state_of(onward)
        if known is not None and known[2] == "redirect":
            return self._failed(row, RedirectRefused(f"{first}: redirects in a circle", url=first), now)
        self.frontier.done(row, capture=None, note="redirect")
        if known is None:
            self.frontier.add(
                onward, row.kind, run=self.run, site=row.site, found_on=row.url, title=row.title or "", parent=row.parent,
                part=row.part, hops=row.hops + 1, first_url=first, page=row.page,
            )  # fmt: skip
        elif row.kind in ("listing", "feed"):
            self.frontier.again(onward, run=self.run)
        return self._event(row, "redirect", answer, to=onward, **insecure)

    def _brought(self, row: Row, answer: Answer, now: float) -> dict[str, Any]:
        """A page: store it, note what it repeats, take its links."""
        capture, twin = self.archive.add(answer, self._labels(row))
        self.frontier.done(row, capture=capture, etag=answer.header("etag")[:300], modified=answer.header("last-modified")[:100])
        if row.kind == "feed" or (is_feed(answer.body) and row.kind in ("listing", "article")):
            return self._feed(row, answer, now)
        if row.kind == "listing":
            return self._listing(row, answer, now)
        return self._article(row, answer, capture, twin)

    # -- articles ------------------------------------------------------------------------------------------------------------

    def _article(self, row: Row, answer: Answer, capture: int | None, twin: int | None) -> dict[str, Any]:
        if row.kind == "more":
            self.tally.parts += 1
            return self._event(row, "part", answer)
        text, charset = markup.decoded(answer.body, answer.header("content-type"))
        state, more = self._state_of(row, answer, capture, twin, text)
        counted = {"duplicate": "duplicates", "repost": "reposts"}.get(state, state)
        setattr(self.tally, counted, getattr(self.tally, counted) + 1)
        if state in ("new", "changed", "repost"):
            self.tally.host(row.host, "new")
        for part, url in enumerate(article_pages(text, answer.url, charset, limit=self.settings.max_pages_of_article), 2):
            self.frontier.add(url, "more", run=self.run, site=row.site, found_on=row.url, parent=row.key, part=part)
        self._watch_shape(row, fresh=state != "duplicate")
        return self._event(row, state, answer, **more)

    def _state_of(self, row: Row, answer: Answer, capture: int | None, twin: int | None, text: str) -> tuple[str, dict[str, Any]]:
        """Say whether an article is new, changed, or there already: under this address, another one, or in other bytes."""
        database = self.archive.database
        if row.capture is not None:
            return ("changed" if copies.is_changed(database, row.capture, answer) else "unchanged"), {}
        if twin is not None:
            return "duplicate", {"of": twin}
        first = copies.near_same(database, answer, capture)
        alias = copies.alias_of(text, answer.url)
        if alias is not None:
            database.execute("UPDATE captures SET canonical = ? WHERE id = ?", (urls.key_of(alias), capture))
            known = self.frontier.capture_of(alias)
            if known is None:
                self.frontier.alias(row, alias, capture, run=self.run)
            elif known and known == first:  # the page says which article it is, and its text says so too
                return "duplicate", {"of": first}
        if first is not None and copies.claims(database, first, row.key):
            return "duplicate", {"of": first}
        return ("new", {}) if first is None else ("repost", {"of": first})

    def _watch_shape(self, row: Row, *, fresh: bool) -> None:
        """Close a family of URLs that brings the same content again and again."""
        if self.frontier.stale(row.shape, fresh=fresh) >= self.settings.no_new_articles:
            why = f"{row.shape}: {self.settings.no_new_articles} articles in a row with content known already"
            left = self.frontier.close_shape(row.shape, why)
            self.tally.skipped += left
            self.tally.stop(f"{why}; {left} more not fetched")

    # -- lists ---------------------------------------------------------------------------------------------------------------

    def _listing(self, row: Row, answer: Answer, now: float) -> dict[str, Any]:
        source = self.sources.get(row.site or "")
        self.tally.listings += 1
        try:
            page = read_listing(
                answer.body, answer.url, source.rules if source else None, content_type=answer.header("content-type"),
                page=row.page, today=self.today,
            )  # fmt: skip
        except NotAPage as error:
            return self._failed(row, error, now, answer=answer)
        new = old = unseen = 0
        for item in page.items:
            if self._too_old(item.day):
                old += 1
            elif self._belongs(item.url, row) and self.offer(item.url, row, title=item.title, day=item.day):
                new += 1
            elif self.wider:  # what an earlier, narrower run knew does not say that there is nothing further down
                unseen += self.frontier.see(item.url, run=self.run)
        self._offer_lists(row, page, new + unseen)
        self._go_on(row, page, new + unseen, all_old=bool(page.items) and old == len(page.items))
        return self._event(row, "listing", answer, links=len(page.items), new=new, old=old)

    def _go_on(self, row: Row, page: ListingPage, new: int, *, all_old: bool) -> None:
        """Queue the next page of a list, unless there was nothing new for some pages, or all was too old."""
        chain = urls.shape_of(row.url)
        self._barren[chain] = 0 if new else self._barren.get(chain, 0) + 1
        if not page.next:
            return
        if all_old:
            self.tally.stop(f"{row.url}: all on this page is older than {self.since}")
        elif self._barren[chain] >= self.settings.no_new_pages:
            self.tally.stop(f"{row.url}: no new article in {self._barren[chain]} pages of this list")
        else:
            for url in page.next:
                self._offer_list(url, row, page=row.page + 1)

    def _offer_lists(self, row: Row, page: ListingPage, new: int) -> None:
        """Queue the lists that a list leads to, unless nothing was new on the way for some lists: calendars have no end."""
        depth = 1 if new else row.part + 1
        if page.lists and depth > self.settings.no_new_pages + 1:
            self.tally.stop(f"{row.url}: no new article in {row.part} lists, each found on the one before")
            return
        for url in page.lists:
            self._offer_list(url, row, page=1, depth=depth)

    def _offer_list(self, url: str, row: Row, *, page: int, depth: int = 1) -> None:
        """Queue a list page, within the run's bound. `depth` counts lists without news on the way to it."""
        count = self._listing_pages.get(row.site or "", 0)
        if (why := urls.trap(url)) is not None:
            self.tally.stop(f"{url[:120]}: looks like a trap ({why})")
            return
        if not self._belongs(url, row) or self._other_issue(url, row):
            return
        if count >= self.settings.max_listing_pages:
            self.tally.stop(f"{row.site}: {count} list pages, the bound of a run")
            return
        priority = 20 if page > 1 else None
        added = self.frontier.add(url, "listing", run=self.run, site=row.site, found_on=row.url, page=page, part=depth, priority=priority)
        if added or self.frontier.again(url, run=self.run, priority=priority):
            self._listing_pages[row.site or ""] = count + 1

    def _other_issue(self, url: str, row: Row) -> bool:
        """Say whether a list is another day's issue (上一期) that was not asked for: a crawl does not walk back through years."""
        day, own = days.in_url(url), days.in_url(row.url)
        if day is None or day == own:
            return False
        return day < self.since if self.since is not None else own is not None and day < own

    def _belongs(self, url: str, row: Row) -> bool:
        """Say whether a link stays on the site: its own domain, or a host that the site file names."""
        source = self.sources.get(row.site or "")
        return same_site(url, row.url) or (source is not None and source.has_host(urls.host_of(url)))

    def _too_old(self, day: date | None) -> bool:
        return day is not None and self.since is not None and day < self.since

    def offer(self, url: str, row: Row, *, title: str = "", day: date | None = None, stamp: str = "") -> bool:
        """Queue an article, unless it is known, a trap, or too many; return whether it is new."""
        why = urls.trap(url)
        day = day or days.in_url(url)
        if why is None and day is not None and day > self.today + timedelta(days=7):
            why = f"dated {day}, in the future"
        if why is not None:
            self.tally.stop(f"{url[:120]}: looks like a trap ({why})")
            return False
        if self.frontier.is_closed(url):
            return False
        host = urls.host_of(url)
        if self._known.setdefault(host, self.frontier.count(host)) >= self.settings.max_urls_per_host:
            self.tally.stop(f"{host}: {self.settings.max_urls_per_host} URLs, the bound of a host")
            return False
        added = self.frontier.add(url, "article", run=self.run, site=row.site, found_on=row.url, title=title, day=day, stamp=stamp)
        if added and self.settings.dry_run:
            self.frontier.named(url)
            self.tally.would_fetch += [url] if len(self.tally.would_fetch) < _MOST_NAMED else []
        self._known[host] += added
        return added or bool(stamp and self.frontier.restamp(url, stamp, run=self.run))

    # -- feeds ---------------------------------------------------------------------------------------------------------------

    def _feed(self, row: Row, answer: Answer, now: float) -> dict[str, Any]:
        """Queue what a feed or sitemap names: articles of the same site, further sitemaps."""
        self.tally.listings += 1
        try:
            entries = read_feed(answer.body, answer.url, content_type=answer.header("content-type"), cap=self.settings.max_bytes)
        except FetchError as error:
            return self._failed(row, error, now, answer=answer)
        new = sum(self._entry(entry, row) for entry in entries)
        return self._event(row, "listing", answer, links=len(entries), new=new)

    def _entry(self, entry: Entry, row: Row) -> bool:
        if not self._belongs(entry.url, row):
            return False
        if self._too_old(days.in_feed(entry.stamp) or days.in_url(entry.url)):
            return False
        if entry.feed:
            if row.page >= 3:
                return False
            fresh = self.frontier.add(entry.url, "feed", run=self.run, site=row.site, found_on=row.url, page=row.page + 1)
            return fresh or self.frontier.again(entry.url, run=self.run)
        source = self.sources.get(row.site or "")
        match = source.rules.match if source and source.rules else None
        if match and not re.search(match, entry.url):
            return False
        return self.offer(entry.url, row, title=entry.title, stamp=entry.stamp)
