//! Recognises the columns of a group sheet by their names in Kazakh, Russian or English. The
//! columns can be in any sequence.

use crate::column_name::{ERROR_COLUMN, normalized};
use crate::roster_report::UnreadableReason;

/// The kinds of columns that a group sheet can have, such as department or group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Term,
    Faculty,
    Department,
    Code,
    NameKk,
    NameRu,
    NameEn,
    Group,
    Language,
    StudyForm,
    Level,
    Students,
    Login,
    Instructor,
    /// The column in which the server describes the error of each refused row. The server adds this
    /// column to a group sheet for correction, and skips it when the corrected sheet is read.
    Error,
}

/// The columns of a group sheet with all their possible names. The first three names of each column
/// are those in the template in Kazakh, Russian and English.
const CALLED: [(ColumnKind, &[&str]); 15] = [
    (
        ColumnKind::Term,
        &["семестр", "семестр", "term", "семестр коды", "код семестра", "академиялық кезең", "semester"],
    ),
    (ColumnKind::Faculty, &["факультет", "факультет", "faculty"]),
    (ColumnKind::Department, &["кафедра", "кафедра", "department"]),
    (ColumnKind::Code, &["пән коды", "код дисциплины", "discipline code", "course code", "код"]),
    (ColumnKind::NameKk, &["пән атауы (қазақша)", "дисциплина (каз.)", "discipline (kk)", "пән атауы", "пән"]),
    (
        ColumnKind::NameRu,
        &["пән атауы (орысша)", "дисциплина (рус.)", "discipline (ru)", "название дисциплины", "дисциплина"],
    ),
    (ColumnKind::NameEn, &["пән атауы (ағылшынша)", "дисциплина (англ.)", "discipline (en)", "discipline", "course"]),
    (ColumnKind::Group, &["топ", "группа", "group"]),
    (ColumnKind::Language, &["оқыту тілі", "язык обучения", "language", "тілі", "язык", "language of instruction"]),
    (ColumnKind::StudyForm, &["оқу түрі", "форма обучения", "study form", "оқу нысаны"]),
    (ColumnKind::Level, &["деңгейі", "уровень", "level", "оқу деңгейі", "уровень обучения"]),
    (
        ColumnKind::Students,
        &["студенттер саны", "количество студентов", "students", "студенттер", "студенты", "число студентов"],
    ),
    (
        ColumnKind::Login,
        &[
            "оқытушы логині",
            "логин преподавателя",
            "instructor login",
            "оқытушының логині",
            "логин",
            "login",
            "username",
        ],
    ),
    (
        ColumnKind::Instructor,
        &["оқытушы", "преподаватель", "instructor name", "instructor", "фио", "фио преподавателя", "аты-жөні"],
    ),
    (ColumnKind::Error, &ERROR_COLUMN),
];

/// The columns that every group sheet has to contain: academic term, department, discipline code
/// and group.
const REQUIRED: [ColumnKind; 4] = [ColumnKind::Term, ColumnKind::Department, ColumnKind::Code, ColumnKind::Group];

/// A column in the template of a group sheet.
pub(super) struct TemplateColumn {
    pub(super) kind: ColumnKind,
    /// The name of the column in the header of the group sheet's template.
    pub(super) name: &'static str,
}

/// Returns the columns of the group sheet's template in one language. The parameter `language` is 0
/// for Kazakh, 1 for Russian, 2 for English.
pub(super) fn template(language: usize) -> impl Iterator<Item = TemplateColumn> {
    let called = CALLED.iter().filter(|(kind, _)| *kind != ColumnKind::Error);
    called.filter_map(move |(kind, names)| Some(TemplateColumn { kind: *kind, name: names.get(language)? }))
}

/// The positions of the recognised columns in a group sheet.
pub(super) struct HeaderColumns {
    places: Vec<(ColumnKind, usize)>,
    /// The names of the columns of the group sheet that are not recognised.
    pub(super) unknown: Vec<String>,
}

impl HeaderColumns {
    /// Recognises the columns in the header of a group sheet. Refuses a header without a required
    /// column, or with the same column twice.
    pub(super) fn of(header: &[String]) -> Result<Self, UnreadableReason> {
        let mut columns = Self { places: Vec::new(), unknown: Vec::new() };
        for (place, name) in header.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
            match meaning(name) {
                Some(kind) if columns.place(kind).is_some() => {
                    return Err(UnreadableReason::WrongHeader { column: name.trim().to_owned() });
                }
                Some(kind) => columns.places.push((kind, place)),
                None => columns.unknown.push(name.trim().to_owned()),
            }
        }
        match REQUIRED.into_iter().find(|kind| columns.place(*kind).is_none()) {
            Some(missing) => Err(UnreadableReason::WrongHeader { column: names_of(missing) }),
            None => Ok(columns),
        }
    }

    /// Returns the position of a column in the group sheet; `None` if the sheet does not have the
    /// column.
    pub(super) fn place(&self, wanted: ColumnKind) -> Option<usize> {
        self.places.iter().find(|(kind, _)| *kind == wanted).map(|(_, place)| *place)
    }
}

/// Returns the names of a group sheet's column in Kazakh, Russian and English, for the error that
/// the column is missing.
fn names_of(wanted: ColumnKind) -> String {
    let called = CALLED.iter().find(|(kind, _)| *kind == wanted);
    let mut names: Vec<&str> = called.into_iter().flat_map(|(_, names)| names.iter().copied().take(3)).collect();
    names.dedup();
    names.join(" / ")
}

fn meaning(name: &str) -> Option<ColumnKind> {
    let name = normalized(name);
    CALLED.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(header: &[&str]) -> Result<HeaderColumns, UnreadableReason> {
        HeaderColumns::of(&header.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn the_template_is_understood_in_every_language_and_no_word_means_two_columns() {
        for language in 0..3 {
            let header: Vec<&str> = template(language).map(|column| column.name).collect();
            let found = columns(&header).unwrap();
            assert_eq!((found.places.len(), found.unknown.len()), (14, 0), "{header:?}");
        }
        for (kind, names) in CALLED {
            assert!(names.iter().all(|name| meaning(name) == Some(kind)), "{kind:?}");
        }
    }

    #[test]
    fn a_header_is_read_tolerantly_but_says_what_is_missing_or_twice() {
        let found = columns(&["ГРУППА*", " Кафедра: ", "", "Код  дисциплины", "Term", "note", "Ошибка"]).unwrap();
        assert_eq!(found.place(ColumnKind::Code), Some(3));
        assert_eq!(found.unknown, ["note"]);
        let Err(UnreadableReason::WrongHeader { column }) = columns(&["топ", "кафедра", "семестр"])
        else {
            panic!()
        };
        assert!(column.contains("discipline code"), "{column}");
        assert!(columns(&["топ", "группа", "кафедра", "семестр", "код"]).is_err());
    }
}
