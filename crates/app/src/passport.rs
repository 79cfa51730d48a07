//! What a student reads: the approved exams of their groups, with the programme.

use crate::desk::Desk;
use crate::failure::Failure;
use crate::my_offerings::name_of;
use chrono::{DateTime, Utc};
use domain::answer::Picked;
use domain::choice::Stage;
use domain::offering::Offering;
use domain::person::Actor;
use domain::programme::Document;
use domain::term::Term;
use store::{choices, documents, offerings};

/// Everything on the page.
#[derive(Debug, Clone)]
pub struct Passport {
    /// The term.
    pub term: Term,
    /// One exam per discipline, in discipline order.
    pub exams: Vec<Exam>,
}

/// One exam.
#[derive(Debug, Clone)]
pub struct Exam {
    /// The offering.
    pub offering: Offering,
    /// The instructor.
    pub instructor: String,
    /// What was approved; `None` while it is not.
    pub approved: Option<Approved>,
}

/// An approved exam.
#[derive(Debug, Clone)]
pub struct Approved {
    /// How it is held.
    pub picked: Picked,
    /// Its programme.
    pub document: Document,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// The exams of the one who asks.
pub fn passport(desk: &mut Desk<'_, '_>, actor: &Actor) -> Result<Passport, Failure> {
    let term = desk.current_term()?;
    let approved = choices::studied_by(desk.tx, actor.person, term.id)?;
    let mut exams = Vec::new();
    for offering in offerings::studied_by(desk.tx, actor.person, term.id)? {
        let stand = approved.iter().find(|held| held.choice.offering == offering.id);
        let stand = stand.and_then(|held| held.choice.stand.as_ref());
        let mut exam = Exam { instructor: String::new(), approved: None, offering };
        if let Some(person) = exam.offering.responsible {
            exam.instructor = name_of(desk, person)?;
        }
        if let Some((stand, Stage::Approved { at, .. })) = stand.map(|stand| (stand, &stand.stage)) {
            let catalogue = desk.catalogue(stand.catalogue)?;
            let picked = Picked::of(&catalogue, &stand.answer.row, &stand.answer.info);
            let document = documents::find(desk.tx, stand.answer.document)?.ok_or(Failure::NotFound)?;
            exam.approved = Some(Approved { picked, document, at: *at });
        }
        exams.push(exam);
    }
    Ok(Passport { term, exams })
}
