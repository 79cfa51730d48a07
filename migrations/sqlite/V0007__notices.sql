-- What people are told: in the program, and by mail.
ALTER TABLE people ADD COLUMN email TEXT;

-- What waits to be mailed. A letter leaves at most once; its id is its Message-ID.
CREATE TABLE letters (
  id         BLOB NOT NULL PRIMARY KEY,
  person_id  BLOB NOT NULL REFERENCES people (id),
  digest_day TEXT,
  queued_at  TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'given-up')),
  tries      INTEGER NOT NULL,
  next_at    TEXT NOT NULL,
  sent_at    TEXT,
  fault      TEXT NOT NULL,
  UNIQUE (person_id, digest_day)
) STRICT;
CREATE INDEX letters_open ON letters (next_at, id) WHERE state IN ('waiting', 'sending');

CREATE TABLE notices (
  id          BLOB NOT NULL PRIMARY KEY,
  person_id   BLOB NOT NULL REFERENCES people (id),
  kind        TEXT NOT NULL,
  offering_id BLOB REFERENCES offerings (id),
  payload     TEXT NOT NULL,
  at          TEXT NOT NULL,
  read_at     TEXT,
  mail        TEXT NOT NULL CHECK (mail IN ('off', 'digest', 'letter')),
  letter_id   BLOB REFERENCES letters (id)
) STRICT;
CREATE INDEX notices_by_person ON notices (person_id, at);
CREATE INDEX notices_unread ON notices (person_id) WHERE read_at IS NULL;
CREATE INDEX notices_by_offering ON notices (offering_id, at);
CREATE INDEX notices_by_letter ON notices (letter_id);
CREATE INDEX notices_for_digest ON notices (person_id, at) WHERE mail = 'digest';
CREATE INDEX notices_of_reminders ON notices (at, person_id) WHERE kind = 'reminder';

CREATE TABLE notice_wishes (
  person_id BLOB NOT NULL REFERENCES people (id),
  kind      TEXT NOT NULL,
  wish      TEXT NOT NULL CHECK (wish IN ('at-once', 'digest', 'off')),
  PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;

-- The days whose round was made: who had to be told because of the date.
CREATE TABLE rounds (
  day     TEXT NOT NULL PRIMARY KEY,
  made_at TEXT NOT NULL
) STRICT;

CREATE INDEX offerings_by_group ON offerings (group_key, term_id);
