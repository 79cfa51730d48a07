-- Who and what: units, people, terms, disciplines, offerings. Identifiers are derived from the roster's keys.
CREATE TABLE orgs (
  id        BLOB NOT NULL PRIMARY KEY,
  parent_id BLOB REFERENCES orgs (id),
  kind      TEXT NOT NULL CHECK (kind IN ('university', 'faculty', 'department')),
  code      TEXT NOT NULL,
  name_kk   TEXT NOT NULL,
  name_ru   TEXT NOT NULL,
  name_en   TEXT NOT NULL
) STRICT;

CREATE TABLE people (
  id            BLOB NOT NULL PRIMARY KEY,
  username      TEXT NOT NULL UNIQUE,
  family_name   TEXT NOT NULL,
  given_name    TEXT NOT NULL,
  middle_name   TEXT NOT NULL,
  locale        TEXT,
  is_enabled    INTEGER NOT NULL,
  sort_key      TEXT NOT NULL,
  search_key    TEXT NOT NULL,
  password_hash TEXT
) STRICT;

CREATE TABLE appointments (
  id        BLOB NOT NULL PRIMARY KEY,
  person_id BLOB NOT NULL REFERENCES people (id),
  role      TEXT NOT NULL,
  org_id    BLOB NOT NULL REFERENCES orgs (id),
  starts_on TEXT,
  ends_on   TEXT
) STRICT;
CREATE INDEX appointments_by_person ON appointments (person_id);
CREATE INDEX appointments_by_org ON appointments (org_id, role);

CREATE TABLE catalogues (
  version   INTEGER NOT NULL PRIMARY KEY,
  content   TEXT NOT NULL,
  loaded_at TEXT NOT NULL
) STRICT;

CREATE TABLE terms (
  id            BLOB NOT NULL PRIMARY KEY,
  code          TEXT NOT NULL UNIQUE,
  name_kk       TEXT NOT NULL,
  name_ru       TEXT NOT NULL,
  name_en       TEXT NOT NULL,
  starts_on     TEXT NOT NULL,
  ends_on       TEXT NOT NULL,
  choose_from   TEXT NOT NULL,
  choose_until  TEXT NOT NULL,
  approve_until TEXT NOT NULL,
  catalogue     INTEGER NOT NULL REFERENCES catalogues (version),
  is_closed     INTEGER NOT NULL
) STRICT;

CREATE TABLE disciplines (
  id            BLOB NOT NULL PRIMARY KEY,
  department_id BLOB NOT NULL REFERENCES orgs (id),
  code          TEXT NOT NULL,
  name_kk       TEXT NOT NULL,
  name_ru       TEXT NOT NULL,
  name_en       TEXT NOT NULL,
  sort_key      TEXT NOT NULL,
  search_key    TEXT NOT NULL
) STRICT;

CREATE TABLE offerings (
  id             BLOB NOT NULL PRIMARY KEY,
  term_id        BLOB NOT NULL REFERENCES terms (id),
  discipline_id  BLOB NOT NULL REFERENCES disciplines (id),
  department_id  BLOB NOT NULL REFERENCES orgs (id),
  faculty_id     BLOB NOT NULL REFERENCES orgs (id),
  group_code     TEXT NOT NULL,
  group_key      TEXT NOT NULL,
  language       TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
  study_form     TEXT NOT NULL,
  level          TEXT NOT NULL,
  students       INTEGER NOT NULL,
  responsible_id BLOB REFERENCES people (id),
  has_exam       INTEGER NOT NULL
) STRICT;
CREATE INDEX offerings_by_responsible ON offerings (responsible_id, term_id);
CREATE INDEX offerings_by_department ON offerings (department_id, term_id);
CREATE INDEX offerings_by_faculty ON offerings (faculty_id, term_id);
CREATE INDEX offerings_by_term ON offerings (term_id, discipline_id);
CREATE INDEX offerings_by_discipline ON offerings (discipline_id, term_id);

CREATE TABLE teachers (
  offering_id BLOB NOT NULL REFERENCES offerings (id),
  person_id   BLOB NOT NULL REFERENCES people (id),
  PRIMARY KEY (offering_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX teachers_by_person ON teachers (person_id);

CREATE TABLE enrolments (
  offering_id BLOB NOT NULL REFERENCES offerings (id),
  person_id   BLOB NOT NULL REFERENCES people (id),
  PRIMARY KEY (person_id, offering_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolments_by_offering ON enrolments (offering_id);
