-- What a person asks of the progress board again and again, under a name of their own.
CREATE TABLE saved_views (
  id        BLOB NOT NULL PRIMARY KEY,
  person_id BLOB NOT NULL REFERENCES people (id),
  name      TEXT NOT NULL,
  query     TEXT NOT NULL,
  saved_at  TEXT NOT NULL,
  UNIQUE (person_id, name)
) STRICT;
