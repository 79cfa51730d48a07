//! Carries out one request of one person, in one transaction: fetch, ask the domain, save.
//!
//! One file per thing a person does. Read [`desk`] and [`failure`] first.

pub mod clock;
pub mod desk;
pub mod failure;
mod window;
pub mod wrong_rules;

pub mod accounts;
pub mod appointments;
pub mod change_password;
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

pub mod check_programmes;
pub mod dossier;
pub mod findings;
pub mod preview;
pub mod read_document;
pub mod upload_programme;

pub mod approve_choices;
pub mod decide;
pub mod reopen_choices;
pub mod return_choices;
pub mod review_queue;
pub mod uniform;

pub mod gaps;
pub mod inbox;
pub mod notify;
pub mod post;
pub mod remind;
pub mod rounds;

pub mod changes;
pub mod export;
pub mod late;
pub mod orders;
pub mod outlook;
pub mod passport;
pub mod people;
pub mod platforms;
pub mod progress;
pub mod rule_table;
pub mod search_history;
pub mod uniformity_report;

pub mod checkpoint;
pub mod decide_exam;
pub mod import_roster;
pub mod imports;
pub mod load_catalogue;
pub mod open_window;
pub mod set_forms;
pub mod terms;
pub mod verify_history;

pub mod exchange_rules;
pub mod publish_rules;
pub mod rule_drafts;
pub mod rule_dry_run;
pub mod rule_versions;
pub mod see_as;
