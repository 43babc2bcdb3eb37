"""The extractor contract, on one screen.

An extractor reads a `Text` and yields `Mention`s. It does nothing else: no I/O, no writing; it may abstain. The decorator gives it a name,
says which labels it makes and needs, and which lexicons it reads:

    @extractor("amount", provides=("amount",), requires=("quantity", "date"))
    def amount(text: Text) -> Iterator[Mention]:
        ...

`ljnews.run.components` wraps every extractor as the spaCy factory `ljnews_<name>`; tests call it as a plain function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ljnews.text.mention import Mention
from ljnews.text.text import Text

Rule = Callable[[Text], Iterable[Mention]]


@dataclass(frozen=True, slots=True)
class Extractor:
    """A named rule set, callable on a `Text`."""

    name: str
    provides: tuple[str, ...]
    requires: tuple[str, ...]
    lexicons: tuple[str, ...]
    find: Rule

    def __call__(self, text: Text) -> Iterable[Mention]:
        """Yield the mentions of this extractor."""
        return self.find(text)


def extractor(
    name: str, *, provides: tuple[str, ...], requires: tuple[str, ...] = (), lexicons: tuple[str, ...] = ()
) -> Callable[[Rule], Extractor]:
    """Declare a function an extractor. No dots in the name: spaCy forbids them in factory names."""

    def wrap(find: Rule) -> Extractor:
        return Extractor(name, provides, requires, lexicons, find)

    return wrap
