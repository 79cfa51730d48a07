//! A chosen catalogue row ready for display, with the names from the catalogue version under which it was chosen.

use super::{Catalogue, RowId};
use crate::name::Name;

/// A chosen catalogue row with its additional information, ready for display: all names come from the catalogue version
/// under which the row was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    pub row: RowId,
    /// The title of the chosen catalogue row.
    pub title: Name,
    /// The code of the exam platform, by which the platform's instructions are found.
    pub platform_code: String,
    /// The name of the exam platform (емтихан өткізу платформасы).
    pub platform: Name,
    /// The name of the exam form (емтихан өткізу формасы).
    pub form: Name,
    /// The name of the exam type (емтихан түрі); `None` if the catalogue row has no type.
    pub kind: Option<Name>,
    /// The label of the additional information; `None` if the catalogue row requires none.
    pub info_label: Option<Name>,
    /// The additional information of the choice (қосымша ақпарат); empty if there is none.
    pub info: String,
}

impl Picked {
    /// Looks up the names of a chosen catalogue row; an unknown row id is displayed in place of the names.
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
