//! Reads the file `users.csv` of a roster, which lists the people of the university. Passwords in
//! the file are never read.

use super::line::{CsvColumn, CsvLine};
use super::sheet::CsvFile;
use crate::roster_report::{AccountRow, ReadingReport, ReadingWarning};
use domain::id::PersonId;
use domain::name::Language;
use domain::person::{EmailAddress, Person};
use domain::roster::{BadLine, BadValue};
use std::collections::{HashMap, HashSet};

/// The people from all accepted rows of `users.csv`.
pub(super) struct Users {
    /// The accepted people, in the sequence of the rows in `users.csv`.
    pub(super) list: Vec<Person>,
    /// The id of each person, by the identifier of the person in the roster files.
    pub(super) known: HashMap<String, PersonId>,
}

struct UserColumns {
    key: CsvColumn,
    username: CsvColumn,
    family_name: CsvColumn,
    given_name: CsvColumn,
    middle_name: CsvColumn,
    locale: CsvColumn,
    is_enabled: CsvColumn,
    email: CsvColumn,
}

impl Users {
    /// Reads the people from the rows of `users.csv`. Two people cannot have usernames that differ
    /// only in upper and lower case.
    pub(super) fn read(sheet: &CsvFile, report: &mut ReadingReport) -> Self {
        let [key, username, family_name, given_name] =
            sheet.columns(["sourcedId", "username", "familyName", "givenName"]);
        let [middle_name, locale, is_enabled, email] =
            sheet.columns(["middleName", "metadata.locale", "enabledUser", "email"]);
        let columns = UserColumns { key, username, family_name, given_name, middle_name, locale, is_enabled, email };
        let mut bad_addresses = 0;
        let mut users = Self { list: Vec::new(), known: HashMap::new() };
        let mut usernames = HashSet::new();
        let mut rows = HashMap::new();
        sheet.each(report, |line| {
            let person = columns.person(line)?;
            // A person with an invalid email address is imported without an email address, and
            // counted for a warning.
            bad_addresses += u64::from(person.email.is_none() && !line.text(email).is_empty());
            if !usernames.insert(person.username.clone()) {
                return Err(line.bad(username, BadValue::Duplicate));
            }
            rows.insert(person.id, AccountRow { line: line.number, value: person.username.clone() });
            users.known.insert(line.key(key)?.to_owned(), person.id);
            users.list.push(person);
            Ok(())
        });
        report.account_rows.people = rows;
        if bad_addresses > 0 {
            report.warnings.push(ReadingWarning::BadAddresses { file: "users.csv", lines: bad_addresses });
        }
        users
    }
}

impl UserColumns {
    fn person(&self, line: &CsvLine<'_>) -> Result<Person, BadLine> {
        let is_enabled = line.flag(self.is_enabled)?;
        Ok(Person {
            id: PersonId::of(&[line.key(self.key)?]),
            username: line.key(self.username)?.to_lowercase(),
            family_name: line.required_name(self.family_name)?,
            given_name: line.required_name(self.given_name)?,
            middle_name: line.name(self.middle_name)?,
            locale: line.word(self.locale, Language::from_code)?,
            is_enabled: is_enabled.ok_or_else(|| line.bad(self.is_enabled, BadValue::Empty))?,
            email: EmailAddress::parse(line.text(self.email)),
        })
    }
}
