//! The page with the choice form: the question how the exam is held, the programme documents, the
//! groups, the exam instructions and the errors.

use crate::error::FieldError;
use crate::form_state::FormState;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::pages::choosing::choice_errors::{
    ChangedGroup, ChoiceRejection, changed_groups, form_state, programme_anchor,
};
use crate::pages::choosing::choice_values::ChoiceForm;
use crate::pages::choosing::exam_rows::{self, AxisView, BarredView, PlatformView, UnlistedInfo};
use crate::pages::guide::instructions::GuideView;
use crate::pages::programmes::documents::upload_note;
use crate::pages::programmes::programme_picker::ProgrammePicker;
use crate::routes;
use app::choosing::open_choice::{ChoiceFormData, Dossier, GroupEntry};
use app::reviewing::uniformity::AgreeingGroup;
use askama::Template;
use askama_minify::template_minify;
use domain::catalogue::Row;
use domain::catalogue::picked::Picked;
use domain::choice::ChoiceRefusal;
use domain::id::CatalogueDraftId;
use domain::name::Name;
use domain::offering::Offering;
use domain::report::ChoiceState;
use domain::term::Uniformity;

/// The page with the choice form, and the data that the page shows.
#[template_minify(path = "choosing/choice_form.html")]
#[derive(Template)]
pub(crate) struct ChoiceFormPage {
    pub(crate) layout: Layout,
    pub(crate) t: Texts,
    pub(crate) data: ChoiceFormData,
    pub(crate) form: FormState<ChoiceForm>,
    pub(crate) platforms: Vec<PlatformView>,
    pub(crate) unlisted_infos: Vec<UnlistedInfo>,
    pub(crate) barred: Vec<BarredView>,
    pub(crate) axes: Vec<AxisView>,
    pub(crate) changed_groups: Vec<ChangedGroup>,
    pub(crate) guide: GuideView,
    pub(crate) note: Option<&'static str>,
    /// Whether a file that was just sent was already in the dossier.
    pub(crate) is_file_known: bool,
    /// The catalogue draft that the choice form previews; `None` for a real choice form. A preview
    /// cannot be sent.
    pub(crate) previewed_draft: Option<CatalogueDraftId>,
}

/// The note on the choice form that the registrar's office has set the exam format centrally, with
/// the reason that the office typed.
struct FormExceptionNote {
    row: String,
    reason: String,
    picked: Picked,
}

impl ChoiceFormPage {
    /// Builds the page with the choice form from the loaded data, the submitted values and the
    /// cause for which the submitted form was rejected, if it was.
    pub(crate) fn new(
        layout: Layout,
        data: ChoiceFormData,
        mut typed: ChoiceForm,
        rejection: &ChoiceRejection,
    ) -> Self {
        let t = layout.t;
        match rejection {
            _ if exam_rows::apply_set_form(&data, &mut typed) => {}
            ChoiceRejection::Narrowed => exam_rows::narrow(&data, &mut typed),
            _ => {
                exam_rows::select_named(&data, &mut typed);
                typed.lists_all = exam_rows::lists_all(&data, &typed);
            }
        }
        let changed_groups = changed_groups(&data, &typed, rejection);
        let form = form_state(typed, rejection, &data, t);
        Self {
            platforms: exam_rows::platforms(&data, &form.values, form.has_error("info"), t),
            unlisted_infos: exam_rows::unlisted_infos(&data, &form.values),
            barred: exam_rows::barred(&data, t),
            axes: exam_rows::axes(&data, &form.values, t),
            guide: exam_rows::guide(&data, &form.values, t),
            note: None,
            is_file_known: false,
            previewed_draft: None,
            t,
            layout,
            data,
            form,
            changed_groups,
        }
    }

    /// Whether the choice form only previews a catalogue draft and cannot be sent.
    fn is_preview(&self) -> bool {
        self.previewed_draft.is_some()
    }

    /// Whether the groups on the choice form belong to more than one discipline.
    fn has_several_disciplines(&self) -> bool {
        self.data.dossiers.len() > 1
    }

    /// The selected groups whose choice was returned, each with the reason that was typed for the
    /// return.
    fn returned_groups(&self) -> impl Iterator<Item = (&GroupEntry, &Name)> {
        let ticked = self.data.slots.iter().filter(|entry| entry.is_ticked);
        ticked.filter_map(|entry| Some((entry, entry.reason.as_ref()?)))
    }

    /// Whether the given catalogue row is the one selected on the choice form.
    fn is_row(&self, row: &Row) -> bool {
        self.form.values.row == row.id.0
    }

    /// The error code if data in the database, such as a choice, has changed since the choice form
    /// was shown; otherwise `None`.
    fn stale(&self) -> Option<&'static str> {
        self.form.code().filter(|_| self.form.errors().is_empty())
    }

    /// The exam of the selected catalogue row, for the bar with the buttons; empty if none is selected.
    fn selected_exam(&self) -> &str {
        let mut options = self.platforms.iter().flat_map(|platform| &platform.options);
        options.find(|option| option.is_checked).map_or("", |option| &option.exam)
    }

    /// The names of the selected programme documents, for the bar with the buttons.
    fn selected_programmes(&self) -> String {
        let picked = |dossier: &Dossier| {
            let id = self.form.values.documents.get(&dossier.discipline.id)?;
            Some(dossier.documents.iter().find(|document| document.id == *id)?.name.clone())
        };
        self.data.dossiers.iter().filter_map(picked).collect::<Vec<_>>().join("; ")
    }

    /// Whether the list of catalogue rows is folded, because a row is selected.
    fn is_list_folded(&self) -> bool {
        !self.selected_exam().is_empty() && !self.form.has_error("rule")
    }

    /// The number of catalogue rows in the list.
    fn listed_count(&self) -> usize {
        self.platforms.iter().map(|platform| platform.options.len()).sum()
    }

    /// Study form, level and language of the groups, if all have the same.
    fn common_facts(&self) -> Option<&Offering> {
        let (first, others) = self.data.slots.split_first()?;
        let facts = |entry: &GroupEntry| (entry.offering.study_form, entry.offering.level, entry.offering.language);
        others.iter().all(|other| facts(other) == facts(first)).then_some(&first.offering)
    }

    /// The heading of the note that stored data has changed. It names the reader and the time if the reader
    /// has changed the choice in another window.
    fn stale_heading(&self, code: &str) -> String {
        let own: Option<Vec<_>> = self.changed_groups.iter().map(|changed| changed.own_sent_at).collect();
        match own.and_then(|times| times.into_iter().max()) {
            Some(at) if code == ChoiceRefusal::ChangedSinceShown.code() => {
                self.t.with("choice-changed-by-you", "time", self.t.moment(at))
            }
            _ => self.t.code("refused", code),
        }
    }

    /// Whether another version of the choice was stored meanwhile, which the form can replace.
    fn is_replaceable(&self, code: &str) -> bool {
        code == ChoiceRefusal::ChangedSinceShown.code()
    }

    /// The group whose choice was approved while the form was filled in, if it is the only one of the form. The
    /// typed exam can then be asked for.
    fn approved_meanwhile(&self, code: &str) -> Option<&GroupEntry> {
        let is_approved = code == ChoiceRefusal::AlreadyApproved.code();
        self.data.closed.first().filter(|_| is_approved && self.data.closed.len() == 1 && self.data.slots.is_empty())
    }

    /// The exam that is filled in on the form, with the additional information.
    fn typed_exam(&self) -> String {
        let catalogue = &self.data.catalogue;
        let values = &self.form.values;
        let row = values.exam().row(catalogue).ok();
        let info = row.and_then(|row| values.infos.get(&row.id.0)).filter(|info| !info.is_empty());
        let info = info.map(|info| self.t.quoted(info));
        let exam = match row {
            Some(row) => exam_rows::row_label(catalogue, row, self.t),
            None => exam_rows::fields_label(catalogue, &values.narrowing, self.t),
        };
        std::iter::once(exam).chain(info).collect::<Vec<_>>().join(" · ")
    }

    fn heading(&self) -> String {
        let groups = || self.data.slots.iter().chain(&self.data.closed);
        let names: Vec<&Name> = match self.data.dossiers.as_slice() {
            [] => groups().map(|entry| &entry.offering.discipline.name).take(1).collect(),
            some => some.iter().map(|dossier| &dossier.discipline.name).collect(),
        };
        names.iter().map(|name| self.t.name(name)).collect::<Vec<_>>().join("; ")
    }

    /// The exam format that the registrar has set centrally for all selected groups; `None` if
    /// there is none.
    fn set(&self) -> Option<FormExceptionNote> {
        let set = self.data.set()?;
        let picked = Picked::of(&self.data.catalogue, &set.row, &set.info);
        Some(FormExceptionNote { row: set.row.0.clone(), reason: set.reason.clone(), picked })
    }

    fn errors_of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.form.errors().iter().filter(move |error| error.field == field).map(|error| error.detail.as_str())
    }

    /// The codes of all catalogue rows that can be selected, for the page's script.
    fn row_codes(&self) -> String {
        exam_rows::all_codes(&self.data)
    }

    /// Whether an error of the choice form is about its three fields platform, exam format and type.
    fn are_fields_wrong(&self) -> bool {
        self.form.errors().iter().any(|error| error.anchor.starts_with("n-"))
    }

    fn programme_error(&self, dossier: &Dossier) -> String {
        let anchor = programme_anchor(dossier.discipline.id);
        let is_ours = |error: &&FieldError| {
            error.field == "programme" && (error.anchor == anchor || error.anchor == "programmes-")
        };
        self.form.errors().iter().find(is_ours).map(|error| error.detail.clone()).unwrap_or_default()
    }

    /// Renders the list of programme documents in the dossier (collection of documents) of a
    /// discipline.
    fn programmes(&self, dossier: &Dossier) -> String {
        let filled = &self.data.filled;
        let picked = self.form.values.documents.get(&dossier.discipline.id);
        let part = ProgrammePicker {
            layout: self.layout.clone(),
            t: self.t,
            dossier: dossier.clone(),
            picked: picked.copied(),
            is_preselected: filled.preselected.contains(&dossier.discipline.id)
                && picked == filled.documents.get(&dossier.discipline.id),
            error: self.programme_error(dossier),
            note: self
                .form
                .values
                .uploads
                .get(&dossier.discipline.id)
                .map_or_else(String::new, |file| upload_note(file, self.t)),
            term: self.data.term.id,
            is_one_of_many: self.data.dossiers.len() > 1,
        };
        part.render().unwrap_or_default()
    }

    /// The number of existing choices that are replaced if the choice form is sent.
    fn replaced(&self) -> usize {
        self.data.ticked().filter(|entry| entry.current.is_some()).count()
    }

    /// The address of the choice form for the selected groups, filled in with the choices that are
    /// stored for these groups.
    fn stored_choice_link(&self) -> String {
        let ids: Vec<String> = self.data.ticked().map(|entry| format!("o={}", entry.offering.id)).collect();
        format!("{}?{}", routes::CHOOSE, ids.join("&"))
    }

    /// The address of the choice form for the selected groups, filled in with last term's choice.
    fn last_term_link(&self) -> String {
        format!("{}&from=last", self.stored_choice_link())
    }

    /// The address of the choice form for the selected groups, filled in with the reader's draft.
    fn draft_link(&self) -> String {
        format!("{}&from=draft", self.stored_choice_link())
    }

    /// The address of the choice form for the selected groups, filled in with the choice of a
    /// colleague who teaches a parallel group (another group with the same discipline).
    fn colleague_link(&self, colleagues: &AgreeingGroup) -> String {
        let from = colleagues.members.first().map(|member| format!("&adopt={}", member.offering));
        format!("{}{}", self.stored_choice_link(), from.unwrap_or_default())
    }

    /// Whether choices are approved only after the same exam was chosen for all parallel groups
    /// (student groups taught the same discipline).
    fn must_agree(&self) -> bool {
        self.data.term.uniformity == Uniformity::Refused
    }
}
