//! A group sheet (a roster as one table with a row per student group) after reading: the rows and
//! cells of the table, with a recognised header.

use super::grid::{self, GridRow, SHEET};
use super::header::{ColumnKind, HeaderColumns};
use super::lookup;
use crate::roster_report::{ReadingReport, ReadingWarning, UnreadableReason, UnreadableRoster};
use domain::id::TermId;
use domain::limits::ROSTER_COLUMNS_LIMIT;
use domain::roster::RosterTerm;
use std::fs::File;

/// A group sheet (a roster as one table with a row per student group) whose header is valid.
pub struct GroupSheet {
    pub(super) name: String,
    header: Vec<String>,
    pub(super) rows: Vec<GridRow>,
    columns: HeaderColumns,
    pub(super) warnings: Vec<ReadingWarning>,
}

impl GroupSheet {
    /// Reads a group sheet: as XLSX if the file is a zip, otherwise as CSV.
    ///
    /// # Errors [`UnreadableRoster`] with the error for which the whole group sheet is refused.
    pub fn read(mut file: File, name: &str, is_zip: bool) -> Result<Self, UnreadableRoster> {
        let mut report = ReadingReport::default();
        let rows = if is_zip { grid::of_xlsx(file) } else { grid::of_csv(&mut file, &mut report) };
        let mut rows = rows.map_err(|reason| reason.of(name))?;
        rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
        let header = if rows.is_empty() { Vec::new() } else { rows.remove(0).cells };
        let columns = HeaderColumns::of(&header).map_err(|reason| reason.of(name))?;
        let widest = rows.iter().map(|row| row.cells.len()).chain([header.len()]).max().unwrap_or(0);
        if widest > ROSTER_COLUMNS_LIMIT + usize::from(columns.place(ColumnKind::Error).is_some()) {
            return Err(UnreadableReason::TooManyRows.of(name));
        }
        let mut warnings = report.warnings;
        if !columns.unknown.is_empty() {
            warnings.push(ReadingWarning::UnknownColumns { file: SHEET, columns: columns.unknown.clone() });
        }
        Ok(Self { name: name.to_owned(), header, rows, columns, warnings })
    }

    /// Returns the ids of the academic terms that the rows of the group sheet name.
    pub fn terms(&self, known: &[RosterTerm]) -> Vec<TermId> {
        let cells = self.rows.iter().map(|row| self.cell(&row.cells, ColumnKind::Term));
        let mut ids: Vec<TermId> = cells.filter_map(|cell| lookup::term(known, cell)).map(|term| term.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Returns the number of rows in the group sheet, without the header.
    pub fn size(&self) -> usize {
        self.rows.len()
    }

    /// Returns the names of the group sheet's columns, without the column in which the server
    /// describes the error of each refused row.
    pub fn header(&self) -> impl Iterator<Item = &str> {
        self.own(&self.header)
    }

    /// Returns the cells in one line of the group sheet's file, in the sequence of
    /// [`GroupSheet::header`].
    pub fn line(&self, line: u64) -> impl Iterator<Item = &str> {
        let place = self.rows.binary_search_by_key(&line, |row| row.line);
        let row = place.ok().and_then(|place| self.rows.get(place));
        row.into_iter().flat_map(|row| self.own(&row.cells))
    }

    fn own<'s>(&'s self, cells: &'s [String]) -> impl Iterator<Item = &'s str> {
        let report = self.columns.place(ColumnKind::Error);
        let width = 0..self.header.len();
        width.filter(move |place| Some(*place) != report).map(|place| cells.get(place).map_or("", String::as_str))
    }

    /// Returns the text of a column's cell in a row of the group sheet, without surrounding spaces;
    /// empty if the sheet does not have the column.
    pub(super) fn cell<'s>(&self, cells: &'s [String], kind: ColumnKind) -> &'s str {
        let place = self.columns.place(kind);
        place.and_then(|place| cells.get(place)).map_or("", |cell| cell.trim())
    }

    /// Returns the name that a column has in the header of the group sheet; empty if the sheet does
    /// not have the column.
    pub(super) fn column_name(&self, kind: ColumnKind) -> &str {
        self.columns.place(kind).and_then(|place| self.header.get(place)).map_or("", |name| name.trim())
    }
}
