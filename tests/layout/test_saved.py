"""Text saved from a page, and the seed page the project began with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ljnews.layout.read import read
from ljnews.records import Page
from tests.layout.sentences import sentences

TEXT = sentences(4)
SAVED = "\n".join(
    [
        "当前位置：首页 > 江阳网 > 时政 > 正文", "", "全镇粮食总产量再创新高", "2022-08-05 15:56   来源:江阳日报   编辑：顾小满", "", "  全镇粮食总产量再创新高", "",
        "  ——访江阳镇党委书记闻人夏", "", *(f"　　{t}\n" for t in TEXT[:2]), "（记者 舒岩）", "", "■部门声音", "", "水利设施全线检修", "", *(f"　　{t}\n" for t in TEXT[2:]),
        "相关热词搜索：", "上一篇：老街改造", "下一篇：夜市开张", "分享到: 收藏", "热点聚焦",
    ]
)  # fmt: skip


def test_a_saved_page_is_read_like_a_page() -> None:
    article = read(Page(input="p.txt", content=SAVED.encode()))
    assert article.title == "全镇粮食总产量再创新高"
    assert article.subtitle == "访江阳镇党委书记闻人夏"
    assert (article.published_at, article.source) == ("2022-08-05T15:56:00+08:00", "江阳日报")
    assert article.channel == ["首页", "江阳网", "时政", "正文"]
    assert [c.name for c in article.reporters] == ["舒岩"]
    assert [c.name for c in article.editors] == ["顾小满"]
    assert [(s.kind, s.heading, s.title) for s in article.sections] == [
        ("main", None, "全镇粮食总产量再创新高"), ("related", "部门声音", "水利设施全线检修"),
    ]  # fmt: skip
    assert article.text.split("\n") == [
        "全镇粮食总产量再创新高", "——访江阳镇党委书记闻人夏", *TEXT[:2], "（记者 舒岩）", "■部门声音", "水利设施全线检修", *TEXT[2:],
    ]  # fmt: skip


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_saved_text_may_have_any_charset(charset: str) -> None:
    assert read(Page(input="p.txt", content=SAVED.encode(charset))).title == "全镇粮食总产量再创新高"


def test_plain_prose_is_a_text_without_a_headline() -> None:
    article = read(Page(input="p.txt", content=TEXT[0].encode()))
    assert article.title is None
    assert article.text == TEXT[0]


@pytest.mark.shared
def test_the_seed_page(shared: Path) -> None:
    gold = json.loads((shared / "gold" / "seed.json").read_text(encoding="utf-8"))["article"]
    (file,) = (shared / "seed").glob("*.txt")
    article = read(Page(input=str(file), content=file.read_bytes()))
    for key in ("title", "subtitle", "published_at", "source", "site", "channel"):
        assert getattr(article, key) == gold[key], key
    assert [c.model_dump() for c in article.reporters] == gold["reporters"]
    assert [{"kind": s.kind, "heading": s.heading, "title": s.title} for s in article.sections] == gold["sections"]
    assert not [s for s in gold["not_in_text"] if s in article.text]
    raw = [re.sub(r"\s+", "", line) for line in file.read_text(encoding="utf-8").split("\n")]
    assert all(re.sub(r"\s+", "", line) in raw for line in article.text.split("\n"))


BODY = [f"　　{t}" for t in TEXT]
HEAD = "江阳镇粮食总产量再创新高"
STYLES = {
    "arrows and an old info line": [
        "本网首页 → 江阳要闻 → 浏览文章", HEAD, "作者：舒岩 文章来源：江阳日报 点击数： 更新时间：2022/8/5 15:56:00", *BODY,
        "文章录入：admin 责任编辑：admin", "上一篇文章： 老街改造", "下一篇文章： 没有了", "【发表评论】【加入收藏】【打印此文】【关闭窗口】",
    ],
    "navigation above": [
        "江阳网首页|新闻|政务|生活|专题", "登录 注册", HEAD, "时间：2022-08-05 15:56　作者：舒岩　来源：江阳日报", "字号：T|T", *BODY, "更多精彩内容，请关注江阳发布",
    ],
    "navigation in lines": [
        "江阳经济网", "首页", "要闻", "县域", "项目", "当前位置：首页 > 项目 > 正文", HEAD, "2022-08-05 15:56 来源:江阳日报 作者：舒岩", *BODY,
        "热门推荐", "江阳县上半年经济运行平稳，主要指标好于预期", "排行榜", "1", "老街改造进入尾声", "友情链接", "某某网",
    ],
    "info line above": ["时政 | 2022-08-05 15:56 | 江阳日报", HEAD, "本报记者 舒岩", *BODY, "猜你喜欢", "• 老街改造进入尾声"],
    "medium and time apart": [HEAD, "江阳日报", "2022-08-05 15:56", "发布于 四川", "记者 舒岩", *BODY, "- END -", "点个在看，转发给更多人"],
    "kicker and dashed subtitle": ["又是丰收年", HEAD, "——来自产粮大镇的报道", "2022-08-05 15:56", "来源：江阳日报", "A- A+", *BODY, "（记者 舒岩 文/图）", "标签：粮食,丰收"],
    "printed page": ["江阳日报 2022年8月5日 15:56 星期五 第01版:要闻", HEAD, "□ 本报记者 舒　岩", *BODY, "上一篇 下一篇"],
    "labels": [f"标题：{HEAD}", "来源：江阳日报", "时间：2022-08-05 15:56", "作者：舒岩", "正文：", *BODY],
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_pages_of_other_papers_saved_as_text(style: str) -> None:
    article = read(Page(input="p.txt", content="\n".join(STYLES[style]).encode()))
    assert (article.title, article.source, article.published_at) == (HEAD, "江阳日报", "2022-08-05T15:56:00+08:00")
    assert [c.name for c in article.reporters] == ["舒岩"]
    lines = article.text.split("\n")
    assert [line for line in lines[1:] if "舒" not in line and not line.startswith("——")] == TEXT
    assert len(lines) <= len(TEXT) + 3


def test_a_saved_head_with_kicker_and_subtitle() -> None:
    article = read(Page(input="p.txt", content="\n".join(STYLES["kicker and dashed subtitle"]).encode()))
    assert (article.kicker, article.subtitle) == ("又是丰收年", "来自产粮大镇的报道")


def test_words_of_navigation_in_a_headline_or_a_sentence_do_not_hide_it() -> None:
    lines = [
        "新登记注册企业增长两成",
        "2022-08-05 来源：江阳日报",
        "　　注册登记更快了。8月5日，记者从县市场监管局获悉，上半年新注册企业增长两成。",
    ]
    article = read(Page(input="p.txt", content="\n".join(lines).encode()))
    assert article.title == "新登记注册企业增长两成"
    assert article.text.split("\n")[1] == lines[2].strip()


MORE_STYLES = {
    "index table above a document": [
        "某省政府网 某市政府网 English 市人大 市政协", "首     页 政 务 公 开 网 上 办 事", "索   引   号 20220805-189769 分        类 综合政务;",
        "发 布 机 构 江阳县政府办 发 文 日 期 2022-08-05", f"名        称 {HEAD}", HEAD, "信息来源: 江阳日报", *BODY, "（记者 舒岩）",
    ],
    "breadcrumb with strokes": [
        "网站首页 / 新闻中心 / 园区动态", HEAD, "阅读次数:8585 编辑: cnxq 信息来源: 江阳日报 发布时间:2022-08-05", "[字体:  ]", "记者 舒岩", *BODY, "扫一扫在手机打开当前页",
    ],
    "labels and values on lines of their own": [HEAD, "来源：", "江阳日报", "作者：", "舒岩", "发布时间：", "2022-08-05", *BODY, "责任编辑：", "顾小满"],
    "marks of Markdown": [f"# {HEAD}", "**来源：** 江阳日报　**时间：** 2022-08-05 **作者：** 舒岩", *BODY, "> 责任编辑：顾小满"],
    "head of a printed paper": ["江阳日报社主办", "江阳日报", "2022年8月5日 星期五", "今日 8 版 第 12345 期", "01版 要闻", HEAD, "本报记者 舒岩", *BODY],
    "related headlines and notices": [
        "江阳新闻网", HEAD, "2022-08-05　　作者：舒岩　　来源：江阳日报　　我要评论(0)", *BODY, "延伸阅读：", "上半年经济运行平稳，主要指标好于预期", "老街迎来游客，吸引众人打卡",
        "版权与免责声明：", "1、凡本网注明“来源：江阳新闻网”的所有作品，版权均属于江阳新闻网。", "关于我们 | 广告服务 | 联系我们",
    ],
}  # fmt: skip


@pytest.mark.parametrize("style", MORE_STYLES)
def test_more_pages_of_other_papers_saved_as_text(style: str) -> None:
    article = read(Page(input="p.txt", content="\n".join(MORE_STYLES[style]).encode()))
    assert (article.title, article.source, article.published_at) == (HEAD, "江阳日报", "2022-08-05")
    assert [c.name for c in article.reporters] == ["舒岩"]
    assert [line for line in article.text.split("\n")[1:] if "舒" not in line] == TEXT


def test_two_lines_above_the_info_line_are_headline_and_subtitle() -> None:
    head = [
        "A1:江阳*要闻总第2885期 >2022-08-05编印",
        "科学规划 合理布局 拓展提升",
        "县长闻人夏对园区工作提出要求",
        "刊发日期:2022-08-05 阅读次数: 作者:舒岩 何采薇  语音阅读:语音阅读",
    ]
    article = read(Page(input="p.txt", content="\n".join([*head, *BODY]).encode()))
    assert (article.title, article.subtitle, article.published_at) == (
        "科学规划 合理布局 拓展提升",
        "县长闻人夏对园区工作提出要求",
        "2022-08-05",
    )
    assert [c.name for c in article.reporters] == ["舒岩", "何采薇"]
    assert article.text.split("\n") == ["科学规划 合理布局 拓展提升", "县长闻人夏对园区工作提出要求", *TEXT]


def test_a_printed_page_saved_with_its_count_of_characters() -> None:
    head = [HEAD, "字数:553 2022年08月05日 要闻", "□记者  舒 岩  报道"]
    article = read(Page(input="p.txt", content="\n".join([*head, *BODY, "新闻推荐", "老街迎来游客，吸引众人打卡"]).encode()))
    assert (article.title, article.published_at) == (HEAD, "2022-08-05")
    assert [c.name for c in article.reporters] == ["舒岩"]
    assert article.text.split("\n") == [HEAD, "□记者 舒 岩 报道", *TEXT]
