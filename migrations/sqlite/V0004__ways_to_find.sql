-- Who decides anywhere in the university is asked by role; whose drafts there are, by person.
CREATE INDEX appointments_by_role ON appointments (role);
CREATE INDEX drafts_by_person ON drafts (person_id);
