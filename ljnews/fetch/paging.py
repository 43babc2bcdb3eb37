"""The next page of a list, and the further pages of an article, as the CMSs here print them.

Lists: `createPageHTML(…)` of government portals (TRS), numbered files (`list_1_2.html`), `page=` parameters, «下一页» links.
Articles: `NAME_2.html`, `NAME_1.html` counted from 0, `?page=2`, «下一页» on the same stem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ljnews.fetch import markup, urls
from ljnews.sites.loader import Listing

#: createPageHTML(pages, current from 0, "index", "html"); some portals put the total of entries between.
_CREATE_PAGE = re.compile(
    r"createPage(?:HTML)?\w{0,12}\(\s{0,9}[\"']?(\d{1,5})[\"']?\s{0,9},\s{0,9}[\"']?(\d{1,5})[\"']?\s{0,9},\s{0,9}"
    r"(?:\d{1,9}\s{0,9},\s{0,9})?[\"']([\w./-]{1,80})[\"']\s{0,9},\s{0,9}[\"'](s?html?|jhtml|aspx?|jsp)[\"']",
    re.IGNORECASE,
)
_NEXT_WORDS = re.compile(r"^[\s\[<(（【«‹>»›]*(?:下\s*一?\s*页|后一?页|next(?:\s*page)?|>{1,2}|»|›)[\s\])）】>»›]*$", re.IGNORECASE)
#: Without any of these an article has no further pages, and its links need not be looked at.
_MAY_HAVE_PAGES = re.compile(
    r"下\s{0,4}一?\s{0,4}页|后一?页|next|>\s{0,8}[\[(（【]?\s{0,4}第?\s{0,4}2\s{0,4}页?\s{0,4}[\])）】]?\s{0,8}<|&gt;|»|›",
    re.IGNORECASE,
)


def next_pages(text: str, url: str, charset: str, rules: Listing, page: int) -> Iterator[str]:
    """Yield candidates for the next page of a list, the surest first."""
    if rules.page:
        yield from _by_template(text, url, rules, page)
        return
    yield from _created(text, url)
    base = markup.base_of(text, url)
    for anchor in markup.anchors(text):
        following = _NEXT_WORDS.match(anchor.text) or 'title="下一页"' in anchor.attributes
        if following and (target := markup.target_of(anchor, base, charset)):
            yield target


def _by_template(text: str, url: str, rules: Listing, page: int) -> Iterator[str]:
    """Pages whose names are counted: `index_{n}.html`, where `page_first` is the second page's number."""
    number = (rules.page_first or 2) + page - 1
    if rules.page_count:
        match = re.search(rules.page_count, text)
        last = int(match.group(1)) if match and match.group(1).isdigit() else 0
        if page >= last:
            return
    if found := urls.resolve(url, str(rules.page).replace("{n}", str(number))):
        yield found


def _created(text: str, url: str) -> Iterator[str]:
    """The page that createPageHTML would link as the next one."""
    for match in _CREATE_PAGE.finditer(text):
        total, current = int(match.group(1)), int(match.group(2))
        if current + 1 < total and (found := urls.resolve(url, f"{match.group(3)}_{current + 1}.{match.group(4)}")):
            yield found


def article_pages(text: str, url: str, charset: str = "utf-8", *, limit: int = 30) -> list[str]:
    """Return the further pages of an article, in order, without its first.

    A «下一页» link or a numeral counts only where its URL is the article's own with a page number: «下一篇» is another article.
    """
    found: dict[int, str] = {}
    for match in _CREATE_PAGE.finditer(text):
        for number in range(1, min(int(match.group(1)), limit)):
            target = urls.resolve(url, f"{match.group(3)}_{number}.{match.group(4)}")
            if target and page_number(url, target) == number:
                found.setdefault(number, target)
    base = markup.base_of(text, url)
    for anchor in markup.anchors(text) if _MAY_HAVE_PAGES.search(text) else ():
        words = anchor.text.strip("[]()（）【】 第页")
        numeral = int(words) if words.isdigit() and words.isascii() and len(words) <= 3 else None
        if numeral is None and not _NEXT_WORDS.match(anchor.text):
            continue
        target = markup.target_of(anchor, base, charset)
        part = page_number(url, target) if target else None
        if target and part is not None and (numeral is None or numeral - part in (0, 1)):
            found.setdefault(part, target)
    return [found[n] for n in sorted(found)][: limit - 1]


_NUMBERED = re.compile(r"^(?P<stem>.+?)[_-](?P<n>\d{1,3})$")
_PAGE_QUERY = re.compile(r"(?:^|&)(?:page|p|pn|curpage|pageno|pageindex)=(\d{1,3})(?=&|$)", re.IGNORECASE)


def page_number(own: str, other: str) -> int | None:
    """Return which further page of the article `own` the URL `other` is, or None.

    >>> page_number("http://nc.example/zw/t20220805_123.html", "http://nc.example/zw/t20220805_123_1.html")
    1
    >>> page_number("http://nc.example/zw/t20220805_123.html", "http://nc.example/zw/t20220805_124.html") is None
    True
    >>> page_number("http://nc.example/show.php?id=5", "http://nc.example/show.php?id=5&page=2")
    2
    """
    one, two = urlsplit(urls.key_of(own)), urlsplit(urls.key_of(other))
    if one.netloc != two.netloc:
        return None
    if one.path == two.path:
        match = _PAGE_QUERY.search(two.query)
        before = _PAGE_QUERY.search(one.query)
        same = _PAGE_QUERY.sub("", one.query).strip("&") == _PAGE_QUERY.sub("", two.query).strip("&")
        number = int(match.group(1)) if match and same else 0
        return number if number > (int(before.group(1)) if before else 0) else None
    (folder, name, suffix), (folder2, name2, suffix2) = _split(one.path), _split(two.path)
    match = _NUMBERED.match(name2)
    if (folder, suffix, one.query) != (folder2, suffix2, two.query) or match is None:
        return None
    number = int(match["n"])
    if match["stem"] == name:
        return number
    mine = _NUMBERED.match(name)
    # Only where our own page is the first or second of a count: t20220805_123 and t20220805_124 are two articles.
    counted = mine is not None and mine["stem"] == match["stem"] and int(mine["n"]) <= 1 < number
    return number if counted else None


def _split(path: str) -> tuple[str, str, str]:
    folder, _, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    return (folder, stem, dot + suffix) if dot else (folder, name, "")
