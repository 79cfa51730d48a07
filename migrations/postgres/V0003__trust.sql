-- What happened, and who is signed in.
CREATE TABLE history (
  subject  TEXT COLLATE "C" NOT NULL,
  sequence BIGINT NOT NULL,
  at       TIMESTAMPTZ NOT NULL,
  actor_id UUID REFERENCES people (id),
  role     TEXT,
  act      TEXT NOT NULL,
  payload  TEXT NOT NULL,
  previous BYTEA NOT NULL,
  hash     BYTEA NOT NULL,
  PRIMARY KEY (subject, sequence)
);

-- The last line of every chain; pending until a checkpoint has taken it up.
CREATE TABLE chain_heads (
  subject    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  sequence   BIGINT NOT NULL,
  hash       BYTEA NOT NULL,
  is_pending BOOLEAN NOT NULL
);
CREATE INDEX chain_heads_pending ON chain_heads (subject) WHERE is_pending;

CREATE TABLE checkpoints (
  sequence BIGINT NOT NULL PRIMARY KEY,
  at       TIMESTAMPTZ NOT NULL,
  heads    BYTEA NOT NULL,
  previous BYTEA NOT NULL,
  hash     BYTEA NOT NULL
);

CREATE TABLE checkpoint_heads (
  checkpoint BIGINT NOT NULL REFERENCES checkpoints (sequence),
  subject    TEXT COLLATE "C" NOT NULL,
  sequence   BIGINT NOT NULL,
  hash       BYTEA NOT NULL,
  PRIMARY KEY (checkpoint, subject)
);

CREATE TABLE sessions (
  token_hash BYTEA NOT NULL PRIMARY KEY,
  person_id  UUID NOT NULL REFERENCES people (id),
  created_at TIMESTAMPTZ NOT NULL,
  seen_at    TIMESTAMPTZ NOT NULL,
  ended_at   TIMESTAMPTZ
);
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE throttles (
  key     TEXT NOT NULL PRIMARY KEY,
  misses  BIGINT NOT NULL,
  last_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE kept_forms (
  token_hash BYTEA NOT NULL PRIMARY KEY,
  person_id  UUID NOT NULL REFERENCES people (id),
  path       TEXT NOT NULL,
  body       TEXT NOT NULL,
  kept_at    TIMESTAMPTZ NOT NULL
);

CREATE TABLE leases (
  name       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  holder     TEXT NOT NULL,
  held_until TIMESTAMPTZ NOT NULL
);
