//! Signing in and out, passwords, first-run setup, personal settings.

pub(crate) mod password;
pub(crate) mod restored_form;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod sign_in;
