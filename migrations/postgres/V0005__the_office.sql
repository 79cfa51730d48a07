-- What the registrar decides about a term, and what is open outside its window.
ALTER TABLE terms ADD COLUMN uniformity TEXT NOT NULL DEFAULT 'shown' CHECK (uniformity IN ('ignored', 'shown', 'refused'));
ALTER TABLE terms ADD COLUMN is_kept_here BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE openings (
  id            UUID NOT NULL PRIMARY KEY,
  term_id       UUID NOT NULL REFERENCES terms (id),
  department_id UUID REFERENCES orgs (id),
  offering_id   UUID REFERENCES offerings (id),
  until_day     DATE NOT NULL,
  reason        TEXT NOT NULL,
  opened_by     UUID NOT NULL REFERENCES people (id),
  opened_at     TIMESTAMPTZ NOT NULL
);
CREATE INDEX openings_by_term ON openings (term_id);
