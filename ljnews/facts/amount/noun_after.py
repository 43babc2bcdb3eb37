"""What a quantity measures where it stands after the unit: the nouns up to the predicate, or the verb itself; the head of a table's column."""

from __future__ import annotations

import re

from ljnews.facts.amount.phrase import KEPT, STOP_TAGS, SUFFIXES, Phrase, Word, action, adverb, classes, head, words

_JOINS = frozenset("和及与、")
_THRESHOLD = re.compile(
    r"[\d.]{0,12}[百千万亿]{0,4}(?:平方米|立方米|千瓦|公里|美元|元|吨|人|亩|头|只|张|米|兆瓦|千伏)(?:级(?!别)|以上|及以上)的?"
)


def after(string: str, start: int, end: int, *, alone: bool, times: bool = False) -> Phrase | None:
    """Return the measure that begins after a unit: nouns up to the predicate, or the verb itself.

    `alone`: no other quantity follows in the clause, so a list of nouns may be taken whole. `times`: the unit counts events (两次否决…).
    """
    while start < end and string[start] == "的":
        start += 1
    if start >= end or string[start] in " \u3000":
        return None
    threshold = _THRESHOLD.match(string, start, end)
    if threshold:
        # 100项亿元以上项目, 2座30万吨级油码头: the class stands before its noun.
        rest = after(string, threshold.end(), end, alone=alone)
        keep = "上" in threshold.group()
        return rest and (rest._replace(text=string[start : rest.start + len(rest.text)], start=start) if keep else rest)
    tokens = words(string, start, end)
    if times and tokens[0].tag == "v":
        return Phrase(tokens[0].text, tokens[0].start, "amount.verb")
    taken: list[Word] = []
    noun = False
    quoted = False
    for i, token in enumerate(tokens):
        if not quoted and _ends(tokens, i, noun, alone):
            break
        taken.append(token)
        if token.text in "“”":
            quoted = token.text == "“"
            continue
        if quoted:
            noun = True
            continue
        noun = noun or (token.tag.startswith(("n", "j", "l", "s", "eng")) and token.tag != "ns") or token.text in SUFFIXES
        if not noun and token.tag == "v" and not _noun_follows(tokens, i):
            break
    while taken and (taken[-1].text in _JOINS or taken[-1].text in "“‘" or taken[-1].tag == "c"):
        taken.pop()
    if not taken:
        return None
    if not noun:
        return Phrase(taken[0].text, taken[0].start, "amount.verb") if taken[0].tag.startswith("v") else None
    return Phrase(string[taken[0].start : taken[-1].end], taken[0].start, "amount.after")


def _noun_follows(tokens: list[Word], i: int) -> bool:
    """A verb before a noun is its attribute (在建项目, 集中开工项目)."""
    return any(t.tag.startswith(("n", "j", "l", "b", "a")) or t.text in SUFFIXES for t in tokens[i + 1 : i + 3])


def _ends(tokens: list[Word], i: int, noun: bool, alone: bool) -> bool:
    """Say whether the noun phrase after a unit ends before a word."""
    token, following = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None
    klass = classes("stops").get(token.text, "")
    metric = classes("metrics").get(token.text) if not klass and noun else None
    changes = following is not None and classes("stops").get(following.text) in ("adverb", "event")
    if metric in ("sum", "both") or (metric == "head" and changes):
        klass = "sum"
    if token.text in "“”‘’":
        return noun and token.text in "“‘"
    if token.text in KEPT and not (noun and token.text in "年月日"):
        return False
    if token.text in _JOINS:
        nominal = following is not None and following.tag.startswith(("n", "j", "vn", "b", "a")) and following.tag not in ("ns", "nr")
        last = i + 2 >= len(tokens) or tokens[i + 2].text == "的"
        return not (noun and (alone or last) and nominal and token.text != "与") or following is None or following.text in classes("stops")
    if token.text not in SUFFIXES and (
        token.tag in ("x", "p", "r", "uj", "ul", "t", "m", "mq", "q", "y", "u", "uz", "c") or (token.tag == "f" and noun)
    ):
        return True
    if len(token.text) == 1 and token.text in "内中上下里外等后前":
        return True
    if klass == "sum" and (following is None or following.tag in STOP_TAGS or changes):
        return True
    if token.text == "集中" and not noun and _noun_follows(tokens, i):
        return False
    if klass == "adverb" or adverb(token):
        return True
    if not noun:
        return False
    if klass == "event" or token.text in ("年", "月", "日"):
        return True
    if klass == "action" or (token.tag == "v" and token.text not in SUFFIXES):
        # Inside a name a head follows soon: 菌菇 | 生产 | 企业, 生物质 | 发电 | 装机 | 规模; after a head it is the predicate: 家庭 | 改造.
        if klass and i and head(tokens[i - 1]) and not action(tokens[i - 1]):
            return True
        rest = [t for t in tokens[i + 1 : i + 4] if not action(t)]
        return not any(head(t) for t in (rest[:1] if klass else rest))
    return False


def column(string: str, at: int) -> Phrase | None:
    """Return the head of the table column that holds an offset: cells are parted by tabs, rows by line ends."""
    row = string.rfind("\n", 0, at) + 1
    index = string.count("\t", row, at)
    if "\t" not in string[row : row + 200] or string[max(row, string.rfind("\t", row, at) + 1) : at].strip():
        return None
    while row > 0:
        start = string.rfind("\n", 0, row - 1) + 1
        cells = string[start : row - 1].split("\t")
        if len(cells) <= index or len(cells) < 2:
            return None
        if not any(c.isdecimal() for c in cells[index]):
            name = re.split(r"[(（]", cells[index].strip())[0]
            return Phrase(name, at, "amount.column") if name else None
        row = start
    return None
