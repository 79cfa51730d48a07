//! Who is sitting here: sign-in, sessions, passwords, and what was typed when a session ended.

pub mod change_password;
pub mod restored_form;
pub mod session;
pub mod setup;
pub mod sign_in;
