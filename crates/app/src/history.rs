//! The history of all acts: recording and searching acts, creating checkpoints, and verifying the
//! hash chains. A hash chain is the sequence of history entries about one record; each entry
//! contains the hash of the previous entry.

pub mod checkpoint;
pub(crate) mod pending_line;
pub(crate) mod record;
pub mod search_history;
pub mod verify_documents;
pub mod verify_history;
pub mod verify_records;
