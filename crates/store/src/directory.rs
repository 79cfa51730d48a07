//! Search for people by a part of the name (in any script), by a part of the username, by role or
//! by unit. The results are sorted by name.

use crate::people::{person, select_person};
use crate::statement_macro::statements;
use crate::tx::{Row, one_more};
use crate::{Result, Tx};
use chrono::NaiveDate;
use domain::id::{OrgId, PersonId};
use domain::limits::PEOPLE_PAGE_SIZE;
use domain::name::search_key;
use domain::person::{Person, Role};
use uuid::Uuid;

statements! {
    PAGE = select_person!(
        "WHERE (p.sort_key, p.id) > ($1, $2)
               AND ($3 = '' OR p.search_key LIKE $4 OR p.username LIKE $5)
               AND ($6 = '' OR EXISTS (SELECT a.id FROM appointments a WHERE a.person_id = p.id AND a.role = $7))
             ORDER BY p.sort_key, p.id LIMIT $8",
        ", p.sort_key"
    );
    OF_UNIT = select_person!(
        "WHERE p.id IN (SELECT a.person_id FROM appointments a WHERE a.org_id = $1)
                  AND (p.sort_key, p.id) > ($2, $3)
                  AND ($4 = '' OR p.search_key LIKE $5 OR p.username LIKE $6)
                  AND ($7 = '' OR EXISTS (SELECT b.id FROM appointments b WHERE b.person_id = p.id AND b.role = $8))
                ORDER BY p.sort_key, p.id LIMIT $9",
        ", p.sort_key"
    );
    STAFF = select_person!(
        "WHERE p.id IN (SELECT a.person_id FROM appointments a
                          WHERE a.org_id = $1 AND (a.ends_on IS NULL OR a.ends_on >= $2))
                  AND (p.sort_key, p.id) > ($3, $4)
                  AND ($5 = '' OR p.search_key LIKE $6 OR p.username LIKE $7)
                  AND ($8 = '' OR EXISTS (SELECT b.id FROM appointments b WHERE b.person_id = p.id AND b.role = $9))
                ORDER BY p.sort_key, p.id LIMIT $10",
        ", p.sort_key"
    );
    PLACE = "SELECT sort_key FROM people WHERE id = $1";
}

/// The filter of a search for people, and the position of the requested result page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleSearch {
    /// A part of a person's name in any script, or of a username; empty if the search is not
    /// limited by text.
    pub text: String,
    /// The role to which the search is limited: only people who are or were appointed to this role
    /// are found. `None` finds people with any role.
    pub role: Option<Role>,
    /// The unit to which the search is limited: only people who are or were appointed in this unit
    /// are found. `None` finds people of any unit.
    pub unit: Option<OrgId>,
    /// The last person of the previous result page; `None` for the first result page.
    pub after: Option<PersonId>,
}

/// The values of a search that its statement compares with the columns of a person.
struct Compared {
    /// The sort key of the last person of the previous result page; empty for the first page.
    place: String,
    after: Uuid,
    key: String,
    name: String,
    username: String,
    role: &'static str,
    most: i64,
}

impl Compared {
    fn of(tx: &mut Tx<'_>, wanted: &PeopleSearch) -> Result<Self> {
        let after = wanted.after.map_or(Uuid::nil(), |id| id.0);
        let place: String = tx.row(PLACE, &[&after], |row| row.next())?.unwrap_or_default();
        // A text converted by `search_key` has only letters, digits and single spaces. SQL's LIKE
        // treats none of these characters as a wildcard, so the text needs no escaping.
        let key = search_key(&wanted.text);
        let (name, username) = (format!("%{key}%"), format!("%{}%", plain(&wanted.text)));
        let role = wanted.role.map(Role::code).unwrap_or_default();
        Ok(Self { place, after, key, name, username, role, most: one_more(PEOPLE_PAGE_SIZE) })
    }
}

/// Loads one result page of people sorted by name, and one person more if there is a next result
/// page.
pub fn page(tx: &mut Tx<'_>, wanted: &PeopleSearch) -> Result<Vec<Person>> {
    let Compared { place, after, key, name, username, role, most } = Compared::of(tx, wanted)?;
    match wanted.unit {
        None => tx.rows(PAGE, &[&place, &after, &key, &name, &username, &role, &role, &most], found),
        Some(unit) => tx.rows(OF_UNIT, &[&unit.0, &place, &after, &key, &name, &username, &role, &role, &most], found),
    }
}

/// Loads one result page of the people who have an appointment in a department today or later,
/// sorted by name, and one person more if there is a next result page. The unit in `wanted` is not
/// used.
pub fn staff(tx: &mut Tx<'_>, department: OrgId, today: NaiveDate, wanted: &PeopleSearch) -> Result<Vec<Person>> {
    let Compared { place, after, key, name, username, role, most } = Compared::of(tx, wanted)?;
    tx.rows(STAFF, &[&department.0, &today, &place, &after, &key, &name, &username, &role, &role, &most], found)
}

/// Removes the characters that cannot occur in a username, among them the wildcards of SQL's LIKE.
fn plain(text: &str) -> String {
    let kept = |letter: &char| letter.is_alphanumeric() || ['.', '-', '@'].contains(letter);
    text.trim().to_lowercase().chars().filter(kept).collect()
}

fn found(row: &Row<'_>) -> Result<Person> {
    person(row)
}
