"""Every extractor as a spaCy component.

A component reads the document's `Text` (kept beside the tokens, never serialised), adds its extractor's mentions to it, and shows them in
`doc.spans[label]` for displaCy, DocBin and any other spaCy user. The Doc has one token per character, so every span is exact.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import registry
from spacy.vocab import Vocab

from ljnews.run.discover import extractors
from ljnews.text.extractor import Extractor
from ljnews.text.text import Text

_HOOK = "ljnews"


def make_doc(vocab: Vocab, text: Text) -> Doc:
    """Return a Doc with one token per character that carries the text."""
    doc = Doc(vocab, words=list(text.string), spaces=[False] * len(text.string))
    _hooks(doc)[_HOOK] = text
    return doc


def _hooks(doc: Doc) -> dict[str, Any]:
    """The Doc's own place for things that are never serialised."""
    hooks: dict[str, Any] = doc.user_hooks
    return hooks


def text_of(doc: Doc) -> Text:
    """Return the document's `Text`; a Doc made from a plain string gets one on the way."""
    text: Text | None = _hooks(doc).get(_HOOK)
    if text is None:
        text = _hooks(doc)[_HOOK] = Text(doc.text)
    return text


@registry.tokenizers("ljnews.characters.v1")  # type: ignore[untyped-decorator]
def _characters() -> Callable[[Language], Callable[[str], Doc]]:
    def create(nlp: Language) -> Callable[[str], Doc]:
        return _Characters(nlp.vocab)

    return create


class _Characters:
    """A tokenizer that makes every character a token."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, string: str) -> Doc:
        return make_doc(self.vocab, Text(string))

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> _Characters:
        """Nothing to restore."""
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        """Nothing to keep."""

    def from_disk(self, _path: Any, **_: Any) -> _Characters:
        """Nothing to restore."""
        return self


class Component:
    """A spaCy component around one extractor."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        text.add(self.extractor(text))
        for label in self.extractor.provides:
            doc.spans[label] = [Span(doc, m.start, m.end, label) for m in text.of(label)]
        return doc


def _register(extractor: Extractor) -> Callable[[Language, str], Component]:
    def create(nlp: Language, name: str) -> Component:
        return Component(extractor)

    Language.factory(f"ljnews_{extractor.name}", func=create)
    return create


for _one in extractors().values():
    globals()[f"ljnews_{_one.name}"] = _register(_one)
