"""`ljnews sites new`: draft a site file from an example article and an example list, and show what it would take.

The draft says what it is: patterns guessed from two pages, to be read and mended. Main function: `draft`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from ljnews.errors import InputMalformed, InputMissing, LjnewsError
from ljnews.fetch import markup, urls
from ljnews.fetch.listing import Item, read_listing, same_site
from ljnews.records import Article, Page
from ljnews.sites.loader import Listing, families

#: A family's rules are taken where they find at least this share of the links that look like articles.
_FAMILY_SHARE = 0.6
_FEWEST = 3


@dataclass(frozen=True)
class Draft:
    """A drafted site file and what it gives on the two pages."""

    name: str
    text: str
    family: str | None
    items: list[Item] = field(default_factory=list)
    next: list[str] = field(default_factory=list)
    article: Article | None = None
    notes: list[str] = field(default_factory=list)


def draft(page: Page | None, listing: Page | None, *, name: str | None = None, today: date | None = None) -> Draft:
    """Return a draft from an example article, an example list, or both (`page_of` reads them from URL or file).

    Raises InputMalformed where neither page says from which site it is.
    """
    known = next((p.url for p in (listing, page) if p is not None and p.url), None)
    if known is None:
        raise InputMalformed("neither page says where it is from; name its URL", input=str(listing.input if listing else page))
    host = urls.host_of(known)
    notes: list[str] = []
    family, rules, items, following = None, None, [], []
    if listing is not None and listing.url:
        family, rules = _rules(listing, page.url if page else None, notes)
        found = read_listing(listing.content, listing.url, rules, content_type=listing.headers.get("content-type", ""), today=today)
        items, following = found.items, found.next
        if not items:
            notes.append("no article was found on the list: write `match` or `links` by hand")
        if not following:
            notes.append("no next page was found on the list: write `next` or `page` by hand, if there is one")
    article = _article(page, notes)
    own = None if family is not None else rules
    title = name or (article.source if article is not None and article.source else None) or host
    text = _text(title, host, family, own, listing, page, article)
    return Draft(host, text, family, items, following, article, notes)


def page_of(what: str, *, url: str | None = None) -> Page:
    """Return an example page, from a URL (fetched politely) or a file that a browser saved.

    A file's URL is the one the browser wrote into it, unless it is given.
    """
    if re.match(r"https?://", what):
        from ljnews.fetch.pages import fetch_page

        return fetch_page(what)
    path = Path(what)
    if not path.is_file():
        raise InputMissing(f"{what}: neither a URL nor a file", input=what)
    from ljnews.fetch.containers import saved_from
    from ljnews.fetch.mht import page_of_mht

    content = path.read_bytes()
    if path.suffix.lower() in (".mht", ".mhtml"):
        page = page_of_mht(content, what)
        return page.model_copy(update={"url": url}) if url else page
    return Page(input=what, url=url or saved_from(content), content=content)


def _rules(listing: Page, article_url: str | None, notes: list[str]) -> tuple[str | None, Listing]:
    """The family whose rules find the articles of the list, else a pattern made from the links themselves."""
    url = listing.url or ""
    text, charset = markup.decoded(listing.content, listing.headers.get("content-type", ""))
    links = [link for link in markup.links(text, url, charset) if same_site(link.url, url)]
    plain = {urls.key_of(i.url) for i in read_listing(listing.content, url, today=None).items}
    best: tuple[float, int, str] | None = None
    for key, family in sorted(families().items()):
        if family.listing is None or not (family.listing.match or family.listing.links):
            continue
        found = {urls.key_of(i.url) for i in read_listing(listing.content, url, family.listing).items}
        wanted = plain | ({urls.key_of(article_url)} if article_url else set())
        hit = len(found & wanted) / len(wanted | found) if wanted | found else 0.0
        narrow = -(family.listing.match or "").count("|")  # of two that fit, the one that takes less else
        if len(found) >= _FEWEST and (best is None or (hit, narrow) > best[:2]):
            best = (hit, narrow, key)
    if best is not None and best[0] >= _FAMILY_SHARE:
        notes.append(f"the list looks like those of the family {best[2]!r} ({best[0]:.0%} of the links agree)")
        return best[2], families()[best[2]].listing or Listing()
    pattern = _pattern([link.url for link in links if len(link.text) >= 6], article_url)
    if pattern:
        notes.append("no family's rules fit: `match` was made from the links' own shape")
    return None, Listing(match=pattern)


def _pattern(links: list[str], article_url: str | None) -> str | None:
    """A regular expression of the most frequent shape of links, or of the example article's."""
    shapes = Counter(urls.shape_of(url) for url in links if re.search(r"\d", urlsplit(url).path + urlsplit(url).query))
    chosen = urls.shape_of(article_url) if article_url else next(iter(shapes.most_common(1)), ("", 0))[0]
    examples = [url for url in [*links, *([article_url] if article_url else [])] if urls.shape_of(url) == chosen]
    if not examples:
        return None
    parts = urlsplit(examples[-1])
    path = re.sub(r"\d+", r"\\d+", re.escape(re.sub(r"[0-9a-f]{16,}", "HEXCODE", parts.path)))
    pattern = path.replace("HEXCODE", "[0-9a-f]+").replace(r"\-", "-").replace(r"\_", "_")
    if parts.query:
        names = [p.split("=", 1)[0] for p in parts.query.split("&") if re.search(r"=\d+$", p)]
        pattern += r"\?" + "".join(rf"(?=.*\b{re.escape(n)}=\d+)" for n in names)
        return pattern
    return pattern + r"(?:\?|$)"


def _article(page: Page | None, notes: list[str]) -> Article | None:
    """The example article as the layout stage reads it without a site file."""
    if page is None:
        return None
    from ljnews.layout import read

    try:
        return read(page)
    except LjnewsError as error:
        notes.append(f"the example article could not be read: {error.message}")
        return None


def _quoted(value: str) -> str:
    """A TOML string: literal where it can be (patterns stay legible), else escaped."""
    if "'" not in value and "\n" not in value:
        return f"'{value}'" if "\\" in value or '"' in value else f'"{value}"'
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _text(
    title: str, host: str, family: str | None, rules: Listing | None, listing: Page | None, page: Page | None, article: Article | None
) -> str:
    """The site file."""
    lines = [
        "# Drafted from example pages: read every line, mend it, then run `ljnews sites check`.",
        f"name = {_quoted(title)}",
    ]
    if family:
        lines.append(f"extends = {_quoted(family)}")
    lines.append(f"domains = [{_quoted(host)}]")
    if page is not None and not page.input.startswith("http"):
        lines.append(f"example = {_quoted(page.input)}")
    if listing is not None:
        lines += ["", "[listing]", f"entry = [{_quoted(listing.url or '')}]"]
        if rules is not None and rules.match:
            lines.append(f"match = {_quoted(rules.match)}")
    if article is not None:
        lines += ["", "# What the page gives without this file. Correct it by reading the page in a browser.", "[expect]"]
        lines += [f"url = {_quoted(page.url)}"] if page is not None and page.url else []
        for key in ("title", "published_at", "source"):
            if value := getattr(article, key):
                lines.append(f"{key} = {_quoted(value)}")
        for key in ("reporters", "editors"):
            if names := [credit.name for credit in getattr(article, key)]:
                lines.append(f"{key} = [{', '.join(_quoted(n) for n in names)}]")
    return "\n".join(lines) + "\n"
