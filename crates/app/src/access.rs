//! Access to the program: sign-in, sessions, passwords, first-run setup, and web forms posted with an expired session.

pub mod change_password;
pub mod restored_form;
pub mod session;
pub mod setup;
pub mod sign_in;
