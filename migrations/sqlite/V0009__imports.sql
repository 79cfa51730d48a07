-- A group that no roster names any more is put aside, with everything that was chosen for it.
ALTER TABLE offerings ADD COLUMN is_active INTEGER NOT NULL DEFAULT TRUE;

-- Files that were brought in, what they changed, and what is needed to take that back.
CREATE TABLE imports (
  id          BLOB NOT NULL PRIMARY KEY,
  name        TEXT NOT NULL,
  sha256      BLOB,
  uploaded_by BLOB REFERENCES people (id),
  uploaded_at TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('planned', 'applied', 'undone')),
  counts      TEXT NOT NULL,
  refused     INTEGER NOT NULL,
  applied_at  TEXT,
  undone_at   TEXT,
  reverse     TEXT
) STRICT;
CREATE INDEX imports_by_time ON imports (uploaded_at);
