//! Files that other programs read and write: a university's roster, an instructor's document, a catalogue folder,
//! tables for spreadsheets. This crate has no access to users, storage or permissions.

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
mod text_encoding;
