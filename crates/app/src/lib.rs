//! Carries out one request of one person, in one transaction: fetch, ask the domain, save.
//!
//! One file per thing a person does. Read [`desk`] and [`failure`] first.

pub mod clock;
pub mod desk;
pub mod failure;
mod window;

pub mod accounts;
pub mod kept_form;
pub mod session;
pub mod sign_in;

pub mod ask_reopen;
pub mod my_offerings;
pub mod open_choice;
pub mod reuse_last_term;
pub mod save_draft;
pub mod send_choices;
pub mod view_choice;

pub mod dossier;
pub mod read_document;
pub mod upload_programme;

pub mod approve_choices;
pub mod decide;
pub mod reopen_choices;
pub mod return_choices;
pub mod review_queue;
pub mod uniform;

pub mod changes;
pub mod export;
pub mod late;
pub mod orders;
pub mod orphans;
pub mod outlook;
pub mod passport;
pub mod platforms;
pub mod progress;
pub mod rule_table;
pub mod search_history;
pub mod uniformity_report;

pub mod checkpoint;
pub mod import_roster;
pub mod load_catalogue;
pub mod open_window;
pub mod terms;
pub mod verify_history;
