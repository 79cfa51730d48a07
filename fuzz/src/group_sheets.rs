//! Reads sheets of groups: CSV, an XLSX file, or an input that is divided into the parts of an XLSX
//! file.

use crate::parts::{opened, zipped};
use crate::roster_import::{ERROR_COLUMN, check_plan};
use domain::roster::Roster;
use exchange::roster_file::{RefusedRows, RosterFile};

/// Reads a sheet of groups with the records of a university, plans its import, and writes its
/// refused rows. The file of refused rows has to be readable again, and all its rows have to be
/// refused again.
pub fn read(input: &[u8], stored: &Roster) {
    let bytes = zipped(input);
    let Ok(file) = RosterFile::read(opened(&bytes), "groups.xlsx") else { return };
    file.terms(&stored.terms);
    let reading = file.reading(stored);
    check_plan(&reading.roster, stored, file.scope());
    let refused = file.refused(opened(&bytes), "groups.xlsx", &reading.refused, ERROR_COLUMN);
    let Ok(RefusedRows::Csv(text)) = refused else { return };
    let again =
        RosterFile::read(opened(text.as_bytes()), "refused.csv").expect("the refused rows cannot be read again");
    assert_eq!(again.reading(stored).refused.len(), reading.refused.len(), "a refused row is accepted the second time");
}
