-- The name of the university stands on every page.
CREATE INDEX orgs_university ON orgs (code) WHERE kind = 'university';
