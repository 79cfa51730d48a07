//! Roster imports: upload, preview, apply, undo.

pub(crate) mod import_view;
pub(crate) mod imports;
