"""Listing pages: which links are articles, which lead to more lists, which page comes next.

Main function: `read_listing`. With a site file its rules decide; without one, links that look like articles are taken (`_article_like`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from ljnews.errors import NotAPage
from ljnews.fetch import days, markup, urls
from ljnews.fetch.markup import Link
from ljnews.fetch.paging import next_pages
from ljnews.sites.loader import Listing

#: A page lists no more than this; what is beyond is a trap.
MAX_ITEMS = 2000
_ARTICLE_LIKE = re.compile(
    r"(?i)(?:19|20)\d{2}[-/_]?\d{1,2}[-/_]?\d{0,2}/|t\d{8}_|art_|content|article|detail|show|view|info|\d{4,}"
    r"|[?&](?:a?id|newsid|aid)=\d+|/c\d+|\d[^/?]{0,40}\.s?html?(?:\?|$)"
)
_NOT_PAGES = re.compile(
    r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|jpe?g|png|gif|bmp|webp|mp[34]|avi|wmv|flv|exe|apk|css|js|ico|swf)(?:\?|$)"
)
#: Words of links that lead nowhere worth reading.
_FURNITURE = re.compile(
    r"^(?:首页|尾页|上一页|下一页|更多>*|more>*|登录|注册|网站地图|联系我们|关于我们|版权声明|设为首页|加入收藏|返回|\d{1,4})$"
)


@dataclass(frozen=True, slots=True)
class Item:
    """An article as a list shows it."""

    url: str
    title: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ListingPage:
    """What one page of a list gives."""

    items: list[Item] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    next: list[str] = field(default_factory=list)


def read_listing(
    body: bytes, url: str, rules: Listing | None = None, *, content_type: str = "", page: int = 1, today: date | None = None
) -> ListingPage:
    """Return the articles, further lists and next pages that a listing page links to; each URL once, in the page's order.

    `page` counts from 1 along one list. Raises NotAPage where the page is too wild to be read by selectors.
    """
    rules = rules or Listing()
    text, charset = markup.decoded(body, content_type)
    if rules.charset:
        text, charset = body[: markup.MAX_BYTES].decode(rules.charset, "replace").replace("\0", ""), rules.charset
    reader = _Reader(text, url, charset, rules, today or date.today(), tame=markup.is_tame(body[: markup.MAX_BYTES]))
    return ListingPage(reader.items(), reader.lists(), reader.next(page))


class _Reader:
    """One page being read."""

    def __init__(self, text: str, url: str, charset: str, rules: Listing, today: date, *, tame: bool) -> None:
        self.text, self.url, self.charset, self.rules, self.today = text, url, charset, rules, today
        self.base = markup.base_of(text, url)
        self._tame = tame
        self._tree: Any = None

    def items(self) -> list[Item]:
        """The articles, each once."""
        rules = self.rules
        found: dict[str, Item] = {}
        if rules.links and not rules.source:
            candidates = self._by_item() if rules.item else self._by_selector(rules.links)
        else:
            candidates = markup.links(self.text, self.url, self.charset)
        for link in candidates:
            if not self._wanted(link):
                continue
            key = urls.key_of(link.url)
            if key not in found or not found[key].title:
                found[key] = Item(link.url, link.title or link.text, self._day(link))
            if len(found) >= MAX_ITEMS:
                break
        return list(found.values())

    def _wanted(self, link: Link) -> bool:
        rules = self.rules
        if _NOT_PAGES.search(link.url) or urls.key_of(link.url) == urls.key_of(self.url):
            return False
        if rules.skip and _compiled(rules.skip).search(link.url):
            return False
        if rules.match:
            return _compiled(rules.match).search(link.url) is not None
        return bool(rules.links) or _article_like(link, self.url)

    def _day(self, link: Link) -> date | None:
        return days.in_url(link.url) or (days.in_text(link.around, self.today) if link.around else None)

    def lists(self) -> list[str]:
        """Further lists: the other pages (版面) of an e-paper's issue, the channels of a front page."""
        rules = self.rules
        if not rules.lists and not rules.lists_match:
            return []
        some = self._by_selector(rules.lists) if rules.lists else markup.links(self.text, self.url, self.charset)
        pattern = _compiled(rules.lists_match) if rules.lists_match else None
        wanted = (link.url for link in some if pattern is None or pattern.search(link.url))
        return _unique(wanted, self.url)[:200]

    def next(self, page: int) -> list[str]:
        """The next page of this list; several where the list says how many it has."""
        rules = self.rules
        if rules.next:
            found = _unique((link.url for link in self._by_selector(rules.next)), self.url)
            if found or not rules.page:
                return found[:1]
        return _unique(next_pages(self.text, self.url, self.charset, rules, page), self.url)[:1]

    def _root(self) -> Any:
        """The page's tree, built once; refused where it would take minutes."""
        if self._tree is None:
            if not self._tame:
                raise NotAPage(f"{self.url}: too many tags, attributes or levels for a list", url=self.url)
            from selectolax.lexbor import LexborHTMLParser

            self._tree = LexborHTMLParser(self.text)
        return self._tree

    def _by_item(self) -> Iterator[Link]:
        """Links with the words of their list entry around them."""
        rules = self.rules
        for node in self._root().css(rules.item)[: 2 * MAX_ITEMS]:
            dated = node.css_first(rules.date) if rules.date else None
            around = " ".join((dated or node).text(separator=" ").split())[:300]
            for selector in rules.links:
                inner = selector if not selector.startswith(str(rules.item)) else selector[len(str(rules.item)) :].strip() or "a"
                anchors = [node] if node.tag == "a" else node.css(inner) or node.css("a")
                if anchors:
                    yield from self._link(anchors[0], around)
                    break

    def _by_selector(self, selectors: tuple[str, ...]) -> Iterator[Link]:
        """Links of the first selector that finds some."""
        for selector in selectors:
            nodes = self._root().css(selector)
            if not nodes:
                continue
            for node in nodes[: 2 * MAX_ITEMS]:
                for anchor in [node] if node.tag in ("a", "area", "option", "link") else node.css("a"):
                    yield from self._link(anchor, _beside(anchor))
            return

    def _link(self, node: Any, around: str) -> Iterator[Link]:
        attributes = node.attributes
        href = attributes.get("href") or attributes.get("value") or ""
        if target := urls.resolve(self.base, href, self.charset):
            words = " ".join(node.text(separator=" ").split())[:300]
            yield Link(target, words, around, " ".join((attributes.get("title") or "").split())[:300])


def _beside(node: Any) -> str:
    """The words of the entry that a link stands in: its nearest li, tr, dd or p, if that holds only this one link."""
    parent = node.parent
    for _ in range(4):
        if parent is None or parent.tag in ("ul", "table", "tbody", "body", "html"):
            break
        if parent.tag in ("li", "tr", "dd", "dl", "p", "div", "td") and len(parent.css("a")) <= 2:
            words = " ".join(parent.text(separator=" ").split())
            if len(words) <= 300 and (parent.tag in ("li", "tr", "dl") or any(c.isdigit() for c in words)):
                return words
        parent = parent.parent
    return ""


def _article_like(link: Link, base: str) -> bool:
    """Without rules: a link of the same site whose URL looks like an article's and whose words could be a headline."""
    words = link.title or link.text
    if _FURNITURE.match(words) or len(words) < 6:
        return False
    tail = link.url.split("//", 1)[-1].partition("/")[2]
    return same_site(link.url, base) and len(tail) > 3 and _ARTICLE_LIKE.search(tail) is not None


def same_site(url: str, base: str) -> bool:
    """Say whether two URLs belong to one site: equal hosts, or hosts of one parent domain.

    >>> same_site("http://epaper.nanchong.example.cn/1", "http://www.nanchong.example.cn/")
    True
    """
    one, other = urls.host_of(url), urls.host_of(base)
    return one == other or _domain(one) == _domain(other)


_SECOND_LEVEL = re.compile(r"\.(?:com|net|org|gov|edu|ac|mil|[a-z]{2})\.(?:cn|hk|mo|tw)$")


def _domain(host: str) -> str:
    """The registered domain, roughly: two labels, three under `com.cn`, `gov.cn` and the provinces' (`sc.cn`)."""
    if host.replace(".", "").isdigit() or ":" in host:
        return host
    labels = host.split(".")
    return ".".join(labels[-3:] if _SECOND_LEVEL.search(host) else labels[-2:])


def _unique(found: Iterator[str] | Any, own: str) -> list[str]:
    """URLs once each, in order, without the page itself."""
    seen = {urls.key_of(own)}
    out = []
    for one in found:
        if (key := urls.key_of(one)) not in seen:
            seen.add(key)
            out.append(one)
    return out


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
