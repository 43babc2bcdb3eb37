"""No character is lost between the bytes and the text (RELIABILITY P6, P7)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ljnews.errors import LjnewsError
from ljnews.layout import charset
from ljnews.layout.read import read
from ljnews.records import Page
from tests.layout.hostile import assert_message
from tests.layout.sentences import encodable, sentences

CHARSETS = ["utf-8", "utf-8-sig", "gb2312", "gbk", "gb18030", "big5", "utf-16-le", "utf-16-be"]
LABELS = ["right", "wrong", "none", "conflict"]
_WRONG = {
    "utf-8": "gb2312",
    "utf-8-sig": "big5",
    "gb2312": "utf-8",
    "gbk": "big5",
    "gb18030": "utf-8",
    "big5": "gbk",
    "utf-16-le": "gbk",
    "utf-16-be": "utf-8",
}


def _labels(encoding: str, label: str) -> tuple[str, str]:
    """The HTTP header and the meta tag of a page."""
    own = encoding.removesuffix("-sig")
    wrong = _WRONG[encoding]
    header = {"right": own, "wrong": wrong, "none": "", "conflict": wrong}[label]
    meta = {"right": own, "wrong": wrong, "none": "", "conflict": own}[label]
    content_type = f"text/html; charset={header}" if header else "text/html"
    return content_type, f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""


def _page(sentence: str, meta: str) -> str:
    return f"<html><head>{meta}<title>今日</title></head><body><h1>今日大事</h1><div><p>{sentence}</p></div></body></html>"


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("encoding", CHARSETS)
def test_every_charset_and_label_is_read_exactly(encoding: str, label: str) -> None:
    content_type, meta = _labels(encoding, label)
    for sentence in sentences(traditional=encoding == "big5"):
        page = _page(encodable(sentence, encoding), meta)
        decoded = charset.decode(page.encode(encoding), content_type)
        assert decoded.string == page, decoded.charset
        assert decoded.replacements == 0


@pytest.mark.parametrize("encoding", CHARSETS)
def test_the_article_holds_the_sentence_exactly(encoding: str) -> None:
    content_type, meta = _labels(encoding, "conflict")
    for sentence in sentences(traditional=encoding == "big5")[::20]:
        written = encodable(sentence, encoding)
        page = Page(input="p", content=_page(written, meta).encode(encoding), headers={"content-type": content_type})
        assert written in read(page).text.split("\n")


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8", "utf-16-le"])
def test_plain_text_without_markup_is_decoded_too(encoding: str) -> None:
    text = "\n".join(encodable(s, encoding) for s in sentences(40, traditional=encoding == "big5"))
    assert charset.decode(("\ufeff" if "16" in encoding else "").encode(encoding) + text.encode(encoding)).string == text


def test_gb2312_is_widened_as_browsers_do() -> None:
    assert (
        charset.decode("朱镕基、欧元€、·—".encode("gb18030").replace("€".encode("gb18030"), b"\x80"), "text/html; charset=gb2312").string
        == "朱镕基、欧元€、·—"
    )


@pytest.mark.parametrize("cut", range(1, 4))
def test_a_truncated_tail_is_counted_not_lost(cut: int) -> None:
    page = _page("全镇粮食总产量稳定在二点八万吨以上，比上年增长一成。" * 20, "") + "尾巴"
    decoded = charset.decode(page.encode()[:-cut])
    assert decoded.charset == "utf-8"
    assert decoded.string.startswith(page[:-2])
    assert decoded.replacements == (0 if cut == 3 else 1)


def test_two_charsets_in_one_page_give_a_note_and_a_text() -> None:
    sentence = "合作社今年种了三百二十亩黄精，每亩增收两千余元。"
    content = _page(sentence * 30, "").encode() + sentence.encode("gbk")
    article = read(Page(input="p", content=content))
    assert sentence in article.text
    assert [note.code for note in article.notes] == ["charset_replacements"]


def test_one_broken_byte_in_a_gbk_page_called_latin_costs_one_character() -> None:
    sentence = "合作社今年种了三百二十亩黄精，每亩增收两千余元。"
    content = (
        _page(sentence * 5, '<meta charset="iso-8859-1">').encode("gbk").replace("黄精".encode("gbk"), b"\xff" + "精".encode("gbk"), 1)
    )
    decoded = charset.decode(content)
    assert decoded.charset == "gb18030"
    assert 1 <= decoded.replacements <= 2
    assert decoded.string.count(sentence) == 4


DIRT = [
    "\x00",
    "\x01",
    "\x7f",
    "\x85",
    "\x9f",
    "\ufeff",
    "\u200d",
    "\u202e",
    "\u2028",
    "\ufffe",
    "&#xD800;",
    "&#0;",
    "&#x2028;",
    "&#xFFFF;",
    "𬭎",
    "👩‍🌾",
]


@pytest.mark.parametrize("dirt", DIRT)
def test_dirt_in_a_page_never_raises_and_leaves_no_surrogates(dirt: str) -> None:
    sentence = f"合作社今年种了三百{dirt}二十亩黄精，每亩增收{dirt}两千余元。"
    article = read(Page(input="p", content=_page(dirt + sentence, "").encode("utf-8", "surrogatepass")))
    article.text.encode()
    assert "\x00" not in article.text
    assert "亩黄精，每亩增收" in article.text
    for section in article.sections:
        assert 0 <= section.start < section.end <= len(article.text)


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_an_article_or_a_typed_refusal(content: bytes) -> None:
    try:
        article = read(Page(input="p", content=content))
    except LjnewsError as error:
        assert_message(error)
    else:
        assert article.text.strip()
        article.text.encode()


@given(st.binary(min_size=1, max_size=200), st.sampled_from(CHARSETS))
@settings(max_examples=200, deadline=None)
def test_a_page_with_any_bytes_inside_is_never_an_empty_success(content: bytes, encoding: str) -> None:
    sentence = sentences(1, traditional=encoding == "big5")[0]
    page = _page(encodable(sentence, encoding), "").encode(encoding).replace("今日大事".encode(encoding.removesuffix("-sig")), content)
    try:
        article = read(Page(input="p", content=page))
    except LjnewsError:
        return
    assert article.text.strip()
