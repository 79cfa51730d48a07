//! Fills the demo university with choices and decisions. It reads the acts from `demo/story.toml`
//! and carries them out through the use cases, each at the time that the file gives.

use anyhow::{Context, Result};
use app::app::App;
use app::choosing::ask_reopen::ask_reopen;
use app::choosing::save_draft::{DraftSubmission, save_draft};
use app::choosing::send_choices::{ChoiceSubmission, send_choices};
use app::clock::Clock;
use app::failure::Failure;
use app::programmes::upload_programme::{receive, record};
use app::reviewing::approve_choices::approve_choices;
use app::reviewing::decide::ShownChoice;
use app::reviewing::intact_documents::{IntactDocuments, documents_to_approve};
use app::reviewing::reopen_choices::reopen_choices;
use app::reviewing::return_choices::return_choices;
use app::staff::accounts;
use app::term::exceptions::{ExceptionTarget, NewFormException, set_form_exception};
use app::unit_of_work::UnitOfWork;
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::catalogue::RowId;
use domain::digest::Digest;
use domain::exam_entry::ExamEntry;
use domain::id::{DisciplineId, DocumentId, OfferingId};
use domain::limits::PROGRAMME_SIZE_LIMIT;
use domain::person::Actor;
use domain::programme::clean_name;
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use std::collections::BTreeMap;
use store::{choices, people};

/// The files of the demo university, which are compiled into the program.
pub(crate) static DEMO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../demo");

/// The accounts and acts of the demo university, as parsed from `demo/story.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Story {
    anchor: NaiveDate,
    account: Vec<Account>,
    act: Vec<Act>,
}

#[derive(Debug, Deserialize)]
struct Account {
    username: String,
}

/// One act of a person in the demo university, for example sending or approving a choice. Some
/// fields are used only for certain acts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Act {
    day: i64,
    time: String,
    who: String,
    #[serde(rename = "do")]
    kind: String,
    course: String,
    term: String,
    file: String,
    name: String,
    classes: Vec<String>,
    row: String,
    info: String,
    reason: String,
}

/// Returns the description of a demo account, which `emtihan demo` prints when it starts.
pub(crate) fn described(role: &str) -> &'static str {
    match role {
        "instructor" => "instructor with ten groups",
        "colleague" => "teaches the same discipline to another group",
        "head" => "head of department",
        "deputy" => "acting head of department",
        "dean" => "dean of the faculty",
        "registrar" => "registrar's office",
        "student" => "student",
        "admin" => "administrator",
        _ => "",
    }
}

impl Story {
    /// Parses the file `demo/story.toml` that is compiled into the program.
    pub(crate) fn shipped() -> Result<Self> {
        let text = DEMO.get_file("story.toml").and_then(include_dir::File::contents_utf8);
        Ok(toml::from_str(text.context("story.toml is not in the program")?)?)
    }

    /// The date that stands for the day on which the demo is created; all other dates of the demo
    /// are moved by the same number of days.
    pub(crate) fn anchor(&self) -> NaiveDate {
        self.anchor
    }

    /// The usernames of the demo accounts. Each username is also the key of a description that
    /// tells users of the demo about the account.
    pub(crate) fn usernames(&self) -> Vec<String> {
        self.account.iter().map(|account| account.username.clone()).collect()
    }

    /// Carries out all acts of the demo university. The file gives the day of an act as a number of
    /// days before or after `today`.
    pub(crate) fn carry_out(&self, app: &App, today: NaiveDate) -> Result<()> {
        for act in &self.act {
            let at = at(today, act)?;
            let app = app.at(Clock::from_fn(move || at));
            act.carry_out(&app).with_context(|| format!("act of the demo's story: {act:?}"))?;
        }
        Ok(())
    }
}

fn at(today: NaiveDate, act: &Act) -> Result<DateTime<Utc>> {
    let day = today.checked_add_signed(TimeDelta::days(act.day)).context("a day too far")?;
    let time = NaiveTime::parse_from_str(&act.time, "%H:%M")?;
    let zone = FixedOffset::east_opt(5 * 3600).context("a zone")?;
    let wall = day.and_time(time).and_local_timezone(zone).single();
    Ok(wall
        .or_else(|| day.checked_add_days(Days::new(1))?.and_time(time).and_local_timezone(zone).single())
        .context("a time that does not exist")?
        .to_utc())
}

impl Act {
    fn carry_out(&self, app: &App) -> Result<()> {
        let act = self.clone();
        let actor = app.read_now(move |work| act.actor(work))?;
        if self.kind == "upload" {
            return self.upload(app, actor);
        }
        if self.kind == "approve" {
            return self.approve(app, actor);
        }
        let document = if self.file.is_empty() { None } else { Some(digest(&self.file)?) };
        let act = self.clone();
        app.write_now(move |work| act.decide(work, &actor, document))?;
        Ok(())
    }

    fn actor(&self, work: &mut UnitOfWork<'_, '_>) -> Result<Actor, Failure> {
        let person = accounts::by_username(work, &self.who)?;
        let today = work.today();
        Ok(people::actor(work.tx, &person, today)?)
    }

    fn offerings(&self) -> Vec<OfferingId> {
        self.classes.iter().map(|class| OfferingId::of(&[class, &self.term])).collect()
    }

    fn upload(&self, app: &App, actor: Actor) -> Result<()> {
        let mut incoming = app.vault.begin(PROGRAMME_SIZE_LIMIT)?;
        incoming.write(bytes(&self.file)?)?;
        let discipline = DisciplineId::of(&[&self.course]);
        let about = app.read_now(move |work| Ok(store::documents::discipline(work.tx, discipline)?))?;
        let taken = receive(&app.vault, incoming, &about.context("no such course")?)?;
        let name = clean_name(&self.name, taken.media);
        app.write_now(move |work| record(work, &actor, discipline, &name, &taken))?;
        Ok(())
    }

    fn approve(&self, app: &App, actor: Actor) -> Result<()> {
        let ids = self.offerings();
        let decider = actor.clone();
        let (seen, documents) = app.read_now(move |work| {
            let seen = seen(work, &ids)?;
            let documents = documents_to_approve(work, &decider, &seen)?;
            Ok((seen, documents))
        })?;
        let intact = IntactDocuments::verify(&app.vault, documents)?;
        app.write_now(move |work| approve_choices(work, &actor, &seen, &intact))?;
        Ok(())
    }

    fn decide(&self, work: &mut UnitOfWork<'_, '_>, actor: &Actor, document: Option<Digest>) -> Result<(), Failure> {
        let ids = self.offerings();
        match self.kind.as_str() {
            "send" => self.send(work, actor, document),
            "draft" => {
                let draft = DraftSubmission { exam: self.exam(), documents: documents(work, &ids, document)? };
                let shown = ids.iter().map(|&id| Ok((id, choices::find(work.tx, id)?.choice.version())));
                let shown: Vec<_> = shown.collect::<Result<_, Failure>>()?;
                save_draft(work, actor, &shown, &draft).map(drop)
            }
            "return" => {
                let seen = seen(work, &ids)?;
                return_choices(work, actor, &seen, &self.reason)
            }
            "reopen" => {
                let seen = seen(work, &ids)?;
                reopen_choices(work, actor, &seen, &self.reason)
            }
            "set-form" => {
                let (scope, row) = (ExceptionTarget::Code(self.course.clone(), None), RowId(self.row.clone()));
                let wanted = NewFormException { scope, row, info: self.info.clone(), reason: self.reason.clone() };
                set_form_exception(work, actor, &wanted).map(drop)
            }
            "ask-reopen" => ids.iter().try_for_each(|id| ask_reopen(work, actor, *id, &self.reason)),
            other => Err(Failure::Broken(format!("the story knows no {other}"))),
        }
    }

    fn send(&self, work: &mut UnitOfWork<'_, '_>, actor: &Actor, document: Option<Digest>) -> Result<(), Failure> {
        let ids = self.offerings();
        let mut offerings = Vec::new();
        for id in &ids {
            offerings.push((*id, choices::find(work.tx, *id)?.choice.version()));
        }
        let documents = documents(work, &ids, document)?;
        send_choices(
            work,
            actor,
            &ChoiceSubmission { offerings, exam: self.exam(), documents, may_repeat_returned: true },
        )
        .map(drop)
    }

    fn exam(&self) -> ExamEntry {
        ExamEntry::of_row(Some(RowId(self.row.clone())).filter(|row| !row.0.is_empty()), self.info.clone())
    }
}

/// Returns the offerings with the fingerprints of their current choices, because each decision on a
/// choice must name the fingerprint of that choice.
fn seen(work: &mut UnitOfWork<'_, '_>, ids: &[OfferingId]) -> Result<Vec<ShownChoice>, Failure> {
    let mut all = Vec::new();
    for &offering in ids {
        let fingerprint = choices::find(work.tx, offering)?.choice.fingerprint().ok_or(Failure::NotFound)?;
        all.push(ShownChoice { offering, fingerprint });
    }
    Ok(all)
}

/// Returns the id that the programme document with this SHA-256 hash has in the dossier of each
/// offering's discipline.
fn documents(
    work: &mut UnitOfWork<'_, '_>,
    ids: &[OfferingId],
    document: Option<Digest>,
) -> Result<BTreeMap<DisciplineId, DocumentId>, Failure> {
    let mut found = BTreeMap::new();
    for &id in ids {
        let discipline = store::offerings::find(work.tx, id)?.ok_or(Failure::NotFound)?.discipline.id;
        if let Some(sha256) = document {
            found.insert(discipline, DocumentId::of(&[&discipline.to_string(), &sha256.to_string()]));
        }
    }
    Ok(found)
}

fn bytes(file: &str) -> Result<&'static [u8]> {
    Ok(DEMO.get_file(file).with_context(|| format!("{file} is not in the program"))?.contents())
}

fn digest(file: &str) -> Result<Digest> {
    Ok(Digest::of(bytes(file)?))
}
