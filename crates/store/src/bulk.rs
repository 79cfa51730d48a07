//! SQL statements that write many database rows at once, because a roster can have 150,000
//! enrolments and every statement takes a network round trip to PostgreSQL. The SQL text is
//! composed at compile time, so it is the same for SQLite and PostgreSQL, is prepared once, and is
//! listed in `STATEMENTS` like every other SQL text.

use crate::tx::Param;
use crate::{Result, Tx};

/// `bulk!(rows, columns, "INSERT INTO … VALUES ", " ON CONFLICT …")` composes the text of an SQL
/// statement that writes `rows` database rows with `columns` values each.
macro_rules! bulk {
    ($rows:expr, $columns:literal, $head:literal, $rest:literal) => {{
        const LENGTH: usize = $crate::bulk::SqlText::<0>::bulk($head, $rows, $columns, $rest).at;
        const BYTES: [u8; LENGTH] = $crate::bulk::SqlText::<LENGTH>::bulk($head, $rows, $columns, $rest).bytes;
        match std::str::from_utf8(&BYTES) {
            Ok(text) => text,
            // This branch is never reached, because the composed SQL text consists of complete
            // UTF-8 strings.
            Err(_) => "",
        }
    }};
}
pub(crate) use bulk;

/// An SQL text that is composed at compile time and has a known length in bytes. With the length 0,
/// composing stores no text and only counts the bytes that the text needs.
pub(crate) struct SqlText<const LENGTH: usize> {
    pub(crate) bytes: [u8; LENGTH],
    pub(crate) at: usize,
}

impl<const LENGTH: usize> SqlText<LENGTH> {
    /// Composes an SQL statement with one numbered parameter for every column of every database
    /// row.
    pub(crate) const fn bulk(head: &str, rows: usize, columns: usize, rest: &str) -> Self {
        let mut sql = Self { bytes: [b' '; LENGTH], at: 0 };
        sql.text(head);
        let mut place = 0;
        while place < rows * columns {
            sql.text(match place {
                0 => "($",
                _ if place.is_multiple_of(columns) => "), ($",
                _ => ", $",
            });
            place += 1;
            sql.number(place);
        }
        sql.text(")");
        sql.text(rest);
        sql
    }

    const fn text(&mut self, text: &str) {
        let mut rest = text.as_bytes();
        while let [byte, after @ ..] = rest {
            self.byte(*byte);
            rest = after;
        }
    }

    const fn number(&mut self, number: usize) {
        if number >= 10 {
            self.number(number / 10);
        }
        let (_, digits) = b"0123456789".split_at(number % 10);
        if let [digit, ..] = digits {
            self.byte(*digit);
        }
    }

    const fn byte(&mut self, byte: u8) {
        if self.at < LENGTH {
            let (_, rest) = self.bytes.split_at_mut(self.at);
            if let [place, ..] = rest {
                *place = byte;
            }
        }
        self.at += 1;
    }
}

/// The values of one database row, in the sequence in which the SQL statement names the columns.
pub(crate) type RowValues<'v> = Vec<Box<dyn Param + 'v>>;

/// An SQL statement in two variants. The text `one` writes a single database row. The text `many`
/// writes several database rows at once; `together` is their number.
pub(crate) struct BulkStatement {
    pub(crate) one: &'static str,
    pub(crate) many: &'static str,
    pub(crate) together: usize,
}

impl BulkStatement {
    /// Writes all rows to the database: in groups of `together` database rows each, and the
    /// remaining database rows one by one.
    pub(crate) fn all<'v, T>(
        &self,
        tx: &mut Tx<'_>,
        rows: &'v [T],
        values: impl Fn(&'v T) -> RowValues<'v>,
    ) -> Result<()> {
        let together = rows.chunks_exact(self.together);
        let left = together.remainder();
        for some in together {
            write(tx, self.many, some.iter().flat_map(&values).collect())?;
        }
        left.iter().try_for_each(|one| write(tx, self.one, values(one)))
    }
}

fn write(tx: &mut Tx<'_>, sql: &'static str, values: RowValues<'_>) -> Result<()> {
    let params: Vec<&dyn Param> = values.iter().map(AsRef::as_ref).collect();
    tx.change(sql, &params)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_row_has_its_own_parameters() {
        assert_eq!(bulk!(1, 2, "INSERT ", ""), "INSERT ($1, $2)");
        let text = bulk!(4, 3, "ә ", " ON");
        assert_eq!(text, "ә ($1, $2, $3), ($4, $5, $6), ($7, $8, $9), ($10, $11, $12) ON");
    }
}
