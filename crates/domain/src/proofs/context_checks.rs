//! Checks of a catalogue against other data of the university: the existing faculties, and the
//! catalogue rows that choices use.

use crate::catalogue::{Catalogue, RowId};
use crate::form_exception::FormExceptionUse;
use crate::proofs::{CatalogueFault, faults};
use std::collections::BTreeMap;

/// Data of the university against which a catalogue is checked: the existing faculties, the
/// catalogue rows that choices use, and the centrally set exam formats.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CatalogueContext {
    /// The codes of all faculties of the university.
    pub faculties: Vec<String>,
    /// The number of choices that use each catalogue row, counted in academic terms that are not
    /// closed.
    pub used: BTreeMap<RowId, i64>,
    /// The exam formats that are set centrally in academic terms that are not closed.
    pub set: Vec<FormExceptionUse>,
}

/// Runs all checks on a catalogue: first those of the catalogue alone (see [`faults`]), then those
/// against other data of the university.
pub fn faults_within(catalogue: &Catalogue, around: &CatalogueContext) -> Vec<CatalogueFault> {
    let mut all = faults(catalogue);
    for row in &catalogue.rows {
        let codes = row.offered.iter().flat_map(|offered| &offered.faculties);
        let unknown = codes.filter(|code| !around.faculties.contains(code));
        all.extend(unknown.map(|code| fault("unknown-faculty", &[&row.id], code)));
    }
    // In a catalogue without any row that is switched on, every faculty lacks rows. The list of
    // faults already contains one fault for this, so the faculties are not listed again.
    let has_rows = catalogue.rows_on().next().is_some();
    for faculty in around.faculties.iter().filter(|_| has_rows) {
        if !catalogue.rows.iter().any(|row| row.is_offered_to(faculty)) {
            let limited: Vec<&RowId> = catalogue.rows_on().map(|row| &row.id).collect();
            all.push(fault("faculty-without-rows", &limited, faculty));
        }
    }
    let gone = around.used.iter().filter(|(id, count)| **count > 0 && catalogue.row(id).is_none());
    all.extend(gone.map(|(id, count)| fault("used-row-removed", &[id], &count.to_string())));
    all
}

/// Lists warnings that are shown before a catalogue is published: catalogue rows that can no longer
/// be chosen although choices or centrally set exam formats use them.
pub fn warnings(catalogue: &Catalogue, around: &CatalogueContext) -> Vec<CatalogueFault> {
    let off = catalogue.rows.iter().filter(|row| !row.is_on);
    let used = off.filter_map(|row| Some((row, *around.used.get(&row.id).filter(|count| **count > 0)?)));
    let used = used.map(|(row, count)| fault("used-row-off", &[&row.id], &count.to_string()));
    let mut set: BTreeMap<&RowId, i64> = BTreeMap::new();
    for broken in around.set.iter().filter(|bound| bound.is_broken_by(catalogue)) {
        *set.entry(&broken.set.row).or_default() += 1;
    }
    used.chain(set.into_iter().map(|(id, count)| fault("set-row-off", &[id], &count.to_string()))).collect()
}

fn fault(code: &'static str, rows: &[&RowId], what: &str) -> CatalogueFault {
    CatalogueFault { code, rows: rows.iter().map(|&id| id.clone()).collect(), what: what.to_owned() }
}
