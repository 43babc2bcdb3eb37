"""Site files: validated with file and line, held against their example pages, used in reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from ljnews import sites
from ljnews.errors import SiteError
from ljnews.layout.read import read
from ljnews.records import Page
from ljnews.sites import loader
from tests.layout.sentences import sentences

ROOT = Path(__file__).resolve().parents[2]

PAGE = (
    "<html><body><div class=h><b>江阳新闻</b></div><div class=x1>全镇粮食总产量再创新高</div><div class=x2>记者闻人夏发自江阳 二〇二二年 5/8/2022</div>"
    f"<div class=x3>{''.join(f'<p>{t}</p>' for t in sentences(3))}<p class=zz>本段是站方的推广文字，不是稿件，应当去掉。</p></div></body></html>"
)
FILE = """
name = "江阳网"
domains = ["www.jy.example", "jy.example"]
example = "page.html"

[expect]
title = "全镇粮食总产量再创新高"
first = "副区长朱镕川介绍"
without = ["推广文字"]

[[layout]]
since = 2020-01-01
container = ".x3"
remove = ".zz"
title = ".x1"

[listing]
entry = ["http://www.jy.example/"]
links = "li a"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folder of site files, named by the setting."""
    monkeypatch.setenv(loader.SETTING, str(tmp_path))
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_the_projects_own_files_match_their_examples() -> None:
    rows = sites.check()
    assert rows
    assert [(Path(row.file).name, row.problems) for row in rows if row.status not in ("ok", "no example")] == []


def test_every_family_with_selectors_has_an_example() -> None:
    without = [site.key for site in sites.families().values() if site.layouts and not site.example]
    assert without == []


def test_every_family_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "sites.md").read_text(encoding="utf-8")
    assert [key for key in sites.families() if f"`{key}`" not in guide] == []


def test_every_key_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "sites.md").read_text(encoding="utf-8")
    keys = loader.TOP_KEYS | loader.EXPECT_KEYS | loader.LAYOUT_KEYS | loader.LISTING_KEYS
    assert sorted(key for key in keys if key not in guide) == []


def test_a_users_file_is_found_by_host_and_read_with(folder: Path) -> None:
    (folder / "jy.toml").write_text(FILE, encoding="utf-8")
    site = sites.for_url("http://www.jy.example/a/1.html")
    assert site is not None
    assert site.name == "江阳网"
    assert sites.for_url("http://m.jy.example/a/1.html") is site
    assert sites.for_url("http://other.example/") is None
    article = read(Page(input="p", url="http://www.jy.example/a/1.html", content=PAGE.encode()))
    assert article.text.split("\n") == ["全镇粮食总产量再创新高", *sentences(3)]
    assert article.site == "江阳网"


def test_check_tells_ok_from_drift(folder: Path) -> None:
    (folder / "jy.toml").write_text(FILE, encoding="utf-8")
    assert [(row.status, row.problems) for row in sites.check(folder)] == [("ok", [])]
    (folder / "jy.toml").write_text(FILE.replace("再创新高", "创新低", 1), encoding="utf-8")
    (row,) = sites.check(folder)
    assert row.status == "drift"
    assert "title" in row.problems[0]


def test_layouts_are_chosen_by_day() -> None:
    new, old = loader.Layout(since=None, until=None), loader.Layout(until=None)
    site = loader.Site(file="x", key="x", layouts=(new, old))
    assert site.layout_for(None) is new


def test_an_extending_file_takes_what_it_leaves_out(folder: Path) -> None:
    (folder / "families").mkdir()
    (folder / "families" / "own.toml").write_text(
        '[[layout]]\ncontainer = ".a"\ntitle = ".b"\n[listing]\nlinks = "li a"\n', encoding="utf-8"
    )
    (folder / "z.example.toml").write_text(
        'extends = "own"\n[[layout]]\ntitle = ".c"\n[listing]\nentry = "http://z.example/"\n', encoding="utf-8"
    )
    site = sites.for_url("http://z.example/1")
    assert site is not None
    assert site.layouts[0].container == (".a",)
    assert site.layouts[0].title == (".c",)
    assert site.listing is not None
    assert site.listing.links == ("li a",)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('name = "x"\ntitel = "y"\n', 2, "titel"),
        ('[[layout]]\ncontainer = ".a"\nbody = ".b"\n', 3, "body"),
        ('name = "x"\n\n[[layout]]\ntitle = "div["\n', 4, "selector"),
        ("name = 7\n", 1, "string"),
        ('[[layout]]\nsince = "2020"\n', 2, "day"),
        ('charset = "klingon"\n', 1, "charset"),
        ('[listing]\nentry = "ftp://x"\n', 2, "http"),
        ('[listing]\nmatch = "("\n', 2, "regular"),
        ('[listing]\nlink = "a"\n', 2, "link"),
        ('[layout]\ntitle = "a"\n', 1, "double"),
        ('name = "x\n', 1, "TOML"),
        ('extends = "nowhere"\n', 1, "family"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(folder: Path, text: str, line: int, word: str) -> None:
    file = folder / "wrong.example.toml"
    file.write_text(text, encoding="utf-8")
    (row,) = sites.check(folder)
    assert row.status == "error"
    assert row.problems[0].startswith(f"wrong.example.toml:{line}:")
    assert word in row.problems[0]


def test_a_missing_folder_is_an_error() -> None:
    with pytest.raises(SiteError):
        sites.check("/nowhere")
