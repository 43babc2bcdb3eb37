"""Word lists: TSV files (term, class, note) behind a loader that validates and indexes them."""

from ljnews.lexicon.loader import Entry, Hit, Lexicon, load

__all__ = ["Entry", "Hit", "Lexicon", "load"]
