"""One folder per fact type: extractor, patterns, lexicon, examples, README, and `build.py`, which makes records of mentions."""
