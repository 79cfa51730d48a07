-- The page of exam exceptions reads few offerings of a term.
CREATE INDEX offerings_with_exception ON offerings (term_id) WHERE exam_kept_here;
