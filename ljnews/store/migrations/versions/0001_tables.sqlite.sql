CREATE TABLE articles ( /* 稿件:一页一行 · one row per page */
  id TEXT NOT NULL /* 稿件编号 · article id */, 
  input TEXT NOT NULL /* 来自何处 · where the page came from */, 
  input_id TEXT /* 输入自带的编号 · id that the input carried */, 
  url TEXT /* 网址 · address */, 
  site TEXT /* 站点 · site */, 
  title TEXT /* 题目 · title */, 
  kicker TEXT /* 引题 · kicker */, 
  subtitle TEXT /* 副题 · subtitle */, 
  published_at TEXT /* 发布时间(+08:00)或发布日 · time of publication (+08:00), or its day */, 
  published_on TEXT /* 发布日 · day of publication */, 
  source TEXT /* 来源 · source */, 
  place_adcode TEXT /* 行政区划代码 · code of the administrative division */, 
  place_name TEXT /* 行政区划名称 · name of the administrative division */, 
  channel TEXT NOT NULL /* 面包屑 · breadcrumb */, 
  reporters TEXT NOT NULL /* 记者、通讯员 · reporters */, 
  editors TEXT NOT NULL /* 编辑 · editors */, 
  keywords TEXT NOT NULL /* 关键词 · keywords */, 
  turns TEXT NOT NULL /* 访谈话轮 · interview turns */, 
  warnings TEXT NOT NULL /* 提醒 · warnings */, 
  pages INTEGER NOT NULL /* 合成此稿的网页数 · pages the article was joined from */, 
  text TEXT NOT NULL /* 正文(含题目) · text, title included */, 
  content_hash TEXT NOT NULL /* 原始字节的 sha256 · sha256 of the bytes */, 
  text_hash TEXT NOT NULL /* 正文的 sha256 · sha256 of the text */, 
  PRIMARY KEY (id)
);

CREATE INDEX ix_articles_published_on ON articles (published_on);

CREATE TABLE failures ( /* 失败记录:没有得出记录的网页 · pages that gave no record */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  page_hash TEXT NOT NULL /* 输入指纹 · hash of the page as given */, 
  input TEXT NOT NULL /* 来自何处 · where the page came from */, 
  input_id TEXT /* 输入自带的编号 · id that the input carried */, 
  url TEXT /* 网址 · address */, 
  stage TEXT NOT NULL /* 阶段 · stage */, 
  error TEXT NOT NULL /* 错误 · error */, 
  message TEXT NOT NULL /* 说明 · message */, 
  retryable BOOLEAN NOT NULL /* 可否重试 · whether to try again */, 
  rules_hash TEXT NOT NULL /* 规则指纹 · hash of the rules */, 
  lexicon_hash TEXT NOT NULL /* 词表指纹 · hash of the lexicons */, 
  pipeline TEXT NOT NULL /* 流水线配置指纹 · hash of the pipeline's config */, 
  PRIMARY KEY (article_id, page_hash)
)
 WITHOUT ROWID;

CREATE TABLE forgotten ( /* 已按要求遗忘的姓名(只存指纹) · names forgotten on request (only their hash) */
  hash TEXT NOT NULL /* 加盐的姓名指纹 · salted hash of the name */, 
  salt TEXT NOT NULL /* 盐 · salt */, 
  length INTEGER NOT NULL /* 姓名字数 · characters of the name */, 
  forgotten_at TEXT NOT NULL /* 遗忘时间(UTC) · when (UTC) */, 
  PRIMARY KEY (hash)
)
 WITHOUT ROWID;

CREATE TABLE runs ( /* 运行:先后以编号为准,时间为 UTC · runs, in the order of their ids; times are UTC */
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* 运行编号 · run id */, 
  job TEXT NOT NULL /* 作业 · job */, 
  state TEXT NOT NULL /* 状态 · state */, 
  started_at TEXT NOT NULL /* 开始(UTC) · start (UTC) */, 
  ended_at TEXT /* 结束(UTC) · end (UTC) */, 
  version TEXT NOT NULL /* 软件版本 · version of ljnews */, 
  rules_hash TEXT NOT NULL /* 规则指纹 · hash of the rules */, 
  lexicon_hash TEXT NOT NULL /* 词表指纹 · hash of the lexicons */, 
  pipeline TEXT NOT NULL /* 流水线配置指纹 · hash of the pipeline's config */, 
  last_change INTEGER /* 结束时的更新序号 · last change when the run ended */, 
  counts TEXT NOT NULL /* 计数 · counts */, 
  seconds TEXT NOT NULL /* 各阶段用时 · seconds per stage */, 
  CONSTRAINT ck_runs_state CHECK (state IN ('running', 'done', 'stopped', 'failed'))
);

CREATE TABLE changes ( /* 更新流水:下游按序号取 · the feed, read in the order of seq */
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT /* 序号 · sequence */, 
  run_id INTEGER NOT NULL /* 运行编号 · run that made the change */, 
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  type TEXT NOT NULL /* article 或事实类别 · article, or the fact type */, 
  fact_id TEXT NOT NULL /* 事实编号;稿件为其编号 · fact id, or the article id again */, 
  change TEXT NOT NULL /* added 新增、changed 改变、withdrawn 撤回 · added, changed or withdrawn */, 
  "before" TEXT /* 原先的内容(JSON) · what stood before (JSON) */, 
  CONSTRAINT ck_changes_change CHECK (change IN ('added', 'changed', 'withdrawn')), 
  FOREIGN KEY(run_id) REFERENCES runs (id)
);

CREATE INDEX ix_changes_article_id_fact_id ON changes (article_id, fact_id);

CREATE TABLE done ( /* 完成台账:与事实同一事务写入 · what is done; written in the transaction of the facts */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  run_id INTEGER NOT NULL /* 运行编号 · run that wrote it */, 
  page_hash TEXT NOT NULL /* 输入指纹 · hash of the page as given */, 
  reading_hash TEXT NOT NULL /* 版面阶段所得的指纹 · hash of what the layout stage found */, 
  version TEXT NOT NULL /* 软件版本 · version of ljnews */, 
  rules_hash TEXT NOT NULL /* 规则指纹 · hash of the rules */, 
  lexicon_hash TEXT NOT NULL /* 词表指纹 · hash of the lexicons */, 
  segmenter TEXT NOT NULL /* 分词器 · segmenter */, 
  pipeline TEXT NOT NULL /* 流水线配置指纹 · hash of the pipeline's config */, 
  PRIMARY KEY (article_id), 
  FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
  FOREIGN KEY(run_id) REFERENCES runs (id)
)
 WITHOUT ROWID;

CREATE TABLE facts ( /* 事实总表:每条事实一行 · every fact, one row each */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  id TEXT NOT NULL /* 事实编号 · fact id */, 
  type TEXT NOT NULL /* 事实类别 · fact type */, 
  no INTEGER NOT NULL /* 在同类事实中的序号 · ordinal among the article's facts of its type */, 
  hash TEXT NOT NULL /* 内容指纹 · hash of what the fact says */, 
  superseded_by INTEGER /* 使其失效的运行;现行为空 · run that dropped the fact; null while it is live */, 
  PRIMARY KEY (article_id, id), 
  CONSTRAINT ck_facts_type CHECK (type IN ('officials', 'people', 'amounts', 'projects', 'targets')), 
  FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE, 
  FOREIGN KEY(superseded_by) REFERENCES runs (id)
)
 WITHOUT ROWID;

CREATE TABLE sections ( /* 小节:一页里的每一篇 · the pieces of a page */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  no INTEGER NOT NULL /* 序号 · ordinal */, 
  kind TEXT NOT NULL /* 类别 · kind */, 
  heading TEXT /* 栏题 · heading */, 
  title TEXT /* 题目 · title */, 
  start_offset INTEGER NOT NULL /* 起点(字符) · start, in characters */, 
  end_offset INTEGER NOT NULL /* 终点(字符,不含) · end, in characters, exclusive */, 
  reporters TEXT NOT NULL /* 记者、通讯员 · reporters */, 
  PRIMARY KEY (article_id, no), 
  CONSTRAINT ck_sections_kind CHECK (kind IN ('main', 'related', 'sidebar', 'table', 'caption')), 
  CONSTRAINT ck_sections_span CHECK (start_offset >= 0 AND end_offset >= start_offset), 
  FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE evidence ( /* 证据:事实在正文中的位置 · where each fact stands in the text */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  fact_id TEXT NOT NULL /* 事实编号 · fact id */, 
  part TEXT NOT NULL /* 所证:fact 事实、post 职务、attribute 属性 · what it proves: the fact, a post, an attribute */, 
  part_no INTEGER NOT NULL /* 职务或属性的序号 · ordinal of the post or attribute */, 
  no INTEGER NOT NULL /* 序号 · ordinal */, 
  start_offset INTEGER NOT NULL /* 起点(字符) · start, in characters */, 
  end_offset INTEGER NOT NULL /* 终点(字符,不含) · end, in characters, exclusive */, 
  text TEXT NOT NULL /* 证据原文 · the words themselves */, 
  rule TEXT NOT NULL /* 规则编号 · rule id */, 
  sentence_start INTEGER NOT NULL /* 所在句起点 · start of the sentence */, 
  sentence_end INTEGER NOT NULL /* 所在句终点 · end of the sentence */, 
  PRIMARY KEY (article_id, fact_id, part, part_no, no), 
  CONSTRAINT ck_evidence_part CHECK (part IN ('fact', 'post', 'attribute')), 
  CONSTRAINT ck_evidence_span CHECK (start_offset >= 0 AND end_offset > start_offset), 
  FOREIGN KEY(article_id, fact_id) REFERENCES facts (article_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE officials ( /* 官员 · officials */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  fact_id TEXT NOT NULL /* 事实编号 · fact id */, 
  name TEXT NOT NULL /* 姓名 · name */, 
  PRIMARY KEY (article_id, fact_id), 
  FOREIGN KEY(article_id, fact_id) REFERENCES facts (article_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_officials_name ON officials (name);

CREATE TABLE people ( /* 其他有名有姓的人 · other named people */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  fact_id TEXT NOT NULL /* 事实编号 · fact id */, 
  name TEXT NOT NULL /* 姓名 · name */, 
  kind TEXT NOT NULL /* 人物类别 · kind */, 
  PRIMARY KEY (article_id, fact_id), 
  CONSTRAINT ck_people_kind CHECK (kind IN ('journalist', 'business', 'expert', 'citizen', 'historical', 'other')), 
  FOREIGN KEY(article_id, fact_id) REFERENCES facts (article_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE posts ( /* 职务 · posts of officials and people */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  fact_id TEXT NOT NULL /* 事实编号 · fact id */, 
  no INTEGER NOT NULL /* 序号 · ordinal */, 
  post TEXT NOT NULL /* 职务全称 · organization and title in one */, 
  organization TEXT /* 组织,原文所写 · organization as printed */, 
  title TEXT NOT NULL /* 职务 · title */, 
  state TEXT NOT NULL /* 任职状态 · state */, 
  organization_resolved TEXT /* 补上地名的组织 · organization with its place */, 
  place_adcode TEXT /* 行政区划代码 · code of the administrative division */, 
  place_name TEXT /* 行政区划名称 · name of the administrative division */, 
  PRIMARY KEY (article_id, fact_id, no), 
  CONSTRAINT ck_posts_state CHECK (state IN ('current', 'acting', 'former', 'designate', 'appointed', 'dismissed')), 
  FOREIGN KEY(article_id, fact_id) REFERENCES facts (article_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE projects ( /* 项目 · projects */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  fact_id TEXT NOT NULL /* 事实编号 · fact id */, 
  name TEXT NOT NULL /* 最长的正式名称 · longest proper name */, 
  aliases TEXT NOT NULL /* 其他称呼 · other names */, 
  status TEXT /* 进展 · latest status */, 
  place_adcode TEXT /* 行政区划代码 · code of the administrative division */, 
  place_name TEXT /* 行政区划名称 · name of the administrative division */, 
  PRIMARY KEY (article_id, fact_id), 
  CONSTRAINT ck_projects_status CHECK (status IN ('negotiating', 'signed', 'planned', 'preliminary', 'started', 'under_construction', 'completed', 'operating', 'suspended')), 
  FOREIGN KEY(article_id, fact_id) REFERENCES facts (article_id, id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_projects_name ON projects (name);

CREATE TABLE amounts ( /* 数量 · amounts */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  fact_id TEXT NOT NULL /* 事实编号 · fact id */, 
  surface TEXT NOT NULL /* 原文中的数量 · the amount as printed */, 
  kind TEXT NOT NULL /* 类别 · kind */, 
  number TEXT NOT NULL /* 原文所印的数字 · number as printed */, 
  unit_text TEXT NOT NULL /* 原文所印的单位 · unit as printed */, 
  value TEXT /* 换算后的数值;区间为空 · value in the canonical unit; null for a range */, 
  lower TEXT /* 区间下限 · lower bound */, 
  upper TEXT /* 区间上限 · upper bound */, 
  unit TEXT NOT NULL /* 标准单位 · canonical unit */, 
  approximation TEXT NOT NULL /* 约数 · approximation */, 
  measure TEXT /* 指标 · what is measured */, 
  subject TEXT /* 主体 · whose amount */, 
  project_id TEXT /* 所属项目 · project of the same article */, 
  period_from TEXT /* 期间起始日(含) · first day of the period */, 
  period_to TEXT /* 期间截止日(含) · last day of the period */, 
  period_surface TEXT /* 期间原文 · period as printed */, 
  PRIMARY KEY (article_id, fact_id), 
  CONSTRAINT ck_amounts_kind CHECK (kind IN ('money', 'area', 'length', 'volume', 'mass', 'power', 'energy', 'percent', 'percentage_point', 'ratio', 'person', 'household', 'duration', 'count', 'other')), 
  CONSTRAINT ck_amounts_approximation CHECK (approximation IN ('exact', 'about', 'over', 'under', 'at_least', 'at_most')), 
  CONSTRAINT ck_amounts_value CHECK (value IS NOT NULL OR lower IS NOT NULL OR upper IS NOT NULL), 
  CONSTRAINT ck_amounts_period CHECK (period_from <= period_to), 
  FOREIGN KEY(article_id, fact_id) REFERENCES facts (article_id, id) ON DELETE CASCADE, 
  FOREIGN KEY(article_id, project_id) REFERENCES projects (article_id, fact_id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID;

CREATE TABLE targets ( /* 目标 · targets */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  fact_id TEXT NOT NULL /* 事实编号 · fact id */, 
  text TEXT NOT NULL /* 目标分句 · the clause, exact */, 
  kind TEXT NOT NULL /* 类别 · kind */, 
  strength TEXT NOT NULL /* 力度 · strength */, 
  actor TEXT /* 行动者 · who acts */, 
  project_id TEXT /* 所属项目 · project of the same article */, 
  deadline_from TEXT /* 时限起始日(含) · first day of the deadline */, 
  deadline_to TEXT /* 时限截止日(含) · last day of the deadline */, 
  deadline_surface TEXT /* 时限原文 · deadline as printed */, 
  speaker TEXT /* 说话人 · who said it */, 
  PRIMARY KEY (article_id, fact_id), 
  CONSTRAINT ck_targets_kind CHECK (kind IN ('dated', 'quantified', 'progress', 'qualitative')), 
  CONSTRAINT ck_targets_strength CHECK (strength IN ('ensure', 'strive', 'plan', 'expect', 'report')), 
  CONSTRAINT ck_targets_deadline CHECK (deadline_from <= deadline_to), 
  FOREIGN KEY(article_id, fact_id) REFERENCES facts (article_id, id) ON DELETE CASCADE, 
  FOREIGN KEY(article_id, project_id) REFERENCES projects (article_id, fact_id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID;

CREATE INDEX ix_targets_deadline_to ON targets (deadline_to);

CREATE TABLE project_attributes ( /* 项目属性 · what the text says of a project */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  fact_id TEXT NOT NULL /* 事实编号 · fact id */, 
  no INTEGER NOT NULL /* 序号 · ordinal */, 
  name TEXT NOT NULL /* 属性 · attribute */, 
  phase TEXT /* 期次 · phase */, 
  value TEXT /* 值:数值、代码、文字或日期 · value: number, code, words or date */, 
  number TEXT /* 值为数时的数值 · the value where it is a number */, 
  unit TEXT /* 标准单位 · canonical unit */, 
  amount_id TEXT /* 对应的数量 · amount of the same article */, 
  day_from TEXT /* 时间起始日(含) · first day of the time */, 
  day_to TEXT /* 时间截止日(含) · last day of the time */, 
  surface TEXT NOT NULL /* 原文 · as printed */, 
  PRIMARY KEY (article_id, fact_id, no), 
  CONSTRAINT ck_project_attributes_name CHECK (name IN ('status', 'location', 'owner', 'content', 'capacity', 'total_investment', 'completed_investment', 'annual_investment', 'land_area', 'floor_area', 'length', 'started_on', 'due_on', 'completed_on', 'other')), 
  CONSTRAINT ck_project_attributes_days CHECK (day_from <= day_to), 
  FOREIGN KEY(article_id, fact_id) REFERENCES facts (article_id, id) ON DELETE CASCADE, 
  FOREIGN KEY(article_id, amount_id) REFERENCES amounts (article_id, fact_id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID;

CREATE TABLE target_outcomes ( /* 目标的指标与数值 · metrics and amounts of a target */
  article_id TEXT NOT NULL /* 稿件编号 · article id */, 
  fact_id TEXT NOT NULL /* 事实编号 · fact id */, 
  no INTEGER NOT NULL /* 序号 · ordinal */, 
  metric TEXT /* 指标 · metric */, 
  amount_id TEXT /* 对应的数量 · amount of the same article */, 
  value TEXT /* 换算后的数值;区间为空 · value in the canonical unit; null for a range */, 
  lower TEXT /* 区间下限 · lower bound */, 
  upper TEXT /* 区间上限 · upper bound */, 
  unit TEXT /* 标准单位 · canonical unit */, 
  approximation TEXT NOT NULL /* 约数 · approximation */, 
  PRIMARY KEY (article_id, fact_id, no), 
  CONSTRAINT ck_target_outcomes_approximation CHECK (approximation IN ('exact', 'about', 'over', 'under', 'at_least', 'at_most')), 
  FOREIGN KEY(article_id, fact_id) REFERENCES facts (article_id, id) ON DELETE CASCADE, 
  FOREIGN KEY(article_id, amount_id) REFERENCES amounts (article_id, fact_id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID;
