//! The catalogue, which is the table of the permitted exams with its instructions and videos. The
//! modules list, edit, check, publish and compare catalogue versions, and export and import them as
//! files.

pub mod catalogue_drafts;
pub mod catalogue_dry_run;
pub mod catalogue_files;
pub mod catalogue_versions;
pub mod draft_preview;
pub mod load_catalogue;
pub mod publish_catalogue;
pub mod read_catalogue;
