-- What the text of a document told, and by which version of the rules; 0 is "nobody has looked yet".
ALTER TABLE documents ADD COLUMN checker INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN has_text INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE documents ADD COLUMN is_named INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE documents ADD COLUMN has_programme INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE documents ADD COLUMN has_method INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE documents ADD COLUMN languages TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_by_checker ON documents (checker, id);
CREATE INDEX documents_by_bytes ON documents (sha256, discipline_id);
