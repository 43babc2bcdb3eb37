"""Pages made to hang, crash or bloat a parser (RELIABILITY 1), in any size."""

from __future__ import annotations

from collections.abc import Callable

from ljnews.errors import LjnewsError

_PROSE = "<p>全镇粮食总产量稳定在二点八万吨以上，比上年增长一成。</p>"


def _many(piece: str) -> Callable[[int], str]:
    return lambda size: piece * max(1, size // len(piece))


def _nested(tag: str) -> Callable[[int], str]:
    return lambda size: f"<{tag}>" * (size // (len(tag) + 2)) + _PROSE


def _attributes(size: int) -> str:
    return "<p " + " ".join(f'a{n}="{n}"' for n in range(size // 14)) + ">" + _PROSE


def _quoted_ends(size: int) -> str:
    """Attributes whose values hold the signs that a cheap scan looks for."""
    return "<p " + " ".join(f'a{n}="<>"' for n in range(size // 14)) + ">" + _PROSE


def _bare_attributes(size: int) -> str:
    return "<p " + " ".join(f"a{n}" for n in range(size // 8)) + ">" + _PROSE


SHAPES: dict[str, Callable[[int], str]] = {
    "comment openers": _many("<!--"), "tag openers": _many("<a "), "instructions": _many("<?"), "marked sections": _many("<!["), "cdata": _many("<![CDATA["),
    "nested div": _nested("div"), "nested span": _nested("span"), "nested table": _nested("table><tr><td"), "nested font": _nested("font color=red"),
    "nested li": _nested("ul><li"), "nested section": _nested("section"), "nested own": _nested("x-y"), "nested blockquote": _nested("blockquote"),
    "attributes": _attributes, "attributes with ends": _quoted_ends, "bare attributes": _bare_attributes, "same attribute": _many('<p a="1" '),
    "sibling p": _many("<p>"), "br": _many("<br>"), "links": _many('<a href="x">新闻</a>'), "rows": _many("<tr><td>一<td>二"), "options": _many("<option>"),
    "spaces": lambda size: "<p>" + " " * size + _PROSE, "text": lambda size: "<p>" + "全镇粮食，总产量。" * (size // 9) + "</p>",
    "one word": lambda size: "<p>" + "的" * size + "</p>", "digits": lambda size: "<p>" + "1" * size + "。</p>", "commas": lambda size: "<p>" + "、" * size + "。</p>",
    "entities": _many("&amp;"), "broken entities": _many("&#x1F"), "nul": lambda size: "<p>" + "\x00" * size + _PROSE, "quotes": _many('="'), "equals": _many("="),
    "ends": _many("</div>"), "brackets": _many("<>"), "unclosed script": lambda size: "<script>" + "x<y" * (size // 3) + _PROSE,
    "unclosed style": lambda size: _PROSE + "<style>" + "a{}" * (size // 3), "unclosed title": lambda size: "<title>" + "新闻" * (size // 2),
    "unclosed quote": lambda size: '<p title="' + "新闻>" * (size // 3) + _PROSE, "metas": _many('<meta name="a" content="b">'), "dates": _many("2022-08-05 "),
    "labels": lambda size: "<p>" + "来源：" * (size // 3) + "</p>" + _PROSE, "names": lambda size: "<p>（记者 " + "张三 李四 " * (size // 6) + "）</p>" + _PROSE,
    "crumbs": lambda size: "<p>首页" + " > 新闻" * (size // 5) + "</p>" + _PROSE, "lines": lambda size: "一行\n" * (size // 3), "svg": _many("<svg><g>"),
    "math": _many("<math><mtext><table><mglyph><style>"), "template": _many("<template>"), "select": _many("<select><option>"), "forms": _many("<form>"),
    "frames": _many("<frameset><frame>"), "marks": _many("\x1c\x1d\x1e\x1f"), "headings": _many("<h1>新闻</h1>"), "captions": _many('<p class="caption">图</p>'),
}  # fmt: skip


def assert_message(error: LjnewsError) -> None:
    """A refusal says what is wrong."""
    assert error.message


def page(shape: str, size: int) -> bytes:
    """Return a page of about that many characters."""
    return f"<html><body>{_PROSE}{SHAPES[shape](size)}".encode("utf-8", "surrogatepass")
