"""What a server answered to one request."""

from __future__ import annotations

from dataclasses import dataclass, field

from ljnews.errors import FetchError
from ljnews.fetch import urls


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered to one request. `body` is decoded from the transfer only: its bytes and charset are untouched."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    address: str | None = None
    asked_at: float = 0.0
    elapsed: float = 0.0
    wire_bytes: int = 0
    problem: FetchError | None = field(default=None, compare=False)

    def header(self, name: str) -> str:
        """Return a header's first value, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def location(self) -> str | None:
        """The absolute URL that a redirect points to, or None."""
        if self.status not in (301, 302, 303, 307, 308):
            return None
        return urls.resolve(self.url, _recoded(self.header("location"))) or self.header("location") or None


def _recoded(value: str) -> str:
    """A Location header as text: http.client reads it as Latin-1, servers here send UTF-8 or GBK."""
    if value.isascii():
        return value
    raw = value.encode("latin-1", "replace")
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return value
