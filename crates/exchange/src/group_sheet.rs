//! Reads group sheets, which are rosters for universities without OneRoster: an XLSX or CSV file
//! with one table row per student group.
//!
//! The names of units, the usernames and the codes in a group sheet are looked up among the stored
//! records, so a group sheet can only be read together with these records.

mod cell_words;
mod grid;
mod header;
mod lookup;
mod refused_rows;
mod resolve;
mod sheet;
mod template;
mod workbook_size;

pub use grid::is_workbook;
pub use sheet::GroupSheet;
pub use template::{template, template_xlsx};

#[cfg(test)]
mod tests;
