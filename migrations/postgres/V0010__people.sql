-- Appointments with an order's number; what was decided here no roster undoes.
ALTER TABLE appointments ADD COLUMN order_number TEXT NOT NULL DEFAULT '';
ALTER TABLE appointments ADD COLUMN is_kept_here BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE people ADD COLUMN must_change_password BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE offerings ADD COLUMN exam_kept_here BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX people_by_name ON people (sort_key, id);
CREATE INDEX disciplines_by_code ON disciplines (code);

-- Forms that are set centrally: for a discipline or for one offering in a term.
CREATE TABLE set_forms (
  id            UUID NOT NULL PRIMARY KEY,
  term_id       UUID NOT NULL REFERENCES terms (id),
  discipline_id UUID REFERENCES disciplines (id),
  offering_id   UUID REFERENCES offerings (id),
  row_id        TEXT NOT NULL,
  info          TEXT NOT NULL,
  reason        TEXT NOT NULL,
  set_by        UUID NOT NULL REFERENCES people (id),
  set_at        TIMESTAMPTZ NOT NULL
);
CREATE INDEX set_forms_by_term ON set_forms (term_id);
