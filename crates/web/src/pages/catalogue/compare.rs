//! The page that compares two versions or drafts of the catalogue side by side.

use crate::error::WebError;
use crate::i18n::Texts;
use crate::layout::Layout;
use crate::page::page;
use crate::pages::catalogue::catalogue_form::GENERAL;
use crate::query::Query;
use crate::routes;
use crate::session::{Loaded, Session};
use crate::state::AppState;
use app::catalogue::catalogue_versions::{CatalogueOverview, CatalogueSource, compared, overview};
use app::failure::Failure;
use askama::Template;
use askama_minify::template_minify;
use axum::extract::State;
use axum::response::Response;
use domain::catalogue::compare::{CatalogueChange, FieldChange};
use serde::Deserialize;

/// The query of the page that compares two versions or drafts of the catalogue. If the query is
/// empty, the newest version is compared with the version before it.
#[derive(Default, Deserialize)]
pub(super) struct CompareQuery {
    from: Option<String>,
    to: Option<String>,
}

#[template_minify(path = "catalogue/compare.html")]
#[derive(Template)]
struct ComparePage {
    layout: Layout,
    t: Texts,
    overview: CatalogueOverview,
    from: String,
    to: String,
    changes: Vec<CatalogueChange>,
}

/// An option in a select box of the page that compares catalogues: a catalogue version or a
/// catalogue draft.
struct SourceOption {
    value: String,
    title: String,
    is_selected: bool,
}

impl ComparePage {
    fn field(&self, field: &FieldChange) -> String {
        self.t.code("part", field.field)
    }

    /// The HTML attribute ` lang="…"` for a changed field of the catalogue that is a text in one
    /// language; empty for a field without a language.
    fn lang_of(&self, field: &FieldChange) -> String {
        field.language.map(|language| format!(" lang=\"{}\"", language.code())).unwrap_or_default()
    }

    /// The name of the catalogue row, label or instruction topic that is not the same in the two
    /// compared catalogues; `None` if the difference concerns the catalogue as a whole.
    fn subject(&self, change: &CatalogueChange) -> Option<String> {
        match change.subject.as_str() {
            "" => None,
            GENERAL => Some(self.t.get("general-guide")),
            _ => Some(self.t.name(&change.name).to_owned()),
        }
    }

    /// The options of a select box on the page that compares catalogues: all catalogue versions and
    /// drafts. The page has two such select boxes.
    fn sources(&self, selected: &str) -> Vec<SourceOption> {
        let t = self.t;
        let source = |value: String, title| SourceOption { is_selected: value == selected, value, title };
        let versions = self.overview.versions.iter().map(|version| {
            let title = t.count("catalogue-version", version.number);
            source(version.number.to_string(), title)
        });
        let drafts = self.overview.drafts.iter().map(|(head, _)| {
            let title = format!("{} ({})", t.count("catalogue-draft-of", head.base), t.moment(head.begun_at));
            source(head.id.to_string(), title)
        });
        versions.chain(drafts).collect()
    }
}

/// `GET /catalogue/compare?from=&to=`: compares two catalogues. Each of the two parameters is the
/// number of a catalogue version or the id of a catalogue draft.
pub(super) async fn show(
    State(state): State<AppState>,
    session: Session,
    Query(query): Query<CompareQuery>,
) -> Result<Response, WebError> {
    let loaded = session.read(&state, move |work, actor| {
        let overview = overview(work, actor)?;
        let newest = overview.versions.first().map_or(0, |version| version.number);
        let to = query.to.clone().unwrap_or_else(|| newest.to_string());
        let from = query.from.clone().unwrap_or_else(|| (newest - 1).max(1).to_string());
        let changes = compared(work, actor, read_source(&from)?, read_source(&to)?)?;
        Ok((overview, from, to, changes))
    });
    let Loaded { layout, data: (overview, from, to, changes), .. } = loaded.await?;
    page(&ComparePage { t: layout.t, layout, overview, from, to, changes })
}

fn read_source(text: &str) -> Result<CatalogueSource, Failure> {
    let version = text.parse().map(CatalogueSource::Version).ok();
    version.or_else(|| text.parse().map(CatalogueSource::Draft).ok()).ok_or(Failure::NotFound)
}
