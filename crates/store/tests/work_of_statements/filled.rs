//! A database in which every table has rows, for tests of single SQL statements. All values are derived from the table,
//! the column and the number of the row, so that the same database can be filled on SQLite and on PostgreSQL.

use domain::digest::Digest;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The type of a database column. SQLite and PostgreSQL write the values of some types in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Uuid,
    Bytes,
    Text,
    Date,
    Time,
    Number,
    Flag,
}

/// A database column, with the column of another table that it refers to.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub kind: Kind,
    pub refers_to: Option<(String, String)>,
}

/// The columns of every table, by the name of the table and the name of the column.
pub(crate) type Schema = BTreeMap<String, BTreeMap<String, Column>>;

/// The engine for which SQL literals are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

/// A university whose growing tables have `rows` rows.
pub(crate) struct Filled<'a> {
    pub schema: &'a Schema,
    pub rows: usize,
    pub dialect: Dialect,
}

impl Filled<'_> {
    /// The number of rows of a table. Terms and versions of the catalogue stay few, however large the university is; each
    /// department has 20 offerings, each discipline 4.
    pub(crate) fn rows_of(&self, table: &str) -> usize {
        match table {
            "state_hashes" => 1,
            "terms" | "leases" => 4,
            "catalogues" | "catalogue_drafts" => 2,
            "imports" | "rounds" => 100,
            "orgs" | "orders" | "set_forms" | "openings" => self.rows / 20,
            "disciplines" => self.rows / 4,
            "choices" | "adopted_people" | "documents" => self.rows / 2,
            _ => self.rows,
        }
    }

    /// The SQL literal in one column of the row with this number.
    pub(crate) fn literal(&self, table: &str, column: &str, row: usize) -> String {
        let found = &self.schema[table][column];
        if let Some((parent, key)) = &found.refers_to {
            let (rows, parents) = (self.rows_of(table), self.rows_of(parent));
            // The first new row refers to a row in an odd place, to which a table of half the size does not refer yet.
            let referred = if row < rows { row * parents / rows } else { (column.len() | 1) + row - rows - 1 };
            return self.literal(parent, key, referred % parents);
        }
        // Four entries of the history belong to one subject.
        let number = if (table, column) == ("history", "subject") { row / 4 } else { row };
        self.value(found.kind, &format!("{}.{column}", if column == "subject" { "" } else { table }), column, number)
    }

    fn value(&self, kind: Kind, seed: &str, column: &str, number: usize) -> String {
        let hash = Digest::of(format!("{seed} {number}").as_bytes()).to_string();
        match (kind, self.dialect) {
            (Kind::Uuid, Dialect::Sqlite) => format!("X'{}'", &hash[..32]),
            (Kind::Uuid, Dialect::Postgres) => format!("'{}'", &hash[..32]),
            (Kind::Bytes, Dialect::Sqlite) => format!("X'{hash}'"),
            (Kind::Bytes, Dialect::Postgres) => format!("'\\x{hash}'"),
            (Kind::Text, _) => format!("'{}'", text(column, number)),
            (Kind::Date, _) => format!("'{}-{:02}-{:02}'", 2000 + number / 336, number / 28 % 12 + 1, number % 28 + 1),
            (Kind::Time, _) => format!("'{}'", instant(number)),
            (Kind::Number, _) => format!("'{number}'").trim_matches('\'').to_owned(),
            (Kind::Flag, Dialect::Sqlite) => if is_set(column) { "1" } else { "0" }.to_owned(),
            (Kind::Flag, Dialect::Postgres) => is_set(column).to_string(),
        }
    }

    /// The SQL texts that insert all rows of a table, at most 500 rows in each.
    pub(crate) fn inserts(&self, table: &str) -> Vec<String> {
        let columns: Vec<&str> = self.schema[table].keys().map(String::as_str).collect();
        let numbers: Vec<usize> = (0..self.rows_of(table)).collect();
        let insert = |numbers: &[usize]| {
            let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
            for (place, number) in numbers.iter().enumerate() {
                let values: Vec<String> = columns.iter().map(|column| self.literal(table, column, *number)).collect();
                write!(sql, "{}({})", if place == 0 { "" } else { ", " }, values.join(", ")).unwrap();
            }
            sql
        };
        numbers.chunks(500).map(insert).collect()
    }
}

/// Flags that most rows of a real university have set.
fn is_set(column: &str) -> bool {
    ["has_exam", "is_active", "is_enabled"].contains(&column)
}

fn text(column: &str, number: usize) -> String {
    match column {
        "stage" => ["in-review", "returned", "approved"][number % 3].to_owned(),
        "kind" => ["university", "faculty", "department"][number.min(2)].to_owned(),
        "role" if number.is_multiple_of(50) => "head".to_owned(),
        "role" => ["student", "instructor"][number % 2].to_owned(),
        // Most emails were sent long ago, and most imports are finished.
        "state" => if number.is_multiple_of(50) { "waiting" } else { "sent" }.to_owned(),
        _ => format!("{column} {number:06}"),
    }
}

fn instant(number: usize) -> String {
    let (day, minute) = (number / 1440, number % 1440);
    format!(
        "{}-{:02}-{:02}T{:02}:{:02}:00Z",
        2020 + day / 336,
        day / 28 % 12 + 1,
        day % 28 + 1,
        minute / 60,
        minute % 60
    )
}
