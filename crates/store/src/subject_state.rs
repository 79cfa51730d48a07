//! The stored records about one subject of the history, as one hash. Each entry of the history
//! contains the hash of its subject's records after the act, so that a change that was made past the
//! program is noticed.
//!
//! The hash covers every record whose changes the history records: choices with their versions,
//! accounts and appointments to roles with power over others, documents, terms with deadline
//! extensions, requests for them and centrally set forms, issued orders, and versions of the catalogue.

use crate::documents::digest;
use crate::statement_macro::statements;
use crate::tx::Row;
use crate::{Result, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use domain::digest::Digest;
use domain::history::Subject;
use domain::id::{DisciplineId, OfferingId, PersonId, TermId};
use uuid::Uuid;

statements! {
    CHOICE = "SELECT EXISTS (SELECT 1 FROM extension_requests r WHERE r.offering_id = o.id), o.exam_kept_here, o.has_exam, c.version, c.row_id, c.catalogue, c.info, c.document_id, c.document_sha,
                     c.sent_by, c.sent_at, c.stage, c.decided_by, c.decided_at, c.reason, c.was_reopened, c.reopen_asked,
                     s.row_id, s.info, s.reason, s.set_by, s.set_at
                FROM offerings o
                LEFT JOIN choices c ON c.offering_id = o.id
                LEFT JOIN set_forms s ON s.offering_id = o.id
               WHERE o.id = $1 ORDER BY s.id";
    REQUESTS = "SELECT id, asked_by, asked_at, reason, endorsed_by, endorsed_at, answered_by, answered_at, is_granted,
                       answer_reason
                  FROM extension_requests WHERE offering_id = $1 ORDER BY id";
    VERSIONS = "SELECT version, row_id, catalogue, info, document_id, document_sha, sent_by, sent_at, decided
                  FROM choice_versions WHERE offering_id = $1 ORDER BY version";
    ACCOUNT = "SELECT username, is_enabled FROM people WHERE id = $1";
    APPOINTMENTS = "SELECT role, org_id, starts_on, ends_on, order_number
                      FROM appointments
                     WHERE person_id = $1 AND role NOT IN ('student', 'instructor') ORDER BY id";
    DOCUMENTS = "SELECT id, name, version, media, size, sha256, uploader_id, uploaded_at, term_id
                   FROM documents WHERE discipline_id = $1 ORDER BY id";
    TERM = "SELECT code, name_kk, name_ru, name_en, starts_on, ends_on, choose_from, choose_until, approve_until,
                   catalogue, is_closed, uniformity, escalate_after
              FROM terms WHERE id = $1";
    EXTENSIONS = "SELECT department_id, offering_id, until_day, reason, opened_by, opened_at
                    FROM openings WHERE term_id = $1 ORDER BY id";
    SET_FORMS = "SELECT discipline_id, row_id, info, reason, set_by, set_at
                   FROM set_forms WHERE term_id = $1 AND offering_id IS NULL ORDER BY id";
    ORDER = "SELECT term_id, unit_id, number, content, issued_by, issued_at FROM orders WHERE fingerprint = $1";
    CATALOGUES = "SELECT version, content, loaded_at FROM catalogues ORDER BY version";
    WITH_CHOICE = "SELECT offering_id FROM choices
                    UNION SELECT offering_id FROM set_forms WHERE offering_id IS NOT NULL
                    UNION SELECT id FROM offerings WHERE exam_kept_here
                    UNION SELECT offering_id FROM extension_requests
                    ORDER BY 1";
    WITH_POWER = "SELECT DISTINCT person_id FROM appointments WHERE role NOT IN ('student', 'instructor')
                   ORDER BY person_id";
    TERMS = "SELECT id FROM terms ORDER BY id";
    WITH_DOCUMENTS = "SELECT DISTINCT discipline_id FROM documents ORDER BY discipline_id";
    ORDERS = "SELECT fingerprint FROM orders ORDER BY fingerprint";
    LAST_LINES = "SELECT h.subject, h.sequence, h.act, h.payload FROM chain_heads c
                   CROSS JOIN history h WHERE h.subject = c.subject AND h.sequence = c.sequence
                   ORDER BY h.subject";
    CHAINS = "SELECT subject, MAX(sequence), MIN(CASE WHEN payload LIKE '%\"state\":\"%' THEN sequence END)
                FROM history GROUP BY subject ORDER BY subject";
    BEGINNING = "SELECT began_at FROM state_hashes";
    BEGIN = "INSERT INTO state_hashes (began_at) VALUES ($1)";
}

/// Computes the hash of the stored records about a subject.
pub fn of(tx: &mut Tx<'_>, subject: &Subject) -> Result<Digest> {
    let mut records = Records::default();
    match subject {
        Subject::Choice(OfferingId(id)) => {
            let has_requests = tx.rows(CHOICE, &[id], |row| records.add_choice(row))?;
            tx.rows(VERSIONS, &[id], |row| records.add("version", row, &VERSION_COLUMNS))?;
            if has_requests.contains(&true) {
                tx.rows(REQUESTS, &[id], |row| records.add("extension-request", row, &REQUEST_COLUMNS))?;
            }
        }
        Subject::Person(PersonId(id)) => {
            tx.rows(ACCOUNT, &[id], |row| records.add("account", row, &ACCOUNT_COLUMNS))?;
            tx.rows(APPOINTMENTS, &[id], |row| records.add("appointment", row, &APPOINTMENT_COLUMNS))?;
        }
        Subject::Dossier(DisciplineId(id)) => {
            tx.rows(DOCUMENTS, &[id], |row| records.add("document", row, &DOCUMENT_COLUMNS))?;
        }
        Subject::Term(TermId(id)) => {
            tx.rows(TERM, &[id], |row| records.add_term(row))?;
            tx.rows(EXTENSIONS, &[id], |row| records.add("extension", row, &EXTENSION_COLUMNS))?;
            tx.rows(SET_FORMS, &[id], |row| records.add("set-form", row, &SET_FORM_COLUMNS))?;
        }
        Subject::Order(fingerprint) => {
            let fingerprint = fingerprint.0.as_slice();
            tx.rows(ORDER, &[&fingerprint], |row| records.add("order", row, &ORDER_COLUMNS))?;
        }
        Subject::Catalogue => {
            tx.rows(CATALOGUES, &[], |row| records.add("catalogue", row, &CATALOGUE_COLUMNS))?;
        }
        Subject::Roster => {}
    }
    Ok(records.hash())
}

/// Lists every subject that has stored records which the history must have recorded.
pub fn recorded_subjects(tx: &mut Tx<'_>) -> Result<Vec<Subject>> {
    let mut subjects = vec![Subject::Catalogue];
    subjects.extend(tx.rows(WITH_CHOICE, &[], |row| Ok(Subject::Choice(OfferingId(row.next()?))))?);
    subjects.extend(tx.rows(WITH_POWER, &[], |row| Ok(Subject::Person(PersonId(row.next()?))))?);
    subjects.extend(tx.rows(TERMS, &[], |row| Ok(Subject::Term(TermId(row.next()?))))?);
    subjects.extend(tx.rows(WITH_DOCUMENTS, &[], |row| Ok(Subject::Dossier(DisciplineId(row.next()?))))?);
    subjects.extend(tx.rows(ORDERS, &[], |row| Ok(Subject::Order(digest(row)?)))?);
    Ok(subjects)
}

/// The last entry of a hash chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastLine {
    /// The subject as the history stores it, for example `choice:<id>`.
    pub subject: String,
    pub sequence: i64,
    pub act: String,
    /// The details of the act as JSON, which contain the hash of the subject's records.
    pub payload: String,
}

/// Lists the last entry of every hash chain.
pub fn last_lines(tx: &mut Tx<'_>) -> Result<Vec<LastLine>> {
    tx.rows(LAST_LINES, &[], |row| {
        Ok(LastLine { subject: row.next()?, sequence: row.next()?, act: row.next()?, payload: row.next()? })
    })
}

/// The part of a hash chain that proves the records of its subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainProof {
    /// The subject as the history stores it, for example `choice:<id>`.
    pub subject: String,
    /// The number of entries. Entries are numbered from 1.
    pub lines: i64,
    /// The first entry with a hash of the subject's records; `None` if no entry has one.
    pub proven_from: Option<i64>,
}

/// Lists every hash chain, in the sequence of the subjects.
pub fn chain_proofs(tx: &mut Tx<'_>) -> Result<Vec<ChainProof>> {
    tx.rows(CHAINS, &[], |row| Ok(ChainProof { subject: row.next()?, lines: row.next()?, proven_from: row.next()? }))
}

/// Returns when the entries of the history began to contain hashes of the records; `None` if they do
/// not yet.
pub fn beginning(tx: &mut Tx<'_>) -> Result<Option<DateTime<Utc>>> {
    tx.row(BEGINNING, &[], |row| row.next())
}

/// Stores that from now on every entry of the history contains the hash of its subject's records.
pub fn begin(tx: &mut Tx<'_>, now: DateTime<Utc>) -> Result<()> {
    tx.change_one(BEGIN, &[&now])
}

/// The type of a column whose value is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueType {
    Text,
    Number,
    Flag,
    Id,
    Bytes,
    Time,
    Day,
}

/// The columns of the query `CHOICE` after those about requests and the final exam.
const CHOICE_COLUMNS: [ValueType; 19] = {
    use ValueType::{Bytes, Flag, Id, Number, Text, Time};
    [Number, Text, Number, Text, Id, Bytes, Id, Time, Text, Id, Time, Text, Flag, Text, Text, Text, Text, Id, Time]
};
const VERSION_COLUMNS: [ValueType; 9] = {
    use ValueType::{Bytes, Id, Number, Text, Time};
    [Number, Text, Number, Text, Id, Bytes, Id, Time, Text]
};
const REQUEST_COLUMNS: [ValueType; 10] = {
    use ValueType::{Flag, Id, Text, Time};
    [Id, Id, Time, Text, Id, Time, Id, Time, Flag, Text]
};
const ACCOUNT_COLUMNS: [ValueType; 2] = [ValueType::Text, ValueType::Flag];
const APPOINTMENT_COLUMNS: [ValueType; 5] =
    [ValueType::Text, ValueType::Id, ValueType::Day, ValueType::Day, ValueType::Text];
const DOCUMENT_COLUMNS: [ValueType; 9] = {
    use ValueType::{Bytes, Id, Number, Text, Time};
    [Id, Text, Number, Text, Number, Bytes, Id, Time, Id]
};
const TERM_COLUMNS: [ValueType; 12] = {
    use ValueType::{Day, Flag, Number, Text};
    [Text, Text, Text, Text, Day, Day, Day, Day, Day, Number, Flag, Text]
};
const EXTENSION_COLUMNS: [ValueType; 6] =
    [ValueType::Id, ValueType::Id, ValueType::Day, ValueType::Text, ValueType::Id, ValueType::Time];
const SET_FORM_COLUMNS: [ValueType; 6] =
    [ValueType::Id, ValueType::Text, ValueType::Text, ValueType::Text, ValueType::Id, ValueType::Time];
const ORDER_COLUMNS: [ValueType; 6] =
    [ValueType::Id, ValueType::Id, ValueType::Number, ValueType::Text, ValueType::Id, ValueType::Time];
const CATALOGUE_COLUMNS: [ValueType; 3] = [ValueType::Number, ValueType::Text, ValueType::Time];

/// The values of records in the sequence in which they are hashed.
#[derive(Default)]
struct Records {
    parts: Vec<Vec<u8>>,
}

impl Records {
    fn add(&mut self, kind: &str, row: &Row<'_>, columns: &[ValueType]) -> Result<()> {
        self.parts.push(kind.as_bytes().to_vec());
        self.columns(row, columns)
    }

    /// Adds a row of the query `CHOICE`. Returns whether the offering has requests to extend its deadline.
    fn add_choice(&mut self, row: &Row<'_>) -> Result<bool> {
        let has_requests = row.next()?;
        self.parts.push(b"choice".to_vec());
        let (is_kept_here, has_exam): (bool, bool) = (row.next()?, row.next()?);
        // What a roster says about the final exam is not an act of a person.
        self.value(is_kept_here.then(|| vec![u8::from(has_exam)]));
        self.columns(row, &CHOICE_COLUMNS)?;
        Ok(has_requests)
    }

    /// Adds a row of the query `TERM`. The escalation is hashed only if it is set, because terms had none
    /// when their first hashes were computed.
    fn add_term(&mut self, row: &Row<'_>) -> Result<()> {
        self.add("term", row, &TERM_COLUMNS)?;
        if let Some(days) = row.next::<Option<i64>>()? {
            self.parts.push(b"escalation".to_vec());
            self.value(Some(days.to_be_bytes().to_vec()));
        }
        Ok(())
    }

    fn hash(&self) -> Digest {
        Digest::of_parts(self.parts.iter().map(Vec::as_slice))
    }

    /// Adds a value; a missing value differs from an empty one.
    fn value(&mut self, value: Option<Vec<u8>>) {
        self.parts.push(vec![u8::from(value.is_some())]);
        self.parts.push(value.unwrap_or_default());
    }

    fn columns(&mut self, row: &Row<'_>, columns: &[ValueType]) -> Result<()> {
        for column in columns {
            let value = match column {
                ValueType::Text => row.next::<Option<String>>()?.map(String::into_bytes),
                ValueType::Number => row.next::<Option<i64>>()?.map(|number| number.to_be_bytes().to_vec()),
                ValueType::Flag => row.next::<Option<bool>>()?.map(|flag| vec![u8::from(flag)]),
                ValueType::Id => row.next::<Option<Uuid>>()?.map(|id| id.as_bytes().to_vec()),
                ValueType::Bytes => row.next::<Option<Vec<u8>>>()?,
                ValueType::Time => {
                    let time = row.next::<Option<DateTime<Utc>>>()?;
                    time.map(|time| time.timestamp_millis().to_be_bytes().to_vec())
                }
                ValueType::Day => row.next::<Option<NaiveDate>>()?.map(|day| day.to_string().into_bytes()),
            };
            self.value(value);
        }
        Ok(())
    }
}
