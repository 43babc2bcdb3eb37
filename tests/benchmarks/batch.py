"""Whole batches, page bytes to SQLite: pages per CPU second beside trafilatura's, one worker against two, memory, and the share of each stage.

    python tests/benchmarks/batch.py [--pages 20000] [--peer PYTHON] [--peer-pages 400] [--check]

The pages are made from the corpus: every page in many variants, with other numbers and other paragraphs, so that no two are the same, and with the
furniture that a site puts around an article (lists of links, a script, a style sheet), up to the 58 KB of an ordinary page; `--bare` leaves that out.
They hold more facts than real pages do: 48 against 10.
CPU seconds are those of all processes together, start-up included. The peer does less (text and metadata, no facts, no database); it is no dependency:
`--peer` names the Python of an environment that has trafilatura (default: this one; left out where it is not there). `--check` fails where the
figures of the issue are not met.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

PEER = """
import sys, time
from trafilatura import bare_extraction
pages = [open(name, "rb").read() for name in sys.argv[1:]]
bare_extraction(pages[0], with_metadata=True)
started = time.process_time()
for content in pages:
    bare_extraction(content, with_metadata=True)
print(time.process_time() - started)
"""


BARE = False
_SIZE = 58_000
_TOPICS = ["lists", "photos", "video", "society", "culture", "health", "sports", "education"]


def variants(count: int) -> Iterator[bytes]:
    """Yield pages made from the corpus: digits changed inside the text, paragraphs left out, furniture around, never the same twice."""
    originals = [path.read_bytes() for path in sorted((TOP / "corpus" / "pages").glob("*.html"))]
    for n in range(count):
        chance = random.Random(n)
        made = _variant(originals[n % len(originals)], chance, n)
        yield made if BARE else _furnished(made, chance)


def _furnished(page: bytes, chance: random.Random) -> bytes:
    """Return the page at the size of an ordinary one: a style sheet and a script in its head, lists of links before its end."""
    missing = max(0, _SIZE - len(page))
    style = b"".join(b".c%d{margin:0 %dpx;color:#%06x}" % (k, k % 20, chance.randrange(1 << 24)) for k in range(missing // 200))
    script = b"".join(b"var v%d={id:%d,url:'/api/%d.json'};" % (k, chance.randrange(10**6), k) for k in range(missing // 200))
    head = b"<style>" + style + b"</style><script>" + script + b"</script>"
    links, k = [], 0
    while sum(map(len, links[-1:])) * k < missing - len(head):
        topic = chance.choice(_TOPICS)
        links.append(
            b'<li class="item"><a href="/%s/2022/%d.html" target="_blank">%s %d</a></li>' % (topic.encode(), 10**6 + k, topic.encode(), k)
        )
        k += 1
    blocks = b"".join(b'<div class="list"><ul>' + b"".join(links[n : n + 20]) + b"</ul></div>" for n in range(0, len(links), 20))
    page = re.sub(rb"(?i)</head>", lambda _: head + b"</head>", page, count=1)
    return re.sub(rb"(?i)</body>", lambda _: b'<div class="side">' + blocks + b"</div></body>", page, count=1)


def _variant(page: bytes, chance: random.Random, n: int) -> bytes:
    def other(match: re.Match[bytes]) -> bytes:
        return b"".join(bytes([48 + (d - 48 + chance.randrange(1, 9)) % 9 + 1]) for d in match.group())

    paragraphs = re.split(rb"(?i)(?=<p[ >])", page)
    kept = [p for k, p in enumerate(paragraphs) if k in (0, len(paragraphs) - 1) or chance.random() < 0.9]
    # Numbers of two to four digits between Chinese bytes (above 0x7f): amounts, not markup; years keep their century.
    made = re.sub(rb"(?<=[\x80-\xff])(?!19|20)[1-9][0-9]{1,3}(?=[\x80-\xff])", other, b"".join(kept))
    return made + f"<!-- {n} -->".encode()


@dataclass
class Measured:
    """One run."""

    pages: int
    wall: float
    cpu: float
    stages: dict[str, float]
    growth: float
    peak: int
    facts: int

    @property
    def rate(self) -> float:
        """Pages per CPU second."""
        return self.pages / self.cpu


def cpu_seconds() -> float:
    """CPU time of this process and of its ended children."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


def measure(count: int, workers: int, folder: Path) -> Measured:
    """Run a batch and measure it."""
    from ljnews.records import Page
    from ljnews.run.batch import Event, run_batch

    sizes: list[tuple[int, int]] = []

    def look(event: Event) -> None:
        if event.kind == "stored" and event.summary.done // 500 > len(sizes):
            sizes.append((event.summary.done, _largest_worker()))

    pages = (
        Page(input=f"variant/{n}.html", url=f"http://news.example/{n}.html", content=content) for n, content in enumerate(variants(count))
    )
    cpu, wall = cpu_seconds(), time.perf_counter()
    made = _generation(count)
    summary = run_batch(pages, folder / f"{workers}.sqlite", workers=workers, on_event=look)
    spent, wall = cpu_seconds() - cpu - 2 * made, time.perf_counter() - wall - made
    after = [size for done, size in sizes if done >= 1000]
    growth = max(after) / after[0] - 1 if after else 0.0
    facts = sum(summary.facts.values())
    return Measured(summary.done + summary.failed, wall, spent, summary.seconds, growth, max((s for _, s in sizes), default=0), facts)


def _generation(count: int) -> float:
    """CPU seconds that making the pages takes: the benchmark's own work, taken off."""
    started = time.process_time()
    for _ in variants(count):
        pass
    return time.process_time() - started


def _largest_worker() -> int:
    """Resident bytes of the largest worker."""
    import psutil

    workers = [p for p in psutil.Process().children(recursive=True) if p.ppid() != os.getpid()]
    return max((p.memory_info().rss for p in workers), default=0)


def peer_rate(python: str, count: int, folder: Path) -> float | None:
    """Return the peer's pages per CPU second, None where it is not there."""
    names = []
    for n, content in enumerate(variants(count)):
        names.append(str(folder / f"{n}.html"))
        Path(names[-1]).write_bytes(content)
    done = subprocess.run([python, "-c", PEER, *names], capture_output=True, text=True)
    return count / float(done.stdout) if done.returncode == 0 else None


def report(one: Measured, two: Measured, peer: float | None) -> list[str]:
    """Print the figures; return those that miss the mark."""
    for name, m in (("1 worker", one), ("2 workers", two)):
        print(f"{name}: {m.pages} pages, {m.facts} facts; {m.wall:.1f} s, {m.cpu:.1f} CPU s; {m.rate:.0f} pages per CPU second, "
              f"{1000 * m.cpu / m.pages:.2f} ms a page; largest worker {m.peak >> 20} MB, growth after 1,000 pages {m.growth:.1%}")  # fmt: skip
    stages = {name: seconds for name, seconds in two.stages.items() if name != "wall"}
    for name, seconds in sorted(stages.items(), key=lambda pair: -pair[1]):
        print(f"  {name:8} {1000 * seconds / two.pages:6.2f} ms a page")
    ratio = (two.cpu / two.pages) / (one.cpu / one.pages)
    print(f"CPU a page, 2 workers to 1: {ratio:.2f} (at most 1.15)")
    missed = [] if ratio <= 1.15 else [f"2 workers take {ratio:.2f} times the CPU"]
    missed += [f"a worker grew by {m.growth:.1%}" for m in (one, two) if m.growth > 0.1]
    if peer is None:
        print("trafilatura is not there; name a Python that has it with --peer")
    else:
        print(f"trafilatura, text and metadata: {peer:.0f} pages per CPU second; here {one.rate / peer:.1f} times as many (at least 4)")
        missed += [] if one.rate >= 4 * peer else [f"{one.rate / peer:.1f} times trafilatura"]
    return missed


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--peer", default=sys.executable)
    parser.add_argument("--peer-pages", type=int, default=400)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--bare", action="store_true")
    args = parser.parse_args()
    globals()["BARE"] = args.bare
    with tempfile.TemporaryDirectory() as folder:
        peer = peer_rate(args.peer, args.peer_pages, Path(folder))
        one, two = (measure(args.pages, workers, Path(folder)) for workers in (1, 2))
    missed = report(one, two, peer)
    if args.check and missed:
        sys.exit("missed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
