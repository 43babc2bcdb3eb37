"""Recognizer for `post` mentions: organisation + title, wherever a title stands.

Steps: read every title with what stands to its left (`titles`), join neighbours that belong to one person into chains («市委常委、秘书长»),
complete what a chain leaves out («党工委副书记、管委会主任» share 南充临江新区), say whether the post is public. Reading order: `post`,
`chains`, `complete`, `is_public`.

A mention's roles: `chain` (posts of one chain share the number), `klass` and `org_klass` (lexicon classes), `head_start` (where the title
proper begins), `before`/`before_start` (text left of the title that is no organisation).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ljnews.lexicon import load
from ljnews.recognize import names, titles
from ljnews.recognize.titles import Title
from ljnews.recognize.values import PostName
from ljnews.text.extractor import extractor
from ljnews.text.mention import Mention
from ljnews.text.text import Text

RULES = {
    "post.title": "职务及其左边的机构(荆门市农业农村局局长)",
    "post.chain": "并列职务共用前缀(党工委副书记、管委会主任)",
}

_JOINT = re.compile(r"[、,]? ?(?:并?兼任?|暨|同时兼任|分管)? ?")
# What a party committee hangs on: 中国科学院党组书记、院长 is 中国科学院 + 院长.
_PARTY_TAIL = re.compile(r"(?:党组|党委|党工委|党总支|党支部|总支|党群工作部|纪委|纪检组|机关党委|党总支部|支部|董事局|董事会|监事会)$")
_ZONE_TAIL = re.compile(r"(?:党工委|管委会|管理委员会|工委|党委|党组|委员会|党支部|党总支|党总支部|支部|支委|董事局|董事会|监事会)$")
_PRESS = re.compile(r"新华社|通讯社|报社")
_BODY_ONLY = re.compile(r"党组|党委|党工委|党总支|党支部|支部|工委")
_COMMITTEE = re.compile(r"[省市县区州旗盟地]委$|兵团党委$|自治区党委$|新区党工委$|工委$")
_BESIDE = re.compile(r"(.{0,24}?[省市县区州旗盟]委)([\u4e00-\u9fff]{2,8})$")
_FORMER = re.compile(r"^(?:原|前|时任|历任|曾任)")
_DESIGNATE = re.compile(r"^(?:拟任|候任)")
_ACTING = re.compile(r"^代(?!表|办|理律|理人|理商|课|购|销|驾|言)")
_PUBLIC = frozenset(("head", "office", "member", "leader", "state", "foreign"))
_NAMED = 3.5
_PRIVATE_ORGS = frozenset(("company", "association"))
_PUBLIC_ORGS = frozenset(("party", "government", "congress", "cppcc", "law", "police", "army", "mass", "zone", "village"))


def chains(found: list[Title], folded: str) -> Iterator[list[Title]]:
    """Yield neighbouring titles of one person: nothing but 、 or 兼 between them."""
    chain: list[Title] = []
    for title in found:
        # «甲调任省委副书记,市委书记乙…» are two persons' posts.
        other = chain and folded[chain[-1].end : title.start] == "," and _is_tied(chain[0], folded) and _is_named(title, folded)
        if chain and not other and _joined(chain[-1], title, folded):
            chain.append(title)
            continue
        if chain:
            yield chain
        chain = [title]
    if chain:
        yield chain


def _is_tied(title: Title, folded: str) -> bool:
    """Say whether a verb of office stands before a title."""
    return folded.endswith(("任", "任命为", "当选", "当选为"), max(0, title.start - 3), title.start)


def _is_named(title: Title, folded: str) -> bool:
    """Say whether a name that reads well follows a title."""
    reading = names.read(folded, title.end)
    return reading is not None and reading.score >= _NAMED


def outermost(found: list[Title]) -> list[Title]:
    """Leave out titles that stand inside a later title's organisation (交警 in 公安局交警大队大队长)."""
    kept: list[Title] = []
    for title in found:
        while kept and title.organization and title.start <= kept[-1].head_start and kept[-1].end <= title.head_start:
            if title.org_klass is None or title.klass in ("citizen", "other"):
                _after_another(title, kept[-1].end)
                break
            kept.pop()
        kept.append(title)
    return kept


def _after_another(title: Title, end: int) -> None:
    """Cut a title loose from what another title already covers (党委书记李某某|教授, 党组书记|被告人)."""
    left = (title.organization or "")[-(title.head_start - end) :] if title.head_start > end else ""
    title.organization, title.org_klass, title.start, title.before = None, None, title.head_start, left
    title.named = titles.name_before(left, title.head, title.klass) if left else 0


def _joined(left: Title, right: Title, folded: str) -> bool:
    if right.named or (left.named and left.klass != "state"):
        return False
    gap = folded[left.end : right.start]
    if not gap and left.klass in _PUBLIC and right.klass in ("citizen", "other"):
        return True
    if gap in ("及", "和") and right.title == "成员" and right.start == right.head_start:
        return True  # 大会主席团常务主席及成员
    if not _JOINT.fullmatch(gap) or "leader" in (left.klass, right.klass) or "citizen" in (left.klass, right.klass):
        return False
    if gap.startswith((",", " ")) or not gap:
        return left.klass in _PUBLIC and right.klass in _PUBLIC
    return True


def complete(left: Title, right: Title) -> None:
    """Give the right title of a chain what it shares with the left one."""
    if right.klass in ("state", "foreign", "citizen") or left.organization is None:
        return
    base = left.organization
    if right.klass == "head":
        # 市政府党组成员、副市长: the government is printed, so it is shared.
        if right.organization is None and base.endswith(("政府党组", "政府")):
            right.organization, right.org_klass = base.removesuffix("党组"), "government"
        return
    if right.organization is None:
        if left.klass == "head":
            return
        right.organization = institution(base) if right.klass != "member" else base
        right.org_klass = titles.suffix_class(right.organization) if right.organization else None
        right.org_klass = right.org_klass or left.org_klass
        return
    own = right.organization
    part = load("organization_parts").entries.get(own)
    if part and part.klass == "committee" and (beside := _BESIDE.match(base)) and beside.group(2) in load("organization_parts"):
        base = beside.group(1)  # 市委组织部部长、统战部部长
    committee = _COMMITTEE.search(base)
    if committee and part and part.klass == "committee":
        right.organization = base + own
    elif (committee or left.klass == "head") and part and part.klass == "level":
        # Beside the committee, on the level's own: 县委常委、纪委书记 is 县纪委.
        level = base.removesuffix("委") if committee else base
        right.organization = level + own
    elif (part and (part.klass == "body" or part.note)) or (
        left.org_klass == "law" and titles.suffix_class(own) == "law" and len(own) <= 6 and own[0] not in "省市县区州"
    ):
        stem = stem_of(base)
        right.organization = own if _BODY_ONLY.fullmatch(stem) else stem + own
        right.org_klass = titles.suffix_class(right.organization) or right.org_klass


def institution(organization: str) -> str | None:
    """中国科学院党组 → 中国科学院; a committee of a level (市委) stays; 校党委 leaves nothing to name."""
    stem = _PARTY_TAIL.sub("", organization)
    return stem if len(stem) >= 2 else None if stem != organization else organization


def stem_of(organization: str) -> str:
    """南充临江新区党工委 → 南充临江新区, what a second body of the same place shares."""
    stem = _ZONE_TAIL.sub("", organization)
    return stem if len(stem) >= 2 else organization


def state_of(title: str) -> str:
    """Return the state that a title's own words tell."""
    if _FORMER.match(title):
        return "former"
    if _DESIGNATE.match(title):
        return "designate"
    return "acting" if _ACTING.match(title) else "current"


_THEN = ("时任", "原", "曾任", "历任")


def _carried(chain: list[Title], folded: str) -> bool:
    """Say whether a chain opens with 时任 or 原, which holds for all its posts (时任市委常委、副市长甲)."""
    first = chain[0]
    return first.title.startswith(_THEN) and folded.startswith(_THEN, first.start) and first.start < first.head_start


def is_public(title: Title) -> bool:
    """Say whether a post is a public one: by its title, unless the organisation is a firm or a society."""
    if title.klass in _PUBLIC:
        return title.org_klass not in _PRIVATE_ORGS
    if title.klass == "business" and title.head.endswith(("负责人", "总工程师", "总经济师", "总会计师")):
        return title.org_klass in _PUBLIC_ORGS and not title.title.startswith(("项目", "工程"))
    if title.head in ("社长", "总编辑", "总编") and title.organization:
        return bool(_PRESS.search(title.organization))
    # 县残联理事长, 市红十字会会长: mass organisations are public, societies are not.
    return title.head in ("理事长", "会长") and title.org_klass == "mass"


_OF_FIRM = ("公司", "集团", "单位", "局", "院", "部", "处", "厂")


def _split_manager(title: Title) -> None:
    """溢辉电子片式电阻生产项目经理: the project is the organisation, 经理 the title; a firm's 项目经理 is one."""
    own = title.organization
    if title.head in ("项目经理", "项目负责人") and own and title.title == title.head and not own.endswith(_OF_FIRM):
        title.organization, title.org_klass = own + "项目", "company"
        title.title = title.title[2:]
        title.head_start = title.end - len(title.title)


@extractor(
    "post", provides=("post",), requires=("place", "organization"),
    lexicons=("titles", "organization_suffixes", "organization_edges"),
)  # fmt: skip
def post(text: Text) -> Iterator[Mention]:
    """Yield every post of the text, with the organisation that its chain gives it."""
    found = outermost(list(titles.read_all(text)))
    for number, chain in enumerate(chains(found, text.folded)):
        for left, right in pairwise(chain):
            complete(left, right)
        then = len(chain) > 1 and _carried(chain, text.folded)
        for position, title in enumerate(chain):
            _split_manager(title)
            state = state_of(title.title)
            if then and state == "current" and not text.folded.endswith("现", 0, title.start):
                state = "former"
            value = PostName(title.organization, title.title, state, is_public(title))
            roles = {
                "chain": number, "klass": title.klass, "org_klass": title.org_klass, "head_start": title.head_start, "head": title.head,
                "named": title.named, "before": title.before, "before_start": title.head_start - len(title.before), "extra": list(title.extra),
            }  # fmt: skip
            yield Mention("post", title.start, title.end, value, "post.chain" if position else "post.title", roles)
