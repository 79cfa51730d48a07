//! The page of the choice form: the exam question, the programmes, the groups, the instructions, the errors.

use crate::error::FieldError;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::choosing::choice_errors::{
    ChangedGroup, ChoiceRejection, changed_groups, form_state, programme_anchor,
};
use crate::pages::choosing::choice_values::ChoiceForm;
use crate::pages::choosing::exam_rows::{self, AxisView, BarredView, PlatformView};
use crate::pages::guide::instructions::GuideView;
use crate::pages::programmes::programme_picker::ProgrammePicker;
use crate::routes;
use app::choosing::open_choice::{ChoiceFormData, Dossier, GroupEntry};
use app::reviewing::uniformity::AgreeingGroup;
use askama::Template;
use askama_minify::template_minify;
use domain::catalogue::Row;
use domain::catalogue::picked::Picked;
use domain::id::CatalogueDraftId;
use domain::name::Name;
use domain::report::ChoiceState;
use domain::term::Uniformity;

/// The page of the choice form.
#[template_minify(path = "choosing/choice_form.html")]
#[derive(Template)]
pub(crate) struct ChoiceFormPage {
    pub(crate) layout: Layout,
    pub(crate) t: Texts,
    pub(crate) data: ChoiceFormData,
    pub(crate) form: FormState<ChoiceForm>,
    pub(crate) platforms: Vec<PlatformView>,
    pub(crate) barred: Vec<BarredView>,
    pub(crate) axes: Vec<AxisView>,
    pub(crate) changed_groups: Vec<ChangedGroup>,
    pub(crate) guide: GuideView,
    pub(crate) note: Option<&'static str>,
    /// The catalogue draft for which the choice form is a preview; nothing can be sent from a preview.
    pub(crate) previewed_draft: Option<CatalogueDraftId>,
}

/// The note on the choice form that the exam form is set centrally (a form exception).
struct FormExceptionNote {
    row: String,
    reason: String,
    picked: Picked,
}

impl ChoiceFormPage {
    /// Builds the page of the choice form from the loaded data and the submitted values.
    pub(crate) fn new(
        layout: Layout,
        data: ChoiceFormData,
        mut typed: ChoiceForm,
        rejection: &ChoiceRejection,
    ) -> Self {
        let t = layout.t;
        exam_rows::settle(&data, &mut typed);
        let changed_groups = changed_groups(&data, &typed, rejection);
        let form = form_state(typed, rejection, &data, t);
        Self {
            platforms: exam_rows::platforms(&data, &form.values, form.has_error("info"), t),
            barred: exam_rows::barred(&data, t),
            axes: exam_rows::axes(&data, &form.values.narrowing, t),
            guide: exam_rows::guide(&data, &form.values, t),
            note: None,
            previewed_draft: None,
            t,
            layout,
            data,
            form,
            changed_groups,
        }
    }

    /// Whether the choice form previews a catalogue draft; nothing can be sent from a preview.
    fn is_preview(&self) -> bool {
        self.previewed_draft.is_some()
    }

    /// Whether the student groups of the choice form belong to more than one discipline.
    fn has_several_disciplines(&self) -> bool {
        self.data.dossiers.len() > 1
    }

    /// The ticked student groups whose choice was returned, each with the reason for the return.
    fn returned_groups(&self) -> impl Iterator<Item = &GroupEntry> {
        self.data.slots.iter().filter(|entry| entry.is_ticked && !entry.reason.is_empty())
    }

    /// Whether a catalogue row is the selected row of the choice form.
    fn is_row(&self, row: &Row) -> bool {
        self.form.values.row == row.id.0
    }

    /// The code of a conflict between the choice form and data that was stored after the form was shown.
    fn stale(&self) -> Option<&'static str> {
        self.form.code().filter(|_| self.form.errors().is_empty())
    }

    fn heading(&self) -> String {
        let groups = || self.data.slots.iter().chain(&self.data.closed);
        let names: Vec<&Name> = match self.data.dossiers.as_slice() {
            [] => groups().map(|entry| &entry.offering.discipline.name).take(1).collect(),
            some => some.iter().map(|dossier| &dossier.discipline.name).collect(),
        };
        names.iter().map(|name| self.t.name(name)).collect::<Vec<_>>().join("; ")
    }

    /// The exam form that is set centrally for all selected student groups, if there is one.
    fn set(&self) -> Option<FormExceptionNote> {
        let set = self.data.set()?;
        let picked = Picked::of(&self.data.catalogue, &set.row, &set.info);
        Some(FormExceptionNote { row: set.row.0.clone(), reason: set.reason.clone(), picked })
    }

    fn errors_of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.form.errors().iter().filter(move |error| error.field == field).map(|error| error.detail.as_str())
    }

    fn programme_error(&self, dossier: &Dossier) -> String {
        let anchor = programme_anchor(dossier.discipline.id);
        let is_ours = |error: &&FieldError| {
            error.field == "programme" && (error.anchor == anchor || error.anchor == "programmes-")
        };
        self.form.errors().iter().find(is_ours).map(|error| error.detail.clone()).unwrap_or_default()
    }

    /// Renders the list of programme documents in the dossier of a discipline.
    fn programmes(&self, dossier: &Dossier) -> String {
        let part = ProgrammePicker {
            layout: self.layout.clone(),
            t: self.t,
            dossier: dossier.clone(),
            picked: self.form.values.documents.get(&dossier.discipline.id).copied(),
            error: self.programme_error(dossier),
            note: String::new(),
            term: self.data.term.id,
            is_one_of_many: self.data.dossiers.len() > 1,
        };
        part.render().unwrap_or_default()
    }

    /// The number of existing choices that sending the choice form would replace.
    fn replaced(&self) -> usize {
        self.data.ticked().filter(|entry| entry.current.is_some()).count()
    }

    /// The address of the choice form for the same student groups, filled in with their stored choices.
    fn stored_choice_link(&self) -> String {
        let ids: Vec<String> = self.data.ticked().map(|entry| format!("o={}", entry.offering.id)).collect();
        format!("{}?{}", routes::CHOOSE, ids.join("&"))
    }

    /// The address of the choice form filled in with last term's choice.
    fn last_term_link(&self) -> String {
        format!("{}&from=last", self.stored_choice_link())
    }

    /// The address of the choice form filled in with a colleague's choice.
    fn colleague_link(&self, colleagues: &AgreeingGroup) -> String {
        let from = colleagues.members.first().map(|member| format!("&adopt={}", member.offering));
        format!("{}{}", self.stored_choice_link(), from.unwrap_or_default())
    }

    /// Whether a choice can be approved only after all instructors of parallel groups have chosen the same exam.
    fn must_agree(&self) -> bool {
        self.data.term.uniformity == Uniformity::Refused
    }
}
