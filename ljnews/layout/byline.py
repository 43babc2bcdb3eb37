"""Who wrote and who edited: names with their roles from info lines, bylines in the body and editor lines."""

from __future__ import annotations

import re

from ljnews.records import Credit

_MEDIUM = r"[\u4e00-\u9fffA-Za-z0-9·＋+]{0,16}?"
_REPORTER_ROLES = (
    "全媒体记者|融媒体?记者|首席记者|特约记者|见习记者|实习记者|本报记者|本网记者|本刊记者|本台记者|文字记者|摄影记者|摄像记者|记者|"
    "特约通讯员|本报通讯员|通讯员|实习生|特约撰稿|撰稿人|撰稿|撰文|采写|作者|摄影|供图"
)
_EDITOR_ROLES = (
    "责任编辑|网络编辑|新媒体编辑|值班编辑|执行编辑|文字编辑|图文编辑|本期编辑|本版编辑|版面编辑|视觉编辑|见习编辑|"
    "责编|编辑|编审|主编|副主编|总编辑|总编|编委|值班编委|值班总编|美编|审核|审校|初审|复审|终审|一审|二审|三审|审签|签发|监制|统筹|总监制"
)
_OTHER_ROLES = "责任校对|校对|一校|二校|三校|版面设计|设计|制图|排版|制作|录入|值班主任|值班|视频|剪辑|来源|稿源|来稿|供稿|信息员"
_ROLE = re.compile(rf"(?P<reporter>{_REPORTER_ROLES})|(?P<editor>{_EDITOR_ROLES})|(?P<other>{_OTHER_ROLES})")
_PLAIN_ROLE = {
    "本报记者": "记者", "本网记者": "记者", "本刊记者": "记者", "本台记者": "记者", "本报通讯员": "通讯员", "撰稿人": "撰稿",
}  # fmt: skip

# Words that stand where a name stands but are none.
_NOT_NAMES = frozenset(
    "报道 摄影报道 文图 图文 摄 文 图 综合 整理 本报 本报讯 讯 本网 本网讯 日报 晚报 新华社 来源 通讯 记者 编辑 作者 佚名 无 管理员 系统管理员 未知 供图 供稿 据 本站 原创 转载 "
    "网络 互联网 综合报道 专题报道 特别报道 特约 实习 见习 现场 近日 从 了解 获悉 采访 发现 看到".split()
)
_NAME = r"(?:[\u4e00-\u9fff\U00020000-\U0003ffff]{2,4}|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,10})+)"
_SPACED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000\xa0]+([\u4e00-\u9fff])(?:[ \u3000\xa0]+([\u4e00-\u9fff]))?(?![\u4e00-\u9fff])")
_NAME_RE = re.compile(_NAME)
_SEPARATOR = re.compile(r"[\s\u3000\xa0、，,/／&|｜;；:：()（）\[\]【】]+")

_PARENTHESIS = re.compile(r"[（(【\[][^（()）【】\[\]\n]{0,60}?(?:记者|通讯员|作者|摄影|供稿|编辑|责编|文/|文／|摄)[^（()）【】\[\]\n]{0,60}[）)】\]]")
_LINE_BYLINE = re.compile(
    rf"^[□■◇◆○●▲△☆★\s]*(?:(?:文|图|文图|图文|文/图|图/文|摄影|撰文)?\s*[/／丨|:：]?\s*)?(?:{_MEDIUM})(?:{_REPORTER_ROLES})[\s:：\u3000]"
)
_TAIL_NAME = re.compile(rf"[（(]\s*({_NAME}(?:[\s、]{_NAME}){{0,3}}|[\u4e00-\u9fff][ \u3000][\u4e00-\u9fff])\s*[）)]\s*$")
_EDITOR_LINE = re.compile(rf"(?:^|[\s【\[（(|｜丨]){_MEDIUM}(?:{_EDITOR_ROLES})\s*[:：丨|｜/／]|^(?:{_EDITOR_ROLES})\s+{_NAME}")


def credits(string: str) -> tuple[list[Credit], list[Credit]]:
    """Return (reporters, editors) of a byline, an info line or an editor line: every role word takes the names that follow it.

    >>> [c.name for c in credits("（记者 冯方雄 实习生 庞 睿）")[0]]
    ['冯方雄', '庞睿']
    """
    reporters: list[Credit] = []
    editors: list[Credit] = []
    roles = list(_ROLE.finditer(string))
    for n, match in enumerate(roles):
        end = roles[n + 1].start() if n + 1 < len(roles) else len(string)
        rest = string[match.end() : end]
        if match.group("other"):
            continue
        role = _PLAIN_ROLE.get(match.group(), match.group())
        into = reporters if match.group("reporter") else editors
        into.extend(Credit(name=name, role=role) for name in names(rest))
    return unique(reporters), unique(editors)


def names(rest: str) -> list[str]:
    """Return the names that a string opens with, up to the first word that is none; names printed with spaces are put together."""
    rest = _join_spaced(rest.strip(" \u3000\xa0:：/／丨|｜"))
    found: list[str] = []
    for token in _SEPARATOR.split(rest):
        if not token:
            continue
        token = token.removesuffix("摄影报道").removesuffix("报道").removesuffix("文/图") if len(token) > 4 else token
        if token in _NOT_NAMES:
            continue
        if not _NAME_RE.fullmatch(token):
            break
        found.append(token)
    return found


def _join_spaced(string: str) -> str:
    """«贾　彤» and «罗 淮 蓉» are one name each: single characters between spaces belong together."""
    return _SPACED.sub(lambda m: "".join(g for g in m.groups() if g), string)


def unique(credits: list[Credit]) -> list[Credit]:
    """Return the credits with each name once, the first role kept."""
    seen: dict[str, Credit] = {}
    for credit in credits:
        seen.setdefault(credit.name, credit)
    return list(seen.values())


def is_editor_line(text: str) -> bool:
    """Return whether a whole line names editors («责任编辑：周雁», «编辑 刘晓阳 校对 李铭»)."""
    return len(text) <= 80 and _EDITOR_LINE.search(text) is not None and "。" not in text


def is_byline(text: str) -> bool:
    """Return whether a whole line is a byline («本报记者 蔡文海 通讯员 郑小舟»)."""
    return len(text) <= 60 and _LINE_BYLINE.match(text) is not None and "。" not in text and text.count("，") < 2


def in_body(line: str) -> list[Credit]:
    """Return the reporters that a body line states in brackets or as a byline of its own."""
    found: list[Credit] = []
    for match in _PARENTHESIS.finditer(line):
        found += credits(match.group().strip("（()）【】[]"))[0]
    if is_byline(line):
        found += credits(line)[0]
    return found


def signature(line: str) -> list[Credit]:
    """Return the names in brackets that end the last paragraph («……。（李楠）»)."""
    match = _TAIL_NAME.search(line)
    if not match:
        return []
    return [Credit(name=n, role="作者") for n in names(match.group(1)) if n not in ("完", "完毕")]
