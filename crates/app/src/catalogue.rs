//! The catalogue, which is the rule table with its instructions: versions, drafts, checks, dry run, publishing, export
//! and import as files.

pub mod catalogue_drafts;
pub mod catalogue_dry_run;
pub mod catalogue_files;
pub mod catalogue_versions;
pub mod draft_preview;
pub mod load_catalogue;
pub mod publish_catalogue;
pub mod read_catalogue;
