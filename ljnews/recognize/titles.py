"""Titles in the text, and what stands to the left of each: modifiers (副, 原, 常务), the organisation, and how the two split.

Right to left from the title's head: the modifiers that touch it, then the organisation up to a boundary (punctuation, or a word that
cannot stand in an organisation's name: 陪同, 会见, 在 …). `read_all` yields a `Title` per hit, in text order, and sets no links.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from ljnews.lexicon import Hit, load
from ljnews.recognize import duties, edges, names, places
from ljnews.recognize._title import Title as Title
from ljnews.recognize._title import suffix_class as suffix_class
from ljnews.recognize._title import suffixes as suffixes
from ljnews.text.text import Text

# Modifiers that stay in the title; 原, 时任 and the like may also stand before the organisation.
_MODIFIER = re.compile(
    r"(?:现任|原任|原|前任|前|时任|历任|曾任|拟任|新任|候任|代理|代|执行|常务|专职|兼职|挂职|名誉|荣誉|高级|首席|资深|永远|终身|联席|轮值|驻村|第一|副|见习|实习){1,5}$"
)
_LEADING = re.compile(r"^(原|前任|前|时任|原任|代理)(?=.)")
_LEVEL_END = re.compile(r"[省市县区州旗盟镇乡]$|自治区$|新区$|街道$|政府$|行署$|兵团$|特区$")
_NUMBERED = re.compile(r"^[\d一二三四五六七八九十]{1,3}[.、)]\s*")
_WITHIN = re.compile(r"(?:原|时任|前|现任)(?=党组|党委|党工委|工委|纪委|党支部|党总支|支部|村委会|居委会|管委会|[省市县区州旗镇乡]委)")
_OURS = re.compile(
    r"^(?:[我本该][省市县区州旗盟镇乡](?=[省市县区州旗盟镇乡][委政人纪])|我(?=[省市县区州旗盟][委政人纪]))"
)  # 我市|市委常委, 我|市政协副主席
# 该区沙河镇党委书记: the office is the town's.
_OF_THE = re.compile(r"^该[省市州县区旗](?=[\u4e00-\u9fff]{1,6}(?:街道|[镇乡村]))")
# 沙河镇现任|党委书记: the word cuts, but the town goes with the party body.
_BODY_ALONE = re.compile(r"党组|党委|党工委|纪委|党支部|党总支|村委会|居委会")
_SERVING = ("现任", "时任")


@lru_cache(maxsize=4)
def hits(folded: str) -> list[Hit]:
    """Return every word of the title lexicon in a text."""
    return list(load("titles").find(folded))


# 市委组织部长, 市公安局长: the office's last character is the title's first.
_MINISTERS = frozenset("部长 局长 厅长".split())
_POSTED = re.compile(r"^.*?(?:派驻|驻)(?=.)")


_NO_TITLE = frozenset(("not", "byline", "courtesy"))


def _town(folded: str, at: int) -> bool:
    """Say whether a town's name begins at 长 (七台河市|长兴乡)."""
    match = _TOWN.match(folded, at)
    return match is not None and match.group() in load("towns")


_TOWN = re.compile(r"长[\u4e00-\u9fff]{1,3}?(?:街道|[镇乡])")


def _covered(text: Text, start: int, end: int, *, whole: bool) -> bool:
    """Say whether a place's name lies across the border of a title (吉林|长春, 福州|长乐); `whole`: one with its level (西安|长安区)."""
    low = bisect_left(text.of("place"), start - 8, key=lambda m: m.start)
    near = ((m.start, m.end) for m in text.of("place")[low : low + 6] if not whole or text.folded[m.end - 1] in "区县市镇乡")
    return any(start < low < end < high or (not whole and low < start < high < end) for low, high in near)


def read_all(text: Text) -> Iterator[Title]:
    """Yield the titles of a text."""
    folded, last = text.folded, -1
    for hit in hits(folded):
        start, end, head, klass = hit.start, hit.end, hit.entry.term, hit.entry.klass
        glued, last = start == last, end
        if (head == "司长" and folded[start - 1 : start] == "公") or (glued and head == "林长"):
            continue  # 集团公司|长安汽车, 局长|林长生
        if klass in _NO_TITLE or folded[end : end + 1] == "们" or (head[-1] == "长" and _town(folded, end - 1)):
            continue
        if head.endswith("支书") and folded[end : end + 1] == "记":
            start, end, head = end - 1, end + 1, "书记"
        title = _read(folded, start, end, head, klass)
        if title is not None and title.klass in ("head", "office") and _covered(text, start, end, whole=not title.before):
            title = None
        if title is not None:
            _as_printed(title, text)
            yield title
        else:
            text.refuse("post.title", hit.start, hit.end, "the head is part of another word")


def _read(folded: str, start: int, end: int, head: str, klass: str) -> Title | None:
    """Read one title from its head leftwards."""
    broken = load("title_breaks").klass(folded[end - 1 : end + 1])
    if broken == "word":
        return None
    segment = edges.segment_start(folded, start)
    match = _MODIFIER.search(folded, max(segment, start - 8), start)
    head_start = match.start() if match else start
    org_start = edges.left_edge(folded, segment, head_start)
    if broken == "long" and not _is_title(folded, org_start, head_start, end, head, klass):
        return None
    if klass == "leader":
        return _leader(folded, org_start, head_start, end, head)
    left = folded[org_start:head_start]
    if not left and (opened := edges.before_alias(folded, org_start)) < org_start:
        return _before_alias(folded, opened, head_start, end, head, klass)
    left = _OURS.sub("", _OF_THE.sub("", _NUMBERED.sub("", left)))
    org_start = head_start - len(left)
    if _BODY_ALONE.fullmatch(left) and folded.endswith(_SERVING, segment, org_start):
        org_start = _over_serving(folded, segment, org_start)
        left = folded[org_start:head_start]
    if klass == "member" and not left and folded.endswith(("团其他", "团全体"), segment, org_start):
        org_start = edges.left_edge(folded, segment, org_start - 2)  # 甲、乙等主席团其他成员
        left = folded[org_start : head_start - 2]
    if head == "第一书记" or head.endswith("队员"):
        left = _POSTED.sub("", left)
        org_start = head_start - len(left)
    lead = _LEADING.match(left)
    prefix = lead.group(1) if lead and len(left) > len(lead.group(1)) + 1 and not _opens_place(left) else ""
    if klass == "deputy":
        return _deputy(folded, org_start, head_start, end, head)
    named = 0 if klass == "business" and (head in _SELLERS or _name_follows(folded, end)) else name_before(left, head, klass)
    if named:
        body = left[: len(left) - named]
        body_start = org_start if body else head_start
        return Title(
            body_start, head_start, end, folded[head_start:end], head, klass, body or None, suffix_class(body), named=named, before=left
        )
    if klass in _PRIVATE and not shared_end(left, head, bare=head_start == start):
        return _private(folded, segment, head_start, end, head, klass, prefix, left)
    inner = _WITHIN.search(left)
    organization, org_klass, shares = split(_WITHIN.sub("", left[len(prefix) :]), head, klass, bare=head_start == start)
    within = inner.group() if inner and inner.group() != "现任" else ""
    title = (prefix or within if organization else "") + folded[head_start:end]
    if organization is None:
        return Title(head_start, head_start, end, title, head, klass, None, None, before=left)
    extra = _twin(folded, org_start, organization) if not shares and klass == "office" else ()
    return Title(org_start, head_start, end, title, head, klass, organization, org_klass, shares, extra=extra)


def _before_alias(folded: str, opened: int, head_start: int, end: int, head: str, klass: str) -> Title:
    """Read a title behind the bracket that gives its organisation's short form (宏盾有限公司(下称“宏盾”)董事长)."""
    low = edges.left_edge(folded, edges.segment_start(folded, opened), opened)
    organization, org_klass, _ = split(folded[low:opened], head, klass, bare=False)
    start = low if organization else head_start
    return Title(start, head_start, end, folded[head_start:end], head, klass, organization, org_klass)


_PRIVATE = frozenset(("business", "expert", "citizen", "other"))
_COUNTED = re.compile(r"(?:\d{1,8}|[一二三四五六七八九十]{1,8})$")


def _private(folded: str, segment: int, head_start: int, end: int, head: str, klass: str, prefix: str, left: str) -> Title:
    """Read a title that is no office: duties and trades before it are its own (公司|财务总监), and 的 may stand between it and its firm."""
    body, at = "" if head in _KIN else left[len(prefix) :], head_start
    title = folded[at:end]
    if title[0] == "岁":
        body, title = _COUNTED.sub("", body), title[1:]  # 梁山13岁少年
    org_start = at - len(body)
    ends = suffix_class(body) is not None or bool(_LEVEL_END.search(body))
    body, duty = duties.part(body, klass, ends=ends) if body else ("", "")
    if body == "" and duty and folded.endswith("现场", segment, org_start):
        low = edges.left_edge(folded, segment, org_start - 2)
        if suffix_class(folded[low : org_start - 2]) is not None:
            body, duty, org_start = folded[low : org_start - 2], "现场" + duty, low
    if body == "" and folded[org_start - 1 : org_start] == "的" and org_start > segment:
        low = edges.left_edge(folded, segment, org_start - 1)
        owner = folded[low : org_start - 1]
        if len(owner) > 3 and suffix_class(owner) is not None:
            body, org_start = owner, low  # 宏盾公司的技术总监
    title = prefix + duty + title
    organization, org_klass, _ = split(body, head, klass, bare=False)
    if organization is None:
        return Title(
            head_start - len(duty), head_start - len(duty), end, title, head, klass, None, None, before=left[: len(left) - len(duty)]
        )
    return Title(org_start, head_start - len(duty), end, title, head, klass, organization, org_klass)


def shared_end(left: str, head: str, *, bare: bool) -> bool:
    """Say whether organisation and title share a character (酒厂长), which none does behind 公司.

    >>> shared_end("清江酒", "厂长", bare=True), shared_end("清江公司", "厂长", bare=True)
    (True, False)
    """
    if left.endswith(")"):
        return False  # 市文旅局(体育局)|局长
    if not bare or len(head) != 2 or head[1] != "长" or len(left) < 2 or left[-1] == head[0] or left.endswith(("公司", "集团", "企业")):
        return False
    return suffix_class(left + head[0]) is not None and (suffix_class(left) in (None, "company") or head in _MINISTERS)


def _opens_place(left: str) -> bool:
    """Say whether a division's name opens here: 原阳县, 原平市, 前进区 hold no 原 or 前 of their own."""
    return any(start == 0 for start, _, _ in places.find(left))


def _over_serving(folded: str, segment: int, end: int) -> int:
    """Return where the body before 现任 begins (沙河镇|现任党委), `end` itself where none stands there."""
    low = edges.left_edge(folded, segment, end - 2)
    body = folded[low : end - 2]
    return low if body and (_LEVEL_END.search(body) or suffix_class(body)) else end


_SELLERS = frozenset("经销商 代理商 加盟商 承包商 总代理".split())  # 沃尔沃经销商: no name stands before these


def _name_follows(folded: str, at: int) -> bool:
    """Say whether a name that reads well stands behind a title: then what stands before it is a firm (艾比森|董事长|丁彦辉)."""
    reading = names.read(folded, at)
    return reading is not None and reading.score >= _NAMED_FLOOR


_KIN = frozenset("奶奶 爷爷 妻子 丈夫 儿子 女儿 母亲 父亲 孙子 孙女 儿媳 女婿 哥哥 姐姐 弟弟 妹妹 老伴 家属 亲属 邻居".split())
# How sure a name before a title must be: 总书记 follows a name as a rule, 老人 and 奶奶 hardly ever a full one.
_NAMED_FLOOR, _NAMED_STATE_FLOOR = 4.5, 3.2


def name_before(left: str, head: str, klass: str) -> int:
    """Return the length of the name that the text left of a title ends with, 0 where it ends with none.

    >>> name_before("市工信局郑荣林", "局长", "office"), name_before("市公安", "局长", "office")
    (3, 0)
    """
    if (
        (klass in ("leader", "deputy", "head") and len(left) > 4 and "政府" not in left)
        or suffix_class(left) is not None
        or _LEVEL_END.search(left)
    ):
        return 0
    for size in (len(left),) if len(left) <= 4 else (3, 2):
        body = left[: len(left) - size]
        if size < 2 or (body and suffix_class(body) is None) or (klass == "head" and body and not body.endswith("政府")):
            continue
        if klass in ("citizen", "other") and (body or size < 3 or head in _KIN):
            continue
        reading = names.read(left, len(body))
        if reading is not None and reading.end == len(left) and reading.score >= (_NAMED_STATE_FLOOR if klass == "state" else _NAMED_FLOOR):
            return size
    return 0


def _twin(folded: str, start: int, organization: str) -> tuple[str, ...]:
    """Return the organisation before a 、 that shares the title (中共中央台办、国务院台办主任): both end alike."""
    if folded[start - 1 : start] != "、":
        return ()
    low = edges.left_edge(folded, edges.segment_start(folded, start - 1), start - 1)
    other = folded[low : start - 1]
    alike = len(other) > 3 and organization.endswith(other[-2:])
    if not alike or suffix_class(other) is None or other.endswith(("市", "县", "区", "镇", "村")):
        return ()
    return (other,)


def _as_printed(title: Title, text: Text) -> None:
    """Take organisation and title from the string where folding changed them (full-width brackets and digits)."""
    folded, string = text.folded, text.string
    if folded == string:
        return
    for field in ("organization", "title"):
        value = getattr(title, field)
        at = folded.find(value, title.start, title.end) if value else -1
        if at >= 0:
            setattr(title, field, string[at : at + len(value)])


# 奉节县|长江北岸: what is said of the river, never of a 县长 whose surname is 江.
_RIVER = re.compile("江(?:[南北东西两沿]岸|大桥|流域|经济|[上中下]游|[干支]流|航道|大保护|防洪|干线|黄金|大堤|堤防|隧道|沿线|水[位质文域])")


def _is_title(folded: str, org_start: int, head_start: int, end: int, head: str, klass: str) -> bool:
    """Say whether 长 ends a title and does not begin 长江, 长期: a body stands to its left (检察院检察长|江山), or a name follows that reads well."""
    left = folded[org_start:head_start]
    if _RIVER.match(folded, end):
        return False
    reading = names.read(folded, end)
    score = reading.score if reading else -9.0
    rare = names.surname_classes().get(folded[end]) in ("c", "d")  # 湖南沅江市|长春垸
    if names.read_spaced(folded, end) or score >= 3.5 + rare:
        return True
    return not rare and score >= 1.0 and (not left or split(left, head, klass, bare=False)[0] is not None)


def split(left: str, head: str, klass: str, *, bare: bool) -> tuple[str | None, str | None, bool]:
    """Return the organisation in the text left of a title, its class, and whether it shares a character with the title.

    >>> split("市委组织", "部长", "office", bare=True)
    ('市委组织部', 'party', True)
    """
    if not left:
        return None, None, False
    if klass == "head":
        return _head_organization(left)
    found = suffix_class(left)
    if klass in ("foreign", "state"):
        return left, found or "foreign", False
    if shared_end(left, head, bare=bare):
        return left + head[0], suffix_class(left + head[0]), True
    if found is not None:
        return left, found, False
    if head.endswith("发言人"):
        return left, "company", False
    if klass in ("business", "expert", "citizen", "other"):
        return (left, "company" if klass == "business" else None, False) if 1 < len(left) <= 36 else (None, None, False)
    if left in places.divisions() or _LEVEL_END.search(left) or _anchored(left):
        return left, "government", False
    return None, None, False


@cache
def _countries() -> tuple[str, ...]:
    return tuple(load("countries").entries)


def _anchored(left: str) -> bool:
    """Say whether a body without a known ending opens with a country, a division or a level (俄罗斯联邦安全会议)."""
    if not 4 <= len(left) <= 20:
        return False
    return bool(edges.OPENS_OFFICE.match(left)) or left.startswith(_countries()) or _opens_place(left)


def _head_organization(left: str) -> tuple[str | None, str | None, bool]:
    """The place of 市长, 县长: a division, or an office of government."""
    if _LEVEL_END.search(left) or left in places.divisions() or (len(left) > 2 and left.endswith(("村", "社区", "嘎查"))):
        return left, "government", False
    last = [one for one in places.find(left) if one[1] == len(left)]
    if last:
        return left[last[-1][0] :], "government", False
    return None, None, False


_DEPUTY_LEVEL = re.compile(r"(?:全国|[省市县区州旗镇乡]|自治区)?$")


def _deputy(folded: str, org_start: int, head_start: int, end: int, head: str) -> Title:
    """区人大代表, 全国人大代表: the level belongs to the title."""
    level = _DEPUTY_LEVEL.search(folded, max(org_start, head_start - 3), head_start)
    start = level.start() if level else head_start
    return Title(start, start, end, folded[start:end], head, "deputy", None, None, before=folded[org_start:start])


# 市、县|领导; 自治区党政军|领导, 市“四大家”|领导, 市上|领导.
_LEVELS_LISTED = re.compile(r"(?:[省市县区州旗镇](?:委)?[、和及])+$")
_TEAM = re.compile(
    r"(?:[省市县区州旗镇]|自治区)?(?:党政军|党政|党委政府)$|[省市县区州盟旗]上$"
    r"|[省市县区州旗镇]?[“\"‘]?(?:四大家|四套|四大|五大|五套|几套)?(?:班子)?[”\"’]?$"
)


def _leader(folded: str, org_start: int, head_start: int, end: int, head: str) -> Title:
    """市领导, 市、县领导, 市“四大家”领导: the whole is the title; 重庆市领导: the place is the organisation."""
    low = max(0, head_start - 14)
    window = folded[low:head_start]
    match = _LEVELS_LISTED.search(window) or _TEAM.search(window)
    start = low + match.start() if match and match.group() else head_start
    if start < head_start:
        return Title(start, start, end, folded[start:end], head, "leader", None, None)
    left = folded[org_start:head_start]
    level = head[0] if head[0] in "省市县区州旗盟镇乡" else ""
    if level and left and left + level in places.divisions():
        return Title(org_start, head_start + 1, end, head[1:], head, "leader", left + level, "government")
    if left and suffix_class(left) in ("government", "party", "congress", "cppcc", "zone"):
        return Title(org_start, head_start, end, head, head, "leader", left, suffix_class(left))
    return Title(head_start, head_start, end, head, head, "leader", None, None, before=left)
