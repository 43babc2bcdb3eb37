"""The record: what one page gives. A contract, other programs read it.

Reading order: `Evidence` (a span of the text), the five facts (`Official`, `Person`, `Amount`, `Project`, `Target`), `Article`,
`ArticleRecord` (all of one page), `Failure` (a page that gave none). `Page` is what goes in.

Values are plain decimal strings (no exponent, no trailing zeros); dates are ISO days, `from` and `to` inclusive; unknown is `None` or
an empty list, and no field is left out of the JSON. Every model is frozen and refuses unknown fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

SCHEMA_VERSION = "1.0"

DecimalText = Annotated[str, StringConstraints(pattern=r"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$")]
IsoDate = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
PublishedAt = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\+08:00)?$")]

AmountKind = Literal[
    "money", "area", "length", "volume", "mass", "power", "energy", "percent", "percentage_point", "ratio", "person",
    "household", "duration", "count", "other",
]  # fmt: skip
Approximation = Literal["exact", "about", "over", "under", "at_least", "at_most"]
PersonKind = Literal["journalist", "business", "expert", "citizen", "historical", "other"]
PostState = Literal["current", "acting", "former", "designate", "appointed", "dismissed"]
ProjectStatus = Literal[
    "negotiating", "signed", "planned", "preliminary", "started", "under_construction", "completed", "operating", "suspended",
]  # fmt: skip
SectionKind = Literal["main", "related", "sidebar", "table", "caption"]
TargetKind = Literal["dated", "quantified", "progress", "qualitative"]
TargetStrength = Literal["ensure", "strive", "plan", "expect", "report"]
AttributeName = Literal[
    "status", "location", "owner", "content", "capacity", "total_investment", "completed_investment", "annual_investment",
    "land_area", "floor_area", "length", "started_on", "due_on", "completed_on", "other",
]  # fmt: skip


class Model(BaseModel):
    """Base of all records: frozen, strict, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True, serialize_by_alias=True)


class Evidence(Model):
    """A span of the article's text: `text[start:end] == evidence.text`, offsets in Unicode code points."""

    start: int = Field(ge=0, description="证据起点(字符下标,含)")
    end: int = Field(description="证据终点(字符下标,不含)")
    text: str = Field(description="证据原文,与正文逐字相同")
    rule: str = Field(description="得出此事实的规则编号")

    @model_validator(mode="after")
    def _span_has_length(self) -> Evidence:
        if self.end <= self.start or self.end - self.start != len(self.text):
            raise ValueError(f"evidence {self.text!r}: end {self.end} does not fit start {self.start}")
        return self


class Place(Model):
    """An administrative division."""

    adcode: str = Field(description="行政区划代码")
    name: str = Field(description="行政区划名称")


class Interval(Model):
    """Inclusive days; an open side is None."""

    from_: IsoDate | None = Field(alias="from", description="起始日(含)")
    to: IsoDate | None = Field(description="截止日(含)")
    surface: str = Field(description="原文中的时间表述")

    @model_validator(mode="after")
    def _in_order(self) -> Interval:
        _check_dates(self.from_, self.to)
        return self


def _check_dates(start: str | None, end: str | None) -> None:
    """Real days, in order."""
    for day in (start, end):
        if day is not None:
            date.fromisoformat(day)
    if start is not None and end is not None and start > end:
        raise ValueError(f"from {start} is after to {end}")


def _check_bounds(lower: str | None, value: str | None, upper: str | None) -> None:
    """lower ≤ value ≤ upper, where they are given."""
    known = [Decimal(v) for v in (lower, value, upper) if v is not None]
    if known != sorted(known):
        raise ValueError(f"lower {lower}, value {value}, upper {upper} are not in order")


class Post(Model):
    """组织 + 职务. `post` is the two as one string."""

    post: str = Field(description="职务全称(组织+职务)")
    organization: str | None = Field(description="组织,原文所写;未写为空")
    title: str = Field(description="职务,原文所写(含原、代、副、常务)")
    state: PostState = Field(description="任职状态")
    organization_resolved: str | None = Field(description="补上地名后的组织全称")
    place: Place | None = Field(description="职务所在的行政区划")
    evidence: Evidence

    @model_validator(mode="after")
    def _post_is_both(self) -> Post:
        if self.post != (self.organization or "") + self.title:
            raise ValueError(f"post {self.post!r} is not organization + title")
        return self


class Official(Model):
    """A person whom the text ties to a public post."""

    id: str
    name: str = Field(min_length=1, description="姓名,去掉其中的空格")
    posts: list[Post] = Field(min_length=1)
    evidence: list[Evidence] = Field(min_length=1)


class Person(Model):
    """Any other named person."""

    id: str
    name: str = Field(min_length=1, description="姓名,去掉其中的空格")
    kind: PersonKind = Field(description="人物类别")
    posts: list[Post]
    evidence: list[Evidence] = Field(min_length=1)


class Amount(Model):
    """A number with a unit."""

    id: str
    surface: str = Field(description="原文中的数量(含约数词)")
    kind: AmountKind
    number: str = Field(description="原文所印的数字")
    unit_text: str = Field(description="原文所印的单位;省略时为空串")
    value: DecimalText | None = Field(description="换算为标准单位后的数值;区间为空")
    lower: DecimalText | None = Field(description="区间下限")
    upper: DecimalText | None = Field(description="区间上限")
    unit: str = Field(description="标准单位")
    approximation: Approximation
    measure: str | None = Field(description="指标:所计量的是什么,用原文的词")
    subject: str | None = Field(description="主体:是谁的数量")
    project_id: str | None
    period: Interval | None = Field(description="数量所属的期间")
    evidence: Evidence

    @model_validator(mode="after")
    def _value_or_range(self) -> Amount:
        if self.value is None and self.lower is None and self.upper is None:
            raise ValueError(f"amount {self.surface!r} has neither a value nor a range")
        _check_bounds(self.lower, self.value, self.upper)
        return self


class ProjectAttribute(Model):
    """One thing the text says of a project."""

    name: AttributeName
    phase: str | None = Field(description="期次:一期、二期")
    value: str | None = Field(description="数值(标准单位)、状态代码、文字;日期写到原文的精度(2021-11)")
    unit: str | None
    amount_id: str | None
    from_: IsoDate | None = Field(alias="from")
    to: IsoDate | None
    surface: str
    evidence: Evidence

    @model_validator(mode="after")
    def _in_order(self) -> ProjectAttribute:
        _check_dates(self.from_, self.to)
        return self


class Project(Model):
    """A definite, named undertaking."""

    id: str
    name: str = Field(min_length=1, description="文中最长的正式名称")
    aliases: list[str] = Field(description="文中的其他称呼")
    status: ProjectStatus | None = Field(description="进展,以文中最新者为准")
    place: Place | None
    attributes: list[ProjectAttribute]
    evidence: list[Evidence] = Field(min_length=1)


class Outcome(Model):
    """What a target promises or reports: a metric and its amount."""

    metric: str | None
    amount_id: str | None
    value: DecimalText | None
    lower: DecimalText | None
    upper: DecimalText | None
    unit: str | None
    approximation: Approximation

    @model_validator(mode="after")
    def _ordered(self) -> Outcome:
        _check_bounds(self.lower, self.value, self.upper)
        return self


class Target(Model):
    """A clause that commits to, plans, predicts an outcome, or reports progress against a plan."""

    id: str
    text: str = Field(min_length=1, description="目标所在的分句,逐字")
    kind: TargetKind
    strength: TargetStrength
    actor: str | None
    outcomes: list[Outcome]
    project_id: str | None
    deadline: Interval | None
    speaker: str | None
    evidence: Evidence

    @model_validator(mode="after")
    def _text_is_evidence(self) -> Target:
        if self.text != self.evidence.text:
            raise ValueError("a target's text is its evidence")
        return self


class Credit(Model):
    """A reporter or editor as printed."""

    name: str
    role: str = Field(description="记者、通讯员、实习生、摄影、编辑、责编……")


class Section(Model):
    """A piece of the page: offsets into the article's text."""

    kind: SectionKind
    heading: str | None
    title: str | None
    start: int = Field(ge=0)
    end: int
    reporters: list[Credit]


class Turn(Model):
    """One turn of an interview."""

    speaker: str
    start: int = Field(ge=0)
    end: int


class Article(Model):
    """What the layout stage gives: the text and what the page says about it."""

    id: str
    input: str = Field(description="来自何处:路径、网址、压缩包成员")
    input_id: str | None = Field(description="输入自带的编号")
    url: str | None
    site: str | None
    title: str | None
    kicker: str | None = Field(description="引题")
    subtitle: str | None = Field(description="副题")
    published_at: PublishedAt | None
    source: str | None = Field(description="来源")
    place: Place | None = Field(description="稿件所在地")
    channel: list[str] = Field(description="面包屑")
    reporters: list[Credit]
    editors: list[Credit]
    keywords: list[str]
    text: str = Field(min_length=1, description="题目、副题与正文,一段一行,字符不改")
    sections: list[Section]
    turns: list[Turn]
    pages: int = Field(ge=1, description="合成此稿的网页数")
    content_hash: str = Field(description="原始字节的 sha256")
    text_hash: str = Field(description="正文的 sha256")

    @model_validator(mode="after")
    def _spans_inside(self) -> Article:
        for part in (*self.sections, *self.turns):
            if not part.start <= part.end <= len(self.text):
                raise ValueError(f"{type(part).__name__.lower()} {part.start}–{part.end} is outside the text")
        return self


class Producer(Model):
    """What made the record."""

    version: str
    rules_hash: str
    lexicon_hash: str
    segmenter: str


class RecordWarning(Model):
    """Something a reader should know."""

    code: str
    message: str
    evidence: Evidence | None


class ArticleRecord(Model):
    """All facts of one page."""

    schema_version: Literal["1.0"]
    producer: Producer
    article: Article
    officials: list[Official]
    people: list[Person]
    amounts: list[Amount]
    projects: list[Project]
    targets: list[Target]
    warnings: list[RecordWarning]

    def evidences(self) -> Iterator[Evidence]:
        """Yield every span of the record."""
        for person in (*self.officials, *self.people):
            yield from person.evidence
            yield from (post.evidence for post in person.posts)
        yield from (amount.evidence for amount in self.amounts)
        for project in self.projects:
            yield from project.evidence
            yield from (attribute.evidence for attribute in project.attributes)
        yield from (target.evidence for target in self.targets)
        yield from (w.evidence for w in self.warnings if w.evidence is not None)

    @model_validator(mode="after")
    def _evidence_stands_in_text(self) -> ArticleRecord:
        text = self.article.text
        for evidence in self.evidences():
            if text[evidence.start : evidence.end] != evidence.text:
                raise ValueError(f"evidence {evidence.text!r} ({evidence.rule}) is not in the text at {evidence.start}")
        return self

    @model_validator(mode="after")
    def _ids_and_references(self) -> ArticleRecord:
        facts = (*self.officials, *self.people, *self.amounts, *self.projects, *self.targets)
        ids = [fact.id for fact in facts]
        if len(set(ids)) != len(ids):
            raise ValueError("two facts share an id")
        projects = {p.id for p in self.projects}
        amounts = {a.id for a in self.amounts}
        _check_known("project", projects, (a.project_id for a in self.amounts))
        _check_known("project", projects, (t.project_id for t in self.targets))
        _check_known("amount", amounts, (o.amount_id for t in self.targets for o in t.outcomes))
        _check_known("amount", amounts, (a.amount_id for p in self.projects for a in p.attributes))
        return self


def _check_known(what: str, known: set[str], used: Iterable[str | None]) -> None:
    """Every reference resolves."""
    for one in used:
        if one is not None and one not in known:
            raise ValueError(f"{what} {one} is referred to but not in the record")


class Failure(Model):
    """A page that gave no record, and why."""

    input: str
    input_id: str | None
    url: str | None
    stage: str
    error: str = Field(description="the error's class name")
    message: str
    retryable: bool


class Page(Model):
    """What goes in: the bytes of one page, or an object that already holds its text.

    `content` is the bytes as received. `given` is the object of a JSON line or a table row (`{id,title,date,source,text}`), taken as it
    stands. `more` are the bytes of the article's further pages, in order.
    """

    input: str
    input_id: str | None = None
    collection: str | None = None
    url: str | None = None
    content: bytes = b""
    more: list[bytes] = Field(default_factory=list)
    headers: dict[str, str] = Field(default_factory=dict, description="HTTP headers, names in lower case")
    given: dict[str, Any] | None = None
    assume_date: IsoDate | None = None
