-- What the registrar decides about a term, and what is open outside its window.
ALTER TABLE terms ADD COLUMN uniformity TEXT NOT NULL DEFAULT 'shown' CHECK (uniformity IN ('ignored', 'shown', 'refused'));
ALTER TABLE terms ADD COLUMN is_kept_here INTEGER NOT NULL DEFAULT FALSE;

CREATE TABLE openings (
  id            BLOB NOT NULL PRIMARY KEY,
  term_id       BLOB NOT NULL REFERENCES terms (id),
  department_id BLOB REFERENCES orgs (id),
  offering_id   BLOB REFERENCES offerings (id),
  until_day     TEXT NOT NULL,
  reason        TEXT NOT NULL,
  opened_by     BLOB NOT NULL REFERENCES people (id),
  opened_at     TEXT NOT NULL
) STRICT;
CREATE INDEX openings_by_term ON openings (term_id);
