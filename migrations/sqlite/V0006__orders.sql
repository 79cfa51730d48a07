-- Orders that were issued, with exactly what they said.
CREATE TABLE orders (
  fingerprint BLOB NOT NULL PRIMARY KEY,
  term_id     BLOB NOT NULL REFERENCES terms (id),
  unit_id     BLOB REFERENCES orgs (id),
  number      INTEGER NOT NULL,
  content     TEXT NOT NULL,
  issued_by   BLOB NOT NULL REFERENCES people (id),
  issued_at   TEXT NOT NULL,
  UNIQUE (term_id, number)
) STRICT;

-- The history by when something happened, and by who did it; lines of one instant by chain and place in it.
CREATE INDEX history_by_time ON history (at, subject, sequence);
CREATE INDEX history_by_actor ON history (actor_id, at, subject, sequence);
-- People by the beginning of their family name.
CREATE INDEX people_by_search_key ON people (search_key);
