"""A site for the demo of fetching: the invented pages of corpus/, listed by this machine as a government portal lists them.

`python -m ljnews.fetch.demo_site [PORT]` serves until Ctrl-C, on the loopback only.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ljnews import resources

PORT = 8822
_PER_PAGE = 10


@cache
def _pages() -> dict[str, bytes]:
    """Every page of the corpus under a TRS-like address, as it is stored: charset and all."""
    found = sorted(resources.path("corpus/pages").glob("*.html"))
    return {f"/xw/202208/t20220805_{n}.html": path.read_bytes() for n, path in enumerate(found, 1001)}


def _list(number: int) -> bytes | None:
    """One page of the list, counted from 0."""
    some = list(_pages())
    count = -(-len(some) // _PER_PAGE)
    if not 0 <= number < count:
        return None
    links = (
        f'<li><a href=".{path.removeprefix("/xw")}">演示稿件{path[-9:-5]}</a><span>2022-08-05</span></li>'
        for path in some[number * _PER_PAGE : (number + 1) * _PER_PAGE]
    )
    pager = f'<script>createPageHTML({count}, {number}, "index", "html");</script>'
    return f'<html><head><meta charset="utf-8"></head><body><ul>{"".join(links)}</ul>{pager}</body></html>'.encode()


def answer(path: str) -> tuple[int, str, bytes]:
    """Return status, content type and body for a path."""
    if path == "/robots.txt":
        return 200, "text/plain", b"User-agent: *\nDisallow: /admin/\n"
    match = re.fullmatch(r"/xw/(?:index(?:_(\d{1,3}))?\.html)?", path)
    if match and (body := _list(int(match.group(1) or 0))) is not None:
        return 200, "text/html; charset=utf-8", body
    if path in _pages():
        return 200, "text/html", _pages()[path]
    return 404, "text/plain; charset=utf-8", "没有这个页面".encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    timeout = 30

    def do_GET(self) -> None:
        """Answer one request."""
        status, kind, body = answer(self.path.split("?", 1)[0])
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def server(port: int = PORT) -> ThreadingHTTPServer:
    """Return the server, bound to the loopback and not yet running."""
    made = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
    made.daemon_threads = True
    return made


def main() -> None:
    """Serve until Ctrl-C."""
    running = server(int(sys.argv[1]) if len(sys.argv) > 1 else PORT)
    sys.stdout.write(f"http://127.0.0.1:{running.server_address[1]}/xw/  (Ctrl-C ends it)\n")
    sys.stdout.flush()
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        running.server_close()


if __name__ == "__main__":
    main()
