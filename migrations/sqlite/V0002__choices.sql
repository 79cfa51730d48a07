-- The life of a choice: the dossier's documents, what is chosen, every version ever sent, private drafts.
CREATE TABLE documents (
  id            BLOB NOT NULL PRIMARY KEY,
  discipline_id BLOB NOT NULL REFERENCES disciplines (id),
  name          TEXT NOT NULL,
  version       INTEGER NOT NULL,
  media         TEXT NOT NULL CHECK (media IN ('pdf', 'docx')),
  size          INTEGER NOT NULL,
  sha256        BLOB NOT NULL,
  uploader_id   BLOB NOT NULL REFERENCES people (id),
  uploaded_at   TEXT NOT NULL,
  term_id       BLOB NOT NULL REFERENCES terms (id),
  UNIQUE (discipline_id, name, version),
  UNIQUE (discipline_id, sha256)
) STRICT;

CREATE TABLE choices (
  offering_id    BLOB NOT NULL PRIMARY KEY REFERENCES offerings (id),
  version        INTEGER NOT NULL,
  row_id         TEXT NOT NULL,
  catalogue      INTEGER NOT NULL REFERENCES catalogues (version),
  info           TEXT NOT NULL,
  document_id    BLOB NOT NULL REFERENCES documents (id),
  document_sha   BLOB NOT NULL,
  sent_by        BLOB NOT NULL REFERENCES people (id),
  sent_at        TEXT NOT NULL,
  stage          TEXT NOT NULL CHECK (stage IN ('in-review', 'returned', 'approved')),
  decided_by     BLOB REFERENCES people (id),
  decided_at     TEXT,
  reason         TEXT NOT NULL,
  was_reopened   INTEGER NOT NULL,
  last_act       TEXT,
  reopen_asked   TEXT,
  revision       INTEGER NOT NULL
) STRICT;
CREATE INDEX choices_by_document ON choices (document_id);

CREATE TABLE choice_versions (
  offering_id    BLOB NOT NULL REFERENCES offerings (id),
  version        INTEGER NOT NULL,
  row_id         TEXT NOT NULL,
  catalogue      INTEGER NOT NULL REFERENCES catalogues (version),
  info           TEXT NOT NULL,
  document_id    BLOB NOT NULL REFERENCES documents (id),
  document_sha   BLOB NOT NULL,
  sent_by        BLOB NOT NULL REFERENCES people (id),
  sent_at        TEXT NOT NULL,
  decided        TEXT,
  PRIMARY KEY (offering_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  offering_id BLOB NOT NULL REFERENCES offerings (id),
  person_id   BLOB NOT NULL REFERENCES people (id),
  row_id      TEXT,
  info        TEXT NOT NULL,
  document_id BLOB REFERENCES documents (id),
  saved_at    TEXT NOT NULL,
  PRIMARY KEY (offering_id, person_id)
) STRICT, WITHOUT ROWID;
