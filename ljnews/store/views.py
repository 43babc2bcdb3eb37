"""Views: the questions that editors and researchers ask, over live facts only. The same SQL for SQLite and PostgreSQL."""

from __future__ import annotations

from string import Template

# What several views share; `f` is the fact, `a` its article, `e` the evidence shown.
_SHARED = {
    "evidence": """JOIN articles a ON a.id = f.article_id
  JOIN evidence e ON e.article_id = f.article_id AND e.fact_id = f.id AND e.part = 'fact' AND e.no = 0""",
    "sentence": "substr(a.text, e.sentence_start + 1, e.sentence_end - e.sentence_start) AS sentence",
    "article": "a.published_on, a.title AS article_title, a.source, a.url, f.article_id, f.id AS fact_id",
}

VIEWS: dict[str, tuple[str, str]] = {
    "fact_sentences": (
        "每条事实与其所在的句子 · every fact with its sentence",
        """
SELECT f.type, coalesce(o.name, p.name, j.name, m.surface, t.text) AS said, e.text AS evidence, e.rule,
  $sentence, e.start_offset, e.end_offset, $article
FROM facts f
  $evidence
  LEFT JOIN officials o ON o.article_id = f.article_id AND o.fact_id = f.id
  LEFT JOIN people p ON p.article_id = f.article_id AND p.fact_id = f.id
  LEFT JOIN projects j ON j.article_id = f.article_id AND j.fact_id = f.id
  LEFT JOIN amounts m ON m.article_id = f.article_id AND m.fact_id = f.id
  LEFT JOIN targets t ON t.article_id = f.article_id AND t.fact_id = f.id
WHERE f.superseded_by IS NULL""",
    ),
    "official_posts": (
        "官员及其职务,可按地方与日期查 · officials with their posts, by place and date",
        """
SELECT o.name, s.post, s.organization, s.title AS post_title, s.state, s.organization_resolved,
  coalesce(s.place_name, a.place_name) AS place_name, coalesce(s.place_adcode, a.place_adcode) AS place_adcode,
  e.text AS evidence, $sentence, $article
FROM facts f
  JOIN officials o ON o.article_id = f.article_id AND o.fact_id = f.id
  JOIN posts s ON s.article_id = f.article_id AND s.fact_id = f.id
  JOIN articles a ON a.id = f.article_id
  JOIN evidence e ON e.article_id = f.article_id AND e.fact_id = f.id AND e.part = 'post' AND e.part_no = s.no AND e.no = 0
WHERE f.superseded_by IS NULL""",
    ),
    "amount_measures": (
        "数量,可按指标与期间查 · amounts by measure and period",
        """
SELECT m.measure, m.subject, j.name AS project, m.kind, m.value, m.lower, m.upper, m.unit, m.approximation, m.surface,
  m.period_from, m.period_to, m.period_surface, $sentence, $article
FROM facts f
  JOIN amounts m ON m.article_id = f.article_id AND m.fact_id = f.id
  $evidence
  LEFT JOIN projects j ON j.article_id = m.article_id AND j.fact_id = m.project_id
WHERE f.superseded_by IS NULL""",
    ),
    "project_overview": (
        "项目一览:最新的进展、投资、面积、日期 · projects with latest status, investment, area and dates",
        """
WITH said AS (
  SELECT j.name AS project, t.name AS attribute, t.value, t.number, t.day_to, a.published_on,
    row_number() OVER (
      PARTITION BY j.name, t.name
      ORDER BY a.published_on DESC NULLS LAST, CASE WHEN t.phase IS NULL THEN 0 ELSE 1 END, a.id,
        CASE WHEN t.name = 'status' THEN -t.no ELSE t.no END
    ) AS rank
  FROM facts f
    JOIN projects j ON j.article_id = f.article_id AND j.fact_id = f.id
    JOIN project_attributes t ON t.article_id = f.article_id AND t.fact_id = f.id
    JOIN articles a ON a.id = f.article_id
  WHERE f.superseded_by IS NULL
), latest AS (
  SELECT project,
    max(CASE WHEN attribute = 'status' THEN value END) AS status,
    max(CASE WHEN attribute = 'status' THEN published_on END) AS status_reported_on,
    max(CASE WHEN attribute = 'total_investment' THEN number END) AS total_investment,
    max(CASE WHEN attribute = 'completed_investment' THEN number END) AS completed_investment,
    max(CASE WHEN attribute = 'annual_investment' THEN number END) AS annual_investment,
    max(CASE WHEN attribute = 'land_area' THEN number END) AS land_area,
    max(CASE WHEN attribute = 'floor_area' THEN number END) AS floor_area,
    max(CASE WHEN attribute = 'location' THEN value END) AS location,
    max(CASE WHEN attribute = 'owner' THEN value END) AS owner,
    max(CASE WHEN attribute = 'started_on' THEN value END) AS started_on,
    max(CASE WHEN attribute = 'due_on' THEN value END) AS due_on,
    max(CASE WHEN attribute = 'completed_on' THEN value END) AS completed_on
  FROM said WHERE rank = 1 GROUP BY project
)
SELECT j.name AS project, max(j.place_name) AS place_name, l.status, l.status_reported_on, l.total_investment, l.completed_investment,
  l.annual_investment, l.land_area, l.floor_area, l.location, l.owner, l.started_on, l.due_on, l.completed_on,
  count(DISTINCT f.article_id) AS articles, min(a.published_on) AS first_reported_on, max(a.published_on) AS last_reported_on
FROM facts f
  JOIN projects j ON j.article_id = f.article_id AND j.fact_id = f.id
  JOIN articles a ON a.id = f.article_id
  LEFT JOIN latest l ON l.project = j.name
WHERE f.superseded_by IS NULL
GROUP BY j.name, l.status, l.status_reported_on, l.total_investment, l.completed_investment, l.annual_investment, l.land_area, l.floor_area,
  l.location, l.owner, l.started_on, l.due_on, l.completed_on""",
    ),
    "target_deadlines": (
        "目标按时限排列,后来的稿件是否报道已实现 · targets by deadline, with the later article that reports them met",
        """
SELECT t.deadline_to, t.deadline_from, t.deadline_surface, t.text AS target, t.kind, t.strength, t.actor, t.speaker, j.name AS project,
  (SELECT min(b.published_on)
   FROM projects k
     JOIN facts g ON g.article_id = k.article_id AND g.id = k.fact_id AND g.superseded_by IS NULL
     JOIN project_attributes d ON d.article_id = k.article_id AND d.fact_id = k.fact_id
     JOIN articles b ON b.id = k.article_id
   WHERE k.name = j.name AND b.published_on > a.published_on AND d.name = 'status' AND d.value IN ('completed', 'operating')
  ) AS project_completed_reported_on,
  (SELECT min(b.published_on)
   FROM target_outcomes mine
     JOIN target_outcomes other ON other.metric = mine.metric AND other.unit = 'percent'
     JOIN targets r ON r.article_id = other.article_id AND r.fact_id = other.fact_id AND r.kind = 'progress'
     JOIN facts g ON g.article_id = r.article_id AND g.id = r.fact_id AND g.superseded_by IS NULL
     JOIN articles b ON b.id = r.article_id
   WHERE mine.article_id = t.article_id AND mine.fact_id = t.fact_id AND r.actor = t.actor AND b.published_on > a.published_on
     AND CAST(other.value AS NUMERIC) >= 100
  ) AS outcome_met_reported_on,
  $sentence, $article
FROM facts f
  JOIN targets t ON t.article_id = f.article_id AND t.fact_id = f.id
  $evidence
  LEFT JOIN projects j ON j.article_id = t.article_id AND j.fact_id = t.project_id
WHERE f.superseded_by IS NULL AND t.kind <> 'progress'""",
    ),
}  # fmt: skip


def view_statements(dialect: str) -> list[str]:
    """Return the statements that make all views in a dialect (`sqlite`, `postgres`)."""
    made = []
    for name, (comment, template) in VIEWS.items():
        query = Template(template).substitute(_SHARED)
        if dialect == "sqlite":
            made.append(f"CREATE VIEW {name} AS /* {comment} */{query}")
        else:
            made += [f"CREATE VIEW {name} AS{query}", f"COMMENT ON VIEW {name} IS '{comment}'"]
    return made
