//! The list of all SQL texts in the crate `store`. A test prepares each of them on SQLite and on
//! PostgreSQL, to show that both databases accept it.

use crate::statement_macro::Statement;

/// Returns every SQL text in the crate `store`, each with the name of the Rust constant that
/// contains it.
pub fn statements() -> Vec<Statement> {
    let files: &[&[Statement]] = &[
        crate::orgs::STATEMENTS,
        crate::people::STATEMENTS,
        crate::passwords::STATEMENTS,
        crate::adopted::STATEMENTS,
        crate::terms::STATEMENTS,
        crate::catalogues::STATEMENTS,
        crate::catalogue_drafts::STATEMENTS,
        crate::dry_run_facts::STATEMENTS,
        crate::deadline_extensions::STATEMENTS,
        crate::extension_requests::STATEMENTS,
        crate::phrases::STATEMENTS,
        crate::roster::STATEMENTS,
        crate::roster::offerings::STATEMENTS,
        crate::roster::revert::STATEMENTS,
        crate::imports::STATEMENTS,
        crate::offerings::STATEMENTS,
        crate::documents::STATEMENTS,
        crate::choices::STATEMENTS,
        crate::baselines::STATEMENTS,
        crate::uniformity::STATEMENTS,
        crate::drafts::STATEMENTS,
        crate::history::STATEMENTS,
        crate::checkpoints::STATEMENTS,
        crate::progress::STATEMENTS,
        crate::workload::STATEMENTS,
        crate::orders::STATEMENTS,
        crate::history_search::STATEMENTS,
        crate::sessions::STATEMENTS,
        crate::throttles::STATEMENTS,
        crate::known_places::STATEMENTS,
        crate::restored_forms::STATEMENTS,
        crate::leases::STATEMENTS,
        crate::directory::STATEMENTS,
        crate::exam_exceptions::STATEMENTS,
        crate::gaps::STATEMENTS,
        crate::form_exceptions::STATEMENTS,
        crate::notifications::STATEMENTS,
        crate::emails::STATEMENTS,
        crate::saved_filters::STATEMENTS,
        crate::subject_state::STATEMENTS,
    ];
    files.concat()
}
