//! Speaks HTTP and HTML; decides nothing. A handler parses, calls one use case, and answers with a page or a redirect.
//!
//! Read [`door`] (the router and what every request passes through) first, then any of the `pages`.

pub mod router;

mod assets;
pub mod email;
mod error;
mod form_data;
mod health;
pub mod i18n;
mod layout;
mod markdown;
mod middleware;
mod notification_text;
mod pages;
mod query;
mod routes;
mod session;
mod state;

pub use router::router;
pub use routes::SETUP;
pub use state::{AppState, Settings};
