"""URLs: a strict door (`checked`), the key that makes two spellings one (`key_of`), and what smells of a trap (`trap`)."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urljoin, urlsplit, urlunsplit

from ljnews.errors import AddressRefused

MAX_LENGTH = 2000
_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
#: Parameters that say who clicked where, or carry a session: the page is the same without them.
_NOISE = re.compile(
    r"^(utm_\w+|spm|scm|share\w*|isappinstalled|jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|sid|sessid"
    r"|from_?source|wxshare_?count|nsukey|timestamp|_t|_|rnd|rand|random)$",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";(jsessionid|sid|phpsessid)=[^/?]*", re.IGNORECASE)
_ASP_SESSION = re.compile(r"/\([A-Za-z]\([A-Za-z0-9]{20,}\)\)/")
MAX_DEPTH = 16
#: An absolute URL that needs nothing done to it; sitemaps are full of them.
_PLAIN_URL = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/(?:[A-Za-z0-9_~=&?%-]|/(?!\.)|(?<!/)\.)*").fullmatch


def checked(url: str) -> SplitResult:
    """Return the parts of a URL that may be asked for; refuse what two parsers could read in two ways.

    Only http and https, no user name, no backslash, no control character or space, a host, a port that fits. Raises AddressRefused.

    >>> checked("http://nanchong.example/xw/1.html").hostname
    'nanchong.example'
    """
    if len(url) > MAX_LENGTH:
        raise AddressRefused(f"{url[:80]}…: longer than {MAX_LENGTH} characters", url=url[:200])
    if "\\" in url or _CONTROL.search(url):
        raise AddressRefused(f"{url!r}: a backslash, space or control character in it; write the plain URL", url=url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(f"{url}: not a URL ({error})", url=url) from error
    if parts.scheme not in _PORTS:
        raise AddressRefused(f"{url}: scheme {parts.scheme!r}; only http and https are fetched", url=url)
    if not parts.hostname:
        raise AddressRefused(f"{url}: no host in it", url=url)
    if parts.username is not None or "@" in parts.netloc:
        raise AddressRefused(f"{url}: a user name in the URL; leave it out", url=url)
    if port == 0:
        raise AddressRefused(f"{url}: port 0", url=url)
    return parts


def written(url: str) -> str:
    """Return a user's URL as it is sent: checked, host by IDNA, Chinese characters escaped. Raises AddressRefused.

    >>> written("http://nanchong.example/新闻/1.html")
    'http://nanchong.example/%E6%96%B0%E9%97%BB/1.html'
    """
    checked(url)
    return resolve(url, url) or url


def resolve(base: str, href: str, charset: str = "utf-8") -> str | None:
    """Return a link's absolute http(s) URL as a browser makes it, without the fragment; None where it is none.

    >>> resolve("http://nanchong.example/xw/index.html", " ../a/1.html#pl ")
    'http://nanchong.example/a/1.html'
    >>> resolve("http://nanchong.example/", "javascript:void(0)") is None
    True
    """
    if _PLAIN_URL(href):
        return href
    href = re.sub(r"[\t\r\n]", "", href.strip(" \t\r\n\f\x00"))
    if not href or href.startswith("#"):
        return None
    try:
        parts = urlsplit(urljoin(base, href.replace("\\", "/")))
        if parts.scheme not in _PORTS or not parts.hostname:
            return None
        return _rebuilt(parts, charset)
    except (ValueError, UnicodeError):
        return None


def _rebuilt(parts: SplitResult, charset: str) -> str:
    """The URL in ASCII: host by IDNA, path in UTF-8, query in the page's charset (as browsers send it)."""
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    netloc = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    if parts.username is not None:
        netloc = f"{quote(parts.username)}@{netloc}"
    path = quote(_dotless(parts.path) or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]", encoding=charset, errors="replace")
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def _dotless(path: str) -> str:
    """The path without `.` and `..` segments (`/../a` is `/a`, as browsers do)."""
    if "/." not in path:
        return path
    out: list[str] = []
    segments = path.split("/")
    for i, one in enumerate(segments):
        last = i == len(segments) - 1
        if one == "..":
            if len(out) > 1:
                out.pop()
            if last:
                out.append("")
        elif one != ".":
            out.append(one)
        elif last:
            out.append("")
    return "/".join(out)


@lru_cache(maxsize=4096)
def key_of(url: str) -> str:
    """Return the key under which a URL is known: scheme, fragment, session and tracking parameters do not count.

    >>> key_of("https://Nanchong.example:443/a/1.html?utm_source=wx&id=%7e5#pl")
    '//nanchong.example/a/1.html?id=~5'
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").lower()
    port = parts.port
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    path = _ASP_SESSION.sub("/", _SESSION_PATH.sub("", _plain(_dotless(parts.path) or "/")))
    pairs = [p for p in parts.query.split("&") if p and not _NOISE.match(p.split("=", 1)[0])]
    query = "&".join(sorted(_plain(p) for p in pairs))
    return f"//{netloc}{path}" + (f"?{query}" if query else "")


def _plain(piece: str) -> str:
    """Escapes of characters that need none are undone, the others in upper case."""

    def one(match: re.Match[str]) -> str:
        char = chr(int(match.group(1), 16))
        return char if char in _UNRESERVED else match.group(0).upper()

    return _ESCAPE.sub(one, piece)


def host_of(url: str) -> str:
    """Return the host that is asked politely: the name in lower case, without port."""
    return (urlsplit(url).hostname or "").rstrip(".").lower()


def origin_of(url: str) -> str:
    """Return scheme, host and port: what one robots.txt governs."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").lower()
    if ":" in host:
        host = f"[{host}]"
    return f"{parts.scheme}://{host}:{parts.port or _PORTS.get(parts.scheme, 80)}"


def shape_of(url: str) -> str:
    """Return the URL with its digits and long codes blanked: pages that one template makes share it.

    >>> shape_of("http://nanchong.example/content/2022-08/05/c_1234.html?page=3")
    'nanchong.example/content/#-#/#/c_#.html?page'
    """
    parts = urlsplit(url)
    path = re.sub(r"[0-9a-f]{16,}|\d+", "#", parts.path.lower())
    names = ",".join(sorted({name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{host_of(url)}{path}" + (f"?{names}" if names else "")


def trap(url: str) -> str | None:
    """Return why a link looks like a crawl trap, or None.

    >>> trap("http://nanchong.example/a/b/a/b/a/b/1.html")
    'the same folders again and again'
    """
    if len(url) > MAX_LENGTH:
        return "a URL of more than 2000 characters"
    parts = urlsplit(url)
    folders = [s for s in parts.path.split("/")[:-1] if s]
    if len(folders) > MAX_DEPTH:
        return f"more than {MAX_DEPTH} folders deep"
    counts = Counter(s for s in folders if not s.isdigit())
    if counts and counts.most_common(1)[0][1] >= 3:
        return "the same folders again and again"
    names = [p.split("=", 1)[0] for p in parts.query.split("&") if p]
    if len(names) > 12 or (len(names) != len(set(names)) and max(Counter(names).values()) > 2):
        return "a query that grows"
    return None
