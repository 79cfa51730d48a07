//! Limits the work of every SQL statement of the store: each runs on filled tables, in a university and in one of twenty
//! times the size, on SQLite and on PostgreSQL. The work is counted, not timed, so that it does not depend on the machine.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod filled;
mod parameters;

use filled::{Column, Dialect, Filled, Kind, Schema};
use postgres::{Client, NoTls, SimpleQueryMessage};
use rusqlite::{Connection, StatementStatus};
use std::collections::BTreeMap;
use store::{DatabaseLocation, Statement, Store, statements};
use tempfile::TempDir;
use testkit::engine::Engine;

/// The rows of a growing table in the small university, and in the large one.
const SIZES: [usize; 2] = [400, 8_000];

/// The statements that read or write a whole term, a whole table or everything of a unit on purpose. Their work may grow
/// with the university, but not faster.
const WHOLE: [&str; 52] = [
    // Reports and orders of the university.
    "gaps::AWAITING_DECISION",
    "gaps::IN_UNIVERSITY",
    "gaps::OVERDUE",
    "gaps::TAUGHT_BY_DECIDERS",
    "history_search::CHANGES_IN_UNIVERSITY",
    "orders::APPROVED_IN_UNIVERSITY",
    "orders::OF_TERM",
    "progress::COUNTS",
    "progress::COUNT_IN_UNIVERSITY",
    "progress::IN_UNIVERSITY",
    "progress::UNFINISHED",
    "workload::DATES_IN_UNIVERSITY",
    "workload::LOAD_OF_UNIVERSITY",
    "workload::UNFINISHED_IN_UNIVERSITY",
    // The dry run of a changed catalogue.
    "dry_run_facts::OF_TERM",
    "dry_run_facts::USED",
    // What the registrar has granted or set in a term.
    "deadline_extensions::OF_TERM",
    "form_exceptions::OF_TERM",
    "subject_state::EXTENSIONS",
    "subject_state::SET_FORMS",
    // All units, and all people who may approve.
    "orgs::ALL",
    "people::DECIDERS",
    "people::HOLDING",
    // Imports, and their undoing, for which the database looks for rows that refer to a removed one.
    "adopted::ALL",
    "orgs::PUT",
    "people::ALL",
    "people::ALL_APPOINTMENTS",
    "history::PEOPLE",
    "roster::DISCIPLINES",
    "roster::offerings::ENROLMENTS",
    "roster::offerings::LIVE",
    "roster::offerings::OFFERINGS",
    "roster::offerings::TEACHERS",
    "roster::revert::DROP_DISCIPLINE",
    "roster::revert::DROP_OFFERING",
    "roster::revert::DROP_ORG",
    "roster::revert::DROP_TERM",
    // The verification of the history.
    "checkpoints::ALL",
    "checkpoints::HEADS",
    "history::PAGE",
    "documents::STORED",
    "subject_state::CHAINS",
    "subject_state::LAST_LINES",
    "subject_state::ORDERS",
    "subject_state::WITH_CHOICE",
    "subject_state::WITH_DOCUMENTS",
    "subject_state::WITH_POWER",
    // Cleanup in the background.
    "documents::FORGET_CHECKS",
    "emails::FORGET_OLD",
    "restored_forms::FORGET",
    "sessions::FORGET",
    "throttles::FORGET",
];

/// Operations of SQLite's virtual machine.
const STEPS: Limits = Limits { most: 8_000, small: 600 };
/// Rows that PostgreSQL reads.
const ROWS: Limits = Limits { most: 1_100, small: 600 };

/// The limits for the work of a statement that does not grow.
struct Limits {
    /// The most work of any statement. The longest insert hundreds of rows.
    most: u64,
    /// Work that is so small that the database may choose another plan in a large university.
    small: u64,
}

/// Describes each statement whose work is larger than it may be. `works` has the work in the small and in the large
/// university.
fn too_large(works: &BTreeMap<&'static str, [u64; 2]>, limits: &Limits) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, [small, large]) in works {
        let grows = WHOLE.iter().any(|known| name.ends_with(known));
        let limit =
            if grows { small * 22 + limits.most } else { limits.small.max(small + small / 10).min(limits.most) };
        if *large > limit {
            wrong.push(format!("{name}: {small} and {large}, at most {limit}"));
        }
    }
    wrong
}

/// The columns of all tables, with the types of PostgreSQL, which has more of them than SQLite.
fn schema(db: &mut Client) -> Schema {
    let mut schema = Schema::new();
    let sql = "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name NOT LIKE 'refinery%'";
    for row in db.query(sql, &[]).unwrap() {
        let kind = match row.get::<_, String>(2).as_str() {
            "uuid" => Kind::Uuid,
            "bytea" => Kind::Bytes,
            "text" => Kind::Text,
            "date" => Kind::Date,
            "timestamp with time zone" => Kind::Time,
            "bigint" => Kind::Number,
            "boolean" => Kind::Flag,
            other => panic!("{other}"),
        };
        schema.entry(row.get(0)).or_default().insert(row.get(1), Column { kind, refers_to: None });
    }
    let sql = "SELECT k.table_name::text, k.column_name::text, u.table_name::text, u.column_name::text
                 FROM information_schema.referential_constraints r
                 JOIN information_schema.key_column_usage k
                   ON k.constraint_name = r.constraint_name AND k.constraint_schema = r.constraint_schema
                 JOIN information_schema.key_column_usage u
                   ON u.constraint_name = r.unique_constraint_name AND u.constraint_schema = r.constraint_schema
                  AND u.ordinal_position = k.position_in_unique_constraint
                WHERE r.constraint_schema = current_schema()";
    for row in db.query(sql, &[]).unwrap() {
        let column = schema.get_mut(row.get::<_, &str>(0)).unwrap().get_mut(row.get::<_, &str>(1)).unwrap();
        let parent: (String, String) = (row.get(2), row.get(3));
        // A unit's parent stands in the same table.
        if parent.0 != row.get::<_, &str>(0) {
            column.refers_to = Some(parent);
        }
    }
    schema
}

fn new_postgres(folder: &TempDir) -> Client {
    let location = Engine::Postgres.place(folder);
    drop(Store::open(&location).unwrap());
    let DatabaseLocation::Address(address) = location else { panic!("an address") };
    Client::connect(&address, NoTls).unwrap()
}

fn filled_postgres(filled: &Filled<'_>, db: &mut Client) {
    let checks = "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
                    FROM pg_constraint WHERE contype = 'c' AND connamespace = current_schema()::regnamespace";
    for row in db.query(checks, &[]).unwrap() {
        db.batch_execute(row.get(0)).unwrap();
    }
    // Constraints between tables are not checked in this session.
    db.batch_execute("SET session_replication_role = replica").unwrap();
    for table in filled.schema.keys() {
        for sql in filled.inserts(table) {
            db.batch_execute(&sql).unwrap_or_else(|error| panic!("{table}: {error:?}"));
        }
    }
    db.batch_execute("ANALYZE").unwrap();
}

/// The number of rows that the nodes of a plan have read, with those that they have filtered out.
fn rows_read(node: &serde_json::Value) -> u64 {
    let number = |key: &str| node[key].as_f64().unwrap_or(0.0);
    let own = ["Actual Rows", "Rows Removed by Filter", "Rows Removed by Join Filter", "Rows Removed by Index Recheck"];
    let own = own.into_iter().map(number).sum::<f64>() * number("Actual Loops");
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers of rows are small")]
    let own = own as u64;
    own + node["Plans"].as_array().into_iter().flatten().map(rows_read).sum::<u64>()
}

#[test]
fn no_statement_works_more_in_a_large_university_on_postgres() {
    let folder = tempfile::tempdir().unwrap();
    let mut works: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    for (place, rows) in SIZES.into_iter().enumerate() {
        let mut db = new_postgres(&folder);
        let schema = schema(&mut db);
        let filled = Filled { schema: &schema, rows, dialect: Dialect::Postgres };
        filled_postgres(&filled, &mut db);
        for Statement { name, sql } in statements() {
            let sql = parameters::bound(&filled, sql);
            let mut attempt = db.transaction().unwrap();
            let explain = format!("EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) {sql}");
            let answer = attempt.simple_query(&explain).unwrap_or_else(|error| panic!("{name}: {error:?}\n{sql}"));
            let row = answer.iter().find_map(|message| match message {
                SimpleQueryMessage::Row(row) => row.get(0),
                _ => None,
            });
            let plan: serde_json::Value = serde_json::from_str(row.unwrap()).unwrap();
            works.entry(name).or_default()[place] = rows_read(&plan[0]["Plan"]);
            attempt.rollback().unwrap();
        }
    }
    assert_eq!(too_large(&works, &ROWS), Vec::<String>::new());
}

fn filled_sqlite(filled: &Filled<'_>, folder: &TempDir) -> Connection {
    let location = DatabaseLocation::File(folder.path().join(format!("{}.db", filled.rows)));
    drop(Store::open(&location).unwrap());
    let DatabaseLocation::File(path) = location else { panic!("a file") };
    let db = Connection::open(path).unwrap();
    let unchecked = "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF; BEGIN";
    db.execute_batch(unchecked).unwrap();
    for table in filled.schema.keys() {
        for sql in filled.inserts(table) {
            db.execute_batch(&sql).unwrap_or_else(|error| panic!("{table}: {error:?}"));
        }
    }
    db.execute_batch("COMMIT; PRAGMA foreign_keys = ON").unwrap();
    db
}

/// The operations of SQLite's virtual machine for one statement.
fn steps(db: &Connection, sql: &str) -> u64 {
    db.execute_batch("BEGIN; PRAGMA defer_foreign_keys = ON").unwrap();
    let mut statement = db.prepare(sql).unwrap();
    let mut rows = statement.raw_query();
    while rows.next().unwrap().is_some() {}
    drop(rows);
    let steps = statement.get_status(StatementStatus::VmStep);
    drop(statement);
    db.execute_batch("ROLLBACK").unwrap();
    u64::try_from(steps).unwrap()
}

#[test]
fn no_statement_works_more_in_a_large_university_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let schema = schema(&mut new_postgres(&folder));
    let mut works: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
    for (place, rows) in SIZES.into_iter().enumerate() {
        let filled = Filled { schema: &schema, rows, dialect: Dialect::Sqlite };
        let db = filled_sqlite(&filled, &folder);
        for Statement { name, sql } in statements() {
            works.entry(name).or_default()[place] = steps(&db, &parameters::bound(&filled, sql));
        }
    }
    assert_eq!(too_large(&works, &STEPS), Vec::<String>::new());
}
