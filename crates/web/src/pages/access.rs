//! Pages for signing in and out, passwords, first-run setup and mail preferences, and the page that
//! shows an HTML form again after signing in.

pub(crate) mod password;
pub(crate) mod restored_form;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod sign_in;

use crate::route_list::{RouteList, routes};
use crate::routes::{PASSWORD, RESTORED_FORM, SESSIONS_ENDED, SETTINGS, SETUP, SIGN_IN, SIGN_OUT};

/// The routes of the pages for signing in, passwords, first-run setup and mail preferences.
pub(crate) fn routes() -> RouteList {
    routes! {
        get SIGN_IN => sign_in::show;
        post SIGN_IN => sign_in::submit;
        post SIGN_OUT => sign_in::sign_out;
        get SETUP => setup::show;
        post SETUP => setup::submit;
        get PASSWORD => password::show;
        post PASSWORD => password::change;
        get SETTINGS => settings::show;
        post SETTINGS => settings::save;
        post SESSIONS_ENDED => settings::end_session;
        get RESTORED_FORM => restored_form::show;
    }
}
