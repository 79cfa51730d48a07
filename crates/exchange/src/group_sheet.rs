//! One sheet for offices without OneRoster: a row per group, as XLSX or CSV. Names of units, logins and codes are looked up
//! among what is there already, so the sheet becomes a roster only together with it.

mod cell_words;
mod grid;
mod header;
mod lookup;
mod resolve;
mod template;

use crate::oneroster::{ReadingReport, ReadingWarning, RosterReading, UnreadableRoster};
use crate::table::as_meant;
use domain::id::TermId;
use domain::roster::{Roster, RosterTerm};
use grid::GridRow;
use header::{ColumnKind, HeaderColumns};
use std::fs::File;

pub use template::{template, template_xlsx};

/// Notices about a sheet name no file: there is only one.
const SHEET: &str = "";

/// A sheet whose header is right.
pub struct GroupSheet {
    name: String,
    header: Vec<String>,
    rows: Vec<GridRow>,
    columns: HeaderColumns,
    warnings: Vec<ReadingWarning>,
}

impl GroupSheet {
    /// Reads XLSX or, where it is not a zip, CSV.
    ///
    /// # Errors
    /// What refuses the sheet as a whole.
    pub fn read(mut file: File, name: &str, is_zip: bool) -> Result<Self, UnreadableRoster> {
        let mut report = ReadingReport::default();
        let rows = if is_zip { grid::of_xlsx(file) } else { grid::of_csv(&mut file, &mut report) };
        let mut rows = rows.map_err(|reason| reason.of(name))?;
        rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
        let header = if rows.is_empty() { Vec::new() } else { rows.remove(0).1 };
        let columns = HeaderColumns::of(&header).map_err(|reason| reason.of(name))?;
        let mut warnings = report.warnings;
        if !columns.unknown.is_empty() {
            warnings.push(ReadingWarning::UnknownColumns { file: SHEET, columns: columns.unknown.clone() });
        }
        Ok(Self { name: name.to_owned(), header, rows, columns, warnings })
    }

    /// The terms that the sheet speaks of.
    pub fn terms(&self, known: &[RosterTerm]) -> Vec<TermId> {
        let cells = self.rows.iter().map(|(_, cells)| self.cell(cells, ColumnKind::Term));
        let mut ids: Vec<TermId> = cells.filter_map(|cell| lookup::term(known, cell)).map(|term| term.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The sheet as a roster, beside what is there.
    pub fn reading(&self, known: &Roster) -> RosterReading {
        let (roster, refused) = resolve::roster(self, known);
        RosterReading { roster, refused, warnings: self.warnings.clone() }
    }

    /// How many rows there are.
    pub fn size(&self) -> usize {
        self.rows.len()
    }

    /// The names of the columns, without our own report of what was wrong.
    pub fn header(&self) -> impl Iterator<Item = &str> {
        self.own(&self.header)
    }

    /// The cells of a line of the file, in the order of [`GroupSheet::header`].
    pub fn line(&self, line: u64) -> impl Iterator<Item = &str> {
        let place = self.rows.binary_search_by_key(&line, |(number, _)| *number);
        let row = place.ok().and_then(|place| self.rows.get(place));
        row.into_iter().flat_map(|(_, cells)| self.own(cells))
    }

    fn own<'s>(&'s self, cells: &'s [String]) -> impl Iterator<Item = &'s str> {
        let report = self.columns.place(ColumnKind::Error);
        let width = 0..self.header.len();
        width.filter(move |place| Some(*place) != report).map(|place| cells.get(place).map_or("", String::as_str))
    }

    fn cell<'s>(&self, cells: &'s [String], holds: ColumnKind) -> &'s str {
        let place = self.columns.place(holds);
        as_meant(place.and_then(|place| cells.get(place)).map_or("", String::as_str))
    }

    /// What a column is called in this file.
    fn called(&self, holds: ColumnKind) -> &str {
        self.columns.place(holds).and_then(|place| self.header.get(place)).map_or("", |name| name.trim())
    }
}

/// Is this zip an XLSX workbook?
pub fn is_workbook(file: &mut File) -> bool {
    grid::is_workbook(file)
}

/// Is this column our own report of what was wrong, in any of the three languages?
pub(crate) fn is_report(column: &str) -> bool {
    header::is_report(column)
}

#[cfg(test)]
mod tests;
