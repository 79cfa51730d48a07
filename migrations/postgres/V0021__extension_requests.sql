-- Requests of instructors to extend the deadline for choosing.
CREATE TABLE extension_requests (
  id            UUID NOT NULL PRIMARY KEY,
  offering_id   UUID NOT NULL REFERENCES offerings (id),
  asked_by      UUID NOT NULL REFERENCES people (id),
  asked_at      TIMESTAMPTZ NOT NULL,
  reason        TEXT NOT NULL,
  endorsed_by   UUID REFERENCES people (id),
  endorsed_at   TIMESTAMPTZ,
  answered_by   UUID REFERENCES people (id),
  answered_at   TIMESTAMPTZ,
  is_granted    BOOLEAN NOT NULL,
  answer_reason TEXT NOT NULL
);
CREATE INDEX extension_requests_by_offering ON extension_requests (offering_id);
CREATE INDEX extension_requests_by_person ON extension_requests (asked_by);
-- At most one request for an offering waits for an answer.
CREATE UNIQUE INDEX extension_requests_waiting ON extension_requests (offering_id) WHERE answered_at IS NULL;
