"""Articles that stand in a page's scripts, hidden fields or templates instead of its body, for pages that a script draws.

Read only where the page's body has no running text, or next to none: the page that the script would draw is written out (headline, info
line, text) and goes through the same stage.
"""

from __future__ import annotations

import itertools
import json
import re
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote

from ljnews.layout import info, metadata

_KEY = re.compile(
    r"""(?<![\w-])["']?([A-Za-z_][\w-]{1,30})["']?\s{0,3}[:=]\s{0,3}(?=["'`])""",
)
_TEXT_WORDS = ("ontent", "ody", "tml", "etail", "ext", "txt", "eirong", "hengwen", "rticle", "TML", "ONTENT")
_KEY_END = re.compile(r"""[sS]?(?:_?(?:[hH]tml|[dD]ata|[tT]e?xt|[sS]tr))?\d?["']?\s{0,3}[:=]\s{0,3}(?=["'`])""")
_FIELD = re.compile(r"<(?:textarea|input)\s([^<>]{0,2000})>", re.I)
_NAME = re.compile(r"""(?:class|id|name)\s*=\s*["']?([^"'>]{1,80})""", re.I)
_VALUE = re.compile(r"""value\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_TEMPLATE = re.compile(r"""<(script|template|noscript|xmp)\b([^<>]{0,500})>""", re.I)
_TEMPLATE_TYPE = re.compile(r"""type\s*=\s*["']?(?:text/(?:template|plain|html|x-[\w-]+))""", re.I)
_ESCAPE = re.compile(r"\\(u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[\s\S])")
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "0": ""}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TAG = re.compile(r"<[^<>]*>")
_MOST = 4_000_000  # characters of a script that are looked at
_KEYS = 20_000  # keys that are looked at
_NEAR = 50_000  # characters before and after a text within which its title, source and names stand
_FEW = 60  # Han characters that a text has at least

_KINDS = (
    ("title", re.compile(r"^(?:title|headline|biaoti|(?:article|news|doc|share|list)[_-]?title)$", re.I)),
    ("source", re.compile(r"^(?:(?:article|news|doc)?[_-]?source(?:[_-]?name)?|media[_-]?name|laiyuan|wzly|copyfrom|origin(?:[_-]?name)?)$", re.I)),
    ("author", re.compile(r"^(?:(?:article|news|doc)?[_-]?author(?:[_-]?name)?|writer|reporter|zuozhe)$", re.I)),
    ("editor", re.compile(r"^(?:(?:article|respon\w{0,6}|duty)?[_-]?editor(?:[_-]?name)?|zebian|bianji)$", re.I)),
    ("date", re.compile(r"^(?:(?:article|pub\w{0,6}|release|show|doc(?:pub|rel)?)?[_-]?(?:time|date)(?:[_-]?str)?)$", re.I)),
    ("content", re.compile(r"(?:content|contents|body|html|detail|text|txt|neirong|zhengwen|article)(?:[_-]?(?:html|data|te?xt|str))?\d?$", re.I)),
)  # fmt: skip


class _Field(NamedTuple):
    """A named value of the page: a script's key, a form field, a template."""

    kind: str
    value: str
    at: int


def page(html: str, markup: str, han: int = 0) -> str | None:
    """Return the markup of the page that its script would draw, None where no text of more than `han` Han characters is found."""
    source, least = html[:_MOST], max(_FEW, 2 * han)
    fields = _fielded(source)
    text = _longest([*_texts(source), *fields], least)
    if text and text.value.lstrip()[:1] in "{[" and '":' in text.value:  # the whole state is one string, under a key that names a text
        source, text = text.value, _longest(_texts(text.value), least) or text
    elif not text and '\\"' in source:  # or under another
        source = re.sub(r"\\([\"\\/])", r"\1", source)
        text = _longest(_texts(source), least)
    if not text:
        return None
    return _head_of(markup) + _drawn(text, fields + _values(source, text)) + "</body></html>"


def _longest(fields: list[_Field], least: int) -> _Field | None:
    counted = [(n, field) for field in fields if field.kind == "content" and (n := _han(field.value)) >= least]
    return max(counted, key=lambda pair: pair[0])[1] if counted else None


def _han(value: str) -> int:
    return len(_HAN.findall(_TAG.sub("", value)))


def _head_of(markup: str) -> str:
    end = markup.lower().find("<body")
    return (markup[:end] if end >= 0 else markup[:200_000] if "</head>" in markup else "") + "<body>"


def _drawn(text: _Field, fields: list[_Field]) -> str:
    """Headline, info line and text, the values nearest to the text taken."""

    def nearest(kind: str, most: int) -> str:
        found = [f for f in fields if f.kind == kind and 1 < len(f.value.strip()) <= most and (kind != "title" or _HAN.search(f.value))]
        value = min(found, key=lambda f: abs(f.at - text.at)).value if found else ""
        value = unescape(_TAG.sub("", value)).strip()
        return escape(value.strip("\"'") if kind == "title" else value)

    said = [("来源：", nearest("source", 30)), ("作者：", nearest("author", 30)), ("责任编辑：", nearest("editor", 30))]
    line = "".join(f"<span>{label}{value}</span> " for label, value in said if value)
    title, date = nearest("title", 100), _date(nearest("date", 30))
    body = text.value
    if "<" not in body:
        body = "".join(f"<p>{line}</p>" for line in body.splitlines() if line.strip())
    return f'<h1>{title}</h1><div class="info"><span>{date}</span> {line}</div><div class="article-content">{body}</div>'


def _date(value: str) -> str:
    """A date as pages print it; times in seconds or thousandths since 1970 too."""
    if re.fullmatch(r"1\d{9}(?:\d{3})?", value):
        value = metadata.from_seconds(value)
    return value if info.date_in(value) or info.compact_date(value) else ""


def _kind(name: str) -> str | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), None)


def _texts(html: str) -> list[_Field]:
    """The strings under keys that name a text, by plain search: a pattern over a 400 KB page takes 30 ms."""
    found: list[_Field] = []
    unclosed = ""
    for word in _TEXT_WORDS:
        at, looked = html.find(word), 0
        while at >= 0 and looked < _KEYS:
            looked += 1
            rest = _KEY_END.match(html, at + len(word))
            behind = at + len(word)
            if rest and html[rest.end()] not in unclosed:
                end = _close(html, rest.end(), len(html))
                if end >= 0:
                    found.append(_Field("content", _plain(html[rest.end() + 1 : end]), at))
                    behind = end
                else:
                    unclosed += html[rest.end()]
            at = html.find(word, behind)
    return found


def _values(html: str, text: _Field) -> list[_Field]:
    """The short named strings of scripts near the text: title, source, names, time."""
    found: list[_Field] = []
    near = _KEY.finditer(html, max(0, text.at - _NEAR), text.at + 6 * len(text.value) + _NEAR)
    for match in itertools.islice(near, _KEYS):
        kind, at = _kind(match.group(1)), match.end()
        if kind and kind != "content" and (end := _close(html, at, at + 400)) >= 0:
            found.append(_Field(kind, _plain(html[at + 1 : end]), match.start()))
    return found


def _close(html: str, at: int, most: int) -> int:
    """Where the string that opens at a quote closes, -1 where it does not."""
    quote, end = html[at], at
    while (end := html.find(quote, end + 1, most)) >= 0:
        back = end
        while back > at + 1 and html[back - 1] == "\\":
            back -= 1
        if (end - back) % 2 == 0:
            return end
    return -1


def _plain(literal: str) -> str:
    """A string without the escapes of scripts, addresses and markup."""
    if "\\" in literal:
        try:
            literal = json.loads(f'"{literal}"')
        except ValueError:
            literal = _ESCAPE.sub(_escaped, literal)
        literal = literal.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if literal.count("%") * 4 > len(literal):
        literal = unquote(literal)
    return unescape(literal) if "&lt;" in literal and "<" not in literal else literal


def _escaped(match: re.Match[str]) -> str:
    code = match.group(2) or match.group(3) or match.group(4)
    if code:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else "\ufffd"
    return _PLAIN.get(match.group(1), match.group(1))


def _fielded(html: str) -> list[_Field]:
    """The values of form fields, and templates."""
    found: list[_Field] = []
    behind = 0
    for match in itertools.islice(_FIELD.finditer(html), _KEYS):
        named = _NAME.search(match.group(1))
        kind = _kind(named.group(1).split()[-1]) if named and named.group(1).split() else None
        if not kind or match.start() < behind:
            continue
        if match.group()[1:2] in "tT":
            behind = html.find("</", match.end())
            if behind < 0:
                break
            value = html[match.end() : behind]
        else:
            given = _VALUE.search(match.group(1))
            value = (given.group(1) or given.group(2) or "") if given else ""
        found.append(_Field(kind, unescape(value), match.start()))
    behind = 0
    for match in itertools.islice(_TEMPLATE.finditer(html), _KEYS):
        if match.start() >= behind and (match.group(1).lower() != "script" or _TEMPLATE_TYPE.search(match.group(2))):
            behind = html.find(f"</{match.group(1)}", match.end())
            if behind < 0:
                break
            found.append(_Field("content", html[match.end() : behind], match.start()))
    return found
