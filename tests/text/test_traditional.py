"""Texts in traditional characters are read as simplified ones are; what they print stays as printed."""

from __future__ import annotations

from ljnews.records import ArticleRecord, Page
from ljnews.run.process import process
from ljnews.text.text import Text

TEXT = "雲嶺縣縣長陳國強介紹,雲嶺縣第二中學遷建項目總投資2.5億元,占地120畝,目前正在建設,預計明年9月投入使用。記者走訪了30戶居民。"


def test_traditional_facts_are_found_and_stay_as_printed() -> None:
    record = process(Page(input="x", input_id="1", given={"id": "1", "title": "", "text": TEXT, "date": "2022-03-04"}))
    assert isinstance(record, ArticleRecord)
    assert [o.name for o in record.officials] == ["陳國強"]
    assert [(a.surface, a.unit) for a in record.amounts] == [("2.5億元", "CNY"), ("120畝", "m2"), ("30戶居民", "户")]
    assert record.projects[0].name == "雲嶺縣第二中學遷建項目"
    assert record.targets[0].text.startswith("預計明年9月投入使用")


def test_traditional_a_few_such_characters_do_not_make_a_text_traditional() -> None:
    text = Text("乾州新區位于吉首市,著名的乾隆年間古城就在這里。" + "全市经济运行总体平稳,重点项目加快建设。" * 20)
    assert not text.traditional
    assert text.folded[0] == "乾"
