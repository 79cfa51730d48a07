//! The form as the page shows it: options by platform, the three narrowing fields with reasons, errors beside fields.

mod fill;

use crate::i18n::Texts;
use crate::layout::Layout;
use app::choosing::open_choice::{ChoiceFormData, Dossier};
use app::failure::Fault;
use app::reviewing::uniformity::AgreeingGroup;
use askama::Template;
use domain::catalogue::Video;
use domain::catalogue::picked::Picked;
use domain::id::{CatalogueDraftId, DisciplineId, DocumentId, OfferingId, TermId};
use domain::name::Name;
use domain::narrowing::Narrowing;
use domain::programme::Document;
use domain::programme::check::Finding;
use domain::report::ChoiceState;
use domain::term::Uniformity;
use std::collections::BTreeMap;

pub(crate) use fill::guide_on;

/// What is filled in, as typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChoiceForm {
    /// The row's id; empty for none.
    pub(crate) row: String,
    /// Additional information by row.
    pub(crate) infos: BTreeMap<String, String>,
    /// The programme by discipline.
    pub(crate) documents: BTreeMap<DisciplineId, DocumentId>,
    /// The three fields.
    pub(crate) narrowing: Narrowing,
}

/// The form's page.
#[derive(Template)]
#[template(path = "choosing/choice_form.html")]
pub(crate) struct ChoiceFormPage {
    pub(crate) layout: Layout,
    pub(crate) t: Texts,
    pub(crate) sheet: ChoiceFormData,
    pub(crate) typed: ChoiceForm,
    pub(crate) platforms: Vec<PlatformView>,
    pub(crate) barred: Vec<BarredView>,
    pub(crate) axes: Vec<AxisView>,
    pub(crate) errors: Vec<ErrorView>,
    pub(crate) stale: Option<&'static str>,
    pub(crate) clashes: Vec<ChangedGroup>,
    pub(crate) guide: GuideView,
    pub(crate) note: Option<&'static str>,
    /// The draft of the rule table through which it is only looked at; nothing in it can be sent then.
    pub(crate) looked_at: Option<CatalogueDraftId>,
}

/// The part of the form that lists a dossier; answers an upload by itself.
#[derive(Template)]
#[template(path = "choosing/programmes.html")]
pub(crate) struct ProgrammePicker {
    pub(crate) layout: Layout,
    pub(crate) t: Texts,
    pub(crate) dossier: Dossier,
    pub(crate) picked: Option<DocumentId>,
    pub(crate) error: String,
    pub(crate) said: String,
    pub(crate) term: TermId,
    pub(crate) is_one_of_many: bool,
}

impl ProgrammePicker {
    fn is_picked(&self, document: &Document) -> bool {
        self.picked == Some(document.id)
    }

    /// From an earlier term; that it was the programme then is more to say.
    fn is_only_old(&self, document: &Document) -> bool {
        let found = self.dossier.findings.get(&document.id);
        self.term != document.term && !found.is_some_and(|found| found.contains(&Finding::SameAsLastTerm))
    }
}

/// A form that is set centrally.
struct FormExceptionNote {
    row: String,
    reason: String,
    picked: Picked,
}

/// The rows of one platform.
pub(crate) struct PlatformView {
    code: String,
    name: String,
    options: Vec<OptionView>,
}

struct OptionView {
    id: String,
    title: String,
    form: String,
    kind: Option<String>,
    help: Option<String>,
    is_checked: bool,
    info: Option<InfoView>,
    has_error: bool,
    gist: String,
}

struct InfoView {
    label: String,
    prompt: String,
    typed: String,
    suggestions: Vec<String>,
}

/// A row that is not open to all ticked groups.
pub(crate) struct BarredView {
    label: String,
    reason: String,
    groups: String,
}

/// One of the three fields.
pub(crate) struct AxisView {
    code: &'static str,
    values: Vec<ValueView>,
}

struct ValueView {
    code: String,
    label: String,
    is_picked: bool,
    why: String,
}

/// One error, in the summary and beside its field.
pub(crate) struct ErrorView {
    field: &'static str,
    anchor: String,
    text: String,
    discipline: Option<DisciplineId>,
}

/// A group whose choice changed meanwhile.
pub(crate) struct ChangedGroup {
    group: String,
    current: Option<Picked>,
    state: ChoiceState,
}

/// The instructions on the chosen row.
pub(crate) struct GuideView {
    pub(crate) title: String,
    pub(crate) html: String,
    pub(crate) videos: Vec<Video>,
}

/// What went wrong with what was typed.
#[derive(Default)]
pub(crate) struct ChoiceFormErrors {
    /// Wrong fields.
    pub(crate) faults: Vec<Fault>,
    /// Files that were not taken, by discipline: the code.
    pub(crate) files: Vec<(DisciplineId, &'static str)>,
    /// The code of a 409, and the versions that were on the screen.
    pub(crate) stale: Option<(&'static str, BTreeMap<OfferingId, i64>)>,
}

impl ChoiceFormErrors {
    /// The code of what went wrong, if anything did.
    pub(crate) fn code(&self) -> Option<&'static str> {
        let stale = self.stale.as_ref().map(|(code, _)| *code);
        let file = self.files.first().map(|(_, code)| *code);
        stale.or(file).or_else(|| self.faults.first().map(|fault| fault.wrong.code()))
    }
}

impl ChoiceFormPage {
    /// The wrong fields with what is wrong, for programs.
    pub(crate) fn named_errors(&self) -> Vec<(String, String)> {
        self.errors.iter().map(|error| (error.field.to_owned(), error.text.clone())).collect()
    }

    /// Puts the page together.
    pub(crate) fn new(
        layout: Layout,
        sheet: ChoiceFormData,
        mut typed: ChoiceForm,
        trouble: &ChoiceFormErrors,
    ) -> Self {
        let t = layout.t;
        fill::settle(&sheet, &mut typed);
        let errors = fill::errors(&sheet, &typed, trouble, t);
        let clashes = fill::clashes(&sheet, trouble);
        Self {
            platforms: fill::platforms(&sheet, &typed, &errors, t),
            barred: fill::barred(&sheet, t),
            axes: fill::axes(&sheet, &typed.narrowing, t),
            guide: fill::guide(&sheet, &typed, t),
            stale: trouble.stale.as_ref().map(|(code, _)| *code),
            note: None,
            looked_at: None,
            t: layout.t,
            layout,
            sheet,
            typed,
            errors,
            clashes,
        }
    }

    fn heading(&self) -> String {
        let t = self.t;
        let slots = || self.sheet.slots.iter().chain(&self.sheet.closed);
        let names: Vec<&Name> = match self.sheet.dossiers.as_slice() {
            [] => slots().map(|slot| &slot.offering.discipline.name).take(1).collect(),
            some => some.iter().map(|dossier| &dossier.discipline.name).collect(),
        };
        names.iter().map(|name| t.name(name)).collect::<Vec<_>>().join("; ")
    }

    /// The form that is set centrally for everything that is ticked.
    fn set(&self) -> Option<FormExceptionNote> {
        let set = self.sheet.set()?;
        let picked = Picked::of(&self.sheet.catalogue, &set.row, &set.info);
        Some(FormExceptionNote { row: set.row.0.clone(), reason: set.reason.clone(), picked })
    }

    fn has_error(&self, field: &str) -> bool {
        self.errors.iter().any(|error| error.field == field)
    }

    fn errors_of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.errors.iter().filter(move |error| error.field == field).map(|error| error.text.as_str())
    }

    fn programme_error(&self, dossier: &Dossier) -> String {
        let ours = |error: &&ErrorView| {
            error.field == "programme" && error.discipline.is_none_or(|id| id == dossier.discipline.id)
        };
        self.errors.iter().find(ours).map(|error| error.text.clone()).unwrap_or_default()
    }

    /// The dossier's part of the form.
    fn programmes(&self, dossier: &Dossier) -> String {
        let part = ProgrammePicker {
            t: self.t,
            layout: self.layout.clone(),
            dossier: dossier.clone(),
            picked: self.typed.documents.get(&dossier.discipline.id).copied(),
            error: self.programme_error(dossier),
            said: String::new(),
            term: self.sheet.term.id,
            is_one_of_many: self.sheet.dossiers.len() > 1,
        };
        part.render().unwrap_or_default()
    }

    /// How many choices sending would replace.
    fn replaced(&self) -> usize {
        self.sheet.ticked().filter(|slot| slot.current.is_some()).count()
    }

    fn with_last(&self) -> String {
        format!("{}&from=last", self.take_newer())
    }

    /// This form, begun with what a colleague chose.
    fn adopting(&self, party: &AgreeingGroup) -> String {
        let from = party.members.first().map(|member| format!("&adopt={}", member.offering));
        format!("{}{}", self.take_newer(), from.unwrap_or_default())
    }

    /// Is nothing approved until colleagues have chosen the same?
    fn must_agree(&self) -> bool {
        self.sheet.term.uniformity == Uniformity::Refused
    }

    /// This form for the same groups, from what is kept.
    fn take_newer(&self) -> String {
        let ids: Vec<String> = self.sheet.ticked().map(|slot| format!("o={}", slot.offering.id)).collect();
        format!("/choose?{}", ids.join("&"))
    }
}
