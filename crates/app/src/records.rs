//! The history that everything leaves: search, checkpoints, proof.

pub mod checkpoint;
pub mod search_history;
pub mod verify_history;
