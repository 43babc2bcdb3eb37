"""The tables, once, for every database (SQLAlchemy Core).

Reading order: `articles` (one row a page), `facts` (one row a fact: what is live, what is superseded), the typed tables that say what each
fact holds (`officials` … `target_outcomes`), `evidence` (where it stands), then the bookkeeping: `runs`, `done` (written in the transaction
of the facts it stands for), `changes` (the feed), `failures`. Views are in `views.py`, full-text search in `search.py`.

Content tables hold nothing that depends on order, time or process: the same pages give the same rows. Who wrote a row is said by `done` and
`changes` only. Numbers are exact: NUMERIC in PostgreSQL, TEXT in SQLite. Every table of a fact begins with (article_id, fact_id).
"""

from __future__ import annotations

from typing import Any, get_args

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable, SetColumnComment, SetTableComment

from ljnews import records

metadata = sa.MetaData(naming_convention={"ck": "ck_%(table_name)s_%(constraint_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s"})

Exact = sa.Numeric().with_variant(sa.Text(), "sqlite")
Day = sa.Date().with_variant(sa.Text(), "sqlite")
Json = postgresql.JSONB().with_variant(sa.Text(), "sqlite")
Word = sa.Text
Count = sa.Integer
Sequence = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _c(name: str, kind: Any, zh: str, en: str, *, null: bool = False, key: bool = False) -> sa.Column[Any]:
    """A column with its comment in both languages."""
    return sa.Column(name, kind, nullable=null, primary_key=key, autoincrement=False, comment=f"{zh} · {en}")


def _sequence(name: str, zh: str, en: str) -> sa.Column[Any]:
    """A number that the database counts up and never gives twice."""
    return sa.Column(name, Sequence, sa.Identity(), primary_key=True, comment=f"{zh} · {en}")


def _one_of(column: str, values: Any) -> sa.CheckConstraint:
    """The column holds one of a record field's values."""
    listed = ", ".join(f"'{v}'" for v in get_args(values))
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def _check(name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=name)


def _table(name: str, zh: str, en: str, *parts: Any, clustered: bool = True) -> sa.Table:
    """A table; a clustered one keeps the rows of an article side by side in SQLite."""
    options: dict[str, Any] = {"sqlite_with_rowid": False} if clustered else {"sqlite_autoincrement": name in ("runs", "changes")}
    return sa.Table(name, metadata, *parts, comment=f"{zh} · {en}", **options)


def _article_key() -> sa.Column[Any]:
    return _c("article_id", Word, "稿件编号", "article id", key=True)


def _of_article() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["article_id"], ["articles.id"], ondelete="CASCADE")


def _of_fact() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["article_id", "fact_id"], ["facts.article_id", "facts.id"], ondelete="CASCADE")


def _fact_key() -> list[sa.Column[Any]]:
    return [_article_key(), _c("fact_id", Word, "事实编号", "fact id", key=True)]


def _refers(column: str, table: str) -> sa.ForeignKeyConstraint:
    """A reference to another fact of the same article; checked at commit, so that facts can be rewritten in any order."""
    return sa.ForeignKeyConstraint(
        ["article_id", column], [f"{table}.article_id", f"{table}.fact_id"], deferrable=True, initially="DEFERRED"
    )


def _place() -> list[sa.Column[Any]]:
    return [
        _c("place_adcode", Word, "行政区划代码", "code of the administrative division", null=True),
        _c("place_name", Word, "行政区划名称", "name of the administrative division", null=True),
    ]


def _range() -> list[sa.Column[Any]]:
    return [
        _c("value", Exact, "换算后的数值;区间为空", "value in the canonical unit; null for a range", null=True),
        _c("lower", Exact, "区间下限", "lower bound", null=True),
        _c("upper", Exact, "区间上限", "upper bound", null=True),
    ]


def _days(prefix: str, zh: str, en: str) -> list[sa.Column[Any]]:
    return [
        _c(f"{prefix}_from", Day, f"{zh}起始日(含)", f"first day of the {en}", null=True),
        _c(f"{prefix}_to", Day, f"{zh}截止日(含)", f"last day of the {en}", null=True),
    ]


articles = _table(
    "articles", "稿件:一页一行", "one row per page",
    _c("id", Word, "稿件编号", "article id", key=True),
    _c("input", Word, "来自何处", "where the page came from"),
    _c("input_id", Word, "输入自带的编号", "id that the input carried", null=True),
    _c("url", Word, "网址", "address", null=True),
    _c("site", Word, "站点", "site", null=True),
    _c("title", Word, "题目", "title", null=True),
    _c("kicker", Word, "引题", "kicker", null=True),
    _c("subtitle", Word, "副题", "subtitle", null=True),
    _c("published_at", Word, "发布时间(+08:00)或发布日", "time of publication (+08:00), or its day", null=True),
    _c("published_on", Day, "发布日", "day of publication", null=True),
    _c("source", Word, "来源", "source", null=True),
    *_place(),
    _c("channel", Json, "面包屑", "breadcrumb"),
    _c("reporters", Json, "记者、通讯员", "reporters"),
    _c("editors", Json, "编辑", "editors"),
    _c("keywords", Json, "关键词", "keywords"),
    _c("turns", Json, "访谈话轮", "interview turns"),
    _c("warnings", Json, "提醒", "warnings"),
    _c("pages", Count, "合成此稿的网页数", "pages the article was joined from"),
    _c("text", Word, "正文(含题目)", "text, title included"),
    _c("content_hash", Word, "原始字节的 sha256", "sha256 of the bytes"),
    _c("text_hash", Word, "正文的 sha256", "sha256 of the text"),
    clustered=False,
)  # fmt: skip

sections = _table(
    "sections", "小节:一页里的每一篇", "the pieces of a page",
    _article_key(),
    _c("no", Count, "序号", "ordinal", key=True),
    _c("kind", Word, "类别", "kind"),
    _c("heading", Word, "栏题", "heading", null=True),
    _c("title", Word, "题目", "title", null=True),
    _c("start_offset", Count, "起点(字符)", "start, in characters"),
    _c("end_offset", Count, "终点(字符,不含)", "end, in characters, exclusive"),
    _c("reporters", Json, "记者、通讯员", "reporters"),
    _one_of("kind", records.SectionKind), _check("span", "start_offset >= 0 AND end_offset >= start_offset"),
    _of_article(),
)  # fmt: skip

facts = _table(
    "facts", "事实总表:每条事实一行", "every fact, one row each",
    _article_key(),
    _c("id", Word, "事实编号", "fact id", key=True),
    _c("type", Word, "事实类别", "fact type"),
    _c("no", Count, "在同类事实中的序号", "ordinal among the article's facts of its type"),
    _c("hash", Word, "内容指纹", "hash of what the fact says"),
    _c("superseded_by", Count, "使其失效的运行;现行为空", "run that dropped the fact; null while it is live", null=True),
    _check("type", "type IN ('officials', 'people', 'amounts', 'projects', 'targets')"),
    _of_article(),
    sa.ForeignKeyConstraint(["superseded_by"], ["runs.id"]),
)  # fmt: skip

officials = _table(
    "officials", "官员", "officials",
    *_fact_key(), _c("name", Word, "姓名", "name"), _of_fact(),
)  # fmt: skip

people = _table(
    "people", "其他有名有姓的人", "other named people",
    *_fact_key(), _c("name", Word, "姓名", "name"), _c("kind", Word, "人物类别", "kind"),
    _one_of("kind", records.PersonKind), _of_fact(),
)  # fmt: skip

posts = _table(
    "posts", "职务", "posts of officials and people",
    *_fact_key(),
    _c("no", Count, "序号", "ordinal", key=True),
    _c("post", Word, "职务全称", "organization and title in one"),
    _c("organization", Word, "组织,原文所写", "organization as printed", null=True),
    _c("title", Word, "职务", "title"),
    _c("state", Word, "任职状态", "state"),
    _c("organization_resolved", Word, "补上地名的组织", "organization with its place", null=True),
    *_place(),
    _one_of("state", records.PostState), _of_fact(),
)  # fmt: skip

amounts = _table(
    "amounts", "数量", "amounts",
    *_fact_key(),
    _c("surface", Word, "原文中的数量", "the amount as printed"),
    _c("kind", Word, "类别", "kind"),
    _c("number", Word, "原文所印的数字", "number as printed"),
    _c("unit_text", Word, "原文所印的单位", "unit as printed"),
    *_range(),
    _c("unit", Word, "标准单位", "canonical unit"),
    _c("approximation", Word, "约数", "approximation"),
    _c("measure", Word, "指标", "what is measured", null=True),
    _c("subject", Word, "主体", "whose amount", null=True),
    _c("project_id", Word, "所属项目", "project of the same article", null=True),
    *_days("period", "期间", "period"),
    _c("period_surface", Word, "期间原文", "period as printed", null=True),
    _one_of("kind", records.AmountKind), _one_of("approximation", records.Approximation),
    _check("value", "value IS NOT NULL OR lower IS NOT NULL OR upper IS NOT NULL"),
    _check("period", "period_from <= period_to"),
    _of_fact(), _refers("project_id", "projects"),
)  # fmt: skip

projects = _table(
    "projects", "项目", "projects",
    *_fact_key(),
    _c("name", Word, "最长的正式名称", "longest proper name"),
    _c("aliases", Json, "其他称呼", "other names"),
    _c("status", Word, "进展", "latest status", null=True),
    *_place(),
    _one_of("status", records.ProjectStatus), _of_fact(),
)  # fmt: skip

project_attributes = _table(
    "project_attributes", "项目属性", "what the text says of a project",
    *_fact_key(),
    _c("no", Count, "序号", "ordinal", key=True),
    _c("name", Word, "属性", "attribute"),
    _c("phase", Word, "期次", "phase", null=True),
    _c("value", Word, "值:数值、代码、文字或日期", "value: number, code, words or date", null=True),
    _c("number", Exact, "值为数时的数值", "the value where it is a number", null=True),
    _c("unit", Word, "标准单位", "canonical unit", null=True),
    _c("amount_id", Word, "对应的数量", "amount of the same article", null=True),
    *_days("day", "时间", "time"),
    _c("surface", Word, "原文", "as printed"),
    _one_of("name", records.AttributeName), _check("days", "day_from <= day_to"),
    _of_fact(), _refers("amount_id", "amounts"),
)  # fmt: skip

targets = _table(
    "targets", "目标", "targets",
    *_fact_key(),
    _c("text", Word, "目标分句", "the clause, exact"),
    _c("kind", Word, "类别", "kind"),
    _c("strength", Word, "力度", "strength"),
    _c("actor", Word, "行动者", "who acts", null=True),
    _c("project_id", Word, "所属项目", "project of the same article", null=True),
    *_days("deadline", "时限", "deadline"),
    _c("deadline_surface", Word, "时限原文", "deadline as printed", null=True),
    _c("speaker", Word, "说话人", "who said it", null=True),
    _one_of("kind", records.TargetKind), _one_of("strength", records.TargetStrength),
    _check("deadline", "deadline_from <= deadline_to"),
    _of_fact(), _refers("project_id", "projects"),
)  # fmt: skip

target_outcomes = _table(
    "target_outcomes", "目标的指标与数值", "metrics and amounts of a target",
    *_fact_key(),
    _c("no", Count, "序号", "ordinal", key=True),
    _c("metric", Word, "指标", "metric", null=True),
    _c("amount_id", Word, "对应的数量", "amount of the same article", null=True),
    *_range(),
    _c("unit", Word, "标准单位", "canonical unit", null=True),
    _c("approximation", Word, "约数", "approximation"),
    _one_of("approximation", records.Approximation), _of_fact(), _refers("amount_id", "amounts"),
)  # fmt: skip

evidence = _table(
    "evidence", "证据:事实在正文中的位置", "where each fact stands in the text",
    *_fact_key(),
    _c("part", Word, "所证:fact 事实、post 职务、attribute 属性", "what it proves: the fact, a post, an attribute", key=True),
    _c("part_no", Count, "职务或属性的序号", "ordinal of the post or attribute", key=True),
    _c("no", Count, "序号", "ordinal", key=True),
    _c("start_offset", Count, "起点(字符)", "start, in characters"),
    _c("end_offset", Count, "终点(字符,不含)", "end, in characters, exclusive"),
    _c("text", Word, "证据原文", "the words themselves"),
    _c("rule", Word, "规则编号", "rule id"),
    _c("sentence_start", Count, "所在句起点", "start of the sentence"),
    _c("sentence_end", Count, "所在句终点", "end of the sentence"),
    _check("part", "part IN ('fact', 'post', 'attribute')"),
    _check("span", "start_offset >= 0 AND end_offset > start_offset"),
    _of_fact(),
)  # fmt: skip

runs = _table(
    "runs", "运行:先后以编号为准,时间为 UTC", "runs, in the order of their ids; times are UTC",
    _sequence("id", "运行编号", "run id"),
    _c("job", Word, "作业", "job"),
    _c("state", Word, "状态", "state"),
    _c("started_at", Word, "开始(UTC)", "start (UTC)"),
    _c("ended_at", Word, "结束(UTC)", "end (UTC)", null=True),
    _c("version", Word, "软件版本", "version of ljnews"),
    _c("rules_hash", Word, "规则指纹", "hash of the rules"),
    _c("lexicon_hash", Word, "词表指纹", "hash of the lexicons"),
    _c("pipeline", Word, "流水线配置指纹", "hash of the pipeline's config"),
    _c("last_change", Count, "结束时的更新序号", "last change when the run ended", null=True),
    _c("counts", Json, "计数", "counts"),
    _c("seconds", Json, "各阶段用时", "seconds per stage"),
    _check("state", "state IN ('running', 'done', 'stopped', 'failed')"),
    clustered=False,
)  # fmt: skip

done = _table(
    "done", "完成台账:与事实同一事务写入", "what is done; written in the transaction of the facts",
    _article_key(),
    _c("run_id", Count, "运行编号", "run that wrote it"),
    _c("page_hash", Word, "输入指纹", "hash of the page as given"),
    _c("reading_hash", Word, "版面阶段所得的指纹", "hash of what the layout stage found"),
    _c("version", Word, "软件版本", "version of ljnews"),
    _c("rules_hash", Word, "规则指纹", "hash of the rules"),
    _c("lexicon_hash", Word, "词表指纹", "hash of the lexicons"),
    _c("segmenter", Word, "分词器", "segmenter"),
    _c("pipeline", Word, "流水线配置指纹", "hash of the pipeline's config"),
    _of_article(), sa.ForeignKeyConstraint(["run_id"], ["runs.id"]),
)  # fmt: skip

changes = _table(
    "changes", "更新流水:下游按序号取", "the feed, read in the order of seq",
    _sequence("seq", "序号", "sequence"),
    _c("run_id", Count, "运行编号", "run that made the change"),
    _c("article_id", Word, "稿件编号", "article id"),
    _c("type", Word, "article 或事实类别", "article, or the fact type"),
    _c("fact_id", Word, "事实编号;稿件为其编号", "fact id, or the article id again"),
    _c("change", Word, "added 新增、changed 改变、withdrawn 撤回", "added, changed or withdrawn"),
    _c("before", Word, "原先的内容(JSON)", "what stood before (JSON)", null=True),
    _check("change", "change IN ('added', 'changed', 'withdrawn')"),
    sa.ForeignKeyConstraint(["run_id"], ["runs.id"]),
    sa.Index(None, "article_id", "fact_id"),
    clustered=False,
)  # fmt: skip

failures = _table(
    "failures", "失败记录:没有得出记录的网页", "pages that gave no record",
    _article_key(),
    _c("page_hash", Word, "输入指纹", "hash of the page as given", key=True),
    _c("input", Word, "来自何处", "where the page came from"),
    _c("input_id", Word, "输入自带的编号", "id that the input carried", null=True),
    _c("url", Word, "网址", "address", null=True),
    _c("stage", Word, "阶段", "stage"),
    _c("error", Word, "错误", "error"),
    _c("message", Word, "说明", "message"),
    _c("retryable", sa.Boolean, "可否重试", "whether to try again"),
    _c("rules_hash", Word, "规则指纹", "hash of the rules"),
    _c("lexicon_hash", Word, "词表指纹", "hash of the lexicons"),
    _c("pipeline", Word, "流水线配置指纹", "hash of the pipeline's config"),
)  # fmt: skip

forgotten = _table(
    "forgotten", "已按要求遗忘的姓名(只存指纹)", "names forgotten on request (only their hash)",
    _c("hash", Word, "加盐的姓名指纹", "salted hash of the name", key=True),
    _c("salt", Word, "盐", "salt"),
    _c("length", Count, "姓名字数", "characters of the name"),
    _c("forgotten_at", Word, "遗忘时间(UTC)", "when (UTC)"),
    _c("officials_too", sa.Boolean, "是否连官员也遗忘", "forgotten where the name is an official's too"),
)  # fmt: skip

# Few: an index on the measure of amounts alone cost a tenth of all writing, and a scan of a million amounts takes half a second.
for _column in (officials.c.name, projects.c.name, targets.c.deadline_to, articles.c.published_on):
    sa.Index(None, _column)

CONTENT = (sections, facts, officials, people, posts, projects, amounts, project_attributes, targets, target_outcomes, evidence)
"""Tables of an article's content, in the order in which they can be filled."""


@compiles(CreateColumn, "sqlite")
def _sqlite_column(element: CreateColumn, compiler: Any, **kw: Any) -> str:
    """SQLite has no COMMENT: the comment stands in the statement, which the database keeps as written."""
    text: str = compiler.visit_create_column(element, **kw)
    column = element.element
    return f"{text} /* {column.comment} */" if column.table.metadata is metadata and column.comment else text


@compiles(CreateTable, "sqlite")
def _sqlite_table(element: CreateTable, compiler: Any, **kw: Any) -> str:
    text: str = compiler.visit_create_table(element, **kw)
    if element.element.metadata is not metadata:
        return text
    return text.replace("(", f"( /* {element.element.comment} */", 1)


def table_statements(dialect_name: str) -> list[str]:
    """Return the statements that make all tables, indexes and comments in a dialect (`sqlite`, `postgres`)."""
    dialect: sa.Dialect = sqlite.dialect() if dialect_name == "sqlite" else postgresql.dialect()  # type: ignore[no-untyped-call]
    made: list[str] = []

    def add(element: Any) -> None:
        made.append(str(element.compile(dialect=dialect)).strip().replace("\t", "  "))

    for table in metadata.sorted_tables:
        add(CreateTable(table))
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            add(CreateIndex(index))
        if dialect_name != "sqlite":
            add(SetTableComment(table))
            for column in table.columns:
                add(SetColumnComment(column))
    return made


def statements(dialect_name: str) -> list[str]:
    """Return the statements that make the whole schema in a dialect: tables, search index, views."""
    from ljnews.store.search import search_statements
    from ljnews.store.views import view_statements

    return [*table_statements(dialect_name), *search_statements(dialect_name), *view_statements(dialect_name)]


def ddl(dialect_name: str) -> str:
    """Return the whole schema of a dialect as one SQL file (`schemas/sqlite.sql`, `schemas/postgres.sql`)."""
    made = "\n\n".join(f"{s};" for s in statements(dialect_name))
    return f"-- Generated by `ljnews schema` from ljnews/store/schema.py, search.py and views.py.\n\n{made}\n"
