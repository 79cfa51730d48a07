//! Reads a roster in the CSV format of the standard OneRoster 1.2 from a folder or a zip file.
//!
//! The reader is tolerant and reports every deviation from the standard. Byte order marks, other
//! separators, the encoding Windows-1251 and unknown columns only cause a
//! [`ReadingWarning`](crate::roster_report::ReadingWarning). A roster row with an error is refused
//! and reported, and so is every roster row that refers to the refused row. Only a missing file, a
//! wrong header or an unreadable encoding makes the whole roster unreadable.

mod bundle;
mod classes;
mod courses;
mod enrollments;
mod line;
mod manifest;
mod orgs;
mod refused_rows;
mod roles;
mod schema;
mod sessions;
mod sheet;
mod users;

pub use refused_rows::refused_rows_zip;

use crate::roster_report::{ReadingReport, RosterReading, UnreadableReason, UnreadableRoster};
use bundle::Bundle;
use classes::{Class, Classes};
use courses::Courses;
use domain::id::PersonId;
use domain::limits::ROSTER_LINES_LIMIT;
use domain::roster::{Enrolment, Roster, RosterOffering};
use enrollments::ClassMembers;
use manifest::Files;
use orgs::Orgs;
use sessions::Terms;
use sheet::CsvFile;
use std::fs::File;
use std::path::Path;
use users::Users;

/// Reads a roster from the OneRoster files in a folder or a zip file.
///
/// # Errors [`UnreadableRoster`] with the error for which the whole roster is refused.
pub fn read(source: &Path) -> Result<RosterReading, UnreadableRoster> {
    read_bundle(Bundle::open(source)?)
}

/// Reads a roster from the OneRoster files in an opened zip file. The parameter `name` is the name
/// of the zip file for error messages.
///
/// # Errors [`UnreadableRoster`] with the error for which the whole roster is refused.
pub fn read_zip(file: File, name: &str) -> Result<RosterReading, UnreadableRoster> {
    read_bundle(Bundle::of_zip(file, name)?)
}

fn read_bundle(bundle: Bundle) -> Result<RosterReading, UnreadableRoster> {
    let mut report = ReadingReport::default();
    let sheets = RosterCsvFiles::open(bundle, &mut report)?;
    let roster = sheets.read(&mut report)?;
    let ReadingReport { account_rows, mut refused, warnings, .. } = report;
    let place = |file: &str| schema::ALL.iter().position(|shape| shape.file == file);
    refused.sort_by_cached_key(|bad| (place(&bad.file), bad.line));
    Ok(RosterReading { roster, refused, account_rows, warnings })
}

/// The opened CSV files of a OneRoster roster. Their headers are valid.
struct RosterCsvFiles {
    orgs: CsvFile,
    sessions: CsvFile,
    courses: CsvFile,
    users: CsvFile,
    roles: CsvFile,
    classes: CsvFile,
    enrollments: CsvFile,
}

impl RosterCsvFiles {
    fn open(bundle: Bundle, report: &mut ReadingReport) -> Result<Self, UnreadableRoster> {
        let mut files = Files::open(bundle, report)?;
        if !files.is_absent(&schema::CLASSES) && files.is_absent(&schema::ENROLLMENTS) {
            return Err(UnreadableReason::NotOptional.of(schema::ENROLLMENTS.file));
        }
        Ok(Self {
            orgs: files.sheet(&schema::ORGS, report)?,
            sessions: files.sheet(&schema::SESSIONS, report)?,
            courses: files.sheet(&schema::COURSES, report)?,
            users: files.sheet(&schema::USERS, report)?,
            roles: files.sheet(&schema::ROLES, report)?,
            classes: files.sheet(&schema::CLASSES, report)?,
            enrollments: files.sheet(&schema::ENROLLMENTS, report)?,
        })
    }

    fn read(&self, report: &mut ReadingReport) -> Result<Roster, UnreadableRoster> {
        let orgs = Orgs::read(&self.orgs, report);
        let terms = Terms::read(&self.sessions, report);
        let courses = Courses::read(&self.courses, &orgs, report);
        let users = Users::read(&self.users, report);
        let appointments = roles::read(&self.roles, &users, &orgs, report);
        let known = classes::ClassReferences { orgs: &orgs, terms: &terms, courses: &courses };
        let classes = Classes::read(&self.classes, &known, report);
        let known = enrollments::EnrollmentReferences { orgs: &orgs, users: &users, classes: &classes };
        let members_by_class = enrollments::read(&self.enrollments, &known, report);
        // Every term of a class gets its own group with all members of the class.
        let records = classes.list.iter().zip(&members_by_class);
        let records = records.map(|(class, members)| class.offerings.len() * (1 + members.count()));
        if records.fold(0, usize::saturating_add) > ROSTER_LINES_LIMIT {
            return Err(UnreadableReason::TooLong.of(schema::CLASSES.file));
        }
        let mut roster = Roster {
            orgs: orgs.list,
            terms: terms.list,
            people: users.list,
            appointments,
            disciplines: courses.list,
            ..Roster::default()
        };
        for (class, members) in classes.list.iter().zip(&members_by_class).filter(|(_, members)| !members.is_incomplete)
        {
            match members.responsible() {
                Ok(responsible) => add_offerings(&mut roster, class, members, responsible),
                Err(fault) => members.refuse(&self.enrollments, class, fault, report),
            }
        }
        Ok(roster)
    }
}

fn add_offerings(roster: &mut Roster, class: &Class, members: &ClassMembers, responsible: Option<PersonId>) {
    let students = members.students();
    for &(id, term) in &class.offerings {
        roster.offerings.push(RosterOffering {
            id,
            term,
            discipline: class.discipline,
            home: None,
            group: class.group.clone(),
            language: class.language,
            study_form: class.study_form,
            level: class.level,
            students: class.students.unwrap_or_else(|| i64::try_from(students.len()).unwrap_or(i64::MAX)),
            responsible,
            teachers: members.teachers(),
            has_exam: class.has_exam,
            is_active: true,
        });
        roster.enrolments.extend(students.iter().map(|&person| Enrolment { offering: id, person }));
    }
}

#[cfg(test)]
mod tests;
