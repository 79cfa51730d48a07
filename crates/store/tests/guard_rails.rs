//! Tests of the rules for one SQL text on two database engines: both have the same schema, every statement prepares on
//! both, big tables are read by index.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use domain::digest::Digest;
use postgres::{Client, NoTls};
use rusqlite::{Connection, OpenFlags, StatementStatus};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use store::{DatabaseLocation, Statement, Store, statements};
use tempfile::TempDir;
use testkit::engine::Engine;

fn migrations() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations")
}

fn files(engine: &str) -> BTreeSet<String> {
    let folder = std::fs::read_dir(migrations().join(engine)).unwrap();
    folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// A SQLite database and a PostgreSQL database with migrated tables.
struct Both {
    sqlite: Connection,
    postgres: Client,
    _folder: TempDir,
}

fn both() -> Both {
    let folder = tempfile::tempdir().unwrap();
    let (file, address) = (Engine::Sqlite.place(&folder), Engine::Postgres.place(&folder));
    drop((Store::open(&file).unwrap(), Store::open(&address).unwrap()));
    let (DatabaseLocation::File(path), DatabaseLocation::Address(address)) = (file, address) else {
        panic!("two engines")
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
    let sqlite = Connection::open_with_flags(path, flags).unwrap();
    Both { sqlite, postgres: Client::connect(&address, NoTls).unwrap(), _folder: folder }
}

#[test]
fn migrations_come_in_pairs_and_released_ones_never_change() {
    assert_eq!(files("sqlite"), files("postgres"));
    let listed = std::fs::read_to_string(migrations().join("checksums.txt")).unwrap();
    let listed: BTreeMap<&str, &str> =
        listed.lines().filter_map(|line| line.split_once("  ")).map(|(sum, path)| (path, sum)).collect();
    for engine in ["sqlite", "postgres"] {
        for file in files(engine) {
            let path = format!("{engine}/{file}");
            let sum = Digest::of(&std::fs::read(migrations().join(&path)).unwrap()).to_string();
            assert_eq!(listed.get(path.as_str()), Some(&sum.as_str()), "{path}");
        }
    }
}

/// Type and nullability of database columns, by table and column; types with the same values on both database engines
/// have the same name.
type Columns = BTreeMap<(String, String), (&'static str, bool)>;

fn sqlite_columns(db: &Connection) -> Columns {
    let sql = "SELECT m.name, c.name, c.type, c.\"notnull\" FROM sqlite_master m JOIN pragma_table_info(m.name) c
                WHERE m.type = 'table' AND m.name NOT LIKE 'refinery%' AND m.name NOT LIKE 'sqlite%'";
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| {
        let kind: String = row.get(2)?;
        let kind = match kind.as_str() {
            "BLOB" => "bytes",
            "TEXT" => "text",
            "INTEGER" => "number",
            other => panic!("{other}"),
        };
        Ok(((row.get(0)?, row.get(1)?), (kind, row.get::<_, i64>(3)? == 0)))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn postgres_columns(db: &mut Client) -> Columns {
    let sql = "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text
                 FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name NOT LIKE 'refinery%'";
    let rows = db.query(sql, &[]).unwrap();
    let column = |row: &postgres::Row| {
        let kind = match row.get::<_, String>(2).as_str() {
            "uuid" | "bytea" => "bytes",
            "text" | "date" | "timestamp with time zone" => "text",
            "bigint" | "boolean" => "number",
            other => panic!("{other}"),
        };
        ((row.get(0), row.get(1)), (kind, row.get::<_, String>(3) == "YES"))
    };
    rows.iter().map(column).collect()
}

#[test]
fn schemas_agree_in_columns_kinds_and_nullability() {
    let mut both = both();
    assert_eq!(sqlite_columns(&both.sqlite), postgres_columns(&mut both.postgres));
}

#[test]
fn schemas_agree_in_foreign_keys_and_uniqueness() {
    let mut both = both();
    let sql = "SELECT m.name || '.' || f.\"from\" || '>' || f.\"table\" FROM sqlite_master m
                 JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";
    let mut statement = both.sqlite.prepare(sql).unwrap();
    let ours: BTreeSet<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let sql = "SELECT k.table_name || '.' || k.column_name || '>' || u.table_name
                 FROM information_schema.referential_constraints r
                 JOIN information_schema.key_column_usage k
                   ON k.constraint_name = r.constraint_name AND k.constraint_schema = r.constraint_schema
                 JOIN information_schema.table_constraints u
                   ON u.constraint_name = r.unique_constraint_name AND u.constraint_schema = r.constraint_schema
                WHERE r.constraint_schema = current_schema()";
    let theirs: BTreeSet<String> = both.postgres.query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect();
    assert_eq!(ours, theirs);
    assert!(ours.len() > 20);
    assert_eq!(sqlite_unique(&both.sqlite), postgres_unique(&mut both.postgres));
}

fn sqlite_unique(db: &Connection) -> BTreeSet<(String, Vec<String>)> {
    let sql = "SELECT m.name, i.name FROM sqlite_master m JOIN pragma_index_list(m.name) i
                WHERE m.type = 'table' AND i.\"unique\" AND m.name NOT LIKE 'refinery%'";
    let mut statement = db.prepare(sql).unwrap();
    let found = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
    let columns = |index: &str| {
        let mut statement = db.prepare("SELECT name FROM pragma_index_info($1) ORDER BY name").unwrap();
        let names = statement.query_map([index], |row| row.get(0)).unwrap();
        names.map(Result::unwrap).collect::<Vec<String>>()
    };
    let mut all: BTreeSet<_> = found.map(Result::unwrap).map(|(table, index)| (table, columns(&index))).collect();
    // A single INTEGER PRIMARY KEY is the rowid itself and has no index of its own.
    all.extend(
        [("catalogues", "version"), ("checkpoints", "sequence")].map(|(t, c)| (t.to_owned(), vec![c.to_owned()])),
    );
    all
}

fn postgres_unique(db: &mut Client) -> BTreeSet<(String, Vec<String>)> {
    let sql = "SELECT t.relname::text, array_agg(a.attname::text ORDER BY a.attname::text)
                 FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
                 JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
                 JOIN pg_namespace n ON n.oid = t.relnamespace
                WHERE i.indisunique AND n.nspname = current_schema() AND t.relname NOT LIKE 'refinery%'
                GROUP BY t.relname, i.indexrelid";
    db.query(sql, &[]).unwrap().iter().map(|row| (row.get(0), row.get(1))).collect()
}

#[test]
fn every_statement_is_understood_by_both_and_answers_with_the_same_columns() {
    let mut both = both();
    let all = statements();
    assert!(all.len() > 70, "{}", all.len());
    for Statement { name, sql } in all {
        let ours = both.sqlite.prepare(sql).unwrap_or_else(|error| panic!("{name} on SQLite: {error}"));
        let theirs = both.postgres.prepare(sql).unwrap_or_else(|error| panic!("{name} on PostgreSQL: {error:?}"));
        assert_eq!(ours.parameter_count(), theirs.params().len(), "{name}");
        let columns = theirs.columns().len();
        assert_eq!(ours.column_count(), columns, "{name}");
        parameters_ascend(name, sql);
    }
}

/// Checks that the parameters of an SQL text ascend. SQLite treats `$1, $2` as *named* parameters, numbered by first
/// appearance.
fn parameters_ascend(name: &str, sql: &str) {
    let mut seen = 0;
    for part in sql.split('$').skip(1) {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        let number: usize = digits.parse().unwrap();
        assert!(number <= seen + 1, "{name}: ${number} stands before ${}", seen + 1);
        seen = seen.max(number);
    }
}

#[test]
fn every_sql_text_of_the_store_is_listed() {
    let listed: String = statements().iter().map(|statement| statement.sql).collect();
    let mut places = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(path) = places.pop() {
        if path.is_dir() {
            places.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if source.contains("tx.rows(") || source.contains("tx.change") || source.contains("tx.row(") {
            let has_list = source.contains("statements! {");
            assert!(
                has_list || ["tx", "bulk"].contains(&name),
                "{name} asks the database without a list of statements"
            );
        }
        let loose = source.lines().filter(|line| line.trim_start().starts_with("const ") && line.contains("&str"));
        assert_eq!(loose.filter(|line| line.contains("SELECT") || line.contains("UPDATE")).count(), 0, "{name}");
    }
    assert!(listed.contains("INSERT INTO choices"));
}

/// Database tables that grow with the university; no statement that serves a web page may read one of them completely.
const BIG: [&str; 11] = [
    "offerings",
    "choices",
    "choice_versions",
    "enrolments",
    "history",
    "documents",
    "people",
    "drafts",
    "sessions",
    "notices",
    "letters",
];

/// SQL statements that read whole tables on purpose: imports, verification, cleanup, counts of a whole term.
const WHOLE: [&str; 13] = [
    "people::ALL",
    // This statement writes many people at once; SQLite searches for referring rows, but only if a foreign key is
    // violated.
    "people::PUT_MANY",
    // This statement uses an index that contains only notifications waiting for the digest email.
    "notifications::DIGEST_PEOPLE",
    "ALL_APPOINTMENTS",
    "history::PAGE",
    "FORGET",
    "roster::",
    "checkpoints::",
    "progress::COUNTS",
    "documents::STORED",
    "subject_state::CHAINS",
    "subject_state::WITH_",
    "throttles",
];

#[test]
fn no_statement_that_answers_a_person_scans_a_big_table_on_sqlite() {
    let both = both();
    for Statement { name, sql } in statements() {
        if WHOLE.iter().any(|known| name.contains(known)) {
            continue;
        }
        let mut explain = both.sqlite.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let blanks = vec![rusqlite::types::Null; explain.parameter_count()];
        let plan: Vec<String> = explain
            .query_map(rusqlite::params_from_iter(blanks), |row| row.get(3))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        for step in &plan {
            let scans = step.strip_prefix("SCAN ").map(|rest| rest.split(' ').next().unwrap());
            let table = scans.map(|alias| real_name(sql, alias));
            assert!(table.is_none_or(|table| !BIG.contains(&table.as_str())), "{name}: {plan:?}");
            assert!(!step.contains("AUTOMATIC"), "{name} builds an index on the fly: {plan:?}");
        }
    }
}

#[test]
fn no_statement_that_answers_a_person_scans_a_big_table_on_postgres() {
    let mut both = both();
    // PostgreSQL always scans an empty table; disabling scans shows whether an index could be used.
    both.postgres.batch_execute("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan").unwrap();
    for (number, Statement { name, sql }) in statements().into_iter().enumerate() {
        if WHOLE.iter().any(|known| name.contains(known)) || !sql.trim_start().starts_with("SELECT") {
            continue;
        }
        let count = both.postgres.prepare(sql).unwrap().params().len();
        let nulls = vec!["NULL"; count].join(", ");
        let call = if count == 0 { format!("plan_{number}") } else { format!("plan_{number}({nulls})") };
        both.postgres.batch_execute(&format!("PREPARE plan_{number} AS {sql}")).unwrap();
        let plan = both.postgres.query(&format!("EXPLAIN EXECUTE {call}"), &[]).unwrap();
        for step in plan.iter().map(|row| row.get::<_, String>(0)) {
            let scanned = step.split("Seq Scan on ").nth(1).and_then(|rest| rest.split(' ').next());
            assert!(scanned.is_none_or(|table| !BIG.contains(&table)), "{name}: {step}");
        }
    }
}

/// Returns the name of the database table that has this alias in an SQL statement.
fn real_name(sql: &str, alias: &str) -> String {
    let words: Vec<&str> = sql.split([' ', '\n', ',', '(', ')']).filter(|word| !word.is_empty()).collect();
    let named = words.windows(3).find(|pair| ["FROM", "JOIN", "INTO", "UPDATE"].contains(&pair[0]) && pair[2] == alias);
    named.map_or(alias, |pair| pair[1]).to_owned()
}

#[test]
fn a_cached_statement_is_parsed_once_even_after_analyze() {
    let folder = tempfile::tempdir().unwrap();
    let DatabaseLocation::File(path) = Engine::Sqlite.place(&folder) else { panic!("a file") };
    drop(Store::open(&DatabaseLocation::File(path.clone())).unwrap());
    let db = Connection::open(path).unwrap();
    db.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).unwrap();
    db.execute_batch("INSERT INTO throttles VALUES ('a', 1, 'x'); ANALYZE").unwrap();
    let sql = statements().into_iter().find(|one| one.name.ends_with("throttles::FIND")).unwrap().sql;
    for _ in 0..3 {
        let mut statement = db.prepare_cached(sql).unwrap();
        assert!(statement.query(["a"]).unwrap().next().unwrap().is_some());
        drop(statement);
    }
    let statement = db.prepare_cached(sql).unwrap();
    assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
}
