//! An answer for display, with the labels of the catalogue version under which it was chosen.

use super::{Catalogue, RowId};
use crate::name::Name;

/// An answer with its labels, from the catalogue version under which it was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    pub row: RowId,
    /// The title of the row in the rule table.
    pub title: Name,
    /// The code of the platform, by which its instructions are found.
    pub platform_code: String,
    /// The label of the platform (емтихан өткізу платформасы).
    pub platform: Name,
    /// The label of the exam form (емтихан өткізу формасы).
    pub form: Name,
    /// The label of the exam type (емтихан түрі), if the row has one.
    pub kind: Option<Name>,
    /// The label of the additional information, if the row requires it.
    pub info_label: Option<Name>,
    /// The additional information (қосымша ақпарат); empty if there is none.
    pub info: String,
}

impl Picked {
    /// The labels of a row with this information; an unknown row id is used as its own label.
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
