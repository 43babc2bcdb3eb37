"""Numerals set with spaces (一 百 五 十, 百 分 之 九 十): the text without those spaces, and the way back to its offsets."""

from __future__ import annotations

import re
from dataclasses import replace

from ljnews.recognize.values import Quantity
from ljnews.text.mention import Mention

_CHAR = "[〇零一二两三四五六七八九十百千万亿点个分之成折陆伍拾佰仟]"
# Evenly spaced runs of three characters and more, and the fixed words. One space alone parts two phrases of a headline (增长两成 五大产业…).
_SPACED = re.compile(
    rf"(?<!\S)(?:{_CHAR} ){{2,30}}{_CHAR}(?!\S)|百 {{0,4}}分 {{0,4}}(?:之|点) {{0,4}}"
    r"|(?<=[\d一二三四五六七八九十百千万]) {1,4}(?=个? {0,4}百 {0,4}分 {0,4}点)|个 {1,4}(?=百 {0,4}分 {0,4}点)"
)


class Squeezed:
    """A string without the spaces inside its numerals."""

    def __init__(self, string: str) -> None:
        keep = bytearray(b"\1") * len(string)
        for match in _SPACED.finditer(string):
            for at in range(match.start(), match.end()):
                if string[at] == " ":
                    keep[at] = 0
        self._map = [at for at in range(len(string)) if keep[at]]
        self.string = "".join(string[at] for at in self._map)

    def back(self, mention: Mention) -> Mention:
        """Return a mention with its offsets in the original string."""
        value: Quantity = mention.value
        placed = replace(value, number_start=self._map[value.number_start], number_end=self._end(value.number_end))
        return Mention(mention.label, self._map[mention.start], self._end(mention.end), placed, mention.rule)

    def _end(self, end: int) -> int:
        return self._map[end - 1] + 1


def spaced(string: str) -> bool:
    """Say whether a string holds such numerals."""
    return any(" " in match.group() for match in _SPACED.finditer(string))
