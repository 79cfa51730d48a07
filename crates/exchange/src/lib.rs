//! Reads and writes files of other programs: rosters of universities, programme documents of
//! instructors, catalogue folders, and tables for spreadsheets. The crate knows nothing about
//! users, the database or permissions.

pub mod catalogue;
pub mod document;
pub mod group_sheet;
pub mod oneroster;
pub mod roster_file;
pub mod roster_report;
pub mod spreadsheet;
pub mod table;

mod column_name;
mod csv_text;
mod safe_path;
mod slots;
mod text_encoding;
mod zip_file;
