//! Reads sheets of groups: CSV, an XLSX file, or an input that is divided into the parts of an XLSX
//! file.

use crate::parts::{opened, zipped};
use crate::roster_import::{ERROR_COLUMN, check_plan, errors};
use domain::roster::{BadLine, BadValue, Roster};
use exchange::roster_file::{RefusedRows, RosterFile};

/// Reads a sheet of groups with the records of a university, plans its import, and writes its
/// refused rows. The file of refused rows has to be readable again, and has to have the same errors.
pub fn read(input: &[u8], stored: &Roster) {
    let bytes = zipped(input);
    let Ok(file) = RosterFile::read(opened(&bytes), "sheet") else { return };
    file.terms(&stored.terms);
    let reading = file.reading(stored);
    check_plan(&reading.roster, stored, file.scope());
    let refused = file.refused(opened(&bytes), "sheet", &reading.refused, ERROR_COLUMN);
    let Ok(RefusedRows::Csv(text)) = refused else { return };
    let again = RosterFile::read(opened(text.as_bytes()), "sheet").expect("the refused rows cannot be read again");
    let second = again.reading(stored);
    assert_eq!(lasting_errors(&second.refused), lasting_errors(&reading.refused), "other rows are refused");
}

/// Returns the errors of refused rows, without those of repeated rows. A repeated row is accepted
/// when the row that it repeats is not in the file.
fn lasting_errors(refused: &[BadLine]) -> Vec<[&str; 3]> {
    errors(refused).into_iter().filter(|[_, _, code]| *code != BadValue::Duplicate.code()).collect()
}
