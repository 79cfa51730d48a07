-- A version of the rule table that is being made: the whole of it, with the version that it was made from.
CREATE TABLE catalogue_drafts (
  id         UUID NOT NULL PRIMARY KEY,
  base       BIGINT NOT NULL REFERENCES catalogues (version),
  content    TEXT NOT NULL,
  revision   BIGINT NOT NULL,
  begun_by   UUID NOT NULL REFERENCES people (id),
  begun_at   TIMESTAMPTZ NOT NULL,
  changed_by UUID NOT NULL REFERENCES people (id),
  changed_at TIMESTAMPTZ NOT NULL
);
