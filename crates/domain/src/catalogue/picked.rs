//! A catalogue row that was chosen for an exam, ready for display, with the names from the
//! catalogue version under which the row was chosen.

use super::{Catalogue, RowId};
use crate::name::Name;

/// A catalogue row that was chosen for an exam, with the additional information from the
/// instructor, ready for display. All names come from the catalogue version under which the row was
/// chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    pub row: RowId,
    /// The title of the catalogue row that was chosen for an exam.
    pub title: Name,
    /// The code of the exam platform that was chosen for an exam. The instructions about the
    /// platform are found by this code.
    pub platform_code: String,
    /// The name of the exam platform (емтихан өткізу платформасы) that was chosen for an exam.
    pub platform: Name,
    /// The name of the exam format (емтихан өткізу формасы) that was chosen for an exam.
    pub form: Name,
    /// The name of the exam type (емтихан түрі) that was chosen for an exam; `None` if the chosen
    /// catalogue row has no exam type.
    pub kind: Option<Name>,
    /// The label of the additional information of an exam; `None` if the chosen catalogue row
    /// requires no additional information.
    pub info_label: Option<Name>,
    /// The additional information (қосымша ақпарат) that the instructor entered for an exam; empty
    /// if there is none.
    pub info: String,
}

impl Picked {
    /// Looks up the names of a catalogue row that was chosen for an exam. If the catalogue has no
    /// row with the chosen id, the id itself is displayed in place of the names.
    pub fn of(catalogue: &Catalogue, row: &RowId, info: &str) -> Self {
        let found = catalogue.row(row);
        let platform_code = found.map_or("", |found| &found.platform);
        Self {
            row: row.clone(),
            title: found.map_or_else(|| Name::same(&row.0), |found| found.title.clone()),
            platform_code: platform_code.to_owned(),
            platform: catalogue.platform(platform_code),
            form: catalogue.form(found.map_or(&row.0, |found| &found.form)),
            kind: found.and_then(|found| catalogue.kind(found.kind.as_deref())),
            info_label: found.and_then(|found| found.info.as_ref()).map(|rule| rule.label.clone()),
            info: info.to_owned(),
        }
    }
}
