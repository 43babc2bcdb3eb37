CREATE TABLE search_state ( /* 已编入全文索引的稿件 · articles in the full-text index */
  n INTEGER NOT NULL PRIMARY KEY, 
  article_id TEXT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE
);

CREATE VIRTUAL TABLE search USING fts5 (words, article_id UNINDEXED, fact_id UNINDEXED);
