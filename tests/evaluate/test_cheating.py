"""The scorer is tested by cheating it: every corruption of a perfect record must lower a score and raise none."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ljnews.errors import GoldError
from ljnews.evaluate.gold import problems, read
from ljnews.evaluate.report import lines
from ljnews.evaluate.scores import ROWS, Score, score

TEXT = (
    "云岭市新建污水处理厂\n"
    "8月3日,云岭市委副书记、市长欧阳清到澄江县调研。她说,澄江县污水处理厂扩建工程总投资约2.5亿元,占地86亩,去年11月开工,"
    "力争明年6月底建成投运,建成后日处理污水不低于4万吨。上半年,全县完成投资12亿元,占年度计划的56%,同比增长8.5%。"
    "村民罗淮蓉和项目经理石国安也到了现场。(记者 冯立)"
)


def _amount(surface: str, context: str, kind: str, value: str, unit: str, **more: Any) -> dict[str, Any]:
    return {"surface": surface, "context": context, "kind": kind, "value": value, "unit": unit, **more}


GOLD: dict[str, Any] = {
    "id": "one",
    "article": {
        "title": "云岭市新建污水处理厂",
        "published_at": "2022-08-05",
        "source": "云岭日报",
        "in_text": ["去年11月开工"],
        "not_in_text": ["上一篇"],
    },
    "officials": [{"name": "欧阳清", "posts": [{"organization": "云岭市委", "title": "副书记"}, {"organization": None, "title": "市长"}]}],
    "people": [{"name": "罗淮蓉", "kind": "citizen"}, {"name": "石国安", "kind": "business"}, {"name": "冯立", "kind": "journalist"}],
    "amounts": [
        _amount("约2.5亿元", "总投资约2.5亿元", "money", "250000000", "CNY", approximation="about", measure="总投资"),
        _amount("86亩", "占地86亩", "area", "57333.33", "m2", measure="占地"),
        _amount("不低于4万吨", "日处理污水不低于4万吨", "mass", "40000000", "kg", approximation="at_least", measure="日处理污水"),
        _amount("12亿元", "完成投资12亿元", "money", "1200000000", "CNY", measure="完成投资"),
        _amount("56%", "占年度计划的56%", "percent", "56", "percent", measure="占年度计划"),
        _amount("8.5%", "同比增长8.5%", "percent", "8.5", "percent", measure="同比增长"),
    ],
    "projects": [
        {
            "name": "澄江县污水处理厂扩建工程",
            "aliases": ["污水处理厂"],
            "attributes": {
                "status": "started",
                "total_investment": "250000000 CNY",
                "land_area": "57333.33 m2",
                "started_on": "2021-11",
                "due_on": "2023-06-30",
            },
        }
    ],
    "targets": [
        {"text": "力争明年6月底建成投运", "kind": "dated", "strength": "strive", "deadline_end": "2023-06-30", "speaker": "欧阳清"},
        {"text": "建成后日处理污水不低于4万吨", "kind": "quantified", "strength": "expect", "quantity": "40000000 kg", "speaker": "欧阳清"},
        {"text": "占年度计划的56%", "kind": "progress", "strength": "report", "quantity": "56 percent"},
    ],
}


def _evidence(quote: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "text": quote, "rule": "test"}


def _perfect() -> dict[str, Any]:
    """The record that gold describes."""
    amounts = [
        {
            "id": f"a{i}", "surface": a["surface"], "kind": a["kind"], "value": a["value"], "lower": None, "upper": None, "unit": a["unit"],
            "approximation": a.get("approximation", "exact"), "measure": a["measure"], "evidence": _evidence(a["surface"]),
        }
        for i, a in enumerate(GOLD["amounts"])
    ]  # fmt: skip
    project = GOLD["projects"][0]
    attributes = []
    for name, value in project["attributes"].items():
        figure, _, unit = value.partition(" ")
        attributes.append(
            {
                "name": name,
                "value": figure,
                "unit": unit or None,
                "from": None,
                "to": None,
                "surface": value,
                "evidence": _evidence("扩建工程"),
            }
        )
    targets = []
    for t in GOLD["targets"]:
        value, _, unit = t.get("quantity", "").partition(" ")
        outcomes = [{"metric": None, "value": value, "lower": None, "upper": None, "unit": unit}] if value else []
        deadline = {"from": None, "to": t["deadline_end"], "surface": "明年6月底"} if "deadline_end" in t else None
        targets.append(
            {
                **{k: t[k] for k in ("text", "kind", "strength")},
                "outcomes": outcomes,
                "deadline": deadline,
                "speaker": t.get("speaker"),
                "evidence": _evidence(t["text"]),
            }
        )
    return {
        "article": {"title": GOLD["article"]["title"], "published_at": "2022-08-05", "source": "云岭日报", "text": TEXT},
        "officials": [
            {"name": "欧阳清", "evidence": [_evidence("欧阳清")], "posts": [
                {"post": "云岭市委副书记", "organization": "云岭市委", "title": "副书记", "evidence": _evidence("云岭市委副书记")},
                {"post": "市长", "organization": None, "title": "市长", "evidence": _evidence("市长")},
            ]},
        ],
        "people": [{"name": p["name"], "kind": p["kind"], "posts": [], "evidence": [_evidence(p["name"])]} for p in GOLD["people"]],
        "amounts": amounts,
        "projects": [{"name": project["name"], "status": "started", "attributes": attributes, "evidence": [_evidence(project["name"])]}],
        "targets": targets,
    }  # fmt: skip


def _whole_article(fact: dict[str, Any]) -> None:
    fact["evidence"] = {"start": 0, "end": len(TEXT), "text": TEXT, "rule": "test"}


def _double(kind: str) -> Callable[[dict[str, Any]], None]:
    return lambda r: r[kind].append(copy.deepcopy(r[kind][0]))


CHEATS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "nothing found": lambda r: r.update({t: [] for t in ("officials", "people", "amounts", "projects", "targets")}),
    "no evidence": lambda r: [a.update(evidence=None) for a in r["amounts"]],
    "evidence of another place": lambda r: r["amounts"][0].update(evidence=_evidence("12亿元")),
    "evidence text altered": lambda r: r["amounts"][0]["evidence"].update(text="约2.5亿圆"),
    "whole article as evidence of an amount": lambda r: _whole_article(r["amounts"][0]),
    "whole article as a target": lambda r: _whole_article(r["targets"][0]),
    "whole article as a measure": lambda r: r["amounts"][0].update(measure=TEXT),
    "measures left out": lambda r: [a.update(measure=None) for a in r["amounts"]],
    "all exact": lambda r: [a.update(approximation="exact") for a in r["amounts"]],
    "a value ten times": lambda r: r["amounts"][0].update(value="2500000000"),
    "a wrong unit": lambda r: r["amounts"][1].update(unit="亩", value="86"),
    "a wrong kind": lambda r: r["amounts"][1].update(kind="count"),
    "doubled official": _double("officials"),
    "doubled person": _double("people"),
    "doubled amount": _double("amounts"),
    "doubled project": _double("projects"),
    "doubled target": _double("targets"),
    "an invented official": lambda r: r["officials"].append({**copy.deepcopy(r["officials"][0]), "name": "王某某"}),
    "a name with its verb": lambda r: r["officials"][0].update(name="欧阳清到"),
    "posts not split": lambda r: r["officials"][0]["posts"].__setitem__(slice(None), [{"post": "云岭市委副书记、市长", "organization": "云岭市委", "title": "副书记、市长", "evidence": _evidence("云岭市委副书记、市长")}]),
    "a post dropped": lambda r: r["officials"][0]["posts"].pop(),
    "a post without evidence": lambda r: r["officials"][0]["posts"][0].pop("evidence"),
    "everybody an official": lambda r: r.update(officials=r["officials"] + [{**p, "posts": []} for p in r["people"]], people=[]),
    "everybody a citizen": lambda r: [p.update(kind="citizen") for p in r["people"]],
    "an invented project": lambda r: r["projects"].append({"name": "澄江县", "status": None, "attributes": [], "evidence": [_evidence("澄江县")]}),
    "a project cut short": lambda r: r["projects"][0].update(name="扩建工程"),
    "an invented attribute": lambda r: r["projects"][0]["attributes"].append({"name": "floor_area", "value": "5", "unit": "m2", "from": None, "to": None, "surface": "5", "evidence": _evidence("86亩")}),
    "an attribute dropped": lambda r: r["projects"][0]["attributes"].pop(2),
    "a wrong status": lambda r: r["projects"][0].update(status="completed"),
    "a wrong opening day": lambda r: next(a for a in r["projects"][0]["attributes"] if a["name"] == "due_on").update(value="2022-12-31"),
    "one-character targets": lambda r: [t.update(text=t["text"][:1], evidence=_evidence(t["text"][:3][:1])) for t in r["targets"]],
    "an invented deadline": lambda r: r["targets"][1].update(deadline={"from": None, "to": "2022-12-31", "surface": "年底"}),
    "a wrong deadline": lambda r: r["targets"][0]["deadline"].update(to="2022-12-31"),
    "a deadline dropped": lambda r: r["targets"][0].update(deadline=None),
    "a wrong outcome": lambda r: r["targets"][1]["outcomes"][0].update(value="4"),
    "outcomes dropped": lambda r: r["targets"][1].update(outcomes=[]),
    "a wrong strength": lambda r: r["targets"][0].update(strength="plan"),
    "a wrong speaker": lambda r: r["targets"][0].update(speaker="石国安"),
    "an invented speaker": lambda r: r["targets"][2].update(speaker="冯立"),
    "progress as a plan": lambda r: r["targets"][2].update(kind="dated"),
    "every clause a target": lambda r: r["targets"].append({**copy.deepcopy(r["targets"][0]), "text": "占地86亩", "evidence": _evidence("占地86亩")}),
    "a wrong title": lambda r: r["article"].update(title="首页"),
    "a wrong date": lambda r: r["article"].update(published_at="2022-08-06"),
    "furniture in the text": lambda r: r["article"].update(text=TEXT + "\n上一篇"),
    "text lost": lambda r: r["article"].update(text=TEXT.replace("去年11月开工", "去年")),
}  # fmt: skip


def _f1(total: Score) -> dict[str, float]:
    return {name: row.f1 for name, row in total.rows.items()}


def test_cheating_gold_is_sound() -> None:
    assert problems(GOLD, TEXT) == []


def test_cheating_a_perfect_record_scores_one_everywhere() -> None:
    total = score([copy.deepcopy(GOLD)], {"one": _perfect()})
    assert {name: row.f1 for name, row in total.rows.items() if row.f1 != 1} == {}, "\n".join(lines(total, errors=True))


@pytest.mark.parametrize("cheat", sorted(CHEATS))
def test_cheating_lowers_a_score(cheat: str) -> None:
    record = _perfect()
    CHEATS[cheat](record)
    after = _f1(score([copy.deepcopy(GOLD)], {"one": record}))
    assert min(after.values()) < 1, f"{cheat} costs nothing"
    assert max(after.values()) <= 1


def test_cheating_a_missing_record_counts_as_missed() -> None:
    total = score([copy.deepcopy(GOLD)], {})
    assert total.rows["amounts"].missed == len(GOLD["amounts"])
    assert total.rows["names"].f1 == 0


def test_cheating_optional_items_neither_help_nor_hurt() -> None:
    gold = copy.deepcopy(GOLD)
    gold["amounts"][1]["optional"] = True
    with_it, without = _perfect(), _perfect()
    without["amounts"].pop(1)
    assert _f1(score([gold], {"one": with_it}))["amounts"] == _f1(score([gold], {"one": without}))["amounts"] == 1


@pytest.mark.parametrize(("printed", "row"), [("云岭市委组织部长", 1.0), ("云岭市委组织部部长", 0.5)])
def test_evaluate_posts_row_uses_golds_own_post(printed: str, row: float) -> None:
    gold, record = copy.deepcopy(GOLD), _perfect()
    gold["officials"][0]["posts"][0] = {"organization": "云岭市委组织部", "title": "部长", "post": "云岭市委组织部长"}
    record["officials"][0]["posts"][0].update(post=printed, organization="云岭市委组织部", title="部长")
    result = _f1(score([gold], {"one": record}))
    assert (result["posts"], result["split posts"]) == (row, 1.0)


def test_evaluate_rows_are_all_printed() -> None:
    printed = "\n".join(lines(score([copy.deepcopy(GOLD)], {"one": _perfect()})))
    assert all(row in printed for row in ROWS)


def test_evaluate_gold_is_validated(tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text('{"id": "x", "amounts": [{"surface": "3个"}]}', encoding="utf-8")
    with pytest.raises(GoldError, match=r"g\.json.*lacks"):
        read([tmp_path / "g.json"])
    assert problems({**GOLD, "officials": [{"name": "查无此人", "posts": []}]}, TEXT) == ["one: officials: «查无此人» is not in the text"]


@pytest.mark.shared
def test_evaluate_shared_gold_stands_in_its_texts(shared: Path) -> None:
    import json

    texts = {}
    for line in (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts[row["id"]] = f"{row['title'] or ''}\n{row['text']}"
    assert [p for one in read([shared / "gold" / "dev.gold.json"]) for p in problems(one, texts[one["id"]])] == []
