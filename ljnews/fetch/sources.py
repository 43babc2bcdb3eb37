"""What a crawl starts from: a site by name, domain or file, or plain URLs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ljnews import resources
from ljnews.errors import SiteError, UsageError
from ljnews.fetch import days, urls
from ljnews.sites.loader import Listing, Site, load_file, sites

_PACKAGED = "ljnews:"
_PLACEHOLDER = re.compile(r"\{(yyyy|mm|dd|m|d)\}")


@dataclass(frozen=True)
class Seed:
    """One URL to start from; `day` where it is the issue of a day."""

    url: str
    kind: str
    day: date | None = None


@dataclass(frozen=True)
class Source:
    """A site's rules and the URLs to start from. `key` names the site in the archive, `domains` are its hosts and their parents."""

    key: str
    rules: Listing | None
    seeds: list[Seed] = field(default_factory=list)
    robots_sitemaps: bool = False
    domains: tuple[str, ...] = ()

    def has_host(self, host: str) -> bool:
        """Say whether a host is named by the site file, itself or by its parent."""
        return any(host == domain or host.endswith(f".{domain}") for domain in self.domains)


Target = str | Path | Site


def sources(targets: Target | Sequence[Target], *, since: date | None, today: date, as_list: bool = False) -> list[Source]:
    """Return the sources that a user named: `南充.toml`, a known domain or 站名, or URLs (single pages; lists with `as_list`).

    Raises UsageError for an unknown name, SiteError for a site file without a list.
    """
    several = [targets] if isinstance(targets, str | Path | Site) else list(targets)
    if not several:
        raise UsageError("nothing to fetch: name a site or a URL")
    found: list[Source] = []
    for one in several:
        if (
            isinstance(one, str)
            and not one.startswith(_PACKAGED)
            and re.match(r"[a-z][a-z0-9+.-]*:", one, re.IGNORECASE)
            and not Path(one).exists()
        ):
            found.append(_of_url(one, as_list))
        else:
            found.append(_of_site(one if isinstance(one, Site) else _site(str(one)), since, today))
    return found


def _of_url(url: str, as_list: bool) -> Source:
    url = urls.written(url)
    site = _known(urls.host_of(url))
    rules = site.listing if site is not None else None
    seeds = [Seed(url, "listing" if as_list else "article")]
    return Source(site.key if site else urls.host_of(url), rules, seeds, domains=site.domains if site else ())


def _known(name: str) -> Site | None:
    """The site of a host, else of its nearest parent domain."""
    known = sites()
    while name:
        if name in known:
            return known[name]
        name = name.partition(".")[2]
    return None


def _site(name: str) -> Site:
    """The site of a file, a domain or a 站名."""
    if name.endswith(".toml"):
        path = _packaged(name) if name.startswith(_PACKAGED) else Path(name)
        if not path.is_file():
            raise UsageError(f"{name}: no such site file")
        return load_file(path)
    every = sites()
    for site in every.values():
        if name in (site.key, site.name, *site.domains):
            return site
    some = ", ".join(sorted({s.key for s in every.values()})[:12]) or "none are installed"
    raise UsageError(f"{name}: neither a URL, a site file nor a known site (known: {some}); see docs/sites.md")


def _packaged(name: str) -> Path:
    """A file inside the package: `ljnews:sites/demo/demo-crawl.toml`."""
    inside = name.removeprefix(_PACKAGED)
    if ".." in inside.split("/"):
        raise UsageError(f"{name}: leads out of the package")
    try:
        return resources.path(inside)
    except FileNotFoundError as error:
        raise UsageError(f"{name}: not in the package") from error


def _of_site(site: Site, since: date | None, today: date) -> Source:
    rules = site.listing
    if rules is None or not (rules.entry or rules.feeds or rules.sitemaps):
        raise SiteError(
            f"{Path(site.file).name}:1: no [listing] with entry, feeds or sitemaps, so there is nothing to crawl from",
            file=site.file,
            line=1,
        )
    seeds = [Seed(url, "listing", day) for entry in rules.entry for url, day in expand(entry, since, today)]
    seeds += [Seed(url, "feed") for url in (*rules.feeds, *(s for s in rules.sitemaps if s != "robots"))]
    return Source(site.key, rules, seeds, "robots" in rules.sitemaps, tuple(d.lower() for d in site.domains))


def expand(entry: str, since: date | None, today: date) -> list[tuple[str, date | None]]:
    """Return the URLs of an entry: one, or one a day for an e-paper's dated front pages, the newest first (without `since`: today's).

    >>> [url for url, day in expand("http://nc.example/html/{yyyy}-{mm}/{dd}/node_1.htm", date(2022, 8, 4), date(2022, 8, 5))]
    ['http://nc.example/html/2022-08/05/node_1.htm', 'http://nc.example/html/2022-08/04/node_1.htm']
    """
    if not _PLACEHOLDER.search(entry):
        return [(entry, None)]
    first = since or today
    if first > today:
        raise UsageError(f"--since {first} is after today, {today}")
    if (today - first).days > 20_000:
        raise UsageError(f"--since {first}: more than 20000 issues; name a later day")
    return [(_dated(entry, day), day) for day in days.each_day(first, today)]


def _dated(entry: str, day: date) -> str:
    return _PLACEHOLDER.sub(lambda match: _part(match.group(1), day), entry)


def _part(name: str, day: date) -> str:
    return {"yyyy": f"{day.year:04d}", "mm": f"{day.month:02d}", "dd": f"{day.day:02d}", "m": str(day.month), "d": str(day.day)}[name]
