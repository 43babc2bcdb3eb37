"""What stands between an organisation and a title that is no post of office: duties («财务|副总经理»), trades («电缆|专家»), words for people (老|居民).

An organisation ends where a firm's or a project's name ends; everyday words after it belong to the title. Everyday words alone name none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ljnews.lexicon import load

# What ends a firm's or a project's name for good: everyday words after it belong to the title.
_BODY_END = re.compile(r"^.+(?:公司|集团|合作社|项目部|项目|医院|大学|研究院|研究所|证券|期货|酒店|厂)")
_RANKED = re.compile(r"(?:首席|资深|知名|著名|高级|特级|优秀)[\u4e00-\u9fff]{1,6}$")
_PRAISE = re.compile(r"^(?:著名|知名|优秀|资深|爱心|一位|热心|普通)+")
_PERSONAL = frozenset("老小男女新")
_GENERATION = re.compile(r"[\d“”\"]{0,6}\d0后[”\"]?$|[\u4e00-\u9fff]{1,3}族$|[\u4e00-\u9fff]{2,3}籍$")
_COMMON = ("n", "a", "v", "b", "d", "an", "ad", "vn", "l", "s")
_FIELD_END = frozenset("业界圈科学系类族")
_LONGEST_TAIL = 10
# After these titles the trade tells what somebody is, and no employer.
TRADED = frozenset(("expert", "citizen", "other"))


@lru_cache(maxsize=512)
def everyday(words: str) -> bool:
    """Say whether a run is made of dictionary words that name nothing (电缆, 小麦栽培; not 国金证券, 状元坊)."""
    import rjieba

    tags = rjieba.tag(words)
    for word, tag in tags:
        common = tag in _COMMON and (len(word) > 1 or word in _FIELD_END)
        if not common and word not in load("duties"):
            return False
    return bool(tags)


def _duties(words: str) -> bool:
    """Say whether a run is made of duties (财务, 现场施工)."""
    import rjieba

    table = load("duties")
    return words in table or all(word in table for word in rjieba.cut(words, False))


def part(left: str, klass: str, *, ends: bool) -> tuple[str, str]:
    """Return the organisation left of a title, and what of it belongs to the title; `ends`: the text ends as an organisation does.

    >>> part("宏盾机械有限公司财务", "business", ends=False), part("电缆", "expert", ends=True)
    (('宏盾机械有限公司', '财务'), ('', '电缆'))
    """
    if klass in TRADED and left[-1:] in _PERSONAL and left[-2:-1] not in _PERSONAL:
        return left[:-1], left[-1:]
    if klass in TRADED and (born := _GENERATION.search(left)):
        return left[: born.start()], left[born.start() :]
    if _duties(left):
        return "", left
    body = _BODY_END.match(left)
    if body and body.end() < len(left) and len(left) - body.end() <= _LONGEST_TAIL:
        tail = left[body.end() :]
        field = not ends or tail.endswith(("行业", "领域", "板块"))
        if _duties(tail) or (field and everyday(tail) and not any(load("titles").find(tail))):
            return body.group(), tail
    ranked = _RANKED.search(left) if klass in TRADED or left.endswith(("首席艺术", "首席技术")) else None
    if ranked and (klass in TRADED or ranked.start()):
        return left[: ranked.start()], _PRAISE.sub("", ranked.group())
    if klass in TRADED and len(left) <= _LONGEST_TAIL and left not in _KEPT and everyday(left) and not (ends and len(left) > 2):
        return "", _PRAISE.sub("", left)
    return left, ""


# Bodies that everyday words name.
_KEPT = frozenset(
    (
        "公司 集团 工厂 医院 学校 大学 中学 小学 幼儿园 合作社 项目 基地 银行 酒店 企业 单位 车间 社区 村里 政府 法院 "
        "协会 商会 学会 联盟 联合会 研究会 研究院 研究所 县城 园区 景区 门店 餐厅 超市 工地 剧团 乐团"
    ).split()
)
