"""Articles over several web pages: how many there are, and where the others lie."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from ljnews.layout.container import Container
from ljnews.layout.tree import Tree

_NEXT = re.compile(r"^[\[【(（<]*\s*(?:下一?页|后一?页|下页|next)\s*[\]】)）>＞»›]*$", re.I)
_TOTAL = re.compile(r"共\s?(\d{1,2})\s?页|(?:^|\D)1\s?/\s?(\d{1,2})(?:\s?页|\D|$)")
_PAGE_SUFFIX = re.compile(r"[_-]\d{1,3}(?=\.[a-z]{3,5}$)|[_-]\d{1,3}$")
_SCRIPTED = re.compile(r"createPageHTML\(\s*(\d{1,2})\s*,\s*\d+\s*,\s*[\"']t\d{8}_")
_AFTER = 400  # nodes behind the container in which a pager may stand


class Pager(NamedTuple):
    """How many web pages the article has (0: not said) and the addresses of the further ones, in order."""

    total: int
    links: list[str]


def pager(tree: Tree, container: Container, url: str | None) -> Pager:
    """Return the article's pager; `Pager(0, [])` where it stands on one page."""
    numbered: dict[int, str] = {}
    following: str | None = None
    for text, href in _links(tree, container):
        address = urljoin(url or "", href)
        if not _same_article(address, url):
            continue
        if text.isdigit() and 2 <= int(text) <= 60:
            numbered.setdefault(int(text), address)
        elif _NEXT.match(text):
            following = following or address
    links = [numbered[n] for n in sorted(numbered)] if following or len(numbered) > 1 else []
    if following and following not in links:
        links.insert(0, following)
    if not links:
        return Pager(0, [])
    return Pager(max([_total(tree, container), *numbered, len(links) + 1]), links)


def scripted(html: str) -> int:
    """Return the number of pages that a TRS page's pager script is called with (createPageHTML(3, 0, "t20220805_1", "html"))."""
    at = html.find("createPageHTML(")
    match = _SCRIPTED.match(html, at) if at >= 0 else None
    return int(match.group(1)) if match else 0


def _links(tree: Tree, container: Container) -> list[tuple[str, str]]:
    """The links of the container and of what follows it closely that a pager may hold («2», «下一页»): text and address."""
    found = []
    start = tree.starts[container.element]
    end = min(tree.ends[container.element] + _AFTER, len(tree.nodes))
    for n in range(start, end):
        if tree.nodes[n].tag == "a":
            text = (tree.nodes[n].text() or "").strip()
            paging = (text.isdigit() and len(text) < 3) or (0 < len(text) < 16 and _NEXT.match(text))
            href = tree.nodes[n].attributes.get("href") if paging else None
            if href:
                found.append((text, href.strip()))
    return found


def _same_article(address: str, url: str | None) -> bool:
    """Whether an address is a further page of the same article: the same name with a number, or the same path with another query."""
    if address.startswith(("javascript:", "#", "mailto:")):
        return False
    try:
        there, here = urlsplit(address), urlsplit(url or "")
    except ValueError:
        return False
    if url is None:
        return bool(_PAGE_SUFFIX.search(there.path) or re.search(r"(?:^|&)(?:p|page|pageno)=\d", there.query, re.I))
    if there.netloc != here.netloc or address.split("#")[0] == url.split("#")[0]:
        return False
    if there.path == here.path:
        return there.query != here.query
    stem, own = _PAGE_SUFFIX.sub("", there.path), _PAGE_SUFFIX.sub("", here.path)
    return stem == own or (stem.rsplit(".", 1)[0] == here.path.rsplit(".", 1)[0])


def _total(tree: Tree, container: Container) -> int:
    """The number of pages that the pager states."""
    for block in tree.blocks[max(container.first, container.last - 3) : container.last + 6]:
        match = _TOTAL.search(block.text) if len(block.text) <= 80 else None
        if match:
            return int(match.group(1) or match.group(2))
    return 0
