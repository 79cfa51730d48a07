-- A SQLite file says in its header that it belongs to Emtihan; the schema of PostgreSQL says it in a comment.
COMMENT ON TABLE offerings IS 'Emtihan';
