//! The history that everything leaves: search, checkpoints, proof.

pub mod checkpoint;
pub(crate) mod record;
pub mod search_history;
pub mod verify_history;
