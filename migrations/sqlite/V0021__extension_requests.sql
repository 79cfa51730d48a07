-- Requests of instructors to extend the deadline for choosing.
CREATE TABLE extension_requests (
  id            BLOB NOT NULL PRIMARY KEY,
  offering_id   BLOB NOT NULL REFERENCES offerings (id),
  asked_by      BLOB NOT NULL REFERENCES people (id),
  asked_at      TEXT NOT NULL,
  reason        TEXT NOT NULL,
  endorsed_by   BLOB REFERENCES people (id),
  endorsed_at   TEXT,
  answered_by   BLOB REFERENCES people (id),
  answered_at   TEXT,
  is_granted    INTEGER NOT NULL,
  answer_reason TEXT NOT NULL
) STRICT;
CREATE INDEX extension_requests_by_offering ON extension_requests (offering_id);
CREATE INDEX extension_requests_by_person ON extension_requests (asked_by);
-- At most one request for an offering waits for an answer.
CREATE UNIQUE INDEX extension_requests_waiting ON extension_requests (offering_id) WHERE answered_at IS NULL;
