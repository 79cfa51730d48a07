//! SQL texts stand next to the functions that use them; this collects them so that a test can prepare every one of
//! them on both engines.

/// Names SQL texts and lists them in `STATEMENTS` of the same file.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* const $name: &str = $sql;)+
        /// Every SQL text of this file, by name.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((concat!(module_path!(), "::", stringify!($name)), $name)),+];
    };
}
pub(crate) use statements;

/// Every SQL text of the store, by file and name.
pub fn all() -> Vec<(&'static str, &'static str)> {
    let files: &[&[(&str, &str)]] = &[
        crate::orgs::STATEMENTS,
        crate::people::STATEMENTS,
        crate::adopted::STATEMENTS,
        crate::terms::STATEMENTS,
        crate::catalogues::STATEMENTS,
        crate::catalogue_drafts::STATEMENTS,
        crate::dry_run_facts::STATEMENTS,
        crate::deadline_extensions::STATEMENTS,
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
        crate::restored_forms::STATEMENTS,
        crate::leases::STATEMENTS,
        crate::directory::STATEMENTS,
        crate::exam_exceptions::STATEMENTS,
        crate::gaps::STATEMENTS,
        crate::form_exceptions::STATEMENTS,
        crate::notifications::STATEMENTS,
        crate::emails::STATEMENTS,
        crate::saved_filters::STATEMENTS,
    ];
    files.concat()
}
