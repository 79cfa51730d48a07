//! The macro that names the SQL texts of a file, so that a test can prepare every one of them on both database engines.

/// An SQL text with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// The path of the SQL text's constant, `module::CONSTANT`.
    pub name: &'static str,
    pub sql: &'static str,
}

/// Defines one constant per SQL text, and `STATEMENTS` with all texts of the file by name.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* const $name: &str = $sql;)+
        /// Every SQL text of this file, by name.
        pub(crate) const STATEMENTS: &[crate::statement_macro::Statement] = &[$(crate::statement_macro::Statement {
            name: concat!(module_path!(), "::", stringify!($name)),
            sql: $name,
        }),+];
    };
}
pub(crate) use statements;
