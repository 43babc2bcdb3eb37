"""Find the article's container without site rules.

Every block is worth something: running prose outside links is worth its length, link lists and page furniture cost theirs. An element's
score is the sum over the blocks under it; the container is the element with the best sum, the innermost of equals. Going up from the
article's box adds links and no prose, going down loses prose, so no threshold has to be chosen per site.
"""

from __future__ import annotations

from typing import NamedTuple

from ljnews.layout import furniture
from ljnews.layout.tree import Block, Tree

# What a character in a link list costs against a character of prose. Swept 0.3 to 2 on pages of our own: under 0.5 side columns with
# abstracts join the article, over 1.5 articles full of keyword links are cut.
_LINK_COST = 0.8
_BOX_COST = 1.0


class Container(NamedTuple):
    """The element that holds the article, its blocks as a range, and its score."""

    element: int
    first: int
    last: int  # exclusive
    score: float


def worth(block: Block) -> float:
    """Return what one block is worth, by itself."""
    size = len(block.text)
    if block.links * 2 > size:
        return -_LINK_COST * size
    if furniture.is_furniture(block.text):
        return -0.5 * min(size, 40)
    if furniture.is_sentence(block.text):
        return float(size - block.links)
    return 0.0 if size < 30 else 0.2 * size


def find(tree: Tree, *, hidden: bool = False) -> Container | None:
    """Return the best container, None where the page has no prose at all. `hidden` lets hidden text count."""
    elements, blocks = tree.elements, tree.blocks
    score = [0.0] * len(elements)
    costly = _costly(tree)
    for block in blocks:
        i = block.element
        if i < 0:
            continue
        value = worth(block)
        if elements[i].hidden and not hidden:
            continue
        if value > 0 and costly[i]:
            value = -0.3 * value
        score[i] += value
    for i in range(len(elements) - 1, 0, -1):
        parent = elements[i].parent
        if parent >= 0:
            score[parent] += score[i] if score[i] > -400 else -400 + (score[i] + 400) * 0.3
    best = -1
    for i in range(len(elements)):
        if score[i] > 0 and (best < 0 or score[i] >= score[best]):
            best = i
    if best < 0:
        return None
    first, last = _range(tree, best)
    return Container(best, first, last, score[best])


def _costly(tree: Tree) -> list[bool]:
    """Which elements lie in a comment box or another box that never is the article."""
    costly: list[bool] = []
    for element in tree.elements:
        inherited = element.parent >= 0 and costly[element.parent]
        own = bool(element.names) and furniture.COMMENT_BOX.search(element.names) is not None
        costly.append(inherited or own or element.tag in ("footer", "nav", "aside"))
    return costly


def _range(tree: Tree, element: int) -> tuple[int, int]:
    """The blocks under an element: they stand together, since elements are numbered in page order."""
    start, end = tree.elements[element].start, tree.elements[element].end
    inside = [n for n, b in enumerate(tree.blocks) if b.element >= element and start <= tree.elements[b.element].start < end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)
