"""Six papers of invented places, as six CMSs would serve them: what is listed, how pages follow, what is odd. Articles are made by rule."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from datetime import date, timedelta
from email.utils import formatdate

from tests.fetch.server import Reply, Request

_PLACES = "清溪 临江 云岭 石门 双河 安平 东源 永宁 金沙 桂林坝 白塔 松柏".split()
_WORKS = "污水处理厂 产业园 环线公路 安置小区 职教中心 物流港 体育公园 水库除险 农贸市场 光伏电站 智慧停车场 中医院".split()
_DOINGS = "开工建设 通过验收 进入扫尾 完成招标 主体封顶 启动征地 投入试运行 完成勘测".split()
#: Articles of eighty days up to today: dated e-papers are asked for by day.
FIRST_DAY = date.today() - timedelta(days=79)


def sentences(seed: str, count: int = 9) -> list[str]:
    """Sentences that no other seed has."""
    made = []
    for n in range(count):
        h = hashlib.sha256(f"{seed}/{n}".encode()).digest()
        place, work, doing = _PLACES[h[0] % 12], _WORKS[h[1] % 12], _DOINGS[h[2] % 8]
        made.append(
            f"{place}区{work}{doing}，第{h[3]}号标段完成投资{h[4] + h[5]}万元，占年度计划的{h[6] % 100}%，参建工人{h[7] + 20}名，编号{h[8:11].hex()}。"
        )
    return made


def title(seed: str) -> str:
    h = hashlib.sha256(seed.encode()).digest()
    return f"{_PLACES[h[0] % 12]}{_WORKS[h[1] % 12]}{_DOINGS[h[2] % 8]}（{h[3] * 256 + h[4]}）"


def article(seed: str, *, day: date, extra: str = "", charset: str = "utf-8", name: str = "") -> bytes:
    """A page with one article."""
    paragraphs = "".join(f"<p>　　{s}</p>\n" for s in sentences(seed))
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>{title(seed)}-{name}</title></head>'
        f'<body><div class="nav"><a href="/">首页</a> <a href="/about.html">关于我们</a></div><h1>{title(seed)}</h1>'
        f'<div class="info">{day} 09:30:00 来源：{name}</div><div id="content">{paragraphs}</div>{extra}'
        f"<div>版权所有：{name}，未经授权不得转载本站的任何内容。</div></body></html>"
    )
    return page.encode("gb18030" if charset.startswith("gb") else charset)


def _day(n: int) -> date:
    return FIRST_DAY + timedelta(days=n % 80)


class Paper:
    """One paper: `size` articles, `answers(request)`."""

    host = ""
    size_of_page = 20

    def __init__(self, size: int) -> None:
        self.size = size
        self.gone: set[int] = set()
        self.versions: dict[int, int] = {}

    def ids(self) -> list[int]:
        """The articles, the newest first."""
        return list(range(self.size, 0, -1))

    def page(self, number: int) -> list[int]:
        """The ids on a list page, counted from 1."""
        some = self.ids()
        return some[(number - 1) * self.size_of_page : number * self.size_of_page]

    def pages(self) -> int:
        return max(1, -(-self.size // self.size_of_page))

    def seed(self, n: int) -> str:
        return f"{self.host}/{n}/{self.versions.get(n, 0)}"

    def path(self, n: int) -> str:
        raise NotImplementedError

    def number(self, target: str) -> int | None:
        """The id of an article's target, or None."""
        raise NotImplementedError

    def listing(self, request: Request) -> Reply | None:
        raise NotImplementedError

    def robots(self) -> bytes:
        return b"User-agent: *\nDisallow: /admin/\n"

    def article(self, n: int) -> bytes:
        return article(self.seed(n), day=_day(n), name=self.host)

    def answer(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(self.robots(), type="text/plain")
        n = self.number(request.target)
        if n is not None and 1 <= n <= self.size:
            return self._conditional(request, n)
        return self.listing(request) or Reply("没有这个页面".encode(), 404)

    def _conditional(self, request: Request, n: int) -> Reply:
        body = self.article(n)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == tag:
            return Reply(b"", 304, {"ETag": tag})
        charset = "gb2312" if b"charset=gb2312" in body[:300] else "utf-8"
        return Reply(
            body, headers={"ETag": tag, "Last-Modified": formatdate(1660000000, usegmt=True)}, type=f"text/html; charset={charset}"
        )


def _links(paper: Paper, ids: list[int], form: str) -> str:
    return "".join(form.format(path=paper.path(n), title=title(paper.seed(n)), day=_day(n)) for n in ids)


class OldTable(Paper):
    """老式表格 CMS, ASP, GB2312, «下一页» links, session ids in the links."""

    host = "jiubao.test"

    def path(self, n: int) -> str:
        return f"show.asp?id={n}"

    def number(self, target: str) -> int | None:
        m = re.fullmatch(r"/news/show\.asp\?id=(\d+)(?:&sid=\w+)?", target)
        return int(m.group(1)) if m else None

    def article(self, n: int) -> bytes:
        return article(self.seed(n), day=_day(n), charset="gb2312", name="旧报网")

    def listing(self, request: Request) -> Reply | None:
        if request.path != "/news/list.asp":
            return None
        number = int(request.query.get("page", "1"))
        rows = _links(self, self.page(number), '<tr><td>·<a href="{path}&sid=' + f"x{number}" + '">{title}</a></td><td>{day}</td></tr>\n')
        nxt = f'<a href="list.asp?page={number + 1}">下一页</a>' if number < self.pages() else ""
        html = f'<html><head><meta charset="gb2312"></head><body><table class="list">{rows}</table>{nxt}</body></html>'
        return Reply(html.encode("gb18030"), type="text/html")


class DatedPaper(Paper):
    """数字报: one front page a day, its 版面, dated URLs."""

    host = "shuzibao.test"

    def path(self, n: int) -> str:
        day = _day(n)
        return f"/html/{day:%Y-%m}/{day:%d}/content_{n}.htm"

    def number(self, target: str) -> int | None:
        m = re.fullmatch(r"/html/(\d{4})-(\d\d)/(\d\d)/content_(\d+)\.htm", target)
        return int(m.group(4)) if m and target == self.path(int(m.group(4))) else None

    def listing(self, request: Request) -> Reply | None:
        m = re.fullmatch(r"/html/(\d{4})-(\d\d)/(\d\d)/node_([12])\.htm", request.path)
        if m is None:
            return None
        day = date(int(m.group(1)), int(m.group(2)), int(m.group(3)))
        some = [n for n in self.ids() if _day(n) == day and n % 2 == int(m.group(4)) % 2]
        items = "".join(f'<li><a href="content_{n}.htm">{title(self.seed(n))}</a></li>' for n in some)
        nodes = '<a href="node_1.htm">第A1版：要闻</a><a href="node_2.htm">第A2版：综合</a>'
        return Reply(f'<html><body><div id="bmdh">{nodes}</div><ul class="ml">{items}</ul></body></html>'.encode())


class Portal(Paper):
    """政府门户, TRS: `createPageHTML`, `t20220805_123.html`, articles of several pages."""

    host = "zhengfu.test"

    def path(self, n: int) -> str:
        return f"./{_day(n):%Y%m}/t{_day(n):%Y%m%d}_{n}.html"

    def number(self, target: str) -> int | None:
        m = re.fullmatch(r"/xw/\d{6}/t\d{8}_(\d+)\.html", target)
        return int(m.group(1)) if m else None

    def parts(self, n: int) -> int:
        return 3 if n % 50 == 0 else 1

    def article(self, n: int) -> bytes:
        day = _day(n)
        extra = f'<script>createPageHTML({self.parts(n)}, 0, "t{day:%Y%m%d}_{n}", "html");</script>' if self.parts(n) > 1 else ""
        extra += f'<a href="t{day:%Y%m%d}_{n + 1}.html">下一篇</a>'
        return article(self.seed(n), day=day, extra=extra, name="清溪区人民政府")

    def listing(self, request: Request) -> Reply | None:
        if m := re.fullmatch(r"/xw/\d{6}/t\d{8}_(\d+)_([12])\.html", request.path):
            n, part = int(m.group(1)), int(m.group(2))
            if self.parts(n) > part:
                return Reply(article(f"{self.seed(n)}/part{part}", day=_day(n), name="清溪区人民政府"))
            return None
        m = re.fullmatch(r"/xw/(?:index(?:_(\d+))?\.html)?", request.path)
        if m is None:
            return None
        number = int(m.group(1) or 0) + 1
        items = _links(self, self.page(number), '<li><a href="{path}">{title}</a><span>{day}</span></li>')
        pager = f'<script>createPageHTML({self.pages()}, {number - 1}, "index", "html");</script>'
        return Reply(f'<html><body><ul class="list">{items}</ul>{pager}</body></html>'.encode())


class Dede(Paper):
    """织梦: `list_1_2.html`, dated folders."""

    host = "dede.test"

    def path(self, n: int) -> str:
        return f"/a/xinwen/{_day(n):%Y}/{_day(n):%m%d}/{n}.html"

    def number(self, target: str) -> int | None:
        m = re.fullmatch(r"/a/xinwen/\d{4}/\d{4}/(\d+)\.html", target)
        return int(m.group(1)) if m else None

    def listing(self, request: Request) -> Reply | None:
        m = re.fullmatch(r"/a/xinwen/(?:list_1_(\d+)\.html)?", request.path)
        if m is None:
            return None
        number = int(m.group(1) or 1)
        items = _links(self, self.page(number), '<li><a href="{path}" class="title">{title}</a> <span class="date">{day}</span></li>')
        nxt = f'<li><a href="list_1_{number + 1}.html">下一页</a></li>' if number < self.pages() else ""
        return Reply(f'<html><body><ul class="e2">{items}</ul><ul class="pagelist">{nxt}</ul></body></html>'.encode())


class Jcms(Paper):
    """大汉版通: lists in `<datastore>` CDATA, RSS, a sitemap index with a .gz."""

    host = "dahan.test"

    def path(self, n: int) -> str:
        day = _day(n)
        return f"/art/{day.year}/{day.month}/{day.day}/art_12_{n}.html"

    def number(self, target: str) -> int | None:
        m = re.fullmatch(r"/art/\d{4}/\d+/\d+/art_12_(\d+)\.html", target)
        return int(m.group(1)) if m else None

    def robots(self) -> bytes:
        return f"User-agent: *\nDisallow: /admin/\nSitemap: http://{self.host}:%PORT%/sitemap.xml\n".encode()

    def listing(self, request: Request) -> Reply | None:
        base = f"http://{request.headers['host']}"
        if request.path == "/col/col12/index.html":
            records = "".join(
                f'<record><![CDATA[<li><a href="{self.path(n)}">{title(self.seed(n))}</a><b>{_day(n)}</b></li>]]></record>'
                for n in self.page(1)
            )
            return Reply(f'<html><body><div><script type="text/xml"><datastore>{records}</datastore></script></div></body></html>'.encode())
        if request.path == "/sitemap.xml":
            return Reply(
                f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{base}/map1.xml.gz</loc></sitemap></sitemapindex>'.encode(),
                type="text/xml",
            )
        if request.path == "/map1.xml.gz":
            rows = "".join(
                f"<url><loc>{base}{self.path(n)}</loc><lastmod>{_day(n) + timedelta(days=self.versions.get(n, 0))}</lastmod></url>"
                for n in self.ids()
            )
            return Reply(
                gzip.compress(f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()),
                type="application/gzip",
            )
        if request.path == "/rss.xml":
            rows = "".join(f"<item><title>{title(self.seed(n))}</title><link>{base}{self.path(n)}</link></item>" for n in self.page(1))
            return Reply(
                f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{rows}</channel></rss>'.encode(), type="text/xml"
            )
        return None


class Mobile(Paper):
    """手机版: short list pages with `?page=`, always one more «下一页»."""

    host = "m.shouji.test"

    def path(self, n: int) -> str:
        return f"/c/{_day(n):%Y-%m/%d}/{n}.shtml"

    def number(self, target: str) -> int | None:
        m = re.fullmatch(r"/c/\d{4}-\d\d/\d\d/(\d+)\.shtml", target)
        return int(m.group(1)) if m else None

    def listing(self, request: Request) -> Reply | None:
        if request.path != "/list":
            return None
        number = int(request.query.get("page", "1"))
        some = self.page(number) or self.page(self.pages())
        items = _links(self, some, '<div class="item"><a href="{path}"><h3>{title}</h3></a><em>{day}</em></div>')
        return Reply(
            f'<html><body><div class="list">{items}</div><a class="next" href="/list?page={number + 1}">下一页</a></body></html>'.encode()
        )


FAMILIES: tuple[Callable[[int], Paper], ...] = (OldTable, DatedPaper, Portal, Dede, Jcms, Mobile)


class Papers:
    """All six, with odd pages beside: links that robots.txt forbids, a redirect, a wall, a shell, a missing page."""

    def __init__(self, size: int = 334) -> None:
        self.papers: dict[str, Paper] = {}
        for family in FAMILIES:
            paper = family(size)
            self.papers[paper.host] = paper

    def __call__(self, request: Request) -> Reply:
        paper = self.papers.get(request.host)
        if paper is None:
            return Reply(b"", 404)
        reply = paper.answer(request)
        reply.body = reply.body.replace(b"%PORT%", request.headers["host"].rsplit(":", 1)[-1].encode())
        return reply

    def articles(self) -> int:
        return sum(p.size for p in self.papers.values())
