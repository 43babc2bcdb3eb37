"""Find the article's container without site rules.

Every block is worth something: running prose outside links is worth its length, link lists and page furniture cost theirs. An element's
score is the sum over the blocks under it; the container is the element with the best sum, the innermost of equals. Going up from the
article's box adds links and no prose, going down loses prose, so no threshold has to be chosen per site. Two corrections follow: a box
that surrounds the article with widgets is left for the box inside it, and a lone paragraph is left for the box around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from ljnews.layout import boxes, furniture, info
from ljnews.layout.tree import Block, Tree

# What a character in a link list costs against a character of prose. Swept 0.3 to 2 on pages of our own: under 0.5 side columns with
# abstracts join the article, over 1.5 articles full of keyword links are cut.
_LINK_COST = 0.8
# A box named after the article counts a quarter more when boxes are compared.
_NAMED = 1.25
_ALL = 0.97  # a comment box that holds so much of the prose is the page itself, named «comments allowed»
_MUCH_MORE = 5.0  # so much more prose than under the headline is the article, wherever it stands
_FEW_WORDS = 20  # a body of one line has at least so many characters
# What readers' contributions show beside each of them: how long ago, answer, report, floor.
_ANSWER = re.compile(r"\d\s?(?:秒|分钟|小时|天|周|个?月|年)前|^(?:回复|举报|点赞|赞同|顶|踩)|\d\s?楼|[(（]?回复[)）]?$")
_ANSWER_SIGN = re.compile("[前回举点赞顶踩楼]")
_LEAVES = frozenset("p li h1 h2 h3 h4 h5 h6 blockquote pre dd dt span center ul ol dl".split())
_ASIDES = frozenset(("footer", "nav", "aside"))
_FIRST_NODE = attrgetter("first")


@dataclass(frozen=True)
class Container:
    """The element that holds the article, its blocks as a range, and what inside it is not the article."""

    element: int
    first: int
    last: int  # exclusive
    doomed: tuple[int, ...] = ()


@dataclass(eq=False)
class _Scores:
    """What blocks are worth, and its sums over the blocks under every element."""

    tree: Tree
    worth: list[float]
    prose: list[float] = field(default_factory=list)
    score: list[float] = field(default_factory=list)
    total: float = 0.0


def worth(block: Block) -> float:
    """Return what one block is worth, by itself."""
    text = block.text
    size = len(text)
    if block.links * 2 > size:
        return -_LINK_COST * size
    if furniture.is_furniture(text) or furniture.is_legal(text):
        return -0.5 * min(size, 40)
    if furniture.is_sentence(text):
        return float(size - block.links)
    return 0.0 if size < 30 else 0.2 * size


def find(tree: Tree, headline: int = -1, *, hidden: bool = False) -> Container | None:
    """Return the best container, None where the page has no prose.

    `headline` is the block that the page itself calls its headline: prose before it is not the article, unless most of it stands there.
    `hidden` lets hidden text count.

    A container that a site file or family marked is taken where it holds half of the page's prose, or the page has none.
    """
    sums = _sums(tree, hidden, headline)
    if tree.marked >= 0 and sums.prose[tree.marked] * 2 >= sums.total:
        return _container(sums, tree.marked)
    if sums.total <= 0:
        return None
    best, value = -1, 0.0
    for i, score in enumerate(sums.score):
        if score > 0:
            rank = score * _NAMED if boxes.kind(tree.names(i)) == "body" else score
            if rank >= value:
                best, value = i, rank
    if best < 0:
        return None
    return _container(sums, _under_headline(sums, headline, _outwards(sums, _inwards(sums, best))))


def _under_headline(sums: _Scores, headline: int, best: int) -> int:
    """The best box around the prose that follows headline and info line, where the page's best lies elsewhere and holds not much more.

    A report of one sentence beside a column that tells of the town: what stands under the headline is the article.
    """
    tree, blocks = sums.tree, sums.tree.blocks
    if headline < 0 or boxes.kind(tree.names(best)) == "body":
        return best
    info_line = next((n for n in range(headline + 1, min(headline + 5, len(blocks))) if info.looks_like(blocks[n].text)), -2)
    near = (
        next((n for n in range(info_line + 1, min(info_line + 5, len(blocks))) if sums.worth[n] > 0 and not blocks[n].links), -1)
        if info_line >= 0
        else -1
    )
    first, last = _range(tree, best)
    if near < 0 or first <= near < last:
        return best
    beside = set(tree.chain(best))
    around = [i for i in tree.chain(blocks[near].element) if sums.score[i] > 0 and i not in beside]
    one = max(around, key=lambda i: (sums.score[i], -i), default=best)
    return _outwards(sums, _inwards(sums, one)) if sums.prose[best] < _MUCH_MORE * sums.prose[one] else best


def find_named(tree: Tree) -> Container | None:
    """Return the box that is named after the article and has the most text of its own, for pages without prose."""
    sums = _sums(tree, False)
    own = [0] * len(tree.tags)
    for block in tree.blocks:
        if block.element >= 0 and not tree.hidden[block.element] and block.links < 80 and not furniture.is_furniture(block.text):
            own[block.element] += len(block.text) - block.links // 2
    _upwards(tree, own)
    named = [i for i in range(len(tree.tags)) if own[i] >= _FEW_WORDS and _is_text_box(tree.names(i))]
    if not named:
        return None
    return _container(sums, max(named, key=lambda i: (sums.score[i] + own[i] * 0.5, i)))


def _is_text_box(names: str) -> bool:
    return boxes.kind(names) == "body" and "text" in boxes.classes(names)


def _upwards(tree: Tree, values: list[Any], stop: int = 0, end: int | None = None) -> None:
    """Add every element's value to its parent's, innermost first: those of the elements behind `stop` and before `end`."""
    parents = tree.parents
    for i in range((len(values) if end is None else end) - 1, stop, -1):
        value = values[i]
        if value and parents[i] >= 0:
            values[parents[i]] += value


def _sums(tree: Tree, hidden: bool, headline: int = -1) -> _Scores:
    """Prose first, then scores: a box with a telling name that holds most of the page's prose is no comment box, whatever its name."""
    blocks, unseen = tree.blocks, tree.hidden
    values = [0.0 if b.element < 0 or (unseen[b.element] and not hidden) else worth(b) for b in blocks]
    if headline > 0 and 2 * sum(v for v in values[:headline] if v > 0) < sum(v for v in values if v > 0):
        values[:headline] = [-0.3 * v if v > 0 else v for v in values[:headline]]
    prose, score = [0.0] * len(tree.tags), [0.0] * len(tree.tags)
    for block, value in zip(blocks, values, strict=True):
        if value > 0:
            prose[block.element] += value
    _upwards(tree, prose)
    total = prose[0] if prose else 0.0
    costly = _costly(tree, prose, total)
    for n, value in enumerate(values):
        if value:
            i = blocks[n].element
            score[i] += -0.3 * value if value > 0 and (costly[i] or _is_abstract(tree, n)) else value
    _upwards(tree, score)
    return _Scores(tree, values, prose, score, total)


def _is_abstract(tree: Tree, n: int) -> bool:
    """Whether a short paragraph stands under a linked headline in the same box: one entry of a list of other articles."""
    block, before = tree.blocks[n], tree.blocks[n - 1]
    if n == 0 or len(block.text) > 160 or len(before.text) < 6 or before.links * 5 < len(before.text) * 4 or before.element < 0:
        return False
    above = {tree.parents[block.element], block.element}
    return (tree.parents[before.element] in above or before.element in above) and tree.tags[before.element] != "body"


def _costly(tree: Tree, prose: list[float], total: float) -> list[bool]:
    """Which elements lie in a comment box, a side column, a footer: boxes that hold less than half of the page's prose."""
    costly: list[bool] = []
    parents, tags = tree.parents, tree.tags
    answers = _answers(tree)
    for i, value in enumerate(prose):
        if value <= 0:  # nothing to discount
            costly.append(False)
            continue
        kind = "aside" if tags[i] in _ASIDES else "comment" if i in answers else boxes.kind(tree.names(i))
        most = _ALL * total if kind == "comment" else 0.5 * total if kind == "aside" else 0.0
        costly.append(value < most or (parents[i] >= 0 and costly[parents[i]]))
    return costly


def _answers(tree: Tree) -> set[int]:
    """The elements that hold readers' contributions, whatever they are called: children alike, each with «3小时前», «回复» or «2楼»."""
    found: dict[tuple[int, str, str], set[int]] = {}
    signed = _ANSWER_SIGN.search
    for block in tree.blocks:
        text = block.text
        if len(text) <= 40 and signed(text) and block.element >= 0 and _ANSWER.search(text):
            for i in tree.chain(block.element)[:4]:
                if tree.parents[i] >= 0:
                    found.setdefault((tree.parents[i], tree.tags[i], tree.names(i)), set()).add(i)
    return {parent for (parent, _, _), children in found.items() if len(children) >= 3}


def _children(tree: Tree, element: int) -> list[int]:
    end, starts, parents = tree.ends[element], tree.starts, tree.parents
    return [i for i in range(element + 1, bisect_left(starts, end, element + 1)) if parents[i] == element]


def _inwards(sums: _Scores, best: int) -> int:
    """Leave a box that adds only widgets to the box inside it: little prose, and among it many lines that are none."""
    tree = sums.tree
    while True:
        inner = max(_children(tree, best), key=lambda i: sums.prose[i], default=-1)
        if one := _first_article(sums, best):
            best = one
            continue
        if inner < 0 or tree.tags[inner] in _LEAVES or sums.prose[inner] < 0.6 * sums.prose[best] or _has_twin(sums, best, inner):
            return best
        first, last = _range(tree, best)
        start, end = _range(tree, inner)
        rest = [n for n in (*range(first, start), *range(end, last)) if not tree.hidden[tree.blocks[n].element]]
        prose = sum(1 for n in rest if sums.worth[n] > 0)
        if sums.prose[inner] >= 0.98 * sums.prose[best] or (len(rest) - prose >= 3 and prose * 2 <= len(rest) - prose):
            best = inner
        else:
            return best


def _first_article(sums: _Scores, best: int) -> int:
    """The first of several <article> boxes that each open with a headline of their own: the others are other articles. 0 for none."""
    tree = sums.tree
    several = [i for i in _children(tree, best) if tree.tags[i] == "article" and sums.prose[i] > 0]
    if len(several) < 2 or not all(any(tree.tags[n] in ("h1", "h2") for n in range(i, i + 6) if n < len(tree.tags)) for i in several):
        return 0
    return several[0]


def _twins(tree: Tree, one: int, parent: int) -> list[int]:
    """The siblings of the same tag and the same names."""
    alike = (tree.tags[one], tree.names(one))
    return [i for i in _children(tree, parent) if i != one and (tree.tags[i], tree.names(i)) == alike]


def _has_twin(sums: _Scores, best: int, inner: int) -> bool:
    """Whether a sibling of the same tag and name holds prose too: one body cut into parts."""
    return any(sums.prose[i] > 0 or sums.tree.names(inner) for i in _twins(sums.tree, inner, best))


def _outwards(sums: _Scores, best: int) -> int:
    """Leave a lone paragraph, or one part of a body cut into parts, for the box around it, as long as that box has not much else."""
    tree = sums.tree
    while tree.tags[best] in _LEAVES and tree.parents[best] >= 0:
        parent = tree.parents[best]
        if sums.score[parent] < 0.4 * sums.score[best] and tree.tags[best] == "p":
            break
        best = parent
    while tree.names(best) and tree.parents[best] >= 0 and _has_text_twin(tree, best):
        best = tree.parents[best]
    return best


def _has_text_twin(tree: Tree, best: int) -> bool:
    """Whether a sibling of the same tag and name holds text that is no list of links: the other part of a body cut into parts."""
    for i in _twins(tree, best, tree.parents[best]):
        first, last = _range(tree, i)
        chars = sum(len(b.text) for b in tree.blocks[first:last])
        if chars >= 30 and sum(b.links for b in tree.blocks[first:last]) * 4 < chars:
            return True
    return False


def _container(sums: _Scores, element: int) -> Container:
    first, last = _range(sums.tree, element)
    return Container(element, first, last, tuple(_doomed(sums, element, first, last)))


def _doomed(sums: _Scores, container: int, first: int, last: int) -> list[int]:
    """The boxes inside the container that are no article: hidden, named after furniture, or lists of links. Outermost only."""
    tree, doomed, skip = sums.tree, [], -1
    end = tree.ends[container]
    chars, links, many = _link_share(tree, container, first, last)
    for i in range(container + 1, len(tree.tags)):
        start = tree.starts[i]
        if start >= end:
            break
        if start < skip or sums.prose[i] * 2 >= sums.prose[container]:
            continue
        named = tree.tags[i] in _ASIDES or boxes.kind(tree.names(i)) in ("comment", "aside")
        listed = many[i] >= 2 and links[i] > 0.7 * chars[i]
        if tree.hidden[i] or (named and tree.tags[i] not in ("p", "td")) or (listed and sums.prose[i] == 0):
            doomed.append(i)
            skip = tree.ends[i]
    return doomed


def _link_share(tree: Tree, container: int, first: int, last: int) -> tuple[list[int], list[int], list[int]]:
    """Characters, characters in links and number of linked blocks under every element of the container."""
    chars, links, many = ([0] * len(tree.tags) for _ in range(3))
    for block in tree.blocks[first:last]:
        if block.element > container:
            chars[block.element] += len(block.text)
            links[block.element] += block.links
            many[block.element] += block.links > 0
    end = bisect_left(tree.starts, tree.ends[container], container + 1)
    for values in (chars, links, many):
        _upwards(tree, values, container, end)
    return chars, links, many


def _range(tree: Tree, element: int) -> tuple[int, int]:
    """The blocks under an element: they stand together, since nodes and blocks are numbered in page order."""
    first = bisect_left(tree.blocks, tree.starts[element], key=_FIRST_NODE)
    last = bisect_left(tree.blocks, tree.ends[element], first, key=_FIRST_NODE)
    return (first, last) if first < last else (0, 0)


def nodes(tree: Tree, container: Container) -> Iterator[int]:
    """Yield the container's own nodes, without those of its doomed boxes."""
    position = tree.starts[container.element]
    for i in container.doomed:
        yield from range(position, tree.starts[i])
        position = tree.ends[i]
    yield from range(position, tree.ends[container.element])
