"""Made-up records and pages: invented places and people, every kind of fact and field, the same for the same number."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from ljnews.records import ArticleRecord, Page
from ljnews.store.rows import rows_of
from ljnews.store.sink import Item, Key, Recipe

RECIPE = Recipe("0.1.0", "rules-1", "words-1", "rjieba", "")
SURNAMES = "赵钱孙李周吴郑王冯陈"
STATUSES = ("planned", "started", "under_construction", "completed", "operating")


class Maker:
    """Builds the facts of one article; evidence is found in the text, offsets are computed."""

    def __init__(self, n: int, title: str, body: str) -> None:
        self.text = f"{title}\n{body}"
        self.article_id = hashlib.sha256(f"article {n}".encode()).hexdigest()[:16]
        self.seen: Counter[tuple[str, str]] = Counter()

    def proof(self, words: str, rule: str = "made.rule") -> dict[str, Any]:
        start = self.text.index(words)
        return {"start": start, "end": start + len(words), "text": words, "rule": rule}

    def id(self, type_: str, words: str) -> str:
        ordinal = self.seen[type_, words]
        self.seen[type_, words] += 1
        return hashlib.sha256(f"{self.article_id}{type_}{words}{ordinal}".encode()).hexdigest()[:16]


def record(n: int, *, copies: int = 1, change: str = "", rules: str = "rules-1", day: str | None = None) -> ArticleRecord:
    """Return the record of article `n`. `change` alters it: `measure` an amount, `gone` drops a fact, `title` the headline, `new` adds a fact."""
    name, place, project = SURNAMES[n % 10] + "明远", f"临川{n % 7}县", f"青禾{n % 13}号产业园项目"
    title = f"{place}推进重点项目" + ("(更正)" if change == "title" else "")
    body = (
        f"{place}县委书记{name}调研{project},记者李𬭎同行。项目总投资{n + 1}.5亿元,占地约{n + 20}亩。"
        f"项目已开工建设,力争2023年底前建成投产,预计年产值不低于{n + 3}亿元。{place}居民张小禾说,盼着早日建成。"
    ) * copies
    m = Maker(n, title, body)
    key = m.id("projects", project)
    amounts = [_money(m, n, f"总投资{n + 1}.5亿元", f"{n + 1}.5亿元", key, change), _area(m, n)]
    if change == "new":
        amounts.append(_money(m, n, f"不低于{n + 3}亿元", f"{n + 3}亿元", None, ""))
    data = {
        "schema_version": "1.0",
        "producer": {"version": "0.1.0", "rules_hash": rules, "lexicon_hash": "words-1", "segmenter": "rjieba"},
        "article": _article(m, n, title, day or f"2022-{n % 12 + 1:02}-05"),
        "officials": [_official(m, place, name)],
        "people": _people(m, change),
        "amounts": amounts,
        "projects": [_project(m, n, project, key, amounts)],
        "targets": [_target(m, n, place, key)],
        "warnings": [{"code": "made.up", "message": "此稿为虚构", "evidence": m.proof(place)}],
    }
    return ArticleRecord.model_validate(data)


def _article(m: Maker, n: int, title: str, day: str) -> dict[str, Any]:
    end = len(m.text)
    return {
        "id": m.article_id, "input": f"pages/{n:05}.html", "input_id": None, "url": f"http://news.example/{n}", "site": "news.example",
        "title": title, "kicker": None, "subtitle": None, "published_at": f"{day}T08:30:00+08:00", "source": "临川日报",
        "place": {"adcode": "510000", "name": "临川市"}, "channel": ["首页", "要闻"], "reporters": [{"name": "李𬭎", "role": "记者"}],
        "editors": [], "keywords": ["项目"], "text": m.text,
        "sections": [{"kind": "main", "heading": None, "title": title, "start": 0, "end": end, "reporters": []}],
        "turns": [{"speaker": "记者", "start": 0, "end": 2}], "pages": 1,
        "content_hash": hashlib.sha256(f"bytes {m.text}".encode()).hexdigest(), "text_hash": hashlib.sha256(m.text.encode()).hexdigest(),
    }  # fmt: skip


def _official(m: Maker, place: str, name: str) -> dict[str, Any]:
    post = {"post": "县委书记", "organization": "县委", "title": "书记", "state": "current", "organization_resolved": f"中共{place}委员会"}
    post |= {"place": {"adcode": "510100", "name": place}, "evidence": m.proof(f"县委书记{name}")}
    return {"id": m.id("officials", name), "name": name, "posts": [post], "evidence": [m.proof(name)]}


def _people(m: Maker, change: str) -> list[dict[str, Any]]:
    people = [{"id": m.id("people", "李𬭎"), "name": "李𬭎", "kind": "journalist", "posts": [], "evidence": [m.proof("李𬭎")]}]
    if change != "gone":
        people.append({"id": m.id("people", "张小禾"), "name": "张小禾", "kind": "citizen", "posts": [], "evidence": [m.proof("张小禾")]})
    return people


def _money(m: Maker, n: int, words: str, surface: str, project: str | None, change: str) -> dict[str, Any]:
    value = f"{(n + 1) * 100000000 + 50000000}" if "总" in words else f"{(n + 3) * 100000000}"
    return {
        "id": m.id("amounts", surface), "surface": surface, "kind": "money", "number": surface[:-2], "unit_text": "亿元", "value": value,
        "lower": None, "upper": None, "unit": "CNY", "approximation": "exact", "measure": "计划总投资" if change == "measure" else "总投资",
        "subject": None, "project_id": project, "period": {"from": "2022-01-01", "to": "2022-12-31", "surface": "2022年"},
        "evidence": m.proof(surface, "amount.money"),
    }  # fmt: skip


def _area(m: Maker, n: int) -> dict[str, Any]:
    value = f"{(n + 20) * 2000 / 3:.2f}".rstrip("0").rstrip(".")
    return {
        "id": m.id("amounts", f"约{n + 20}亩"), "surface": f"约{n + 20}亩", "kind": "area", "number": str(n + 20), "unit_text": "亩",
        "value": value, "lower": None, "upper": None, "unit": "m2", "approximation": "about", "measure": "占地", "subject": None,
        "project_id": None, "period": None, "evidence": m.proof(f"约{n + 20}亩", "amount.area"),
    }  # fmt: skip


def _project(m: Maker, n: int, name: str, key: str, amounts: list[dict[str, Any]]) -> dict[str, Any]:
    plain = {"phase": None, "unit": None, "amount_id": None, "from": None, "to": None}
    status = plain | {"name": "status", "value": STATUSES[n % 5], "surface": "已开工建设", "evidence": m.proof("已开工建设")}
    money = plain | {"name": "total_investment", "value": amounts[0]["value"], "unit": "CNY", "amount_id": amounts[0]["id"]}
    money |= {"surface": amounts[0]["surface"], "evidence": amounts[0]["evidence"]}
    due = plain | {"name": "due_on", "value": "2023-12-31", "to": "2023-12-31", "surface": "2023年底前", "evidence": m.proof("2023年底前")}
    return {
        "id": key, "name": name, "aliases": [name.removesuffix("项目")], "status": STATUSES[n % 5], "place": None,
        "attributes": [status, money, due], "evidence": [m.proof(name)],
    }  # fmt: skip


def _target(m: Maker, n: int, place: str, project: str) -> dict[str, Any]:
    text = "力争2023年底前建成投产"
    outcome = {"metric": "年产值", "amount_id": None, "value": f"{(n + 3) * 100000000}", "lower": None, "upper": None, "unit": "CNY"}
    return {
        "id": m.id("targets", text), "text": text, "kind": "dated", "strength": "strive", "actor": place,
        "outcomes": [outcome | {"approximation": "at_least"}], "project_id": project,
        "deadline": {"from": None, "to": "2023-12-31", "surface": "2023年底前"}, "speaker": None, "evidence": m.proof(text, "target.dated"),
    }  # fmt: skip


def item(made: ArticleRecord, page_hash: str | None = None, encode: Any = rows_of) -> Item:
    """Return a record as a worker would send it."""
    key = Key(made.article.id, page_hash or made.article.content_hash[:32], made.article.input)
    facts = {t: len(getattr(made, t)) for t in ("officials", "people", "amounts", "projects", "targets")}
    return Item(key, body=encode(made), facts=facts)


def page(n: int, text: str | None = None) -> Page:
    """Return a page for the whole road."""
    said = text or f"临川{n % 7}县委书记赵明远调研青禾{n}号产业园项目。项目总投资{n + 1}亿元,占地{n + 20}亩,力争2023年底前建成投产。"
    return Page(input=f"made/{n}.json", input_id=str(n), given={"title": f"第{n}号项目推进", "date": "2022-08-05", "text": said})
