-- Who and what: units, people, terms, disciplines, offerings. Identifiers are derived from the roster's keys.
CREATE TABLE orgs (
  id        UUID NOT NULL PRIMARY KEY,
  parent_id UUID REFERENCES orgs (id),
  kind      TEXT NOT NULL CHECK (kind IN ('university', 'faculty', 'department')),
  code      TEXT COLLATE "C" NOT NULL,
  name_kk   TEXT NOT NULL,
  name_ru   TEXT NOT NULL,
  name_en   TEXT NOT NULL
);

CREATE TABLE people (
  id            UUID NOT NULL PRIMARY KEY,
  username      TEXT COLLATE "C" NOT NULL UNIQUE,
  family_name   TEXT NOT NULL,
  given_name    TEXT NOT NULL,
  middle_name   TEXT NOT NULL,
  locale        TEXT,
  is_enabled    BOOLEAN NOT NULL,
  sort_key      TEXT COLLATE "C" NOT NULL,
  search_key    TEXT COLLATE "C" NOT NULL,
  password_hash TEXT
);

CREATE TABLE appointments (
  id        UUID NOT NULL PRIMARY KEY,
  person_id UUID NOT NULL REFERENCES people (id),
  role      TEXT NOT NULL,
  org_id    UUID NOT NULL REFERENCES orgs (id),
  starts_on DATE,
  ends_on   DATE
);
CREATE INDEX appointments_by_person ON appointments (person_id);
CREATE INDEX appointments_by_org ON appointments (org_id, role);

CREATE TABLE catalogues (
  version   BIGINT NOT NULL PRIMARY KEY,
  content   TEXT NOT NULL,
  loaded_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE terms (
  id            UUID NOT NULL PRIMARY KEY,
  code          TEXT COLLATE "C" NOT NULL UNIQUE,
  name_kk       TEXT NOT NULL,
  name_ru       TEXT NOT NULL,
  name_en       TEXT NOT NULL,
  starts_on     DATE NOT NULL,
  ends_on       DATE NOT NULL,
  choose_from   DATE NOT NULL,
  choose_until  DATE NOT NULL,
  approve_until DATE NOT NULL,
  catalogue     BIGINT NOT NULL REFERENCES catalogues (version),
  is_closed     BOOLEAN NOT NULL
);

CREATE TABLE disciplines (
  id            UUID NOT NULL PRIMARY KEY,
  department_id UUID NOT NULL REFERENCES orgs (id),
  code          TEXT COLLATE "C" NOT NULL,
  name_kk       TEXT NOT NULL,
  name_ru       TEXT NOT NULL,
  name_en       TEXT NOT NULL,
  sort_key      TEXT COLLATE "C" NOT NULL,
  search_key    TEXT COLLATE "C" NOT NULL
);

CREATE TABLE offerings (
  id             UUID NOT NULL PRIMARY KEY,
  term_id        UUID NOT NULL REFERENCES terms (id),
  discipline_id  UUID NOT NULL REFERENCES disciplines (id),
  department_id  UUID NOT NULL REFERENCES orgs (id),
  faculty_id     UUID NOT NULL REFERENCES orgs (id),
  group_code     TEXT COLLATE "C" NOT NULL,
  group_key      TEXT NOT NULL,
  language       TEXT NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
  study_form     TEXT NOT NULL,
  level          TEXT NOT NULL,
  students       BIGINT NOT NULL,
  responsible_id UUID REFERENCES people (id),
  has_exam       BOOLEAN NOT NULL
);
CREATE INDEX offerings_by_responsible ON offerings (responsible_id, term_id);
CREATE INDEX offerings_by_department ON offerings (department_id, term_id);
CREATE INDEX offerings_by_faculty ON offerings (faculty_id, term_id);
CREATE INDEX offerings_by_term ON offerings (term_id, discipline_id);
CREATE INDEX offerings_by_discipline ON offerings (discipline_id, term_id);

CREATE TABLE teachers (
  offering_id UUID NOT NULL REFERENCES offerings (id),
  person_id   UUID NOT NULL REFERENCES people (id),
  PRIMARY KEY (offering_id, person_id)
);
CREATE INDEX teachers_by_person ON teachers (person_id);

CREATE TABLE enrolments (
  offering_id UUID NOT NULL REFERENCES offerings (id),
  person_id   UUID NOT NULL REFERENCES people (id),
  PRIMARY KEY (person_id, offering_id)
);
CREATE INDEX enrolments_by_offering ON enrolments (offering_id);
