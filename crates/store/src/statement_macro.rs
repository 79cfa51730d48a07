//! The macro in which every file of the store lists its SQL texts, so that a test can prepare every
//! text on SQLite and PostgreSQL.

/// An SQL text together with the name of the Rust constant that contains it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// The path of the constant that contains the SQL text, `module::CONSTANT`.
    pub name: &'static str,
    pub sql: &'static str,
}

/// Defines one constant for each SQL text of a file, and the constant `STATEMENTS` with all SQL
/// texts of the file.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* const $name: &str = $sql;)+
        /// Every SQL text that the source file defines, each with the name of its constant.
        pub(crate) const STATEMENTS: &[crate::statement_macro::Statement] = &[$(crate::statement_macro::Statement {
            name: concat!(module_path!(), "::", stringify!($name)),
            sql: $name,
        }),+];
    };
}
pub(crate) use statements;
