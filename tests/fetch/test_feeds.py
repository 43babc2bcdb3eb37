"""RSS, Atom, sitemaps as sites here serve them; and O2: XML that attacks ends typed or capped, within two seconds, reading nothing else."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ljnews.errors import FetchError, NotAPage, PageTooLarge
from ljnews.fetch import Settings, crawl, days
from ljnews.fetch.feeds import MAX_LINKS, is_feed, read_feed
from tests.fetch.papers import article
from tests.fetch.server import Reply, Request, Server, loopback

URL = "http://a.test/feed.xml"


def _links(body: bytes, **options: object) -> list[str]:
    return [entry.url for entry in read_feed(body, URL, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "gb18030"])
def test_feed_rss(charset: str) -> None:
    text = (
        f'<?xml version="1.0" encoding="{charset}"?><rss version="2.0"><channel><title>要闻</title><link>http://a.test/</link>'
        "<item><title><![CDATA[项目开工 & 建设]]></title><link>http://a.test/1.html</link><pubDate>Fri, 05 Aug 2022 08:00:00 +0800</pubDate></item>"
        '<item><title>二</title><guid isPermaLink="true">http://a.test/2.html</guid></item>'
        '<item><title>三</title><guid isPermaLink="false">abc</guid><link>/3.html?a=1&amp;b=2</link></item><item><title>无</title></item></channel></rss>'
    )
    found = read_feed(text.encode(charset), URL)
    assert [e.url for e in found] == ["http://a.test/1.html", "http://a.test/2.html", "http://a.test/3.html?a=1&b=2"]
    assert found[0].title == "项目开工 & 建设"
    assert days.in_feed(found[0].stamp) == date(2022, 8, 5)


def test_feed_atom() -> None:
    body = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>一</title>
      <link rel="self" href="http://a.test/api/1"/><link rel="alternate" href="http://a.test/1.html"/><id>urn:x</id><updated>2022-08-05T08:00:00+08:00</updated></entry>
      <entry><title>二</title><link href="2.html"/><published>2022-08-06</published></entry></feed>"""
    found = read_feed(body.encode(), URL)
    assert [(e.url, str(days.in_feed(e.stamp))) for e in found] == [
        ("http://a.test/1.html", "2022-08-05"),
        ("http://a.test/2.html", "2022-08-06"),
    ]


def test_feed_rdf_and_news_sitemap() -> None:
    rdf = b'<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/" xmlns:dc="d"><item rdf:about="x"><title>t</title><link>http://a.test/1</link><dc:date>2022-08-05</dc:date></item></rdf:RDF>'
    assert _links(rdf) == ["http://a.test/1"]
    news = b'<urlset xmlns="s" xmlns:news="n" xmlns:image="i"><url><loc>http://a.test/1</loc><image:image><image:loc>http://a.test/p.jpg</image:loc></image:image><news:news><news:publication_date>2022-08-05</news:publication_date><news:title>t</news:title></news:news></url></urlset>'
    found = read_feed(news, URL)
    assert [(e.url, e.stamp, e.title) for e in found] == [("http://a.test/1", "2022-08-05", "t")]


def test_sitemap_index_and_gzip_and_text() -> None:
    index = b"<sitemapindex><sitemap><loc>http://a.test/1.xml.gz</loc><lastmod>2022-08-05</lastmod></sitemap></sitemapindex>"
    assert [(e.url, e.feed) for e in read_feed(gzip.compress(index), URL)] == [("http://a.test/1.xml.gz", True)]
    assert _links(b"http://a.test/1\nhttp://a.test/2\nnot a url\n\n") == [
        "http://a.test/1",
        "http://a.test/2",
        "http://a.test/not%20a%20url",
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><item><title>a & b</title><link>http://a.test/1</link></item></channel></rss>",
        b"<rss><channel><item><title>a&nbsp;b</title><link>http://a.test/1</link></item></channel></rss>",
        b"<rss><channel><item><title>a\x0bb</title><link>http://a.test/1</link></item></channel></rss>",
        b"<rss><channel><item><link>http://a.test/1</link></item><item><link>http://a.test/2",
        b'\n\n  <?xml version="1.0"?><rss><channel><item><link> http://a.test/1 </link></item></channel></rss>',
        b'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://my.n.test/rss-0.91.dtd"><rss><channel><item><link>http://a.test/1</link></item></channel></rss>',
        '<?xml version="1.0" encoding="gb2312"?><rss><channel><item><title>朱镕基</title><link>http://a.test/1</link></item></channel></rss>'.encode(
            "gb18030"
        ),
        '<?xml version="1.0" encoding="utf-16"?><rss><channel><item><link>http://a.test/1</link></item></channel></rss>'.encode("utf-16"),
    ],
)
def test_feed_as_broken_as_they_come(body: bytes) -> None:
    assert "http://a.test/1" in _links(body)


# -- O2 --------------------------------------------------------------------------------------------------------------------

_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{("&a" + (str(n - 1) if n else "") + ";") * 10}">' for n in range(10))
    + "]>"
)
HOSTILE: dict[str, bytes] = {
    "billion laughs": (_LAUGHS + "<rss><item><link>&a9;</link></item></rss>").encode(),
    "quadratic": ('<!DOCTYPE r [<!ENTITY x "' + "x" * 100_000 + '">]><rss><item><link>' + "&x;" * 10_000 + "</link></item></rss>").encode(),
    "file": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><link>http://a.test/&x;</link></item></rss>',
    "network": b'<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:%d/x">]><rss><item><link>http://a.test/&x;</link></item></rss>',
    "parameter entity": b'<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:%d/x"> %x;]><rss><item><link>http://a.test/1</link></item></rss>',
    "utf-16 entity": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><link>http://a.test/&x;</link></item></rss>'.encode("utf-16"),
    "dtd over http": b'<!DOCTYPE r SYSTEM "http://127.0.0.1:%d/r.dtd"><rss><item><link>http://a.test/1</link></item></rss>',
    "xinclude": b'<rss xmlns:xi="http://www.w3.org/2001/XInclude"><item><link>http://a.test/1</link><xi:include href="file:///etc/passwd" parse="text"/></item></rss>',
    "stylesheet": b'<?xml-stylesheet href="http://127.0.0.1:%d/s.xsl" type="text/xsl"?><rss><item><link>http://a.test/1</link></item></rss>',
    "depth": b"<rss>" + b"<a>" * 100_000,
    "depth closed": b"<rss>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</rss>",
    "attributes": b"<rss><item " + b" ".join(b"a%d='x'" % n for n in range(100_000)) + b"><link>http://a.test/1</link></item></rss>",
    "long name": b"<rss><" + b"a" * 5_000_000 + b"/></rss>",
    "comments": b"<rss>" + b"<!--" * 500_000 + b"</rss>",
    "not xml": b"\x00\xff" * 50_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_feed_hostile_xml_ends_within_two_seconds(name: str, serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch) -> None:
    server = serve(lambda r: Reply(b"<!ENTITY leaked 'yes'>"))
    body = HOSTILE[name].replace(b"%d", str(server.port).encode())
    tracemalloc.start()
    started = time.monotonic()
    try:
        found = _links(body)
    except FetchError:
        found = []
    took, (_, peak) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 2.0
    assert peak < 64 << 20
    assert server.connections == 0, "the network was read"
    assert not [u for u in found if "root:" in u or "root%3A" in u or "xxxx" in u or "haha" in u]


def test_feed_a_million_links_are_capped() -> None:
    body = b"<urlset>" + b"".join(b"<url><loc>http://a.test/%d</loc></url>" % n for n in range(250_000)) * 4 + b"</urlset>"
    started = time.process_time()
    assert len(read_feed(body, URL)) == MAX_LINKS
    assert time.process_time() - started < 2.0


def test_feed_gzip_bomb_ends_at_the_cap() -> None:
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(engine.compress(bytes(1 << 20)) for _ in range(60)) + engine.flush()
    with pytest.raises(PageTooLarge):
        read_feed(bomb, URL, cap=10 << 20)
    with pytest.raises(NotAPage):
        read_feed(b"\x1f\x8bnot gzip", URL)


def test_feed_is_told_from_a_page() -> None:
    assert is_feed(b'<?xml version="1.0"?><rss>')
    assert is_feed(b"<urlset>")
    assert not is_feed(b"<html><body><rssx>")


def test_feed_since_and_changes_in_a_crawl(settings: Callable[..., Settings], serve: Callable[..., Server], tmp_path: Path) -> None:
    """`--since` leaves older entries out; a later lastmod brings a page again, and only that one."""
    stamps = {1: "2022-08-01", 2: "2022-08-05", 3: "2022-08-06", 4: "2020-01-01"}
    versions = dict.fromkeys(stamps, 0)

    def app(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(b"", 404)
        if request.path == "/map.xml":
            rows = "".join(
                f"<url><loc>http://{request.headers['host']}/a/{n}.html</loc><lastmod>{s}</lastmod></url>" for n, s in stamps.items()
            )
            return Reply(f"<urlset>{rows}<url><loc>http://other.example/x.html</loc></url></urlset>".encode(), type="text/xml")
        n = int(request.path[3:-5])
        return Reply(article(f"{n}/{versions[n]}", day=date(2022, 8, 5)))

    server = serve(app)

    def run():
        return crawl(server.url("a.test", "/map.xml"), out=tmp_path / "out", settings=settings(), resolver=loopback, since=date(2022, 8, 1))

    assert run().new == 3
    assert "/a/4.html" not in server.asked()
    assert not server.asked("other.example")
    stamps[2], versions[2] = "2022-08-09", 1
    second = run()
    assert (second.new, second.changed) == (0, 1)
    assert server.asked().count("/a/2.html") == 2
    assert server.asked().count("/a/1.html") == 1
