"""What an answer really is: an article, or a bot wall, a JavaScript shell, a login page, a page that only points elsewhere.

Main function: `problem_of(answer)`. A wall that answers 200 must never pass for an empty article.
"""

from __future__ import annotations

import html
import re

from ljnews.errors import Blocked, FetchError, FetchFailed, LoginRequired, NeedsBrowser, PageMissing
from ljnews.fetch import urls
from ljnews.fetch.answer import Answer
from ljnews.fetch.markup import visible, without_comments

_HEAD = 64 * 1024
#: Less visible text than this, in Chinese characters and words, is no article and no list.
_LITTLE = 60
#: Traces of firewalls and challenges, each as its product leaves it in the page.
_SCRIPT_WALL = re.compile(
    rb"\$_ts\s*=|__jsl_clearance|acw_sc__v[23]|wzwschallenge|__tst_status|cf[-_]chl[-_]|challenge-platform|yunsuo_session|EO_Bot_Ssid"
)
_WALL_WORDS = re.compile(
    "您的请求(?:可能)?(?:带有不合法|存在威胁|被拦截)|访问(?:被|已被)(?:拦截|阻断|拒绝)|网站防火墙|安全狗|云锁|创宇盾|疑似黑客攻击"
    "|(?:请求|访问)过于频繁|环境异常|完成验证后即可继续|人机验证|请输入验证码|滑动验证|拖动滑块".encode()
    + rb"|(?i:request (?:has been )?blocked|access denied|attention required|just a moment\.\.\.|web application firewall|are you a human)"
)
_COOKIE_JUMP = re.compile(rb"document\.cookie\s*=", re.IGNORECASE)
_RELOAD = re.compile(rb"location\.(?:reload|href|replace)|window\.location|location\s*=", re.IGNORECASE)
_SHELL = re.compile(
    rb"<(?:div|main|section|body)[^<>]{0,200}\bid\s*=\s*[\"']?(?:app|root|__next|__nuxt|main-app|q-app|container-app|micro-app)\b",
    re.IGNORECASE,
)
_WANTS_SCRIPT = re.compile(
    "without JavaScript|enable JavaScript|(?:开启|启用)\\s*JavaScript|请.{0,24}(?:开启|启用|打开).{0,12}(?:js|脚本)".encode(), re.IGNORECASE
)
_PASSWORD = re.compile(rb"<input[^<>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)
_LOGIN_URL = re.compile(r"(?i)/(?:login|signin|sign-in|passport|sso|cas/login|oauth|denglu|logon)\b|[?&]returnurl=")
_TITLE = re.compile(rb"<title[^<>]*>([^<]{0,300})", re.IGNORECASE)
_MISSING = re.compile(
    r"(?:^|[\s\-|_:：(（【])404(?:$|[\s\-|_:：)）】]|错误|页)|页面(?:不存在|未找到|没有找到|找不到|已删除)"
    r"|(?:内容|文章|信息|稿件)(?:不存在|已(?:被)?删除|已下线)|not found|无法找到该?页",
    re.IGNORECASE,
)
_REFRESH = re.compile(rb"<meta[^<>]{0,100}http-equiv\s*=\s*[\"']?refresh[\"']?[^<>]{0,600}>", re.IGNORECASE)
_REFRESH_CONTENT = re.compile(rb"content\s*=\s*(\"[^\"]{0,600}\"|'[^']{0,600}'|[^\s>]{1,600})", re.IGNORECASE)
_SCRIPT_JUMP = re.compile(
    rb"(?:(?:window|self|top|document|parent)\.)?location(?:\.href)?\s*(?:=|\.(?:replace|assign)\()\s*([\"'])([^\"'<>\s]{1,500})\1",
    re.IGNORECASE,
)


def _little(seen: bytes) -> bool:
    """Say whether so little text is no article: counted in bytes, two or three to a Chinese character."""
    return len(seen) < _LITTLE * 3


def problem_of(answer: Answer, *, asked: str | None = None) -> FetchError | None:
    """Return why an answer is not a page to read, or None.

    `asked` is the URL that was asked for first, before redirects: ending at a login page shows in the last URL.
    """
    status, url = answer.status, answer.url
    if status in (401, 407):
        return LoginRequired(f"{url}: status {status}, a login is asked for; save the page by a browser", url=url)
    if status >= 400:
        return _problem_of_status(answer)
    kind = answer.header("content-type").lower()
    if status == 304 or ("xml" in kind and "xhtml" not in kind) or "json" in kind or answer.body[:5] == b"<?xml":
        return None
    return _problem_of_body(answer, asked)


def _problem_of_status(answer: Answer) -> FetchError:
    status, url = answer.status, answer.url
    wall = _wall(answer.body)
    if status in (412, 418, 468, 493, 521) or (wall and status not in (404, 410)):
        return Blocked(f"{url}: status {status}, {wall or 'a bot wall'}; save the page by a browser", url=url, status=status)
    if status == 403:
        return Blocked(f"{url}: status 403, the server refuses us; save the page by a browser", url=url, status=status)
    if status in (408, 425, 429) or status >= 500:
        return FetchFailed(f"{url}: status {status}", url=url, status=status)
    return PageMissing(f"{url}: status {status}", url=url, status=status)


def _wall(body: bytes) -> str | None:
    head = body[:_HEAD]
    if _SCRIPT_WALL.search(head):
        return "a script challenge"
    return "a firewall's page" if _WALL_WORDS.search(head) or _WALL_WORDS.search(_decoded(head).encode()) else None


def _problem_of_body(answer: Answer, asked: str | None) -> FetchError | None:
    body, url = answer.body, answer.url
    seen = visible(body)
    title = _decoded(m.group(1)) if (m := _TITLE.search(body[:_HEAD])) else ""
    if not body.strip():
        return FetchFailed(f"{url}: an empty answer", url=url, status=answer.status)
    if not _little(seen):
        if len(seen) < 900 and _MISSING.search(title):
            return PageMissing(f"{url}: status {answer.status}, but the page says «{title.strip()[:40]}»", url=url)
        if len(seen) < 1500 and _PASSWORD.search(body) and asked is not None and _LOGIN_URL.search(url):
            return LoginRequired(f"{url}: a login page; save the page by a browser", url=url)
        if len(seen) < 1500 and (wall := _wall(body)):
            return Blocked(f"{url}: status {answer.status}, {wall}; save the page by a browser", url=url)
        return None
    return _problem_of_little(answer, title)


def _problem_of_little(answer: Answer, title: str) -> FetchError | None:
    """Name the cause where hardly any text is to be seen; None where the page is merely short."""
    body, url = answer.body, answer.url
    if wall := _wall(body):
        return Blocked(f"{url}: status {answer.status}, {wall}; save the page by a browser", url=url)
    if _COOKIE_JUMP.search(body) and _RELOAD.search(body):
        return Blocked(f"{url}: a cookie challenge instead of the page; save the page by a browser", url=url)
    if _PASSWORD.search(body):
        return LoginRequired(f"{url}: a login page; save the page by a browser", url=url)
    if _MISSING.search(title) or _MISSING.search(_decoded(visible(body))):
        return PageMissing(f"{url}: status {answer.status}, but the page says that it is not there", url=url)
    if pointed_to(answer) is not None:
        return None
    scripts = body.lower().count(b"<script")
    if scripts and (_SHELL.search(body) or _WANTS_SCRIPT.search(body)):
        return NeedsBrowser(f"{url}: a JavaScript shell without text; save the page by a browser", url=url)
    if scripts and not re.search(rb"<(?:a|img|p|td)\b", body, re.IGNORECASE):
        return NeedsBrowser(f"{url}: only scripts, no text; save the page by a browser", url=url)
    return None


def pointed_to(answer: Answer) -> str | None:
    """Return where a page without text of its own sends its reader: `Refresh` header, meta refresh, or a one-line script.

    E-papers do it: `index.htm` is a meta refresh to the front page of the day.
    """
    if not 200 <= answer.status < 300:
        return None
    if found := _refresh(answer.header("refresh")):
        return urls.resolve(answer.url, found)
    if not _little(visible(answer.body)):
        return None
    bare = without_comments(answer.body[:_HEAD])
    if tag := _REFRESH.search(bare):
        content = _REFRESH_CONTENT.search(tag.group(0))
        value = html.unescape(_decoded(content.group(1).strip(b"\"'"))) if content else ""
        if found := _refresh(value):
            return urls.resolve(answer.url, found)
    if len(jumps := _SCRIPT_JUMP.findall(bare)) == 1 and not _COOKIE_JUMP.search(bare):
        return urls.resolve(answer.url, _decoded(jumps[0][1]))
    return None


def _refresh(value: str) -> str | None:
    """The target of `5; URL=…`; a page that refreshes itself later than in ten seconds is a page."""
    match = re.match(r"\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", value, re.IGNORECASE)
    if match is None or int(match.group(1)) > 10:
        return None
    return match.group(2).strip() or None


def _decoded(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("gb18030", "replace")
