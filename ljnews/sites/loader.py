"""Read and validate site files; unknown keys are refused with file and line.

A file is `families/<name>.toml` (one per CMS family, shared by many sites) or `<domain>.toml` (one site, `extends` a family). The package's
own come first; the folder named by `LJNEWS_SITES` is read after them and wins.
"""

from __future__ import annotations

import codecs
import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from ljnews import resources
from ljnews.errors import SiteError

SETTING = "LJNEWS_SITES"


@dataclass(frozen=True)
class Layout:
    """How a site's article pages were built from one day to another. Every selector is CSS; the first that finds something is used."""

    since: date | None = None
    until: date | None = None
    container: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    kicker: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    info: tuple[str, ...] = ()
    published_at: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    next_page: tuple[str, ...] = ()

    def covers(self, day: str | None) -> bool:
        """Return whether a page of that ISO day (None: unknown) has this layout."""
        if day is None:
            return self.until is None
        moment = date.fromisoformat(day[:10])
        return (self.since is None or self.since <= moment) and (self.until is None or moment <= self.until)


@dataclass(frozen=True)
class Listing:
    """Where a site lists its articles: what the fetch stage crawls."""

    entry: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    match: str | None = None
    item: str | None = None
    date: str | None = None
    next: tuple[str, ...] = ()
    charset: str | None = None
    skip: str | None = None
    lists: tuple[str, ...] = ()
    lists_match: str | None = None
    page: str | None = None
    page_first: int = 0
    page_count: str | None = None
    source: bool = False
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site:
    """One site or one family."""

    file: str
    key: str
    name: str | None = None
    extends: str | None = None
    domains: tuple[str, ...] = ()
    charset: str | None = None
    detect: tuple[str, ...] = ()
    example: str | None = None
    expect: dict[str, Any] = field(default_factory=dict)
    layouts: tuple[Layout, ...] = ()
    listing: Listing | None = None

    def layout_for(self, day: str | None) -> Layout | None:
        """Return the layout of a page of that day, the first that covers it."""
        return next((layout for layout in self.layouts if layout.covers(day)), None)


TOP_KEYS = {"name", "extends", "domains", "charset", "detect", "example", "expect", "layout", "listing"}
EXPECT_KEYS = {
    "title", "kicker", "subtitle", "published_at", "source", "site", "channel", "reporters", "editors", "first", "last", "with", "without", "url",
}  # fmt: skip
LAYOUT_KEYS = {f.name for f in fields(Layout)}
LISTING_KEYS = {f.name for f in fields(Listing)}
_LISTS = LAYOUT_KEYS - {"since", "until"}


def read_file(path: Path) -> Site:
    """Read and validate one site file. Raises SiteError with file and line."""
    text = path.read_text(encoding="utf-8")
    if len(text) > 200_000:
        raise SiteError(f"{path.name}:1: a site file of {len(text)} characters; 200000 are allowed", file=str(path), line=1)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        number = int(line.group(1)) if line else 1
        raise SiteError(f"{path.name}:{number}: not valid TOML: {error}", file=str(path), line=number) from None
    return _Reader(path, text, data).site()


class _Reader:
    """One file being validated."""

    def __init__(self, path: Path, text: str, data: dict[str, Any]) -> None:
        self.path, self.data, self.lines = path, data, text.splitlines()

    def site(self) -> Site:
        data = self.data
        self.known(data, TOP_KEYS, "")
        tables = data.get("layout", [])
        if not isinstance(tables, list):
            self.fail("layout", "expected [[layout]] tables; write double brackets")
        expect = data.get("expect", {})
        self.known(expect, EXPECT_KEYS, "expect")
        listing = data.get("listing")
        domains = self.strings(data, "domains")
        return Site(
            file=str(self.path), key=self.path.stem, name=self.string(data, "name"), extends=self.string(data, "extends"),
            domains=domains or (() if self.path.parent.name == "families" else (self.path.stem,)),
            charset=self.charset(data), detect=self.strings(data, "detect"), example=self.string(data, "example"), expect=expect,
            layouts=tuple(self.layout(t) for t in tables), listing=self.listing(listing) if listing is not None else None,
        )  # fmt: skip

    def layout(self, table: dict[str, Any]) -> Layout:
        self.known(table, LAYOUT_KEYS, "layout")
        days: dict[str, Any] = {}
        for key in ("since", "until"):
            value = table.get(key)
            if value is not None and not isinstance(value, date):
                self.fail(key, f"expected a day like 2023-05-01 without quotes, found {value!r}")
            days[key] = value
        found = {key: self.strings(table, key) for key in sorted(_LISTS)}
        for key, selectors in found.items():
            for selector in selectors:
                self.selector(key, selector)
        return Layout(since=days["since"], until=days["until"], **found)

    def listing(self, table: dict[str, Any]) -> Listing:
        self.known(table, LISTING_KEYS, "listing")
        expressions = {key: self.expression(table, key) for key in ("match", "skip", "lists_match", "page_count")}
        first, source = table.get("page_first", 0), table.get("source", False)
        if not isinstance(first, int) or isinstance(first, bool) or first < 0:
            self.fail("page_first", f"expected a number from 0, found {first!r}")
        if not isinstance(source, bool):
            self.fail("source", f"expected true or false, found {source!r}")
        found = Listing(
            entry=self.strings(table, "entry"), links=self.strings(table, "links"), item=self.string(table, "item"),
            date=self.string(table, "date"), next=self.strings(table, "next"), charset=self.charset(table),
            lists=self.strings(table, "lists"), page=self.string(table, "page"), page_first=first, source=source,
            feeds=self.strings(table, "feeds"), sitemaps=self.strings(table, "sitemaps"), **expressions,
        )  # fmt: skip
        selectors = {"links": found.links, "next": found.next, "lists": found.lists, "item": _one(found.item), "date": _one(found.date)}
        for key, some in selectors.items():
            for selector in some:
                self.selector(key, selector)
        for key in ("entry", "feeds", "sitemaps"):
            for url in getattr(found, key):
                if urlsplit(url).scheme not in ("http", "https") and (key, url) != ("sitemaps", "robots"):
                    self.fail(key, f"expected an http or https address, found {url!r}")
        return found

    def expression(self, table: dict[str, Any], key: str) -> str | None:
        value = self.string(table, key)
        try:
            re.compile(value or "")
        except re.error as error:
            self.fail(key, f"not a regular expression: {error}")
        return value

    def known(self, table: Any, allowed: set[str], where: str) -> None:
        if not isinstance(table, dict):
            self.fail(where, "expected a table")
        for key in table:
            if key not in allowed:
                self.fail(key, f"unknown key; known here: {', '.join(sorted(allowed))}")

    def string(self, table: dict[str, Any], key: str) -> str | None:
        value = table.get(key)
        if value is not None and not isinstance(value, str):
            self.fail(key, f"expected a string, found {value!r}")
        return value

    def strings(self, table: dict[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key)
        if value is None:
            return ()
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
            self.fail(key, f"expected a string or a list of strings, found {value!r}")
        return tuple(values)

    def charset(self, table: dict[str, Any]) -> str | None:
        value = self.string(table, "charset")
        try:
            return codecs.lookup(value).name if value else None
        except LookupError:
            self.fail("charset", f"unknown charset {value!r}")

    def selector(self, key: str, selector: str) -> None:
        from selectolax.lexbor import LexborHTMLParser

        css = selector.split("@", 1)[0].strip()
        try:
            LexborHTMLParser("<p></p>").css_first(css)
        except Exception:  # the parser has an error class of its own per failure
            self.fail(key, f"not a CSS selector: {selector!r}")

    def fail(self, key: str, problem: str) -> NoReturn:
        pattern = re.compile(rf"""^\s*(?:\[+\s*)?["']?{re.escape(key)}["']?\s*(?:=|\]|\.)""")
        number = next((n for n, line in enumerate(self.lines, 1) if pattern.match(line)), 1)
        raise SiteError(f"{self.path.name}:{number}: {key}: {problem}", file=str(self.path), line=number)


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def user_folder() -> Path | None:
    """Return the user's own folder of site files, where the setting names one."""
    value = os.environ.get(SETTING)
    return Path(value) if value else None


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("*.toml") if p.is_file())


def families(folder: Path | None = None) -> dict[str, Site]:
    """Return every family by name: the package's, then the folder's own."""
    found = {p.stem: read_file(p) for p in _files(resources.path("sites") / "families")}
    if folder is not None and (folder / "families").is_dir():
        found |= {p.stem: read_file(p) for p in _files(folder / "families")}
    return found


def load(folder: Path, known: dict[str, Site]) -> list[Site]:
    """Return the sites of a folder, each with its family's layouts behind its own."""
    return [_extended(read_file(path), known) for path in _files(folder)]


def load_file(path: Path, known: dict[str, Site] | None = None) -> Site:
    """Return the site of one file, with what its family has."""
    return _extended(read_file(path), families(path.parent) if known is None else known)


def _extended(site: Site, known: dict[str, Site]) -> Site:
    """Give a site what it leaves out and its family has."""
    if site.extends is None:
        return site
    family = known.get(site.extends)
    if family is None:
        lines = Path(site.file).read_text(encoding="utf-8").splitlines()
        number = next((n for n, line in enumerate(lines, 1) if line.lstrip().startswith("extends")), 1)
        message = f"{Path(site.file).name}:{number}: extends: no family {site.extends!r}; known: {', '.join(sorted(known))}"
        raise SiteError(message, file=site.file, line=number)
    own = {f.name: getattr(site, f.name) for f in fields(Site)}
    own["layouts"] = tuple(_filled(layout, family) for layout in site.layouts) or family.layouts
    own["charset"] = site.charset or family.charset
    own["listing"] = _merged(site.listing, family.listing)
    return Site(**own)


def _filled(layout: Layout, family: Site) -> Layout:
    """A layout's empty selectors are the family's."""
    base = family.layouts[0] if family.layouts else Layout()
    own = {f.name: getattr(layout, f.name) for f in fields(Layout)}
    return Layout(**{k: v if k in ("since", "until") or v else getattr(base, k) for k, v in own.items()})


def _merged(own: Listing | None, base: Listing | None) -> Listing | None:
    if own is None or base is None:
        return own or base
    return Listing(**{f.name: getattr(own, f.name) or getattr(base, f.name) for f in fields(Listing)})


@cache
def _index(setting: str | None) -> tuple[dict[str, Site], tuple[Site, ...]]:
    folder = Path(setting) if setting else None
    known = families(folder)
    every = load(resources.path("sites"), known) + (load(folder, known) if folder is not None and folder.is_dir() else [])
    return {domain.lower(): site for site in every for domain in site.domains}, tuple(s for s in known.values() if s.detect)


def sites() -> dict[str, Site]:
    """Return every site by domain, the user's own after the package's."""
    return _index(os.environ.get(SETTING))[0]


def detectable() -> tuple[Site, ...]:
    """Return the families that a page shows by marks of its own."""
    return _index(os.environ.get(SETTING))[1]


def for_url(url: str | None) -> Site | None:
    """Return the site of a URL: the file of its host, else of the nearest parent domain.

    `news.example.com` is served by `news.example.com.toml`, else by `example.com.toml`.
    """
    if not url:
        return None
    known = sites()
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    while "." in host:
        if host in known:
            return known[host]
        host = host.split(".", 1)[1]
    return None
