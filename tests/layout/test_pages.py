"""Articles over several web pages."""

from __future__ import annotations

from ljnews.layout import next_links
from ljnews.layout.read import read
from ljnews.records import Page
from tests.layout.sentences import sentences

URL = "http://www.lj.example/news/2022/0805/1234.html"
TEXTS = sentences(9)


def _page(number: int, pager: str) -> bytes:
    body = "".join(f"<p>　　{t}</p>" for t in TEXTS[number * 3 : number * 3 + 3])
    return f"<html><body><h1>全镇粮食总产量再创新高</h1><p>2022-08-05 来源：江阳日报</p><div class=content>{body}</div>{pager}</body></html>".encode()


NUMBERED = '<div class=page><b>1</b> <a href="1234_2.html">2</a> <a href="1234_3.html">3</a> <a href="1234_2.html">下一页</a> 共3页</div>'


def test_the_further_pages_are_named_in_order() -> None:
    page = Page(input="p", url=URL, content=_page(0, NUMBERED))
    assert next_links(page) == [URL.replace(".html", "_2.html"), URL.replace(".html", "_3.html")]


def test_a_single_next_link_is_enough() -> None:
    page = Page(input="p", url=URL, content=_page(0, '<p>1/4 <a href="/news/2022/0805/1234_2.html">[下一页]</a></p>'))
    assert next_links(page) == [URL.replace(".html", "_2.html")]


def test_pages_of_a_query_are_known() -> None:
    page = Page(input="p", url="http://www.lj.example/show.php?id=7", content=_page(0, '<a href="show.php?id=7&amp;page=2">下一页</a>'))
    assert next_links(page) == ["http://www.lj.example/show.php?id=7&page=2"]


def test_other_articles_are_no_further_pages() -> None:
    pager = '<p>下一篇：<a href="1235.html">老街改造</a> <a href="/news/list_2.html">下一页</a> <a href="javascript:void(0)">2</a></p>'
    assert next_links(Page(input="p", url=URL, content=_page(0, pager))) == []
    assert next_links(Page(input="p", url=URL, content=_page(0, ""))) == []


def test_given_pages_are_joined() -> None:
    article = read(Page(input="p", url=URL, content=_page(0, NUMBERED), more=[_page(1, NUMBERED), _page(2, NUMBERED)]))
    assert article.text.split("\n") == ["全镇粮食总产量再创新高", *TEXTS]
    assert article.pages == 3
    assert article.notes == []


def test_missing_pages_are_said() -> None:
    article = read(Page(input="p", url=URL, content=_page(0, NUMBERED)))
    assert article.pages == 1
    assert [note.code for note in article.notes] == ["pages_missing"]
    assert "3 web pages" in article.notes[0].message


def test_a_page_that_repeats_the_first_adds_nothing() -> None:
    article = read(Page(input="p", url=URL, content=_page(0, NUMBERED), more=[_page(0, NUMBERED)]))
    assert article.text.split("\n") == ["全镇粮食总产量再创新高", *TEXTS[:3]]


def test_a_tree_is_freed_with_its_last_reference() -> None:
    import gc
    import weakref

    from ljnews.layout import tree

    gc.disable()
    try:
        parsed = tree.parse("<body><p>一段正文，后面还有一句。</p><p>又一段<span>正文</span>。</p></body>")
        assert [block.runs for block in parsed.blocks]
        gone = weakref.ref(parsed)
        del parsed
        assert gone() is None
    finally:
        gc.enable()
