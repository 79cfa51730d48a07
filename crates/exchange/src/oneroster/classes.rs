//! Reads the file `classes.csv` of a roster. A class in OneRoster is a discipline taught to one
//! student group, in one academic term or in several.

use super::courses::Courses;
use super::line::{CsvColumn, CsvLine};
use super::orgs::Orgs;
use super::sessions::Terms;
use super::sheet::CsvFile;
use crate::roster_report::ReadingReport;
use domain::id::{DisciplineId, OfferingId, TermId};
use domain::limits::ROSTER_CLASS_TERMS_LIMIT;
use domain::name::Language;
use domain::offering::{Level, StudyForm};
use domain::roster::{BadLine, BadValue};
use std::collections::HashMap;

/// A class of OneRoster (a discipline taught to one student group). If the class has several
/// academic terms, the import makes one offering for each of them.
pub(super) struct Class {
    /// The identifier that the class has in the roster files.
    pub(super) key: String,
    /// The ids of the offerings that the import makes of the class, each with its academic term.
    pub(super) offerings: Vec<(OfferingId, TermId)>,
    pub(super) discipline: DisciplineId,
    pub(super) group: String,
    /// The language of instruction of the class; Kazakh if the roster names no language.
    pub(super) language: Language,
    pub(super) study_form: StudyForm,
    pub(super) level: Level,
    /// The number of students of the class according to `classes.csv`; `None` if the cell is empty.
    pub(super) students: Option<i64>,
    /// Whether the class has a final exam; true if the cell of the roster is empty.
    pub(super) has_exam: bool,
}

/// The classes from all accepted rows of `classes.csv`.
pub(super) struct Classes {
    /// The accepted classes, in the sequence of the rows in `classes.csv`.
    pub(super) list: Vec<Class>,
    /// The position of each class in the field `list`. The key is the identifier of the class in
    /// the roster files.
    pub(super) known: HashMap<String, usize>,
}

/// The records from other roster files to which a class can refer: units, academic terms and
/// disciplines.
pub(super) struct ClassReferences<'a> {
    pub(super) orgs: &'a Orgs,
    pub(super) terms: &'a Terms,
    pub(super) courses: &'a Courses,
}

struct ClassColumns {
    key: CsvColumn,
    course: CsvColumn,
    school: CsvColumn,
    terms: CsvColumn,
    /// The columns of `classes.csv` that can contain the name of the student group. The first of
    /// these columns that is not empty is used.
    group: [CsvColumn; 2],
    title: CsvColumn,
    language: CsvColumn,
    study_form: CsvColumn,
    level: CsvColumn,
    students: CsvColumn,
    has_exam: CsvColumn,
}

impl Classes {
    /// Reads the classes from the rows of `classes.csv`.
    pub(super) fn read(sheet: &CsvFile, known: &ClassReferences<'_>, report: &mut ReadingReport) -> Self {
        let columns = ClassColumns::of(sheet);
        let mut classes = Self { list: Vec::new(), known: HashMap::new() };
        sheet.each(report, |line| {
            let class = columns.class(line, known)?;
            classes.known.insert(class.key.clone(), classes.list.len());
            classes.list.push(class);
            Ok(())
        });
        classes
    }
}

impl ClassColumns {
    fn of(sheet: &CsvFile) -> Self {
        let [key, course, school, terms, title] =
            sheet.columns(["sourcedId", "courseSourcedId", "schoolSourcedId", "termSourcedIds", "title"]);
        let [language, study_form, level] =
            sheet.columns(["metadata.language", "metadata.studyForm", "metadata.level"]);
        let [students, has_exam] = sheet.columns(["metadata.students", "metadata.finalExam"]);
        let group = sheet.columns(["metadata.groupCode", "classCode"]);
        Self { key, course, school, terms, group, title, language, study_form, level, students, has_exam }
    }

    fn class(&self, line: &CsvLine<'_>, known: &ClassReferences<'_>) -> Result<Class, BadLine> {
        let key = line.key(self.key)?;
        let discipline = line.find(self.course, &known.courses.known)?;
        check_school(line, self.school, known.orgs)?;
        let in_term = |term: &str| {
            let id = known.terms.known.get(term).copied();
            let id = id.ok_or_else(|| line.bad_value(self.terms, term, BadValue::Unknown))?;
            Ok((OfferingId::of(&[key, term]), id))
        };
        Ok(Class {
            key: key.to_owned(),
            offerings: self.term_keys(line)?.into_iter().map(in_term).collect::<Result<_, BadLine>>()?,
            discipline,
            group: self.group(line)?,
            language: line.word(self.language, Language::from_code)?.unwrap_or(Language::Kk),
            study_form: line.word(self.study_form, study_form)?.unwrap_or(StudyForm::FullTime),
            level: line.word(self.level, Level::from_code)?.unwrap_or(Level::Bachelor),
            students: line.number(self.students)?,
            has_exam: line.flag(self.has_exam)?.unwrap_or(true),
        })
    }

    /// Returns the identifiers of the academic terms of a class, as written in the roster row,
    /// without duplicates.
    fn term_keys<'a>(&self, line: &'a CsvLine<'_>) -> Result<Vec<&'a str>, BadLine> {
        let mut keys = Vec::new();
        for key in line.text(self.terms).split(',').map(str::trim).filter(|key| !key.is_empty()) {
            if !keys.contains(&key) {
                keys.push(key);
            }
            if keys.len() > ROSTER_CLASS_TERMS_LIMIT {
                return Err(line.bad(self.terms, BadValue::TooLong));
            }
        }
        if keys.is_empty() { Err(line.bad(self.terms, BadValue::Empty)) } else { Ok(keys) }
    }

    fn group(&self, line: &CsvLine<'_>) -> Result<String, BadLine> {
        for column in self.group {
            let group = line.name(column)?;
            if !group.is_empty() {
                return Ok(group);
            }
        }
        line.required_name(self.title)
    }
}

/// Checks that the unit (such as a department) named in the row of a class or an enrolment exists.
/// The import does not use this unit otherwise.
pub(super) fn check_school(line: &CsvLine<'_>, school: CsvColumn, orgs: &Orgs) -> Result<(), BadLine> {
    if line.text(school).is_empty() { Ok(()) } else { line.find(school, &orgs.known).map(|_| ()) }
}

fn study_form(word: &str) -> Option<StudyForm> {
    match word {
        "fullTime" => Some(StudyForm::FullTime),
        "evening" => Some(StudyForm::Evening),
        "partTime" => Some(StudyForm::PartTime),
        "distance" => Some(StudyForm::Distance),
        _ => None,
    }
}
