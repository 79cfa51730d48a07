//! Group sheets for offices without OneRoster: one row per group, as XLSX or CSV. Names of units, logins and codes are
//! looked up among the stored records, so a sheet becomes a roster only together with them.

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
