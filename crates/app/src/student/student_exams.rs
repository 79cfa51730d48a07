//! What a student reads: the approved exams of their groups, with the programme, what students do, and for a while what an
//! exam was before it was changed. Where the university says so, anybody reads the approved exams of a group.

use crate::app::UnitOfWork;
use crate::failure::Failure;
use crate::notifications::notify::{exam as told, known_to_students};
use crate::staff::people::name_of;
use chrono::{DateTime, TimeDelta, Utc};
use domain::answer::Picked;
use domain::choice::{ChoiceVersion, Stage};
use domain::name::{Name, search_key};
use domain::notification;
use domain::offering::Offering;
use domain::person::Actor;
use domain::programme::Document;
use domain::term::Term;
use store::{choices, documents, offerings};

/// For how many days a change is shown.
const CHANGED_DAYS: i64 = 14;

/// Everything on the page.
#[derive(Debug, Clone)]
pub struct StudentExams {
    /// The term.
    pub term: Term,
    /// One exam per discipline, in discipline order.
    pub exams: Vec<StudentExam>,
}

/// One exam.
#[derive(Debug, Clone)]
pub struct StudentExam {
    /// The offering.
    pub offering: Offering,
    /// The instructor.
    pub instructor: String,
    /// What was approved; `None` while it is not.
    pub approved: Option<ApprovedExam>,
}

/// An approved exam.
#[derive(Debug, Clone)]
pub struct ApprovedExam {
    /// How it is held.
    pub picked: Picked,
    /// Where the platform is, if the rule table says so.
    pub link: Option<String>,
    /// The instructions on this way of holding it, in Markdown.
    pub instructions: Option<Name>,
    /// Its programme.
    pub document: Document,
    /// Since when.
    pub at: DateTime<Utc>,
    /// What it was before and what it is now, for a while after a change.
    pub changed: Option<(notification::ExamSummary, notification::ExamSummary)>,
}

/// The exams of the one who asks.
pub fn student_exams(desk: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<StudentExams, Failure> {
    let term = desk.current_term()?;
    let approved = choices::studied_by(desk.tx, actor.person, term.id)?;
    let mut exams = Vec::new();
    for offering in offerings::studied_by(desk.tx, actor.person, term.id)? {
        let held = approved.iter().find(|held| held.choice.offering == offering.id);
        exams.push(exam(desk, offering, held.and_then(|held| held.choice.stand.as_ref()))?);
    }
    Ok(StudentExams { term, exams })
}

/// The approved exams of a group, for anybody; nothing else of the group is shown.
pub fn exams_of_group(desk: &mut UnitOfWork<'_, '_>, group: &str) -> Result<StudentExams, Failure> {
    let term = desk.current_term()?;
    let key = search_key(group);
    let found = if key.is_empty() { Vec::new() } else { offerings::of_group(desk.tx, &key, term.id)? };
    let mut exams = Vec::new();
    for offering in found {
        let held = choices::find(desk.tx, offering.id)?;
        let exam = exam(desk, offering, held.choice.stand.as_ref())?;
        exams.extend(Some(exam).filter(|exam| exam.approved.is_some()));
    }
    Ok(StudentExams { term, exams })
}

fn exam(
    desk: &mut UnitOfWork<'_, '_>,
    offering: Offering,
    stand: Option<&ChoiceVersion>,
) -> Result<StudentExam, Failure> {
    let instructor = match offering.responsible {
        Some(person) => name_of(desk, person)?,
        None => String::new(),
    };
    let approved = match stand.map(|stand| (stand, &stand.stage)) {
        Some((stand, Stage::Approved { at, .. })) => Some(approved(desk, &offering, stand, *at)?),
        _ => None,
    };
    Ok(StudentExam { offering, instructor, approved })
}

fn approved(
    desk: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
    stand: &ChoiceVersion,
    at: DateTime<Utc>,
) -> Result<ApprovedExam, Failure> {
    let is_new = desk.now - at <= TimeDelta::days(CHANGED_DAYS);
    let before = if is_new { known_to_students(desk, offering.id, stand)? } else { None };
    let changed = match before {
        Some(before) => Some((told(desk, &before)?, told(desk, stand)?)),
        None => None,
    };
    let catalogue = desk.catalogue(stand.catalogue)?;
    let picked = Picked::of(&catalogue, &stand.answer.row, &stand.answer.info);
    let document = documents::find(desk.tx, stand.answer.document)?.ok_or(Failure::NotFound)?;
    let link = catalogue.link_of(&picked.platform_code).map(str::to_owned);
    let instructions = catalogue.instructions_on(&picked.row.0).cloned();
    Ok(ApprovedExam { picked, link, instructions, document, at, changed })
}
