//! Access to the application: sign-in, sessions, passwords, first-run setup, and storing an HTML
//! form that was posted with an expired session until its sender has signed in again.

pub mod change_password;
mod hashing_threads;
pub mod own_sessions;
pub mod password_hash;
pub mod restored_form;
pub mod session;
pub mod setup;
pub mod setup_key;
pub mod sign_in;
mod throttle;
pub mod university_names;
