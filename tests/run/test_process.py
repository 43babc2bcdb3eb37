"""`process` is a pure function: a record or a failure, never an exception; a user's own component runs in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ljnews import resources
from ljnews.records import ArticleRecord, Failure, Page
from ljnews.run.process import load, process

STORY = "8月3日,澄江县污水处理厂扩建工程开工,总投资2.5亿元。"


def test_process_object_is_taken_as_it_stands(nlp: object) -> None:
    record = process(
        Page(input="a", input_id="1", given={"title": "污水处理厂开工", "date": "2022/8/5", "source": "云岭日报", "text": STORY}), nlp
    )
    assert isinstance(record, ArticleRecord)
    assert record.article.text == f"污水处理厂开工\n{STORY}"
    assert (record.article.published_at, record.article.source, record.article.input_id) == ("2022-08-05", "云岭日报", "1")


@pytest.mark.parametrize("opening", ["污水处理厂开工\n", "【污水处理厂开工】", "污水处理厂开工 "])
def test_process_text_that_opens_with_its_title_is_not_given_it_twice(nlp: object, opening: str) -> None:
    record = process(Page(input="a", given={"title": "污水处理厂开工", "text": opening + STORY}), nlp)
    assert isinstance(record, ArticleRecord)
    assert record.article.text == opening + STORY


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"source": "南充日报", "text": STORY}, "南充市"),
        ({"text": "西充县举行集中开工仪式。西充县委书记罗淮山出席。"}, "西充县"),
        ({"text": "北京、上海、广州、成都四地同日发布。"}, None),
        ({"text": "今天,天气很好。"}, None),
    ],
)
def test_process_fills_the_articles_place_where_it_is_known(nlp: object, given: dict[str, str], place: str | None) -> None:
    record = process(Page(input="a", given=given), nlp)
    assert isinstance(record, ArticleRecord)
    assert (record.article.place.name if record.article.place else None) == place


def test_process_ids_depend_on_collection_and_input_id() -> None:
    from ljnews.layout import given

    ids = {given(Page(input="x", input_id="1", collection=c, given={"text": "甲。"})).id for c in ("a", "b")}
    assert len(ids) == 2


def test_process_a_defect_is_a_row_that_says_where(nlp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from ljnews.run import process as module

    monkeypatch.setattr(module, "builders", lambda: 1 // 0)
    result = process(Page(input="a", given={"text": STORY}), nlp)
    assert isinstance(result, Failure)
    assert result.error == "Defect(ZeroDivisionError)"


def test_process_page_without_an_article_is_a_typed_failure(nlp: object) -> None:
    result = process(
        Page(input="a.html", content=b"<html><body><ul><li><a href=x>\xe9\xa6\x96\xe9\xa1\xb5</a></li></ul></body></html>"), nlp
    )
    assert isinstance(result, Failure)
    assert (result.stage, result.error) == ("layout", "NoArticle")


def test_pipeline_a_users_component_runs_with_ours(tmp_path: Path) -> None:
    from spacy.language import Language

    from ljnews.run.components import text_of
    from ljnews.text.mention import Mention

    if not Language.has_factory("test_drop_amounts"):

        @Language.component("test_drop_amounts")
        def _drop(doc):
            text = text_of(doc)
            text.mentions["amount"] = []
            text.mentions["quantity"] = []
            text.add([Mention("mine", 0, 1, "x", "mine.rule")])
            return doc

    config = resources.text("pipelines/default.cfg").replace('"ljnews_amount"', '"ljnews_amount","test_drop_amounts"', 1)
    config += '\n[components.test_drop_amounts]\nfactory = "test_drop_amounts"\n'
    (tmp_path / "mine.cfg").write_text(config, encoding="utf-8")
    own = load(str(tmp_path / "mine.cfg"))
    assert "test_drop_amounts" in own.pipe_names
    record = process(Page(input="a", given={"text": STORY}), own)
    assert isinstance(record, ArticleRecord)
    assert record.amounts == []


def test_pipeline_spans_are_shown_to_spacy(nlp) -> None:
    doc = nlp(STORY)
    spans = doc.spans["quantity"]
    assert [s.text for s in spans] == ["2.5亿元"]
    assert doc.char_span(spans[0].start_char, spans[0].end_char).text == "2.5亿元"


def _texts() -> Iterator[str]:
    yield from ("", " \n ", "𬭎" * 50, "\u202e王某\u200d说", "a\ud800b", "。" * 500, "1" * 400, "第" * 300)


@pytest.mark.parametrize("text", list(_texts()), ids=range(8))
def test_process_odd_texts_end_typed(nlp: object, text: str) -> None:
    result = process(Page(input="odd", given={"text": text}), nlp)
    if isinstance(result, Failure):
        assert not result.error.startswith("Defect"), result.message


def test_pipeline_the_short_way_and_spacy_give_the_same_record(nlp: object) -> None:
    from ljnews.run.inputs import pages
    from ljnews.run.pipeline import Straight, pipeline
    from tests.conftest import ROOT

    assert isinstance(pipeline(), Straight)
    for page in pages([str(ROOT / "corpus" / "pages")]):
        assert process(page).model_dump_json() == process(page, nlp).model_dump_json()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        ('"ljnews_quantity",', ""),
        ('[components.ljnews_date]\nfactory = "ljnews_date"', '[components.ljnews_date]\nfactory = "sentencizer"'),
        ('lang = "zh"', 'lang = "zh"\nbatch_size = 7'),
        ('"ljnews.characters.v1"', '"spacy.zh.ChineseTokenizer"'),
    ],
)
def test_pipeline_anything_of_the_users_own_is_run_by_spacy(tmp_path: Path, change: tuple[str, str]) -> None:
    from ljnews.run.pipeline import _only_ours

    config = tmp_path / "own.cfg"
    config.write_text(resources.text("pipelines/default.cfg").replace(*change, 1), encoding="utf-8")
    chosen = _only_ours(config)
    # A shorter list is still ours, but its leftover section is not what the list names.
    assert chosen is None
