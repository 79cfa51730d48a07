-- What a person asks of the progress board again and again, under a name of their own.
CREATE TABLE saved_views (
  id        UUID NOT NULL PRIMARY KEY,
  person_id UUID NOT NULL REFERENCES people (id),
  name      TEXT COLLATE "C" NOT NULL,
  query     TEXT NOT NULL,
  saved_at  TIMESTAMPTZ NOT NULL,
  UNIQUE (person_id, name)
);
