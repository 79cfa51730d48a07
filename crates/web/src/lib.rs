//! HTTP and HTML of Emtihan. A handler parses the request, calls one use case (an application
//! function), and answers with a page or a redirect.
//!
//! A new reader should begin with [`state`] (the state that every handler gets) and [`mod@router`]
//! (all routes and the middleware), and continue with any folder of `pages`.

mod assets;
mod body_deadline;
mod client_address;
mod compression;
mod cookies;
mod device_name;
pub mod email;
mod error;
mod form_data;
mod form_state;
mod health;
mod host_cookies;
pub mod i18n;
mod layout;
mod locale;
mod markdown;
mod menu;
mod middleware;
mod notification_text;
mod page;
mod pager;
mod pages;
mod path_params;
mod query;
mod route_list;
pub mod router;
mod routes;
mod security_log;
mod session;
mod signed_form;
pub mod state;
mod uploads;

pub use body_deadline::BodyDeadlines;
pub use client_address::canonical;
pub use route_list::Route;
pub use router::{route_list, router, router_with};
pub use routes::SETUP;
pub use state::{AppState, DEMO_PASSWORD, DemoAccount, Settings};
