"""Speech: who says what, by quote, report and colon."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ljnews.text.mention import Mention
from ljnews.text.speech import Speeches
from ljnews.text.text import Text


@dataclass(frozen=True)
class Name:
    name: str


def said(string: str, names: list[str], at: str) -> str | None:
    """Return who says the word `at`; the persons are given, so that this tests speech alone."""
    text = Text(string)
    for name in names:
        start = string.find(name)
        while start >= 0:
            text.add([Mention("person", start, start + len(name), Name(name), "test")])
            start = string.find(name, start + 1)
    return Speeches(text).at(string.index(at))


@pytest.mark.parametrize(
    ("string", "at", "speaker"),
    [
        ("“脚手架已拆除,年底完工。”项目经理赵立新介绍,力争早日投产。", "年底", "赵立新"),
        ("“脚手架已拆除,年底完工。”项目经理赵立新介绍,力争早日投产。", "力争", "赵立新"),
        ("赵立新在接受采访时说:“二期明年开工。三期后年开工。”", "后年", "赵立新"),
        ("赵立新表示,今年修路。明年架桥。", "明年", "赵立新"),
        ("赵立新表示,今年修路。据了解,明年架桥。", "明年", None),
        ("赵立新表示,今年修路。钱文博说,明年架桥。", "明年", "钱文博"),
        ("赵立新出席会议。会议指出,明年架桥。", "明年", None),
        ("赵立新表示,今年修路。有关负责人介绍,明年架桥。", "明年", None),
        ("赵立新透露,今年修路。他说,明年架桥。", "明年", "赵立新"),
        ("赵立新说:“今年修路。\n“明年架桥。”", "明年", "赵立新"),
        ("赵立新拿出图纸:“明年就能架桥。”", "明年", "赵立新"),
        ("赵立新强调要抓紧明年的工期。", "明年", "赵立新"),
        ("赵立新提出,“十四五”末全县将建成五座桥。", "建成", "赵立新"),
        ("赵立新来到工地。明年架桥。", "明年", None),
        ("“明年就能架桥!”谈起打算,镇长赵立新信心十足。", "明年", "赵立新"),
        ("“明年就能架桥!”工地上,赵立新正指挥吊装。", "明年", "赵立新"),
        ("“明年就能架桥!”赵立新和钱文博来到工地。", "明年", None),
        ("“今年修完路,”赵立新满怀信心,“明年就能架桥。”", "明年", "赵立新"),
        ("赵立新是项目负责人。他告诉记者,明年架桥。", "明年", "赵立新"),
        ("赵立新说,今年修路。采访中,记者看到工期表:明年架桥。", "明年", None),
        ("钱文博表示,今年修路。\n工地很忙。\n他说,明年架桥。", "明年", "钱文博"),
        ("赵立新说:“今年修路。\n“后年开园。\n“明年架桥。”", "明年", "赵立新"),
    ],
)
def test_speech_by_quote_and_report(string: str, at: str, speaker: str | None) -> None:
    assert said(string, ["赵立新", "钱文博"], at) == speaker
