//! Dumps every row of a SQLite database as one INSERT statement and loads the rows again: without schema and regardless
//! of foreign keys.

use store::Store;

/// Turns an SQL text composed at run time into a static one.
pub(crate) fn sql(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

/// Returns the values of a query that has a single column.
pub(crate) fn texts(store: &Store, query: String) -> Vec<String> {
    let query = sql(query);
    store.read_now(move |tx| tx.rows(query, &[], |row| row.next())).unwrap()
}

/// Changes database rows in one transaction; foreign keys are checked when the transaction ends.
pub(crate) fn change(store: &Store, statements: impl IntoIterator<Item = String>) {
    let statements: Vec<_> = statements.into_iter().map(sql).collect();
    let task = move |tx: &mut store::Tx<'_>| {
        tx.change("PRAGMA defer_foreign_keys = ON", &[])?;
        statements.iter().try_for_each(|statement| tx.change(statement, &[]).map(drop))
    };
    store.write_now(task).unwrap();
}

/// The names of the program's database tables, sorted.
pub(crate) fn tables(store: &Store) -> Vec<String> {
    let query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'refinery%'
                    AND name NOT LIKE 'sqlite%' ORDER BY name";
    texts(store, query.to_owned())
}

/// Returns the rows of a database table as INSERT statements with these columns, or with all columns, sorted by primary
/// key.
pub(crate) fn dump(store: &Store, table: &str, columns: Option<&str>) -> Vec<String> {
    let found = |what: &str| texts(store, format!("SELECT name FROM pragma_table_info('{table}') {what}"));
    let columns = columns.map_or_else(|| found("ORDER BY cid").join(", "), str::to_owned);
    let values: Vec<_> = columns.split(", ").map(|column| format!("quote({column})")).collect();
    let (values, keys) = (values.join(" || ', ' || "), found("WHERE pk > 0 ORDER BY pk").join(", "));
    let beginning = format!("INSERT INTO {table} ({columns}) VALUES (");
    let rows = texts(store, format!("SELECT '{beginning}' || {values} || ');' FROM {table} ORDER BY {keys}"));
    assert!(rows.iter().all(|row| !row.contains('\n')), "a row of {table} is more than one line");
    rows
}

/// The INSERT statements of a fixture file.
pub(crate) fn inserts(file: &str) -> Vec<String> {
    file.lines().filter(|line| line.starts_with("INSERT INTO ")).map(str::to_owned).collect()
}

/// Returns the table and the column list of an INSERT statement.
pub(crate) fn named(insert: &str) -> (&str, &str) {
    let rest = insert.strip_prefix("INSERT INTO ").unwrap();
    let (table, rest) = rest.split_once(" (").unwrap();
    (table, rest.split_once(") VALUES (").unwrap().0)
}
