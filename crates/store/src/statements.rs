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
        crate::rule_facts::STATEMENTS,
        crate::openings::STATEMENTS,
        crate::roster::STATEMENTS,
        crate::roster::offered::STATEMENTS,
        crate::roster::taken_back::STATEMENTS,
        crate::imports::STATEMENTS,
        crate::offerings::STATEMENTS,
        crate::documents::STATEMENTS,
        crate::choices::STATEMENTS,
        crate::queue::STATEMENTS,
        crate::kin::STATEMENTS,
        crate::drafts::STATEMENTS,
        crate::history::STATEMENTS,
        crate::chains::STATEMENTS,
        crate::progress::STATEMENTS,
        crate::board::STATEMENTS,
        crate::orders::STATEMENTS,
        crate::searched::STATEMENTS,
        crate::sessions::STATEMENTS,
        crate::throttles::STATEMENTS,
        crate::kept_forms::STATEMENTS,
        crate::leases::STATEMENTS,
        crate::directory::STATEMENTS,
        crate::exams::STATEMENTS,
        crate::gaps::STATEMENTS,
        crate::set_forms::STATEMENTS,
        crate::notices::STATEMENTS,
        crate::letters::STATEMENTS,
        crate::views::STATEMENTS,
    ];
    files.concat()
}
