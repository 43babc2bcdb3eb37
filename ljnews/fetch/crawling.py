"""`crawl(site_or_urls, out=DIR)`: bring a site's news into an archive. The one call behind `ljnews fetch`.

Run again, it goes on where it was killed, or fetches the lists anew and only what is new or changed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ljnews.errors import FetchError, OutputUnwritable, UsageError
from ljnews.fetch import urls, warc
from ljnews.fetch.address import Resolver
from ljnews.fetch.archive import ArchiveWriter
from ljnews.fetch.clock import Clock, RealClock
from ljnews.fetch.crawler import Crawler
from ljnews.fetch.database import transaction
from ljnews.fetch.dry import DryArchive, Store
from ljnews.fetch.fetcher import Fetcher
from ljnews.fetch.frontier import PRIORITY, Frontier
from ljnews.fetch.landing import Landing, Tally
from ljnews.fetch.listing import same_site
from ljnews.fetch.robots import RobotsFile
from ljnews.fetch.settings import Settings
from ljnews.fetch.sources import Source, Target, sources

#: An e-paper's issue of a day is looked at again for so long; what is older does not change.
_ISSUE_CHANGES = timedelta(days=3)


@dataclass(frozen=True)
class CrawlSummary:
    """What a run did.

    `pending` is still to fetch (put off, or beyond the budget), `retry_later` failed for a passing reason and is asked for again by a run
    when its time has come; `stops` say why something was not gone on with, `failures` are the messages of the first fifty.
    """

    out: str
    run: int
    resumed: bool
    interrupted: bool
    seconds: float
    requests: int
    pages: int
    new: int
    changed: int
    unchanged: int
    duplicates: int
    reposts: int
    redirects: int
    listings: int
    parts: int
    bytes: int
    skipped: int
    pending: int
    retry_later: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    hosts: dict[str, dict[str, int]] = field(default_factory=dict)
    stops: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    would_fetch: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The summary as plain JSON."""
        return asdict(self)


def crawl(
    site_or_urls: Target | Sequence[Target],
    *,
    out: Path | str,
    since: date | None = None,
    pages: int | None = None,
    settings: Settings | None = None,
    on_event: Callable[[dict[str, Any]], None] | None = None,
    as_list: bool = False,
    clock: Clock | None = None,
    resolver: Resolver | None = None,
) -> CrawlSummary:
    """Fetch a site (name, domain, `.toml`) or URLs into the archive folder `out`; return what was done.

    `since` leaves older articles out, `pages` bounds the pages fetched (lists included), `as_list` reads URLs as lists of articles.
    A Ctrl-C ends it cleanly, with `interrupted` set. Raises UsageError (no contact for more than 50 pages, unknown site, another crawl
    in the folder), SiteError, OutputUnwritable.
    """
    settings = settings or Settings()
    clock = clock or RealClock()
    today = datetime.fromtimestamp(clock.now(), UTC).astimezone().date()
    named = sources(site_or_urls, since=since, today=today, as_list=as_list)
    budget = settings.check_contact(pages)
    if pages is not None and pages < 1:
        raise UsageError(f"--pages {pages}: expected at least 1")
    folder = Path(out)
    archive = DryArchive(folder) if settings.dry_run else ArchiveWriter(folder, warc_bytes=settings.warc_bytes, contact=settings.contact)
    try:
        return _run(archive, named, settings, clock, resolver, since, today, budget, on_event or (lambda _event: None))
    except (sqlite3.Error, OSError) as error:
        raise OutputUnwritable(f"{folder}: cannot be written ({error}); make room and run again", output=str(folder)) from error
    finally:
        archive.close()


def _run(
    archive: Store,
    named: list[Source],
    settings: Settings,
    clock: Clock,
    resolver: Resolver | None,
    since: date | None,
    today: date,
    budget: int | None,
    on_event: Callable[[dict[str, Any]], None],
) -> CrawlSummary:
    """One run over an open archive."""
    started = time.monotonic()
    frontier = Frontier(archive.database, [source.key for source in named])
    run, resumed, wider = _begin(archive.database, frontier, named, since, clock)
    fetcher = Fetcher(settings, clock=clock, resolver=resolver)
    landing = Landing(archive, frontier, named, settings, run=run, since=since, today=today, wider=wider)
    interrupted = False
    try:
        _seed_robots(archive.database, fetcher)
        with transaction(archive.database):
            _seed(frontier, named, run=run, today=today, again=not resumed)
            if not resumed and settings.refresh_days > 0:
                frontier.refresh(today - timedelta(days=settings.refresh_days), run=run)
        crawler = Crawler(archive, frontier, landing, fetcher, settings, budget=budget, on_event=on_event)
        _sitemaps_of_robots(archive, frontier, fetcher, named, landing.tally, run)
        on_event({"event": "start", "run": run, "resumed": resumed, "sites": [source.key for source in named]})
        crawler.run()
    except KeyboardInterrupt:
        interrupted = True
    finally:
        fetcher.close()
    summary = _summary(archive, frontier, landing.tally, run, resumed, interrupted, time.monotonic() - started, fetcher.requests)
    if not interrupted:
        _end(archive.database, summary, clock)
    on_event({"event": "end", **summary.as_dict()})
    return summary


def _end(database: sqlite3.Connection, summary: CrawlSummary, clock: Clock) -> None:
    """Note that a run is over, with what it did; an interrupted one stays open, to be gone on with."""
    outcome = json.dumps(replace(summary, would_fetch=[]).as_dict(), ensure_ascii=False)
    database.execute("UPDATE runs SET ended = ?, outcome = ? WHERE id = ?", (warc.stamp(clock.now()), outcome, summary.run))


def _begin(
    database: sqlite3.Connection, frontier: Frontier, named: list[Source], since: date | None, clock: Clock
) -> tuple[int, bool, bool]:
    """Return the run's number, whether it goes on with one that was killed, and whether it looks wider than the one before.

    Wider: an earlier `since`, or other rules of a site; then lists are read anew, whatever the server says of them.
    """
    what = json.dumps([source.key for source in named], ensure_ascii=False)
    rules = hashlib.sha256(repr([(source.key, source.rules) for source in named]).encode()).hexdigest()[:16]
    day = since.isoformat() if since else None
    with transaction(database):
        frontier.land()
        last = database.execute("SELECT id, ended, since, rules FROM runs WHERE what = ? ORDER BY id DESC LIMIT 1", (what,)).fetchone()
        seeded = database.execute("SELECT 1 FROM frontier LIMIT 1").fetchone() is not None
        if last is not None and seeded and last["ended"] is None and (last["since"], last["rules"]) == (day, rules):
            return int(last["id"]), True, False
        wider = last is not None and (last["rules"] != rules or (last["since"] or "") > (day or ""))
        if wider:
            frontier.forget_lists()
        cursor = database.execute(
            "INSERT INTO runs (what, since, rules, started) VALUES (?, ?, ?, ?)", (what, day, rules, warc.stamp(clock.now()))
        )
        run = int(cursor.lastrowid or 0)
        frontier.retry(clock.now(), run=run)
        return run, False, wider


def _seed(frontier: Frontier, named: list[Source], *, run: int, today: date, again: bool) -> None:
    """Put the sources' URLs into the frontier; in a new run (`again`) also those that were fetched in an earlier one."""
    for source in named:
        for seed in source.seeds:
            if frontier.add(seed.url, seed.kind, run=run, site=source.key) or not again:
                continue
            old_issue = seed.day is not None and seed.day < today - _ISSUE_CHANGES
            if not (old_issue and (frontier.state_of(seed.url) or ("",))[0] == "done"):
                frontier.again(seed.url, run=run, priority=PRIORITY[seed.kind], kind=seed.kind, site=source.key)


def _sitemaps_of_robots(archive: Store, frontier: Frontier, fetcher: Fetcher, named: list[Source], tally: Tally, run: int) -> None:
    """Where a site file says `sitemaps = "robots"`, queue the sitemaps that robots.txt names, of the same site only."""
    for source in named:
        hosts = {urls.origin_of(seed.url): seed.url for seed in source.seeds}
        for origin, url in sorted(hosts.items()) if source.robots_sitemaps else ():
            try:
                found = [urls.resolve(f"{origin}/", one) for one in fetcher.robots.rules(url).sitemaps[:50]]
            except FetchError as error:
                tally.stop(error.message)
                continue
            with transaction(archive.database):
                for one in found:
                    if one and same_site(one, url) and not frontier.add(one, "feed", run=run, site=source.key):
                        frontier.again(one, run=run)


def _seed_robots(database: sqlite3.Connection, fetcher: Fetcher) -> None:
    """Give the fetcher the robots.txt files read within the last day."""
    rows = database.execute("SELECT origin, verdict, body, expires, why FROM robots WHERE verdict <> 'disallow' LIMIT 5000")
    for row in rows:
        fetcher.robots.seed(RobotsFile(*row))


def _summary(
    archive: Store,
    frontier: Frontier,
    tally: Tally,
    run: int,
    resumed: bool,
    interrupted: bool,
    seconds: float,
    requests: int,
) -> CrawlSummary:
    counts = {k: v for k, v in vars(tally).items() if k in CrawlSummary.__dataclass_fields__}
    return CrawlSummary(
        out=str(archive.folder), run=run, resumed=resumed, interrupted=interrupted, seconds=round(seconds, 3), requests=requests,
        pending=frontier.pending(), retry_later=frontier.passing(), **counts,
    )  # fmt: skip
