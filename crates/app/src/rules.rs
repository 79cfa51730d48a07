//! The rule table and its instructions: versions, drafts, proofs, dry run, publishing, files.

pub mod exchange_rules;
pub mod load_catalogue;
pub mod publish_rules;
pub mod rule_drafts;
pub mod rule_dry_run;
pub mod rule_table;
pub mod rule_versions;
pub mod see_as;
