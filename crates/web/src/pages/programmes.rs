//! Pages of exam programme documents (PDF or DOCX): the dossiers that contain them, upload,
//! download and preview.

pub(crate) mod documents;
pub(crate) mod dossier;
pub(crate) mod preview;
pub(crate) mod programme_picker;

use crate::route_list::{RouteList, routes};
use crate::routes::{DOCUMENT, DOCUMENT_PREVIEW, DOCUMENTS, DOSSIER};

/// The routes of the pages of exam programme documents.
pub(crate) fn routes() -> RouteList {
    routes! {
        get DOSSIER => dossier::show;
        post DOCUMENTS => documents::upload;
        get DOCUMENT => documents::download;
        get DOCUMENT_PREVIEW => preview::show;
    }
}
