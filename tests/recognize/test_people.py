"""Names, titles, organisations and places: where each begins and ends, on invented sentences."""

from __future__ import annotations

import pytest

from ljnews.recognize import names, sounded
from ljnews.recognize.address import full_address
from ljnews.recognize.home import home
from ljnews.recognize.place import place
from ljnews.recognize.titles import read_all
from ljnews.recognize.values import PostName
from ljnews.records import Place
from ljnews.run.discover import extractors
from ljnews.text.text import Text


def analysed(string: str, **known: object) -> Text:
    """Return a text with all mentions."""
    text = Text(string, **known)  # type: ignore[arg-type]
    for one in extractors().values():
        text.add(one(text))
    return text


def persons(string: str) -> list[str]:
    """Return the names that a string shows, in text order, each once."""
    return list(dict.fromkeys(m.value.name for m in analysed(string).of("person")))


@pytest.mark.parametrize(
    ("string", "name"),
    [
        ("王波表示,片区将加快建设", "王波"),
        ("李明强调,要压实责任", "李明"),
        ("何洁来我县调研", "何洁"),
        ("刘志强调研时指出", "刘志强"),
        ("张伟带队检查", "张伟"),
        ("陈新在主会场讲话", "陈新"),
        ("王为民主持会议", "王为民"),
        ("欧阳振华率队考察", "欧阳振华"),
        ("万国明说,收成不错", "万国明"),
        ("黄安平等陪同", "黄安平"),
        ("刘其和。据他介绍", "刘其和"),
    ],
)
def test_names_end_before_what_follows(string: str, name: str) -> None:
    reading = names.read(string, 0)
    assert reading is not None
    assert string[: reading.end] == name


@pytest.mark.parametrize("string", ["高度重视安全", "安全生产", "方面工作", "利益联结", "在会上", "日益提高"])
def test_names_refuse_words(string: str) -> None:
    reading = names.read(string, 0)
    assert reading is None or reading.score < 1.2


@pytest.mark.parametrize(
    ("string", "name"),
    [("罗 淮 蓉出席", "罗 淮 蓉"), ("贾 彤及县委书记", "贾 彤"), ("岩 温 李 平", "岩 温"), ("伍 峰介绍", "伍 峰")],
)
def test_names_printed_with_spaces(string: str, name: str) -> None:
    assert string[: names.read_spaced(string, 0)] == name


@pytest.mark.parametrize(
    ("string", "name"),
    [("卡瓦尼亚和国防部长", "卡瓦尼亚"), ("迪亚诺-卡维尔出席活动", "迪亚诺-卡维尔"), ("拉乌夫12日表示", "拉乌夫")],
)
def test_names_foreign(string: str, name: str) -> None:
    assert string[: sounded.read_foreign(string, 0)] == name


@pytest.mark.parametrize(
    ("string", "name"),
    [("尔古·木呷介绍", "尔古·木呷"), ("吐尔逊·买买提出席", "吐尔逊·买买提"), ("阿依努尔·艾合买提、李明", "阿依努尔·艾合买提")],
)
def test_names_with_a_dot(string: str, name: str) -> None:
    assert string[: sounded.read_dotted(string, 0)] == name


@pytest.mark.parametrize(
    ("string", "organization", "title"),
    [
        ("陪同市发改委主任许青山", "市发改委", "主任"),
        ("8月1日市委书记许青山", "市委", "书记"),
        ("云岭(东川)物流有限公司总经理许青山", "云岭(东川)物流有限公司", "总经理"),
        ("县人力资源和社会保障局副局长许青山", "县人力资源和社会保障局", "副局长"),
        ("州文化体育旅游和广播电视局局长许青山", "州文化体育旅游和广播电视局", "局长"),
        ("常务副县长许青山", None, "常务副县长"),
        ("澄江新区城西片区管委会主任许青山", "澄江新区城西片区管委会", "主任"),
        ("时任东川县委书记许青山", "东川县委", "时任书记"),
        ("溢丰电阻生产项目经理许青山", "溢丰电阻生产", "项目经理"),
        ("驻桃源村第一书记许青山", "桃源村", "第一书记"),
        ("1.市水务局原党组书记许青山", "市水务局党组", "原书记"),
    ],
)
def test_titles_read_leftwards(string: str, organization: str | None, title: str) -> None:
    found = list(read_all(Text(string)))
    assert (found[-1].organization, found[-1].title) == (organization, title)


@pytest.mark.parametrize("string", ["建立长效机制", "项目建设工期紧", "据知情人士透露", "市场主要份额", "福州长乐国际机场", "省市长期合作"])
def test_titles_are_not_parts_of_words(string: str) -> None:
    text = Text(string)
    text.add(place(text))
    assert list(read_all(text)) == []


@pytest.mark.parametrize(
    ("string", "found"),
    [
        ("市领导出席。", []),
        ("副市长段立新、杜海和吴桂兰参加。", ["段立新", "杜海", "吴桂兰"]),
        ("吴海涛、熊征宇、周先来等市“四大家”领导调研。", ["吴海涛", "熊征宇", "周先来"]),
        ("县委书记邓超、青崖区区长徐晓梅参加有关活动。", ["邓超", "徐晓梅"]),
        ("走进贫困户吉克阿牛家。", ["吉克阿牛"]),
        ("市长田尻说。日本驻东川总领事馆总领事田尻和宏等出席。", ["田尻", "田尻和宏"]),
        ("书记说要抓落实,局长要求到位。", []),
        ("王书记和李女士来了,张某被查。", []),
        ("学习贯彻习近平新时代中国特色社会主义思想。", []),
        ("(罗建明 摄)", ["罗建明"]),
        ("记者手记", []),
        ("编辑:周小梅", ["周小梅"]),
    ],
)
def test_person_finds(string: str, found: list[str]) -> None:
    assert persons(string) == found


def test_person_again_is_every_occurrence() -> None:
    text = analysed("市长许青山出席。许青山要求,加快进度。许 青 山签约。许青山一行走访。")
    spans = [text.string[m.start : m.end] for m in text.of("person")]
    assert spans.count("许青山") == 3


@pytest.mark.parametrize(
    ("source", "string", "city"),
    [("南充日报", "市委书记讲话。", "511300"), (None, "本报讯 7月1日,南充市召开会议。", "511300"), (None, "会议召开。", None)],
)
def test_home_from_source_and_text(source: str | None, string: str, city: str | None) -> None:
    text = Text(string, source=source)
    text.add(place(text))
    assert home(text).city == city


def test_home_of_a_known_place() -> None:
    text = Text("县委书记讲话。", place=Place(adcode="511325", name="西充县"))
    assert home(text).county == "511325"


@pytest.mark.parametrize(
    ("organization", "title", "full", "adcode"),
    [
        ("市委", "书记", "南充市委", "511300"),
        (None, "市长", "南充市人民政府", "511300"),
        (None, "副县长", "西充县人民政府", "511325"),
        ("省委", "常委", "四川省委", "510000"),
        ("县政协", "主席", "西充县政协", "511325"),
        ("临江新区党工委", "副书记", "南充市临江新区党工委", "511300"),
        ("国家能源局", "局长", "国家能源局", None),
        ("顺庆区", "区长", "顺庆区人民政府", "511302"),
        (None, "总书记", None, None),
    ],
)
def test_address_of_a_post(organization: str | None, title: str, full: str | None, adcode: str | None) -> None:
    text = Text("西充县推进重点项目。", source="南充日报")
    text.add(place(text))
    resolved, division = full_address(PostName(organization, title, "current", True), home(text))
    assert (resolved, division.adcode if division else None) == (full, adcode)
