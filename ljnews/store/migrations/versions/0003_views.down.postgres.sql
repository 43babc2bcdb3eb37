DROP VIEW fact_sentences;

DROP VIEW official_posts;

DROP VIEW amount_measures;

DROP VIEW project_overview;

DROP VIEW target_deadlines;
