//! Values for the parameters of any SQL statement of the store, found by the columns with which the statement compares
//! its parameters.

use crate::filled::Filled;

/// The rows that a parameter selects if the statement compares it with "less than" or "greater than".
const FEW: usize = 10;

/// Returns the SQL text with a literal in place of each parameter.
pub(crate) fn bound(filled: &Filled<'_>, sql: &str) -> String {
    let words = words(sql);
    let tables = tables(filled, &words);
    let finder =
        Finder { filled, words: &words, tables: &tables, is_limited: words.iter().any(|word| word == "LIMIT") };
    let mut found: Vec<Option<String>> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let Some(number) = word.strip_prefix('$').and_then(|digits| digits.parse::<usize>().ok()) else { continue };
        found.resize(found.len().max(number), None);
        let value = finder.value(place);
        let known = found.get_mut(number - 1).unwrap();
        *known = known.take().or(value);
    }
    let mut text = sql.to_owned();
    for (number, value) in found.iter().enumerate().rev() {
        text = text.replace(&format!("${}", number + 1), value.as_deref().unwrap_or("''"));
    }
    text
}

fn words(sql: &str) -> Vec<String> {
    let spaced = sql.replace('(', " ( ").replace(')', " ) ").replace(',', " , ");
    spaced.split_whitespace().map(str::to_owned).collect()
}

/// The tables of a statement, each with its alias.
fn tables(filled: &Filled<'_>, words: &[String]) -> Vec<(String, String)> {
    let named = words.windows(3).filter(|three| ["FROM", "JOIN", "INTO", "UPDATE"].contains(&three[0].as_str()));
    let known = named.filter(|three| filled.schema.contains_key(&three[1]));
    let found = known.map(|three| (three[2].trim_end_matches(',').to_owned(), three[1].clone()));
    let last = words.len().saturating_sub(2);
    let at_end = words[last..].first().filter(|word| word.as_str() == "FROM").map(|_| words[last + 1].clone());
    found.chain(at_end.map(|table| (table.clone(), table))).collect()
}

struct Finder<'a> {
    filled: &'a Filled<'a>,
    words: &'a [String],
    tables: &'a [(String, String)],
    is_limited: bool,
}

impl Finder<'_> {
    fn word(&self, place: usize, back: usize) -> &str {
        place.checked_sub(back).map_or("", |place| self.words[place].as_str())
    }

    fn value(&self, place: usize) -> Option<String> {
        match self.word(place, 1) {
            "LIMIT" => Some("50".to_owned()),
            "OFFSET" => Some("0".to_owned()),
            "LIKE" => Some("'zz%'".to_owned()),
            compared @ ("=" | "<>" | "<" | "<=" | ">" | ">=") => self.of_column(self.word(place, 2), compared, place),
            "(" | "," | "SELECT" if self.words[0] == "INSERT" => self.inserted(place),
            "(" | "," => self.in_tuple(place),
            _ => None,
        }
    }

    /// The value of a parameter in a comparison of tuples, `(a, b) < ($1, $2)`.
    fn in_tuple(&self, place: usize) -> Option<String> {
        let open = (0..place).rev().find(|place| self.words[*place] == "(")?;
        let compared = self.word(open, 1);
        if !["<", ">"].contains(&compared) || self.word(open, 2) != ")" {
            return None;
        }
        let first = (0..open).rev().find(|place| self.words[*place] == "(")?;
        self.of_column(&self.words[first + place - open], compared, place)
    }

    fn of_column(&self, name: &str, compared: &str, place: usize) -> Option<String> {
        let (alias, column) = name.split_once('.').unwrap_or(("", name));
        let has = |table: &str| self.filled.schema[table].contains_key(column);
        let (_, table) = self
            .tables
            .iter()
            .find(|(known, table)| (alias.is_empty() || known == alias || table == alias) && has(table))?;
        Some(self.filled.literal(table, column, self.row(table, compared, place)))
    }

    /// The number of the row whose value a comparison uses: for equality a row in the middle; otherwise a row that lets
    /// the statement find few rows, or all rows if it limits them itself.
    fn row(&self, table: &str, compared: &str, place: usize) -> usize {
        let rows = self.filled.rows_of(table);
        let is_new = self.words[0] == "UPDATE" && !self.words[..place].iter().any(|word| word == "WHERE");
        match compared {
            _ if is_new => rows + 5,
            "<" | "<=" if self.is_limited => rows - 1,
            "<" | "<=" => FEW.min(rows - 1),
            ">" | ">=" if self.is_limited => 0,
            ">" | ">=" => rows.saturating_sub(FEW),
            _ => rows / 2,
        }
    }

    /// The value of a parameter in the list of values of an `INSERT`, or in its `SELECT`.
    fn inserted(&self, place: usize) -> Option<String> {
        let table = &self.words[2];
        let values = self.words.iter().position(|word| word == "VALUES" || word == "SELECT")?;
        let is_name = |word: &&str| !["(", ")", ","].contains(word);
        let columns: Vec<&str> = self.words[3..values].iter().map(String::as_str).filter(is_name).collect();
        let open = (values..place).rev().find(|place| self.words[*place] == "(").unwrap_or(values);
        let column = columns.get(self.words[open..place].iter().filter(|word| *word == ",").count())?;
        let before = self.words[values..open].iter().filter(|word| *word == "(").count();
        Some(self.filled.literal(table, column, self.filled.rows_of(table) + 1 + before))
    }
}
