"""Group the names of one article into projects: longest proper form as the name, the other forms as aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ljnews.facts.project.names import Name
from ljnews.facts.project.specific import FIRM, residue
from ljnews.lexicon.loader import load

_MARKS = re.compile(r"[\s“”\"'‘’()《》·]")
_TAIL = re.compile(r"(?:项目|工程|建设|基础设施){1,6}$")
_PLACE_HEAD = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:新区|片区|市|县|区|镇|乡)")
# An institution moves: its 迁建 and its new campus are one undertaking.
_MOVED = re.compile(r"(?:异地|整体)?(?:迁建|搬迁|新建|新院区|新校区|新院|新馆|新校)$")
_WORK = re.compile(r"(?:异地|整体)?(?:除险加固|改扩建|扩建|迁建|改建|重建|搬迁|修缮|改造提升|提升改造)(?:[一二三]期)?")
# 云平高速公路, 云平高速东江特大桥: a line and a work on it
_LINE = re.compile(r"(?:高速公路|公路|高速|铁路|高铁)$")
_ON_LINE = re.compile(r"(?:桥|隧道|互通|立交|枢纽|站)$")
_KINDS = ("幼儿园", "小学", "中学", "卫生院", "敬老院", "养老院")
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,6})?|第[一二三四五六七八九十]{1,3}|[一二三四五六七八九十](?=[中小号])")
_GROUP = re.compile(r"([\u4e00-\u9fff]{2,8}?)集团(?=[\u4e00-\u9fff]{3})")
_SHORTENED = "区心园站"  # the last character of names that are cut to initials: 综保区, 职教中心
_PHASE = re.compile(r"\(?(?:[一二三四五六]|首)期\)?")
_BRACKET = re.compile(r"(?<=.{4})[(（][^()（）]{1,10}[)）](?=项目|工程|建设|$)")
_SHARED_START = 5  # 溢辉电子片式电阻|生产项目, …|厂区建设项目: at least this much before the generic tails


@lru_cache(maxsize=8192)
def core(name: str) -> str:
    """Return a name without marks, phases and a trailing 项目, 工程, 建设.

    >>> core("舜水河二期治理项目"), core("川渝(南充)产业园")
    ('舜水河治理', '川渝南充产业园')
    """
    bare = _PHASE.sub("", _MARKS.sub("", name))
    bare = bare.replace("棚户区改造", "棚改") if "棚户区" in bare else bare
    return _TAIL.sub("", bare) or bare


@cache
def _heads() -> tuple[str, ...]:
    """Head words, longest first."""
    entries = load("facts/project/lexicon/heads").entries.values()
    return tuple(sorted((e.term for e in entries if e.klass not in ("not", "ext")), key=len, reverse=True))


@cache
def last_head(string: str) -> str:
    """Return the head word that a core ends with, "" for none (a firm's name)."""
    return next((h for h in _heads() if string.endswith(h)), "")


def _blocks(short: str, long: str) -> int:
    """Return in how many runs the characters of `short` stand, in order, in `long` (0: they do not)."""
    blocks, at, i = 0, 0, 0
    while i < len(short):
        size = 0
        best = -1
        for length in range(len(short) - i, 0, -1):
            best = long.find(short[i : i + length], at)
            if best >= 0:
                size = length
                break
        if not size:
            return 0
        blocks, i, at = blocks + 1, i + size, best + size
    return blocks


def _covered(short: str, long: str) -> int:
    """Return how many characters of `short` stand in `long` in runs of two or more, the longest of four or more, in any order."""
    covered, longest, i, telling = 0, 0, 0, 0
    while i < len(short) - 1:
        size = next((n for n in range(len(short) - i, 1, -1) if short[i : i + n] in long), 0)
        telling += residue(short[i : i + size])
        covered, longest, i = covered + size, max(longest, size), i + max(size, 1)
    return covered if longest >= 4 and telling else 0  # 中心小学教学楼 tells nothing


def _numbers_agree(one: str, other: str) -> bool:
    """Say whether two names do not differ in a number: 3万吨生产线 and 20万吨生产线 are two."""
    a, b = _NUMBER.findall(one), _NUMBER.findall(other)
    return not a or not b or a == b or set(a) <= set(b) or set(b) <= set(a)


def _two_firms(one: str, other: str) -> bool:
    """Say whether two names begin with two groups of firms: 金澜集团肉食品一体化, 东岭集团肉食品一体化."""
    a, b = _GROUP.match(one), _GROUP.match(other)
    return a is not None and b is not None and a.group(1) not in b.group(1) and b.group(1) not in a.group(1)


def _two_kinds(a: str, b: str) -> bool:
    """Say whether two names are of two institutions, or of a road between two places and another one: 某镇中心小学, 某镇中心幼儿园."""
    kinds = [next((kind for kind in _KINDS if name.endswith(kind)), "") for name in (a, b)]
    if all(kinds) and kinds[0] != kinds[1]:
        return True
    line = _LINE.search(b) if b.find("至", 1, 8) > 0 else None
    return line is not None and b[: line.start()] not in a


@lru_cache(maxsize=8192)
def same(long: str, short: str) -> bool:
    """Say whether two names are forms of one: equal cores, a suffix, a shortening, or one start with two generic tails.

    >>> same("南充国际会展产业园", "国际会展产业园"), same("舜水河综合治理", "舜水河治理项目"), same("第五幼儿园", "第六幼儿园")
    (True, True, False)
    """
    a, b = core(long), core(short)
    if "(" in long + short or "（" in long + short:
        a, b = _unbracketed(long, short, a, b)
    if len(a) < len(b):
        a, b, short = b, a, long
    if len(set(b) & set(a)) * 2 < len(set(b)):
        return False  # nothing to discuss: most pairs
    part = a.rpartition("工程")[2]  # 灌区工程扁东河水库
    if part != a and len(part) >= 4 and same(b, part):
        return True
    if a == b or (b.endswith("高速") and a == b + "公路"):
        return True
    if not _numbers_agree(a, b) or _two_firms(a, b) or _two_kinds(a, b):
        return False
    if 2 <= len(b) <= 4 and len(a) > len(b) + 3 and short.endswith("项目") and residue(b) == len(b) and not last_head(b) and b in a:
        return True  # 外冈项目, 上海轴承生产基地外冈项目
    if _MOVED.fullmatch(b) and a.endswith(b):
        return True  # 市工人医院新院, 新院项目
    if len(b) < 3 or _initials(a, b):
        return len(b) >= 3
    head = last_head(b)
    if a.endswith(b):
        if len(a) == len(b) + 1 and head in ("路", "街", "桥") and a[0] not in "新老旧":
            return False  # 翠华山路, 华山路
        return len(b) >= 4 or bool(head)
    if not head and b == _MARKS.sub("", short):  # a firm: 凯普松 → 南充凯普松高新电子产业园
        return 0 <= a.find(b) <= 4
    if not head and len(b) >= 4 and short.endswith("项目") and a.startswith(b) and residue(b) >= 2 and FIRM.search(b):
        return True  # 明沐环保项目, 明沐环保设备加工生产项目
    if not head and len(b) >= 4 and 0 <= a.find(b) <= 5 and residue(b) >= 2 and residue(a[a.find(b) + len(b) :]) == 0:
        return True  # 泰和家园项目, 东新区泰和家园安置区
    return _extended(a, b) or _akin(a, b)


def _initials(a: str, b: str) -> bool:
    """Say whether two names are one move (迁建, 新校区), or one the initials of the other: 职教中心."""
    if _MOVED.search(a) and _MOVED.search(b) and _MOVED.sub("", a) == _MOVED.sub("", b):
        return True
    return a[0] == b[0] and a[-1] == b[-1] and b[-1] in _SHORTENED and len(b) <= 4 and len(a) <= 2 * len(b) and bool(_blocks(b, a))


def _extended(a: str, b: str) -> bool:
    """Say whether `a` goes on generically behind `b`: 弋江桥改建, …原料及下游制品."""
    if b.endswith("大桥") and a.endswith(("公路大桥", "公路特大桥")) and len(b) >= 4 and a.replace("公路", "").endswith(b):
        return True  # 望河长江公路大桥, 长江大桥
    if not a.startswith(b) and (bare := _PLACE_HEAD.match(a)) and a.startswith(b, bare.end()):
        a = a[bare.end() :]  # 龙升水库, 万山区龙升水库除险加固
    at = a.find(b) if len(b) >= 6 else 0 if a.startswith(b) and len(b) >= 4 else -1
    if at in range(5) and a[at + len(b) :][:1] in ("及", "和", "与") and residue(b) >= 2:
        return True  # 3万吨聚乳酸原料, 某集团年产3万吨聚乳酸原料及下游制品
    if not a.startswith(b) or residue(a[len(b) :]) != 0:
        return False
    return not last_head(a) or bool(last_head(b) and _WORK.fullmatch(a, len(b)))


def _akin(a: str, b: str) -> bool:
    """Say whether two names share their letters in runs, or one start with two generic tails: 梅溪治理, 梅溪综合治理."""
    if len(b) >= 5 and a[-1] == b[-1] and residue(b) >= 2 and 0 < _blocks(b, a) <= min(3, len(b) // 2):
        return True
    middle = a[2 : len(a) - len(b) + 2]
    if len(b) >= 4 and a == b[:2] + middle + b[2:] and residue(middle) == 0:
        return True  # 梅溪治理, 梅溪综合治理
    if len(b) >= 6 and b not in a and not (_LINE.search(b) and _ON_LINE.search(a)) and not _beyond(a, b) and _covered(b, a) >= len(b) - 2:
        return True
    at = a.find(b[:_SHARED_START])
    if 0 < at <= 4:  # 南充溢辉电子…
        a = a[at:]
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(b))
    return start >= _SHARED_START and _open(a[start:]) and _open(b[start:]) and residue(a[:start]) >= 3


def _beyond(a: str, b: str) -> bool:
    """Say whether `a` names a works of its own behind the head of `b`: 高铁柳塘东站, 柳塘东站区域四干渠."""
    head = last_head(b)
    at = a.find(b[-len(head) - 2 :]) if head else -1
    return at >= 0 and residue(a[at + len(head) + 2 :]) >= 3


def _unbracketed(long: str, short: str, a: str, b: str) -> tuple[str, str]:
    """Return two cores, the bracket of the one name left out where the other has none: 滨江学校(高中)项目, 青岚县滨江学校项目."""
    one, other = _BRACKET.sub("", long), _BRACKET.sub("", short)
    if (one == long) == (other == short) or a.endswith(b) or b.endswith(a):
        return a, b
    return (core(one) or a, b) if one != long else (a, core(other) or b)


def _open(tail: str) -> bool:
    """Say whether a tail says only what kind of undertaking it is: 生产, 厂区, 生产线, 基地."""
    return residue(tail) == 0 or tail in ("生产", "厂区", "加工")


def merge(names: list[Name], apposed: frozenset[tuple[str, str]] = frozenset()) -> dict[str, str]:
    """Return each form's canonical name. Names of one list are different projects, whatever they look like; `apposed` forms are one."""
    forms = list(dict.fromkeys(n.text for n in names))
    order = {form: i for i, form in enumerate(forms)}
    lists: dict[str, set[int]] = {}
    for name in names:
        if name.listed >= 0:
            lists.setdefault(name.text, set()).add(name.listed)
    canonical: dict[str, str] = {}
    hosts: dict[str, list[str]] = {}
    members: dict[str, set[int]] = {}
    for form in sorted(forms, key=lambda f: (-len(core(f)), -len(f), order[f])):
        mine = lists.get(form, set())
        host = None
        if apposed:
            host = next((h for h, joined in hosts.items() if any((form, j) in apposed or (j, form) in apposed for j in joined)), None)
        host = host or next((h for h in _hosts(hosts, form) if not mine & members[h]), None)
        if host is None:
            host = form
            hosts[form], members[form] = [], set()
        hosts[host].append(form)
        canonical[form] = host
        members[host] |= mine
    return _renamed(hosts, canonical, order)


def _renamed(hosts: dict[str, list[str]], canonical: dict[str, str], order: dict[str, int]) -> dict[str, str]:
    """Name each project by its longest form that says 项目 or 工程, where that is not a mere stump; else by its longest."""
    best: dict[str, str] = {}
    for host, forms in hosts.items():
        if len(forms) == 1:
            best[host] = host
            continue
        longest = max(len(_PLACE_HEAD.sub("", core(form), count=1)) for form in forms)
        full = [form for form in forms if len(core(form)) * 3 >= longest * 2 and form.endswith(("项目", "工程"))]
        best[host] = min(full or forms, key=lambda f: (-len(core(f)), -len(f), order[f]))
    return {form: best[target] for form, target in canonical.items()}


def _hosts(hosts: dict[str, list[str]], form: str) -> Iterator[str]:
    """Yield the hosts of which a form is one, or of any form that joined them."""
    for host, joined in hosts.items():
        for other in joined:
            if same(other, form):
                yield host
                break
