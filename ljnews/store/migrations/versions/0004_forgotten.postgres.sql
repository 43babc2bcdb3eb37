ALTER TABLE forgotten ADD COLUMN officials_too BOOLEAN NOT NULL DEFAULT true;

ALTER TABLE forgotten ALTER COLUMN officials_too DROP DEFAULT;

COMMENT ON COLUMN forgotten.officials_too IS '是否连官员也遗忘 · forgotten where the name is an official''s too';
