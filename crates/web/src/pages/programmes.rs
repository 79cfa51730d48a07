//! Pages of exam programme documents: dossier, upload, download, preview.

pub(crate) mod documents;
pub(crate) mod dossier;
pub(crate) mod preview;
pub(crate) mod programme_picker;

use crate::route_list::{RouteList, routes};
use crate::routes::{DOCUMENT, DOCUMENT_PREVIEW, DOCUMENTS, DOSSIER};

/// The routes of the pages of programme documents (`pages/programmes`).
pub(crate) fn routes() -> RouteList {
    routes! {
        get DOSSIER => dossier::show;
        post DOCUMENTS => documents::upload;
        get DOCUMENT => documents::download;
        get DOCUMENT_PREVIEW => preview::show;
    }
}
