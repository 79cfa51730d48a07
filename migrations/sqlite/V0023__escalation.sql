-- The days for which a choice may wait for its decision before the dean's office is told.
ALTER TABLE terms ADD COLUMN escalate_after INTEGER;
