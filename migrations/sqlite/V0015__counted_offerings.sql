-- Counting the offerings of a term, a department or a faculty reads only an index, not the offerings themselves.
CREATE INDEX offerings_counted
    ON offerings (term_id, department_id, faculty_id, has_exam, is_active, responsible_id, id);
DROP INDEX offerings_by_faculty;
CREATE INDEX offerings_by_faculty
    ON offerings (faculty_id, term_id, department_id, has_exam, is_active, responsible_id, id);
