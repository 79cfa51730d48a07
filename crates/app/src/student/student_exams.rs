//! The exams of a student: the approved exams of the student's groups, each with programme document
//! and instructions. For two weeks after the approval of a changed exam, the earlier version of the
//! exam is shown as well. If the university allows it, everybody can read the approved exams of a
//! group.

use crate::failure::Failure;
use crate::notifications::notify::{exam_summary, is_other_exam, known_to_students};
use crate::staff::people::name_of;
use crate::unit_of_work::UnitOfWork;
use chrono::{DateTime, TimeDelta, Utc};
use domain::catalogue::picked::Picked;
use domain::choice::{ChoiceVersion, Stage};
use domain::limits::STUDENT_CHANGED_DAYS;
use domain::name::{Name, search_key};
use domain::notification;
use domain::offering::Offering;
use domain::person::Actor;
use domain::programme::Document;
use domain::term::Term;
use store::{choices, documents, offerings};

/// The exams of one student or one student group in the current academic term.
#[derive(Debug, Clone)]
pub struct StudentExams {
    pub term: Term,
    /// The exams of the student or group, one for each discipline. They are sorted by discipline.
    pub exams: Vec<StudentExam>,
}

/// The exam of one discipline, as a student sees it.
#[derive(Debug, Clone)]
pub struct StudentExam {
    pub offering: Offering,
    pub instructor: String,
    /// The approved exam, or the one that was approved before it began to be changed; `None` if the exam
    /// of the discipline is not approved yet.
    pub approved: Option<ApprovedExam>,
    /// Whether the exam was approved and is being changed, so that `approved` may not stay.
    pub is_being_changed: bool,
}

/// An approved exam as a student sees it, with a link to the exam platform and instructions.
#[derive(Debug, Clone)]
pub struct ApprovedExam {
    /// The platform, exam format and type of the approved exam, with additional information.
    pub picked: Picked,
    /// The URL of the exam platform; `None` if the catalogue has no link for the platform.
    pub link: Option<String>,
    /// The instructions for students on how the exam is held, in Markdown; `None` if the catalogue
    /// has none.
    pub instructions: Option<Name>,
    pub document: Document,
    /// The time of the approval; `None` while the exam is being changed.
    pub at: Option<DateTime<Utc>>,
    /// The exam that students knew before the exam was last changed, and the exam after this
    /// change. `None` if students did not know a different exam before, or if the current exam was
    /// approved more than two weeks ago.
    pub changed: Option<(notification::ExamSummary, notification::ExamSummary)>,
}

/// Returns the exams of the signed-in person, who is a student, in the current academic term.
pub fn student_exams(work: &mut UnitOfWork<'_, '_>, actor: &Actor) -> Result<StudentExams, Failure> {
    let term = work.current_term()?;
    let approved = choices::studied_by(work.tx, actor.person, term.id)?;
    let mut exams = Vec::new();
    for offering in offerings::studied_by(work.tx, actor.person, term.id)? {
        let stored = approved.iter().find(|stored| stored.choice.offering == offering.id);
        exams.push(exam(work, offering, stored.and_then(|stored| stored.choice.current.as_ref()))?);
    }
    Ok(StudentExams { term, exams })
}

/// Returns the approved exams of a student group for any visitor, without other data of the group.
pub fn exams_of_group(work: &mut UnitOfWork<'_, '_>, group: &str) -> Result<StudentExams, Failure> {
    let term = work.current_term()?;
    let key = search_key(group);
    let found = if key.is_empty() { Vec::new() } else { offerings::of_group(work.tx, &key, term.id)? };
    let mut exams = Vec::new();
    for offering in found {
        let stored = choices::find(work.tx, offering.id)?;
        let exam = exam(work, offering, stored.choice.current.as_ref())?;
        exams.extend(Some(exam).filter(|exam| exam.approved.is_some()));
    }
    Ok(StudentExams { term, exams })
}

fn exam(
    work: &mut UnitOfWork<'_, '_>,
    offering: Offering,
    current: Option<&ChoiceVersion>,
) -> Result<StudentExam, Failure> {
    let instructor = match offering.responsible {
        Some(person) => name_of(work, person)?,
        None => String::new(),
    };
    let (approved, is_being_changed) = match current.map(|current| (current, &current.stage)) {
        Some((current, Stage::Approved { at, .. })) => (Some(approved(work, &offering, current, *at)?), false),
        // A version that was reopened is one that students know; any other one they do not know yet.
        Some((current, stage)) => match known_to_students(work, offering.id, first_unknown(current, stage))? {
            Some(known) => (Some(shown(work, &known, None, None)?), true),
            None => (None, false),
        },
        None => (None, false),
    };
    Ok(StudentExam { offering, instructor, approved, is_being_changed })
}

/// The number of the first version of a choice that was not approved.
fn first_unknown(current: &ChoiceVersion, stage: &Stage) -> i64 {
    if matches!(stage, Stage::Returned { reopened: true, .. }) { current.version + 1 } else { current.version }
}

fn approved(
    work: &mut UnitOfWork<'_, '_>,
    offering: &Offering,
    current: &ChoiceVersion,
    at: DateTime<Utc>,
) -> Result<ApprovedExam, Failure> {
    let is_new = work.now - at <= TimeDelta::days(STUDENT_CHANGED_DAYS);
    let before = if is_new { known_to_students(work, offering.id, current.version)? } else { None };
    let changed = match before.filter(|before| is_other_exam(before, current)) {
        Some(before) => Some((exam_summary(work, &before)?, exam_summary(work, current)?)),
        None => None,
    };
    shown(work, current, Some(at), changed)
}

/// An exam as students see it, with the time of its approval and its recent change.
fn shown(
    work: &mut UnitOfWork<'_, '_>,
    current: &ChoiceVersion,
    at: Option<DateTime<Utc>>,
    changed: Option<(notification::ExamSummary, notification::ExamSummary)>,
) -> Result<ApprovedExam, Failure> {
    let catalogue = work.catalogue(current.catalogue)?;
    let picked = Picked::of(&catalogue, &current.answer.row, &current.answer.info);
    let document = documents::find(work.tx, current.answer.document)?.ok_or(Failure::NotFound)?;
    let link = catalogue.link_of(&picked.platform_code).map(str::to_owned);
    let instructions = catalogue.instructions_on(&picked.row.0).cloned();
    Ok(ApprovedExam { picked, link, instructions, document, at, changed })
}
