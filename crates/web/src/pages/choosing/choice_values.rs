//! Parses the submitted values of the choice form.

use crate::error::WebError;
use crate::form_data::FormData;
use app::choosing::open_choice::ChoiceFormData;
use app::programmes::upload_programme::UploadedDocument;
use domain::catalogue::{Catalogue, Row, RowId};
use domain::exam_entry::ExamEntry;
use domain::id::{DisciplineId, DocumentId, OfferingId};
use domain::narrowing::Narrowing;
use std::collections::BTreeMap;

/// The files that were sent with the choice form and stored, by the discipline of their dossier.
pub(crate) type StoredFiles = BTreeMap<DisciplineId, UploadedDocument>;

/// The submitted values of the choice form.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChoiceForm {
    /// The offerings (a discipline taught to one group) for which the exam is being chosen.
    pub(crate) offerings: Vec<OfferingId>,
    /// The version number that each offering's choice had when the choice form was shown; 0 if the
    /// offering had no choice.
    pub(crate) versions: BTreeMap<OfferingId, i64>,
    /// The id of the catalogue row selected on the choice form; empty if no row is selected.
    pub(crate) row: String,
    /// The additional information typed on the choice form for each catalogue row, by the id of the
    /// row.
    pub(crate) infos: BTreeMap<String, String>,
    /// The programme document selected on the choice form for each discipline.
    pub(crate) documents: BTreeMap<DisciplineId, DocumentId>,
    /// The results of the files that were sent with the choice form and stored, by the discipline.
    pub(crate) uploads: StoredFiles,
    /// The platform, exam format and type that are filled in on the choice form. They also filter
    /// the listed catalogue rows, unless `lists_all` is set.
    pub(crate) narrowing: Narrowing,
    /// Whether the choice form lists all catalogue rows, although its three fields are filled in.
    pub(crate) lists_all: bool,
}

impl ChoiceForm {
    /// Parses the submitted fields of the choice form. An offering id that cannot be parsed is
    /// answered with 404.
    pub(crate) fn of(fields: &FormData) -> Result<Self, WebError> {
        let documents =
            fields.beginning("doc_").filter_map(|(id, value)| Some((id.parse().ok()?, value.parse().ok()?)));
        let versions = fields.beginning("v_").filter_map(|(id, value)| Some((id.parse().ok()?, value.parse().ok()?)));
        Ok(Self {
            offerings: fields.offerings()?,
            versions: versions.collect(),
            row: fields.text("rule"),
            infos: infos(fields),
            documents: documents.collect(),
            narrowing: if fields.has("show") { Narrowing::default() } else { narrowing(fields) },
            uploads: StoredFiles::new(),
            lists_all: false,
        })
    }

    /// The initial values of the choice form. They come from a stored choice, a draft of a choice,
    /// or the proposal to reuse an earlier choice.
    pub(crate) fn begun(data: &ChoiceFormData) -> Self {
        let row = data.filled.row.as_ref().map(|row| row.0.clone()).unwrap_or_default();
        let infos = [(row.clone(), data.filled.info.clone())].into_iter().collect();
        Self { row, infos, documents: data.filled.documents.clone(), ..Self::default() }
    }

    /// Selects the catalogue row with the id `row` on the choice form, instead of the row that was
    /// selected when the form was opened. The additional information of the earlier row is moved to
    /// the newly selected row. If `row` is empty, nothing changes.
    pub(crate) fn pick(&mut self, row: &str, data: &ChoiceFormData) {
        if !row.is_empty() {
            row.clone_into(&mut self.row);
            self.infos = [(self.row.clone(), data.filled.info.clone())].into_iter().collect();
        }
    }

    /// The version number that an offering's choice had when the choice form was shown; 0 if the
    /// offering had no choice.
    pub(crate) fn version_of(&self, offering: OfferingId) -> i64 {
        self.versions.get(&offering).copied().unwrap_or(0)
    }

    /// The offerings for which the exam is being chosen, each with the version number of the choice that
    /// the form showed.
    pub(crate) fn versions_of_offerings(&self) -> Vec<(OfferingId, i64)> {
        self.offerings.iter().map(|&id| (id, self.version_of(id))).collect()
    }

    /// The catalogue row that is selected on the choice form; `None` if no row of the catalogue is
    /// selected.
    pub(crate) fn selected<'c>(&self, catalogue: &'c Catalogue) -> Option<&'c Row> {
        catalogue.rows.iter().find(|row| row.id.0 == self.row)
    }

    /// The exam as it is filled in on the choice form: three fields, selected catalogue row and
    /// additional information.
    pub(crate) fn exam(&self) -> ExamEntry {
        let row = |id: &str| (!id.is_empty()).then(|| RowId(id.to_owned()));
        let infos = self.infos.iter().map(|(id, info)| (row(id), info.clone()));
        ExamEntry { fields: self.narrowing.clone(), selected: row(&self.row), infos: infos.collect() }
    }
}

/// Reads the additional information of each catalogue row. A row with several suggestions sends each ticked
/// one as a value of its own; they become one text, separated by commas.
fn infos(fields: &FormData) -> BTreeMap<String, String> {
    let mut infos: BTreeMap<String, String> = BTreeMap::new();
    for (row, value) in fields.beginning("info_") {
        let info = infos.entry(row.to_owned()).or_default();
        if !info.is_empty() && !value.trim().is_empty() {
            info.push_str(", ");
        }
        info.push_str(value);
    }
    infos
}

/// Parses the form fields platform, exam format and type.
pub(crate) fn narrowing(fields: &FormData) -> Narrowing {
    let picked = |name| Some(fields.get(name)).filter(|value| !value.is_empty()).map(str::to_owned);
    Narrowing { platform: picked("platform"), form: picked("form"), kind: picked("type") }
}
