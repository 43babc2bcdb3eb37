"""A page on its way to an article: what stands around headline and text, and what it says."""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin

from ljnews.errors import NoArticle
from ljnews.layout import body as bodies
from ljnews.layout import byline, container, furniture, heads, info, metadata, pages, sections, strip, tree
from ljnews.layout.given import article_id
from ljnews.layout.space import bare, visible
from ljnews.layout.tree import Block, Tree
from ljnews.layout.words import lexicon
from ljnews.records import Article, Credit, Page, RecordWarning
from ljnews.sites.loader import Site

_PAPER = re.compile(r"(?:^|[-_|｜\s—])([\u4e00-\u9fff]{2,10}?报)(?:数字报|电子版|电子报)?(?=$|[-_|｜\s—])")
_CAPTION = re.compile(r"^(?:图为|图[①②③④⑤⑥1-9一二三四]{1,2}[:：]|[▲△↑←→↓])|(?:摄|供图)[)）]?$")
_DATE_PIECE = re.compile(r"[\d\s/.:：年月日-]{2,24}")
_PIECES = re.compile("[\x1c-\x1f]+")
_LOOSE_STROKE = re.compile(r"\s{0,3}([/.:：-])\s{0,3}")
_YEAR_FIRST = re.compile(r"(20\d\d)年?[\s/.-](\d{1,2})[/.月-](\d{1,2})日?(?:\s(\d{1,2}:\d{2}(?::\d{2})?))?")
_DATE_ATTRIBUTES = ("datetime", "title", "data-time", "data-date", "data-publish-time")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})日?\s(20\d\d)[年/.-](\d{1,2})月?(?!\d)")


@dataclass(eq=False)
class _Zone:
    """The lines around headline and text that may say when, where from and by whom."""

    before: list[str] = field(default_factory=list)  # between headline and text, in order of trust
    after: list[str] = field(default_factory=list)
    boxed_source: str | None = None
    boxed_author: str | None = None
    blocks: list[Block] = field(default_factory=list)

    def machine_dates(self) -> list[str]:
        """The dates in attributes of the zone's boxes (<time datetime="…">3 天前</time>)."""
        values = [value for block in self.blocks if len(block.text) <= 80 for value in block.attributes(_DATE_ATTRIBUTES)]
        return [found for value in values if (found := info.iso_date(value))]


class Reader:
    """One page on its way to an article."""

    def __init__(self, page: Page, html: str, markup: str, site: Site | None) -> None:
        self.page, self.html, self.site = page, html, site
        self.more: list[Reader] = []  # the article's further pages
        self.meta, self.html_title = metadata.metas(markup), metadata.page_title(markup)
        self.properties = metadata.properties(html)
        day = metadata.published_elsewhere(self.meta, html, page.url) if site and len(site.layouts) > 1 else None
        self.tree: Tree = tree.parse(markup, layout=site.layout_for(day) if site else None)
        self.selected = self.tree.selected
        self.stated = heads.stated_titles(self.meta, self.html_title)
        headline = heads.stated_block(self.tree, self.stated)
        box = container.find(self.tree, headline) or container.find_named(self.tree) or container.find(self.tree, headline, hidden=True)
        if box is None:
            raise NoArticle(
                f"{page.input}: no running text in the page; it may be a list, a picture page or a script shell", input=page.input
            )
        self.box = box
        self.head = self._head()

    def _head(self) -> heads.Head:
        """The headline: what the site file's selectors find, else what the page shows."""
        found = heads.find(self.tree, self.box, self.stated, self.html_title, self.meta.get("articletitle") or self.meta.get("og:title"))
        title = self.selected.first("title")
        if title:
            block = next((n for n, b in enumerate(self.tree.blocks) if bare(b.text) == bare(title)), found.block)
            found = found._replace(title=title, block=block)
        kicker = self.selected.first("kicker") or found.kicker or self._printed("introtitle", found)
        return found._replace(kicker=kicker, subtitle=self.selected.first("subtitle") or found.subtitle or self._printed("subtitle", found))

    def _printed(self, name: str, head: heads.Head) -> str | None:
        """The kicker or subtitle of the publishing system's note, where the page prints it too."""
        value = bare(self.properties.get(name, ""))
        if not value or value == bare(head.title or ""):
            return None
        return next(
            (visible(b.text) for b in self.tree.blocks[: self.box.first + 8] if bare(b.text).strip("—―-") == value.strip("—―-")), None
        )

    def prose(self) -> int:
        """Return how many characters of running text the article's box holds."""
        blocks = self.tree.blocks[self.box.first : self.box.last]
        return sum(len(b.text) for b in blocks if furniture.is_sentence(b.text) and not furniture.is_furniture(b.text))

    def article(self) -> Article:
        """Return the article."""
        head = self.head
        body = bodies.clean(strip.lines(self.tree, self.box), head.title, head.subtitle, head.kicker)
        body.lines = _without_author(body.lines, self._author)
        if not body.lines:
            raise NoArticle(f"{self.page.input}: only furniture in the page's container", input=self.page.input)
        if head.block < 0 and (head.title is None or heads.names_site(head.title)):
            head = self.head = head._replace(title=bodies.take_headline(body) or head.title)
        subtitle = head.subtitle or body.subtitle
        body.lines[:0] = self._captions()
        self._join(body)
        text, pieces = sections.assemble(head.title, subtitle, body.lines)
        zone = self._zone(body)
        reporters, editors = self._credits(zone, body)
        crumbs = [visible(c) for c in self.selected.values.get("channel", [])] or heads.channel(
            self.tree, head.title, head.block if head.block >= 0 else self.box.first
        )
        site = (self.site.name if self.site and self.site.domains else None) or metadata.site(
            self.meta, self.html_title, head.title, crumbs
        )
        article = finish(
            self.page, text,
            title=head.title, kicker=head.kicker, subtitle=bare_subtitle(subtitle), published_at=self._published(zone) or self.page.assume_date,
            source=self._source(zone, body), site=site, channel=crumbs or self._paper_channel(), reporters=reporters, editors=editors,
            keywords=metadata.keywords(self.meta, head.title), sections=pieces,
            pages=1 + len(self.more),
        )  # fmt: skip
        article.notes.extend(self._notes())
        return article

    def next_links(self) -> list[str]:
        """Return the addresses of the article's further pages."""
        selected = [urljoin(self.page.url or "", href) for href in self.selected.values.get("next_page", [])]
        return selected or pages.pager(self.tree, self.box, self.page.url).links

    def _join(self, body: bodies.Body) -> None:
        """Put the lines of the further pages behind the first one's; a page that only repeats the first adds nothing."""
        first = [line.text for line in body.lines]
        for other in self.more:
            more = bodies.clean(strip.lines(other.tree, other.box), self.head.title, self.head.subtitle, self.head.kicker)
            if [line.text for line in more.lines] != first:
                body.lines += more.lines
                body.editors += more.editors
                body.reporters += more.reporters

    def _captions(self) -> list[strip.Line]:
        """The captions of pictures that stand between headline and text, outside the text's own box."""
        if not 0 <= self.head.block < self.box.first:
            return []
        above = self.tree.blocks[self.head.block + 1 : self.box.first]
        shown = [b for b in above if not b.links and 8 <= len(b.text) <= 200 and not self.tree.hidden[b.element]]
        return [strip.Line(visible(b.text), "caption") for b in shown if _CAPTION.search(b.text) and not byline.is_byline(b.text)]

    def _notes(self) -> list[RecordWarning]:
        """What a reader of the record should know: pages of the article that were not given."""
        near = self.tree.blocks[max(self.box.first, self.box.last - 3) : self.box.last + 8]
        if not any("页" in b.text or b.text[:1].isdigit() for b in near) and "createPageHTML" not in self.html:
            return []
        total = max(pages.pager(self.tree, self.box, self.page.url).total, pages.scripted(self.html))
        if total <= 1 + len(self.more):
            return []
        message = f"the article has {total} web pages, {1 + len(self.more)} were given; give the others too, in order"
        return [RecordWarning(code="pages_missing", message=message, evidence=None)]

    def _zone(self, body: bodies.Body) -> _Zone:
        """Collect the info lines: between headline and text first, then inside the text's head, then above the headline."""
        blocks, zone = self.tree.blocks, _Zone()
        zone.before += self.selected.values.get("info", [])
        zone.boxed_source = info.clean_source(self.selected.first("source") or "")
        zone.boxed_author = self.selected.first("reporters") if len(self.selected.first("reporters") or "") <= 20 else None
        title, first = self.head.block, self.box.first
        start = title + 1 if 0 <= title < first + 12 else max(0, first - 6)
        if title >= 0 and self.head.title and len(blocks[title].text) > len(self.head.title) + 8:  # an info line in the headline's own box
            zone.before.append(blocks[title].runs[len(self.head.title) :])
        ends = self._body_start(body, start)
        for block in (*blocks[start:ends], *reversed(blocks[max(0, start - 5) : max(0, start - 1)])):
            if self.tree.hidden[block.element]:
                continue
            if heads.informs(block) or (len(block.text) <= 40 and block.text[0] in "□◎"):
                zone.before.append(block.runs)
            self._boxed(zone, block)
        zone.blocks = blocks[max(0, start - 5) : ends]
        zone.before += _dates_in_pieces(zone.blocks)
        zone.before += [line for line in body.info if line not in zone.before]
        zone.before += _labelled_cells([b.text for b in blocks[max(0, start - 30) : ends]])
        zone.after = [b.runs for b in blocks[max(self.box.last - 4, ends) : self.box.last + 8] if len(b.text) <= 120]
        return zone

    def _body_start(self, body: bodies.Body, start: int) -> int:
        """The block that opens the text."""
        opening = next((line.text for line in body.lines if furniture.is_sentence(line.text)), body.lines[0].text)
        for n in range(start, min(len(self.tree.blocks), self.box.last)):
            if self.tree.blocks[n].text[:20] == opening[:20]:
                return n
        return max(self.box.first, start)

    def _boxed(self, zone: _Zone, block: Block) -> None:
        """Read a box whose own class calls it the source or the author."""
        runs = block.runs
        names = self.tree.names(block.element)
        if tree.SOURCE not in runs and tree.AUTHOR not in runs and names and (mark := tree.hint(names)):
            runs = mark + runs
        zone.boxed_source = zone.boxed_source or info.hinted_source(runs)
        zone.boxed_author = zone.boxed_author or info.hinted_author(runs)

    def _published(self, zone: _Zone) -> str | None:
        """The time: of the info lines, of meta tags, the URL and scripts, of a line behind the text."""
        for value in self.selected.values.get("published_at", []):
            if chosen := info.date_in(value) or info.compact_date(value):
                return metadata.better(chosen, self._elsewhere())
        found = [d for line in zone.before if (d := info.parse(line).published)]
        if not any(len(d) > 10 for d in found):
            found += zone.machine_dates()
        if found:
            timed = next((d for d in found if len(d) > 10 and d.startswith(found[0][:10])), found[0])
            return timed if len(timed) > 10 else metadata.better(timed, self._elsewhere())
        elsewhere = self._elsewhere()
        short = next((d for line in zone.before if (d := info.short_date(line, elsewhere))), None)
        if short and elsewhere and short[:10] == elsewhere[:10]:
            return short if len(short) > 10 else elsewhere
        after = next((d for line in zone.after if info.looks_like(line) and (d := info.date_in(line))), None)
        return short or elsewhere or after or self._paper_day()

    @cached_property
    def _author(self) -> str | None:
        """The author that meta tags or JSON-LD name and the page prints: the meta tag alone is often the one who put the page up."""
        named = metadata.author(self.meta, self.html) if self.meta.get("author") or "ld+json" in self.html else None
        return named if named and any(named in b.text for b in self.tree.blocks) else None

    def _elsewhere(self) -> str | None:
        return metadata.published_elsewhere(self.meta, self.html, self.page.url)

    def _source(self, zone: _Zone, body: bodies.Body) -> str | None:
        for line in zone.before:
            if found := info.source_in(line):
                return found
        if found := body.source or zone.boxed_source:
            return found
        for lines, look in ((zone.after, info.source_in), (zone.before, info.bare_source)):
            for line in lines:
                if found := look(line):
                    return found
        value = metadata.first_meta(self.meta, metadata.SOURCE_NAMES) or self.properties.get("sourcename")
        value = value or metadata.source_in_script(self.html)
        if value and (found := info.clean_source(value)):
            return found
        for line in zone.before:
            if found := info.loose_source(line) or info.medium(line):
                return found
        if zone.boxed_author and not byline.looks_like_name(zone.boxed_author):
            return info.clean_source(zone.boxed_author)
        for line in zone.before:
            if found := info.source_in(line, "office"):
                return found
        printed = heads.paper_page(self.tree, self.box.first) or any(heads.names_page(line) for line in zone.before)
        return self._paper() if printed else None

    def _paper(self) -> str | None:
        """The paper that an e-paper page's `<title>` names."""
        match = _PAPER.search(self.html_title)
        return match.group(1) if match else None

    def _paper_day(self) -> str | None:
        """The day that the head of an e-paper page prints («2021年3月17日 星期三»)."""
        if self._paper() is None and heads.paper_page(self.tree, self.box.first) is None:
            return None
        above = self.tree.blocks[: self.box.first]
        return next((d for b in reversed(above) if len(b.text) <= 60 and (d := info.date_in(b.text))), None)

    def _paper_channel(self) -> list[str]:
        page = heads.paper_page(self.tree, self.box.first)
        return [p for p in (self._paper(), page) if p] if page else []

    def _credits(self, zone: _Zone, body: bodies.Body) -> tuple[list[Credit], list[Credit]]:
        reporters, editors = [], list(body.editors)
        for value in self.selected.values.get("reporters", []):
            reporters += byline.credits(value)[0] or byline.authors("作者", value)
        for value in self.selected.values.get("editors", []):
            editors += byline.credits(value)[1] or byline.editors("编辑", value)
        for line in zone.before:
            found = info.parse(line)
            reporters += info.bylines(_PIECES.sub(" ", line)) or found.reporters
            editors += found.editors
        if zone.boxed_author and byline.looks_like_name(zone.boxed_author):
            reporters.append(Credit(name=zone.boxed_author, role="作者"))
        reporters += body.reporters
        for one in body.lines:
            if one.kind != "cell":
                reporters += byline.in_body(one.text)
        for line in zone.after:
            if byline.is_editor_line(line) or byline.names_editor(line):
                found = info.parse(line)
                reporters += found.reporters
                editors += found.editors
            elif byline.is_byline(line):
                reporters += byline.in_body(line)
        if not reporters and (named_by := self._author):
            reporters += byline.authors("作者", named_by)
        prose = [line for line in body.lines if furniture.is_sentence(line.text)]
        for last in (*prose[-2:], *body.lines[-2:]) if not reporters else ():
            reporters += byline.signature(last.text)
        return byline.unique(reporters), byline.unique(editors)


def _without_author(lines: list[strip.Line], author: str | None) -> list[strip.Line]:
    """The lines without one of the first three that is nothing but the author's name."""
    return [line for n, line in enumerate(lines) if not (author and n < 3 and bare(line.text) == bare(author) and len(lines) > 1)]


def _labelled_cells(texts: list[str]) -> list[str]:
    """Labels and values that stand in boxes of their own («发布机构» «县政府办公室»), as lines."""
    found = []
    for label, value in itertools.pairwise(texts):
        word = re.sub(r"[\s\u3000\xa0:：]+", "", label)
        if len(label) <= 12 and len(value) <= 40 and lexicon("labels").klass(word) in ("source", "office", "date", "author", "editor"):
            found.append(f"{word}：{value}")
    return found


def _dates_in_pieces(blocks: list[Block]) -> list[str]:
    """Dates printed over several boxes («2019», «09/07», «19:02»; «05», «2022-08»)."""
    found, row = [], ""
    for text, block in (*((b.text, b) for b in blocks), ("", None)):
        if block and len(text) <= 24 and _DATE_PIECE.fullmatch(text):
            row = f"{row} {_PIECES.sub(' ', block.runs)}".strip()
            continue
        row = _LOOSE_STROKE.sub(r"\1", row)
        if match := _YEAR_FIRST.search(row):
            found.append("-".join(match.groups()[:3]) + f" {match.group(4) or ''}")
        elif match := _DAY_FIRST.search(row):
            found.append(f"{match.group(2)}-{match.group(3)}-{match.group(1)}")
        row = ""
    return found


def finish(page: Page, text: str, **fields: object) -> Article:
    """Return the article with its ids and hashes."""
    content_hash = hashlib.sha256(page.content).hexdigest()
    own = {
        "id": article_id(page, content_hash),
        "input": page.input,
        "input_id": page.input_id,
        "url": page.url,
        "content_hash": content_hash,
    }
    empty: dict[str, object] = {"place": None, "turns": [], "pages": 1}
    return Article.model_validate({**own, **empty, "text": text, "text_hash": hashlib.sha256(text.encode()).hexdigest(), **fields})


def bare_subtitle(subtitle: str | None) -> str | None:
    """Return a subtitle without the dash that leads it."""
    return subtitle.strip("—―─-－– \u3000") or None if subtitle else None
