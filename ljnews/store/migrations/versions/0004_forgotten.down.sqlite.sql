ALTER TABLE forgotten RENAME TO forgotten_before;

CREATE TABLE forgotten ( /* 已按要求遗忘的姓名(只存指纹) · names forgotten on request (only their hash) */
  hash TEXT NOT NULL /* 加盐的姓名指纹 · salted hash of the name */, 
  salt TEXT NOT NULL /* 盐 · salt */, 
  length INTEGER NOT NULL /* 姓名字数 · characters of the name */, 
  forgotten_at TEXT NOT NULL /* 遗忘时间(UTC) · when (UTC) */, 
  PRIMARY KEY (hash)
)
 WITHOUT ROWID;

INSERT INTO forgotten SELECT hash, salt, length, forgotten_at FROM forgotten_before;

DROP TABLE forgotten_before;
