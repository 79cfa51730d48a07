//! The part of the choice form that lists the programme documents in a discipline's dossier. After
//! a document was uploaded by the page's script, the response contains the same list.

use crate::i18n::Texts;
use crate::layout::Layout;
use crate::routes;
use app::choosing::open_choice::Dossier;
use askama::Template;
use askama_minify::template_minify;
use domain::id::{DocumentId, TermId};
use domain::programme::Document;
use domain::programme::check::Finding;

/// The list of programme documents in a discipline's dossier. The list is a part of the choice
/// form. If the page's script has uploaded a document, the response consists of this list.
#[template_minify(path = "programmes/programme_picker.html")]
#[derive(Template)]
pub(crate) struct ProgrammePicker {
    pub(crate) layout: Layout,
    pub(crate) t: Texts,
    pub(crate) dossier: Dossier,
    pub(crate) picked: Option<DocumentId>,
    /// Whether nobody has chosen the selected document yet, so that the person has to see it.
    pub(crate) is_preselected: bool,
    pub(crate) error: String,
    pub(crate) note: String,
    pub(crate) term: TermId,
    pub(crate) is_one_of_many: bool,
}

impl ProgrammePicker {
    fn is_picked(&self, document: &Document) -> bool {
        self.picked == Some(document.id)
    }

    /// Whether the choice form notes in its list of programme documents that this document is from
    /// an earlier academic term. A document that was used last term gets a different note, which
    /// says so.
    fn is_only_old(&self, document: &Document) -> bool {
        let found = self.dossier.findings.get(&document.id);
        self.term != document.term && !found.is_some_and(|found| found.contains(&Finding::SameAsLastTerm))
    }
}
