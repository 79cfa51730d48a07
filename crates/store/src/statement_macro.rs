//! The macro that names the SQL texts of a file, so that a test can prepare every one of them on both engines.

/// Defines one constant per SQL text, and `STATEMENTS` with all texts of the file by name.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* const $name: &str = $sql;)+
        /// Every SQL text of this file, by name.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((concat!(module_path!(), "::", stringify!($name)), $name)),+];
    };
}
pub(crate) use statements;
