//! The instructor's use cases: list of groups, choice form, drafts of choices, sending choices for
//! review and withdrawing them, reuse of last term's choices, requests to reopen approved choices.

pub mod ask_reopen;
mod faults;
pub mod late_offerings;
pub mod my_offerings;
pub mod open_choice;
pub mod reuse_last_term;
pub mod save_draft;
pub mod send_choices;
pub mod view_choice;
pub mod withdraw_choices;
