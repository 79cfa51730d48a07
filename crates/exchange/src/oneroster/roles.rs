//! `roles.csv`: who is appointed to what, where and when.

use super::Report;
use super::line::{Column, Line};
use super::notice::Notice;
use super::orgs::Orgs;
use super::sheet::Sheet;
use super::users::Users;
use domain::id::AppointmentId;
use domain::person::{Appointment, Role};
use domain::roster::{BadLine, BadValue};
use std::collections::BTreeMap;

/// What a role of the file is for us.
enum Meaning {
    Appoints(Role),
    Unused,
}

fn meaning(word: &str) -> Option<Meaning> {
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
        // The rest of the standard's list (OneRoster 1.2, `RoleEnum`).
        "aide"
        | "counselor"
        | "districtAdministrator"
        | "guardian"
        | "parent"
        | "principal"
        | "proctor"
        | "relative"
        | "siteAdministrator" => return Some(Meaning::Unused),
        _ => return None,
    };
    Some(Meaning::Appoints(role))
}

/// Rows with a role that has no part in final exams, counted by role.
#[derive(Default)]
pub(super) struct Unused(BTreeMap<String, u64>);

impl Unused {
    /// One more row with this role.
    pub(super) fn count(&mut self, role: &str) {
        *self.0.entry(role.to_owned()).or_default() += 1;
    }

    /// One notice for each role.
    pub(super) fn report(self, file: &'static str, report: &mut Report) {
        let notices = self.0.into_iter().map(|(role, lines)| Notice::UnusedRole { file, role, lines });
        report.notices.extend(notices);
    }
}

struct Columns {
    key: Column,
    user: Column,
    role: Column,
    org: Column,
    from: Column,
    until: Column,
}

/// Reads the file.
pub(super) fn read(sheet: &Sheet, users: &Users, orgs: &Orgs, report: &mut Report) -> Vec<Appointment> {
    let [key, user, role] = sheet.columns(["sourcedId", "userSourcedId", "role"]);
    let [org, from, until] = sheet.columns(["orgSourcedId", "beginDate", "endDate"]);
    let columns = Columns { key, user, role, org, from, until };
    let mut appointments = Vec::new();
    let mut unused = Unused::default();
    sheet.each(report, |line| {
        match columns.meaning(line)? {
            Meaning::Appoints(role) => appointments.push(columns.appointment(line, role, users, orgs)?),
            Meaning::Unused => unused.count(line.text(columns.role)),
        }
        Ok(())
    });
    unused.report(sheet.file(), report);
    appointments
}

impl Columns {
    fn meaning(&self, line: &Line<'_>) -> Result<Meaning, BadLine> {
        line.word(self.role, meaning)?.ok_or_else(|| line.bad(self.role, BadValue::Empty))
    }

    fn appointment(&self, line: &Line<'_>, role: Role, users: &Users, orgs: &Orgs) -> Result<Appointment, BadLine> {
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
        Ok(Appointment { from, until, ..Appointment::of(id, (person, role), org) })
    }
}
