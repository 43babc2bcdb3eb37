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

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints, model_validator

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

    start: int = Field(ge=0, description="证据起点(字符下标,含)", examples=[120])
    end: int = Field(description="证据终点(字符下标,不含)", examples=[126])
    text: str = Field(description="证据原文,与正文逐字相同", examples=["总投资10亿元"])
    rule: str = Field(description="得出此事实的规则编号", examples=["amount.money"])

    @model_validator(mode="after")
    def _span_has_length(self) -> Evidence:
        if self.end <= self.start or self.end - self.start != len(self.text):
            raise ValueError(f"evidence {self.text!r}: end {self.end} does not fit start {self.start}")
        return self


class Place(Model):
    """An administrative division."""

    adcode: str = Field(description="行政区划代码", examples=["511300"])
    name: str = Field(description="行政区划名称", examples=["南充市"])


class Interval(Model):
    """Inclusive days; an open side is None."""

    from_: IsoDate | None = Field(alias="from", description="起始日(含);不知为空", examples=["2022-01-01"])
    to: IsoDate | None = Field(description="截止日(含);不知为空", examples=["2022-06-30"])
    surface: str = Field(description="原文中的时间表述", examples=["今年1至6月"])

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
    known = [v for v in (lower, value, upper) if v is not None]
    if len(known) > 1 and (numbers := list(map(Decimal, known))) != sorted(numbers):
        raise ValueError(f"lower {lower}, value {value}, upper {upper} are not in order")


class Post(Model):
    """组织 + 职务. `post` is the two as one string."""

    post: str = Field(description="职务全称:组织与职务连写", examples=["市委副书记"])
    organization: str | None = Field(description="组织,原文所写;未写为空", examples=["市委"])
    title: str = Field(description="职务,原文所写(原、代、副、常务保留)", examples=["副书记"])
    state: PostState = Field(description="任职状态:现任、代理、原任、拟任、任命、免去", examples=["current"])
    organization_resolved: str | None = Field(description="补上地名后的组织全称;不知为空", examples=["南充市委"])
    place: Place | None = Field(description="职务所在的行政区划;不知为空", examples=["南充市"])
    evidence: Evidence = Field(description="职务在正文中的位置", examples=["市委副书记"])

    @model_validator(mode="after")
    def _post_is_both(self) -> Post:
        # 市委组织部长 is 市委组织部 + 部长: a character that the two share is printed once.
        organization = self.organization or ""
        shared = organization + self.title[1:] if organization[-1:] == self.title[:1] else None
        if self.post not in (organization + self.title, shared):
            raise ValueError(f"post {self.post!r} is not organization + title")
        return self


class Official(Model):
    """A person whom the text ties to a public post."""

    id: str = Field(description="事实编号:稿件编号、类别、首条证据及其序号的散列", examples=["6c1f0a9be2d34455"])
    name: str = Field(min_length=1, description="姓名,去掉其中的空格", examples=["罗淮蓉"])
    posts: list[Post] = Field(min_length=1, description="公职,至少一个", examples=["市委副书记"])
    evidence: list[Evidence] = Field(min_length=1, description="各次出现的位置,首条为确立此人者", examples=["市委副书记罗淮蓉"])


class Person(Model):
    """Any other named person."""

    id: str = Field(description="事实编号", examples=["0d9a51c2b7e84f10"])
    name: str = Field(min_length=1, description="姓名,去掉其中的空格", examples=["石国平"])
    kind: PersonKind = Field(description="类别:记者、企业、专家、群众、历史人物、其他", examples=["business"])
    posts: list[Post] = Field(description="职务或身份,可空", examples=["项目经理"])
    evidence: list[Evidence] = Field(min_length=1, description="各次出现的位置", examples=["项目经理石国平"])


class Amount(Model):
    """A number with a unit."""

    id: str = Field(description="事实编号", examples=["b1d4c8f0a2e63977"])
    surface: str = Field(description="原文中的数量,含约数词", examples=["超10亿元"])
    kind: AmountKind = Field(description="种类", examples=["money"])
    number: str = Field(description="原文所印的数字", examples=["10亿"])
    unit_text: str = Field(description="原文所印的单位;省略时为空串", examples=["元"])
    value: DecimalText | None = Field(description="换算为标准单位后的数值;区间为空", examples=["1000000000"])
    lower: DecimalText | None = Field(description="区间下限", examples=["1000000000"])
    upper: DecimalText | None = Field(description="区间上限", examples=["1500000000"])
    unit: str = Field(description="标准单位(货币用 ISO 4217)", examples=["CNY"])
    approximation: Approximation = Field(description="约数:确数、约、超、不足、不低于、不高于", examples=["over"])
    measure: str | None = Field(description="指标:所计量的是什么,用原文的词", examples=["总投资"])
    subject: str | None = Field(description="主体:是谁的数量", examples=["溢辉电子片式电阻厂区建设项目"])
    project_id: str | None = Field(description="所属项目的编号;不属项目为空", examples=["9e02d7b1c5a84466"])
    period: Interval | None = Field(description="数量所属的期间", examples=["今年1至6月"])
    evidence: Evidence = Field(description="数量在正文中的位置", examples=["超10亿元"])

    @model_validator(mode="after")
    def _value_or_range(self) -> Amount:
        if self.value is None and self.lower is None and self.upper is None:
            raise ValueError(f"amount {self.surface!r} has neither a value nor a range")
        _check_bounds(self.lower, self.value, self.upper)
        return self


class ProjectAttribute(Model):
    """One thing the text says of a project."""

    name: AttributeName = Field(description="属性名", examples=["total_investment"])
    phase: str | None = Field(description="期次", examples=["一期"])
    value: str | None = Field(description="数值(标准单位)、状态代码或文字;日期写到原文的精度", examples=["2021-11"])
    unit: str | None = Field(description="标准单位", examples=["CNY"])
    amount_id: str | None = Field(description="所据数量的编号", examples=["b1d4c8f0a2e63977"])
    from_: IsoDate | None = Field(alias="from", description="日期属性的起始日", examples=["2021-11-01"])
    to: IsoDate | None = Field(description="日期属性的截止日", examples=["2021-11-30"])
    surface: str = Field(description="原文所写", examples=["2021年11月"])
    evidence: Evidence = Field(description="属性在正文中的位置", examples=["于2021年11月开工建设"])

    @model_validator(mode="after")
    def _in_order(self) -> ProjectAttribute:
        _check_dates(self.from_, self.to)
        return self


class Project(Model):
    """A definite, named undertaking."""

    id: str = Field(description="事实编号", examples=["9e02d7b1c5a84466"])
    name: str = Field(min_length=1, description="文中最长的正式名称", examples=["西充县迎宾大道至多扶管网改造整治工程延伸段"])
    aliases: list[str] = Field(description="文中的其他称呼", examples=["综保区"])
    status: ProjectStatus | None = Field(description="进展,以文中最新者为准", examples=["under_construction"])
    place: Place | None = Field(description="项目所在的行政区划", examples=["西充县"])
    attributes: list[ProjectAttribute] = Field(
        description="进展、期次、地点、业主、内容、金额、面积、日期等,各附证据", examples=["总投资10亿元"]
    )
    evidence: list[Evidence] = Field(
        min_length=1, description="各次出现的位置,首条为确立名称者", examples=["迎宾大道至多扶管网改造整治工程"]
    )


class Outcome(Model):
    """What a target promises or reports: a metric and its amount."""

    metric: str | None = Field(description="指标,用原文的词", examples=["年产值"])
    amount_id: str | None = Field(description="所据数量的编号", examples=["b1d4c8f0a2e63977"])
    value: DecimalText | None = Field(description="数值(标准单位)", examples=["400000000"])
    lower: DecimalText | None = Field(description="区间下限", examples=["300000000"])
    upper: DecimalText | None = Field(description="区间上限", examples=["500000000"])
    unit: str | None = Field(description="标准单位", examples=["CNY"])
    approximation: Approximation = Field(description="约数", examples=["at_least"])

    @model_validator(mode="after")
    def _ordered(self) -> Outcome:
        _check_bounds(self.lower, self.value, self.upper)
        return self


class Target(Model):
    """A clause that commits to, plans, predicts an outcome, or reports progress against a plan."""

    id: str = Field(description="事实编号", examples=["3fa94b60d81c2e75"])
    text: str = Field(min_length=1, description="目标所在的分句,逐字", examples=["力争一期项目于9月底交付投产"])
    kind: TargetKind = Field(description="种类:有时限、有数量、进度、定性", examples=["dated"])
    strength: TargetStrength = Field(description="力度:确保、力争、计划、预计、通报", examples=["strive"])
    actor: str | None = Field(description="承担者", examples=["临江新区"])
    outcomes: list[Outcome] = Field(description="所承诺或通报的结果,首个为主", examples=["年产值不低于4亿元"])
    project_id: str | None = Field(description="所属项目的编号", examples=["9e02d7b1c5a84466"])
    deadline: Interval | None = Field(description="时限,相对时间按发布日推算", examples=["9月底"])
    speaker: str | None = Field(description="说话人", examples=["石国平"])
    evidence: Evidence = Field(description="目标在正文中的位置", examples=["力争一期项目于9月底交付投产"])

    @model_validator(mode="after")
    def _text_is_evidence(self) -> Target:
        if self.text != self.evidence.text:
            raise ValueError("a target's text is its evidence")
        return self


class Credit(Model):
    """A reporter or editor as printed."""

    name: str = Field(description="姓名", examples=["冯方雄"])
    role: str = Field(description="身份:记者、通讯员、实习生、摄影、编辑、责编……", examples=["记者"])


class Section(Model):
    """A piece of the page: offsets into the article's text."""

    kind: SectionKind = Field(description="种类:主稿、相关稿、边栏、表格、图片说明", examples=["related"])
    heading: str | None = Field(description="栏头", examples=["相关新闻"])
    title: str | None = Field(description="标题", examples=["上半年完成投资225.9亿元"])
    start: int = Field(ge=0, description="起点(字符下标,含)", examples=[0])
    end: int = Field(description="终点(字符下标,不含)", examples=[980])
    reporters: list[Credit] = Field(description="此节的署名", examples=["冯方雄"])


class Turn(Model):
    """One turn of an interview."""

    speaker: str = Field(description="说话人", examples=["记者"])
    start: int = Field(ge=0, description="起点(字符下标,含)", examples=[35])
    end: int = Field(description="终点(字符下标,不含)", examples=[88])


class Article(Model):
    """What the layout stage gives: the text and what the page says about it."""

    id: str = Field(description="稿件编号:集名与自带编号的散列,否则网址,否则字节", examples=["52c1b7a0d9e8f341"])
    input: str = Field(description="来自何处:路径、网址、压缩包成员", examples=["pages/1.html"])
    input_id: str | None = Field(description="输入自带的编号", examples=["N-17"])
    url: str | None = Field(description="网址", examples=["http://news.example.cn/a/1.html"])
    site: str | None = Field(description="网站名", examples=["南充经济网"])
    title: str | None = Field(description="题目,页面所印", examples=["找准发力方向"])
    kicker: str | None = Field(description="引题", examples=["凝聚共识谋发展"])
    subtitle: str | None = Field(description="副题", examples=["专访新区管委会主任"])
    published_at: PublishedAt | None = Field(description="发布时间,东八区;只知日期则只写日期", examples=["2022-08-05T15:56:51+08:00"])
    source: str | None = Field(description="来源", examples=["南充日报"])
    place: Place | None = Field(description="稿件所在地", examples=["南充市"])
    channel: list[str] = Field(description="面包屑", examples=["时政要闻"])
    reporters: list[Credit] = Field(description="记者、通讯员等署名", examples=["冯方雄"])
    editors: list[Credit] = Field(description="编辑、责编、审核等署名", examples=["庞睿"])
    keywords: list[str] = Field(description="页面标明的关键词", examples=["项目建设"])
    text: str = Field(min_length=1, description="题目、副题与正文,一段一行,字符不改", examples=["找准发力方向⏎7月30日……"])
    sections: list[Section] = Field(description="各节,起止为正文下标", examples=["相关新闻"])
    turns: list[Turn] = Field(description="访谈的问答,起止为正文下标", examples=["记者"])
    pages: int = Field(ge=1, description="合成此稿的网页数", examples=[1])
    content_hash: str = Field(description="原始字节的 sha256", examples=["9f86d081…"])
    text_hash: str = Field(description="正文的 sha256", examples=["60303ae2…"])
    _notes: list[RecordWarning] = PrivateAttr([])  # copied for each; of a factory pydantic reads the signature every time, 0.07 ms

    @property
    def notes(self) -> list[RecordWarning]:
        """What the layout stage wants the record's reader to know; it becomes the record's `warnings`."""
        return self._notes

    @model_validator(mode="after")
    def _spans_inside(self) -> Article:
        parts: list[Section | Turn] = [*self.sections, *self.turns]
        for part in parts:
            if not part.start <= part.end <= len(self.text):
                raise ValueError(f"{type(part).__name__.lower()} {part.start}–{part.end} is outside the text")
        return self


class Producer(Model):
    """What made the record."""

    version: str = Field(description="程序版本", examples=["0.1.0"])
    rules_hash: str = Field(description="规则的散列", examples=["a41f0c…"])
    lexicon_hash: str = Field(description="词表的散列", examples=["77bd19…"])
    segmenter: str = Field(description="分词器", examples=["rjieba"])


class RecordWarning(Model):
    """Something a reader should know."""

    code: str = Field(description="提示代码", examples=["charset_replaced"])
    message: str = Field(description="提示内容", examples=["3个字符无法解码"])
    evidence: Evidence | None = Field(description="相关位置;无则为空", examples=["南充□江"])


class ArticleRecord(Model):
    """All facts of one page."""

    schema_version: Literal["1.0"] = Field(description="记录格式的版本", examples=["1.0"])
    producer: Producer = Field(description="由何版本、何规则得出", examples=["0.1.0"])
    article: Article = Field(description="稿件")
    officials: list[Official] = Field(description="官员:文中与公职相连的人")
    people: list[Person] = Field(description="其他人物")
    amounts: list[Amount] = Field(description="数量:带单位的数,每次出现各为一条")
    projects: list[Project] = Field(description="项目:有名称的建设、投资、产业或公共工程")
    targets: list[Target] = Field(description="目标:承诺、计划、预计,或对照计划的进度")
    warnings: list[RecordWarning] = Field(description="提示")

    def evidences(self) -> Iterator[Evidence]:
        """Yield every span of the record."""
        persons: list[Official | Person] = [*self.officials, *self.people]
        for person in persons:
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
        facts: list[Any] = [*self.officials, *self.people, *self.amounts, *self.projects, *self.targets]
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

    input: str = Field(description="来自何处", examples=["pages/2.html"])
    input_id: str | None = Field(description="输入自带的编号", examples=["N-18"])
    url: str | None = Field(description="网址", examples=["http://news.example.cn/a/2.html"])
    stage: str = Field(description="失败的环节", examples=["layout"])
    error: str = Field(description="错误名", examples=["NoArticle"])
    message: str = Field(description="原因与办法,一行", examples=["no body text found"])
    retryable: bool = Field(description="是否可重试", examples=["false"])


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
