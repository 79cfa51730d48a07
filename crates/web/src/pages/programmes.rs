//! Programme documents: dossier, upload, download, preview.

pub(crate) mod documents;
pub(crate) mod dossier;
pub(crate) mod preview;
