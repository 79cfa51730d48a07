//! The history of all acts: recording, search, checkpoints, and verification of its hash chains.

pub mod checkpoint;
pub(crate) mod record;
pub mod search_history;
pub mod verify_history;
