-- Who was added by hand and is somebody of the roster: the roster's own identifier, and ours.
CREATE TABLE adopted_people (
  roster_id BLOB NOT NULL PRIMARY KEY,
  person_id BLOB NOT NULL UNIQUE REFERENCES people (id)
) STRICT;
