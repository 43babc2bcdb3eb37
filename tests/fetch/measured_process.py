"""A crawl in a process of its own that measures itself: `python -m tests.fetch.measured_process OUT STATE URL MARKS...`.

Prints JSON: pages, CPU seconds, and the peak memory in KB after each mark of pages.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from ljnews.fetch import Settings, crawl
from tests.fetch.server import loopback


def main() -> None:
    out, state, url, *marks = sys.argv[1:]
    wanted, peaks = [int(m) for m in marks], {}
    count = 0

    def watch(event: dict[str, Any]) -> None:
        nonlocal count
        count += "status" in event
        if wanted and count >= wanted[0]:
            peaks[wanted.pop(0)] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    settings = Settings(
        delay=0.0,
        slow_factor=0.0,
        state=Path(state),
        contact="redaktion@example.org",
        allow_networks=("127.0.0.0/8",),
        max_listing_pages=10_000,
    )
    started, cpu = time.monotonic(), time.process_time()
    summary = crawl(url, out=out, settings=settings, resolver=loopback, as_list=True, on_event=watch)
    print(
        json.dumps(
            {
                "pages": summary.pages,
                "new": summary.new,
                "seconds": time.monotonic() - started,
                "cpu": time.process_time() - cpu,
                "peaks": peaks,
            }
        )
    )


if __name__ == "__main__":
    main()
