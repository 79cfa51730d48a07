-- What happened, and who is signed in.
CREATE TABLE history (
  subject  TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  at       TEXT NOT NULL,
  actor_id BLOB REFERENCES people (id),
  role     TEXT,
  act      TEXT NOT NULL,
  payload  TEXT NOT NULL,
  previous BLOB NOT NULL,
  hash     BLOB NOT NULL,
  PRIMARY KEY (subject, sequence)
) STRICT, WITHOUT ROWID;

-- The last line of every chain; pending until a checkpoint has taken it up.
CREATE TABLE chain_heads (
  subject    TEXT NOT NULL PRIMARY KEY,
  sequence   INTEGER NOT NULL,
  hash       BLOB NOT NULL,
  is_pending INTEGER NOT NULL
) STRICT;
CREATE INDEX chain_heads_pending ON chain_heads (subject) WHERE is_pending;

CREATE TABLE checkpoints (
  sequence INTEGER NOT NULL PRIMARY KEY,
  at       TEXT NOT NULL,
  heads    BLOB NOT NULL,
  previous BLOB NOT NULL,
  hash     BLOB NOT NULL
) STRICT;

CREATE TABLE checkpoint_heads (
  checkpoint INTEGER NOT NULL REFERENCES checkpoints (sequence),
  subject    TEXT NOT NULL,
  sequence   INTEGER NOT NULL,
  hash       BLOB NOT NULL,
  PRIMARY KEY (checkpoint, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  token_hash BLOB NOT NULL PRIMARY KEY,
  person_id  BLOB NOT NULL REFERENCES people (id),
  created_at TEXT NOT NULL,
  seen_at    TEXT NOT NULL,
  ended_at   TEXT
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE throttles (
  key     TEXT NOT NULL PRIMARY KEY,
  misses  INTEGER NOT NULL,
  last_at TEXT NOT NULL
) STRICT;

CREATE TABLE kept_forms (
  token_hash BLOB NOT NULL PRIMARY KEY,
  person_id  BLOB NOT NULL REFERENCES people (id),
  path       TEXT NOT NULL,
  body       TEXT NOT NULL,
  kept_at    TEXT NOT NULL
) STRICT;

CREATE TABLE leases (
  name       TEXT NOT NULL PRIMARY KEY,
  holder     TEXT NOT NULL,
  held_until TEXT NOT NULL
) STRICT;
