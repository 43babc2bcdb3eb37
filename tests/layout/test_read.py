"""What the layout stage makes of single traits of pages; every page is written for the trait."""

from __future__ import annotations

import pytest

from ljnews.errors import InputBinary, InputEmpty, LjnewsError, NoArticle
from ljnews.layout import given
from ljnews.layout.read import read
from ljnews.records import Article, Page

ONE = "8月4日，临江县举行第三季度重大项目集中开工仪式，28个项目同时动工，总投资86.5亿元。"
TWO = "县委书记魏长河说，要把项目当作硬任务，年内完成投资21亿元，让群众早日受益。"


def article(body: str, head: str = "", url: str | None = None, **fields: object) -> Article:
    """Return the article of a page with this body."""
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read(Page(input="p", url=url, content=page.encode(), **fields))  # type: ignore[arg-type]


def lines(body: str, head: str = "") -> list[str]:
    """Return the lines of the article's text."""
    return article(body, head).text.split("\n")


def paragraphs(*texts: str) -> str:
    """Return paragraphs."""
    return "".join(f"<p>　　{t}</p>" for t in texts)


def test_a_headline_repeated_by_the_body_stands_once() -> None:
    body = f"<h1>临江28个项目集中开工</h1><div>2022-08-05 来源：临江日报</div><div class=content><p align=center><b>临江28个项目集中开工</b></p>{paragraphs(ONE, TWO)}</div>"
    assert lines(body) == ["临江28个项目集中开工", ONE, TWO]


def test_kicker_and_subtitle_are_told_from_the_headline() -> None:
    body = (
        f"<div class=yinti>开局就是决战</div><h1>临江28个项目集中开工</h1><div class=futi>总投资86.5亿元</div><div>2022年8月5日 08:12 来源：临江日报</div>"
        f"<div class=content>{paragraphs(ONE, TWO)}</div>"
    )
    found = article(body)
    assert (found.kicker, found.title, found.subtitle) == ("开局就是决战", "临江28个项目集中开工", "总投资86.5亿元")
    assert found.text.split("\n") == ["临江28个项目集中开工", "总投资86.5亿元", ONE, TWO]


def test_a_subtitle_after_a_dash_keeps_its_dash_in_the_text() -> None:
    body = f"<h1>把硬任务扛在肩上</h1><p>2022-08-05</p><div class=content>{paragraphs('把硬任务扛在肩上', '——访临江县委书记魏长河', ONE, TWO)}</div>"
    found = article(body)
    assert found.subtitle == "访临江县委书记魏长河"
    assert found.text.split("\n")[:3] == ["把硬任务扛在肩上", "——访临江县委书记魏长河", ONE]


def test_a_table_keeps_its_rows_with_the_cells_apart() -> None:
    table = "<table border=1><tr><th>项目</th><th>总投资（万元）</th></tr><tr><td>滨江路</td><td>12000</td></tr><tr><td>二水厂</td><td>8600</td></tr></table>"
    found = article(f"<h1>临江项目一览</h1><div class=content>{paragraphs(ONE, '附表：重点项目表')}{table}{paragraphs(TWO)}</div>")
    assert "滨江路\t12000" in found.text.split("\n")
    section = next(s for s in found.sections if s.kind == "table")
    assert found.text[section.start : section.end] == "项目\t总投资（万元）\n滨江路\t12000\n二水厂\t8600"
    assert section.title == "附表：重点项目表"


def test_a_caption_is_a_section_of_its_own() -> None:
    figure = "<figure><img src=a.jpg><figcaption>滨江路施工现场。记者 舒岩 摄</figcaption></figure>"
    found = article(f"<h1>临江项目开工</h1><div class=content>{paragraphs(ONE)}{figure}{paragraphs(TWO)}</div>")
    section = next(s for s in found.sections if s.kind == "caption")
    assert found.text[section.start : section.end] == "滨江路施工现场。记者 舒岩 摄"
    assert [c.name for c in found.reporters] == ["舒岩"]


def test_related_pieces_with_text_are_sections_and_lists_of_links_are_gone() -> None:
    body = paragraphs(
        ONE, "（记者 舒岩）", "■相关新闻", "老街改造提前完工", TWO, "（记者 何采薇）", "【链接】", "临江县位于省境东部，面积1280平方公里。"
    )
    links = "<p>相关新闻</p><ul><li><a href=1>柿子熟了</a></li><li><a href=2>夜市开张</a></li></ul>"
    found = article(f"<h1>临江28个项目集中开工</h1><div class=content>{body}{links}</div>")
    assert [(s.kind, s.heading, s.title) for s in found.sections] == [
        ("main", None, "临江28个项目集中开工"),
        ("related", "相关新闻", "老街改造提前完工"),
        ("sidebar", "链接", None),
    ]
    assert [[c.name for c in s.reporters] for s in found.sections] == [["舒岩"], ["何采薇"], []]
    assert "柿子" not in found.text
    assert found.text.endswith("面积1280平方公里。")


def test_hidden_text_is_no_text() -> None:
    hidden = '<div style="display:none">暗文，不该出现在正文里。</div><p hidden>另一段暗文，也不该出现。</p><span style="display: none">第三段暗文，同样。</span>'
    assert lines(f"<h1>临江项目开工</h1><div class=content>{paragraphs(ONE)}{hidden}{paragraphs(TWO)}</div>") == ["临江项目开工", ONE, TWO]


def test_a_body_that_a_script_will_show_is_read_where_there_is_no_other() -> None:
    assert ONE in article(f"<h1>临江项目开工</h1><div id=c style='display:none'>{paragraphs(ONE, TWO)}</div>").text


def test_long_comments_are_not_the_article() -> None:
    talk = paragraphs(*[f"第{n}楼：早就盼着这一天了，希望质量过关，千万别再拖，大家说是不是？" for n in range(30)])
    body = f"<h1>临江项目开工</h1><div class=content>{paragraphs(ONE, TWO)}</div><div class='comment-list'>{talk}</div>"
    assert lines(body) == ["临江项目开工", ONE, TWO]


def test_a_column_of_abstracts_is_not_the_article() -> None:
    abstracts = "".join(
        f"<div class=item><h4><a href={n}>别的新闻{n}号</a></h4><p>这是别的新闻，摘要，一两句。</p><span>08-0{n}</span></div>"
        for n in range(1, 8)
    )
    body = f"<div class=left><h1>临江项目开工</h1><div class=nr>{paragraphs(ONE, TWO)}</div></div><div class=rec-col>{abstracts}</div>"
    assert lines(body) == ["临江项目开工", ONE, TWO]


@pytest.mark.parametrize(
    "line",
    [
        "联系人：陈工 联系电话：0817-2600000", "地址：临江县滨江路18号", "电子邮箱：jiang@example.com", "来源于实践，高于实践。", "2011", "附件：1.项目申报表",
        "记者：您怎么看今年的形势？", "临江县人民政府", "2022年8月5日", "声明指出，双方将继续合作，扩大投资。", "转载这首诗，是为了纪念那段岁月。", "打印机生产线月底投产，年产30万台。",
        "收藏家协会成立，首批会员86人。", "关闭小煤窑12座，减少污染，改善环境。", "推荐人选3名，公示5天，接受监督。", "分享会现场，老人们讲起往事，声音哽咽。", "本报还获悉，两家企业将合作建厂。",
        "阅读推广活动走进32所学校，惠及8000名学生。", "责任编辑们忙到深夜，只为把报纸按时送到读者手里。", "更多机会留给了年轻人。", "首页设计获奖，评委一致好评。",
    ],
)  # fmt: skip
def test_lines_that_only_look_like_furniture_stay(line: str) -> None:
    assert line in lines(f"<h1>临江项目开工</h1><div class=content>{paragraphs(ONE, line, TWO)}</div>")


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：周小燕", "（编辑：周小燕）", "【编辑:周小燕】", "责编：周小燕 审核：石三", "编辑 周小燕 校对 石三", "一审：周小燕　二审：石三　三审：何四", "上一篇：老街改造完工", "下一篇：没有了",
        "【打印本页】【关闭窗口】", "分享到：微信 微博", "相关热词搜索：项目 开工", "关键词：项目", "扫一扫在手机打开当前页", "（原标题：临江项目开工了）", "来源：临江日报", "浏览次数：88",
        "版权声明：未经许可不得转载。", "凡本网注明“来源：临江网”的作品，版权均属于本网。", "特别声明：以上内容为用户上传，不代表本平台观点。", "下载临江客户端，看更多新闻", "长按识别二维码关注我们", "作者：舒岩",
        "返回首页", "字体：大 中 小", "网友评论仅供其表达个人看法", "更多精彩内容请关注临江发布", "正文已结束",
    ],
)  # fmt: skip
def test_furniture_goes(line: str) -> None:
    text = lines(f"<h1>临江项目开工</h1><div class=content>{paragraphs(ONE, TWO, line)}</div>")
    assert text == ["临江项目开工", ONE, TWO]


@pytest.mark.parametrize(
    ("line", "published", "source", "reporters", "editors"),
    [
        ("2022-08-05 15:56:51   来源:南充日报   ", "2022-08-05T15:56:51+08:00", "南充日报", [], []),
        (
            "发布时间：2022年08月05日 08时12分　信息来源：县发展和改革局　作者：舒岩　浏览次数：88",
            "2022-08-05T08:12:00+08:00",
            "县发展和改革局",
            ["舒岩"],
            [],
        ),
        ("时间：2022/8/5 稿源：临江新闻网 责任编辑：周小燕", "2022-08-05", "临江新闻网", [], ["周小燕"]),
        ("来源：<a href=x>临江日报</a><a>举报</a> 2022-08-05 08:12", "2022-08-05T08:12:00+08:00", "临江日报", [], []),
        ("<span>临江日报</span><span>2022-08-05 08:12</span><span>2.1万阅读</span>", "2022-08-05T08:12:00+08:00", "临江日报", [], []),
        (
            "2022-08-05 08:12 | 来源：《临江日报》 | 编辑：周小燕 | 【字体：大 中 小】",
            "2022-08-05T08:12:00+08:00",
            "临江日报",
            [],
            ["周小燕"],
        ),
        (
            "2022.08.05 08:12 出处：临江县融媒体中心 记者：舒岩 何采薇 通讯员：石三",
            "2022-08-05T08:12:00+08:00",
            "临江县融媒体中心",
            ["舒岩", "何采薇", "石三"],
            [],
        ),
        ("来 源：临江县人民政府办公室　　发布日期：2022-08-05", "2022-08-05", "临江县人民政府办公室", [], []),
        (
            "日期：2022-08-05 20:18　来源：临江网　作者：尤 珺　编辑：江一舟　值班编辑：汤 圆",
            "2022-08-05T20:18:00+08:00",
            "临江网",
            ["尤珺"],
            ["江一舟", "汤圆"],
        ),
        (
            "发表于2022-08-05 21:30| 1164次阅读| 来源<b>临江网</b>| 0 条评论| 作者<b>舒岩</b>",
            "2022-08-05T21:30:00+08:00",
            "临江网",
            ["舒岩"],
            [],
        ),
        (
            "【2022-08-05 08:12】 【来源：临江日报】 【作者：记者 舒岩】 【责编：周小燕】",
            "2022-08-05T08:12:00+08:00",
            "临江日报",
            ["舒岩"],
            ["周小燕"],
        ),
        ("作者：admin 来源：未知 更新时间：2022-08-05", "2022-08-05", None, [], []),
        ("2022-08-05 下午 3:20 来源:临江电视台", "2022-08-05T15:20:00+08:00", "临江电视台", [], []),
    ],
)
def test_info_lines(line: str, published: str, source: str | None, reporters: list[str], editors: list[str]) -> None:
    found = article(f"<h1>临江28个项目集中开工</h1><div class=x>{line}</div><div class=content>{paragraphs(ONE, TWO)}</div>")
    assert found.published_at == published
    assert found.source == source
    assert [c.name for c in found.reporters] == reporters
    assert [c.name for c in found.editors] == editors
    assert found.text.split("\n") == ["临江28个项目集中开工", ONE, TWO]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("（记者 冯方雄 实习生 庞睿）", [("冯方雄", "记者"), ("庞睿", "实习生")]),
        ("本报讯（记者 舒 岩 通讯员 何采薇）昨日，28个项目动工，总投资86亿元。", [("舒岩", "记者"), ("何采薇", "通讯员")]),
        ("本报记者 舒岩/文 石三/图", [("舒岩", "记者"), ("石三", "记者")]),
        ("□本报记者 舒岩 通讯员 罗绍文", [("舒岩", "记者"), ("罗绍文", "通讯员")]),
        ("（临江融媒记者 舒岩 欧阳锋 摄影报道）", [("舒岩", "记者"), ("欧阳锋", "记者")]),
        ("图为施工现场。通讯员 何采薇 摄", [("何采薇", "记者")]),
        ("（全媒体记者 才让·东智）", [("才让·东智", "全媒体记者")]),
        ("项目年底建成，让群众少跑路、少花钱。（舒岩）", [("舒岩", "作者")]),
        ("（记者提问后，他摇了摇头）", []),
        ("记者从县发展改革局了解到，项目年底建成，投资8亿元。", []),
        ("（图片来源：视觉中国 记者 石三 摄）", []),
    ],
)
def test_bylines_in_the_body(line: str, expected: list[tuple[str, str]]) -> None:
    found = article(f"<h1>临江项目开工</h1><div class=content>{paragraphs(ONE, TWO, line)}</div>")
    assert [c.name for c in found.reporters] == [name for name, _ in expected]
    assert line in found.text


@pytest.mark.parametrize(
    ("head", "url", "published"),
    [
        ('<meta name="PubDate" content="2022-08-05 08:12:30">', None, "2022-08-05T08:12:30+08:00"),
        ('<meta property="article:published_time" content="2022-08-05T08:12:30+08:00">', None, "2022-08-05T08:12:30+08:00"),
        ('<meta name=publishdate content="20220805">', None, "2022-08-05"),
        ("", "http://www.lj.example/2022-08/05/content_1.htm", "2022-08-05"),
        ("", "http://www.lj.example/xw/t20220805_123.shtml", "2022-08-05"),
        ('<script type="application/ld+json">{"datePublished": "2022-08-05T08:12:30"}</script>', None, "2022-08-05T08:12:30+08:00"),
        ('<script>var ct = "1659658350";</script>', None, "2022-08-05T08:12:30+08:00"),
        ("", "http://www.lj.example/20229999/1.htm", None),
        ("", None, None),
    ],
)
def test_the_time_from_elsewhere(head: str, url: str | None, published: str | None) -> None:
    assert article(f"<h1>临江项目开工</h1><div class=content>{paragraphs(ONE, TWO)}</div>", head, url).published_at == published


def test_the_info_line_wins_and_takes_its_time_of_day_from_the_same_day() -> None:
    head = '<meta name="PubDate" content="2022-08-05 08:12">'
    page = "<h1>临江项目开工</h1><p>{}　来源：临江日报</p><div class=content>" + paragraphs(ONE, TWO) + "</div>"
    assert article(page.format("2022-08-05"), head).published_at == "2022-08-05T08:12:00+08:00"
    assert article(page.format("2022-08-04"), head).published_at == "2022-08-04"
    assert article(page.format("08-05 10:30"), head).published_at == "2022-08-05T10:30:00+08:00"


def test_a_date_in_the_top_bar_is_not_the_articles() -> None:
    body = f"<div class=top>今天是2024年1月1日 星期一</div><h1>临江项目开工</h1><p>发布时间：2022-08-05</p><div class=content>{paragraphs(ONE, TWO)}</div>"
    assert article(body).published_at == "2022-08-05"


def test_breadcrumb_and_site() -> None:
    body = f"<div class=pos>您现在的位置：<a>首页</a> &gt; <a>临江新闻网</a> &gt; <a>时政</a> &gt; 正文</div><h1>临江项目开工</h1><p>2022-08-05</p><div class=content>{paragraphs(ONE, TWO)}</div>"
    found = article(body, "<title>临江项目开工_时政_临江新闻网</title>")
    assert found.channel == ["首页", "临江新闻网", "时政", "正文"]
    assert found.site == "临江新闻网"
    assert found.title == "临江项目开工"


def test_line_ends_of_the_source_are_no_spaces_between_characters() -> None:
    assert (
        "总投资86.5亿元" in article(f"<h1>临江项目开工</h1><div class=content><p>{ONE[:30]}\n   {ONE[30:]}</p>{paragraphs(TWO)}</div>").text
    )


def test_an_upper_case_page_with_nothing_closed() -> None:
    page = f"<HTML><TITLE>临江项目开工</TITLE><BODY><TABLE><TR><TD>临江项目开工<TR><TD>2022-8-5 来源:临江日报<TR><TD><P>{ONE}<P>{TWO}<TR><TD>[打印本页]</BODY>"
    found = read(Page(input="p", content=page.encode("gbk")))
    assert found.text.split("\n") == ["临江项目开工", ONE, TWO]


def test_prose_above_the_headline_is_not_the_article() -> None:
    promise = "在全县上下深入学习贯彻之际，本台推出系列报道，敬请关注，欢迎留言，共同见证临江发展，一起加油。"
    info = "<p class=info>2022-08-05 08:12:00　来源：临江新闻网　作者：舒岩　责任编辑：周小燕</p>"
    body = f"<div class=hero><p>{promise}</p></div><div class=con><h2>临江28个项目集中开工</h2>{info}<div class=zw>{paragraphs(ONE, TWO)}</div></div>"
    assert lines(body, "<title>临江28个项目集中开工-临江新闻网</title>") == ["临江28个项目集中开工", ONE, TWO]


def test_an_info_line_in_the_headlines_own_box() -> None:
    head = "<title>临江28个项目集中开工</title>"
    found = article(
        f"<h1>临江28个项目集中开工<small>2022-08-05 08:12 来源：临江日报</small></h1><div class=txt>{paragraphs(ONE, TWO)}</div>", head
    )
    assert (found.title, found.published_at, found.source) == ("临江28个项目集中开工", "2022-08-05T08:12:00+08:00", "临江日报")


def test_an_index_table_of_a_government_page() -> None:
    table = "<table><tr><td>索引号：</td><td>001</td><td>发布机构：</td><td>临江县应急管理局</td></tr><tr><td>发布日期：</td><td>2022-08-05</td></tr></table>"
    found = article(
        f"{table}<div class=bt>临江28个项目集中开工</div><div class=wh>临府发〔2022〕18号</div><div id=zoom>{paragraphs(ONE, TWO)}</div>"
    )
    assert (found.title, found.published_at, found.source) == ("临江28个项目集中开工", "2022-08-05", "临江县应急管理局")


def test_a_byline_between_headline_and_text() -> None:
    about = "<p>江新闻记者 舒岩 实习生 石三</p><p>2022-08-05 08:12 <span>来源：<span>江新闻</span></span></p>"
    found = article(f"<h1>临江28个项目集中开工</h1><div class=about>{about}</div><div class=txt>{ONE}<br><br>{TWO}</div>")
    assert [c.name for c in found.reporters] == ["舒岩", "石三"]
    assert (found.published_at, found.source) == ("2022-08-05T08:12:00+08:00", "江新闻")


def test_lines_of_pre_are_lines() -> None:
    assert lines(f"<h1>临江项目开工</h1><p>2022-08-05</p><pre>　　{ONE}\n　　{TWO}\n</pre>") == ["临江项目开工", ONE, TWO]


def test_indentation_in_the_middle_of_a_line_is_a_paragraph() -> None:
    for gap in ("　　", "\n　　", "&nbsp;&nbsp;&nbsp;&nbsp;", "\n &nbsp; &nbsp; &nbsp; &nbsp;"):
        assert lines(f"<h1>临江项目开工</h1><p>2022-08-05</p><div class=nr>　　{ONE}{gap}{TWO}</div>") == ["临江项目开工", ONE, TWO]


def test_a_sites_own_legal_notice_is_no_text() -> None:
    notice = "本网站部分资料来源于互联网，转载的目的在于传递更多信息，并不代表赞同其观点，也不对其真实性负责。"
    assert lines(f"<h1>临江项目开工</h1><div class=nr>{paragraphs(ONE, TWO, notice)}</div>") == ["临江项目开工", ONE, TWO]


def test_the_source_in_a_script() -> None:
    page = f"<h1>临江项目开工</h1><p>2022-08-05</p><div class=nr>{paragraphs(ONE, TWO)}</div><script>var SourceName='临江县融媒体中心';</script>"
    assert article(page).source == "临江县融媒体中心"


def test_an_editor_behind_a_tool() -> None:
    found = article(f"<h1>临江项目开工</h1><div class=nr>{paragraphs(ONE, TWO)}<p><a>【我要纠错】</a> 责任编辑：周小燕</p></div>")
    assert [c.name for c in found.editors] == ["周小燕"]
    assert found.text.split("\n") == ["临江项目开工", ONE, TWO]


def test_a_picture_page_gives_what_it_says() -> None:
    body = "<h1>古桥新貌</h1><p>2022-08-05 来源：临江日报</p><div class=content><p><img src=1.jpg></p><p>修缮后的古桥 舒岩 摄</p><p><img src=2.jpg></p><p>市民在桥上散步 舒岩 摄</p></div>"
    assert article(body).text.split("\n") == ["古桥新貌", "修缮后的古桥 舒岩 摄", "市民在桥上散步 舒岩 摄"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", InputEmpty), (b" \n\x00", InputEmpty), (b"\xef\xbb\xbf", InputEmpty), (b"\x89PNG\r\n\x1a\n" + b"x" * 50, InputBinary), (b"%PDF-1.4 ....", InputBinary),
        (b"<html><body></body></html>", NoArticle), (b"<html><body><div id=app></div><script>load()</script></body></html>", NoArticle),
        (b"<html><body><ul>" + "".join(f"<li><a href={n}>标题{n}号</a></li>" for n in range(40)).encode(), NoArticle),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_by_name(content: bytes, error: type[LjnewsError]) -> None:
    with pytest.raises(error) as refused:
        read(Page(input="p.html", content=content))
    assert "p.html" in refused.value.message


def test_an_object_with_html_goes_through_the_layout_stage() -> None:
    html = (
        f"<html><body><h1>临江项目开工</h1><div class=content>{paragraphs(ONE, TWO)}</div><div class=share>分享到：微信</div></body></html>"
    )
    found = given(Page(input="rows.jsonl", input_id="7", given={"id": "7", "html": html, "date": "2022-08-05", "source": "临江日报"}))
    assert found.text.split("\n") == ["临江项目开工", ONE, TWO]
    assert (found.published_at, found.source, found.input_id) == ("2022-08-05", "临江日报", "7")


def test_astral_characters_keep_offsets() -> None:
    found = article(f"<h1>𬭎桥🎉通车</h1><div class=content>{paragraphs('■相关新闻', '𬭎桥🎉二期开工', ONE, TWO)}</div>")
    for section in found.sections:
        assert found.text[section.start : section.end]
    assert found.text.startswith("𬭎桥🎉通车\n")


def test_a_link_that_is_never_closed_does_not_make_the_text_a_list_of_links() -> None:
    text = [f"第{n}个项目位于临江县城东，总投资{n}亿元，占地{n}00亩，预计明年年底前建成投产，可带动就业{n}00人。" for n in range(2, 7)]
    body = f"<h1>临江28个项目集中开工</h1><div>2022-08-05 来源：临江日报</div><div>{paragraphs(ONE)}<p><a href=zt.htm>专题链接</p>{paragraphs(*text)}</div>"
    assert [line for line in lines(body) if line != "专题链接"] == ["临江28个项目集中开工", ONE, *text]


def test_a_comment_may_end_as_browsers_let_it() -> None:
    body = f"<h1>临江28个项目集中开工</h1><div>{paragraphs(ONE)}<!-- 旧稿 --!>{paragraphs(TWO)}<!--[if mso]><xml>x</xml><![endif]-->{paragraphs(ONE)}</div>"
    assert lines(body) == ["临江28个项目集中开工", ONE, TWO, ONE]


def test_comments_of_all_endings_are_found_in_linear_time() -> None:
    import time

    from ljnews.layout.tree import without_scripts

    taken = []
    for size in (20_000, 40_000):
        start = time.process_time()
        assert without_scripts("<!--a-->" * size + "<p>正文</p><!-- b --!>") == "<p>正文</p>"
        taken.append(time.process_time() - start)
    assert taken[1] <= 3 * taken[0] + 0.05
