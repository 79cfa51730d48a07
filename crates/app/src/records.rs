//! The history that everything leaves: search, checkpoints, proof.

pub mod checkpoint;
pub mod search_history;
pub(crate) mod tell_choice;
pub mod verify_history;
