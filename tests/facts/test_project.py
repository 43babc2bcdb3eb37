"""Projects: what the record must say of invented articles; mended errors stay here as cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ljnews.facts.project.merge import core, merge, same
from ljnews.facts.project.names import Name
from ljnews.facts.project.specific import generic, residue

RecordOf = Callable[..., dict[str, Any]]


def _projects(record: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {p["name"]: p for p in record["projects"]}


def _told(project: dict[str, Any]) -> dict[str, str]:
    """The attributes of a project without phase, as `value unit`."""
    rows = [a for a in project["attributes"] if a["phase"] is None and a["name"] not in ("status", "content")]
    return {a["name"]: " ".join(filter(None, (a["value"], a["unit"]))) for a in rows}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("加快推进安和县迎宾大道至柳塘管网改造整治工程延伸段建设。", ["安和县迎宾大道至柳塘管网改造整治工程延伸段"]),
        ("江渝(安和)人力资源服务产业园建成投用。", ["江渝(安和)人力资源服务产业园"]),
        ("年产10万吨锂电池材料项目落户安和县。", ["年产10万吨锂电池材料项目"]),
        ("S214线改建工程开工。", ["S214线改建工程"]),
        ("力争对“湘江远航科技电单车智能制造”等3个项目共招共引。", ["湘江远航科技电单车智能制造"]),
        ("推进华瑞中央厨房、粤东智启科技等招引项目及时开工。", ["华瑞中央厨房", "粤东智启科技"]),
        ("河阳县柳塘种子加工厂及仓储中心建设项目加快建设。", ["河阳县柳塘种子加工厂及仓储中心建设项目"]),
        ("总投资1.2亿元的云岭诚越科技高频、高速覆铜板项目签约。", ["云岭诚越科技高频、高速覆铜板项目"]),
        (
            "先后来到道县市重点项目湘粤综合物流园、柳塘烈士纪念园(展陈馆一楼东侧的专题陈列室)等处,察看项目建设进展。",
            ["湘粤综合物流园", "柳塘烈士纪念园"],
        ),
        ("集中开工的有保安路改造工程和安和路东延工程。", ["保安路改造工程", "安和路东延工程"]),
        ("建成美丽的湖畔公园。", []),
    ],
)
def test_project_names_stand_whole(record_of: RecordOf, sentence: str, names: list[str]) -> None:
    assert [p["name"] for p in record_of(sentence)["projects"]] == names


@pytest.mark.parametrize(
    "sentence",
    [
        "今年全市实施重点项目71个,总投资86亿元。",
        "实施生态保护修复项目98个、国土绿化试点示范项目25个。",
        "扎实推进民生工程、惠民工程、系统工程。",
        "开展招商引资百日攻坚行动,引进亿元以上项目12个。",
        "固定资产投资总额不低于700万元的技术改造项目可获补助。",
        "这是西部第三座跨省城市航站楼。",
        "项目涵盖新能源、新材料、装备制造等领域。",
        "支持凯普达、人和轴承等企业技改扩能。",
        "在安和会议中心举行新闻发布会。",
        "实施“良田、良种、良机”等六大工程。",
        "他宣布项目开工,希望项目早日建成。",
    ],
)
def test_project_names_are_not_classes_or_places(record_of: RecordOf, sentence: str) -> None:
    assert record_of(sentence)["projects"] == []


def test_project_forms_are_one_project(record_of: RecordOf) -> None:
    text = (
        "在柳塘片区的华晟电子片式电阻生产项目现场,工人们正在施工。\n"
        "据悉,华晟电子片式电阻厂区建设项目总投资10亿元,占地121亩,于2021年11月开工建设。项目现已累计完成投资3亿元。"
        "力争一期项目于9月底交付投产。"
    )
    found = _projects(record_of(text))
    assert list(found) == ["华晟电子片式电阻厂区建设项目"]
    project = found["华晟电子片式电阻厂区建设项目"]
    assert project["aliases"] == ["华晟电子片式电阻生产项目"]
    assert project["status"] == "under_construction"
    told = _told(project)
    assert told["total_investment"] == "1000000000 CNY"
    assert told["completed_investment"] == "300000000 CNY"
    assert told["land_area"] == "80666.67 m2"
    assert told["started_on"] == "2021-11"
    assert [(a["phase"], a["to"]) for a in project["attributes"] if a["name"] == "due_on"] == [("一期", "2022-09-30")]
    assert [a["value"] for a in project["attributes"] if a["name"] == "location"] == ["柳塘片区"]


def test_project_amounts_know_their_project(record_of: RecordOf) -> None:
    record = record_of("柳塘水厂扩建工程总投资1.2亿元。全市重点项目71个,总投资86亿元。")
    project = record["projects"][0]
    assert [(a["surface"], a["project_id"]) for a in record["amounts"]] == [("1.2亿元", project["id"]), ("71个", None), ("86亿元", None)]
    linked = {a["amount_id"] for a in project["attributes"] if a["amount_id"]}
    assert linked == {a["id"] for a in record["amounts"] if a["project_id"]}


def test_project_shared_head_is_given_to_each(record_of: RecordOf) -> None:
    record = record_of("全力推进川南医学院、东华师范大学新校区建设等30个重点项目前期工作。")
    assert [(p["name"], p["status"]) for p in record["projects"]] == [
        ("川南医学院新校区", "preliminary"),
        ("东华师范大学新校区", "preliminary"),
    ]


def test_project_list_keeps_its_figures_apart(record_of: RecordOf) -> None:
    text = (
        "签约项目分别是总投资5.8亿元的江北城欣油脂深加工项目,总投资5.5亿元的苏南超邦年产4.5万吨涂料项目,总投资5亿元的湘东福环螯合剂项目。"
    )
    found = _projects(record_of(text))
    assert [_told(p)["total_investment"] for p in found.values()] == ["580000000 CNY", "550000000 CNY", "500000000 CNY"]
    assert _told(found["苏南超邦年产4.5万吨涂料项目"])["capacity"] == "45000000 kg"


def test_project_ceremony_gives_status_and_day(record_of: RecordOf) -> None:
    text = (
        "云州市举行重点项目集中开工仪式\n7月28日,云州市三季度重点项目集中开工仪式在东湾举行。\n"
        "此次集中开工的项目还有柳塘水厂扩建工程、安和大桥和锦屏产业园。"
    )
    found = _projects(record_of(text))
    assert set(found) == {"柳塘水厂扩建工程", "安和大桥", "锦屏产业园"}
    assert {(p["status"], _told(p)["started_on"]) for p in found.values()} == {("started", "2022-07-28")}


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("安和大桥正式通车。", "operating"),
        ("安和大桥预计明年通车。", None),
        ("推进安和大桥早日通车。", None),
        ("安和大桥主体结构已经完成,正在进行桥面铺装。", "under_construction"),
        ("锦屏产业园、安和大桥等71个在建项目加快推进。", "under_construction"),
        ("锦屏产业园、安和大桥等7个项目已全面完工。", "completed"),
        ("安和大桥建成后,两岸居民出行更方便。安和大桥由云州交投集团投资建设。", None),
        ("安和大桥项目签约。", "signed"),
        ("安和大桥项目尚未开工。", None),
    ],
)
def test_project_status_is_said_not_wished(record_of: RecordOf, sentence: str, status: str | None) -> None:
    assert {p["status"] for p in record_of(sentence)["projects"]} == {status}


def test_project_reference_ends_with_another_subject(record_of: RecordOf) -> None:
    text = "锦秀产业园项目开工。该项目占地60亩。据悉,全市此次集中开工项目共46个,总投资194.6亿元。"
    assert _told(record_of(text)["projects"][0]) == {"land_area": "40000 m2"}


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("安和国际会展产业园", "国际会展产业园", True),
        ("梅溪综合治理", "梅溪二期治理项目", True),
        ("综合保税区", "综保区基础设施", True),
        ("区人民医院迁建工程", "区人民医院新院区", True),
        ("第五幼儿园", "第六幼儿园", False),
        ("远航3万吨铝箔生产线", "远航20万吨铝箔一期", False),
        ("柳塘灌区北片工程", "柳塘灌区北片大沟输水管", False),
    ],
)
def test_project_merge_joins_forms_only(one: str, other: str, joined: bool) -> None:
    assert same(one, other) is joined


def test_project_merge_never_joins_a_list() -> None:
    names = [Name(0, 6, "安和产业园一期", "park", "project.list", 1), Name(7, 13, "安和产业园二期", "park", "project.list", 1)]
    assert len(set(merge(names).values())) == 2
    assert core("梅溪二期治理项目") == "梅溪治理"


@pytest.mark.parametrize("modifier", ["重点", "市级重大产业", "第二批", "亿元以上", "省市县"])
def test_project_generic_modifiers_single_nothing_out(modifier: str) -> None:
    assert generic(modifier)


def test_project_residue_counts_free_characters() -> None:
    assert residue("华晟重大") == 2


def test_project_record_is_the_same_every_time(record_of: RecordOf) -> None:
    text = "加快凯普达、华瑞方舟等26个在建项目建设,推进锦屏产业园、安和大桥等项目前期工作。"
    assert record_of(text) == record_of(text)


@pytest.mark.shared
def test_project_evidence_stands_in_unlabelled_texts(shared: Any, text_of: Callable[..., Any]) -> None:
    import json

    lines = (shared / "text" / "unlabelled.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[:40]:
        row = json.loads(line)
        text = text_of(row["text"])
        for label in ("project", "project_ref", "project_class"):
            for mention in text.of(label):
                assert 0 <= mention.start < mention.end <= len(text.string)
                if label == "project" and mention.rule != "project.shared":
                    assert mention.value == text.string[mention.start : mention.end]
