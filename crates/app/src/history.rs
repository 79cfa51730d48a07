//! The history of all acts: recording, search, checkpoints, verification.

pub mod checkpoint;
pub(crate) mod record;
pub mod search_history;
pub mod verify_history;
