"""Lists: links with their days, next pages, further lists, each CMS family as its pages are; hostile pages end typed."""

from __future__ import annotations

import time
from datetime import date

import pytest

from ljnews.errors import NotAPage
from ljnews.fetch import days, urls
from ljnews.fetch.listing import read_listing, same_site
from ljnews.fetch.markup import charset_of, is_tame, links
from ljnews.fetch.paging import article_pages
from ljnews.sites.loader import Listing, families

TODAY = date(2022, 9, 1)

#: (family, page URL, markup, articles, lists, next page); markup as these CMSs write it, about invented places.
FAMILY_PAGES: list[tuple[str, str, str, list[str], list[str], str | None]] = [
    (
        "asp_table", "http://qx.test/news/list.asp?lm=3",
        '<table width="760" border=0><tr><td>·<A HREF="show.asp?id=812" target=_blank title="清溪大桥合龙">清溪大桥合…</A></td><td>2022-8-5</td></tr>'
        '<tr><td><a href="/news/ReadNews.asp?NewsID=811&lm=3">水库除险加固开工</a></td></tr><tr><td><a href=\'Article_Show.aspx?ArticleID=810\'>职教中心招标</a></td></tr>'
        '<tr><td><a href="/admin/login.asp?id=1">管理</a> <a href="list.asp?lm=3&page=2">下一页</a> <a href="list.asp?lm=3&page=9">尾页</a></td></tr></table>',
        ["/news/show.asp?id=812", "/news/ReadNews.asp?NewsID=811&lm=3", "/news/Article_Show.aspx?ArticleID=810"], [], "/news/list.asp?lm=3&page=2",
    ),
    (
        "founder", "http://epaper.qx.test/html/2022-08/05/node_1.htm",
        '<table id="bmdhTable"><tr><td><a id=pageLink href=./node_1.htm>第A01版：头版</a></td></tr><tr><td><a id=pageLink href=./node_2.htm>第A02版：要闻</a></td></tr></table>'
        '<area coords="1,2,3" href="content_1001.htm"><ul><li><a href="content_1001.htm"><script>document.write(view("清溪大桥合龙"))</script></a></li>'
        '<li><a href="content_1002.htm?div=-1">水库除险加固开工</a></li></ul><a href="../../2022-08/04/node_1.htm">上一期</a>',
        ["/html/2022-08/05/content_1001.htm", "/html/2022-08/05/content_1002.htm?div=-1"],
        ["/html/2022-08/05/node_2.htm", "/html/2022-08/04/node_1.htm"], None,
    ),
    (
        "epaper_pc", "http://szb.qx.test/pc/layout/202208/05/node_01.html",
        '<div class="nav-list"><a href="node_02.html">02版：综合</a></div><ul class="news-list"><li><a href="../../../content/202208/05/content_45001.html">清溪大桥合龙</a></li>'
        '<li><a href="../../../con/202208/05/c45002.html">水库开工</a></li></ul><a href="../../../att/202208/05/a.pdf">PDF</a>',
        ["/pc/content/202208/05/content_45001.html", "/pc/con/202208/05/c45002.html"], ["/pc/layout/202208/05/node_02.html"], None,
    ),
    (
        "digital_paper", "http://paper.qx.test/shtml/qxrb/20220805/v1.shtml",
        '<a href="/shtml/qxrb/20220805/v2.shtml">A2版</a><a href="/shtml/qxrb/20220805/45001.shtml">清溪大桥合龙</a><a href="/html/2022/08/05/A01/A01_12.htm">水库</a>'
        '<a href="/shtml/qxrb/20220805/p1.jpg">版面图</a>',
        ["/shtml/qxrb/20220805/45001.shtml", "/html/2022/08/05/A01/A01_12.htm"], ["/shtml/qxrb/20220805/v2.shtml"], None,
    ),
    (
        "trs", "http://www.qx.test/xwzx/zwyw/",
        '<ul class="list"><li><a href="./202208/t20220805_1234567.html" title="清溪大桥合龙">清溪大桥合龙</a><span>2022-08-05</span></li>'
        '<li><a href="../bmdt/202208/t20220804_1234566.html">水库开工</a><span>2022-08-04</span></li><li><a href="./202208/t20220804_1234566_ext.html">x</a></li></ul>'
        '<script>createPageHTML(50, 0, "index", "html");</script>',
        ["/xwzx/zwyw/202208/t20220805_1234567.html", "/xwzx/bmdt/202208/t20220804_1234566.html"], [], "/xwzx/zwyw/index_1.html",
    ),
    (
        "trs", "http://www.qx.test/xwzx/zwyw/index_48.html",
        "<a href='./202001/t20200105_1.html'>旧闻一则</a><script language=javascript>createPageHTML(50,48,'index','html',1000);</script>",
        ["/xwzx/zwyw/202001/t20200105_1.html"], [], "/xwzx/zwyw/index_49.html",
    ),
    ("trs", "http://www.qx.test/xwzx/zwyw/index_49.html", '<a href="./202001/t20200104_1.html">最旧</a><script>createPageHTML(50,49,"index","html");</script>',
     ["/xwzx/zwyw/202001/t20200104_1.html"], [], None),
    (
        "gov_portal", "http://www.qx.gov.test/zwgk/index.html",
        '<ul><li><a href="/zwgk/content/post_3912345.html">关于清溪大桥的公告</a><em>2022-08-05</em></li><li><a href="../202208/9f86d081884c7d659a2feaa0c55ad015.shtml">通知</a></li>'
        '<li><a href="/ztzl/index.html">专题</a></li></ul><script>createPageHTML(\'12\', 0, "index", "html")</script>',
        ["/zwgk/content/post_3912345.html", "/202208/9f86d081884c7d659a2feaa0c55ad015.shtml"], [], "/zwgk/index_1.html",
    ),
    (
        "dede", "http://www.qx.test/a/xinwen/",
        '<ul class="e2"><li>[<b><a href="/a/yaowen/">要闻</a></b>] <a href="/a/xinwen/2022/0805/4812.html" class="title">清溪大桥合龙</a><span class="info">2022-08-05</span></li>'
        '<li><a href="/plus/view.php?aid=4811">水库开工</a></li></ul><ul class="pagelist"><li><a href="list_1_2.html">2</a></li><li><a href=\'list_1_2.html\'>下一页</a></li><li><a href="list_1_9.html">末页</a></li></ul>',
        ["/a/xinwen/2022/0805/4812.html", "/plus/view.php?aid=4811"], [], "/a/xinwen/list_1_2.html",
    ),
    (
        "phpcms", "http://www.qx.test/index.php?m=content&c=index&a=lists&catid=6",
        '<ul class="list lh24 f14"><li><span class="rt">2022-08-05 09:12:00</span>·<a href="http://www.qx.test/2022/0805/4812.html" target="_blank">清溪大桥合龙</a></li>'
        '<li><a href="index.php?m=content&c=index&a=show&catid=6&id=4811">水库开工</a></li><li><a href="/show-6-4810-1.html">职教中心</a></li></ul>'
        '<div id="pages"><a class="a1">120条</a> <a href="/index.php?m=content&c=index&a=lists&catid=6&page=0" class="a1">上一页</a> <span>1</span>'
        '<a href="/index.php?m=content&c=index&a=lists&catid=6&page=2">2</a> <a href="/index.php?m=content&c=index&a=lists&catid=6&page=2" class="a1">下一页</a></div>',
        ["/2022/0805/4812.html", "/index.php?m=content&c=index&a=show&catid=6&id=4811", "/show-6-4810-1.html"], [],
        "/index.php?m=content&c=index&a=lists&catid=6&page=2",
    ),
    (
        "jcms", "http://www.qx.gov.test/col/col1234/index.html",
        '<div id="1"><script type="text/xml"><datastore><nextgroup></nextgroup><recordset><record><![CDATA[<li><a href="http://www.qx.gov.test/art/2022/8/5/art_1234_56789.html" title=\'清溪大桥合龙\'>'
        "清溪大桥合龙</a><span>2022-08-05</span></li>]]></record><record><![CDATA[<li><a href='/art/2022/8/4/art_1234_56788.html'>水库开工</a></li>]]></record></recordset></datastore></script></div>",
        ["/art/2022/8/5/art_1234_56789.html", "/art/2022/8/4/art_1234_56788.html"], [], None,
    ),
    (
        "mobile", "http://m.qx.test/list?page=1",
        '<div class="card"><a href="/c/2022-08-05/4812.shtml"><h3>清溪大桥合龙</h3><img src="1.jpg"></a></div><div class="card"><a href="/wap/news/4811.html"><h3>水库开工</h3></a></div>'
        '<a class="more" href="/list?page=2">下一页</a><a href="/about/index.html">关于</a>',
        ["/c/2022-08-05/4812.shtml", "/wap/news/4811.html"], [], "/list?page=2",
    ),
    (
        "ucap", "http://www.qx.gov.test/xwzx/zwyw/list.shtml",
        '<ul><li><a href="/xwzx/zwyw/content_48120">清溪大桥合龙</a><span>08-05</span></li><li><a href="/qxq/c100123/202208/4811aa.shtml">水库开工</a></li></ul><a href="list_2.shtml">下一页</a>',
        ["/xwzx/zwyw/content_48120", "/qxq/c100123/202208/4811aa.shtml"], [], "/xwzx/zwyw/list_2.shtml",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("family", "url", "markup", "articles", "lists", "following"), FAMILY_PAGES, ids=[f"{f[0]}-{i}" for i, f in enumerate(FAMILY_PAGES)]
)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_listing_of_every_family(
    family: str, url: str, markup: str, articles: list[str], lists: list[str], following: str | None, charset: str
) -> None:
    known = families()
    page = read_listing(f"<html><body>{markup}</body></html>".encode(charset), url, known[family].listing, today=TODAY)
    base = url.split("/", 3)
    shown = lambda u: u.replace("/".join(base[:3]), "")  # noqa: E731
    assert [shown(i.url) for i in page.items] == articles
    assert [shown(u) for u in page.lists] == lists
    assert [shown(u) for u in page.next] == ([following] if following else [])


def test_listing_families_are_eight_and_more() -> None:
    listed = {name for name, family in families().items() if family.listing is not None}
    assert listed >= {"asp_table", "founder", "epaper_pc", "digital_paper", "trs", "gov_portal", "dede", "phpcms", "jcms", "mobile"}
    assert listed >= {f[0] for f in FAMILY_PAGES}


def test_listing_titles_and_days() -> None:
    """The title attribute is whole where the words are cut; the day comes from URL or entry."""
    markup = """<ul class="l"><li><a href="/n/1001.html" title="清溪区重点项目集中开工仪式举行">清溪区重点项目集中…</a><span>[08-05]</span></li>
      <li><span>2022年7月31日</span><a href="/n/1000.html">水库除险加固工程通过验收</a></li><li><a href="/2022/0730/999.html">去年回顾 2021-12-31</a></li></ul>"""
    page = read_listing(markup.encode(), "http://a.test/", Listing(item="ul.l li", links=("ul.l li a",), date="span"), today=TODAY)
    assert [(i.title, i.day) for i in page.items] == [
        ("清溪区重点项目集中开工仪式举行", date(2022, 8, 5)), ("水库除险加固工程通过验收", date(2022, 7, 31)), ("去年回顾 2021-12-31", date(2022, 7, 30)),
    ]  # fmt: skip
    loose = read_listing(markup.encode(), "http://a.test/", Listing(links=("ul.l a",)), today=TODAY)
    assert [i.day for i in loose.items] == [date(2022, 8, 5), date(2022, 7, 31), date(2022, 7, 30)]


def test_listing_without_rules_takes_what_looks_like_articles() -> None:
    markup = """<a href="/">首页</a><a href="/about.html">关于我们的网站</a><a href="/xw/20220805/1234.html">清溪大桥正式合龙</a><a href="/xw/5678.html">短</a>
      <a href="http://else.example/20220805/1.html">别的网站的一条新闻</a><a href="/upload/20220805/a.pdf">关于招标的公告全文</a><a href="javascript:void(0)">点击这里看更多</a>
      <a href="show.php?id=99">水库除险加固工程开工</a><a href="/xw/list.html">更多新闻请点这里</a><a href="index_2.html">下一页</a>"""
    page = read_listing(markup.encode(), "http://a.test/xw/")
    assert [i.url for i in page.items] == ["http://a.test/xw/20220805/1234.html", "http://a.test/xw/show.php?id=99"]
    assert page.next == ["http://a.test/xw/index_2.html"]


def test_listing_counted_pages_and_skip() -> None:
    rules = Listing(match=r"/n/\d+", skip="/n/9", page="p_{n}.html", page_first=1, page_count=r"共(\d+)页")
    markup = '<a href="/n/1.html">甲</a><a href="/n/9.html">乙</a> 共3页'
    for number, following in ((1, ["http://a.test/p_1.html"]), (2, ["http://a.test/p_2.html"]), (3, [])):
        page = read_listing(markup.encode(), "http://a.test/", rules, page=number)
        assert [i.url for i in page.items] == ["http://a.test/n/1.html"]
        assert page.next == following


@pytest.mark.parametrize(
    ("href", "base", "charset", "target"),
    [
        ("a.html", "http://a.test/x/y.html", "utf-8", "http://a.test/x/a.html"), ("../a.html", "http://a.test/x/y/", "utf-8", "http://a.test/x/a.html"),
        ("../../../a.html", "http://a.test/x/", "utf-8", "http://a.test/a.html"), ("//b.test/a", "http://a.test/", "utf-8", "http://b.test/a"),
        ("?page=2", "http://a.test/l.asp?page=1", "utf-8", "http://a.test/l.asp?page=2"), ("#top", "http://a.test/", "utf-8", None),
        ("mailto:x@a.test", "http://a.test/", "utf-8", None), ("JavaScript:void(0)", "http://a.test/", "utf-8", None), ("", "http://a.test/", "utf-8", None),
        (" a.html\n", "http://a.test/", "utf-8", "http://a.test/a.html"), ("a\tb.html", "http://a.test/", "utf-8", "http://a.test/ab.html"),
        ("\\x\\a.html", "http://a.test/", "utf-8", "http://a.test/x/a.html"), ("新闻/甲.html", "http://a.test/", "gb18030", "http://a.test/%E6%96%B0%E9%97%BB/%E7%94%B2.html"),
        ("s.asp?k=新闻", "http://a.test/", "gb18030", "http://a.test/s.asp?k=%D0%C2%CE%C5"), ("s.asp?k=新闻", "http://a.test/", "utf-8", "http://a.test/s.asp?k=%E6%96%B0%E9%97%BB"),
        ("http://清溪.test/a", "http://a.test/", "utf-8", "http://xn--8ws55k.test/a"), ("http://[::1", "http://a.test/", "utf-8", None),
        ("HTTP://A.TEST:80/x", "http://b.test/", "utf-8", "http://a.test/x"), ("a b.html", "http://a.test/", "utf-8", "http://a.test/a%20b.html"),
    ],
)  # fmt: skip
def test_links_are_resolved_as_browsers_do(href: str, base: str, charset: str, target: str | None) -> None:
    found = urls.resolve(base, href, charset)
    assert found == target or (target and "xn--" in target and found is not None and found.startswith("http://xn--"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("http://a.test/html/2022-08/05/content_1.htm", "2022-08-05"), ("http://a.test/xw/202208/t20220805_123.html", "2022-08-05"),
        ("http://a.test/art/2022/8/5/art_1_2.html", "2022-08-05"), ("http://a.test/2022/0805/1.html", "2022-08-05"), ("http://a.test/pc/con/202208/05/c1.html", "2022-08-05"),
        ("http://a.test/20220805/1.html", "2022-08-05"), ("http://a.test/a/20221399/1.html", None), ("http://a.test/show.asp?id=20229", None),
        ("http://a.test/content/12345678.html", None), ("http://2022-08-05.test/a.html", None), ("http://a.test/1999/12/31/a.html", "1999-12-31"),
    ],
)  # fmt: skip
def test_days_in_urls(text: str, day: str | None) -> None:
    found = days.in_url(text)
    assert (str(found) if found else None) == day


@pytest.mark.parametrize(
    ("own", "markup", "pages"),
    [
        ("http://a.test/n/5.html", '<a href="5_2.html">2</a><a href="5_3.html">[3]</a><a href="5_2.html">下一页</a>', ["5_2.html", "5_3.html"]),
        ("http://a.test/n/t20220805_9.html", '<script>createPageHTML(3,0,"t20220805_9","html")</script>', ["t20220805_9_1.html", "t20220805_9_2.html"]),
        ("http://a.test/n/t20220805_9.html", '<a href="t20220805_10.html">下一篇</a><a href="t20220804_8.html">2</a>', []),
        ("http://a.test/n/show.php?id=5", '<a href="?id=5&page=2">第2页</a><a href="?id=5&page=2">下页</a><a href="?id=6&page=2">2</a>', ["show.php?id=5&page=2"]),
        ("http://a.test/n/5_1.html", '<a href="5_2.html">下一页</a><a href="5_1.html">1</a>', ["5_2.html"]),
        ("http://a.test/n/5-1.shtml", '<a href="5-2.shtml">2</a>', ["5-2.shtml"]),
        ("http://a.test/n/5.html", '<a href="6.html">下一页</a><a href="index_2.html">2</a>', []),
        ("http://a.test/n/content_100.htm", '<a href="content_101.htm">2</a><a href="content_101.htm">下一页</a>', []),
        ("http://a.test/n/5.html", '<a href="/m/5_2.html">2</a><a href="http://b.test/n/5_2.html">2</a>', []),
        ("http://a.test/n/5.html", '<a href="5_2.html">评论</a><a href="5_2.html">2022</a>', []),
    ],
)  # fmt: skip
def test_further_pages_of_an_article(own: str, markup: str, pages: list[str]) -> None:
    assert [u.rsplit("/", 1)[1] for u in article_pages(markup, own)] == pages


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://www.qx.gov.cn/", "http://xw.qx.gov.cn/", True), ("http://www.qx.gov.cn/", "http://www.other.gov.cn/", False), ("http://a.com/", "http://b.com/", False),
        ("http://a.example.com/", "http://b.example.com/", True), ("http://127.0.0.1/", "http://127.0.0.2/", False), ("http://www.ncnews.com.cn/", "http://epaper.ncnews.com.cn/", True),
        ("http://x.sc.cn/", "http://y.sc.cn/", False),
    ],
)  # fmt: skip
def test_same_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


def test_charset_of_pages() -> None:
    text = "<meta charset=gb2312>南充市镕𬭎"
    assert charset_of(text.encode("gb18030")) == "gb18030"
    assert charset_of(text.encode("utf-8")) == "utf-8"
    assert charset_of(text.encode("utf-16")) == "utf-16"
    assert charset_of("臺灣".encode("big5"), "text/html; charset=big5") == "big5"
    assert charset_of(b"\xff\xfa", "text/html; charset=nonsense") == "gb18030" or charset_of(b"\xff\xfa") == "utf-8"


HOSTILE = {
    "attributes": b"<a " + b" ".join(b"a%d=x" % n for n in range(100_000)) + b">", "depth": b"<div>" * 50_000, "tags": b"<p>x</p>" * 100_000,
    "open": b"<a " * 300_000, "anchors": b'<a href="/1.html">' * 100_000, "anchors cut": b"<a href='" * 200_000, "angle": b"<" * 1_000_000,
    "script pager": b"createPageHTML(" * 100_000, "one line": b'<a href="/n/1.html">' + b"x" * 4_000_000, "quotes": b'<a href="' + b"x" * 3_000_000,
    "base": b"<base " * 100_000, "refs": b"&#" * 1_000_000, "spaces": b'<a href="/1.html">' + b" " * 3_000_000 + b"</a>",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("rules", [None, Listing(links=("ul li a",), item="li", next=("a.next",))], ids=["plain", "selectors"])
def test_listing_hostile_pages_end_typed_and_soon(name: str, rules: Listing | None) -> None:
    started = time.process_time()
    try:
        page = read_listing(HOSTILE[name], "http://a.test/", rules)
        assert len(page.items) <= 2000
        article_pages(HOSTILE[name].decode("latin-1"), "http://a.test/1.html")
    except NotAPage:
        assert not is_tame(HOSTILE[name])
    assert time.process_time() - started < 3.0


def test_links_in_source_are_found_in_scripts_and_comments_and_with_any_quotes() -> None:
    text = """<a href='/1.html' title='甲'>一</a><A target=_blank HREF=/2.html>二</A><![CDATA[<a href="/3.html">三</a>]]><a href="/4.html"><b>四</b></a><a name=x>五</a>"""
    assert [(link.url[-6:], link.text, link.title) for link in links(text, "http://a.test/")] == [
        ("1.html", "一", "甲"), ("2.html", "二", ""), ("3.html", "三", ""), ("4.html", "四", ""),
    ]  # fmt: skip
