//! Turns the rows of a group sheet into records of a roster. A row with an error is refused and adds no record.

use super::header::ColumnKind;
use super::sheet::GroupSheet;
use crate::csv_text::shortened;
use crate::group_sheet::cell_words;
use crate::group_sheet::lookup;
use crate::group_sheet::lookup::Lookup;
use crate::roster_report::RosterReading;
use domain::id::{DisciplineId, OfferingId, OrgId, PersonId};
use domain::limits::{ROSTER_CODE_LIMIT, ROSTER_NAME_LIMIT, ROSTER_NUMBER_LIMIT};
use domain::name::{Language, Name};
use domain::offering::{Level, StudyForm};
use domain::person::{Appointment, Person, Role};
use domain::roster::{BadLine, BadValue, Org, OrgKind, Roster, RosterDiscipline, RosterOffering, RosterTerm};
use std::collections::HashSet;
use uuid::Uuid;

impl GroupSheet {
    /// Turns a group sheet into a roster. Names, codes and usernames are looked up among the stored
    /// records `known`.
    pub fn reading(&self, known: &Roster) -> RosterReading {
        let mut builder =
            RosterBuilder { known, found: Lookup::of(known), roster: Roster::default(), added: HashSet::new() };
        let mut refused = Vec::new();
        for row in &self.rows {
            let line = SheetLine { sheet: self, cells: &row.cells, number: row.line };
            match builder.row(&line) {
                Ok(row) => builder.accept(row),
                Err(bad) => refused.push(bad),
            }
        }
        RosterReading { roster: builder.roster, refused, warnings: self.warnings.clone(), ..RosterReading::default() }
    }
}

struct SheetLine<'a> {
    sheet: &'a GroupSheet,
    cells: &'a [String],
    number: u64,
}

/// The instructor named in one row of a group sheet.
struct RowInstructor {
    person: Person,
    /// Appointment as instructor that the roster import adds; `None` if the person already has one.
    appointment: Option<Appointment>,
}

/// The records to which one row of a group sheet refers; some of the records can be new.
struct ResolvedRow {
    term: RosterTerm,
    orgs: Vec<Org>,
    discipline: RosterDiscipline,
    instructor: Option<RowInstructor>,
    offering: RosterOffering,
}

struct RosterBuilder<'a> {
    known: &'a Roster,
    found: Lookup,
    roster: Roster,
    /// Identifiers of all records that `roster` contains, so that each record is added only once.
    added: HashSet<Uuid>,
}

impl SheetLine<'_> {
    fn text(&self, kind: ColumnKind) -> &str {
        self.sheet.cell(self.cells, kind)
    }

    fn bad(&self, kind: ColumnKind, reason: BadValue) -> BadLine {
        BadLine {
            file: self.sheet.name.clone(),
            line: self.number,
            column: self.sheet.column_name(kind).to_owned(),
            value: shortened(self.text(kind)),
            reason,
        }
    }

    fn short(&self, kind: ColumnKind, limit: usize) -> Result<&str, BadLine> {
        let text = self.text(kind);
        if text.chars().count() > limit {
            Err(self.bad(kind, BadValue::TooLong))
        } else if text.chars().any(char::is_control) {
            Err(self.bad(kind, BadValue::NotAllowed))
        } else {
            Ok(text)
        }
    }

    fn required(&self, kind: ColumnKind, limit: usize) -> Result<&str, BadLine> {
        let text = self.short(kind, limit)?;
        if text.is_empty() { Err(self.bad(kind, BadValue::Empty)) } else { Ok(text) }
    }

    fn word<T>(&self, kind: ColumnKind, meaning: fn(&str) -> Option<T>) -> Result<Option<T>, BadLine> {
        match lookup::plain(self.text(kind)).trim_end_matches('.') {
            "" => Ok(None),
            word => meaning(word).map(Some).ok_or_else(|| self.bad(kind, BadValue::NotAllowed)),
        }
    }

    fn students(&self) -> Result<Option<i64>, BadLine> {
        let text = self.text(ColumnKind::Students);
        if text.is_empty() {
            return Ok(None);
        }
        let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let number = digits.and_then(|text| text.parse().ok()).filter(|number| *number <= ROSTER_NUMBER_LIMIT);
        number.map(Some).ok_or_else(|| self.bad(ColumnKind::Students, BadValue::NotANumber))
    }
}

impl RosterBuilder<'_> {
    fn row(&self, line: &SheetLine<'_>) -> Result<ResolvedRow, BadLine> {
        let term = lookup::term(&self.known.terms, line.required(ColumnKind::Term, ROSTER_CODE_LIMIT)?);
        let term = term.ok_or_else(|| line.bad(ColumnKind::Term, BadValue::Unknown))?.clone();
        let orgs = self.units(line)?;
        let Some(department) = orgs.last() else { return Err(line.bad(ColumnKind::Department, BadValue::Empty)) };
        let discipline = self.discipline(line, department)?;
        let instructor = self.instructor(line, department.id)?;
        let responsible = instructor.as_ref().map(|instructor| instructor.person.id);
        let offering = self.offering(line, &term, &discipline, responsible)?;
        Ok(ResolvedRow { term, orgs, discipline, instructor, offering })
    }

    /// Returns the faculty and department that a group sheet row names: stored units if known, else new units.
    fn units(&self, line: &SheetLine<'_>) -> Result<Vec<Org>, BadLine> {
        let (faculty, department) = (
            line.short(ColumnKind::Faculty, ROSTER_NAME_LIMIT)?,
            line.required(ColumnKind::Department, ROSTER_NAME_LIMIT)?,
        );
        let faculties = self.found.orgs(OrgKind::Faculty, faculty);
        let departments = self.found.orgs(OrgKind::Department, department);
        let above = |org: &&Org| faculty.is_empty() || faculties.iter().any(|one| org.parent == Some(one.id));
        let matching: Vec<&Org> = departments.iter().filter(above).collect();
        match (matching.as_slice(), faculties) {
            ([only], _) => Ok(vec![(*only).clone()]),
            // The row is refused, because several stored departments have the department name in
            // the row, and the faculty in the row does not decide between them.
            ([_, _, ..], _) => Err(line.bad(ColumnKind::Department, BadValue::Unknown)),
            ([], _) if faculty.is_empty() => Err(line.bad(ColumnKind::Department, BadValue::Unknown)),
            ([], [known, ..]) => Ok(vec![known.clone(), unit(department, Some(known.id), OrgKind::Department)]),
            ([], []) => {
                let new = unit(faculty, self.found.university(), OrgKind::Faculty);
                let department = unit(department, Some(new.id), OrgKind::Department);
                Ok(vec![new, department])
            }
        }
    }

    /// Returns the discipline whose code is in the sheet row. A name of the discipline in the row
    /// replaces the stored name in the same language.
    fn discipline(&self, line: &SheetLine<'_>, department: &Org) -> Result<RosterDiscipline, BadLine> {
        let code = line.required(ColumnKind::Code, ROSTER_CODE_LIMIT)?;
        let [kk, ru, en] = [ColumnKind::NameKk, ColumnKind::NameRu, ColumnKind::NameEn];
        // A known discipline of another department moves to the department of this row. If an
        // earlier row listed it, it does not move, and this row adds a new discipline.
        let stays = |known: &&RosterDiscipline| known.department == department.id || !self.added.contains(&known.id.0);
        let known = self.found.discipline(code, department.id).filter(stays);
        let name_in = |kind, language| {
            let text = line.short(kind, ROSTER_NAME_LIMIT)?;
            let before = known.map_or("", |known| known.name.exactly(language));
            Ok(if text.is_empty() { before } else { text }.to_owned())
        };
        let name =
            Name { kk: name_in(kk, Language::Kk)?, ru: name_in(ru, Language::Ru)?, en: name_in(en, Language::En)? };
        if name == Name::default() {
            return Err(line.bad(kk, BadValue::Empty));
        }
        let code_here = known.map_or(code, |known| &known.code).to_owned();
        let id = known.map_or_else(|| DisciplineId::of(&["sheet", &department.code, code]), |known| known.id);
        Ok(RosterDiscipline { id, department: department.id, code: code_here, name })
    }

    /// Returns the instructor in a sheet row, stored or new; `None` if the row names no instructor.
    fn instructor(&self, line: &SheetLine<'_>, department: OrgId) -> Result<Option<RowInstructor>, BadLine> {
        let login = line.short(ColumnKind::Login, ROSTER_CODE_LIMIT)?.to_lowercase();
        let name = line.short(ColumnKind::Instructor, ROSTER_NAME_LIMIT)?;
        if login.is_empty() {
            return if name.is_empty() { Ok(None) } else { Err(line.bad(ColumnKind::Login, BadValue::Empty)) };
        }
        let person = match self.found.person(&login) {
            Some(person) => person.clone(),
            None => new_person(&login, name).ok_or_else(|| line.bad(ColumnKind::Instructor, BadValue::Empty))?,
        };
        let appointment = (!self.found.teaches(person.id)).then(|| Appointment {
            id: Appointment::id_of(person.id, Role::Instructor, department),
            person: person.id,
            role: Role::Instructor,
            org: department,
            from: None,
            until: None,
            order: String::new(),
            is_kept_here: false,
        });
        Ok(Some(RowInstructor { person, appointment }))
    }

    fn offering(
        &self,
        line: &SheetLine<'_>,
        term: &RosterTerm,
        discipline: &RosterDiscipline,
        responsible: Option<PersonId>,
    ) -> Result<RosterOffering, BadLine> {
        let group = line.required(ColumnKind::Group, ROSTER_NAME_LIMIT)?;
        let language = line.word(ColumnKind::Language, cell_words::language)?;
        let study_form = line.word(ColumnKind::StudyForm, cell_words::study_form)?;
        let (level, students) = (line.word(ColumnKind::Level, cell_words::level)?, line.students()?);
        let candidates = self.found.offerings(term.id, discipline.id, group);
        let same = |one: &&RosterOffering| {
            language.is_none_or(|language| one.language == language)
                && study_form.is_none_or(|form| one.study_form == form)
        };
        // If the discipline has one known offering with this group name, the row changes that
        // offering. Among several, the language and the form of study in the row decide.
        let known = if candidates.len() == 1 { candidates.first() } else { candidates.iter().find(same) };
        let language = language.or(known.map(|known| known.language)).unwrap_or(Language::Kk);
        let study_form = study_form.or(known.map(|known| known.study_form)).unwrap_or(StudyForm::FullTime);
        let (place, called) = (discipline.id.to_string(), lookup::plain(group));
        let key = ["sheet", &term.code, &place, &called, language.code(), study_form.code()];
        let id = known.map_or_else(|| OfferingId::of(&key), |known| known.id);
        if self.added.contains(&id.0) {
            return Err(line.bad(ColumnKind::Group, BadValue::Duplicate));
        }
        Ok(RosterOffering {
            id,
            term: term.id,
            discipline: discipline.id,
            home: None,
            group: known.map_or(group, |known| &known.group).to_owned(),
            language,
            study_form,
            level: level.or(known.map(|known| known.level)).unwrap_or(Level::Bachelor),
            students: students.or(known.map(|known| known.students)).unwrap_or(0),
            responsible,
            teachers: teachers(known, responsible),
            has_exam: known.is_none_or(|known| known.has_exam),
            is_active: true,
        })
    }

    /// Adds the records of a valid row to the roster, so that later rows of the sheet can refer to them.
    fn accept(&mut self, row: ResolvedRow) {
        if self.added.insert(row.term.id.0) {
            self.roster.terms.push(row.term);
        }
        for org in row.orgs {
            if self.added.insert(org.id.0) {
                self.found.add_org(&org);
                self.roster.orgs.push(org);
            }
        }
        if self.added.insert(row.discipline.id.0) {
            self.found.add_discipline(&row.discipline);
            self.roster.disciplines.push(row.discipline);
        }
        if let Some(RowInstructor { person, appointment }) = row.instructor {
            if let Some(appointment) = appointment.filter(|one| self.added.insert(one.id.0)) {
                self.roster.appointments.push(appointment);
            }
            if self.added.insert(person.id.0) {
                self.found.add_person(&person);
                self.roster.people.push(person);
            }
        }
        self.added.insert(row.offering.id.0);
        self.roster.offerings.push(row.offering);
    }
}

/// Returns the teachers of an offering: the responsible instructor and the other stored teachers.
fn teachers(known: Option<&RosterOffering>, responsible: Option<PersonId>) -> Vec<PersonId> {
    let others = known
        .into_iter()
        .flat_map(|known| known.teachers.iter().copied().filter(|one| Some(*one) != known.responsible));
    let mut teachers: Vec<PersonId> = others.chain(responsible).collect();
    teachers.sort_unstable();
    teachers.dedup();
    teachers
}

fn unit(name: &str, parent: Option<OrgId>, kind: OrgKind) -> Org {
    let above = parent.map(|parent| parent.to_string()).unwrap_or_default();
    let id = OrgId::of(&["sheet", kind.code(), &above, &lookup::plain(name)]);
    Org { id, parent, kind, code: name.to_owned(), name: Name { kk: name.to_owned(), ..Name::default() } }
}

/// Parses a name such as «Family Given Patronymic». The family name is required; the other names can be missing.
fn new_person(login: &str, name: &str) -> Option<Person> {
    let mut parts = name.split_whitespace();
    let family_name = parts.next()?.to_owned();
    let given_name = parts.next().unwrap_or_default().to_owned();
    let middle_name = parts.collect::<Vec<_>>().join(" ");
    let (id, username) = (PersonId::of(&[login]), login.to_owned());
    Some(Person { id, username, family_name, given_name, middle_name, locale: None, is_enabled: true, email: None })
}
