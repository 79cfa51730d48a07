//! Filling the form's page: what the catalogue, the groups and what was typed come to.

use crate::i18n::Texts;
use crate::markdown;
use crate::pages::choosing::choice_view::{
    AxisView, BarredView, ChangedGroup, ChoiceForm, ChoiceFormErrors, ErrorView, GuideView, InfoView, OptionView,
    PlatformView, ValueView,
};
use app::choosing::open_choice::{ChoiceFormData, GroupEntry};
use app::failure::Fault;
use domain::answer::{AnswerError, Field};
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, NO_KIND, Row, Video};
use domain::name::Name;
use domain::narrowing::{Axis, Narrowing, ValueStatus, values};

/// One row left is the row that is meant; a row outside of what is listed is none.
pub(super) fn settle(sheet: &ChoiceFormData, typed: &mut ChoiceForm) {
    if let Some(set) = sheet.set() {
        // What is set centrally is the answer, whatever stood in a draft or was typed.
        typed.row.clone_from(&set.row.0);
        typed.infos.insert(set.row.0.clone(), set.info.clone());
        typed.narrowing = Narrowing::default();
        return;
    }
    let rows = sheet.rows();
    let admitted: Vec<&&Row> = rows.iter().filter(|row| typed.narrowing.admits(row)).collect();
    match admitted.as_slice() {
        [only] if !typed.narrowing.is_empty() => typed.row.clone_from(&only.id.0),
        listed if !typed.narrowing.is_empty() && listed.iter().all(|row| row.id.0 != typed.row) => typed.row.clear(),
        _ => {}
    }
}

pub(super) fn platforms(
    sheet: &ChoiceFormData,
    typed: &ChoiceForm,
    errors: &[ErrorView],
    t: Texts,
) -> Vec<PlatformView> {
    let mut platforms: Vec<PlatformView> = Vec::new();
    for row in sheet.rows().into_iter().filter(|row| typed.narrowing.admits(row)) {
        let option = option(sheet, typed, row, t, errors);
        match platforms.iter_mut().find(|platform| platform.code == row.platform) {
            Some(platform) => platform.options.push(option),
            None => platforms.push(PlatformView {
                code: row.platform.clone(),
                name: t.name(&sheet.catalogue.platform(&row.platform)).to_owned(),
                options: vec![option],
            }),
        }
    }
    platforms
}

fn option(sheet: &ChoiceFormData, typed: &ChoiceForm, row: &Row, t: Texts, errors: &[ErrorView]) -> OptionView {
    let text = |name: &Name| t.name(name).to_owned();
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

pub(super) fn barred(sheet: &ChoiceFormData, t: Texts) -> Vec<BarredView> {
    let ticked = sheet.ticked().count();
    let view = |(row, groups): (&Row, Vec<&str>)| {
        let picked = Picked::of(&sheet.catalogue, &row.id, "");
        BarredView {
            label: format!("{} · {}", t.name(&picked.platform), t.name(&picked.form)),
            reason: match &row.offered {
                Some(offered) => t.name(&offered.reason).to_owned(),
                None => t.get("set-centrally"),
            },
            groups: if groups.len() < ticked { groups.join(", ") } else { String::new() },
        }
    };
    sheet.barred_rows().into_iter().map(view).collect()
}

pub(super) fn axes(sheet: &ChoiceFormData, narrowing: &Narrowing, t: Texts) -> Vec<AxisView> {
    let rows = sheet.rows();
    let view = |axis: Axis| AxisView {
        code: axis.code(),
        values: values(&sheet.catalogue, axis)
            .into_iter()
            .map(|code| ValueView {
                code: code.to_owned(),
                label: label(sheet, axis, code, t),
                is_picked: narrowing.get(axis) == Some(code),
                why: why(&narrowing.standing(&rows, axis, code), t),
            })
            .collect(),
    };
    Axis::ALL.into_iter().map(view).collect()
}

fn label(sheet: &ChoiceFormData, axis: Axis, code: &str, t: Texts) -> String {
    let catalogue = &sheet.catalogue;
    match axis {
        Axis::Platform => t.name(&catalogue.platform(code)).to_owned(),
        Axis::Form => t.name(&catalogue.form(code)).to_owned(),
        Axis::Kind if code == NO_KIND => t.get("no-kind"),
        Axis::Kind => catalogue.kind(Some(code)).map(|name| t.name(&name).to_owned()).unwrap_or_default(),
    }
}

fn why(standing: &ValueStatus, t: Texts) -> String {
    match standing {
        ValueStatus::Open => String::new(),
        ValueStatus::NotOffered => t.get("value-not-offered"),
        ValueStatus::ExcludedBy(axes) => {
            let names: Vec<String> = axes.iter().map(|axis| t.code("field", axis.code())).collect();
            format!("{}: {}", t.get("value-excluded-by"), names.join(", "))
        }
    }
}

pub(super) fn guide(sheet: &ChoiceFormData, typed: &ChoiceForm, t: Texts) -> GuideView {
    let catalogue = &sheet.catalogue;
    let topic = match (&typed.row, &typed.narrowing.platform) {
        (row, _) if !row.is_empty() => row.as_str(),
        (_, Some(platform)) => platform.as_str(),
        _ => return GuideView { title: t.get("guide"), html: t.get("guide-appears-here"), videos: Vec::new() },
    };
    guide_on(catalogue, topic, t, 1)
}

/// The instructions on a topic; for a row those of its platform stand below. Its headings move `deeper`, below the
/// heading under which the page puts it.
pub(crate) fn guide_on(catalogue: &Catalogue, topic: &str, t: Texts, deeper: usize) -> GuideView {
    let text = |topic: &str| catalogue.instructions_on(topic).map(|name| t.name(name)).unwrap_or_default();
    let row = catalogue.rows.iter().find(|row| row.id.0 == topic);
    let mut html = markdown::html(markdown::body(text(topic)), deeper);
    let mut videos: Vec<Video> = catalogue.videos_on(topic).cloned().collect();
    if let Some(row) = row {
        let platform = text(&row.platform);
        let (title, more) =
            (markdown::escaped(markdown::title(platform)), markdown::html(markdown::body(platform), deeper));
        html.push_str(&format!("<details><summary>{title}</summary>{more}</details>"));
        videos.extend(catalogue.videos_on(&row.platform).cloned());
    }
    GuideView { title: markdown::title(text(topic)).to_owned(), html, videos }
}

pub(super) fn errors(
    sheet: &ChoiceFormData,
    typed: &ChoiceForm,
    trouble: &ChoiceFormErrors,
    t: Texts,
) -> Vec<ErrorView> {
    let mut errors: Vec<ErrorView> = trouble.faults.iter().map(|fault| error(sheet, typed, fault, t)).collect();
    for (discipline, code) in &trouble.files {
        errors.retain(|error| error.field != "programme" || error.discipline != Some(*discipline));
        let text = t.code("refused", code);
        let anchor = format!("programmes-{discipline}");
        errors.push(ErrorView { field: "programme", anchor, text, discipline: Some(*discipline) });
    }
    errors
}

fn error(sheet: &ChoiceFormData, typed: &ChoiceForm, fault: &Fault, t: Texts) -> ErrorView {
    let row = sheet.catalogue.rows.iter().find(|row| row.id.0 == typed.row);
    let prompt = row.and_then(|row| row.info.as_ref()).map(|info| t.name(&info.prompt).to_owned());
    let mut text = match (fault.wrong, prompt) {
        // What the row asks for says it better than any general sentence.
        (AnswerError::InfoMissing, Some(prompt)) => prompt,
        (wrong, _) => t.code("refused", wrong.code()),
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

fn first_radio(sheet: &ChoiceFormData) -> String {
    sheet.rows().first().map_or_else(|| "rule".to_owned(), |row| format!("r-{}", row.id))
}

pub(super) fn clashes(sheet: &ChoiceFormData, trouble: &ChoiceFormErrors) -> Vec<ChangedGroup> {
    let Some((_, seen)) = &trouble.stale else { return Vec::new() };
    let changed = |slot: &&GroupEntry| seen.get(&slot.offering.id).is_some_and(|version| *version != slot.version);
    let clash = |slot: &GroupEntry| ChangedGroup {
        group: slot.offering.group.clone(),
        current: slot.current.clone(),
        state: slot.state,
    };
    sheet.slots.iter().chain(&sheet.closed).filter(changed).map(clash).collect()
}
