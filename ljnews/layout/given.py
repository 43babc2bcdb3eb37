"""An article given as an object (`{id,title,date,source,text}`): taken as it stands, title first, then the text, nothing removed."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from ljnews.errors import InputEmpty, InputMalformed
from ljnews.records import Article, Page, Section

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]*(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
# What no database stores; a character is never replaced behind the user's back.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def article_id(page: Page, content_hash: str | None = None) -> str:
    """Return the article's id: a hash of collection and the input's own id, else of the URL, else of the bytes (whose hash may be known)."""
    if page.input_id is not None:
        key = f"id\x1f{page.collection or ''}\x1f{page.input_id}"
    elif page.url:
        key = f"url\x1f{page.url}"
    elif page.content and content_hash:
        key = f"bytes\x1f{content_hash}"
    else:
        body = page.content or "\x1f".join(str((page.given or {}).get(k)) for k in ("title", "date", "text")).encode(
            "utf-8", "surrogatepass"
        )
        key = f"bytes\x1f{hashlib.sha256(body).hexdigest()}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def published(value: object) -> str | None:
    """Return a date or time as printed («2022-08-05», «2022/8/5 15:56», «2022年8月5日») in ISO form, +08:00 where a time is given."""
    match = _DATE.search(str(value or ""))
    if not match:
        return None
    year, month, day, hour, minute, second = match.groups()
    iso = f"{year}-{int(month):02}-{int(day):02}"
    return f"{iso}T{int(hour):02}:{minute}:{second or '00'}+08:00" if hour else iso


def _from_html(page: Page, row: dict[str, Any]) -> Article:
    """The article of an object that holds a page (`{id,html,…}`); what the object says of title, date and source fills what the page leaves out."""
    from ljnews.layout.read import read

    content = str(row["html"]).encode("utf-8", "replace")
    article = read(page.model_copy(update={"content": content, "given": None, "url": page.url or row.get("url") or None}))
    filled = {
        "title": article.title or row.get("title") or None, "published_at": article.published_at or published(row.get("date")),
        "source": article.source or row.get("source") or None,
    }  # fmt: skip
    return article.model_copy(update=filled)


def given(page: Page) -> Article:
    """Return the article of a given object. A text that opens with the title, also as 【title】, is not given it twice.

    An object with `html` and no `text` goes through the layout stage.
    """
    row = page.given or {}
    body = str(row.get("text") or "")
    if not body.strip() and row.get("html"):
        return _from_html(page, row)
    if not body.strip():
        raise InputEmpty(f"{page.input}: the object has no text; give it a non-empty «text»", input=page.input)
    if _UNSTORABLE.search(body + str(row.get("title") or "")):
        raise InputMalformed(f"{page.input}: the text holds NUL or half a surrogate pair; mend its encoding", input=page.input)
    title = str(row["title"]).strip() if row.get("title") else None
    string = body
    if title and not body.lstrip().lstrip("【").startswith(title):
        string = f"{title}\n{body}"
    return Article(
        id=article_id(page), input=page.input, input_id=page.input_id, url=page.url or row.get("url") or None, site=None,
        title=title, kicker=None, subtitle=None, published_at=published(row.get("date")) or page.assume_date,
        source=row.get("source") or None, place=None, channel=[], reporters=[], editors=[], keywords=[], text=string,
        sections=[Section(kind="main", heading=None, title=title, start=0, end=len(string), reporters=[])],
        turns=[], pages=1,
        content_hash=hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest(),
        text_hash=hashlib.sha256(string.encode("utf-8", "surrogatepass")).hexdigest(),
    )  # fmt: skip
