//! Searches the history by person, act and date, for people who are allowed to read all records of
//! the university. The results are divided into pages.

use crate::failure::Failure;
use crate::reason::Reasons;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, NaiveDate, Utc};
use domain::digest::Digest;
use domain::history::{Act, Subject};
use domain::limits::{HISTORY_FILE_LIMIT, HISTORY_PAGE_SIZE};
use domain::name::{Name, search_key};
use domain::offering::Offering;
use domain::person::Actor;
use domain::policy;
use domain::term::begins;
use serde::Deserialize;
use std::collections::HashMap;
use store::history::HistoryRecord;
use store::history_search::{HistorySearch, search};
use store::{documents, offerings, people};

pub use store::history_search::HistoryCursor;

/// The codes of all acts, which the filter of the history search offers for selection.
pub const ACTS: &[&str] = Act::CODES;

/// The filters of a history search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HistoryQuery {
    /// The first letters of the family name of the person whose acts are searched; empty for all
    /// people.
    pub who: String,
    /// The code of the act that is searched, one of [`ACTS`]; empty for all acts.
    pub act: String,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// The position in the history at which the previous page of search results ended; `None` for
    /// the first page.
    pub before: Option<HistoryCursor>,
    /// Whether the search results are exported as a file. An exported file contains all entries
    /// that were found, up to the maximum number [`HISTORY_FILE_LIMIT`].
    pub is_whole: bool,
}

/// One page of the results of a search in the history of all acts.
#[derive(Debug, Clone)]
pub struct HistoryResults {
    pub lines: Vec<HistoryItem>,
    /// The position in the history at which the next page of search results starts; `None` on the
    /// last page.
    pub next: Option<HistoryCursor>,
}

/// One history entry in the results of a history search.
#[derive(Debug, Clone)]
pub struct HistoryItem {
    /// The recorded history entry, with the name of the person who acted.
    pub told: HistoryRecord,
    /// The record to which the history entry belongs, for example a choice.
    pub about: HistorySubject,
    /// The reason of the acting person; empty if the act has none.
    pub reason: Name,
}

/// The record on which a recorded act was performed, with the name that the search results display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistorySubject {
    /// Record to which a history entry belongs: the choice of the offering.
    Offering(Box<Offering>),
    Person(String),
    /// Record to which a history entry belongs: the dossier (folder of programme documents) of the
    /// discipline with this name.
    Discipline(Name),
    Term(Name),
    Order(Digest),
    /// Record to which a history entry belongs: the roster, the catalogue, or another record that
    /// has no name of its own.
    Whole,
}

/// Searches the history and returns one page of results, newest entries first. Fails if the
/// signed-in person is not allowed to search the history.
pub fn search_history(
    work: &mut UnitOfWork<'_, '_>,
    actor: &Actor,
    asked: &HistoryQuery,
) -> Result<HistoryResults, Failure> {
    policy::searches_history(actor)?;
    let beyond = asked.until.and_then(|until| until.succ_opt()).map_or(end(), |next| begins(next, work.zone));
    let before = HistoryCursor { at: beyond, subject: String::new(), sequence: 0 };
    let most = if asked.is_whole { HISTORY_FILE_LIMIT } else { HISTORY_PAGE_SIZE };
    let wanted = HistorySearch {
        who: search_key(&asked.who),
        act: asked.act.clone(),
        from: asked.from.map_or(DateTime::UNIX_EPOCH, |from| begins(from, work.zone)),
        before: asked.before.clone().filter(|_| !asked.is_whole).unwrap_or(before),
        // The database query asks for one entry more than a page shows. The extra entry shows that
        // a next page of results exists.
        limit: i64::try_from(most + 1).unwrap_or(i64::MAX),
    };
    let mut found = search(work.tx, &wanted)?;
    let has_more = found.len() > most;
    found.truncate(most);
    let last = found.last().filter(|_| has_more);
    let next = last.map(|HistoryRecord { line, .. }| HistoryCursor {
        at: line.at,
        subject: line.subject.clone(),
        sequence: line.sequence,
    });
    let mut known = KnownTexts::default();
    let lines = found.into_iter().map(|record| line(work, record, &mut known)).collect::<Result<_, _>>()?;
    Ok(HistoryResults { lines, next })
}

/// Returns a time that is later than every recorded time and that both SQLite and PostgreSQL can
/// store.
fn end() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(9000, 1, 1)
        .map_or(DateTime::UNIX_EPOCH, |day| day.and_time(chrono::NaiveTime::MIN).and_utc())
}

/// The details that the history stores about an act, as far as the search results display them.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ReasonPayload {
    reason: String,
}

/// The names of subjects and the reasons that were read for earlier lines of the results.
#[derive(Default)]
struct KnownTexts {
    subjects: HashMap<String, HistorySubject>,
    reasons: Reasons,
}

fn line(work: &mut UnitOfWork<'_, '_>, told: HistoryRecord, known: &mut KnownTexts) -> Result<HistoryItem, Failure> {
    let payload: ReasonPayload = serde_json::from_str(&told.line.payload).unwrap_or_default();
    let subject = &told.line.subject;
    let about = match known.subjects.get(subject) {
        Some(about) => about.clone(),
        None => known.subjects.entry(subject.clone()).or_insert(about(work, subject)?).clone(),
    };
    let reason = known.reasons.read(work, &payload.reason, told.line.actor)?;
    Ok(HistoryItem { told, about, reason })
}

fn about(work: &mut UnitOfWork<'_, '_>, subject: &str) -> Result<HistorySubject, Failure> {
    let found = match subject.parse() {
        Ok(Subject::Choice(id)) => {
            offerings::find(work.tx, id)?.map(|offering| HistorySubject::Offering(Box::new(offering)))
        }
        Ok(Subject::Person(id)) => people::find(work.tx, id)?.map(|person| HistorySubject::Person(person.short_name())),
        Ok(Subject::Dossier(id)) => {
            documents::discipline(work.tx, id)?.map(|found| HistorySubject::Discipline(found.name))
        }
        Ok(Subject::Term(id)) => store::terms::find(work.tx, id)?.map(|term| HistorySubject::Term(term.name)),
        Ok(Subject::Order(fingerprint)) => Some(HistorySubject::Order(fingerprint)),
        Ok(Subject::Roster | Subject::Catalogue) | Err(_) => None,
    };
    Ok(found.unwrap_or(HistorySubject::Whole))
}
