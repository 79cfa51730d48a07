//! Writes the refused rows of a group sheet as CSV, so that the registrar can correct them in a
//! spreadsheet.

use super::sheet::GroupSheet;
use crate::table::{BYTE_ORDER_MARK, ErrorColumn, push_row};
use domain::roster::BadLine;

impl GroupSheet {
    /// Writes the refused rows of a group sheet as they are in the uploaded file, and adds a last
    /// column that describes the error of each row.
    pub fn refused_rows_csv(&self, refused: &[BadLine], column: ErrorColumn<'_>) -> String {
        let mut text = String::from(BYTE_ORDER_MARK);
        push_row(&mut text, self.header().chain([column.title]));
        for bad in refused {
            push_row(&mut text, self.line(bad.line).chain([(column.describe)(bad).as_str()]));
        }
        text
    }
}
