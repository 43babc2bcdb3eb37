"""`extract()`: the one call for notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ljnews.errors import LjnewsError, UsageError
from ljnews.records import ArticleRecord, Failure, Page
from ljnews.run.process import process


def extract(what: str | bytes | Path | dict[str, Any], *, url: str | None = None, date: str | None = None) -> ArticleRecord:
    """Return the record of a page's bytes, a file (`Path`), an object `{id,title,date,source,text}`, or a plain text (`str`).

    `date` (ISO day) is used where the page states none. Raises LjnewsError where there is no article, UsageError for a string that is a file's name.
    """
    if isinstance(what, str) and len(what) < 256 and "\n" not in what and Path(what).is_file():
        raise UsageError(f"{what}: a file's name where a text is expected; give Path({what!r})")
    if isinstance(what, dict):
        page = Page(input="object", input_id=str(what["id"]) if what.get("id") else None, url=url, given=what, assume_date=date)
    elif isinstance(what, Path):
        page = Page(input=str(what), url=url, content=what.read_bytes(), assume_date=date)
    elif isinstance(what, bytes):
        page = Page(input="bytes", url=url, content=what, assume_date=date)
    else:
        page = Page(input="text", url=url, given={"text": what}, assume_date=date)
    result = process(page)
    if isinstance(result, Failure):
        raise LjnewsError(result.message, stage=result.stage, error=result.error)
    return result
