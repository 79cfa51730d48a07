//! The part of the choice form that lists the programme documents in a discipline's dossier. The
//! same list is the answer to an upload of a document.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::routes;
use app::choosing::open_choice::Dossier;
use askama::Template;
use askama_minify::template_minify;
use domain::id::{DocumentId, TermId};
use domain::programme::Document;
use domain::programme::check::Finding;

/// The list of programme documents in a discipline's dossier. It is a part of the choice form, and
/// also the complete answer to an upload that was sent by the page's script.
#[template_minify(path = "programmes/programme_picker.html")]
#[derive(Template)]
pub(crate) struct ProgrammePicker {
    pub(crate) layout: Layout,
    pub(crate) t: Texts,
    pub(crate) dossier: Dossier,
    pub(crate) picked: Option<DocumentId>,
    pub(crate) error: String,
    pub(crate) note: String,
    pub(crate) term: TermId,
    pub(crate) is_one_of_many: bool,
}

impl ProgrammePicker {
    fn is_picked(&self, document: &Document) -> bool {
        self.picked == Some(document.id)
    }

    /// Whether a document in the dossier is from an earlier term and needs a note about its age.
    /// The programme used last term gets another note instead.
    fn is_only_old(&self, document: &Document) -> bool {
        let found = self.dossier.findings.get(&document.id);
        self.term != document.term && !found.is_some_and(|found| found.contains(&Finding::SameAsLastTerm))
    }
}
