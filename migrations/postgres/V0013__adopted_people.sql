-- Who was added by hand and is somebody of the roster: the roster's own identifier, and ours.
CREATE TABLE adopted_people (
  roster_id UUID NOT NULL PRIMARY KEY,
  person_id UUID NOT NULL UNIQUE REFERENCES people (id)
);
