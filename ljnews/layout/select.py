"""What a site file's selectors find in a page: values, and the container."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

from ljnews.layout.space import squeeze, visible

if TYPE_CHECKING:
    from ljnews.sites.loader import Layout

_VALUES = ("title", "kicker", "subtitle", "info", "published_at", "source", "channel", "reporters", "editors", "next_page")


@dataclass(eq=False)
class Selected:
    """Texts by field, every text with U+001F between inline boxes; `container` tells which node it is."""

    values: dict[str, list[str]] = field(default_factory=dict)
    container: int | None = None  # identity of the container's node

    def first(self, name: str) -> str | None:
        """Return the first text of a field, without its marks."""
        found = self.values.get(name)
        return squeeze(found[0].replace("\x1f", "")) if found else None


def apply(parser: Any, layout: Layout) -> Selected:
    """Read the layout's fields from a parsed page, take out what it removes, and find its container."""
    selected = Selected()
    for name in _VALUES:
        for selector in getattr(layout, name):
            texts = _texts(parser, selector)
            if texts:
                selected.values[name] = texts
                break
    for selector in layout.remove:
        for node in parser.css(selector):
            node.decompose()
    for selector in layout.container:
        node = parser.css_first(selector)
        if node is not None and (node.text() or "").strip():
            selected.container = node.mem_id
            break
    return selected


def _texts(parser: Any, selector: str) -> list[str]:
    """The texts (or with `@name` the attributes) of all elements that a selector finds."""
    css, _, attribute = selector.partition("@")
    found = []
    for node in parser.css(css.strip())[:20]:
        raw = node.attributes.get(attribute.strip()) if attribute else node.text(separator="\x1f")
        text = squeeze(visible(unescape(raw or "").replace("\x1f", "\ue000"))).replace("\ue000", "\x1f")
        if text.strip("\x1f "):
            found.append(text)
    return found
