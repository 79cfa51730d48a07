//! The rules for each crate: its purpose, the crates that it is allowed to use, and the topics
//! (such as SQL or HTTP) that its code must not deal with.
//!
//! `cargo xtask layers --write` generates the table of crates in ARCHITECTURE.md from these rules.

/// The rules for one crate in the folder `crates/`.
pub(super) struct Layer {
    pub(super) folder: &'static str,
    pub(super) package: &'static str,
    pub(super) job: &'static str,
    /// The crates of this project that the crate is allowed to have in its `[dependencies]`.
    pub(super) may_use: &'static [&'static str],
    /// The topics, such as SQL or HTTP, that the code of the crate must not deal with; written as a
    /// text for the table in ARCHITECTURE.md.
    pub(super) must_not_know: &'static str,
    /// The libraries (`tokio`) and paths (`std::fs`) that the source files of the crate must not
    /// mention.
    pub(super) never: &'static [&'static str],
    /// Whether string literals of the crate are allowed to contain SQL.
    pub(super) speaks_sql: bool,
}

/// The database libraries that no crate except `store` is allowed to mention.
pub(super) const ENGINES: &[&str] = &["rusqlite", "postgres", "refinery", "r2d2"];

/// The rules for all crates, in the sequence in which a newcomer should read the crates.
pub(super) const LAYERS: &[Layer] = &[
    Layer {
        folder: "domain",
        package: "domain",
        job: "entities, rules and permissions, as pure functions",
        may_use: &[],
        must_not_know: "async, SQL, HTTP, files, environment, human language, the current time",
        never: &[
            "tokio",
            "axum",
            "fluent",
            "fluent_bundle",
            "std::fs",
            "std::env",
            "Utc::now",
            "Local::now",
            "SystemTime::now",
            "Instant::now",
        ],
        speaks_sql: false,
    },
    Layer {
        folder: "store",
        package: "store",
        job: "reads and writes records in SQLite or PostgreSQL",
        may_use: &["domain"],
        must_not_know: "the current user, permissions, HTTP",
        never: &["axum"],
        speaks_sql: true,
    },
    Layer {
        folder: "vault",
        package: "vault",
        job: "stores the bytes of documents under their SHA-256",
        may_use: &[],
        must_not_know: "the purpose of a document, SQL, HTTP",
        never: &["axum"],
        speaks_sql: false,
    },
    Layer {
        folder: "exchange",
        package: "exchange",
        job: "reads and writes files of other programs",
        may_use: &["domain"],
        must_not_know: "SQL, HTTP",
        never: &["axum"],
        speaks_sql: false,
    },
    Layer {
        folder: "app",
        package: "app",
        job: "use cases: one request of one person in one transaction",
        may_use: &["domain", "store", "vault", "exchange"],
        must_not_know: "HTTP, HTML, SQL text",
        never: &["axum"],
        speaks_sql: false,
    },
    Layer {
        folder: "web",
        package: "web",
        job: "pages, forms and sessions over HTTP; no business rules",
        may_use: &["app", "domain"],
        must_not_know: "SQL, transactions, the store",
        never: &["store"],
        speaks_sql: false,
    },
    Layer {
        folder: "server",
        package: "emtihan",
        job: "configuration, start-up, background work, command line",
        may_use: &["domain", "store", "vault", "exchange", "app", "web"],
        must_not_know: "business rules",
        never: &[],
        speaks_sql: true,
    },
    Layer {
        folder: "testkit",
        package: "testkit",
        job: "sample data and databases for tests; only a dev-dependency",
        may_use: &["domain", "store", "vault", "exchange", "app"],
        must_not_know: "pages, the command line",
        never: &[],
        speaks_sql: true,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_lead_to_crates_that_stand_above_in_the_table() {
        for (place, layer) in LAYERS.iter().enumerate() {
            let above: Vec<&str> = LAYERS.iter().take(place).map(|layer| layer.package).collect();
            assert!(layer.may_use.iter().all(|package| above.contains(package)), "{}", layer.package);
        }
    }
}
