"""Pages saved as one file by a browser: .mht, .mhtml."""

from __future__ import annotations

import email.parser
import email.policy
from email.message import Message

from ljnews.errors import InputMalformed
from ljnews.records import Page

_DEEPEST = 8


def page_of_mht(content: bytes, name: str) -> Page:
    """Return the page in an MHT file: its HTML part, the URL it was saved from. Raises InputMalformed where it holds none."""
    try:
        message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(content)
        part = _html(message, _start(message), 0)
        body = part.get_payload(decode=True) if part is not None else None
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError) as error:
        raise InputMalformed(f"{name}: not a readable MHT file ({error})", input=name) from error
    if part is None or not isinstance(body, bytes) or not body.strip():
        raise InputMalformed(f"{name}: no HTML in the MHT file", input=name)
    url = part.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
    url = "".join(str(url).split())
    charset = part.get_param("charset")
    headers = {"content-type": f"text/html; charset={charset}"} if isinstance(charset, str) and charset else {}
    return Page(input=name, url=url if url.startswith(("http://", "https://")) else None, content=body, headers=headers)


def _start(message: Message) -> str | None:
    found = message.get_param("start")
    return found if isinstance(found, str) else None


def _html(message: Message, start: str | None, depth: int) -> Message | None:
    """The part that is the page: the one that `start` names, else the first HTML."""
    if depth > _DEEPEST:
        return None
    if not message.is_multipart():
        return message if message.get_content_type() in ("text/html", "application/xhtml+xml") else None
    parts = [p for p in message.get_payload() if isinstance(p, Message)]
    if start is not None:
        parts.sort(key=lambda p: p.get("Content-ID") != start)
    return next((found for p in parts if (found := _html(p, None, depth + 1)) is not None), None)
