-- A draft that was begun from an earlier version of the choice is not filled in any more.
ALTER TABLE drafts ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
UPDATE drafts SET version = COALESCE((SELECT c.version FROM choices c WHERE c.offering_id = drafts.offering_id), 0);
