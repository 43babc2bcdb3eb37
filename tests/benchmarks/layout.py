"""The layout stage beside trafilatura, gne, newspaper4k, readability-lxml and resiliparse, on the same pages, in the same run.

    python tests/benchmarks/layout.py [--pages ../shared/pages] [--corpus corpus] [--rounds 3] [--quick] [--errors]

Quality per tool: share of the labels' `with` strings that are in the text, share of the `without` strings that are not, their F1 (a missing `with`
string is a miss, a `without` string in the text a false find), length of the body against the label's, and headline, day, time of day, source,
reporters and editors right. Speed: pages per CPU second, rounds interleaved over the tools, the median round of every page. The peers are no
dependency: a tool that cannot be imported is left out (`pip install -r tests/benchmarks/requirements.txt`).
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
TOP = Path(__file__).resolve().parents[2]


@dataclass
class Page:
    """One labelled page."""

    id: str
    content: bytes
    url: str | None
    label: dict[str, Any]
    string: str = ""


@dataclass
class Result:
    """What a tool says of a page, in one form for all."""

    title: str | None = None
    published: str | None = None
    source: str | None = None
    reporters: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    text: str = ""


Tool = Callable[[Page], Result]


def ljnews(page: Page) -> Result:
    """This project, from bytes to a validated article."""
    from ljnews.errors import LjnewsError
    from ljnews.layout.read import read
    from ljnews.records import Page as Input

    try:
        article = read(Input(input=page.id, url=page.url, content=page.content))
    except LjnewsError:
        return Result()
    return Result(
        article.title,
        article.published_at,
        article.source,
        [c.name for c in article.reporters],
        [c.name for c in article.editors],
        article.text,
    )


def trafilatura(page: Page) -> Result:
    """trafilatura with metadata."""
    from trafilatura import bare_extraction

    found = bare_extraction(page.content, url=page.url, with_metadata=True)
    if found is None:
        return Result()
    author = [a for a in re.split(r"[;,、\s]+", found.author or "") if a]
    return Result(found.title, found.date, found.sitename, author, [], found.text or "")


def gne(page: Page) -> Result:
    """GNE, made for Chinese news; it is given the decoded page."""
    from gne import GeneralNewsExtractor

    found = GeneralNewsExtractor().extract(page.string)
    return Result(
        found.get("title"),
        found.get("publish_time"),
        None,
        [found["author"]] if found.get("author") else [],
        [],
        found.get("content") or "",
    )


def newspaper4k(page: Page) -> Result:
    """newspaper4k; it is given the decoded page."""
    from newspaper import Article

    article = Article(page.url or "http://example.com/a.html", language="zh", fetch_images=False)
    article.download(input_html=page.string)
    article.parse()
    return Result(article.title, str(article.publish_date or ""), None, list(article.authors), [], article.text)


def readability(page: Page) -> Result:
    """readability-lxml; it is given the decoded page."""
    import lxml.html
    from readability import Document

    document = Document(page.string)
    return Result(document.short_title(), None, None, [], [], lxml.html.fromstring(document.summary()).text_content())


def resiliparse(page: Page) -> Result:
    """resiliparse, text only; it is given the decoded page."""
    from resiliparse.extract.html2text import extract_plain_text

    return Result(text=extract_plain_text(page.string, main_content=True))


TOOLS: dict[str, Tool] = {
    "ljnews": ljnews, "trafilatura": trafilatura, "gne": gne, "newspaper4k": newspaper4k, "readability": readability, "resiliparse": resiliparse,
}  # fmt: skip


def bare(string: object) -> str:
    """A string without white space."""
    return re.sub(r"[\s\u3000\xa0\u200b]+", "", str(string or ""))


def labelled(folder: Path) -> Iterator[Page]:
    """The pages of `labels.json`, those marked skip left out."""
    file = folder / "labels.json"
    for label in json.loads(file.read_text(encoding="utf-8")) if file.exists() else []:
        if not label.get("skip"):
            yield Page(label["id"], (folder / "html" / label["file"]).read_bytes(), label.get("url"), label)


def corpus(folder: Path) -> Iterator[Page]:
    """The project's own pages."""
    for file in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        article = gold["article"]
        names = {key: [c["name"] for c in article[key]] for key in ("reporters", "editors")}
        label = article | names | {"with": article["in_text"], "without": article["not_in_text"], "body_chars": None}
        page = folder / "pages" / gold["file"].rsplit("/", 1)[-1]
        yield Page(file.stem, page.read_bytes(), gold.get("url"), label)


def decoded(page: Page) -> str:
    """The page's characters, for tools that take a string."""
    from ljnews.layout import charset

    return charset.decode(page.content).string


def available(names: list[str]) -> dict[str, Tool]:
    """The tools that can be imported."""
    found = {}
    probe = Page("probe", b"<html><body><p>" + "一段正文，用来试试工具能不能用。".encode() * 20 + b"</p></body></html>", None, {})
    probe.string = probe.content.decode()
    for name in names:
        try:
            TOOLS[name](probe)
        except ImportError as error:
            print(f"{name}: left out ({error})", file=sys.stderr)
            continue
        except Exception as error:  # a tool may fail on the probe and work on pages
            print(f"{name}: fails on the probe ({error})", file=sys.stderr)
        found[name] = TOOLS[name]
    return found


def _day(value: str | None) -> str:
    match = re.search(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})", value or "")
    return "-".join((match.group(1), f"{int(match.group(2)):02}", f"{int(match.group(3)):02}")) if match else ""


def _clock(value: str | None) -> str:
    match = re.search(r"(\d{1,2}):(\d{2})", (value or "")[10:])
    return f"{int(match.group(1)):02}:{match.group(2)}" if match else ""


def judge(result: Result, label: dict[str, Any]) -> dict[str, float | None]:
    """Right or wrong per column; None where the label states nothing."""
    text = bare(result.text)
    kept = [bare(s) in text for s in label["with"]]
    dropped = [bare(s) not in text for s in label["without"]]
    stated = label.get("published_at") or ""
    clock = _clock(stated) if not stated.endswith("T00:00:00+08:00") else ""
    title = bare(result.title)
    body = len(text) - (len(title) if text.startswith(title) else 0)
    names = set(map(bare, label["reporters"]))
    return {
        "kept": sum(kept), "with": len(kept), "dropped": sum(dropped), "without": len(dropped),
        "ratio": body / label["body_chars"] if label.get("body_chars") else None,
        "title": float(title == bare(label["title"])), "date": float(_day(result.published) == _day(stated)) if stated else None,
        "time": float(_clock(result.published) == clock) if clock else None,
        "source": float(bare(result.source) == bare(label["source"])) if label.get("source") else None,
        "reporters": float(set(map(bare, result.reporters)) == names),
        "editors": float(set(map(bare, result.editors)) == set(map(bare, label["editors"]))),
    }  # fmt: skip


def run(pages: list[Page], tools: dict[str, Tool], rounds: int) -> tuple[dict[str, list[Result]], dict[str, list[float]]]:
    """Every tool's results, and the median CPU seconds of every page, rounds interleaved."""
    results: dict[str, list[Result]] = {name: [] for name in tools}
    seconds: dict[str, list[float]] = {name: [] for name in tools}
    for page in pages:
        page.string = decoded(page)
        taken: dict[str, list[float]] = {name: [] for name in tools}
        for number in range(rounds):
            for name, tool in tools.items():
                start = time.process_time()
                try:
                    result = tool(page)
                except Exception:  # a peer's failure is an empty result
                    result = Result()
                taken[name].append(time.process_time() - start)
                if number == 0:
                    results[name].append(result)
        for name in tools:
            seconds[name].append(statistics.median(taken[name]))
    return results, seconds


def table(pages: list[Page], results: dict[str, list[Result]], seconds: dict[str, list[float]]) -> list[dict[str, Any]]:
    """One row per tool."""
    rows = []
    for name, found in results.items():
        judged = [judge(result, page.label) for result, page in zip(found, pages, strict=True)]
        total = {key: sum(j[key] or 0 for j in judged) for key in ("kept", "with", "dropped", "without")}
        false = total["without"] - total["dropped"]
        precision = total["kept"] / (total["kept"] + false) if total["kept"] else 0.0
        recall = total["kept"] / total["with"]
        row: dict[str, Any] = {
            "tool": name, "kept": recall, "dropped": total["dropped"] / total["without"],
            "F1": 2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        }  # fmt: skip
        for key in ("ratio", "title", "date", "time", "source", "reporters", "editors"):
            values = [j[key] for j in judged if j[key] is not None]
            row[key] = (statistics.median(values) if key == "ratio" else statistics.mean(values)) if values else None
        row["pages/s"] = len(pages) / sum(seconds[name])
        row["median ms"] = statistics.median(seconds[name]) * 1000
        rows.append(row)
    return rows


def show(title: str, rows: list[dict[str, Any]]) -> None:
    """Print a table."""
    columns = ["tool", "kept", "dropped", "F1", "ratio", "title", "date", "time", "source", "reporters", "editors", "pages/s", "median ms"]
    print(f"\n{title}\n" + "".join(f"{c:>12}" for c in columns))
    for row in rows:
        cells = [f"{row[c]:>12}" if isinstance(row[c], str) else f"{'-':>12}" if row[c] is None else f"{row[c]:>12.3f}" for c in columns]
        print("".join(cells))
    base = next((r for r in rows if r["tool"] == "trafilatura"), None)
    if base:
        print(
            f"ljnews is {rows[0]['pages/s'] / base['pages/s']:.1f} times as fast as trafilatura (median page {base['median ms'] / rows[0]['median ms']:.1f} times)"
        )


def errors(pages: list[Page], found: list[Result]) -> None:
    """Print what ljnews got wrong."""
    for page, result in zip(pages, found, strict=True):
        text = bare(result.text)
        wrong = [f"missing {s!r}" for s in page.label["with"] if bare(s) not in text] + [
            f"found {s!r}" for s in page.label["without"] if bare(s) in text
        ]
        judged = judge(result, page.label)
        for key, got in (("title", result.title), ("date", result.published), ("time", result.published), ("source", result.source)):
            if judged[key] == 0:
                wrong.append(f"{key}: {got!r} for {page.label.get('published_at' if key in ('date', 'time') else key)!r}")
        wrong += [f"{k}: {getattr(result, k)} for {page.label[k]}" for k in ("reporters", "editors") if judged[k] == 0]
        if wrong:
            print(page.id, *wrong, sep="\n    ")


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, default=TOP.parent / "shared" / "pages")
    parser.add_argument("--corpus", type=Path, default=TOP / "corpus")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="ljnews only")
    parser.add_argument("--errors", action="store_true", help="list what ljnews got wrong")
    parser.add_argument("--json", type=Path, help="write the rows here")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    tools = available(["ljnews"] if options.quick else list(TOOLS))
    rows = {}
    for title, pages in (("labelled pages", list(labelled(options.pages))), ("own corpus", list(corpus(options.corpus)))):
        if not pages:
            print(f"{title}: none here, skipped")
            continue
        results, seconds = run(pages, tools, options.rounds)
        rows[title] = table(pages, results, seconds)
        show(f"{title}: {len(pages)} pages", rows[title])
        if options.errors:
            errors(pages, results["ljnews"])
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
