"""What an answer really is: walls, shells, logins, missing pages become typed failures; short and odd articles stay articles."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest

from ljnews.errors import Blocked, FetchError, FetchFailed, LoginRequired, NeedsBrowser, PageMissing
from ljnews.fetch import Settings, fetch_page
from ljnews.fetch.classify import pointed_to, problem_of
from ljnews.fetch.session import Answer
from tests.fetch.papers import article
from tests.fetch.server import Reply, Server, loopback

URL = "http://a.test/xw/1.html"


def _answer(body: str | bytes, status: int = 200, url: str = URL, **headers: str) -> Answer:
    raw = body if isinstance(body, bytes) else body.encode()
    told = {"content-type": "text/html", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return Answer(url, status, "", tuple(told.items()), raw)


WALLS: list[tuple[str, Answer, type[FetchError]]] = [
    ("412", _answer("<script>$_ts=window['$_ts'];</script>", 412), Blocked),
    ("412 empty", _answer("", 412), Blocked),
    ("521", _answer("<script>document.cookie=('_')+('_')+('jsl_clearance')</script>", 521), Blocked),
    ("403", _answer("<h1>403 Forbidden</h1>", 403), Blocked),
    (
        "ruishu with 200",
        _answer(
            '<html><head><meta id="x" content="abc"><script>$_ts=window[\'$_ts\'];if(!$_ts)$_ts={};$_ts.nsd=1;</script></head><body></body></html>'
        ),
        Blocked,
    ),
    ("jiasule with 200", _answer("<script>document.cookie='__jsl_clearance_s=1|-1|x';location.href=location.pathname</script>"), Blocked),
    ("aliyun", _answer("<html><script>var arg1='A1B2';function setCookie(){document.cookie='acw_sc__v2='+x}</script></html>"), Blocked),
    (
        "wangzhanweishi",
        _answer("<html><body><script>var dynamicurl='/WZWSRELw==';function wzwschallenge(){}</script></body></html>"),
        Blocked,
    ),
    (
        "yunsuo",
        _answer(
            '<script>document.cookie="srcurl=1";window.location="/?security_verify_data=31"</script><script>var yunsuo_session_verify</script>'
        ),
        Blocked,
    ),
    ("cookie and reload", _answer("<html><script>document.cookie='a=1';location.reload();</script></html>"), Blocked),
    ("cloudflare", _answer("<title>Just a moment...</title><body>Checking your browser</body>", 503), Blocked),
    ("anquangou", _answer("<title>网站防火墙</title><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p>"), Blocked),
    ("gbk firewall", _answer("<p>您的请求可能存在威胁，已被拦截</p>".encode("gbk")), Blocked),
    ("weixin", _answer("<p>环境异常</p><p>当前环境异常，完成验证后即可继续访问。</p><a>去验证</a>"), Blocked),
    ("too often", _answer("<p>您的访问过于频繁，请稍后再试</p>"), Blocked),
    (
        "vue shell",
        _answer(
            '<!DOCTYPE html><html><head><title>融媒</title></head><body><noscript>We\'re sorry but this doesn\'t work properly without JavaScript enabled.</noscript><div id="app"></div><script src="/js/app.js"></script></body></html>'
        ),
        NeedsBrowser,
    ),
    ("react shell", _answer('<html><body><div id="root"></div><script src="/static/main.js"></script></body></html>'), NeedsBrowser),
    (
        "nuxt shell",
        _answer('<html><body><div id="__nuxt"><div class="spinner"></div></div><script src="/_nuxt/x.js"></script></body></html>'),
        NeedsBrowser,
    ),
    (
        "please enable",
        _answer("<html><body><noscript>请开启JavaScript</noscript><script>render()</script>请启用脚本</body></html>"),
        NeedsBrowser,
    ),
    ("only scripts", _answer("<html><head><script>var a=1;</script></head><body><script>boot()</script></body></html>"), NeedsBrowser),
    ("401", _answer("", 401), LoginRequired),
    ("407", _answer("", 407), LoginRequired),
    ("login page", _answer('<title>登录</title><form>账号<input name=u>密码<input type="password" name=p></form>'), LoginRequired),
    ("404", _answer("<h1>Not Found</h1>", 404), PageMissing),
    ("410", _answer("", 410), PageMissing),
    ("soft 404", _answer("<title>404 错误</title><p>您访问的页面不存在</p>"), PageMissing),
    ("deleted", _answer("<title>提示</title><p>该内容已被删除</p><p>信息不存在</p>"), PageMissing),
    ("500", _answer("<h1>Server Error</h1>", 500), FetchFailed),
    ("502", _answer("", 502), FetchFailed),
    ("empty", _answer(""), FetchFailed),
    ("blank", _answer(" \r\n\t "), FetchFailed),
]


@pytest.mark.parametrize(("name", "answer", "error"), WALLS, ids=[w[0] for w in WALLS])
def test_classify_walls(name: str, answer: Answer, error: type[FetchError]) -> None:
    problem = problem_of(answer)
    assert type(problem) is error
    assert "http://a.test" in problem.message
    assert error in (PageMissing, FetchFailed) or "browser" in problem.message


_LONG = "".join(f"<p>{s}</p>" for s in ("全市重点项目建设现场推进会在清溪召开，市委书记讲话。",) * 9)
FINE = {
    "article": _answer(article("好文章", day=date(2022, 8, 5))),
    "gbk article": _answer(article("好文章", day=date(2022, 8, 5), charset="gb2312")),
    "short notice": _answer("<html><h1>停水公告</h1><p>因管网检修，8月5日8时至18时，清溪路沿线停水，请用户储水备用。清溪区水务局。</p></html>"),
    "picture page": _answer('<html><h1>图说</h1><img src="1.jpg"><p>昨日的清溪。</p><script>x()</script></html>'),
    "about 404": _answer(f"<title>404名新兵启程</title>{_LONG}"),
    "number 404": _answer("<title>清溪产业园（14048）</title><p>" + "清溪产业园开工，投资四百零四万元。" * 4 + "</p>"),
    "about passwords": _answer(f"<title>如何设置密码</title>{_LONG}<form>登录<input type=password></form>"),
    "about firewalls": _answer(f"<title>网站防火墙知识</title>{_LONG * 4}<p>访问被拦截怎么办</p>"),
    "server-rendered app": _answer(f'<div id="app"><h1>新闻</h1>{_LONG}</div><script src="app.js"></script>'),
    "feed": _answer('<?xml version="1.0"?><rss><channel></channel></rss>', content_type="text/xml"),
    "304": _answer("", 304),
}  # fmt: skip


@pytest.mark.parametrize("name", FINE)
def test_classify_pages_stay_pages(name: str) -> None:
    assert problem_of(FINE[name]) is None


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ('<META HTTP-EQUIV="REFRESH" CONTENT="0; URL=html/2022-08/05/node_1.htm">', "http://a.test/xw/html/2022-08/05/node_1.htm"),
        ("<meta http-equiv=refresh content='1;url=/b.html'>", "http://a.test/b.html"),
        ('<meta content="0;URL=\'/c.html\'" http-equiv="refresh">', "http://a.test/c.html"),
        ('<meta http-equiv="refresh" content="3,url=/d.html?a=1&amp;b=2">', "http://a.test/d.html?a=1&b=2"),
        ("<script>window.location.href='index_1.htm';</script>", "http://a.test/xw/index_1.htm"),
        ('<script>location.replace("/e.html")</script>', "http://a.test/e.html"),
        ('<script>top.location = "http://b.test/f.html";</script>', "http://b.test/f.html"),
        ('<meta http-equiv="refresh" content="600">' + _LONG, None),
        ('<meta http-equiv="refresh" content="0;url=/x.html">' + _LONG, None),
        ('<meta http-equiv="refresh" content="300;url=/x.html">', None),
        ('<!-- <meta http-equiv="refresh" content="0;url=/x.html"> -->', None),
        ("<script>if (a) location.href='/1.html'; else location.href='/2.html'</script>", None),
        ('<meta http-equiv="refresh" content="0;url=javascript:alert(1)">', None),
    ],
)
def test_classify_pages_that_only_point_elsewhere(body: str, target: str | None) -> None:
    assert pointed_to(_answer(body)) == target


@pytest.mark.parametrize(
    "body",
    [
        b"<!--" * 300_000,
        b"<script" * 200_000,
        b"<a " * 300_000,
        b"<" * 1_000_000,
        b"<meta " * 200_000,
        b"<title>" * 200_000,
        b"<input " * 200_000,
        b"location = '" * 100_000,
        b"content=" * 200_000,
    ],
)
def test_classify_is_linear(body: bytes) -> None:
    started = time.process_time()
    problem_of(_answer(body))
    pointed_to(_answer(body))
    assert time.process_time() - started < 2.0


def test_fetch_page_never_gives_an_empty_page(settings: Callable[..., Settings], serve: Callable[..., Server]) -> None:
    """The one page that `ljnews extract URL` reads: further pages joined, or a typed error."""
    day = date(2022, 8, 5)
    pages = {
        "/a.html": article("首页", day=day, extra='<a href="a_2.html">2</a><a href="a_3.html">3</a><a href="a_2.html">下一页</a><a href="b.html">下一篇</a>'),
        "/a_2.html": article("二", day=day), "/a_3.html": article("三", day=day),
    }  # fmt: skip
    server = serve(
        lambda r: (
            Reply(pages[r.path])
            if r.path in pages
            else Reply(b'<div id="app"></div><script></script>')
            if r.path == "/shell"
            else Reply(b"", 404)
        )
    )
    page = fetch_page(server.url("a.test", "/a.html"), settings=settings(), resolver=loopback)
    assert page.content == pages["/a.html"]
    assert page.more == [pages["/a_2.html"], pages["/a_3.html"]]
    with pytest.raises(NeedsBrowser):
        fetch_page(server.url("a.test", "/shell"), settings=settings(), resolver=loopback)
    with pytest.raises(PageMissing):
        fetch_page(server.url("a.test", "/none"), settings=settings(), resolver=loopback)
