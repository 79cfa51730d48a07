//! Reads the file `roles.csv` of a roster, which lists the appointments of people: role, unit and
//! dates.

use super::line::{CsvColumn, CsvLine};
use super::orgs::Orgs;
use super::sheet::CsvFile;
use super::users::Users;
use crate::roster_report::{AccountRow, ReadingReport, ReadingWarning};
use domain::id::AppointmentId;
use domain::person::{Appointment, Role};
use domain::roster::{BadLine, BadValue};
use std::collections::{BTreeMap, HashMap};

/// The meaning of a role that is named in `roles.csv`: a role of the application, or a role that
/// the application does not use.
enum RoleMeaning {
    Appoints(Role),
    Unused,
}

fn meaning(word: &str) -> Option<RoleMeaning> {
    let role = match word {
        "teacher" => Role::Instructor,
        "student" => Role::Student,
        "ext:headOfDepartment" => Role::Head,
        "ext:actingHead" => Role::ActingHead,
        "ext:dean" => Role::Dean,
        "ext:deanOffice" => Role::DeanOffice,
        "ext:registrar" => Role::Registrar,
        "ext:auditor" => Role::Auditor,
        "systemAdministrator" => Role::Administrator,
        // The following roles of the OneRoster standard have no part in final exams (OneRoster 1.2,
        // `RoleEnum`).
        "aide"
        | "counselor"
        | "districtAdministrator"
        | "guardian"
        | "parent"
        | "principal"
        | "proctor"
        | "relative"
        | "siteAdministrator" => return Some(RoleMeaning::Unused),
        _ => return None,
    };
    Some(RoleMeaning::Appoints(role))
}

/// The number of skipped rows in a roster file, for each role of the OneRoster standard that has no
/// part in final exams.
#[derive(Default)]
pub(super) struct UnusedRoles(BTreeMap<String, u64>);

impl UnusedRoles {
    /// Counts one skipped roster row with a role that has no part in final exams.
    pub(super) fn count(&mut self, role: &str) {
        *self.0.entry(role.to_owned()).or_default() += 1;
    }

    /// Adds one warning for each role whose rows were skipped, with the number of rows.
    pub(super) fn report(self, file: &'static str, report: &mut ReadingReport) {
        let warnings = self.0.into_iter().map(|(role, lines)| ReadingWarning::UnusedRole { file, role, lines });
        report.warnings.extend(warnings);
    }
}

struct RoleColumns {
    key: CsvColumn,
    user: CsvColumn,
    role: CsvColumn,
    org: CsvColumn,
    from: CsvColumn,
    until: CsvColumn,
}

/// Reads the appointments of people from the rows of `roles.csv`.
pub(super) fn read(sheet: &CsvFile, users: &Users, orgs: &Orgs, report: &mut ReadingReport) -> Vec<Appointment> {
    let [key, user, role] = sheet.columns(["sourcedId", "userSourcedId", "role"]);
    let [org, from, until] = sheet.columns(["orgSourcedId", "beginDate", "endDate"]);
    let columns = RoleColumns { key, user, role, org, from, until };
    let mut appointments = Vec::new();
    let mut unused = UnusedRoles::default();
    let mut rows = HashMap::new();
    sheet.each(report, |line| {
        match columns.meaning(line)? {
            RoleMeaning::Appoints(role) => {
                let appointment = columns.appointment(line, role, users, orgs)?;
                let value = line.text(columns.role).to_owned();
                rows.insert(appointment.id, AccountRow { line: line.number, value });
                appointments.push(appointment);
            }
            RoleMeaning::Unused => unused.count(line.text(columns.role)),
        }
        Ok(())
    });
    report.account_rows.appointments = rows;
    unused.report(sheet.file(), report);
    appointments
}

impl RoleColumns {
    fn meaning(&self, line: &CsvLine<'_>) -> Result<RoleMeaning, BadLine> {
        line.word(self.role, meaning)?.ok_or_else(|| line.bad(self.role, BadValue::Empty))
    }

    fn appointment(&self, line: &CsvLine<'_>, role: Role, users: &Users, orgs: &Orgs) -> Result<Appointment, BadLine> {
        let from = line.date(self.from)?;
        let until = line.date(self.until)?;
        if from.zip(until).is_some_and(|(from, until)| from > until) {
            return Err(line.bad(self.until, BadValue::WrongOrder));
        }
        let (org, kind) = line.find(self.org, &orgs.known)?;
        if !role.is_held_in(kind) {
            return Err(line.bad(self.org, BadValue::WrongUnit));
        }
        let person = line.find(self.user, &users.known)?;
        let id = AppointmentId::of(&[line.key(self.key)?]);
        Ok(Appointment { from, until, ..Appointment::of(id, person, role, org) })
    }
}
