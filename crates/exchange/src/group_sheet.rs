//! Group sheets, which are rosters for offices without OneRoster: one table row per student group, as XLSX or CSV.
//! Names of units, usernames and codes are looked up among the stored records, so a sheet becomes a roster only
//! together with these records.

mod cell_words;
mod grid;
mod header;
mod lookup;
mod refused_rows;
mod resolve;
mod sheet;
mod template;

pub use grid::is_workbook;
pub use sheet::GroupSheet;
pub use template::{template, template_xlsx};

#[cfg(test)]
mod tests;
