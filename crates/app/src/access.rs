//! Who is sitting here: sign-in, sessions, passwords, and what was typed when a session ended.

pub mod change_password;
pub mod found_house;
pub mod kept_form;
pub mod session;
pub mod sign_in;
