//! Reads OneRoster files: a zip file, or an input that is divided into the files of a roster.

use crate::parts::{opened, zipped};
use crate::roster_import::{ERROR_COLUMN, check_plan};
use domain::roster::{BadLine, Roster};
use exchange::roster_file::{RefusedRows, RosterFile};

/// Reads a roster file, plans its import, and writes its refused rows. The file of refused rows has
/// to be readable again, and has to have the same errors.
pub fn read(input: &[u8]) {
    let bytes = zipped(input);
    let Ok(file) = RosterFile::read(opened(&bytes), "roster.zip") else { return };
    let none = Roster::default();
    let reading = file.reading(&none);
    file.terms(&[]);
    check_plan(&reading.roster, &none, file.scope());
    let refused = file.refused(opened(&bytes), "roster.zip", &reading.refused, ERROR_COLUMN);
    let Ok(RefusedRows::Zip(corrected)) = refused else { return };
    let again = RosterFile::read(opened(&corrected), "refused.zip").expect("the refused rows cannot be read again");
    assert_eq!(errors(&again.reading(&none).refused), errors(&reading.refused), "other rows are refused");
}

/// Returns the files, columns and errors of refused rows. The line numbers of two files can differ.
fn errors(refused: &[BadLine]) -> Vec<[&str; 3]> {
    refused.iter().map(|bad| [bad.file.as_str(), bad.column.as_str(), bad.reason.code()]).collect()
}
