"""The pipeline that batches run: the components of a spaCy config, on the shortest way that gives the same mentions.

A config that names only extractors of ours needs no spaCy: they are called on the `Text` one after the other, in the config's order. Measured on
a page of 3,200 characters, the Doc, its spans and the component calls are 2.5 ms that nobody reads, and importing spaCy is a second of every
start. A config with anything else in it (a user's component, a replaced tokenizer, a setting) is run by spaCy itself. A test holds the two equal.
"""

from __future__ import annotations

import configparser
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from ljnews import resources
from ljnews.errors import DataError
from ljnews.run.discover import extractors
from ljnews.text.extractor import Extractor
from ljnews.text.text import Text

DEFAULT = "pipelines/default.cfg"
_PREFIX = "ljnews_"


class Pipeline(Protocol):
    """Adds all mentions to a text."""

    def steps(self, text: Text) -> Iterator[None]:
        """Run the components on the text, with a pause after each."""


class Straight:
    """Extractors of ours, called on the text itself."""

    def __init__(self, chosen: list[Extractor]) -> None:
        self.extractors = chosen

    def steps(self, text: Text) -> Iterator[None]:
        """Run every extractor, each seeing the mentions of those before it."""
        for one in self.extractors:
            text.add(one(text))
            yield


class ThroughSpacy:
    """A spaCy pipeline, called on a Doc that carries the text."""

    def __init__(self, nlp: Any) -> None:
        self.nlp = nlp

    def steps(self, text: Text) -> Iterator[None]:
        """Run the spaCy pipeline on the text's Doc, in one step."""
        from ljnews.run.components import make_doc

        self.nlp(make_doc(self.nlp.vocab, text))
        yield


@cache
def load(config: str | None = None) -> Any:
    """Return the spaCy pipeline: `pipelines/default.cfg`, or another config file.

    Raises DataError for a config that makes no pipeline.
    """
    from spacy.util import load_config, load_model_from_config

    import ljnews.run.components  # noqa: F401  (registers the factories in a checkout too)

    try:
        return load_model_from_config(load_config(config or resources.path(DEFAULT)), auto_fill=True)
    except (ValueError, KeyError, ImportError, OSError) as error:
        why = " ".join(str(error).split())[:200]
        raise DataError(f"{config or DEFAULT}: not the config of a pipeline: {why}", file=config or DEFAULT) from error


@cache
def pipeline(config: str | None = None) -> Pipeline:
    """Return the pipeline that a config describes, without spaCy where the config needs none."""
    chosen = _only_ours(Path(config) if config else resources.path(DEFAULT))
    return ThroughSpacy(load(config)) if chosen is None else Straight(chosen)


def _only_ours(path: Path) -> list[Extractor] | None:
    """Return the extractors of a config that names nothing else, None for any other config."""
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text(encoding="utf-8"))
        names = json.loads(parser["nlp"]["pipeline"])
        sections = {f"components.{name}" for name in names}
        plain = set(parser.sections()) == {"nlp", "nlp.tokenizer", "components", *sections} and set(parser["nlp"]) == {"lang", "pipeline"}
        ours = [json.loads(parser[f"components.{name}"]["factory"]).removeprefix(_PREFIX) for name in names]
        bare = all(list(parser[one]) == ["factory"] for one in sections)
        own_tokens = json.loads(parser["nlp.tokenizer"]["@tokenizers"]) == "ljnews.characters.v1"
    except (configparser.Error, KeyError, ValueError, TypeError):
        return None
    found = extractors()
    if not (plain and bare and own_tokens and all(name in found for name in ours)):
        return None
    return [found[name] for name in ours]
