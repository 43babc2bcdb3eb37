"""What the facts `officials` and `people` add to the mentions: how posts of one person merge, and which kind the unposted are."""

from __future__ import annotations

import re

from ljnews.recognize.values import PostName

RULES = {
    "official.shared": "并列者共用前一人的机构(副主任甲、乙,秘书长丙)",
}

# Between two posted persons of one list: 副主任甲、乙,秘书长丙 / 董事长甲、总裁乙.
GAP = re.compile(r"(?:\([^()\n]{1,14}\))?(?:[、,]|[、,]?(?:以及|及|和|与)) ?")

# 以色列总理甲和国防部长乙: a ministry takes the country of the one before.
MINISTRIES = frozenset(
    "国防部 外交部 财政部 内政部 卫生部 教育部 能源部 贸易部 商务部 经济部 司法部 农业部 交通部 环境部 国会 议会".split()
)

# What an official is besides (青年, 党员, 老人) is no post.
EVERYDAY = frozenset(("citizen", "other", "deputy"))


# How one is addressed whose title is longer (主任医师唐某某: 唐某某主任).
_SHORT_TITLES = frozenset("主任 副主任 教授 总 工程师".split())


def absorbs(long: PostName, short: PostName) -> bool:
    """Say whether a post of a person is the other one, written more fully."""
    if long is short:
        return False
    if short.organization is None and long.title == "代" + short.title:
        return True
    if short.organization is None and short.title in _SHORT_TITLES and long.title.startswith(short.title) and long.title != short.title:
        return True
    if long.title != short.title:
        return False
    if short.organization is None:
        return long.organization is not None
    if long.organization is None or len(long.organization) <= len(short.organization):
        return False
    return long.organization.endswith(short.organization) or long.organization.startswith(
        short.organization + ("市" if long.title.endswith("市长") else "\0")
    )
