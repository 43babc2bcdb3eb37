"""Interview turns: real interviews only, their ends, their speakers."""

from __future__ import annotations

import pytest

from ljnews.text.turns import turns


def shown(string: str) -> list[tuple[str, str]]:
    return [(t.speaker, string[t.start : t.end]) for t in turns(string)]


@pytest.mark.parametrize(
    ("string", "expected"),
    [
        ("记者:今年有哪些安排?\n李某某:修五条路。", [("记者", "今年有哪些安排?"), ("李某某", "修五条路。")]),
        ("问：工期如何保证？\n答：分三班施工。\n夜里也不停。", [("问", "工期如何保证？"), ("答", "分三班施工。\n夜里也不停。")]),
        ("　　本报记者：请您谈谈思路。\n　　阿依古丽·买买提：先修路。", [("本报记者", "请您谈谈思路。"), ("阿依古丽·买买提", "先修路。")]),
        ("云岭晚报:今年有哪些项目?\n李某某:修五条路。", [("云岭晚报", "今年有哪些项目?"), ("李某某", "修五条路。")]),
        ("记者:怎么看?\n王 强:很好。", [("记者", "怎么看?"), ("王强", "很好。")]),
    ],
)
def test_turns_of_an_interview(string: str, expected: list[tuple[str, str]]) -> None:
    assert shown(string) == expected


def test_turns_end_at_the_byline_and_at_a_new_piece() -> None:
    string = "记者:怎么干?\n李某某:抓项目。(记者 甲乙)\n■相关新闻\n负责人:已开工。\n其他文字。"
    assert shown(string)[-1] == ("李某某", "抓项目。(记者 甲乙)")


@pytest.mark.parametrize(
    "string",
    [
        "正文。\n记者:张三\n编辑:李四",
        "时间:9月1日\n地点:体育馆\n报名:即日起",
        "张经理:我们正抢抓工期。\n塔吊林立。",
        "没有冒号的正文。",
        "记者:张三报道\n摄影:李四",
    ],
)
def test_turns_of_other_texts_are_none(string: str) -> None:
    assert turns(string) == []
