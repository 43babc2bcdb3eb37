"""Who wrote and who edited: names with their roles from info lines, bylines in the body and editor lines."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ljnews.layout.words import alternation, find, lexicon
from ljnews.lexicon.loader import load
from ljnews.records import Credit

_REPORTERS = alternation("roles", "reporter") + r"|记\s者|通\s讯\s员|作\s{1,2}者"
_EDITORS = alternation("roles", "editor") + r"|责\s{1,2}编|编\s{1,4}辑"
_OTHERS = alternation("roles", "other") + r"|校\s对|来\s源"
_PLAIN_ROLE = {
    "本报记者": "记者",
    "本网记者": "记者",
    "本刊记者": "记者",
    "本台记者": "记者",
    "本报通讯员": "通讯员",
    "撰稿人": "撰稿",
    "文章作者": "作者",
    "审核人": "审核",
    "签发人": "签发",
}

_HAN = r"\u4e00-\u9fff\u3400-\u4dbf\U00020000-\U0003ffff"
_NAME = rf"(?:[{_HAN}]{{2,4}}|[{_HAN}]{{1,8}}(?:[·•][{_HAN}]{{1,10}})+)"
_NAME_RE = re.compile(_NAME)
_SPACED = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:[ \u3000\xa0]{{1,4}}[{_HAN}]){{1,11}}(?![{_HAN}])")
_SEPARATOR = re.compile(r"[\s\u3000\xa0\x1c-\x1f、，,/／&|｜丨▕;；:：()（）\[\]【】〖〗〔〕<>《》。]+")
_APART = " \u3000\xa0:：/／丨|｜▕\x1c\x1d\x1e\x1f"
_OF_MEDIA = re.compile(r"(?:记者|通讯员|[报网社台]|客户端|中心|新闻)(?:[·•]|$)")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_.\- ]{1,24}")
_STAFF_NUMBER = re.compile(r"[_ ]?[A-Z]{0,4}\d{2,6}$|_.*$")
_AND_MORE = re.compile(r"(?:摄影报道|图文报道|报道|文/?图|图/?文|摄影|摄|文|图|等)$")

_PARENTHESIS = re.compile(
    r"[（(【\[〔][^（()）【】\[\]〔〕\n]{0,80}?(?:记\s?者|通\s?讯\s?员|作者|摄影|供稿|编辑|责编|文[/／]|实习生)[^（()）【】\[\]〔〕\n]{0,80}[）)】\]〕]"
)
_MEDIUM = rf"[{_HAN}A-Za-z0-9·＋+“”《》\- ]{{0,20}}?"
_LINE_BYLINE = re.compile(
    rf"^[□■◇◆○●▲△☆★◎※\s]{{0,9}}(?:(?:文字|文|图片|图|文图|图文|文/图|图/文|摄影|撰文)?\s{{0,9}}[/／丨|:：]?\s{{0,9}})?{_MEDIUM}(?:{_REPORTERS})"
    rf"(?:[\s:：\u3000\xa0/／丨|]|(?=[{_HAN}]{{2,4}}(?:[\s　/／、]|$)))"
)
_TEXT_BY = re.compile(
    rf"(?:^|[\s\u3000（(【])(?:图文|文图|文/图|图/文|文字|文|图|图片|摄影)\s*[/／:：丨|]\s*({_MEDIUM}(?:{_REPORTERS})?\s*{_NAME}(?:[\s、]{_NAME}){{0,4}})"
)
_PHOTO = re.compile(
    rf"(?:记者|通讯员)\s*((?:{_NAME}|[{_HAN}] [{_HAN}])(?:[\s、]+{_NAME}){{0,3}})"
    rf"(?:\s*(?:摄影报道|摄影|摄)|\s*[/／]\s*(?:文|图|摄)|\s+(?:文[/／]?图|图[/／]?文|文|图)(?=[）)/／\s]|$))"
)
_OPENING = re.compile(rf"^(?:本报|本网|本刊)?记者[\s　]+([{_HAN}](?:[{_HAN}]{{1,3}}|[\s　][{_HAN}](?:[\s　][{_HAN}])?))[\s　]+(?=[{_HAN}])")
_REPORTS = re.compile(
    rf"^[^，。：；]{{0,24}}?[电讯][\s　]{{0,4}}[{_HAN}]{{0,8}}?(?:记者|通讯员)[\s　]{{0,4}}({_NAME}(?:[\s、]{{1,3}}{_NAME}){{0,3}}?)[\s　]{{0,4}}(?:摄影)?报道"
)
_AFTER_DATELINE = re.compile(r"^[^，。：；（(]{1,16}[讯电][\s　]{0,4}[（(]([^（）()，。]{2,40})[）)]")
_SQUARED = re.compile(rf"^[□◎■○]\s*({_NAME}(?:[\s　、]{{1,3}}{_NAME}){{0,3}})$")
_BY_HAND = re.compile(rf"^({_NAME}(?:[\s　、]{{1,3}}{_NAME}){{0,3}})[\s　/／]{{0,3}}(?:文[/／]图|图[/／]文|文图|图文|摄影报道|文[/／]摄)$")
_PICTURE_CREDIT = re.compile(r"(?:图片|照片|图|资料图|视频|素材)(?:来源|源|自)\s*[:：]")
_TAIL_NAME = re.compile(
    rf"[（(]\s*(?:[{_HAN}]{{2,8}}(?:报|网|社|台|融媒|融媒体|中心|客户端|发布|部|局|办|委|院|校|政府|公司|街道|[镇乡县])\s+)?"
    rf"({_NAME}(?:[\s、　]{_NAME}){{0,3}}|[{_HAN}][ \u3000][{_HAN}])\s*[）)]\s*$"
)
_EDITOR_START = re.compile(
    rf"^[\s【\[（(〔丨|]{{0,9}}(?:本文|网站|网络|{_MEDIUM})?(?:{_EDITORS}|{_OTHERS})\s{{0,9}}(?:[:：丨|｜▕/／】\]\x1f]|[\s　]{{1,9}}(?={_NAME}))"
)
_LABELLED = re.compile(
    rf"^[\s【\[（(]{{0,9}}(?:{_MEDIUM})(?:(?:{_REPORTERS}|文|图|文图|图文|文/图)\s*[:：丨|｜]|(?:{_REPORTERS})\s*[/／】\]])"
)
_TOOL = re.compile(r"^(?:[【\[(（][^】\])）:：]{2,12}[】\])）]\s*)+(?=\S)")
_EDITOR_ANYWHERE = re.compile(rf"(?:{_EDITORS})\s*[:：]\s*\S")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(load("surnames").entries)


def looks_like_name(token: str) -> bool:
    """Return whether a token can be a person's name: two or three characters after a surname, or one with a middle dot."""
    if "·" in token or "•" in token:
        return _NAME_RE.fullmatch(token) is not None and not _OF_MEDIA.search(token)
    if token[-1:] in ("市", "县", "省", "区"):
        return False
    if not re.fullmatch(rf"[{_HAN}]{{2,4}}", token) or token in lexicon("not_names") or token in lexicon("not_sources"):
        return False
    known = _surnames()
    return (token[0] in known and len(token) <= 3) or (token[:2] in known and len(token) >= 3)


def credits(string: str) -> tuple[list[Credit], list[Credit]]:
    """Return (reporters, editors) of a byline or an editor line: every role word takes the names that follow it.

    >>> [c.name for c in credits("（记者 冯方雄 实习生 庞 睿）")[0]]
    ['冯方雄', '庞睿']
    """
    reporters: list[Credit] = []
    editors: list[Credit] = []
    roles = find("roles", string)
    for n, hit in enumerate(roles):
        rest = string[hit.end : roles[n + 1].start if n + 1 < len(roles) else len(string)]
        if hit.klass == "reporter":
            reporters += [Credit(name=name, role=_role(hit.word)) for name in names(rest)]
        elif hit.klass == "editor":
            editors += _editors(hit.word, rest)
    return unique(reporters), unique(editors)


def _without_roles(string: str) -> str:
    """The string with a space for every role word."""
    parts, at = [], 0
    for hit in find("roles", string):
        parts += [string[at : hit.start], " "]
        at = hit.end
    return "".join((*parts, string[at:]))


def _role(word: str) -> str:
    word = re.sub(r"\s", "", word)
    return _PLAIN_ROLE.get(word, word)


def names(rest: str) -> list[str]:
    """Return the names that a string opens with, up to the first word that is none; names printed with spaces are put together."""
    apart = rest[:1] in _APART
    rest = _join_spaced(rest.strip(" \u3000\xa0:：/／丨|｜▕\x1c\x1d\x1e\x1f"))
    found: list[str] = []
    for token in _SEPARATOR.split(rest):
        if not token or token in lexicon("not_names"):
            continue
        token = _plain(token)
        if (
            not _NAME_RE.fullmatch(token)
            or token in lexicon("not_names")
            or not (looks_like_name(token) or (len(token) == 3 and apart and token[-1] not in "市县省区"))
        ):
            break
        found.append(token)
    return found


def _plain(token: str) -> str:
    """A name without what is printed onto it: 冯方雄摄, 庞睿文/图."""
    if len(token) > 2 and (token[-1] in "摄" or not looks_like_name(token)):
        return _AND_MORE.sub("", token)
    return token


_ACCOUNTS = frozenset(
    (
        "管理员",
        "系统管理员",
        "网站管理员",
        "admin",
        "administrator",
        "root",
        "null",
        "none",
        "system",
        "webmaster",
        "master",
        "test",
        "undefined",
    )
)


def authors(word: str, value: str) -> list[Credit]:
    """Return the credits of an author label's value; a medium or a user name of the site is none."""
    if _has_role(value, "reporter") and (by_role := credits(value)[0]):
        return by_role
    role = _role(word)
    found = [name for name in names(value) if looks_like_name(name) and name not in _ACCOUNTS]
    if not found and "者" in word:
        latin = _LATIN.match(value.strip(" \x1c\x1d\x1e\x1f"))
        found = [latin.group().strip()] if latin and latin.group().strip().lower() not in _ACCOUNTS else []
    return [Credit(name=name, role=role) for name in found]


def editors(word: str, value: str) -> list[Credit]:
    """Return the credits of an editor label's value; user names and staff numbers (杨倩_NF4425) are read too."""
    return _editors(word, value)


def _editors(word: str, value: str) -> list[Credit]:
    role = _role(word)
    value = value.strip(" \u3000\xa0:：/／丨|｜▕\x1c\x1d\x1e\x1f")
    found = names(value)
    if not found:
        token = re.split(r"[\x1c-\x1f\s　\xa0）)】\]|｜丨（(、，,；;]+", value, maxsplit=1)[0] if value else ""
        latin = _LATIN.match(value)
        short = _STAFF_NUMBER.sub("", token) or token
        if latin:
            found = [latin.group().strip()] if latin.group().strip().lower() not in _ACCOUNTS else []
        elif re.fullmatch(rf"[{_HAN}]{{2,6}}", short) and short not in lexicon("not_names"):
            found = [short]
    return [Credit(name=name, role=role) for name in found]


_CREDIT_WORD = re.compile(
    rf"[{_HAN}·•]{{1,6}}|[A-Za-z0-9_.\-@]{{1,30}}|[{_HAN}A-Za-z0-9]{{2,16}}(?:报|网|社|台|中心|客户端|发布|号)|[{_HAN}]{{2,4}}_[A-Z0-9]+"
)


def _join_spaced(string: str) -> str:
    """«贾　彤» and «罗 淮 蓉» are one name each, «鲁　直　迟　暮» are two: single characters between spaces belong together."""
    return _SPACED.sub(lambda m: " ".join(_apart("".join(m.group().split()))), string)


def _apart(run: str) -> list[str]:
    """The names in a run of single characters: up to three are one; a longer run is cut where surnames stand, into twos before threes."""
    if len(run) <= 3:
        return [run]
    for size in (2, 3):
        rest = _apart(run[size:]) if run[0] in _surnames() and len(run) - size >= 2 else []
        if rest and all(name[0] in _surnames() and len(name) <= 3 for name in rest):
            return [run[:size], *rest]
    return [run[n : n + 2] for n in range(0, len(run), 2)] if len(run) % 2 == 0 else [run[:3], *_apart(run[3:])] if len(run) > 4 else [run]


def unique(credits: list[Credit]) -> list[Credit]:
    """Return the credits with each name once, the first role kept."""
    seen: dict[str, Credit] = {}
    for credit in credits:
        seen.setdefault(credit.name, credit)
    return list(seen.values())


def _has_role(text: str, *classes: str) -> bool:
    """Whether a line holds a role word of a class: most lines do not, and need no pattern."""
    hits = find("roles", text)
    return bool(hits) and any(hit.klass in classes for hit in hits)


@lru_cache(maxsize=1024)
def is_editor_line(text: str) -> bool:
    """Return whether a whole line names editors («责任编辑：周雁», «编辑 刘晓阳 校对 李铭»)."""
    plain = _TOOL.sub("", text)
    text = plain if _has_role(plain, "editor", "other") else text
    if len(text) > 90 or "。" in text or not _has_role(text, "editor", "other") or "://" in text or _PICTURE_CREDIT.search(text):
        return False
    return _EDITOR_START.match(text) is not None and _only_credits(text)


def _only_credits(text: str) -> bool:
    """Whether a line is nothing but roles, names and media: «市统计局发布：上半年…» is a sentence, «编辑：王悦 审核：李若谷» is not."""
    rest = _join_spaced(_without_roles(text))
    words = [w for w in _SEPARATOR.split(rest) if w]
    return all(_CREDIT_WORD.fullmatch(w) is not None for w in words) and len(words) <= 12


def is_labelled_byline(text: str) -> bool:
    """Return whether a whole line is a label and names («作者：闻人夏 谷雨»), which belongs to the article's data and not to its text."""
    if len(text) > 50 or not any(mark in text for mark in ":：|｜丨/／】]") or not _LABELLED.match(text) or not _only_credits(text):
        return False
    reporters = credits(text)[0]
    return bool(reporters) and all(looks_like_name(c.name) for c in reporters)


def names_editor(text: str) -> bool:
    """Return whether a short line holds an editor label with a value («本文来源：新京报 责任编辑：杜硕_NB12556»)."""
    return len(text) <= 120 and _has_role(text, "editor") and _EDITOR_ANYWHERE.search(text) is not None


def only_names(text: str) -> list[str]:
    """Return the names of a line that is nothing but one to three names, nothing for any other."""
    parts = _join_spaced(text).replace("、", " ").split()
    return parts if 0 < len(parts) <= 3 and len(text) <= 14 and all(map(looks_like_name, parts)) else []


def is_byline(text: str) -> bool:
    """Return whether a whole line is a byline («本报记者 蔡文海 通讯员 郑小舟»)."""
    return (
        len(text) <= 60
        and "。" not in text
        and _has_role(text, "reporter")
        and text.count("，") < 2
        and _LINE_BYLINE.match(text) is not None
    )


@lru_cache(maxsize=512)
def in_body(line: str) -> tuple[Credit, ...]:
    """Return the reporters that a body line states in brackets or as a byline of its own."""
    found: list[Credit] = []
    texted = "文/" in line or "图/" in line or "文：" in line or "图：" in line or "文:" in line or "图:" in line or "文|" in line
    if (texted or _has_role(line, "reporter")) and not _PICTURE_CREDIT.search(line):
        for match in _PARENTHESIS.finditer(line):
            found += _in_brackets(match.group().strip("（()）【】[]〔〕"))
        for match in _PHOTO.finditer(line):
            found += [Credit(name=name, role="记者") for name in names(match.group(1)) if looks_like_name(name)]
        for by in _TEXT_BY.finditer(line) if len(line) <= 60 else ():
            reporters = credits(by.group(1))[0]
            found += reporters or [Credit(name=name, role="作者") for name in names(by.group(1)) if looks_like_name(name)]
        if opening := _OPENING.match(line) or _REPORTS.match(line):
            found += [Credit(name=name, role="记者") for name in names(opening.group(1)) if looks_like_name(name)]
        if is_byline(line):
            found += [c for c in credits(line)[0] if len(c.name) > 1]
    if len(line) <= 24 and (alone := _SQUARED.match(line) or _BY_HAND.match(line)):
        written = [name for name in names(alone.group(1)) if looks_like_name(name)]
        if len(written) == len(alone.group(1).replace("、", " ").split()):
            found += [Credit(name=name, role="作者") for name in written]
    if bracket := _AFTER_DATELINE.match(line):  # «本报讯（何采薇 记者 舒岩）»: names before the first role
        found += [Credit(name=name, role="作者") for name in names(bracket.group(1)) if looks_like_name(name)]
    return tuple(found)


def _in_brackets(inside: str) -> list[Credit]:
    """The reporters of a bracket, which is a byline only if most of it is roles and names."""
    reporters, _ = credits(inside)
    if not reporters:
        return []
    rest = re.sub(r"\s", "", _without_roles(inside))
    for credit in reporters:
        rest = rest.replace(credit.name, "")
    return reporters if len(rest) <= 16 or "本报" in rest else []


def signature(line: str) -> list[Credit]:
    """Return the names in brackets that end the last paragraph («……。（李楠）»)."""
    match = _TAIL_NAME.search(_join_spaced(line[-40:]))
    if not match:
        return []
    return [Credit(name=n, role="作者") for n in names(match.group(1)) if looks_like_name(n)]
