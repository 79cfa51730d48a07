//! The form as the page shows it: options by platform, the three narrowing fields with reasons, errors beside fields.

use crate::frame::Frame;
use crate::markdown;
use crate::words::Words;
use app::failure::Fault;
use app::open_choice::{Dossier, Sheet, Slot};
use askama::Template;
use domain::answer::{Field, Picked, Wrong};
use domain::catalogue::{NO_KIND, Row, Video};
use domain::id::{DisciplineId, DocumentId, OfferingId, TermId};
use domain::name::Name;
use domain::narrowing::{Axis, Narrowing, Standing, values};
use domain::programme::Document;
use domain::report::State;
use std::collections::BTreeMap;

/// What is filled in, as typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
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
#[template(path = "choose.html")]
pub(crate) struct SheetPage {
    pub(crate) f: Frame,
    pub(crate) sheet: Sheet,
    pub(crate) typed: Typed,
    pub(crate) platforms: Vec<PlatformView>,
    pub(crate) barred: Vec<BarredView>,
    pub(crate) axes: Vec<AxisView>,
    pub(crate) errors: Vec<ErrorView>,
    pub(crate) stale: Option<&'static str>,
    pub(crate) clashes: Vec<Clash>,
    pub(crate) guide: GuideView,
    pub(crate) note: Option<&'static str>,
}

/// The part of the form that lists a dossier; answers an upload by itself.
#[derive(Template)]
#[template(path = "programmes.html")]
pub(crate) struct Programmes {
    pub(crate) f: Frame,
    pub(crate) dossier: Dossier,
    pub(crate) picked: Option<DocumentId>,
    pub(crate) error: String,
    pub(crate) said: String,
    pub(crate) term: TermId,
    pub(crate) is_one_of_many: bool,
}

impl Programmes {
    fn is_picked(&self, document: &Document) -> bool {
        self.picked == Some(document.id)
    }

    /// From an earlier term.
    fn is_old(&self, document: &Document) -> bool {
        self.term != document.term
    }
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
pub(crate) struct Clash {
    group: String,
    current: Option<Picked>,
    state: State,
}

/// The instructions on the chosen row.
pub(crate) struct GuideView {
    pub(crate) title: String,
    pub(crate) html: String,
    pub(crate) videos: Vec<Video>,
}

/// What went wrong with what was typed.
#[derive(Default)]
pub(crate) struct Trouble {
    /// Wrong fields.
    pub(crate) faults: Vec<Fault>,
    /// Files that were not taken, by discipline: the code.
    pub(crate) files: Vec<(DisciplineId, &'static str)>,
    /// The code of a 409, and the versions that were on the screen.
    pub(crate) stale: Option<(&'static str, BTreeMap<OfferingId, i64>)>,
}

impl SheetPage {
    /// Puts the page together.
    pub(crate) fn new(f: Frame, sheet: Sheet, mut typed: Typed, trouble: &Trouble) -> Self {
        let w = f.w;
        settle(&sheet, &mut typed);
        let errors = errors(&sheet, &typed, trouble, w);
        let clashes = clashes(&sheet, trouble);
        Self {
            platforms: platforms(&sheet, &typed, &errors, w),
            barred: barred(&sheet, w),
            axes: axes(&sheet, &typed.narrowing, w),
            guide: guide(&sheet, &typed, w),
            stale: trouble.stale.as_ref().map(|(code, _)| *code),
            note: None,
            f,
            sheet,
            typed,
            errors,
            clashes,
        }
    }

    fn heading(&self) -> String {
        let w = self.f.w;
        let slots = || self.sheet.slots.iter().chain(&self.sheet.closed);
        let names: Vec<&Name> = match self.sheet.dossiers.as_slice() {
            [] => slots().map(|slot| &slot.offering.discipline.name).take(1).collect(),
            some => some.iter().map(|dossier| &dossier.discipline.name).collect(),
        };
        names.iter().map(|name| w.name(name)).collect::<Vec<_>>().join("; ")
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
        let part = Programmes {
            f: self.f.clone(),
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

    /// This form for the same groups, from what is kept.
    fn take_newer(&self) -> String {
        let ids: Vec<String> = self.sheet.ticked().map(|slot| format!("o={}", slot.offering.id)).collect();
        format!("/choose?{}", ids.join("&"))
    }
}

/// One row left is the row that is meant; a row outside of what is listed is none.
fn settle(sheet: &Sheet, typed: &mut Typed) {
    let rows = sheet.rows();
    let admitted: Vec<&&Row> = rows.iter().filter(|row| typed.narrowing.admits(row)).collect();
    match admitted.as_slice() {
        [only] if !typed.narrowing.is_empty() => typed.row.clone_from(&only.id.0),
        listed if !typed.narrowing.is_empty() && listed.iter().all(|row| row.id.0 != typed.row) => typed.row.clear(),
        _ => {}
    }
}

fn platforms(sheet: &Sheet, typed: &Typed, errors: &[ErrorView], w: Words) -> Vec<PlatformView> {
    let mut platforms: Vec<PlatformView> = Vec::new();
    for row in sheet.rows().into_iter().filter(|row| typed.narrowing.admits(row)) {
        let option = option(sheet, typed, row, w, errors);
        match platforms.iter_mut().find(|platform| platform.code == row.platform) {
            Some(platform) => platform.options.push(option),
            None => platforms.push(PlatformView {
                code: row.platform.clone(),
                name: w.name(&sheet.catalogue.platform(&row.platform)).to_owned(),
                options: vec![option],
            }),
        }
    }
    platforms
}

fn option(sheet: &Sheet, typed: &Typed, row: &Row, w: Words, errors: &[ErrorView]) -> OptionView {
    let text = |name: &Name| w.name(name).to_owned();
    let is_checked = row.id.0 == typed.row;
    let instructions = sheet.catalogue.instructions_on(&row.id.0).map(text).unwrap_or_default();
    OptionView {
        id: row.id.0.clone(),
        title: text(&row.title),
        form: text(&sheet.catalogue.form(&row.form)),
        kind: sheet.catalogue.kind(row.kind.as_deref()).as_ref().map(text),
        help: row.help.as_ref().map(text),
        info: row.info.as_ref().map(|rule| InfoView {
            label: text(&rule.label),
            prompt: text(&rule.prompt),
            typed: typed.infos.get(&row.id.0).cloned().unwrap_or_default(),
            suggestions: rule.suggestions.clone(),
        }),
        has_error: is_checked && errors.iter().any(|error| error.field == "info"),
        gist: markdown::gist(&instructions),
        is_checked,
    }
}

fn barred(sheet: &Sheet, w: Words) -> Vec<BarredView> {
    let ticked = sheet.ticked().count();
    let view = |(row, groups): (&Row, Vec<&str>)| {
        let picked = Picked::of(&sheet.catalogue, &row.id, "");
        BarredView {
            label: format!("{} · {}", w.name(&picked.platform), w.name(&picked.form)),
            reason: row.offered.as_ref().map(|offered| w.name(&offered.reason).to_owned()).unwrap_or_default(),
            groups: if groups.len() < ticked { groups.join(", ") } else { String::new() },
        }
    };
    sheet.barred_rows().into_iter().map(view).collect()
}

fn axes(sheet: &Sheet, narrowing: &Narrowing, w: Words) -> Vec<AxisView> {
    let rows = sheet.rows();
    let view = |axis: Axis| AxisView {
        code: axis.code(),
        values: values(&sheet.catalogue, axis)
            .into_iter()
            .map(|code| ValueView {
                code: code.to_owned(),
                label: label(sheet, axis, code, w),
                is_picked: narrowing.get(axis) == Some(code),
                why: why(&narrowing.standing(&rows, axis, code), w),
            })
            .collect(),
    };
    Axis::ALL.into_iter().map(view).collect()
}

fn label(sheet: &Sheet, axis: Axis, code: &str, w: Words) -> String {
    let catalogue = &sheet.catalogue;
    match axis {
        Axis::Platform => w.name(&catalogue.platform(code)).to_owned(),
        Axis::Form => w.name(&catalogue.form(code)).to_owned(),
        Axis::Kind if code == NO_KIND => w.t("no-kind"),
        Axis::Kind => catalogue.kind(Some(code)).map(|name| w.name(&name).to_owned()).unwrap_or_default(),
    }
}

fn why(standing: &Standing, w: Words) -> String {
    match standing {
        Standing::Open => String::new(),
        Standing::NotOffered => w.t("value-not-offered"),
        Standing::ExcludedBy(axes) => {
            let names: Vec<String> = axes.iter().map(|axis| w.code("field", axis.code())).collect();
            format!("{}: {}", w.t("value-excluded-by"), names.join(", "))
        }
    }
}

fn guide(sheet: &Sheet, typed: &Typed, w: Words) -> GuideView {
    let catalogue = &sheet.catalogue;
    let topic = match (&typed.row, &typed.narrowing.platform) {
        (row, _) if !row.is_empty() => row.as_str(),
        (_, Some(platform)) => platform.as_str(),
        _ => return GuideView { title: w.t("guide"), html: w.t("guide-appears-here"), videos: Vec::new() },
    };
    guide_on(catalogue, topic, w)
}

/// The instructions on a topic; for a row those of its platform stand below.
pub(crate) fn guide_on(catalogue: &domain::catalogue::Catalogue, topic: &str, w: Words) -> GuideView {
    let text = |topic: &str| catalogue.instructions_on(topic).map(|name| w.name(name)).unwrap_or_default();
    let row = catalogue.rows.iter().find(|row| row.id.0 == topic);
    let mut html = markdown::html(markdown::body(text(topic)), 1);
    let mut videos: Vec<Video> = catalogue.videos_on(topic).cloned().collect();
    if let Some(row) = row {
        html.push_str(&markdown::html(text(&row.platform), 2));
        videos.extend(catalogue.videos_on(&row.platform).cloned());
    }
    GuideView { title: markdown::title(text(topic)).to_owned(), html, videos }
}

fn errors(sheet: &Sheet, typed: &Typed, trouble: &Trouble, w: Words) -> Vec<ErrorView> {
    let mut errors: Vec<ErrorView> =
        trouble.faults.iter().map(|fault| error(sheet, typed, fault, w)).collect();
    for (discipline, code) in &trouble.files {
        errors.retain(|error| error.field != "programme" || error.discipline != Some(*discipline));
        let text = w.code("refused", code);
        let anchor = format!("programmes-{discipline}");
        errors.push(ErrorView { field: "programme", anchor, text, discipline: Some(*discipline) });
    }
    errors
}

fn error(sheet: &Sheet, typed: &Typed, fault: &Fault, w: Words) -> ErrorView {
    let row = sheet.catalogue.rows.iter().find(|row| row.id.0 == typed.row);
    let prompt = row.and_then(|row| row.info.as_ref()).map(|info| w.name(&info.prompt).to_owned());
    let mut text = match (fault.wrong, prompt) {
        // What the row asks for says it better than any general sentence.
        (Wrong::InfoMissing, Some(prompt)) => prompt,
        (wrong, _) => w.code("refused", wrong.code()),
    };
    if !fault.groups.is_empty() {
        text = format!("{text}: {}", fault.groups.join(", "));
    }
    let (field, anchor) = match fault.field() {
        Field::Rule => ("rule", first_radio(sheet)),
        Field::Info => ("info", format!("i-{}", typed.row)),
        Field::Programme => {
            let discipline = fault.discipline.map(|id| id.to_string()).unwrap_or_default();
            ("programme", format!("programmes-{discipline}"))
        }
        Field::Groups | Field::Reason => ("groups", "groups".to_owned()),
    };
    ErrorView { field, anchor, text, discipline: fault.discipline }
}

fn first_radio(sheet: &Sheet) -> String {
    sheet.rows().first().map_or_else(|| "rule".to_owned(), |row| format!("r-{}", row.id))
}

fn clashes(sheet: &Sheet, trouble: &Trouble) -> Vec<Clash> {
    let Some((_, seen)) = &trouble.stale else { return Vec::new() };
    let changed = |slot: &&Slot| seen.get(&slot.offering.id).is_some_and(|version| *version != slot.version);
    let clash = |slot: &Slot| Clash {
        group: slot.offering.group.clone(),
        current: slot.current.clone(),
        state: slot.state,
    };
    sheet.slots.iter().chain(&sheet.closed).filter(changed).map(clash).collect()
}
