"""More page styles: national portals' local channels, county media centres, newer e-papers."""

from __future__ import annotations

from html import escape

from tests.layout.styles import _HOT, Written, _links, _p, _page, style


@style
def people_channel(a: Written) -> str:
    """人民网地方频道一类:h3.pre 引题、h1、h4.sub,.fl 来源,责编在括号里。"""
    return _page(
        f'<div class="clearfix w1000_320 path">您当前的位置：<a>江阳频道</a> &gt; <a>要闻</a></div><div class="clearfix text_title"><h3 class="pre"></h3><h1>{escape(a.title)}</h1>'
        f'<h4 class="sub"></h4><p class="author"></p><div class="box01"><div class="fl">{a.day[:4]}年{a.day[5:7]}月{a.day[8:]}日{a.clock}&nbsp;&nbsp;来源：<a href="#">{a.source}</a></div>'
        f'<div class="message">分享到：<a></a></div></div></div><div class="text_con clearfix"><div class="fl text_con_left"><div class="box_con" id="rwb_zw">'
        f'<p style="text-align:center"><img src="1.jpg"></p>{_p(a)}</div><div class="edit clearfix">(责编：{a.editor}、高原)</div>'
        f'<div class="share">分享让更多人看到</div><h2>推荐阅读</h2><ul class="tj">{_links()}</ul></div><div class="fr"><h3>热门排行</h3><ul>{_links()}</ul></div></div><div class="foot">蜀ICP备00000000号</div>',
        f"{a.title}--江阳频道--人民网",
    )


@style
def pieces_of_date(a: Written) -> str:
    """年、月日、时间分写在几个 em 里,来源与字号同行,编辑在【】里。"""
    return _page(
        f'<div class="header domPC"><div class="header-time left"><span class="year"><em>{a.day[:4]}</em></span> <span class="day"><em>{a.day[5:7]}</em>/<em>{a.day[8:]}</em></span> '
        f'<span class="time">{a.clock}:22</span></div><div class="source">来源：{a.source}</div><div class="tool"><span>字体：</span><a>小</a><a>大</a></div>'
        f'<div class="head-line"><h1><span class="title">{escape(a.title)}</span></h1></div></div><div class="main clearfix"><div class="main-left left"><div id="detail">'
        f'<span id="detailContent">{_p(a)}</span><div id="articleEdit"><span class="tiyi1">【纠错】</span><span class="editor"> 【责任编辑:{a.editor}】 </span></div></div></div>'
        f'<div class="main-right right"><div>阅读下一篇：</div><a>{_HOT[1]}</a><ul>{_links()}</ul></div></div><div class="foot">蜀ICP备00000000号</div>',
        f"{a.title}-江阳网",
    )


@style
def moment_news(a: Written) -> str:
    """红网时刻一类:来源、作者、编辑与时间都是 span,文末「来源/作者/编辑」再列一遍。"""
    return _page(
        f'<div class="m-path"><a>首页</a> &gt; <a>要闻</a> &gt; 正文</div><div class="detail-title">{escape(a.title)}</div><div class="detail-source"><span>来源：{a.source}</span>'
        f"<span>作者：闻人夏 谷雨</span><span>编辑：{a.editor}</span><span>{a.day} {a.clock}:51</span></div><div class='fenxiang'>时刻新闻 —分享—</div>"
        f'<section class="article">{_p(a, indent="")}<p>来源：{a.source}</p><p>作者：闻人夏 谷雨</p><p>编辑：{a.editor}</p></section>'
        f'<p class="stmt">本文为{a.source}原创文章，转载请附上原文出处链接和本声明。</p><div class="xg"><h4>延伸阅读</h4><ul>{_links()}</ul></div><div>湘ICP备00000000号</div>',
        f"{a.title} - 江阳新闻网",
    )


@style
def new_epaper(a: Written) -> str:
    """新版数字报:h3/h1/h3 三行题,.content,日期和版次在顶栏。"""
    return _page(
        f'<div class="paper-head"><span>{a.day[:4]}年{a.day[5:7]}月{a.day[8:]}日</span><span>A01版：要闻</span><a>上一版</a><a>下一版</a></div><div class="paper-left"><ul class="news-list">{_links()}</ul></div>'
        f'<div class="paper-right"><div class="article-box"><h3></h3><h1 id="mainTitle">{escape(a.title)}</h1><h3></h3><p class="info">{a.source} {a.day} {a.clock}</p>'
        f'<div id="articleContent"><div class="attachment"></div>{_p(a)}</div><div class="page-btn"><a>上一篇</a><a>下一篇</a></div></div></div><div>蜀ICP备00000000号</div>',
        "江阳日报",
    )


@style
def portal_self_media(a: Written) -> str:
    """门户自媒体:h1 里套「原创」标签,隐藏的原标题,文末「返回首页」。"""
    return _page(
        f'<div class="nav">{_links("span")}</div><div class="text"><div class="text-title"><h1>{escape(a.title)}</h1><div class="article-info"><span class="time">{a.day} {a.clock}</span>'
        f'<span class="tag">来源: <span>{a.source}</span></span></div></div><article class="article" id="mp-editor"><p data-role="original-title" style="display:none">原标题：{escape(a.title)}</p>'
        f'{_p(a, indent="")}<p>返回江阳网，查看更多</p><p data-role="editor-name">责任编辑：<span>{a.editor}</span></p></article>'
        f'<div class="statement">声明：该文观点仅代表作者本人，江阳号系信息发布平台，江阳网仅提供信息存储空间服务。</div><div class="bottom-relate-wrap"><ul>{_links()}</ul></div>'
        f'<div class="comment-area">我来说两句 0人参与</div></div><div class="right-bar"><h3>大家都在看</h3><ul>{_links()}</ul></div>',
        f"{a.title}_江阳网",
    )


@style
def index_table_government(a: Written) -> str:
    """政府信息公开页:索引表在正文前,标题与索引表里各一次,正文在 .zoom。"""
    rows = f"<tr><th>索 引 号</th><td>000014349/2022-00083</td><th>主题分类</th><td>综合政务</td></tr><tr><th>发布机构</th><td>{a.source}</td><th>发布日期</th><td>{a.day}</td></tr>"
    rows += f"<tr><th>名　　称</th><td colspan=3>{escape(a.title)}</td></tr><tr><th>文　　号</th><td>江府办函〔2022〕5号</td><th>有 效 性</th><td>有效</td></tr>"
    return _page(
        f'<div class="nav">{_links("a")}</div><div class="BreadcrumbNav">您当前的位置：<a>首页</a>&gt;<a>政府信息公开</a></div><div class="wrap"><table class="xxgk_table">{rows}</table>'
        f'<h1>{escape(a.title)}</h1><div class="pages-date">{a.day} {a.clock}<span class="font">来源： {a.source}</span><span>【字体：<a>大</a> <a>中</a> <a>小</a>】</span><a>打印</a></div>'
        f'<div class="pages_content" id="UCAP-CONTENT">{_p(a)}</div><div class="editor"><span>责任编辑：{a.editor}</span></div><div class="related"><div>相关附件</div></div>'
        f'<div class="share">扫一扫在手机打开当前页</div></div><div class="footer"><p>主办单位：江阳市人民政府办公室　网站标识码：0000000000</p></div>',
        f"{a.title}_政府信息公开_江阳市人民政府",
    )


@style
def county_media(a: Written) -> str:
    """县融媒体中心:图片居中配说明,文末「编辑|…」「审核|…」,投稿信息。"""
    half = max(1, len(a.paragraphs) // 2)
    first, second = Written(a.title, a.source, a.paragraphs[:half]), Written(a.title, a.source, a.paragraphs[half:])
    return _page(
        f'<div class="art_tit">{escape(a.title)}</div><div class="art_info">{a.day} {a.clock} <i>{a.source}</i> <em>阅读 3021</em></div><div class="art_con">{_p(first)}'
        f'<p style="text-align:center"><img src="a.jpg"></p>{_p(second)}<p>编辑 | {a.editor}</p><p>审核 | 石三</p><p>投稿邮箱：jyrm@example.com</p></div>'
        f'<div class="zan">点赞 12</div><div class="rel"><h3>相关阅读</h3>{_links("p")}</div><div class="dl">下载江阳融媒客户端</div>',
        a.title,
    )


@style
def rows_of_divs(a: Written) -> str:
    """没有 p:每段一个 div,行内 font 与 a 交错,文中有关键词链接和广告。"""
    text = "".join(
        f'<div style="text-indent:2em"><font size="3">{escape(p[:6])}<a href="/k">{escape(p[6:8])}</a>{escape(p[8:])}</font></div>'
        for p in a.paragraphs
    )
    return _page(
        f"<div class=t1>{escape(a.title)}</div><div class=t2>来源:{a.source} 时间:{a.day} {a.clock} 责任编辑:{a.editor}</div><div class=t3>{text}</div>"
        f'<div class=t4><a href="#">我要纠错</a> <a>打印本页</a></div><div class=t5>{_links("div")}</div>',
        f"{a.title}_江阳市_新闻",
    )
