//! The history of all acts: recording acts, searching, checkpoints, and verification of the hash
//! chains. A hash chain is the sequence of history entries about one record, each entry with the
//! hash of the previous one.

pub mod checkpoint;
pub(crate) mod record;
pub mod search_history;
pub mod verify_history;
