-- A group that no roster names any more is put aside, with everything that was chosen for it.
ALTER TABLE offerings ADD COLUMN is_active BOOLEAN NOT NULL DEFAULT TRUE;

-- Files that were brought in, what they changed, and what is needed to take that back.
CREATE TABLE imports (
  id          UUID NOT NULL PRIMARY KEY,
  name        TEXT NOT NULL,
  sha256      BYTEA,
  uploaded_by UUID REFERENCES people (id),
  uploaded_at TIMESTAMPTZ NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('planned', 'applied', 'undone')),
  counts      TEXT NOT NULL,
  refused     BIGINT NOT NULL,
  applied_at  TIMESTAMPTZ,
  undone_at   TIMESTAMPTZ,
  reverse     TEXT
);
CREATE INDEX imports_by_time ON imports (uploaded_at);
