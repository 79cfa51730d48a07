-- The life of a choice: the dossier's documents, what is chosen, every version ever sent, private drafts.
CREATE TABLE documents (
  id            UUID NOT NULL PRIMARY KEY,
  discipline_id UUID NOT NULL REFERENCES disciplines (id),
  name          TEXT COLLATE "C" NOT NULL,
  version       BIGINT NOT NULL,
  media         TEXT NOT NULL CHECK (media IN ('pdf', 'docx')),
  size          BIGINT NOT NULL,
  sha256        BYTEA NOT NULL,
  uploader_id   UUID NOT NULL REFERENCES people (id),
  uploaded_at   TIMESTAMPTZ NOT NULL,
  term_id       UUID NOT NULL REFERENCES terms (id),
  UNIQUE (discipline_id, name, version),
  UNIQUE (discipline_id, sha256)
);

CREATE TABLE choices (
  offering_id    UUID NOT NULL PRIMARY KEY REFERENCES offerings (id),
  version        BIGINT NOT NULL,
  row_id         TEXT NOT NULL,
  catalogue      BIGINT NOT NULL REFERENCES catalogues (version),
  info           TEXT NOT NULL,
  document_id    UUID NOT NULL REFERENCES documents (id),
  document_sha   BYTEA NOT NULL,
  sent_by        UUID NOT NULL REFERENCES people (id),
  sent_at        TIMESTAMPTZ NOT NULL,
  stage          TEXT NOT NULL CHECK (stage IN ('in-review', 'returned', 'approved')),
  decided_by     UUID REFERENCES people (id),
  decided_at     TIMESTAMPTZ,
  reason         TEXT NOT NULL,
  was_reopened   BOOLEAN NOT NULL,
  last_act       TEXT,
  reopen_asked   TEXT,
  revision       BIGINT NOT NULL
);
CREATE INDEX choices_by_document ON choices (document_id);

CREATE TABLE choice_versions (
  offering_id    UUID NOT NULL REFERENCES offerings (id),
  version        BIGINT NOT NULL,
  row_id         TEXT NOT NULL,
  catalogue      BIGINT NOT NULL REFERENCES catalogues (version),
  info           TEXT NOT NULL,
  document_id    UUID NOT NULL REFERENCES documents (id),
  document_sha   BYTEA NOT NULL,
  sent_by        UUID NOT NULL REFERENCES people (id),
  sent_at        TIMESTAMPTZ NOT NULL,
  decided        TEXT,
  PRIMARY KEY (offering_id, version)
);

CREATE TABLE drafts (
  offering_id UUID NOT NULL REFERENCES offerings (id),
  person_id   UUID NOT NULL REFERENCES people (id),
  row_id      TEXT,
  info        TEXT NOT NULL,
  document_id UUID REFERENCES documents (id),
  saved_at    TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (offering_id, person_id)
);
