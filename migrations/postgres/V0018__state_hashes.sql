-- From this time on, every line of the history contains the hash of its subject's records.
CREATE TABLE state_hashes (
  began_at TIMESTAMPTZ NOT NULL PRIMARY KEY
);
-- Forms that are set for one offering, and deadlines that are extended for one.
CREATE INDEX set_forms_by_offering ON set_forms (offering_id);
CREATE INDEX openings_by_offering ON openings (offering_id);
