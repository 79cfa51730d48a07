-- One-time passwords end; sessions say from where; where somebody has signed in, others cause no delay.
ALTER TABLE people ADD COLUMN password_valid_until TIMESTAMPTZ;
ALTER TABLE people ADD COLUMN password_used_at TIMESTAMPTZ;
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';

CREATE TABLE known_places (
  place     TEXT NOT NULL,
  person_id UUID NOT NULL REFERENCES people (id),
  seen_at   TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (place, person_id)
);
CREATE INDEX known_places_by_age ON known_places (seen_at);
