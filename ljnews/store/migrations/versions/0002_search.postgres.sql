CREATE TABLE search_state (
  article_id TEXT NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
);

COMMENT ON TABLE search_state IS '已编入全文索引的稿件 · articles in the full-text index';

CREATE TABLE search (
  article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE, 
  fact_id TEXT, 
  words TSVECTOR NOT NULL
);

COMMENT ON TABLE search IS '全文索引:稿件(fact_id 为空)与事实的词 · words of articles (fact_id null) and facts';

CREATE INDEX ix_search_words ON search USING gin (words);

CREATE INDEX ix_search_article_id ON search (article_id);
