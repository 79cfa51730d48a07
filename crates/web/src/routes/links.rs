//! The addresses to which web pages link: paths with their parameters filled in.
//!
//! The functions accept parameters by value or by reference, because templates pass references.

use crate::routes::paths::{CATALOGUE_COMPARE, CHOOSE, DOCUMENT, GROUPS, ORDERS, PEOPLE, PROGRESS, VIDEO};
use chrono::{DateTime, Utc};
use domain::digest::Digest;
use domain::id::{CatalogueDraftId, DisciplineId, ImportId, OfferingId, OrgId, PersonId, TermId};
use domain::narrowing::Axis;
use domain::programme::{Document, Media};
use std::borrow::Borrow;
use std::fmt::{Display, Write};

/// The length of a SHA-256 digest in hexadecimal digits, the longest parameter of a path.
const LONGEST_PARAMETER: usize = 64;

/// Fills the single parameter of a path: `path(TERM_CLOSING, term.id)` is `/terms/…/closing`.
pub(crate) fn path(route: &str, parameter: impl Display) -> String {
    let parts = route.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
    let Some((before, after)) = parts else { return route.to_owned() };
    let mut filled = String::with_capacity(route.len() + LONGEST_PARAMETER);
    // Writing to a string cannot fail.
    write!(filled, "{before}{parameter}{after}").ok();
    filled
}

/// The address of the page of an offering (a discipline taught to one group).
pub(crate) fn offering(id: impl Borrow<OfferingId>) -> String {
    let id = id.borrow();
    format!("/offerings/{id}")
}

/// The address of the page of an academic term.
pub(crate) fn term(id: impl Borrow<TermId>) -> String {
    let id = id.borrow();
    format!("/terms/{id}")
}

/// The address of the page of a person.
pub(crate) fn person(id: impl Borrow<PersonId>) -> String {
    let id = id.borrow();
    format!("/people/{id}")
}

/// The address of the page of a roster import.
pub(crate) fn import(id: impl Borrow<ImportId>) -> String {
    let id = id.borrow();
    format!("/imports/{id}")
}

/// The address of the form on which an instructor chooses the exam of one group.
pub(crate) fn choose(id: impl Borrow<OfferingId>) -> String {
    let id = id.borrow();
    format!("{CHOOSE}?o={id}")
}

/// The address of an instructor's list of groups, with a message about the choices that were sent
/// for review at the given time.
pub(crate) fn groups_after(sent: DateTime<Utc>) -> String {
    format!("{GROUPS}?sent={}", sent.timestamp_millis())
}

/// The value of the parameter `file` of a page that notes that a file sent with the choice form was already in
/// the dossier.
pub(crate) const KNOWN_FILE: &str = "known";

/// The address of a page, with a parameter that makes the page confirm the act that was just
/// carried out.
pub(crate) fn after_act(path: &str, act: &str) -> String {
    format!("{path}?did={act}")
}

/// The address of the page of a catalogue draft.
pub(crate) fn catalogue_draft(id: impl Borrow<CatalogueDraftId>) -> String {
    let id = id.borrow();
    format!("/catalogue/drafts/{id}")
}

/// The address of the form that edits one row of a catalogue draft.
pub(crate) fn catalogue_row(id: impl Borrow<CatalogueDraftId>, row: &str) -> String {
    let id = id.borrow();
    format!("/catalogue/drafts/{id}/rows/{row}")
}

/// The address of the form that edits a label of a catalogue draft, the name of a platform, exam
/// format or type.
pub(crate) fn catalogue_label(id: impl Borrow<CatalogueDraftId>, axis: impl Borrow<Axis>, code: &str) -> String {
    let id = id.borrow();
    format!("/catalogue/drafts/{id}/labels/{}/{code}", axis.borrow().code())
}

/// The address of the form that edits a catalogue draft's exam instructions on one topic.
pub(crate) fn catalogue_instructions(id: impl Borrow<CatalogueDraftId>, topic: &str) -> String {
    let id = id.borrow();
    format!("/catalogue/drafts/{id}/instructions/{topic}")
}

/// The address of the dry run of a catalogue draft, the page which lists the choices that the draft
/// would no longer permit.
pub(crate) fn catalogue_dry_run(id: impl Borrow<CatalogueDraftId>) -> String {
    let id = id.borrow();
    format!("/catalogue/drafts/{id}/dry-run")
}

/// The address of the preview of a group's choice form as it would be if the catalogue draft were
/// published.
pub(crate) fn catalogue_preview_form(id: impl Borrow<CatalogueDraftId>, offering: impl Borrow<OfferingId>) -> String {
    let id = id.borrow();
    format!("/catalogue/drafts/{id}/preview/{}", offering.borrow())
}

/// The address of the page of an issued order, a printed decree that lists approved exams.
pub(crate) fn order(fingerprint: impl Borrow<Digest>) -> String {
    format!("{ORDERS}/{}", fingerprint.borrow())
}

/// The address of the form on which an instructor chooses the exam for all groups of a discipline.
pub(crate) fn choose_for_discipline(id: impl Borrow<DisciplineId>) -> String {
    format!("{CHOOSE}?discipline={}", id.borrow())
}

/// The address of the choice form for one group, filled in with last term's choice.
pub(crate) fn choose_as_last_term(id: impl Borrow<OfferingId>) -> String {
    format!("{CHOOSE}?o={}&from=last", id.borrow())
}

/// The address of the choice form in another interface language.
pub(crate) fn choose_in_language(code: &str) -> String {
    format!("{CHOOSE}?lang={code}")
}

/// The address of an exam programme document. A PDF is shown in the browser; any other file is
/// downloaded.
pub(crate) fn open_document(document: &Document) -> String {
    let link = path(DOCUMENT, document.id);
    if document.media == Media::Pdf { format!("{link}?view=1") } else { link }
}

/// The address of a video of the exam instructions, by the hash of the video file.
pub(crate) fn video(hash: &str) -> String {
    path(VIDEO, format!("{hash}.webm"))
}

/// The address of the captions of a video, by the hash of the file with the captions.
pub(crate) fn captions(hash: &str) -> String {
    path(VIDEO, format!("{hash}.vtt"))
}

/// The address of the comparison of two catalogues. Each of the two parameters is the number of a
/// catalogue version or the id of a catalogue draft.
pub(crate) fn catalogue_comparison(from: impl Display, to: impl Display) -> String {
    format!("{CATALOGUE_COMPARE}?from={from}&to={to}")
}

/// The address of the progress board for one faculty or department.
pub(crate) fn progress_of(unit: impl Borrow<OrgId>) -> String {
    format!("{PROGRESS}?org={}", unit.borrow())
}

/// The address of the page that lists the people of one department.
pub(crate) fn people_of(unit: impl Borrow<OrgId>) -> String {
    format!("{PEOPLE}?unit={}", unit.borrow())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_takes_its_place_in_the_route() {
        assert_eq!(path("/terms/{id}/closing", 7), "/terms/7/closing");
        assert_eq!(path("/orders/{fingerprint}", "abc"), "/orders/abc");
        assert_eq!(path("/queue", 7), "/queue");
    }
}
