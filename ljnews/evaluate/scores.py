"""Count hits, false finds and misses per row; a missing record counts all its gold as missed.

The rows are those that the guideline scores. `Score.tally(row, …)` keeps the errors too, for `--errors`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ljnews.evaluate import matching
from ljnews.evaluate.gold import Gold, squeeze
from ljnews.evaluate.matching import Fact, Pair

ROWS = (
    "names", "posts", "split posts", "people", "people kinds", "amounts", "approximation", "measure", "measure exact", "projects",
    "attributes", "targets", "deadlines", "first outcome", "strength", "speaker", "article fields", "offsets",
)  # fmt: skip
# Attributes in the article's free words; gold lists them seldom, so finding one that gold does not list is no error.
_FREE_ATTRIBUTES = {"content", "other", "length", "phase"}
_TEXT_ATTRIBUTES = {"location", "owner", "content"}


@dataclass
class Row:
    """Counts of one row, and its errors as (article, what, text)."""

    hit: int = 0
    false: int = 0
    missed: int = 0
    errors: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the found that is right (1 where nothing was found)."""
        return self.hit / (self.hit + self.false) if self.hit + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of gold that was found (1 where there is none)."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = 2 * self.hit + self.false + self.missed
        return 2 * self.hit / both if both else 1.0


@dataclass
class Score:
    """All rows of an evaluation."""

    rows: dict[str, Row] = field(default_factory=lambda: {name: Row() for name in ROWS})

    def tally(self, row: str, article: str, *, hit: int = 0, false: Iterable[str] = (), missed: Iterable[str] = ()) -> None:
        """Add counts to a row."""
        one = self.rows[row]
        false, missed = list(false), list(missed)
        one.hit += hit
        one.false += len(false)
        one.missed += len(missed)
        one.errors += [(article, "false", what) for what in false] + [(article, "missed", what) for what in missed]


def score(gold: list[Gold], records: dict[str, Fact]) -> Score:
    """Score records (by article id or input id, as gold names them) against gold."""
    total = Score()
    for one in gold:
        record = records.get(one["id"])
        _score_article(total, one, record or _empty())
    return total


def _empty() -> Fact:
    return {"article": {"text": ""}, "officials": [], "people": [], "amounts": [], "projects": [], "targets": []}


def _score_article(total: Score, gold: Gold, record: Fact) -> None:
    text = record["article"]["text"]
    _score_offsets(total, gold["id"], record, text)
    _score_officials(total, gold, record, text)
    _score_people(total, gold, record, text)
    _score_amounts(total, gold, record, text)
    projects = _score_projects(total, gold, record, text)
    _score_attributes(total, gold, record, projects)
    _score_targets(total, gold, record, text)
    _score_fields(total, gold, record)


def _score_offsets(total: Score, article: str, record: Fact, text: str) -> None:
    facts = [f for t in ("officials", "people", "amounts", "projects", "targets") for f in record[t]]
    nested = [n for f in facts for key in ("posts", "attributes") for n in f.get(key, [])]
    bad = [
        str(f.get("name") or f.get("surface") or f.get("text") or f.get("post"))[:40] for f in facts + nested if not matching.sound(f, text)
    ]
    total.tally("offsets", article, hit=len(facts) + len(nested) - len(bad), false=bad)


def _multiset(total: Score, row: str, article: str, gold: list[Any], optional: set[Any], found: list[Any]) -> None:
    """Compare two lists as sets; a thing found twice is a false find."""
    want, have = set(gold), Counter(found)
    hit = [x for x in want if have[x]]
    false = [x for x, n in have.items() for _ in range(n - (1 if x in want or x in optional else 0))]
    total.tally(row, article, hit=len(hit), false=map(_show, false), missed=map(_show, sorted(want - set(hit), key=_show)))


def _show(what: Any) -> str:
    return " + ".join(str(x) if x is not None else "∅" for x in what) if isinstance(what, tuple) else str(what)


def _named(fact: Fact, text: str) -> bool:
    """The evidence shows the name."""
    name = squeeze(fact["name"])
    return matching.sound(fact, text) and any(name in squeeze(text[s:e]) for s, e in matching.spans(fact))


def _score_officials(total: Score, gold: Gold, record: Fact, text: str) -> None:
    required = [o for o in gold["officials"] if not o.get("optional")]
    optional = {squeeze(o["name"]) for o in gold["officials"] + gold["people"] if o.get("optional")}
    good = [o for o in record["officials"] if _named(o, text)]
    bad = [f"{o['name']} (evidence)" for o in record["officials"] if not _named(o, text)]
    _multiset(
        total,
        "names",
        gold["id"],
        [squeeze(o["name"]) for o in required],
        optional,
        [squeeze(o["name"]) for o in good] + bad,
    )
    forms: dict[str, list[tuple[Any, ...]]] = {"posts": [], "split posts": []}
    found: dict[str, list[tuple[Any, ...]]] = {"posts": [], "split posts": []}
    for o in required:
        for post in (p for p in o["posts"] if not p.get("optional")):
            title = _best_title(post, [p for g in good if squeeze(g["name"]) == squeeze(o["name"]) for p in g["posts"]])
            forms["posts"].append((squeeze(o["name"]), _printed(post, title)))
            forms["split posts"].append((squeeze(o["name"]), squeeze(post.get("organization")) or None, title))
    for o in good:
        if squeeze(o["name"]) in optional:
            continue
        for post in o["posts"]:
            sound = "" if matching.sound(post, text) else " (evidence)"
            found["posts"].append((squeeze(o["name"]), squeeze(post["post"]) + sound))
            found["split posts"].append((squeeze(o["name"]), squeeze(post["organization"]) or None, squeeze(post["title"]) + sound))
    allowed = {
        (squeeze(o["name"]), squeeze(p.get("organization")) or None, squeeze(t))
        for o in required
        for p in o["posts"]
        if p.get("optional")
        for t in (p["title"], *p.get("also", []))
    }
    allowed_printed = {(name, (organization or "") + title) for name, organization, title in allowed}
    allowed_printed |= {
        (squeeze(o["name"]), squeeze(p["post"])) for o in required for p in o["posts"] if p.get("optional") and p.get("post")
    }
    for row in ("posts", "split posts"):
        # A prefix that the whole post string shares (市委副书记 twice) counts once.
        fine = allowed if row == "split posts" else allowed_printed
        _multiset(total, row, gold["id"], forms[row], fine, list(dict.fromkeys(found[row])))


def _printed(post: Fact, title: str) -> str:
    """Organisation and title as one string: gold's own `post` where it gives one (国防部长, a shared character once), else the two joined."""
    if post.get("post") and title == squeeze(post["title"]):
        return squeeze(post["post"])
    return squeeze(post.get("organization")) + title


def _best_title(post: Fact, predicted: list[Fact]) -> str:
    titles = [squeeze(post["title"]), *map(squeeze, post.get("also", []))]
    return next((t for t in titles if any(squeeze(p["title"]) == t for p in predicted)), titles[0])


def _score_people(total: Score, gold: Gold, record: Fact, text: str) -> None:
    required = [p for p in gold["people"] if not p.get("optional")]
    optional = {squeeze(p["name"]) for p in gold["people"] + gold["officials"] if p.get("optional")}
    found = [squeeze(p["name"]) if _named(p, text) else f"{p['name']} (evidence)" for p in record["people"]]
    _multiset(total, "people", gold["id"], [squeeze(p["name"]) for p in required], optional, found)
    kinds = {squeeze(p["name"]): p["kind"] for p in record["people"]}
    both = [p for p in required if squeeze(p["name"]) in kinds]
    wrong = [f"{p['name']}: {kinds[squeeze(p['name'])]} for {p['kind']}" for p in both if kinds[squeeze(p["name"])] != p["kind"]]
    total.tally("people kinds", gold["id"], hit=len(both) - len(wrong), false=wrong, missed=wrong)


def _split(gold: list[Fact], predicted: list[Fact], pairs: list[Pair]) -> tuple[list[Pair], list[Fact], list[Fact]]:
    """Return the required pairs, the false finds and the missed."""
    matched_gold, matched = {id(g) for g, _ in pairs}, {id(p) for _, p in pairs}
    required = [(g, p) for g, p in pairs if not g.get("optional")]
    false = [p for p in predicted if id(p) not in matched]
    missed = [g for g in gold if id(g) not in matched_gold and not g.get("optional")]
    return required, false, missed


def _around(fact: Fact, text: str, key: str) -> str:
    (start, end), *_ = matching.spans(fact) or [(0, 0)]
    return f"{fact[key]} …{text[max(0, start - 12) : end + 8]}…".replace("\n", "⏎")


def _score_amounts(total: Score, gold: Gold, record: Fact, text: str) -> None:
    pairs, false, missed = _split(gold["amounts"], record["amounts"], matching.pair_amounts(gold["amounts"], record["amounts"], text))
    # A reading of an optional place that differs in kind or value is no false find either.
    spans = [s for g, s in zip(gold["amounts"], matching.gold_amount_spans(gold["amounts"], text), strict=True) if s and g.get("optional")]
    false = [f for f in false if not any(a < e and s < b for s, e in spans for a, b in matching.spans(f))]
    total.tally(
        "amounts", gold["id"], hit=len(pairs),
        false=[f"{f['kind']} {f['value']} {f['unit']} {_around(f, text, 'surface')}" for f in false],
        missed=[f"{m['kind']} {m.get('value')} {m['unit']} {m['surface']} …{m['context']}…" for m in missed],
    )  # fmt: skip
    _on_pairs(
        total,
        "approximation",
        gold["id"],
        pairs,
        lambda g: g.get("approximation", "exact"),
        lambda p: p["approximation"],
        None,
    )
    with_measure = [(g, p) for g, p in pairs if g.get("measure")]
    _on_pairs(total, "measure", gold["id"], with_measure, lambda g: g["measure"], lambda p: p["measure"], matching.same_phrase)
    _on_pairs(total, "measure exact", gold["id"], with_measure, lambda g: g["measure"], lambda p: p["measure"], None)


def _on_pairs(total: Score, row: str, article: str, pairs: list[Pair], want: Any, have: Any, same: Any) -> None:
    """Count agreement of one field on matched pairs."""
    wrong = []
    for g, p in pairs:
        a, b = want(g), have(p)
        if not (same(a, b) if same else a == b):
            wrong.append(f"{b} for {a} ({g.get('surface') or g.get('text')})")
    total.tally(row, article, hit=len(pairs) - len(wrong), false=wrong, missed=wrong)


def _score_projects(total: Score, gold: Gold, record: Fact, text: str) -> list[Pair]:
    pairs = matching.pair_projects(gold["projects"], record["projects"], text)
    required, false, missed = _split(gold["projects"], record["projects"], pairs)
    total.tally(
        "projects", gold["id"], hit=len(required),
        false=[_around(f, text, "name") for f in false], missed=[m["name"] for m in missed],
    )  # fmt: skip
    return pairs


def _attribute_hits(want: dict[str, str], project: Fact, others: list[Fact]) -> tuple[list[str], list[str]]:
    """Return the gold attributes that a project has, and its attributes that gold does not state; `others` are further right values."""
    hits, false, seen = [], [], set()
    for attribute in _flat_attributes(project):
        name, shown = (
            attribute["name"],
            f"{project['name']}.{attribute['name']} = {attribute['value'] or attribute['surface']} {attribute['unit'] or ''}",
        )
        if name in want and _same_attribute(want[name], attribute):
            if name not in hits:
                hits.append(name)
        elif any(o["name"] == name and _same_attribute(o["value"], attribute) for o in others):
            continue
        elif name not in _FREE_ATTRIBUTES and shown not in seen:
            seen.add(shown)
            false.append(shown)
    return hits, [f for f in false if f.split(" = ")[0].rsplit(".", 1)[1] not in hits or "status" not in f]


def _flat_attributes(project: Fact) -> list[Fact]:
    """A project's attributes with its status once, the latest."""
    rest = [a for a in project["attributes"] if a["name"] != "status"]
    status = project.get("status")
    return rest + ([{"name": "status", "value": status, "unit": None, "surface": "", "from": None, "to": None}] if status else [])


def _same_attribute(want: str, have: Fact) -> bool:
    name, value = have["name"], have["value"]
    if name.endswith("_on"):
        return matching.same_day(want, value, have["from"], have["to"])
    if name == "status":
        return bool(want == value)
    if name in _TEXT_ATTRIBUTES:
        a, b = squeeze(want), squeeze(value or have["surface"])
        return a in b or b in a
    figure, _, unit = want.partition(" ")
    return matching.number(figure, unit) == matching.number(value, have["unit"]) and unit == (have["unit"] or "")


def _score_attributes(total: Score, gold: Gold, record: Fact, pairs: list[Pair]) -> None:
    matched_gold, matched = {id(g) for g, _ in pairs}, {id(p) for _, p in pairs}
    for g, p in pairs:
        if g.get("optional"):
            continue
        hits, false = _attribute_hits(g["attributes"], p, g.get("other_attributes", []))
        missed = [f"{g['name']}.{k} = {v}" for k, v in g["attributes"].items() if k not in hits]
        total.tally("attributes", gold["id"], hit=len(hits), false=false, missed=missed)
    for g in gold["projects"]:
        if id(g) not in matched_gold and not g.get("optional"):
            total.tally("attributes", gold["id"], missed=[f"{g['name']}.{k} = {v}" for k, v in g["attributes"].items()])
    for p in record["projects"]:
        if id(p) not in matched:
            total.tally("attributes", gold["id"], false=_attribute_hits({}, p, [])[1])


def _score_targets(total: Score, gold: Gold, record: Fact, text: str) -> None:
    pairs = matching.pair_targets(gold["targets"], record["targets"], text)
    required, false, missed = _split(gold["targets"], record["targets"], pairs)
    total.tally(
        "targets", gold["id"], hit=len(required),
        false=[f"{f['kind']} {f['text']}" for f in false], missed=[f"{m['kind']} {m['text']}" for m in missed],
    )  # fmt: skip
    for g, p in required:
        want, have = g.get("deadline_end"), (p["deadline"] or {}).get("to")
        shown = f"{have} for {want} ({g['text'][:40]})"
        total.tally(
            "deadlines", gold["id"], hit=int(want is not None and want == have),
            false=[shown] if have and have != want else [], missed=[shown] if want and have != want else [],
        )  # fmt: skip
    _on_pairs(
        total,
        "first outcome",
        gold["id"],
        [(g, p) for g, p in required if g.get("quantity")],
        lambda g: g["quantity"],
        _outcome,
        _same_outcome,
    )
    _on_pairs(
        total,
        "strength",
        gold["id"],
        [(g, p) for g, p in required if g.get("strength")],
        lambda g: g["strength"],
        lambda p: p["strength"],
        None,
    )
    spoken = [(g, p) for g, p in required if g.get("speaker") or p["speaker"]]
    _on_pairs(total, "speaker", gold["id"], spoken, lambda g: squeeze(g.get("speaker")), lambda p: squeeze(p["speaker"]), None)


def _outcome(target: Fact) -> str:
    first = (target["outcomes"] or [None])[0]
    if first is None:
        return ""
    value = first["value"] if first["value"] is not None else f"{first['lower']}-{first['upper']}"
    return f"{value} {first['unit']}"


def _same_outcome(want: str, have: str) -> bool:
    (a, _, u), (b, _, v) = want.partition(" "), have.partition(" ")
    return u == v and [matching.number(x, u) for x in a.split("-", 1) if x] == [matching.number(x, u) for x in b.split("-", 1) if x]


def _score_fields(total: Score, gold: Gold, record: Fact) -> None:
    want, have = gold.get("article", {}), record["article"]
    for key in ("title", "subtitle", "kicker", "source"):
        if want.get(key):
            _field(total, gold["id"], key, squeeze(want[key]) == squeeze(have.get(key)), want[key], have.get(key))
    if want.get("published_at"):
        got = have.get("published_at") or ""
        same = got.startswith(want["published_at"]) if len(want["published_at"]) == 10 else got == want["published_at"]
        _field(total, gold["id"], "published_at", same, want["published_at"], got)
    for key in ("reporters", "editors"):
        if key in want:
            a, b = ([(squeeze(c["name"]), c["role"]) for c in (x.get(key) or [])] for x in (want, have))
            _field(total, gold["id"], key, sorted(a) == sorted(b), a, b)
    if "channel" in want:
        _field(total, gold["id"], "channel", want["channel"] == have.get("channel"), want["channel"], have.get("channel"))
    if "sections" in want:
        kinds = {s["kind"] for s in want["sections"]}
        one, other = (
            [(s["kind"], s.get("heading"), squeeze(s.get("title"))) for s in x.get("sections", []) if s["kind"] in kinds]
            for x in (want, have)
        )
        _field(total, gold["id"], "sections", one == other, one, other)
    flat = squeeze(have.get("text"))
    for quote in want.get("in_text", []):
        _field(total, gold["id"], "in_text", squeeze(quote) in flat, quote, "not in the text")
    for quote in want.get("not_in_text", []):
        _field(total, gold["id"], "not_in_text", squeeze(quote) not in flat, quote, "in the text")


def _field(total: Score, article: str, key: str, same: bool, want: Any, have: Any) -> None:
    shown = [] if same else [f"{key}: {have} for {want}"]
    total.tally("article fields", article, hit=int(same), false=shown, missed=shown)
