"""Pages for the rest of the pipeline: one from the network (`fetch_page`), all of an archive (`pages_of_archive`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ljnews.errors import ArchiveDamaged, InputMissing, LjnewsError
from ljnews.fetch.address import Resolver
from ljnews.fetch.archive import FOLDER, Archive, Capture
from ljnews.fetch.caps import Caps
from ljnews.fetch.database import NAME
from ljnews.fetch.settings import Settings
from ljnews.records import Failure, Page

_ARTICLES = "c.kind = 'article'"
#: Of each URL the newest capture that brought a page (where none did, the newest of all); an exact copy under another URL is left out where
#: the first one is given itself, and so is a print or mobile version that names the article it is of.
_LATEST = """c.kind = 'article'
 AND c.id = (SELECT n.id FROM captures n WHERE n.key = c.key AND n.kind = 'article'
             ORDER BY n.problem IS NOT NULL, n.damaged, n.id DESC LIMIT 1)
 AND NOT EXISTS (
   SELECT 1 FROM captures t WHERE t.id = c.same_as AND t.key <> c.key AND t.kind = 'article' AND t.problem IS NULL
   AND t.id = (SELECT n.id FROM captures n WHERE n.key = t.key AND n.kind = 'article'
               ORDER BY n.problem IS NOT NULL, n.damaged, n.id DESC LIMIT 1))
 AND NOT EXISTS (
   SELECT 1 FROM captures o WHERE o.key = c.canonical AND o.kind = 'article' AND o.problem IS NULL AND o.damaged = 0
   AND (c.repost_of = o.id OR o.repost_of = c.id))"""


def fetch_page(url: str, *, settings: Settings | None = None, resolver: Resolver | None = None) -> Page:
    """Return the page at a URL, with the further pages of its article, fetched politely.

    Raises FetchError in one of its kinds: never an empty page.
    """
    from ljnews.fetch.fetcher import Fetcher
    from ljnews.fetch.markup import decoded
    from ljnews.fetch.paging import article_pages

    fetcher = Fetcher(settings, resolver=resolver)
    try:
        last = fetcher.follow(url).last
        text, charset = decoded(last.body, last.header("content-type"))
        further = article_pages(text, last.url, charset, limit=fetcher.settings.max_pages_of_article)
        more = [fetcher.follow(one).last.body for one in further]
    finally:
        fetcher.close()
    headers = {name.lower(): value for name, value in reversed(last.headers)}
    return Page(input=url, url=last.url, content=last.body, more=more, headers=headers)


def pages_of_archive(path: Path | str, *, caps: Caps | None = None, every_capture: bool = False) -> Iterator[Page | Failure]:
    """Yield the pages of an archive: a folder that `ljnews fetch` wrote, WARC, zip, tar, or MHT.

    Of a fetched folder: every article once, in its newest capture, its further pages joined (`every_capture`: all of them). What cannot be
    read, or was no page when it was fetched, comes as a Failure, and the rest goes on. Raises InputMissing, InputTooLarge, InputMalformed.
    """
    path = Path(path)
    if not path.exists():
        raise InputMissing(f"{path}: no such archive; check the spelling", input=str(path))
    if path.is_dir():
        yield from _folder(path, every_capture)
        return
    if path.parent.name == FOLDER and (path.parent.parent / NAME).exists():  # one of a fetched folder's files: its index knows better
        yield from _folder(path.parent.parent, every_capture, file=path.name)
        return
    from ljnews.fetch.containers import pages_of_file

    yield from pages_of_file(path, caps or Caps())


def _folder(path: Path, every_capture: bool, *, file: str | None = None) -> Iterator[Page | Failure]:
    if not (path / NAME).exists():
        raise InputMissing(f"{path}: no {NAME} in it; name a folder that `ljnews fetch` wrote", input=str(path))
    with Archive(path) as archive:
        chosen = _ARTICLES if every_capture else _LATEST
        for capture in archive.captures(f"(? IS NULL OR f.name = ?) AND {chosen}", (file, file)):
            yield page_of_capture(archive, capture)


def page_of_capture(archive: Archive, capture: Capture) -> Page | Failure:
    """Return the page of one capture, further pages joined, or why there is none."""
    name = f"{archive.folder}#{capture.id}"
    if capture.problem is not None:
        return _failure(name, capture, "fetch", capture.problem, capture.message or "", capture.problem == "FetchFailed")
    try:
        more = [archive.body(part) for part in _parts(archive, capture)]
        body = archive.body(capture)
    except ArchiveDamaged as error:
        return _failure(name, capture, error.stage, type(error).__name__, error.message, True)
    except LjnewsError as error:
        return _failure(name, capture, error.stage, type(error).__name__, error.message, error.retryable)
    return Page(input=name, url=capture.url, content=body, more=more, headers=capture.headers)


def _parts(archive: Archive, capture: Capture) -> Iterator[Capture]:
    """The newest capture of each further page of an article, in order."""
    seen: dict[int, Capture] = {}
    for part in archive.captures("c.parent = ? AND c.kind = 'more' AND c.problem IS NULL", (capture.key,)):
        seen[part.part] = part
    yield from (seen[number] for number in sorted(seen))


def _failure(name: str, capture: Capture, stage: str, error: str, message: str, retryable: bool) -> Failure:
    return Failure(input=name, input_id=None, url=capture.url, stage=stage, error=error, message=message, retryable=retryable)
