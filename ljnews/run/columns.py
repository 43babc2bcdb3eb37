"""Which column of a table, or field of an object, holds what: as the user says, else by the names that are usual in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ljnews.errors import InputMalformed

FIELDS = ("id", "url", "title", "date", "source", "text", "html")
_USUAL = {
    "id": ("id", "编号", "序号", "文章编号", "稿件编号", "新闻编号"),
    "url": ("url", "链接", "网址", "文章链接", "原文链接", "新闻链接", "link"),
    "title": ("title", "标题", "题目", "新闻标题", "文章标题", "题名", "headline"),
    "date": (
        "date", "日期", "发布时间", "时间", "发布日期", "发表时间", "发表日期", "刊发日期", "刊登日期", "报纸日期", "见报日期",
        "published_at", "publish_time", "pubdate",
    ),
    "source": ("source", "来源", "报纸", "媒体", "报纸名称", "媒体名称", "文章来源", "新闻来源"),
    "text": ("text", "正文", "内容", "全文", "content", "正文内容", "文章内容", "新闻内容", "新闻正文", "文章正文", "文本", "原文", "body"),
    "html": ("html", "网页", "源码", "网页源码"),
}  # fmt: skip


def columns(name: str, present: list[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return our fields and the columns that hold them.

    Raises InputMalformed where a column that the user names is not there.
    """
    found = dict(chosen)
    for ours, theirs in found.items():
        if theirs not in present:
            raise InputMalformed(
                f"{name}: no column {theirs!r} for {ours}; the columns are {', '.join(map(str, present[:20]))}",
                input=name,
            )
    spelled = {str(column).strip().lower(): column for column in reversed(present)}
    for ours, usual in _USUAL.items():
        if ours not in found and (hit := next((spelled[u] for u in usual if u in spelled), None)) is not None:
            found[ours] = hit
    return found


def has_text(header: Iterable[str], chosen: Mapping[str, str]) -> bool:
    """Say whether one of the columns holds the texts or the pages."""
    header = list(header)
    named = {chosen.get("text"), chosen.get("html")} - {None}
    return bool(named & set(header)) or bool({"text", "html"} & set(columns("", header, {})))
