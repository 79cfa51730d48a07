//! Pages of roster imports: uploading a roster file, a preview of its changes, applying and undoing
//! the import.

pub(crate) mod import_ticks;
mod import_view;
pub(crate) mod imports;

use crate::route_list::{RouteList, routes};
use crate::routes::{
    IMPORT, IMPORT_APPLYING, IMPORT_PLAN, IMPORT_REFUSED_ROWS, IMPORT_TEMPLATE_CSV, IMPORT_TEMPLATE_XLSX, IMPORT_UNDO,
    IMPORTS,
};

/// The routes of the pages of roster imports.
pub(crate) fn routes() -> RouteList {
    routes! {
        get IMPORTS => imports::list;
        post IMPORTS => imports::upload;
        get IMPORT_TEMPLATE_CSV => imports::template_csv;
        get IMPORT_TEMPLATE_XLSX => imports::template_xlsx;
        get IMPORT => imports::show;
        get IMPORT_REFUSED_ROWS => imports::refused_rows;
        get IMPORT_PLAN => imports::plan;
        post IMPORT_APPLYING => imports::apply;
        post IMPORT_UNDO => imports::undo;
    }
}
