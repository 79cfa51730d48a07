//! Pages of academic terms, of deadline extensions, and of exceptions (exam formats set centrally,
//! groups without an exam).

pub(crate) mod deadline_extension_form;
pub(crate) mod deadline_extensions;
pub(crate) mod exceptions;
pub(crate) mod extension_requests;
pub(crate) mod term_form;
pub(crate) mod terms;

use crate::route_list::{RouteList, routes};
use crate::routes::{
    DEADLINE_EXTENSIONS, DEADLINE_EXTENSIONS_ENDED, EXAM_EXCEPTION, EXCEPTIONS, EXTENSION_REQUESTS,
    EXTENSION_REQUESTS_ENDORSEMENTS, EXTENSION_REQUESTS_GRANTS, EXTENSION_REQUESTS_REFUSALS, FORM_EXCEPTIONS,
    FORM_EXCEPTIONS_ENDED, FORM_EXCEPTIONS_RETURNS, NEW_TERM, TERM, TERM_CLOSING, TERMS,
};

/// The routes of the pages of academic terms, deadline extensions and exceptions (exam formats set
/// centrally, groups without an exam).
pub(crate) fn routes() -> RouteList {
    routes! {
        get TERMS => terms::list;
        post TERMS => terms::save;
        get NEW_TERM => terms::new;
        get TERM => terms::show;
        post TERM_CLOSING => terms::close;
        post DEADLINE_EXTENSIONS => deadline_extensions::extend;
        post DEADLINE_EXTENSIONS_ENDED => deadline_extensions::end;
        get EXTENSION_REQUESTS => extension_requests::show;
        post EXTENSION_REQUESTS => extension_requests::ask;
        post EXTENSION_REQUESTS_ENDORSEMENTS => extension_requests::endorse;
        post EXTENSION_REQUESTS_GRANTS => extension_requests::grant;
        post EXTENSION_REQUESTS_REFUSALS => extension_requests::decline;
        get EXCEPTIONS => exceptions::show;
        post FORM_EXCEPTIONS => exceptions::set;
        post FORM_EXCEPTIONS_ENDED => exceptions::end;
        post FORM_EXCEPTIONS_RETURNS => exceptions::send_back;
        post EXAM_EXCEPTION => exceptions::exam;
    }
}
