"""The headline as printed, with 引题 and 副题 beside it, and the breadcrumb above."""

from __future__ import annotations

import re
from typing import NamedTuple

from ljnews.layout import boxes, byline, furniture, info
from ljnews.layout.container import Container
from ljnews.layout.space import bare, visible
from ljnews.layout.tree import RUN, Block, Tree
from ljnews.layout.words import lexicon

_CRUMB_LABEL = re.compile(
    r"^[^:：>＞]{0,4}(?:您|你)?(?:现在|当前|目前|所在)*的?(?:当前|所在)?(?:的)?(?:位置|导航|路径)(?:是|为)?\s*[:：]?\s*"
)
_CRUMB_HINT = re.compile("位置|导航|路径")
_CRUMB_SPLIT = re.compile(r"\s{0,9}(?:-?&gt;|-?>{1,9}|＞{1,9}|›|»|→|≫|/|－|\||—{1,9}|::|┊|\s-\s|\s--\s)\s{0,9}")
_CRUMB_HARD = re.compile(r"\s{0,9}(?:-?>{1,9}|＞{1,9}|›|»|→|≫)\s{0,9}")
_PAPER_PAGE = re.compile(r"^第?\s?[A-Z]?\d{1,3}\s?版[:：]\s?[\u4e00-\u9fff·]{1,12}|^[A-Z]\d{2}版?[:：]\s?[\u4e00-\u9fff·]{1,12}")
# What channels and sites are called; a page whose `<title>` says no more than this has its headline elsewhere.
_CHANNEL = re.compile(r"^[\u4e00-\u9fff]{1,6}(?:网|新闻|要闻|频道|日报|晚报|政府|门户|动态|专题|正文|详情|资讯|中心)$")
_PAPER_PAGES = re.compile(r"第?\s?[A-Z]?\d{1,3}\s?版[:：]\s?[\u4e00-\u9fff·]{1,12}|(?<![A-Z\d])[A-Z]\d{2}版?[:：]\s?[\u4e00-\u9fff·]{1,12}")
_PAGE_NUMBER = re.compile(r"第?\s?0{0,2}(\d{1,3})\s?版")
_PAGE_NAMED = re.compile(r"第?\s?0{0,2}(\d{1,3})\s?版(?!\s?[:：])|版次\s?[:：]\s?0?(\d{1,3})")
_SPLIT = re.compile(
    r"\s{0,9}[_|｜丨]\s{0,9}|\s{1,9}[-–—]{1,3}\s{1,9}|\s{0,9}-{1,3}\s{0,9}(?=[^-]{2,24}$)|\s{0,9}[–—]{1,2}\s{0,9}(?=[\u4e00-\u9fff]{2,12}(?:网|报|局|厅|政府|频道|在线)$)"
)


_NO_CRUMBS = ("标题导航", "版面导航", "网站导航", "站点导航", "导航")
_CRUMBS_ABOVE = 60  # blocks above the headline in which a breadcrumb is looked for
# Blocks before the text in which a headline may stand that the page does not state: as a heading, as any box.
_FAR, _NEAR = 25, 10
_HEADED = frozenset(("h1", "h2", "h3", "strong"))


class Head(NamedTuple):
    """The headline and where it stands among the page's blocks (-1: only in the markup's head)."""

    title: str | None
    block: int
    kicker: str | None
    subtitle: str | None


def stated_titles(meta: dict[str, str], html_title: str) -> list[str]:
    """Return what the markup's head says the headline is, the surest first, without white space."""
    return [bare(t) for t in (meta.get("articletitle"), meta.get("og:title"), html_title) if t]


def stated_block(tree: Tree, stated: list[str]) -> int:
    """Return the first block that is the headline by the page's own word, -1 where none is: what stands before it is not the article."""
    for n, block in enumerate(tree.blocks):
        if 6 <= len(block.text) <= 120 and block.links * 2 <= len(block.text) and block.element >= 0 and not tree.hidden[block.element]:
            key = bare(block.text)
            if len(key) >= 6 and any(title.startswith(key) or (len(title) >= 8 and key.startswith(title)) for title in stated):
                return n
    return -1


def find(tree: Tree, container: Container, stated: list[str], html_title: str, meta_title: str | None = None) -> Head:
    """Return the headline as printed, with 引题 and 副题 beside it. `stated` is what `stated_titles` gives."""
    best, where = 0.0, -1
    last = min(container.last, container.first + 12)
    for n, block in enumerate(tree.blocks[:last]):
        if 4 <= len(block.text) <= 120:
            key = bare(block.text)
            said = _stated(key, stated)
            if said <= 0 and n < container.first - (_FAR if tree.tags[block.element] in _HEADED else _NEAR):
                continue
            value = _score(tree, n, said, container)
            if value >= best and value > 0:
                best, where = value, n
    if where < 0:
        return Head(meta_title or without_suffix(html_title) or None, -1, None, None)
    title, where, last_part = _whole(tree, where, stated)
    title = _without_badge(tree.blocks[where], title, stated)
    title = _as_written(visible(_without_info(title, stated)), [t for t in (meta_title, without_suffix(html_title)) if t])
    printed = paper_page(tree, where) is not None
    kicker, subtitle = _beside(tree, where, -1, "kicker", printed), _beside(tree, last_part, 1, "subtitle", printed)
    return Head(title, where, kicker, subtitle)


def names_site(title: str) -> bool:
    """Return whether a title is only what a channel, a site or a paper is called."""
    return _CHANNEL.match(bare(title)) is not None or title.endswith(("数字报", "电子报", "电子版", "多媒体报"))


def names_page(text: str) -> bool:
    """Return whether a line gives the page of a printed paper («2021-03-17 A02版»)."""
    return _PAGE_NAMED.search(text) is not None


def informs(block: Block) -> bool:
    """Return whether a block is an info line; its marked form is made only where it can be one."""
    return len(block.text) <= 200 and "。" not in block.text and info.looks_like(block.runs)


def _without_badge(block: Block, title: str, stated: list[str]) -> str:
    """A headline without the small box behind it («原创», «热») that the page's own statement of it does not have."""
    key = bare(title)
    if title != block.text or any(one.startswith(key) for one in stated):
        return title
    shown, _, badge = block.runs.strip(RUN).rpartition(RUN)
    plain = shown.replace(RUN, "").strip()
    told = 1 <= len(badge) <= 4 and len(plain) >= 8 and any(one.startswith(bare(plain)) for one in stated)
    return plain if told else title


def _without_info(title: str, stated: list[str]) -> str:
    """A headline without the info line that stands in its own box («临江项目开工2022-08-05 来源：临江日报»)."""
    if not info.looks_like(title):
        return title
    known = next((one for one in stated if len(one) >= 6 and bare(title).startswith(one)), None)
    if known is None:
        return title
    end = len(title)
    while end > 0 and len(bare(title[:end])) > len(known):
        end -= 1
    return title[:end].strip()


def _as_written(title: str, written: list[str]) -> str:
    """A headline that the page broke into lines, or cut off with dots, as the markup's head has it."""
    cut = bare(title).rstrip("….")
    for one in written:
        if bare(one) == bare(title) and " " in title:
            return one
        if title.endswith(("…", "...")) and len(cut) >= 6 and bare(one).startswith(cut) and not one.endswith(("…", "...")):
            return one
    return title


def _whole(tree: Tree, where: int, stated: list[str]) -> tuple[str, int, int]:
    """A headline broken by `<br>` is put together where the page's own statement of it says so."""
    text = tree.blocks[where].text
    for first, last in ((where, where + 1), (where - 1, where)):
        if first < 0 or last >= len(tree.blocks) or tree.blocks[first].element != tree.blocks[last].element:
            continue
        both = f"{tree.blocks[first].text} {tree.blocks[last].text}"
        if len(both) <= 120 and any(title.startswith(bare(both)) for title in stated):
            return both, first, last
    return text, where, where


def _score(tree: Tree, n: int, score: float, container: Container) -> float:
    """How much a block is the headline: said by `<title>` or meta, a heading, named so, near the text. 0: not at all."""
    block = tree.blocks[n]
    text = block.text
    said = score
    chain = tree.chain(block.element)[:3]
    tags = {tree.tags[i] for i in chain}
    score += 3.0 if "h1" in tags else 1.5 if tags & {"h2", "h3"} else 0.0
    if any("title" in boxes.classes(tree.names(i)) for i in chain[:2]):
        score += 1.5
    if said <= 0 and boxes.classes(tree.names(block.element)) & {"kicker", "subtitle"}:
        score -= 2.0
    if _CHANNEL.match(bare(text)):
        score -= 3.0
    if score <= 0 and not _before_info(tree, n, container):
        return 0.0
    if _impossible(tree, n, text, said):
        return 0.0
    score = max(score, 0.5)
    if tree.hidden[block.element]:
        score -= 4.0
    if block.links * 2 > len(text):
        score -= 3.0
    if any(boxes.kind(tree.names(i)) in ("aside", "comment") for i in chain):
        score -= 2.0
    return score + _nearness(tree, n, container)


def _stated(key: str, stated: list[str]) -> float:
    """How far the page itself says that this is its headline: equal, or a good part of what it says."""
    score = 0.0
    if _CHANNEL.match(key):
        return score
    for rank, title in enumerate(stated):
        if key == title:
            score = max(score, 10.0 - rank)
        elif len(key) >= 5 and title.startswith(key):
            score = max(score, 4.0 + 5.0 * len(key) / len(title))
        elif len(key) >= 6 and key in title:
            score = max(score, 5.0 * len(key) / len(title))
        elif len(title) >= 8 and key.startswith(title):
            score = max(score, 6.0 * len(title) / len(key))
    return score


def _impossible(tree: Tree, n: int, text: str, said: float) -> bool:
    if "。" in text[:-1] or furniture.is_furniture(text) or (informs(tree.blocks[n]) and said < 2.0):
        return True
    if said <= 0 and (text.endswith(("。", "；", "，", "：")) or (n > 0 and _is_label(tree.blocks[n - 1].text))):
        return True
    if said <= 0 and signs(text):
        return True
    if _CRUMB_LABEL.match(text) or len(_CRUMB_HARD.findall(text)) >= 2 or text.startswith(("首页", "当前位置")):
        return True
    return _PAPER_PAGE.match(text) is not None or text.startswith(("责任编辑", "来源", "摘要", "导读"))


def signs(text: str) -> bool:
    """Return whether a line is a byline or names alone («□ 鲁直 迟暮»)."""
    return text[:1] in "□◎" or byline.is_byline(text) or bool(byline.only_names(text))


def _is_label(text: str) -> bool:
    """Whether a box is a label («发布机构：», «索 引 号»), so that the next box is its value."""
    word = bare(text).rstrip(":")
    return len(text) <= 12 and (text.endswith(("：", ":")) or word in lexicon("labels"))


def _nearness(tree: Tree, n: int, container: Container) -> float:
    """Up to 2.5 for a block right before the info line or the text."""
    value = 1.0 / (1 + max(0, container.first - n) * 0.5)
    if any(informs(b) for b in tree.blocks[n + 1 : n + 4]):
        value += 1.5
    return value


def _before_info(tree: Tree, n: int, container: Container) -> bool:
    """Whether an info line follows within two blocks, or the article itself does."""
    if n > container.first + 3:
        return False
    signed = n + 2 == container.first and signs(tree.blocks[n + 1].text)
    return any(informs(b) for b in tree.blocks[n + 1 : n + 3]) or n + 1 == container.first or signed


def _beside(tree: Tree, where: int, step: int, klass: str, printed: bool) -> str | None:
    """The block next to the headline, where its box is named after 引题 or 副题; on a printed paper's page also where it stands in a row of its own."""
    n = where + step
    if not 0 <= n < len(tree.blocks):
        return None
    block = tree.blocks[n]
    chain = tree.chain(block.element)[:2]
    own = set(tree.chain(tree.blocks[where].element)[:1])
    wanted = {klass} if step > 0 else {klass, "subtitle"}  # one class for both lines is common
    found = any(wanted & boxes.classes(f"{tree.names(i)} {tree.tags[i]}") for i in chain if i not in own)
    found = found or (step < 0 and block.element == tree.blocks[where].element and tree.tags[block.element] in _HEADED)  # <h1>引题<br>题目
    text, title = block.text, bare(tree.blocks[where].text)
    if tree.hidden[block.element] or not 4 <= len(text) <= 80 or informs(block) or block.links * 2 > len(text):
        return None
    if bare(text) in title or title in bare(text) or "。" in text or furniture.is_furniture(text) or byline.is_byline(text):
        return None
    found = found or (step > 0 and _between(tree, n, where)) or (printed and _in_rows(tree, n, where))
    return visible(text) if found else None


def _in_rows(tree: Tree, n: int, where: int) -> bool:
    """Whether two blocks are rows of one table, or headings of one box."""
    one, two = tree.blocks[n].element, tree.blocks[where].element
    if _PAPER_PAGE.match(tree.blocks[n].text) or one == two:
        return False
    rows = {tree.parents[i] for i in tree.chain(one)[:3] if tree.tags[i] == "tr"} & {
        tree.parents[i] for i in tree.chain(two)[:4] if tree.tags[i] == "tr"
    }
    headed = all(tree.tags[i] in ("h1", "h2", "h3", "h4") for i in (one, two)) and tree.parents[one] == tree.parents[two]
    return bool(rows) or headed


def _between(tree: Tree, n: int, where: int) -> bool:
    """Whether a block stands alone between headline and info line, in the headline's own box: a 副题 without a telling name."""
    if n + 1 >= len(tree.blocks) or not 6 <= len(tree.blocks[n].text) <= 60:
        return False
    if not informs(tree.blocks[n + 1]) and not byline.is_byline(tree.blocks[n + 1].text):
        return False
    parents = {tree.parents[i] for i in tree.chain(tree.blocks[where].element)[:2]}
    return tree.parents[tree.blocks[n].element] in parents and not _CRUMB_HARD.search(tree.blocks[n].text)


def without_suffix(title: str) -> str:
    """Return a `<title>` without the site and channel names behind it («…_南充经济网»)."""
    parts = [p for p in _SPLIT.split(title) if p]
    return parts[0].strip() if parts and len(parts[0]) >= 5 else title.strip()


def parts(html_title: str) -> list[str]:
    """Return the parts of a `<title>`."""
    return [p.strip() for p in _SPLIT.split(html_title) if p.strip()]


def channel(tree: Tree, title: str | None, until: int) -> list[str]:
    """Return the breadcrumb («首页 > 南充经济网 > 时政要闻 > 正文») as a list."""
    last = min(until, len(tree.blocks) - 1)
    for n in range(last, max(-1, last - _CRUMBS_ABOVE), -1):
        found = _crumbs(tree, n, until, bare(title or ""))
        if found:
            return found[:8]
    return []


def _crumbs(tree: Tree, n: int, until: int, title: str) -> list[str]:
    block = tree.blocks[n]
    text = block.text
    if len(text) > 120:
        return []
    labelled = _CRUMB_LABEL.match(text) if _CRUMB_HINT.search(text) and not text.startswith(_NO_CRUMBS) else None
    hard = len(_CRUMB_HARD.findall(text))
    if not labelled and not hard and tree.tags[block.element] != "li" and not text.startswith(("首页", "主页")):
        return []
    chain = tree.chain(block.element)[:3]
    named = any(boxes.classes(tree.names(i)) & {"crumb", "place"} for i in chain)
    if (
        not labelled
        and hard < (1 if named else 2)
        and not (named and tree.tags[block.element] == "li")
        and not re.match(r"(?:首页|主页)\s*[-/|—>]", text)
    ):
        return []
    rest = text[labelled.end() :] if labelled else text
    split = _CRUMB_HARD if hard else _CRUMB_SPLIT
    items = split.split(rest)
    if len([i for i in items if i.strip()]) < 2:
        items = _row(tree, n, until, rest) if rest.strip() else _following(tree, n, until) or _row(tree, n, until, rest)
    items = [i.strip(" \u3000\xa0:：>-|") for i in items]
    found = [i for i in items if i and len(i) <= 24 and bare(i) != title and not (title and len(i) > 8 and bare(i) in title)]
    found = [visible(i) for i in found]
    return found if len(found) > 1 or (labelled and found) else []


def _row(tree: Tree, n: int, until: int, rest: str) -> list[str]:
    """A breadcrumb whose items are boxes of their own: the blocks under the same parent."""
    element = tree.blocks[n].element
    parent = tree.parents[element]
    first = n
    while first > 0 and parent in tree.chain(tree.blocks[first - 1].element)[:3]:
        first -= 1
    items = []
    for block in tree.blocks[first : min(until, first + 12)]:
        if parent not in tree.chain(block.element)[:3]:
            break
        items += [i for i in _CRUMB_SPLIT.split(block.text) if i and not _CRUMB_LABEL.fullmatch(i)]
    return items or [rest]


def _following(tree: Tree, n: int, until: int) -> list[str]:
    """The items behind a label that is a box of its own: links, and what opens with a mark."""
    items: list[str] = []
    for block in tree.blocks[n + 1 : min(until, n + 9)]:
        if len(block.text) > 24 or not (block.links or _CRUMB_HARD.match(block.text)):
            break
        items += [i for i in _CRUMB_SPLIT.split(block.text) if i]
    return items


def paper_page(tree: Tree, until: int) -> str | None:
    """Return the page of a printed paper («第02版：要闻») that stands above the headline: of several the one that is no link, or that the info line names."""
    found: dict[str, bool] = {}
    for block in tree.blocks[: max(until, 0) + 1]:
        if ("版" in block.text[:10] or "A" <= block.text[0] <= "Z") and _PAPER_PAGE.match(block.text):
            for match in _PAPER_PAGES.finditer(block.runs):
                linked = block.links * 2 > len(block.text)
                found[match.group().replace(" ", "")] = found.get(match.group().replace(" ", ""), False) or not linked
    if len(found) <= 1:
        return next(iter(found), None)
    near = [b.text for b in tree.blocks[max(until - 6, 0) : until + 6] if len(b.text) <= 80]
    named = {number for text in near for m in _PAGE_NAMED.finditer(text) for number in m.groups() if number}
    of_info = [page for page in found if (m := _PAGE_NUMBER.match(page)) and m.group(1) in named]
    return next((page for page in found if found[page]), None) or next(iter(of_info), None) or next(iter(found))
