//! Speaks HTTP and HTML; decides nothing. A handler parses, calls one use case, and answers with a page or a redirect.
//!
//! Read [`door`] (the router and what every request passes through) first, then any of the `pages`.

pub mod door;

mod assets;
mod export;
mod fields;
mod frame;
mod guard;
pub mod letter;
mod markdown;
mod oops;
mod pages;
mod query;
mod routes;
mod seat;
mod telling;
pub mod words;

pub use door::{Door, Settings, router};
pub use routes::SETUP;
