//! A database transaction on SQLite or PostgreSQL, with functions that run the same SQL text on
//! either of these engines.

use crate::{Error, Result};
use std::cell::Cell;
use std::collections::HashMap;

/// A value that SQLite and PostgreSQL accept as a parameter of an SQL statement.
pub trait Param: rusqlite::ToSql + postgres::types::ToSql + Sync {}
impl<T: rusqlite::ToSql + postgres::types::ToSql + Sync> Param for T {}

/// A value that SQLite and PostgreSQL return in a column of a query's result.
pub trait Column: rusqlite::types::FromSql + for<'a> postgres::types::FromSql<'a> {}
impl<T: rusqlite::types::FromSql + for<'a> postgres::types::FromSql<'a>> Column for T {}

/// Returns the `LIMIT` of an SQL query that loads one result page and one database row more. The
/// additional row shows that there is a next result page.
pub(crate) fn one_more(page_size: usize) -> i64 {
    i64::try_from(page_size).map_or(i64::MAX, |size| size.saturating_add(1))
}

/// The tables that a roster import fills, and the choices that are joined with them.
const ANALYZE_IMPORTED: &str =
    "ANALYZE orgs, people, appointments, terms, disciplines, offerings, teachers, enrolments, choices";

/// The prepared statements of one PostgreSQL connection, each with its SQL text as the key.
pub(crate) type Prepared = HashMap<&'static str, postgres::Statement>;

/// An open database transaction. It ends when the database engine commits it or drops it without a
/// commit.
pub struct Tx<'a> {
    inner: Inner<'a>,
    cost: Cost,
}

/// The work that a transaction has asked of the database so far. Tests limit it, because it does not
/// depend on the machine as time does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost {
    /// The number of SQL statements that were run.
    pub statements: u64,
    /// The number of operations that SQLite's virtual machine has executed for these statements
    /// (`SQLITE_STMTSTATUS_VM_STEP`); 0 on PostgreSQL, which does not report its work.
    pub steps: u64,
}

/// The faults that a transaction on PostgreSQL has met.
#[derive(Debug, Clone, Copy, Default)]
struct Faults {
    /// A statement used the same data as a different transaction at the same time.
    collided: bool,
    /// The server has closed the connection, or cannot run statements at the moment.
    disconnected: bool,
    /// A statement failed, so that PostgreSQL has aborted the transaction.
    failed: bool,
}

enum Inner<'a> {
    Embedded(&'a rusqlite::Connection),
    Server { transaction: postgres::Transaction<'a>, prepared: &'a mut Prepared, faults: Faults },
}

/// One row of an SQL query's result. The columns are read in the sequence in which the SQL
/// statement lists them.
pub struct Row<'a> {
    inner: InnerRow<'a>,
    next: Cell<usize>,
}

enum InnerRow<'a> {
    Embedded(&'a rusqlite::Row<'a>),
    Server(&'a postgres::Row),
}

impl Row<'_> {
    /// Returns the place of the next column, and moves on to the column after it.
    fn place(&self) -> usize {
        self.next.replace(self.next.get() + 1)
    }

    /// Reads the next column of one row of an SQL query's result.
    pub fn next<T: Column>(&self) -> Result<T> {
        let place = self.place();
        match &self.inner {
            InnerRow::Embedded(row) => row.get(place).map_err(Error::from),
            InnerRow::Server(row) => row.try_get(place).map_err(|error| Error::Broken(error.to_string())),
        }
    }

    /// Reads the next column as a code, such as that of a state, with the function `from_code`.
    ///
    /// # Errors
    /// [`Error::Broken`] if the code is unknown.
    pub(crate) fn code<T>(&self, from_code: impl Fn(&str) -> Option<T>) -> Result<T> {
        let place = self.place();
        match &self.inner {
            InnerRow::Embedded(row) => {
                let text = row.get_ref(place)?.as_str().map_err(|error| Error::Broken(error.to_string()))?;
                known(text, from_code)
            }
            InnerRow::Server(row) => {
                let text: &str = row.try_get(place).map_err(|error| Error::Broken(error.to_string()))?;
                known(text, from_code)
            }
        }
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn embedded(connection: &'a rusqlite::Connection) -> Self {
        Self { inner: Inner::Embedded(connection), cost: Cost::default() }
    }

    pub(crate) fn server(transaction: postgres::Transaction<'a>, prepared: &'a mut Prepared) -> Self {
        let inner = Inner::Server { transaction, prepared, faults: Faults::default() };
        Self { inner, cost: Cost::default() }
    }

    /// Commits a transaction on PostgreSQL. Does nothing on SQLite, because there the writing
    /// thread commits several transactions together.
    pub(crate) fn commit(self) -> Result<()> {
        match self.inner {
            Inner::Embedded(_) => Ok(()),
            Inner::Server { transaction, .. } => transaction.commit().map_err(Error::from),
        }
    }

    /// Returns whether an SQL statement of this transaction used the same data as a different
    /// transaction at the same time (a conflict), even if the caller ignored the error.
    pub(crate) fn collided(&self) -> bool {
        matches!(&self.inner, Inner::Server { faults, .. } if faults.collided)
    }

    /// Returns whether an SQL statement of this transaction failed because the server has closed the
    /// connection or cannot run statements at the moment.
    pub(crate) fn is_disconnected(&self) -> bool {
        matches!(&self.inner, Inner::Server { faults, .. } if faults.disconnected)
    }

    /// Returns whether an SQL statement of this transaction failed. PostgreSQL has then aborted the
    /// transaction, and a commit would save nothing without an error.
    pub(crate) fn failed(&self) -> bool {
        matches!(&self.inner, Inner::Server { faults, .. } if faults.failed)
    }

    /// Returns the number under which PostgreSQL knows this transaction; `None` if it has written
    /// nothing, and on SQLite.
    pub(crate) fn number(&mut self) -> Result<Option<String>> {
        match &mut self.inner {
            Inner::Embedded(_) => Ok(None),
            Inner::Server { transaction, prepared, .. } => {
                let sql = "SELECT pg_current_xact_id_if_assigned()::text";
                let found = on_server(transaction, prepared, sql, |transaction, statement| {
                    transaction.query_one(statement, &[])
                })?;
                Ok(found.get(0))
            }
        }
    }

    /// Returns the work that this transaction has asked of the database so far.
    pub fn cost(&self) -> Cost {
        self.cost
    }

    /// Lets PostgreSQL count the rows of the imported tables, after an import has changed much. Without
    /// counts it reads all offerings of a term where a few rows are needed, until it counts by itself
    /// some minutes later. SQLite needs no counts, because its queries fix their join order.
    pub fn refresh_statistics(&mut self) -> Result<()> {
        if let Inner::Server { transaction, .. } = &mut self.inner {
            transaction.batch_execute(ANALYZE_IMPORTED)?;
        }
        Ok(())
    }

    /// Runs an SQL query and reads all rows of its result.
    pub fn rows<T>(
        &mut self,
        sql: &'static str,
        params: &[&dyn Param],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.cost.statements += 1;
        match &mut self.inner {
            Inner::Embedded(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let mut found = statement.query(embedded_params(params).as_slice())?;
                let mut all = Vec::new();
                while let Some(row) = found.next()? {
                    all.push(read(&Row { inner: InnerRow::Embedded(row), next: Cell::new(0) })?);
                }
                drop(found);
                self.cost.steps += steps(&statement);
                Ok(all)
            }
            Inner::Server { transaction, prepared, faults } => {
                let found = on_server(transaction, prepared, sql, |transaction, statement| {
                    transaction.query(statement, &server_params(params))
                });
                let found = faults.noticing(found)?;
                found.iter().map(|row| read(&Row { inner: InnerRow::Server(row), next: Cell::new(0) })).collect()
            }
        }
    }

    /// Runs an SQL query and reads the first row of its result; `None` if the result is empty.
    pub fn row<T>(
        &mut self,
        sql: &'static str,
        params: &[&dyn Param],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.rows(sql, params, read)?.into_iter().next())
    }

    /// Runs an SQL statement that changes database rows, and returns the number of changed rows.
    pub fn change(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<u64> {
        self.cost.statements += 1;
        match &mut self.inner {
            Inner::Embedded(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let changed = statement.execute(embedded_params(params).as_slice())?;
                self.cost.steps += steps(&statement);
                Ok(u64::try_from(changed).unwrap_or(u64::MAX))
            }
            Inner::Server { transaction, prepared, faults } => {
                let changed = on_server(transaction, prepared, sql, |transaction, statement| {
                    transaction.execute(statement, &server_params(params))
                });
                faults.noticing(changed)
            }
        }
    }

    /// Runs an SQL statement that must change exactly one database row.
    ///
    /// # Errors
    /// [`Error::Stale`] if no database row was changed, because the row no longer has the expected
    /// version.
    pub fn change_one(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<()> {
        match self.change(sql, params)? {
            1 => Ok(()),
            0 => Err(Error::Stale),
            many => Err(Error::Broken(format!("{many} rows changed where one was meant"))),
        }
    }
}

/// Parses a code that is stored in the database with the function `from_code`. An unknown code is
/// the error [`Error::Broken`].
pub(crate) fn known<T>(code: &str, from_code: impl Fn(&str) -> Option<T>) -> Result<T> {
    from_code(code).ok_or_else(|| Error::Broken(format!("unknown code {code}")))
}

/// Returns how many operations SQLite has executed for a statement since this function was last asked
/// about it.
fn steps(statement: &rusqlite::Statement<'_>) -> u64 {
    u64::try_from(statement.reset_status(rusqlite::StatementStatus::VmStep)).unwrap_or_default()
}

fn embedded_params<'p>(params: &[&'p dyn Param]) -> Vec<&'p dyn rusqlite::ToSql> {
    params.iter().map(|&param| param as &dyn rusqlite::ToSql).collect()
}

fn server_params<'p>(params: &[&'p dyn Param]) -> Vec<&'p (dyn postgres::types::ToSql + Sync)> {
    params.iter().map(|&param| param as &(dyn postgres::types::ToSql + Sync)).collect()
}

/// Runs an SQL statement on PostgreSQL. The statement is prepared the first time it runs on a
/// connection.
fn on_server<T>(
    transaction: &mut postgres::Transaction<'_>,
    prepared: &mut Prepared,
    sql: &'static str,
    mut ask: impl FnMut(&mut postgres::Transaction<'_>, &postgres::Statement) -> Result<T, postgres::Error>,
) -> Result<T> {
    if let Some(statement) = prepared.get(sql) {
        return Ok(ask(transaction, statement)?);
    }
    let statement = transaction.prepare(sql)?;
    let answer = ask(transaction, &statement)?;
    prepared.insert(sql, statement);
    Ok(answer)
}

impl Faults {
    /// Remembers the error of a statement, even if the caller ignores it.
    fn noticing<T>(&mut self, answer: Result<T>) -> Result<T> {
        self.collided |= matches!(answer, Err(Error::Again));
        self.disconnected |= matches!(answer, Err(Error::Unavailable(_)));
        self.failed |= answer.is_err();
        answer
    }
}
