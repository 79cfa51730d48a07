//! Reads sheets of groups: CSV, an XLSX file, or an input that is divided into the parts of an XLSX
//! file.

use crate::parts::{opened, zipped};
use crate::roster_import::{ERROR_COLUMN, check_plan};
use domain::roster::Roster;
use exchange::roster_file::{RefusedRows, RosterFile};

/// Reads a sheet of groups with the records of a university, plans its import, and writes its
/// refused rows. The file of refused rows has to be readable again, with as many rows as were refused.
pub fn read(input: &[u8], stored: &Roster) {
    let bytes = zipped(input);
    let Ok(file) = RosterFile::read(opened(&bytes), "sheet") else { return };
    file.terms(&stored.terms);
    let reading = file.reading(stored);
    check_plan(&reading.roster, stored, file.scope());
    let refused = file.refused(opened(&bytes), "sheet", &reading.refused, ERROR_COLUMN);
    let Ok(RefusedRows::Csv(text)) = refused else { return };
    match RosterFile::read(opened(text.as_bytes()), "sheet") {
        Ok(RosterFile::Sheet(again)) => assert_eq!(again.size(), reading.refused.len(), "other rows are in the file"),
        _ => panic!("the refused rows cannot be read again"),
    }
}
