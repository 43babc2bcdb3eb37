"""`ljnews sites check`: every site file against its example page; what differs is drift."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ljnews import resources
from ljnews.errors import LjnewsError, SiteError
from ljnews.layout.space import bare
from ljnews.records import Article, Page
from ljnews.sites.loader import Site, _extended, _files, families, read_file


@dataclass(frozen=True)
class CheckRow:
    """One site file's outcome. `status`: ok, drift, error, no example."""

    file: str
    site: str
    status: str
    problems: list[str] = field(default_factory=list)


def check(folder: Path | str | None = None) -> list[CheckRow]:
    """Return one row per site file of a folder (None: the package's own), families first."""
    own = resources.path("sites")
    root = Path(folder) if folder is not None else own
    if not root.is_dir():
        raise SiteError(f"{root}: no such folder of site files", file=str(root), line=0)
    try:
        known = families(root if root != own else None)
    except SiteError as error:
        return [CheckRow(str(error.facts.get("file", root)), "?", "error", [error.message])]
    paths = (_files(root / "families") if (root / "families").is_dir() else []) + _files(root)
    return [_row(path, known) for path in paths]


def _row(path: Path, known: dict[str, Site]) -> CheckRow:
    try:
        site = _extended(read_file(path), known)
        if not site.example:
            return CheckRow(str(path), site.key, "no example", ["no example page is named; save one and write [expect]"])
        problems = _problems(site, path)
    except LjnewsError as error:
        return CheckRow(str(path), path.stem, "error", [error.message])
    return CheckRow(str(path), site.key, "drift" if problems else "ok", problems)


def _problems(site: Site, path: Path) -> list[str]:
    """What the example page gives, held against what is expected."""
    from ljnews.layout.read import read

    page = path.parent / str(site.example)
    if not page.is_file():
        raise SiteError(f"{path.name}: the example {site.example} does not exist", file=str(path), line=1)
    url = site.expect.get("url") or (f"http://{site.domains[0]}/" if site.domains else None)
    article = read(Page(input=str(page), url=url, content=page.read_bytes()), site=site)
    problems = []
    for key in ("title", "kicker", "subtitle", "published_at", "source", "site", "channel"):
        if key in site.expect and getattr(article, key) != site.expect[key]:
            problems.append(f"{key}: expected {site.expect[key]!r}, found {getattr(article, key)!r}")
    for key in ("reporters", "editors"):
        names = [credit.name for credit in getattr(article, key)]
        if key in site.expect and names != site.expect[key]:
            problems.append(f"{key}: expected {site.expect[key]!r}, found {names!r}")
    return problems + _text_problems(site, article)


def _text_problems(site: Site, article: Article) -> list[str]:
    text, problems = bare(article.text), []
    lines = article.text.split("\n")[1:]
    if "first" in site.expect and not any(bare(line).startswith(bare(site.expect["first"])) for line in lines[:4]):
        problems.append(f"first: no line at the head begins with {site.expect['first']!r}")
    if "last" in site.expect and not text.endswith(bare(site.expect["last"])):
        problems.append(f"last: the text ends with {article.text[-30:]!r}, expected {site.expect['last']!r}")
    problems += [f"with: {s!r} is missing from the text" for s in site.expect.get("with", []) if bare(s) not in text]
    problems += [f"without: {s!r} stands in the text" for s in site.expect.get("without", []) if bare(s) in text]
    return problems
