"""Officials and people: posts, states, merging and kinds on invented sentences; the seed's persons."""

from __future__ import annotations

from typing import Any

import pytest

from ljnews.facts.draft import Draft
from ljnews.records import Page, Post
from ljnews.run.discover import builders, extractors
from ljnews.run.process import process
from ljnews.text.text import Text
from ljnews.text.turns import turns


def facts(string: str, **known: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the facts of a string."""
    text = Text(string, turns=turns(string), **known)
    for one in extractors().values():
        text.add(one(text))
    draft = Draft("test")
    for build in builders().values():
        build(text, draft)
    return draft.facts


def posts(string: str, name: str) -> list[tuple[str | None, str, str]]:
    """Return a person's posts as (organization, title, state)."""
    found = facts(string)
    record = next((f for f in (*found["officials"], *found["people"]) if f["name"] == name), {"posts": []})
    return [(p["organization"], p["title"], p["state"]) for p in record["posts"]]


@pytest.mark.parametrize(
    ("string", "wanted"),
    [
        (
            "岚江望江新区党工委副书记、管委会主任许青山说。",
            [("岚江望江新区党工委", "副书记", "current"), ("岚江望江新区管委会", "主任", "current")],
        ),
        ("市委副书记、市长许青山出席。", [("市委", "副书记", "current"), (None, "市长", "current")]),
        ("市委常委、秘书长许青山出席。", [("市委", "常委", "current"), ("市委", "秘书长", "current")]),
        ("县委常委、纪委书记许青山出席。", [("县委", "常委", "current"), ("县纪委", "书记", "current")]),
        ("市政府党组成员、副市长许青山出席。", [("市政府党组", "成员", "current"), ("市政府", "副市长", "current")]),
        ("省水利院党组书记、院长许青山出席。", [("省水利院党组", "书记", "current"), ("省水利院", "院长", "current")]),
        ("免去许青山的东川县教育局局长职务。", [("东川县教育局", "局长", "dismissed")]),
        ("会议决定任命许青山为东川县副县长、代理县长。", [("东川县", "副县长", "appointed"), (None, "代理县长", "appointed")]),
        ("县委原书记许青山受审。", [("县委", "原书记", "former")]),
        ("中共中央台办、国务院台办主任许青山宣布。", [("中共中央台办", "主任", "current"), ("国务院台办", "主任", "current")]),
        ("市委书记许青山说。东川市委书记许青山要求。", [("东川市委", "书记", "current")]),
        ("市长许青山说。", [(None, "市长", "current")]),
        ("市领导许青山出席。", [(None, "市领导", "current")]),
    ],
)
def test_official_posts(string: str, wanted: list[tuple[str | None, str, str]]) -> None:
    assert posts(string, "许青山") == wanted


@pytest.mark.parametrize(
    ("string", "kind"),
    [
        ("云岭机械有限公司董事长许青山说。", "business"),
        ("云岭集团党委书记许青山说。", "business"),
        ("溢丰电阻生产项目经理许青山说。", "business"),
        ("省物流协会会长许青山说。", "expert"),
        ("云岭大学教授许青山说。", "expert"),
        ("村民许青山说。", "citizen"),
        ("(记者 许青山)", "journalist"),
        ("缅怀许青山烈士。", "historical"),
        ("以许青山同志为榜样。", "other"),
    ],
)
def test_people_kinds(string: str, kind: str) -> None:
    people = facts(string)["people"]
    assert [(p["name"], p["kind"]) for p in people] == [("许青山", kind)]


def test_official_one_record_per_person() -> None:
    found = facts("市长许青山出席。许青山说,进展顺利。\n市长许青山还察看了现场。")
    assert len(found["officials"]) == 1
    assert len(found["officials"][0]["evidence"]) == 3


def test_official_post_prints_a_shared_character_once() -> None:
    (record,) = facts("市委常委、组织部长许青山出席。")["officials"]
    assert [(p["post"], p["organization"], p["title"]) for p in record["posts"]][1] == ("市委组织部长", "市委组织部", "部长")
    evidence = {"start": 0, "end": 2, "text": "组织", "rule": "x"}
    with pytest.raises(ValueError, match="is not organization"):
        Post(
            post="市委部长",
            organization="市委组织部",
            title="部长",
            state="current",
            organization_resolved=None,
            place=None,
            evidence=evidence,
        )  # type: ignore[arg-type]


def test_official_resolved_and_placed() -> None:
    (record,) = facts("市委书记许青山出席。", source="南充日报")["officials"]
    assert record["posts"][0]["organization_resolved"] == "南充市委"
    assert record["posts"][0]["place"] == {"adcode": "511300", "name": "南充市"}


def test_official_evidence_stands_in_full_width_text() -> None:
    string = "云岭（东川）物流有限公司总经理许青山说，４月投产。"
    (person,) = facts(string)["people"]
    assert person["posts"][0]["organization"] == "云岭（东川）物流有限公司"
    for one in (*person["evidence"], person["posts"][0]["evidence"]):
        assert string[one["start"] : one["end"]] == one["text"]


@pytest.mark.shared
def test_official_seed(shared: Any) -> None:
    import json

    gold = json.loads((shared / "gold" / "seed.json").read_text(encoding="utf-8"))
    page = next((shared / "seed").glob("*.txt"))
    record = process(Page(input=str(page), content=page.read_bytes()))
    got = {(o.name, p.organization, p.title) for o in record.officials for p in o.posts}  # type: ignore[union-attr]
    wanted = {(o["name"], p["organization"], p["title"]) for o in gold["officials"] for p in o["posts"]}
    assert wanted <= got
