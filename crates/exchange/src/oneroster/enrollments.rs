//! Reads the file `enrollments.csv` of a roster, which lists the teachers and students of each
//! class.

use super::classes::{Class, Classes, check_school};
use super::line::{CsvColumn, CsvLine};
use super::orgs::Orgs;
use super::roles::UnusedRoles;
use super::sheet::CsvFile;
use super::users::Users;
use crate::roster_report::ReadingReport;
use domain::id::PersonId;
use domain::roster::{BadLine, BadValue};

/// A person who teaches or studies in a class, from one row of `enrollments.csv`.
#[derive(Clone, Copy)]
pub(super) struct Member {
    /// The line number of the teacher's or student's row in `enrollments.csv`.
    pub(super) line: u64,
    pub(super) person: PersonId,
}

/// A teacher of a class, from one row of `enrollments.csv`.
#[derive(Clone, Copy)]
pub(super) struct Teacher {
    pub(super) member: Member,
    /// Whether the roster marks the teacher as the primary one. The primary teacher chooses the
    /// exam of the class.
    pub(super) is_primary: bool,
}

/// The teachers and students of one class of the roster, from the rows of `enrollments.csv`.
#[derive(Default)]
pub(super) struct ClassMembers {
    /// Whether a row of `enrollments.csv` with a teacher of the class was refused.
    pub(super) is_incomplete: bool,
    /// The teachers of the class, from the accepted rows of `enrollments.csv`.
    pub(super) teachers: Vec<Teacher>,
    /// The students of the class, from the accepted rows of `enrollments.csv`.
    pub(super) students: Vec<Member>,
}

/// The part that a person has in a class: teacher or student.
#[derive(Clone, Copy)]
enum ClassPart {
    Teaches,
    Studies,
}

/// The meaning of a role in `enrollments.csv`: teacher, student, or a role that is not used.
enum EnrollmentMeaning {
    Enrolls(ClassPart),
    Unused,
}

fn meaning(word: &str) -> Option<EnrollmentMeaning> {
    match word {
        "teacher" => Some(EnrollmentMeaning::Enrolls(ClassPart::Teaches)),
        "student" => Some(EnrollmentMeaning::Enrolls(ClassPart::Studies)),
        "administrator" | "proctor" => Some(EnrollmentMeaning::Unused),
        _ => None,
    }
}

struct EnrollmentColumns {
    class: CsvColumn,
    school: CsvColumn,
    user: CsvColumn,
    role: CsvColumn,
    primary: CsvColumn,
}

/// The records from other roster files to which an enrolment can refer: units, people and classes.
pub(super) struct EnrollmentReferences<'a> {
    pub(super) orgs: &'a Orgs,
    pub(super) users: &'a Users,
    pub(super) classes: &'a Classes,
}

/// Reads the teachers and students of all classes from `enrollments.csv`. The result has one entry
/// for each class, in the same sequence as the list of classes.
pub(super) fn read(sheet: &CsvFile, known: &EnrollmentReferences<'_>, report: &mut ReadingReport) -> Vec<ClassMembers> {
    let [class, school, user] = sheet.columns(["classSourcedId", "schoolSourcedId", "userSourcedId"]);
    let [role, primary] = sheet.columns(["role", "primary"]);
    let columns = EnrollmentColumns { class, school, user, role, primary };
    let mut members_by_class: Vec<ClassMembers> = known.classes.list.iter().map(|_| ClassMembers::default()).collect();
    let mut unused = UnusedRoles::default();
    sheet.each(report, |line| {
        match columns.meaning(line)? {
            EnrollmentMeaning::Enrolls(part) => columns.enroll(line, part, known, &mut members_by_class)?,
            EnrollmentMeaning::Unused => unused.count(line.text(columns.role)),
        }
        Ok(())
    });
    unused.report(sheet.file(), report);
    members_by_class
}

impl EnrollmentColumns {
    fn meaning(&self, line: &CsvLine<'_>) -> Result<EnrollmentMeaning, BadLine> {
        line.word(self.role, meaning)?.ok_or_else(|| line.bad(self.role, BadValue::Empty))
    }

    fn enroll(
        &self,
        line: &CsvLine<'_>,
        part: ClassPart,
        known: &EnrollmentReferences<'_>,
        members_by_class: &mut [ClassMembers],
    ) -> Result<(), BadLine> {
        let class = line.find(self.class, &known.classes.known)?;
        // The list `members_by_class` has an entry for every class that was read from
        // `classes.csv`, so finding the entry of this class cannot fail.
        let Some(members) = members_by_class.get_mut(class) else { return Ok(()) };
        let row = self.member(line, known);
        // If the row of a teacher is refused, the responsible instructor of the class is unknown.
        // The class is then not imported, so that its stored offering remains unchanged.
        members.is_incomplete |= row.is_err() && matches!(part, ClassPart::Teaches);
        let row = row?;
        match part {
            ClassPart::Teaches => members.teachers.push(row),
            ClassPart::Studies => members.students.push(row.member),
        }
        Ok(())
    }
}

impl EnrollmentColumns {
    /// Reads the person in a row of `enrollments.csv`. For a student, the column `primary` is read
    /// but not used.
    fn member(&self, line: &CsvLine<'_>, known: &EnrollmentReferences<'_>) -> Result<Teacher, BadLine> {
        let person = line.find(self.user, &known.users.known)?;
        check_school(line, self.school, known.orgs)?;
        let is_primary = line.flag(self.primary)?.unwrap_or(false);
        Ok(Teacher { member: Member { line: line.number, person }, is_primary })
    }
}

impl ClassMembers {
    /// Returns the number of accepted rows about teachers and students of the class.
    pub(super) fn count(&self) -> usize {
        self.teachers.len() + self.students.len()
    }

    /// Returns the instructor who chooses the exam of the class: the only primary teacher, or the
    /// only teacher if none is primary. Returns `None` if the class has no teacher.
    ///
    /// # Errors
    /// The row of a second teacher, if more than one teacher could be the responsible instructor.
    pub(super) fn responsible(&self) -> Result<Option<PersonId>, Teacher> {
        let primary = self.teachers.iter().filter(|teacher| teacher.is_primary);
        only(primary).and_then(|found| match found {
            Some(person) => Ok(Some(person)),
            None => only(self.teachers.iter()),
        })
    }

    /// Returns the ids of all teachers of the class, sorted and without duplicates.
    pub(super) fn teachers(&self) -> Vec<PersonId> {
        sorted(self.teachers.iter().map(|teacher| teacher.member.person))
    }

    /// Returns the ids of all students of the class, sorted and without duplicates.
    pub(super) fn students(&self) -> Vec<PersonId> {
        sorted(self.students.iter().map(|member| member.person))
    }

    /// Refuses all rows of a class in `enrollments.csv`, because more than one teacher could be the
    /// responsible instructor. The row of the teacher `fault` gets the error that the class has no
    /// single primary teacher. The other rows get the error that they refer to an unknown class.
    pub(super) fn refuse(&self, sheet: &CsvFile, class: &Class, fault: Teacher, report: &mut ReadingReport) {
        let primary = if fault.is_primary { "true" } else { "" };
        report.refused.push(sheet.bad(fault.member.line, "primary", primary, BadValue::NoSinglePrimary));
        let rows = self.teachers.iter().map(|teacher| &teacher.member).chain(&self.students);
        let others = rows.filter(|member| member.line != fault.member.line);
        let refusal = |member: &Member| sheet.bad(member.line, "classSourcedId", &class.key, BadValue::Unknown);
        report.refused.extend(others.map(refusal));
    }
}

/// Returns the teacher named in some rows of `enrollments.csv`, if all these rows name the same
/// person. The error contains the first row that names a different person.
fn only<'a>(mut teachers: impl Iterator<Item = &'a Teacher>) -> Result<Option<PersonId>, Teacher> {
    let Some(first) = teachers.next() else { return Ok(None) };
    match teachers.find(|teacher| teacher.member.person != first.member.person) {
        Some(other) => Err(*other),
        None => Ok(Some(first.member.person)),
    }
}

fn sorted(people: impl Iterator<Item = PersonId>) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = people.collect();
    people.sort_unstable();
    people.dedup();
    people
}
