-- A version of the rule table that is being made: the whole of it, with the version that it was made from.
CREATE TABLE catalogue_drafts (
  id         BLOB NOT NULL PRIMARY KEY,
  base       INTEGER NOT NULL REFERENCES catalogues (version),
  content    TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  begun_by   BLOB NOT NULL REFERENCES people (id),
  begun_at   TEXT NOT NULL,
  changed_by BLOB NOT NULL REFERENCES people (id),
  changed_at TEXT NOT NULL
) STRICT;
