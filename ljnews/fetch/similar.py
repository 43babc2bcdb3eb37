"""Near-same texts: a sketch of a page's sentences, small enough to keep for every page.

Main function: `sketch(body)`. Two pages are near the same when most of their sketches agree; what all pages of a site share (copyright
lines) is in every sketch and is left out by the archive, which knows how often a hash was seen.
"""

from __future__ import annotations

import hashlib
import re

from ljnews.fetch.markup import charset_of, without_blocks

SIZE = 16
#: Fewer sentences than this say too little: two short notices may share them by chance.
FEWEST = 4
#: Swept 0.5 to 0.95 on pages of the loopback site with one to four sentences changed: reposts have 0.8 and more, neighbours under 0.3.
SHARE = 0.75
_LINK = re.compile(rb"<a\b[^<>]*>[^<]*</a\s*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_END = re.compile(r"[。!?！？；\n]")
_HAN = re.compile(r"[\u3400-\u9fff]")


def sketch(body: bytes, content_type: str = "") -> list[int]:
    """Return the smallest hashes of a page's sentences, at most 16; empty where it has too few."""
    charset = charset_of(body, content_type)
    markup = _LINK.sub(b" ", without_blocks(body[: 1 << 20])).decode(charset, "replace")
    text = re.sub(r"[ \t\r\u00a0\u3000]+", "", _TAG.sub("\n", markup).replace("&nbsp;", ""))
    joined = re.sub(r"\n+", "\n", text)
    # Split, not searched: a pattern for whole sentences takes minutes on a page without a full stop.
    hashes = {_hash(one) for one in _END.split(joined) if 12 <= len(one) <= 400 and len(_HAN.findall(one)) >= 8}
    return sorted(hashes)[:SIZE] if len(hashes) >= FEWEST else []


def _hash(sentence: str) -> int:
    kept = re.sub(r"[^\w]", "", sentence)
    return int.from_bytes(hashlib.blake2b(kept.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1
