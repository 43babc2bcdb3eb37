"""What is to fetch, in flight, done, failed or skipped: one row a URL, in the archive's own SQLite file.

Every change happens inside the caller's transaction, together with the index rows of what was fetched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ljnews.fetch import urls

#: Articles before the next list page: a list's own articles tell whether it is worth going on. Further pages of an article first of all.
PRIORITY = {"more": 0, "feed": 5, "listing": 5, "article": 10, "next": 20}
#: A URL that failed may be asked again in later runs, this often in all.
MAX_TRIES = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A URL to fetch."""

    id: int
    key: str
    url: str
    host: str
    kind: str
    site: str | None
    title: str | None
    parent: str | None
    part: int
    hops: int
    first_url: str | None
    shape: str
    page: int
    tries: int
    capture: int | None
    etag: str | None
    modified: str | None


_COLUMNS = "id, key, url, host, kind, site, title, parent, part, hops, first_url, shape, page, tries, capture, etag, modified"


class Frontier:
    """The frontier table, for the sites of one run: a folder may hold several crawls' pages."""

    def __init__(self, database: sqlite3.Connection, sites: Sequence[str]) -> None:
        self.database = database
        self._sites = tuple(sites)
        self._of_sites = f"site IN ({','.join('?' * len(self._sites))})"

    def add(
        self,
        url: str,
        kind: str,
        *,
        run: int,
        site: str | None = None,
        found_on: str | None = None,
        title: str = "",
        day: date | None = None,
        stamp: str = "",
        parent: str | None = None,
        part: int = 1,
        hops: int = 0,
        first_url: str | None = None,
        page: int = 1,
        priority: int | None = None,
    ) -> bool:
        """Add a URL; return False where its key is known already (whatever became of it)."""
        cursor = self.database.execute(
            "INSERT INTO frontier (key, url, host, kind, state, priority, site, found_on, title, day, stamp, parent, part, hops,"
            " first_url, shape, page, run) VALUES (?, ?, ?, ?, 'todo', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
            (
                urls.key_of(url), url, urls.host_of(url), kind, PRIORITY[kind] if priority is None else priority, site, found_on,
                title or None, day.isoformat() if day else None, stamp or None, parent, part, hops, first_url, urls.shape_of(url),
                page, run,
            ),
        )  # fmt: skip
        return cursor.rowcount == 1

    def capture_of(self, url: str) -> int | None:
        """Return the capture that a URL gave (0 where it gave none yet), None where the URL is unknown."""
        row = self.database.execute("SELECT capture FROM frontier WHERE key = ?", (urls.key_of(url),)).fetchone()
        return int(row[0] or 0) if row else None

    def alias(self, row: Row, url: str, capture: int | None, *, run: int) -> None:
        """The page of a row is also called by this URL: it need not be fetched again under it."""
        if self.add(url, "article", run=run, site=row.site, found_on=row.url):
            self.database.execute(
                "UPDATE frontier SET state = 'done', error = 'canonical', capture = ? WHERE key = ?", (capture, urls.key_of(url))
            )

    def again(self, url: str, *, run: int, priority: int | None = None, kind: str | None = None, site: str | None = None) -> bool:
        """Put a known URL back to be fetched, once a run; return whether it was not yet visited in this run.

        `kind` and `site` are what it is taken for from now on.
        """
        return (
            self.database.execute(
                "UPDATE frontier SET state = 'todo', run = ?, tries = 0, next_try = 0, hops = 0, priority = coalesce(?, priority),"
                " etag = iif(coalesce(?, kind) = kind, etag, NULL), modified = iif(coalesce(?, kind) = kind, modified, NULL),"
                " kind = coalesce(?, kind), site = coalesce(?, site) WHERE key = ? AND run < ? AND state <> 'flight'",
                (run, priority, kind, kind, kind, site, urls.key_of(url), run),
            ).rowcount
            == 1
        )

    def see(self, url: str, *, run: int) -> bool:
        """Note that a list shows a URL; return whether it is the first to do so in this run."""
        return self.database.execute("UPDATE frontier SET seen = ? WHERE key = ? AND seen < ?", (run, urls.key_of(url), run)).rowcount == 1

    def forget_lists(self) -> None:
        """Have lists and feeds read anew: what was taken from them last time was less."""
        self.database.execute(
            f"UPDATE frontier SET etag = NULL, modified = NULL WHERE kind IN ('listing', 'feed') AND {self._of_sites}",  # noqa: S608
            self._sites,
        )

    def state_of(self, url: str) -> tuple[str, str | None, str | None] | None:
        """Return (state, stamp, error) of a URL, None where it is unknown."""
        row = self.database.execute("SELECT state, stamp, error FROM frontier WHERE key = ?", (urls.key_of(url),)).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def restamp(self, url: str, stamp: str, *, run: int) -> bool:
        """A sitemap or feed says that a known page changed: fetch it again. Return whether it will be."""
        return (
            self.database.execute(
                "UPDATE frontier SET state = 'todo', stamp = ?, run = ?, tries = 0, next_try = 0"
                " WHERE key = ? AND state = 'done' AND stamp IS NOT NULL AND stamp <> ?",
                (stamp, run, urls.key_of(url), stamp),
            ).rowcount
            == 1
        )

    def refresh(self, since: date, *, run: int) -> int:
        """Put articles fetched since a day back, to be asked for by their ETag; return how many."""
        return self.database.execute(
            f"UPDATE frontier SET state = 'todo', run = ?, tries = 0, next_try = 0 WHERE state = 'done' AND kind IN ('article', 'more')"  # noqa: S608
            f" AND {self._of_sites} AND capture IN (SELECT id FROM captures WHERE fetched_at >= ?)",
            (run, *self._sites, since.isoformat()),
        ).rowcount

    def hosts(self) -> Iterator[tuple[str, float]]:
        """Yield every host with something to fetch, and when the first of it may be."""
        rows = self.database.execute(
            f"SELECT host, min(next_try) FROM frontier WHERE state = 'todo' AND {self._of_sites} GROUP BY host ORDER BY min(id)",  # noqa: S608
            self._sites,
        )
        yield from ((row[0], row[1]) for row in rows.fetchall())

    def due(self, host: str) -> float | None:
        """Return when the host's first URL may be asked for, None where it has none."""
        found: float | None = self.database.execute(
            f"SELECT min(next_try) FROM frontier WHERE host = ? AND state = 'todo' AND {self._of_sites}",  # noqa: S608
            (host, *self._sites),
        ).fetchone()[0]
        return found

    def take(self, host: str, now: float) -> Row | None:
        """Return the host's next URL and mark it in flight."""
        row = self.database.execute(
            f"SELECT {_COLUMNS} FROM frontier WHERE host = ? AND state = 'todo' AND next_try <= ? AND {self._of_sites}"  # noqa: S608
            " ORDER BY priority, id LIMIT 1",
            (host, now, *self._sites),
        ).fetchone()
        if row is None:
            return None
        self.database.execute("UPDATE frontier SET state = 'flight' WHERE id = ?", (row["id"],))
        return Row(*row)

    def done(self, row: Row, *, capture: int | None, etag: str = "", modified: str = "", note: str | None = None) -> None:
        """The URL was brought, or is known to be unchanged."""
        self.database.execute(
            "UPDATE frontier SET state = 'done', capture = coalesce(?, capture), etag = ?, modified = ?, error = ?, message = NULL,"
            " tries = tries + 1 WHERE id = ?",
            (capture, etag or None, modified or None, note, row.id),
        )

    def failed(self, row: Row, error: str, message: str, *, next_try: float | None, capture: int | None = None) -> None:
        """The URL could not be brought; with `next_try` a later run asks again."""
        self.database.execute(
            "UPDATE frontier SET state = 'failed', error = ?, message = ?, tries = tries + 1, next_try = ?,"
            " capture = coalesce(?, capture) WHERE id = ?",
            (error, message, next_try if next_try is not None else -1, capture, row.id),
        )

    def skipped(self, row: Row, error: str, message: str) -> None:
        """The URL is not to be fetched."""
        self.database.execute("UPDATE frontier SET state = 'skipped', error = ?, message = ? WHERE id = ?", (error, message, row.id))

    def named(self, url: str) -> None:
        """A dry run names the URL and does not fetch it."""
        self.database.execute("UPDATE frontier SET state = 'skipped', error = 'DryRun' WHERE key = ?", (urls.key_of(url),))

    def later(self, row: Row, next_try: float, error: str | None = None) -> None:
        """The URL stays to be fetched, not before a moment."""
        self.database.execute("UPDATE frontier SET state = 'todo', next_try = ?, error = ? WHERE id = ?", (next_try, error, row.id))

    def moved(self, row: Row, url: str) -> None:
        """The same page under another spelling (http to https): ask there."""
        self.database.execute(
            "UPDATE frontier SET state = 'todo', url = ?, hops = hops + 1, first_url = coalesce(first_url, url) WHERE id = ?",
            (url, row.id),
        )

    def close_shape(self, shape: str, why: str) -> int:
        """Skip everything still to fetch that looks like a trap's URLs; return how many."""
        self.database.execute("UPDATE shapes SET closed = ? WHERE shape = ?", (why, shape))
        return self.database.execute(
            "UPDATE frontier SET state = 'skipped', error = 'Trap', message = ? WHERE shape = ? AND state = 'todo' AND kind = 'article'",
            (why, shape),
        ).rowcount

    def stale(self, shape: str, *, fresh: bool) -> int:
        """Count articles of a shape without news in a row; return the count."""
        self.database.execute(
            "INSERT INTO shapes (shape, stale) VALUES (?, ?)"
            " ON CONFLICT (shape) DO UPDATE SET stale = CASE WHEN ? THEN 0 ELSE stale + 1 END",
            (shape, 0 if fresh else 1, fresh),
        )
        return int(self.database.execute("SELECT stale FROM shapes WHERE shape = ?", (shape,)).fetchone()[0])

    def is_closed(self, url: str) -> bool:
        """Say whether a URL looks like those of a trap found before."""
        found = self.database.execute("SELECT closed FROM shapes WHERE shape = ?", (urls.shape_of(url),)).fetchone()
        return found is not None and found[0] is not None

    def count(self, host: str) -> int:
        """Return how many URLs of a host are known."""
        return int(self.database.execute("SELECT count(*) FROM frontier WHERE host = ?", (host,)).fetchone()[0])

    def pending(self) -> int:
        """Return how many URLs are still to fetch."""
        return int(
            self.database.execute(
                f"SELECT count(*) FROM frontier WHERE state IN ('todo', 'flight') AND {self._of_sites}",  # noqa: S608
                self._sites,
            ).fetchone()[0]
        )

    def passing(self) -> int:
        """Return how many URLs failed for a passing reason and will be asked for again by a later run."""
        return int(
            self.database.execute(
                f"SELECT count(*) FROM frontier WHERE state = 'failed' AND next_try >= 0 AND tries < ? AND {self._of_sites}",  # noqa: S608
                (MAX_TRIES, *self._sites),
            ).fetchone()[0]
        )

    def land(self) -> int:
        """What was in flight when a crawl was killed is to be fetched again; return how many."""
        return self.database.execute("UPDATE frontier SET state = 'todo' WHERE state = 'flight'").rowcount

    def retry(self, now: float, *, run: int) -> int:
        """Put back what failed for a passing reason and is due; return how many."""
        return self.database.execute(
            "UPDATE frontier SET state = 'todo', run = ? WHERE state = 'failed' AND next_try BETWEEN 0 AND ? AND tries < ?",
            (run, now, MAX_TRIES),
        ).rowcount
