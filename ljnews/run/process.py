"""One pure function: `Page -> ArticleRecord | Failure`. Pools and engines only decide where it is called."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from ljnews import __version__, resources
from ljnews.errors import LjnewsError
from ljnews.facts.draft import Draft
from ljnews.recognize.home import article_place
from ljnews.records import SCHEMA_VERSION, Article, ArticleRecord, Failure, Page, Place
from ljnews.run.discover import builders
from ljnews.run.pipeline import Pipeline, ThroughSpacy, load, pipeline
from ljnews.text.text import Text
from ljnews.text.turns import turns
from ljnews.text.words import SEGMENTER

T = TypeVar("T")
__all__ = [
    "analyse", "article_of", "failed", "failure", "guarded", "load", "pipeline", "process", "record_of", "stages", "text_of_article",
]  # fmt: skip


def article_of(page: Page) -> Article:
    """Return the page's article: as given, or read by the layout stage."""
    from ljnews.layout import given, read

    return given(page) if page.given is not None else read(page)


def text_of_article(article: Article, *, explain: bool = False) -> Text:
    """Return the `Text` that extractors read."""
    published = date.fromisoformat(article.published_at[:10]) if article.published_at else None
    return Text(
        article.text,
        published=published,
        place=article.place,
        source=article.source,
        sections=list(article.sections),
        turns=list(article.turns),
        title_end=len(article.title) if article.title and article.text.startswith(article.title) else 0,
        refusals=[] if explain else None,
    )


def record_of(article: Article, text: Text) -> ArticleRecord:
    """Build the record of an article whose text holds all mentions."""
    return _finished(_building(article, text))


def _building(article: Article, text: Text) -> Generator[str, None, ArticleRecord]:
    draft = Draft(article.id)
    for build in builders().values():
        build(text, draft)
        yield "facts"
    return ArticleRecord.model_validate(
        {
            "schema_version": SCHEMA_VERSION,
            "producer": {
                "version": __version__,
                "rules_hash": resources.rules_hash(),
                "lexicon_hash": resources.lexicon_hash(),
                "segmenter": SEGMENTER,
            },
            "article": article,
            **draft.facts,
            "warnings": [*article.notes, *draft.warnings],
        }
    )


def analyse(article: Article, nlp: Any = None, *, explain: bool = False) -> tuple[ArticleRecord, Text]:
    """Return the record of an article and the text it was built from.

    `nlp` is a `Pipeline`, a spaCy pipeline from `load()`, or None for the default.
    """
    return _finished(stages(article, nlp, explain=explain))


def stages(article: Article, nlp: Any = None, *, explain: bool = False) -> Generator[str, None, tuple[ArticleRecord, Text]]:
    """Return what `analyse` does, with a pause after every extractor and every builder, so that pages can take turns."""
    chosen: Pipeline = pipeline() if nlp is None else nlp if hasattr(nlp, "steps") else ThroughSpacy(nlp)
    if not article.turns:
        article = article.model_copy(update={"turns": turns(article.text)})
    text = text_of_article(article, explain=explain)
    for _ in chosen.steps(text):
        yield "facts"
    place = article_place(text) if article.place is None else None
    if place is not None and place.adcode is not None:
        article = article.model_copy(update={"place": Place(adcode=place.adcode, name=place.name)})
    record = yield from _building(article, text)
    yield "facts"
    return record, text


def _finished(steps: Generator[Any, None, T]) -> T:
    """Return what a generator returns."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            made: T = done.value
            return made


def process(page: Page, nlp: Any = None) -> ArticleRecord | Failure:
    """Return the page's record, or why there is none. Never raises for what a page can hold."""
    return guarded(page, lambda: analyse(article_of(page), nlp)[0])


def guarded(page: Page, make: Callable[[], T]) -> T | Failure:
    """Return what `make` makes of a page, or the failure row that says why there is nothing."""
    try:
        return make()
    except MemoryError:
        raise
    except Exception as error:
        return failed(page, error)


def failed(page: Page, error: Exception) -> Failure:
    """Return the failure row of an error; that of a defect of ours names its place, and the batch goes on."""
    if isinstance(error, LjnewsError):
        return failure(page, error.stage, type(error).__name__, error.message, error.retryable)
    return failure(page, "facts", _defect_name(error), _where(error), False)


def failure(page: Page, stage: str, error: str, message: str, retryable: bool) -> Failure:
    """Return the failure row of a page."""
    return Failure(input=page.input, input_id=page.input_id, url=page.url, stage=stage, error=error, message=message, retryable=retryable)


def _defect_name(error: Exception) -> str:
    return "RecordInvalid" if isinstance(error, ValidationError) else f"Defect({type(error).__name__})"


def _where(error: Exception) -> str:
    """One line: the message and the innermost place of our own code."""
    trace, place = error.__traceback__, "?"
    while trace is not None:
        code = trace.tb_frame.f_code
        if "ljnews" in code.co_filename:
            place = f"{code.co_filename.rsplit('ljnews', 1)[-1].lstrip('/')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return " ".join(f"{error} at {place}; please report it with the page".split())[:500]
