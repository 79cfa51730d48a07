-- One-time passwords end; sessions say from where; where somebody has signed in, others cause no delay.
ALTER TABLE people ADD COLUMN password_valid_until TEXT;
ALTER TABLE people ADD COLUMN password_used_at TEXT;
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';

CREATE TABLE known_places (
  place     TEXT NOT NULL,
  person_id BLOB NOT NULL REFERENCES people (id),
  seen_at   TEXT NOT NULL,
  PRIMARY KEY (place, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_places_by_age ON known_places (seen_at);
