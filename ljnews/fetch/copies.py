"""The same article again: equal bytes, the page's own word for it (`rel=canonical`), or nearly the same sentences."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from urllib.parse import urlsplit

from ljnews.fetch import markup, similar, urls
from ljnews.fetch.answer import Answer
from ljnews.fetch.listing import same_site

#: A sentence on so many pages is the site's (copyright, licence), not the article's.
_MOST_SEEN = 40
_NUMBERS = re.compile(r"\d{3,}")


def is_changed(database: sqlite3.Connection, capture: int, answer: Answer) -> bool:
    """Say whether an answer's bytes differ from those of an earlier capture."""
    row = database.execute("SELECT sha256 FROM captures WHERE id = ?", (capture,)).fetchone()
    return row is None or row[0] != hashlib.sha256(answer.body).hexdigest()


def claims(database: sqlite3.Connection, capture: int, key: str) -> bool:
    """Say whether a captured page called another address its own."""
    row = database.execute("SELECT canonical FROM captures WHERE id = ?", (capture,)).fetchone()
    return row is not None and row[0] == key


def near_same(database: sqlite3.Connection, answer: Answer, capture: int | None) -> int | None:
    """Note an article's sketch; return an earlier capture with mostly the same sentences, or None."""
    hashes = similar.sketch(answer.body, answer.header("content-type"))
    if not hashes or capture is None:
        return None
    marks = ",".join("?" * len(hashes))
    seen = database.execute(
        f"SELECT hash, capture FROM sketch WHERE hash IN ({marks}) ORDER BY hash, capture LIMIT 2000",  # noqa: S608
        hashes,
    ).fetchall()
    holders: dict[int, list[int]] = {}
    for one, other in seen:
        holders.setdefault(one, []).append(other)
    rare = [h for h in hashes if len(holders.get(h, ())) < _MOST_SEEN]
    agree: dict[int, int] = {}
    for one in rare:
        for other in holders.get(one, ()):
            agree[other] = agree.get(other, 0) + 1
    database.executemany("INSERT OR IGNORE INTO sketch (hash, capture) VALUES (?, ?)", [(h, capture) for h in rare])
    best = min((o for o in agree if agree[o] == max(agree.values())), default=None)
    if best is None or len(rare) < similar.FEWEST or agree[best] < similar.SHARE * len(rare):
        return None
    database.execute("UPDATE captures SET repost_of = ? WHERE id = ?", (best, capture))
    return best


def alias_of(text: str, url: str) -> str | None:
    """Return the address that a page calls its own, where that can be: same site, another key, the same article number.

    Templates that call every page by the front page's address are many; these are not believed.

    >>> alias_of('<link rel="canonical" href="/a/4812.html">', "http://nc.example/print/4812.html")
    'http://nc.example/a/4812.html'
    >>> alias_of('<link rel="canonical" href="/">', "http://nc.example/a/4812.html") is None
    True
    """
    target = markup.canonical(text, url)
    if target is None or urls.key_of(target) == urls.key_of(url) or not same_site(target, url):
        return None
    one, two = urlsplit(url), urlsplit(target)
    shared = set(_NUMBERS.findall(one.path + one.query)) & set(_NUMBERS.findall(two.path + two.query))
    return target if shared or (one.path == two.path and len(one.path) > 1) else None
