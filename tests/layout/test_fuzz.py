"""Mutated pages give an article or a typed refusal, never anything else (RELIABILITY P1)."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljnews.errors import LjnewsError
from ljnews.layout.read import read
from ljnews.records import Page
from tests.layout.hostile import assert_message
from tests.layout.sentences import sentences
from tests.layout.styles import STYLES, Written, render

ROOT = Path(__file__).resolve().parents[2]


def layouts() -> list[bytes]:
    """Return fifty and more pages: every style in two charsets and the project's own corpus."""
    article = Written("全镇粮食总产量再创新高", "江阳日报", sentences(8))
    pages = [render(name, article).encode(charset, "replace") for name in STYLES for charset in ("utf-8", "gb18030")]
    pages += [file.read_bytes() for folder in ("corpus/pages", "ljnews/sites/examples") for file in sorted((ROOT / folder).glob("*.html"))]
    return pages


def check(content: bytes) -> None:
    """An article with a text and spans inside it, or a typed refusal."""
    try:
        article = read(Page(input="fuzz", content=content))
    except LjnewsError as error:
        assert_message(error)
        return
    assert article.text.strip()
    article.text.encode()
    assert "\x00" not in article.text
    for section in article.sections:
        assert 0 <= section.start <= section.end <= len(article.text)


def _flip(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randint(1, 40)):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _shuffle(content: bytes, rng: random.Random) -> bytes:
    tags = re.findall(rb"<[^<>]{1,200}>", content)
    rng.shuffle(tags)
    drawn = iter(tags)
    return re.sub(rb"<[^<>]{1,200}>", lambda _: next(drawn), content)


def _splice(content: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    other = rng.choice(others)
    return content[: rng.randrange(len(content))] + other[rng.randrange(len(other)) :]


def _swap(content: bytes, rng: random.Random) -> bytes:
    string = content.decode(rng.choice(["utf-8", "gb18030", "utf-16-le", "latin-1"]), "replace")
    return string.encode(rng.choice(["utf-8", "gb18030", "big5", "utf-16-be"]), "replace")


def _drop(content: bytes, rng: random.Random) -> bytes:
    return re.sub(rb"</?\w+[^<>]{0,80}>", lambda m: b"" if rng.random() < 0.2 else m.group(), content)


def mutants(count: int) -> Iterator[bytes]:
    """Yield so many mutated pages, the same in every run."""
    rng, pages = random.Random(20220805), layouts()
    for number in range(count):
        content = pages[number % len(pages)]
        kind = rng.randrange(6)
        if kind == 0:
            yield _flip(content, rng)
        elif kind == 1:
            yield _shuffle(content, rng)
        elif kind == 2:
            yield content[: len(content) * rng.randrange(1, 200) // 200]
        elif kind == 3:
            yield _splice(content, rng, pages)
        elif kind == 4:
            yield _swap(content, rng)
        else:
            yield _drop(content, rng)


@pytest.mark.parametrize("part", range(4))
def test_mutated_pages(part: int) -> None:
    for number, content in enumerate(mutants(5_000)):
        if number % 4 == part:
            check(content)


@pytest.mark.soak
def test_mutated_pages_long() -> None:
    for content in mutants(200_000):
        check(content)


@pytest.mark.shared
def test_every_truncation_of_real_pages(shared: Path) -> None:
    for file in sorted((shared / "pages" / "gb2312").glob("*.html")):
        content = file.read_bytes()
        for cut in range(1, 200, 4):
            check(content[: len(content) * cut // 200])


_TAGS = st.sampled_from("p div span td tr table br a h1 ul li section b font script style form x-y title meta img".split())
_TEXT = st.sampled_from(
    [
        "",
        " ",
        "新闻",
        "全镇粮食总产量稳定，比上年增长一成。",
        "来源：江阳日报",
        "2022-08-05 15:56",
        "&nbsp;",
        "&#x4e2d;",
        "<",
        ">",
        '"',
        "—",
        "\u202e",
        "𬭎",
    ]
)
_ATTRIBUTES = st.sampled_from(
    ["", ' class="content"', ' style="display:none"', ' id="zoom"', ' class="comment"', " hidden", ' title="a>b"', " x='", ' y="', " /"]
)
_OPENED = st.builds(lambda tag, attributes: f"<{tag}{attributes}>", _TAGS, _ATTRIBUTES)
_CLOSED = st.builds(lambda tag: f"</{tag}>", _TAGS)


@given(st.lists(st.one_of(_OPENED, _CLOSED, _TEXT, st.sampled_from(["<!--", "-->", "<![CDATA[", "<?", "<!DOCTYPE"])), max_size=120))
@settings(max_examples=400, deadline=None)
def test_any_sequence_of_tags(pieces: list[str]) -> None:
    check("".join(["<html><body>", *pieces]).encode())
