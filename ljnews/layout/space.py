"""White space as a browser shows it, and strings compared without it."""

from __future__ import annotations

import re
from functools import lru_cache

# Not shown by any browser: C0 and C1 controls (line ends and tabs apart), the byte order mark inside a text, soft hyphens, noncharacters.
_INVISIBLE: dict[int, int | None] = dict.fromkeys((*range(0, 9), 11, *range(14, 32), *range(127, 133), *range(134, 160), 65279, 173))
_INVISIBLE |= {0x85: 0x20, 0x0C: 0x20, 0x2028: 0x0A, 0x2029: 0x0A, 0xFFFE: None, 0xFFFF: None}
_INVISIBLE_RE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\xad\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_CONTROLS = bytes((*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F))
_SURROGATE = re.compile("[\ud800-\udfff]")
_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\u2018-\u201d\u2026\u2014\U00020000-\U0003ffff"
# A line end between two wide characters of the source is no space (CSS Text 3, segment breaks); elsewhere it is one.
_BREAK_IN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")
_RUN = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
_EDGES = " \t\r\n\u3000\xa0\u2002\u2003\u2009\u200a\u200b\u2060\ufffc"


def controlled(content: bytes) -> bool:
    """Return whether bytes hold control characters that no page should have."""
    return len(content.translate(None, _CONTROLS)) != len(content)


def visible(string: str) -> str:
    """Return a string without controls, noncharacters and lone surrogates (UTF-8, databases and browsers have no place for them)."""
    if _INVISIBLE_RE.search(string):
        string = _SURROGATE.sub("\ufffd", string).translate(_INVISIBLE)
    return string


def squeeze(string: str) -> str:
    """Return a line as a browser shows it: runs of white space are one space, the indentation and the edges are gone.

    >>> squeeze("　　南充市\\n  完成投资 \\t 225.9亿元&nbsp;".replace("&nbsp;", "\\xa0"))
    '南充市完成投资 225.9亿元'
    """
    string = string.strip(_EDGES)
    if "\n" in string or "\r" in string:
        return _RUN.sub(" ", _BREAK_IN_WIDE.sub("", string))
    return _RUN.sub(" ", string) if "  " in string or "\t" in string else string


_FOLD = {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)} | dict(zip("“”‘’•・", "\"\"''··", strict=True))
_SPACE_OR_WIDE = re.compile("[\\s\u200b" + "".join(_FOLD) + "]")  # four times as fast as `translate`, to which every character is a look-up


@lru_cache(maxsize=1024)
def bare(string: str) -> str:
    """Return a string for comparison: no white space, full-width letters and quotes folded."""
    return _SPACE_OR_WIDE.sub(_narrow, string)


def _narrow(found: re.Match[str]) -> str:
    return _FOLD.get(found.group(), "")
