"""Targets: spans, kinds, deadlines, outcomes, projects and speakers on invented sentences; the seed's four."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ljnews.facts.draft import Draft
from ljnews.records import Page
from ljnews.run.discover import builders, extractors
from ljnews.run.process import process
from ljnews.text.text import Text
from ljnews.text.turns import turns

PUBLISHED = date(2022, 8, 5)


def targets(string: str, published: date | None = PUBLISHED) -> list[dict[str, Any]]:
    """Return the target facts of a string."""
    text = Text(string, published=published, turns=turns(string))
    for one in extractors().values():
        text.add(one(text))
    draft = Draft("test")
    for build in builders().values():
        build(text, draft)
    return draft.facts["targets"]


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("预计入驻企业40家以上,年产值15亿元,解决就业600人。", ["预计入驻企业40家以上,年产值15亿元,解决就业600人"]),
        ("确保完成投资10亿元、力争完成投资12亿元。", ["确保完成投资10亿元", "力争完成投资12亿元"]),
        ("一期预计年底竣工,总投资2亿元,占地30亩。", ["一期预计年底竣工"]),
        ("到2025年,全县森林覆盖率达到61%,建成省级森林乡村20个。", ["到2025年,全县森林覆盖率达到61%,建成省级森林乡村20个"]),
        ("预计6月中旬全部开工,年底完成主体工程。", ["预计6月中旬全部开工,年底完成主体工程"]),
        ("“十四五”末全区将建成充电桩3000根。", ["“十四五”末全区将建成充电桩3000根"]),
        (
            "完成投资8亿元,占年度计划的64%;到位资金3亿元,占年度计划的75%。",
            ["完成投资8亿元,占年度计划的64%", "到位资金3亿元,占年度计划的75%"],
        ),
        (
            "项目建成后,预计年销售收入将达到4亿元,年上缴税收将达到2000万元。",
            ["项目建成后,预计年销售收入将达到4亿元,年上缴税收将达到2000万元"],
        ),
    ],
)
def test_target_span_is_the_clause_group(sentence: str, spans: list[str]) -> None:
    year = date(2022, 5, 5)
    assert [t["text"] for t in targets(sentence, year)] == spans


@pytest.mark.parametrize(
    ("sentence", "deadline"),
    [
        ("力争二期项目于9月底交付使用。", "2022-09-30"),
        ("坚决确保完成全年目标任务。", "2022-12-31"),
        ("2023年计划投资3.5亿元。", "2023-12-31"),
        ("该路预计国庆前通车。", "2022-10-01"),
        ("9月1日起,园区将全面下调停车收费标准。", "2022-09-01"),
        ("力争全年完成投资85亿元,力争突破90亿元。", "2022-12-31"),
        ("展望2023年发展目标,确保财政收入增长9%。", "2023-12-31"),
        ("五年后,全县公路通车里程将达3000公里。", None),
        ("计划用3至5年时间,把茶园发展到三千亩。", "2027-08-05"),
        ("争取在9月中旬开始搬迁。", "2022-09-20"),
        ("届时将新增床位300张。", None),
        ("项目达产后年可实现产值5亿元。", None),
        ("预计2023年建成投产,预计年产值5亿元。", "2023-12-31"),
        ("到2025年,单位能耗比2020年下降15%。", "2025-12-31"),
    ],
)
def test_target_deadline_is_the_horizon_of_the_clause_or_its_sentence(sentence: str, deadline: str | None) -> None:
    found = targets(sentence)[0]["deadline"]
    assert (found and found["to"]) == deadline


def test_target_deadline_of_a_completion_is_not_carried_to_the_next_target() -> None:
    first, second = targets("预计2023年建成投产,建成后年产值可达5亿元。")
    assert first["deadline"]["to"] == "2023-12-31"
    assert second["deadline"] is None


def test_target_deadline_of_a_month_to_come_is_this_years_unless_done() -> None:
    spring = date(2021, 3, 5)
    assert targets("12家食堂10月底前全部建成。", spring)[0]["deadline"]["to"] == "2021-10-31"
    assert targets("12家食堂10月底前已全部建成。", spring) == []


def test_target_evidence_stays_short_in_a_long_list() -> None:
    goals = ";".join(f"第{n}项居民收入增长{n}.5%左右" for n in range(1, 30))
    found = targets(f"今年的主要预期目标是:{goals}。")
    assert found
    assert all(len(f["evidence"]["text"]) <= 160 for f in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "完成投资8亿元,占年度计划的64%;预计年底竣工,安排就业300人。",
        "镇长说:“年底前建成大棚20座,力争增收!”",
        "今年的目标是:新建公园3个;改造小区12个(含续建)。",
    ],
)
def test_target_full_width_punctuation_makes_no_difference(sentence: str) -> None:
    wide = sentence.translate(str.maketrans(",:;!()", "\uff0c\uff1a\uff1b\uff01\uff08\uff09"))
    spans = [[(f["evidence"]["start"], f["evidence"]["end"], f["kind"], f["deadline"]) for f in targets(s)] for s in (sentence, wide)]
    assert spans[0] == spans[1] != []


def test_target_deadline_without_publication_stays_unknown() -> None:
    (found,) = targets("该项目预计明年10月建成投产。", None)
    assert found["kind"] == "dated"
    assert found["deadline"] == {"from": None, "to": None, "surface": "明年10月"}


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("全县贫困发生率将从8.9%降至2%以内。", ("2", "percent")),
        ("确保30个在建项目年底前完成投资5亿元。", ("500000000", "CNY")),
        ("将在3个方面发力,新增泊位500个。", ("500", "个")),
        ("力争引进10亿元以上项目6个。", ("6", "个")),
        ("完成投资8亿元,占年度计划的64%。", ("64", "percent")),
        ("车程将由现在的两个小时缩短至40分钟。", ("40", "minute")),
    ],
)
def test_target_first_outcome_is_the_number_that_measures_it(sentence: str, first: tuple[str, str]) -> None:
    outcome = targets(sentence)[0]["outcomes"][0]
    assert (outcome["value"], outcome["unit"]) == first


@pytest.mark.parametrize(
    "sentence",
    [
        "第五届采茶节将于9月举行。",
        "该工程原定于2021年底完工,后因故延期。",
        "园区能否在年底前完成搬迁?",
        "如果资金到位,明年将新建2座泵站。",
        "对按时投产的企业将给予50万元奖励。",
        "今后县城将不再新建燃煤锅炉2台。",
        "全市“十四五”规划印发。",
        "项目计划总投资5亿元。",
        "县里将其列为一号工程。",
        "在确保安全的前提下加快施工。",
        "2021年,全县计划投资20亿元。",
        "会议听取了目标任务完成情况汇报。",
    ],
)
def test_target_refuses_what_nobody_aims_at(sentence: str) -> None:
    assert targets(sentence) == []


def test_target_speaker_of_quote_report_and_turn() -> None:
    quoted = "“目前二期正在装修,预计年底前投入使用。”项目经理赵立新介绍说。"
    reported = "镇党委书记钱文博表示,今年将新建大棚60座。力争村均集体收入突破20万元。"
    interview = "记者:下半年有哪些打算?\n孙建华:我们计划新建厂房3万平方米。"
    assert [t["speaker"] for t in targets(quoted)] == ["赵立新"]
    assert [t["speaker"] for t in targets(reported)] == ["钱文博", "钱文博"]
    assert [t["speaker"] for t in targets(interview)] == ["孙建华"]


def test_target_without_a_named_speaker_has_none() -> None:
    (found,) = targets("县住建局有关负责人表示,年底前将完成改造1200户。")
    assert found["speaker"] is None


def test_target_outcome_refers_to_its_amount() -> None:
    (found,) = targets("力争全年新增就业5000人。")
    assert found["outcomes"][0]["amount_id"]


def test_target_seed_required_four(shared: Path) -> None:
    page = shared / "seed" / "000_b6f1d325a75cea76.txt"
    record = process(Page(input=str(page), input_id="seed", content=page.read_bytes()))
    found = {(t.kind, t.strength, t.deadline.to if t.deadline else None, t.speaker) for t in record.targets}  # type: ignore[union-attr]
    assert {
        ("dated", "strive", "2022-09-30", "石国平"),
        ("dated", "ensure", "2022-12-31", "王熊骅"),
        ("progress", "report", None, None),
    } <= found
    assert sum(t.kind == "progress" for t in record.targets) == 2  # type: ignore[union-attr]


@pytest.mark.parametrize("unit", ["的", "、", "1", "亿", " ", "将", "确保", "“", "计划", "占年度", "目标:", "建成后,"])
def test_target_time_is_linear_on_runs(unit: str) -> None:
    from time import process_time

    def cost(n: int) -> float:
        text = Text(unit * (n // len(unit)), published=PUBLISHED)
        run = extractors()["target"]
        best = 9.0
        for _ in range(3):
            text.__dict__.pop("folded", None)
            start = process_time()
            list(run(text))
            best = min(best, process_time() - start)
        return best

    once, twice = cost(10_000), cost(20_000)
    assert twice < 1.0
    assert twice <= 2.5 * once + 0.02
