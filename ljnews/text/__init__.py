"""Article → analysed text: words, sentences, turns, and the mentions that extractors make."""
