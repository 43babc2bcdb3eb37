ALTER TABLE forgotten DROP COLUMN officials_too;
