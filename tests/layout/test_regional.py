"""Traits of regional papers' and government sites' pages; every page is written for the trait."""

from __future__ import annotations

import pytest

from ljnews.layout import byline
from ljnews.layout.read import read
from ljnews.records import Article, Page

TITLE = "青桐市前两个月完成投资126.8亿元"
ONE = "据介绍，今年青桐市共安排重点项目218个，总投资1560亿元，年度计划投资342亿元。"
TWO = "“力争二季度末新开工项目全部入库。”青桐市发展和改革委员会副主任屈万山说。"
TEXT = f"<p>　　{ONE}</p><p>　　{TWO}</p>"


def article(body: str, title: str = f"{TITLE}-青桐新闻网", head: str = "", charset: str = "utf-8") -> Article:
    page = f'<html><head><meta charset="{charset}"><title>{title}</title>{head}</head><body>{body}</body></html>'
    return read(Page(input="p", url=None, content=page.encode(charset)))


def names(found: Article) -> tuple[list[str], list[str]]:
    return [c.name for c in found.reporters], [c.name for c in found.editors]


def test_a_printed_page_gives_kicker_subtitle_day_and_caption() -> None:
    found = article(
        "<table><tr><td><a>第02版：要闻</a><a>上一版</a><a>下一版</a></td><td>青桐日报 2021年03月17日 星期三</td></tr></table>"
        "<table><tr><td><a>第01版：头版</a></td></tr><tr><td><a>放大</a> <a>缩小</a></td></tr></table>"
        f"<table><tr><td class=font02>一季度“开门红”观察</td></tr><tr><td class=font01><strong>{TITLE}</strong></td></tr>"
        "<tr><td class=font02>——全市重点项目加快推进</td></tr><tr><td class=font02>本报记者 鲁直 通讯员 迟暮</td></tr></table>"
        f"<table><tr><td><img src=a.jpg><br>施工现场塔吊林立。本报记者 舒岩 摄</td></tr></table><div id=ozoom><founder-content>{TEXT}</founder-content></div>",
        title=f"青桐日报数字报-{TITLE}",
    )
    assert (found.kicker, found.title, found.subtitle) == ("一季度“开门红”观察", TITLE, "全市重点项目加快推进")
    assert (found.published_at, found.source, found.channel[-1]) == ("2021-03-17", "青桐日报", "第02版：要闻")
    assert found.text.split("\n") == [TITLE, "——全市重点项目加快推进", "施工现场塔吊林立。本报记者 舒岩 摄", ONE, TWO]
    assert names(found)[0] == ["鲁直", "迟暮", "舒岩"]
    assert [s.kind for s in found.sections] == ["main", "caption"]


def test_a_printed_page_is_named_by_its_info_line() -> None:
    found = article(
        "<p>2021年03月17日 <span>星期三</span></p><div><a>第01版：要闻</a><a>第02版：县区</a></div>"
        f"<div><h3>项目一线</h3><h1>{TITLE}</h1><p>本报记者　鲁　直　迟　暮<br><span>《青桐日报》（2021年03月17日　第 02 版）</span><em><a>下一篇</a></em></p>"
        f"<div id=ozoom>{TEXT}</div></div>",
        title=TITLE,
    )
    assert (found.kicker, found.source, found.published_at, found.channel) == ("项目一线", "青桐日报", "2021-03-17", ["第02版：县区"])
    assert names(found)[0] == ["鲁直", "迟暮"]


def test_role_lines_in_brackets_are_read_and_left_out() -> None:
    found = article(
        f"<h2>{TITLE}</h2><div>2021-03-17 08:00 来源：青桐网</div><div>{TEXT}<p>【记者】鲁直</p><p>【通讯员】迟暮 何采薇</p><p>【校对】麦穗</p></div><div>编辑：方敏</div>"
    )
    assert found.text.split("\n") == [TITLE, ONE, TWO]
    assert names(found) == (["鲁直", "迟暮", "何采薇"], ["方敏"])


def test_the_source_that_a_notice_of_rights_quotes_is_not_the_source() -> None:
    found = article(
        f"<TABLE><TR><TD><B>{TITLE}</B><TR><TD>青桐日报 2021-03-17 07:50<TR><TD>{TEXT}<TR><TD>凡本网注明“来源：青桐晚报”的所有作品，版权均属于青桐晚报。</TABLE>"
    )
    assert found.source == "青桐日报"
    assert found.text.split("\n") == [TITLE, ONE, TWO]


@pytest.mark.parametrize(
    "crumb",
    [
        "当前位置：<a>网站首页</a>－<a>信息公开</a>－<a>重大项目</a>",
        "您现在的位置：<a>网站首页</a> &gt;&gt; <a>信息公开</a>&gt;&gt;<a>重大项目</a>",
        "<a>网站首页</a> <span>&gt;</span> <a>信息公开</a> <span>&gt;</span> <a>重大项目</a>",
    ],
)
def test_breadcrumbs_of_all_kinds(crumb: str) -> None:
    assert article(f"<div>{crumb}</div><h1>{TITLE}</h1><div>发布日期：2021-03-17</div>{TEXT}").channel == [
        "网站首页",
        "信息公开",
        "重大项目",
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("本报记者　鲁　直　迟　暮", ["鲁直", "迟暮"]),
        ("本报记者 何 采 薇", ["何采薇"]),
        ("本报记者 鲁　直 何采薇", ["鲁直", "何采薇"]),
        ("本报记者 鲁 直 何 采 薇", ["鲁直", "何采薇"]),
        ("本报记者 鲁 直 迟 暮 王 山", ["鲁直", "迟暮", "王山"]),
    ],
)
def test_names_printed_with_spaces(line: str, wanted: list[str]) -> None:
    assert [c.name for c in byline.credits(line)[0]] == wanted


def test_a_breadcrumb_whose_items_are_cells_behind_the_label() -> None:
    crumb = "<table><tr><td>当前位置：<table><tr><td><a>首页</a></td><td>&nbsp;&gt;&nbsp;<a>新闻中心</a></td><td>&nbsp;&gt;&nbsp;<a>部门动态</a></td></tr></table></td></tr>"
    found = article(
        f"{crumb}<tr><td class=title>{TITLE}</td></tr><tr><td>日期：2021-03-17 08:40　来源：市发改委</td></tr><tr><td>{TEXT}</td></tr></table>"
    )
    assert found.channel == ["首页", "新闻中心", "部门动态"]


def test_a_correspondent_behind_the_source_is_not_part_of_it() -> None:
    found = article(f"<center>{TITLE}</center><center>时间：2009-8-5 来源：县委宣传部 鲁直</center>{TEXT}<p>(县委宣传部 鲁直 迟暮)</p>")
    assert found.source == "县委宣传部"
    assert names(found)[0] == ["鲁直", "迟暮"]


def test_a_headline_between_kicker_and_subtitle_that_nothing_else_states() -> None:
    head = f"<p class=paper-yt>产业强市看青桐</p><p class=paper-zt>{TITLE}</p><p class=paper-ft>重点项目加快推进</p>"
    found = article(
        f"<div><span>青桐日报</span><span>2021-03-17</span></div>{head}<p>青桐日报记者 鲁直</p><div>{TEXT}</div>", title="青桐日报"
    )
    assert (found.kicker, found.title, found.subtitle) == ("产业强市看青桐", TITLE, "重点项目加快推进")


def test_an_author_in_a_box_above_the_text_is_no_line_of_it() -> None:
    data = '{"@type":"NewsArticle","datePublished":"2021-03-17T00:40:21Z","author":{"name":"鲁直"}}'
    found = article(
        f"<article><h1>{TITLE}</h1><address>鲁直</address><time datetime='2021-03-17T00:40:21Z'>03/17 08:40</time>{TEXT}</article>",
        head=f'<script type="application/ld+json">{data}</script>',
    )
    assert found.text.split("\n") == [TITLE, ONE, TWO]
    assert (names(found)[0], found.published_at) == (["鲁直"], "2021-03-17T08:40:21+08:00")


def test_credits_with_bars_and_calls_to_follow_are_left_out() -> None:
    tail = "<p>来源｜青桐日报</p><p>记者｜鲁直 迟暮</p><p>编辑｜麦穗</p><p>审核｜高翔</p>"
    found = article(f"<h1>{TITLE}</h1><em>2021-03-17 18:20</em><div><p>点击上方“青桐发布”关注我们</p>{TEXT}{tail}</div>")
    assert found.text.split("\n") == [TITLE, ONE, TWO]
    assert (found.source, *names(found)) == ("青桐日报", ["鲁直", "迟暮"], ["麦穗", "高翔"])


def test_a_source_that_only_a_script_states() -> None:
    assert article(f'<h1>{TITLE}</h1><p>2021-03-17 08:40</p>{TEXT}<script>var d = {{"media": "青桐眼"}};</script>').source == "青桐眼"


def test_the_note_of_the_publishing_system_fills_what_the_page_does_not_print() -> None:
    note = (
        "<!--enpproperty <articleid>1</articleid><date>2021-03-17 10:25:36:0</date><author>麦穗</author><title>x</title>"
        "<subtitle>全市重点项目加快推进</subtitle><introtitle>没有印出来的引题</introtitle><sourcename>青桐日报</sourcename>/enpproperty-->"
    )
    found = article(f"<h1>{TITLE}</h1><p>全市重点项目加快推进</p><div>2021年03月17日</div><div>{TEXT}{note}</div>")
    assert (found.published_at, found.source) == ("2021-03-17T10:25:36+08:00", "青桐日报")
    assert (found.kicker, found.subtitle) == (None, "全市重点项目加快推进")
    assert names(found)[0] == []


def test_an_author_of_meta_tags_that_the_page_does_not_print_is_none() -> None:
    head = f'<meta name="ArticleTitle" content="{TITLE}"><meta name="Author" content="麦穗">'
    assert names(article(f"<h1>{TITLE}</h1><p>2021-03-17</p>{TEXT}", head=head))[0] == []
    assert names(article(f"<h1>{TITLE}</h1><p>2021-03-17　麦穗</p>{TEXT}", head=head))[0] == ["麦穗"]


def test_a_report_of_one_sentence_beside_a_column_that_tells_of_the_town() -> None:
    one = "3月16日，青桐市新能源材料产业园项目开工，总投资30亿元。"
    about = "<h3>青桐概况</h3><p>青桐市位于江南腹地，辖5县2区，面积8600平方公里，人口320万，是国家历史文化名城。</p><p>青桐历史悠久，自古人文荟萃，名胜众多。</p>"
    links = "".join(f"<a href=/{n}>{word}</a>" for n, word in enumerate(("首页", "要闻", "时政", "社会", "县区")))
    foot = "青桐新闻网版权所有 未经书面授权不得复制或建立镜像<br>地址：青桐市人民路88号<br>青ICP备00000000号"
    found = article(
        f"<div>{links}</div><div class=main><h1>产业园项目开工</h1><div>2021-03-17 08:00 来源：青桐日报</div><div class=c><p>{one}</p></div></div>"
        f"<div class=r>{about}</div><div>{foot}</div>",
        title="产业园项目开工-青桐新闻网",
    )
    assert found.text.split("\n") == ["产业园项目开工", one]


def test_a_title_tag_that_only_names_the_channel_is_not_the_headline() -> None:
    found = article(
        f"<div><h1>青桐要闻</h1></div><div><h2 class=sub>迈向高质量发展</h2><h2 class=main>{TITLE}</h2><p>2021-03-17 | 来源：青桐日报</p><div>{TEXT}</div></div>",
        title="青桐要闻",
    )
    assert (found.kicker, found.title) == ("迈向高质量发展", TITLE)


def test_words_for_sharing_and_commenting_are_left_out() -> None:
    tail = "<div>微信 朋友圈 微博 QQ空间 复制链接</div><p>0 条评论</p><p>写评论…</p><p>还没有评论，快来抢沙发吧！</p>"
    assert article(f"<h1>{TITLE}</h1><p>2021-03-17 08:00</p><div>{TEXT}</div>{tail}").text.split("\n") == [TITLE, ONE, TWO]


@pytest.mark.parametrize(
    ("line", "source", "reporters", "editors"),
    [
        ("2021-03-17 08:15 | 青桐日报 | 记者鲁直", "青桐日报", ["鲁直"], []),
        ("青桐日报记者 鲁直 2021-03-17 08:15", "青桐日报", ["鲁直"], []),
        (
            "来源：青桐市融媒体中心　作者：青桐市融媒体中心记者 鲁直　通讯员 迟暮　2021-03-17 08:15",
            "青桐市融媒体中心",
            ["鲁直", "迟暮"],
            [],
        ),
        ("发稿时间：2021-03-17 08:15:00　来源： 青桐青年报 作者： 青桐青年报·青桐网记者 鲁直", "青桐青年报", ["鲁直"], []),
        ("〖2021-03-17 08:15〗　〖来源：青桐日报〗　〖编辑：麦穗〗", "青桐日报", [], ["麦穗"]),
        ("来源：本站 作者：管理员 日期：2021-03-17 08:15 点击：203", None, [], []),
        ("发布时间：2021-03-17T08:15　来源 | 青桐日报", "青桐日报", [], []),
        ("文章来源：《青桐日报》2021年3月17日01版 发布时间：2021-03-17 08:15", "青桐日报", [], []),
        ("稿件来源: 青桐日报 记者 鲁直 2021-03-17 08:15", "青桐日报", ["鲁直"], []),
        ("来源：青桐日报　|　撰稿：鲁直　|　摄影：迟暮　|　编辑：麦穗　|　2021-03-17 08:15", "青桐日报", ["鲁直", "迟暮"], ["麦穗"]),
        ("来源：青桐日报（记者 鲁直） 时间：2021-03-17(星期三) 8:15", "青桐日报", ["鲁直"], []),
    ],
)
def test_info_lines_of_all_kinds(line: str, source: str | None, reporters: list[str], editors: list[str]) -> None:
    found = article(f"<h1>{TITLE}</h1><div>{line}</div><div>{TEXT}</div>")
    assert found.text.split("\n") == [TITLE, ONE, TWO]
    assert (found.source, found.published_at) == (source, "2021-03-17T08:15:00+08:00")
    assert names(found) == (reporters, editors)


@pytest.mark.parametrize(
    ("line", "reporters", "editors"),
    [
        ("（编辑 麦穗 责编 方敏 审核 高翔）", [], ["麦穗", "方敏", "高翔"]),
        ("一审一校：麦穗　二审二校：方敏　三审三校：高翔", [], ["麦穗", "方敏", "高翔"]),
        ("责编 | 麦穗　校审 | 方敏", [], ["麦穗", "方敏"]),
        ("[纠错] [责任编辑：麦穗]", [], ["麦穗"]),
        ("(编辑:麦穗 qt001)", [], ["麦穗"]),
        ("采写：鲁直 摄影：迟暮 编辑：麦穗", ["鲁直", "迟暮"], ["麦穗"]),
        ("— END —", [], []),
        ("分享收藏点赞在看", [], []),
        ("（转自：青桐日报）", [], []),
        ("扫一扫，手机阅读更方便", [], []),
        ("Tags：投资", [], []),
        ("青桐日报社版权所有，未经授权禁止转载", [], []),
    ],
)
def test_lines_behind_the_text_that_are_none_of_it(line: str, reporters: list[str], editors: list[str]) -> None:
    found = article(f"<h1>{TITLE}</h1><div>2021-03-17 08:15</div><div>{TEXT}<p>{line}</p></div>")
    assert found.text.split("\n") == [TITLE, ONE, TWO]
    assert names(found) == (reporters, editors)


@pytest.mark.parametrize(
    ("line", "reporters"),
    [
        ("（完）", []), ("□ 鲁直", ["鲁直"]), ("鲁直 迟暮 文/图", ["鲁直", "迟暮"]), ("（鲁直）", ["鲁直"]), ("（作者单位：青桐市委党校）", []),
        ("青桐市发展和改革委员会", []), ("2021年3月17日", []), ("□ 部门声音", []),
    ],
)  # fmt: skip
def test_lines_behind_the_text_that_stay(line: str, reporters: list[str]) -> None:
    found = article(f"<h1>{TITLE}</h1><div>2021-03-17 08:15</div><div>{TEXT}<p>{line}</p></div>")
    assert found.text.split("\n") == [TITLE, ONE, TWO, line]
    assert names(found)[0] == reporters


@pytest.mark.parametrize(
    ("head", "kicker", "subtitle"),
    [
        (f"<h1>{TITLE}<span class=tag>原创</span></h1>", None, None),
        (f"<h1>迈向高质量发展<br>{TITLE}<br>——全市重点项目观察</h1>", "迈向高质量发展", "全市重点项目观察"),
        (f"<h1>{TITLE}<br/><span>重点项目加快推进</span></h1>", None, "重点项目加快推进"),
        (f"<h1>{TITLE[:11]}<br>{TITLE[11:]}</h1>", None, None),
        (f"<h1>青桐新闻网</h1><h1>{TITLE}</h1>", None, None),
        (f"<h2>时政要闻</h2><h3><a href=#>{TITLE}</a></h3>", None, None),
    ],
)
def test_headlines_of_all_kinds(head: str, kicker: str | None, subtitle: str | None) -> None:
    found = article(f"{head}<div>2021-03-17 08:15 来源：青桐日报</div><div>{TEXT}</div>")
    assert (found.kicker, found.title, found.subtitle) == (kicker, TITLE, subtitle)


@pytest.mark.parametrize(("author", "wanted"), [("鲁　直", ["鲁直"]), ("鲁直 何采薇", ["鲁直", "何采薇"]), ("本报评论员", [])])
def test_an_author_before_the_name_of_a_printed_paper(author: str, wanted: list[str]) -> None:
    found = article(
        f"<div><h1><p>{TITLE}</p></h1><div class=source>{author} 《青桐日报》（2021年03月17日 第 01 版）</div><div id=ozoom>{TEXT}</div></div>",
        title=TITLE,
    )
    assert (found.source, found.published_at, names(found)[0]) == ("青桐日报", "2021-03-17", wanted)
    assert found.text.split("\n") == [TITLE, ONE, TWO]


def test_marks_of_page_breaks_are_no_text() -> None:
    body = TEXT.replace("</p><p>", "</p>#PAGE_BREAK#<p>") + "<p>[NextPage]</p>"
    assert article(f"<h1>{TITLE}</h1><div>2021-03-17</div><UCAPCONTENT>{body}</UCAPCONTENT>").text.split("\n") == [TITLE, ONE, TWO]


@pytest.mark.parametrize(
    "line",
    [
        "字号:〖大 中 小〗", "[大] [中] [小] [打印] [关闭]", "T大 T小", "登录 | 注册", "【TOP】", "收听本文 00:00 / 03:21", "上一页 1 2 3 下一页", "网站地图 | 关于我们 | 联系我们", "×", "|",
        "0/300", "是否打开信息无障碍浏览", "您是第123456位访客", "打开微信，点击底部的“发现”，使用“扫一扫”即可将网页分享至朋友圈。",
    ],
)  # fmt: skip
def test_tools_and_navigation_inside_the_text_are_left_out(line: str) -> None:
    for before, behind in ((f"<p>{line}</p>", ""), ("", f"<p>{line}</p>")):
        assert article(f"<h1>{TITLE}</h1><div>2021-03-17 08:15</div><div>{before}{TEXT}{behind}</div>").text.split("\n") == [
            TITLE,
            ONE,
            TWO,
        ]


@pytest.mark.parametrize("line", ["……", "01", "目录", "联系方式", "温馨提示", "——"])
def test_short_lines_that_texts_have_stay(line: str) -> None:
    assert article(f"<h1>{TITLE}</h1><div>2021-03-17 08:15</div><div><p>{ONE}</p><p>{line}</p><p>{TWO}</p></div>").text.split("\n") == [
        TITLE,
        ONE,
        line,
        TWO,
    ]


def test_the_day_of_the_address_that_a_page_calls_its_own() -> None:
    link = '<link rel="canonical" href="http://www.example.cn/news/2021-03/17/content_12.htm">'
    assert article(f"<h1>{TITLE}</h1>{TEXT}", head=link).published_at == "2021-03-17"


def test_a_page_in_traditional_characters() -> None:
    body = (
        "<h3>高鐵嘉新站動工　總經費86億元</h3><div>發布時間：2012/06/24 09:15　來源：嘉新時報　記者：林大山　責任編輯：何采薇</div>"
        "<p>嘉新縣長張文和24日主持高鐵嘉新站動工典禮，總經費86億元，預計三年後完工。</p><p>縣府表示，車站特定區開發面積134公頃。</p>"
    )
    found = article(body, title="高鐵嘉新站動工　總經費86億元 | 嘉新時報", charset="big5")
    assert (found.source, found.published_at, *names(found)) == ("嘉新時報", "2012-06-24T09:15:00+08:00", ["林大山"], ["何采薇"])


def test_a_notice_whose_headline_is_four_characters() -> None:
    found = article(
        f"<div class=nav>组织工作</div><h1>任前公示</h1><div>2021-03-17 来源：市委组织部</div>{TEXT}", title="任前公示-青桐党建网"
    )
    assert found.title == "任前公示"


def test_a_headline_that_stands_nowhere_but_over_the_text() -> None:
    found = article(
        f"<table><tr><td>{TITLE}</td></tr><tr><td>□ 鲁直 迟暮</td></tr><tr><td>{TEXT}</td></tr></table>", title="青桐日报数字报"
    )
    assert (found.title, names(found)[0]) == (TITLE, ["鲁直", "迟暮"])
    assert found.text.split("\n") == [TITLE, ONE, TWO]


def test_a_county_paper_with_its_headline_in_two_boxes() -> None:
    head = "<div>A1:青桐*要闻<span>总第2885期</span> &gt;2021-03-17编印</div><div class=h1>科学规划 合理布局</div><div class=h2>屈万山对园区工作提出要求</div>"
    found = article(
        f"{head}<div>刊发日期:2021-03-17 阅读次数:<span>12</span> 作者:陈宏健 郭星宇  语音阅读:<a>语音阅读</a></div>{TEXT}",
        title="青桐数字报",
    )
    assert (found.title, found.subtitle, found.published_at) == ("科学规划 合理布局", "屈万山对园区工作提出要求", "2021-03-17")
    assert names(found)[0] == ["陈宏健", "郭星宇"]


def test_a_printed_page_with_a_list_of_headlines_and_empty_labels() -> None:
    lists = f"<ul><li><a>第A01版 头版</a></li><li><a>第A02版 要闻</a></li></ul><div><a>标题导航</a><ul><li><a>市委常委会召开会议</a></li><li><a>{TITLE}</a></li></ul></div>"
    found = article(
        f"{lists}<h2>{TITLE}</h2><h4>——全市观察</h4><p>2021-03-17 A02版 作者： 来源：</p><div>{TEXT}</div>", title=f"{TITLE} 青桐晚报"
    )
    assert (found.source, found.channel, found.subtitle) == ("青桐晚报", [], "全市观察")


def test_an_author_alone_on_a_line_and_a_label_above_the_headline() -> None:
    found = article(
        f"<div><div>要闻</div><h3>{TITLE}</h3><p>青桐日报 2021年03月17日 星期三　02版</p><p class=zz>鲁直</p>{TEXT}</div>", title="青桐日报"
    )
    assert (found.source, names(found)[0]) == ("青桐日报", ["鲁直"])
    assert found.text.split("\n") == [TITLE, "鲁直", ONE, TWO]


def test_the_only_line_of_a_page_is_its_text() -> None:
    assert article(f"<div class=article-content>{ONE[:30]}</div>", title="青桐日报数字报").text.endswith(ONE[:30])
