"""A crawl in a process of its own, to be killed: `python -m tests.fetch.crawl_process OUT STATE DELAY SITE.toml...`."""

from __future__ import annotations

import json
import signal
import sys
from datetime import date, timedelta
from pathlib import Path

from ljnews.fetch import Settings, crawl
from tests.fetch.server import loopback


def main() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that starts the tests in the background has it ignored
    out, state, delay, *sites = sys.argv[1:]
    settings = Settings(
        delay=float(delay),
        slow_factor=0.0,
        retry_wait=0.01,
        state=Path(state),
        contact="redaktion@example.org",
        allow_networks=("127.0.0.0/8",),
    )
    summary = crawl([Path(s) for s in sites], out=out, settings=settings, resolver=loopback, since=date.today() - timedelta(days=79))
    print(json.dumps(summary.as_dict(), ensure_ascii=False))


if __name__ == "__main__":
    main()
