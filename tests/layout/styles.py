"""Ways in which regional sites build an article page, written for the tests: each puts a headline, a day, a source and paragraphs into a page.

Every style has furniture of its own around the article. `render(name, article)` gives the page; `FURNITURE` lists strings that stand on every page
and must never be in the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Written:
    """What a page is made of."""

    title: str
    source: str
    paragraphs: list[str]
    day: str = "2022-08-05"
    clock: str = "15:56"
    editor: str = "顾小满"


Style = Callable[[Written], str]
STYLES: dict[str, Style] = {}

_HOT = [
    "古桥修缮完工重新开放", "周末降温 请注意添衣", "市民公园新增三处充电车位", "一图读懂：社保缴费新变化", "夜间公交线路本周调整",
    "青年歌手大赛报名启动", "这个村的柿子熟了", "图书馆延长开放时间",
]  # fmt: skip
FURNITURE = [*_HOT, "顾小满", "扫一扫", "ICP备", "上一篇", "下一篇", "打印本页", "网友评论", "版权声明", "您当前的位置"]


def style(build: Style) -> Style:
    """Register a style under its function's name."""
    STYLES[build.__name__] = build
    return build


def render(name: str, article: Written) -> str:
    """Return the page of a style."""
    return STYLES[name](article)


def _links(tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/2022/0{n + 1}/{n}.html">{title}</a></{tag}>' for n, title in enumerate(_HOT))


def _p(article: Written, opening: str = "<p>", closing: str = "</p>", indent: str = "　　") -> str:
    return "\n".join(f"{opening}{indent}{escape(p)}{closing}" for p in article.paragraphs)


def _page(body: str, title: str, charset: str = "utf-8", head: str = "") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="{charset}">{head}<title>{escape(title)}</title></head><body>{body}</body></html>'


@style
def table_cms(a: Written) -> str:
    """旧版表格 CMS:嵌套表格,正文在 td 里用 <br><br> 分段。"""
    text = "<br><br>\r\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(p)}" for p in a.paragraphs)
    return (
        f"<html><head><title>{escape(a.title)} - 江阳新闻网</title></head><body><table width=980><tr>"
        f"<td><a href=/>首页</a> | <a href=/xw>新闻</a> | <a href=/ms>民生</a></td></tr></table>"
        f'<table><tr><td>您当前的位置：<a href="/">首页</a> &gt;&gt; <a href="/bd/">本地新闻</a> &gt;&gt; 正文</td></tr></table>'
        f"<table width=980><tr><td width=700 valign=top><table><tr><td align=center><font size=5><b>{escape(a.title)}</b></font></td></tr>"
        f"<tr><td align=center>{a.day} {a.clock}　来源：{a.source}　编辑：{a.editor}　点击：<script>document.write(1)</script>次　【字体：大 中 小】</td></tr>"
        f"<tr><td class=content>{text}</td></tr><tr><td align=right>【打印本页】【关闭窗口】</td></tr>"
        f"<tr><td>上一篇：<a href=1.htm>{_HOT[0]}</a><br>下一篇：<a href=2.htm>{_HOT[1]}</a></td></tr></table></td>"
        f"<td width=280 valign=top><table>{''.join(f'<tr><td>·<a href={n}.htm>{t}</a></td></tr>' for n, t in enumerate(_HOT))}</table></td></tr></table>"
        f"<table><tr><td align=center>版权声明：本站内容未经许可不得转载 蜀ICP备00000000号</td></tr></table></body></html>"
    )


@style
def div_news(a: Written) -> str:
    """普通新闻站:div 布局,h1、info 行、正文 p、编辑行、分享条。"""
    return _page(
        f'<div class="top-nav"><ul>{_links()}</ul></div><div class="crumb">您当前的位置：<a href="/">江阳网</a> &gt; <a>时政</a> &gt; 正文</div>'
        f'<div class="main"><div class="left"><h1>{escape(a.title)}</h1><div class="info"><span class="time">{a.day} {a.clock}:08</span>'
        f'<span class="source">来源：<a href="#">{a.source}</a></span><span>编辑：{a.editor}</span><span>字号 <a>大</a> <a>小</a></span></div>'
        f'<div class="article-content">{_p(a)}</div><div class="editor">（责任编辑：{a.editor}）</div><div class="share">分享到：<a>微信</a><a>微博</a></div>'
        f'<div class="prev-next"><p>上一篇：<a>{_HOT[2]}</a></p><p>下一篇：<a>{_HOT[3]}</a></p></div>'
        f'<div class="comment"><h3>网友评论</h3><p>写得好，希望我们村也能早点修路，大家都盼着呢。</p></div></div>'
        f'<div class="right"><h3>热点排行</h3><ol>{_links()}</ol></div></div><div class="footer">主办单位：江阳日报社 蜀ICP备00000000号</div>',
        f"{a.title}_时政_江阳网",
    )


@style
def trs_government(a: Written) -> str:
    """政府门户(TRS/WCM):元标签、无障碍条、TRS_Editor、Word 粘贴的 span、扫一扫。"""
    head = (
        f'<meta name="SiteName" content="江阳市人民政府"><meta name="ArticleTitle" content="{escape(a.title)}">'
        f'<meta name="PubDate" content="{a.day} {a.clock}"><meta name="ContentSource" content="{a.source}">'
    )
    text = _p(
        a, '<p class="MsoNormal" style="text-indent:28pt"><span style="font-family:仿宋_GB2312"><span lang="EN-US">', "</span></span></p>"
    )
    return _page(
        f'<div id="wza">无障碍浏览 长者模式</div><div class="header"><ul class="nav">{_links()}</ul></div>'
        f'<div class="position">您当前的位置：<a href="/">首页</a> &gt; <a>政务动态</a> &gt; <a>市州动态</a></div><div class="detail">'
        f'<div class="title">{escape(a.title)}</div><div class="xxly"><span>发布时间：{a.day} {a.clock}</span><span>来源：{a.source}</span>'
        f'<span>浏览次数：<em id="hits">88</em></span><span>字体：[ <a>大</a> <a>中</a> <a>小</a> ]</span></div>'
        f'<div class="article"><div class="TRS_Editor"><style>.TRS_Editor P{{margin-top:1em}}</style>{text}</div></div>'
        f'<div class="bianji">责任编辑：{a.editor}</div><div class="ewm">扫一扫在手机打开当前页</div><div class="btn"><a>打印本页</a> <a>关闭窗口</a></div></div>'
        f'<div class="foot"><p>主办：江阳市人民政府办公室　承办：市数据局</p><p>网站标识码：0000000000 蜀ICP备00000000号</p></div>',
        f"{a.title}_江阳市人民政府", head=head,
    )  # fmt: skip


@style
def epaper_plain(a: Written) -> str:
    """数字报:版面导航与热区在左,正文在 #ozoom。"""
    return _page(
        f'<table><tr><td width=400><div>{a.day[:4]}年{a.day[5:7]}月{a.day[8:]}日　星期五</div><div class="bmdh">第01版：要闻 <a>上一版</a> <a>下一版</a></div>'
        f'<map name=m><area title="{_HOT[0]}" href=1.htm></map><ul>{_links()}</ul></td><td><div class="tools">放大 缩小 默认</div>'
        f'<table class="tit"><tr><td class="font01" align=center>{escape(a.title)}</td></tr><tr><td class="font03">{a.source} {a.day} {a.clock}</td></tr></table>'
        f'<div id="ozoom">{_p(a, "<P>", "</P>")}</div><div>责任编辑：{a.editor}</div></td></tr></table><div>国内统一刊号：CN 00-0000 蜀ICP备00000000号</div>',
        f"江阳日报-{a.day}-{a.title}",
    )


@style
def mobile(a: Written) -> str:
    """手机版:article 标签,来源与时间是 span,底部推荐和浮层。"""
    return _page(
        f'<header><a>返回</a><a>打开APP</a></header><article><h1>{escape(a.title)}</h1><div class="meta"><span class="source">{a.source}</span>'
        f'<span class="time">{a.day} {a.clock}</span><span class="read">2.1万阅读</span></div><section class="art-body">{_p(a, indent="")}</section>'
        f'<p class="sign">编辑：{a.editor}</p></article><section class="recommend"><h2>猜你喜欢</h2>{_links("h3")}</section>'
        f'<div class="float-app">下载江阳客户端，看更多新闻</div><footer>© 江阳融媒 蜀ICP备00000000号</footer>',
        a.title,
    )


@style
def wechat_like(a: Written) -> str:
    """公众号文章:section 套 section,时间在脚本变量里。"""
    text = "".join(
        f'<section style="margin:0"><section><p><span style="font-size:15px">{escape(p)}</span></p></section></section>'
        for p in a.paragraphs
    )
    return _page(
        f'<div id="img-content"><h1 class="rich_media_title" id="activity-name">{escape(a.title)}</h1><div id="meta_content"><span id="js_name">{a.source}</span>'
        f'<div id="js_profile_qrcode" style="display:none"><p>微信号 jiangyang</p></div><em id="publish_time"></em></div>'
        f'<div class="rich_media_content" id="js_content" style="visibility: hidden;">{text}<p>编辑：{a.editor}</p><p>长按扫一扫识别二维码关注</p></div></div>',
        a.title, head='<script>var ct = "1659686160";</script>',
    )  # fmt: skip


@style
def dede(a: Written) -> str:
    """织梦 dede:title、info、content 三个 div,正文在 table>td,页码与相关文章。"""
    return _page(
        f'<div class="place">您当前的位置：<a>主页</a> > <a>新闻</a> > </div><div class="viewbox"><div class="title"><h2>{escape(a.title)}</h2></div>'
        f'<div class="info"><small>时间:</small>{a.day} {a.clock}<small>来源:</small>{a.source}<small>作者:</small>admin<small>点击:</small>87次</div>'
        f'<div class="content"><table width="100%"><tr><td>{_p(a, "<div>", "</div>")}</td></tr></table></div>'
        f'<div class="dede_pages"><ul class="pagelist"></ul></div><div class="boxoff"><strong>------分隔线----------------------------</strong></div>'
        f'<div class="handle"><div class="context"><ul><li>上一篇：<a>{_HOT[4]}</a></li><li>下一篇：<a>{_HOT[5]}</a></li></ul></div></div>'
        f'<div class="mt1"><dl class="tbox"><dt>相关文章</dt><dd><ul>{_links()}</ul></dd></dl></div></div><div class="footer">蜀ICP备00000000号</div>',
        f"{a.title}_江阳在线",
    )


@style
def phpcms(a: Written) -> str:
    """phpcms:crumbs、h1 里套 span 时间来源、content,文末「顶一下」和分享。"""
    return _page(
        f'<div class="crumbs"><a>首页</a><span> &gt; </span><a>新闻</a> &gt; 正文</div><div id="Article"><h1>{escape(a.title)}<br/>'
        f"<span>{a.day} {a.clock}:00&nbsp;&nbsp;&nbsp;来源：{a.source}&nbsp;&nbsp;&nbsp;评论：<a>0</a> 点击：<span>12</span></span></h1>"
        f'<div class="content">{_p(a)}</div><p style="margin-bottom:10px"><strong>热词搜索：</strong><a>项目</a> <a>投资</a></p>'
        f'<p class="f14"><strong>上一篇：</strong><a>{_HOT[6]}</a><br/><strong>下一篇：</strong><a>{_HOT[7]}</a></p><div class="Article-Tool">分享到：<a>收藏</a></div></div>'
        f'<div class="col-auto"><h5>频道总排行</h5><ul>{_links()}</ul></div><div class="footer">蜀ICP备00000000号</div>',
        f"{a.title} - 时政 - 江阳网",
    )


@style
def one_block(a: Written) -> str:
    """正文是一个 div,段落之间只有一个 <br> 和全角空格。"""
    text = "<br/>".join(f"　　{escape(p)}" for p in a.paragraphs)
    return _page(
        f'<div id="nav">{_links("span")}</div><h2 class="tt">{escape(a.title)}</h2><p class="ly">{a.source}　{a.day} {a.clock}</p><div class="nr">{text}</div>'
        f"<p>【<a>打印本页</a>】【<a>关闭窗口</a>】</p><div>地址：江阳市滨江路1号 蜀ICP备00000000号</div>",
        f"{a.title}-江阳在线",
    )


@style
def aspnet_form(a: Written) -> str:
    """ASP.NET:整页在 form 里,正文在 span 里,段落用 <p> 与 <div> 混排。"""
    text = "".join(f"<div>　　{escape(p)}</div>" if n % 2 else f"<p>　　{escape(p)}</p>" for n, p in enumerate(a.paragraphs))
    return _page(
        f'<form id="aspnetForm" method="post"><input type="hidden" name="__VIEWSTATE" value="{"A" * 3000}"/><div id="menu">{_links("b")}</div>'
        f'<div class="pos">您当前的位置：首页 → 新闻 → 内容</div><div class="wz"><span id="lblTitle" class="wz_bt">{escape(a.title)}</span>'
        f'<div>【<span>{a.day} {a.clock}</span>】　稿源：<span id="lblSource">{a.source}</span>　责编：<span>{a.editor}</span></div>'
        f'<span id="lblContent">{text}</span></div><div>打印本页 关闭窗口</div></form><div class="bottom">蜀ICP备00000000号</div>',
        "江阳新闻",
    )


@style
def uppercase_broken(a: Written) -> str:
    """不闭合的大写标签:<P> 不闭合,<FONT> 不闭合,属性不带引号。"""
    text = "".join(f"<P><FONT face=宋体 size=3>　　{escape(p)}" for p in a.paragraphs)
    return (
        f"<HTML><HEAD><TITLE>{escape(a.title)}</TITLE></HEAD><BODY bgColor=#ffffff><CENTER><TABLE width=760><TR><TD class=bt align=middle><STRONG>{escape(a.title)}</STRONG>"
        f"<TR><TD align=middle>{a.day} {a.clock} 来源: {a.source} 编辑: {a.editor}<TR><TD class=zw>{text}<TR><TD align=right>[打印本页] [关闭窗口]"
        f"<TR><TD><UL><LI><A href=1.htm>{_HOT[0]}</A><LI><A href=2.htm>{_HOT[1]}</A><LI><A href=3.htm>{_HOT[2]}</A></UL></TABLE></CENTER></BODY></HTML>"
    )


@style
def nested_boxes(a: Written) -> str:
    """多层嵌套,正文切成两个 div,中间插广告和「延伸阅读」链接。"""
    middle = max(1, len(a.paragraphs) // 2)
    first, second = Written(a.title, a.source, a.paragraphs[:middle]), Written(a.title, a.source, a.paragraphs[middle:])
    return _page(
        f'<div class="wrap"><div class="con"><div class="hd"><h1>{escape(a.title)}</h1><div class="sub-info">{a.day} {a.clock} | 来源: {a.source} | 责任编辑: {a.editor}</div></div>'
        f'<div class="bd"><div class="part">{_p(first)}</div><div class="ad-mid">广告 <a href="#">滨江名邸 盛大开盘</a></div><div class="more-link">延伸阅读：<a>{_HOT[5]}</a></div>'
        f'<div class="part">{_p(second)}</div></div><div class="ft">（编辑：{a.editor}）</div></div><aside><h3>推荐阅读</h3><ul>{_links()}</ul></aside></div>',
        f"{a.title}｜江阳日报客户端",
    )
