//! The part of the choice form that asks for the exam: the three fields platform, exam format and
//! type, the catalogue rows grouped by platform, and the rows that are not offered to the selected
//! groups.

use crate::i18n::Texts;
use crate::markdown;
use crate::pages::choosing::choice_values::ChoiceForm;
use crate::pages::choosing::info_field::InfoView;
use crate::pages::guide::instructions::{GuideView, guide_on};
use app::choosing::open_choice::{BarredRow, ChoiceFormData};
use domain::catalogue::picked::Picked;
use domain::catalogue::{Catalogue, NO_KIND, Row};
use domain::name::Name;
use domain::narrowing::{Axis, Narrowing, ValueStatus, values};
use std::sync::Arc;

/// The catalogue rows of one platform as options of the choice form.
pub(crate) struct PlatformView {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) options: Vec<OptionView>,
}

pub(super) struct OptionView {
    pub(super) id: String,
    pub(super) title: String,
    /// Platform, exam format and type: «MOODLE ҚОЖ · ЖАЗБАША · Эссе».
    pub(super) exam: String,
    pub(super) codes: String,
    pub(super) form: String,
    pub(super) kind: Option<String>,
    pub(super) help: Option<String>,
    pub(super) is_checked: bool,
    pub(super) info: Option<InfoView>,
    pub(super) has_error: bool,
    pub(super) gist: Arc<str>,
}

/// The additional information typed for a catalogue row that the choice form does not list.
pub(crate) struct UnlistedInfo {
    pub(super) row: String,
    pub(super) typed: String,
}

/// A catalogue row that is not offered to some of the selected groups, with the text that explains
/// this.
pub(crate) struct BarredView {
    pub(super) label: String,
    pub(super) reason: String,
    pub(super) groups: String,
}

/// One of the three fields of the choice form (platform, exam format or type), with its values.
pub(crate) struct AxisView {
    pub(super) code: &'static str,
    /// The values that can be selected.
    pub(super) open: Vec<ValueView>,
    /// The other values, by the reason for which they cannot be selected.
    pub(super) excluded: Vec<ExcludedValues>,
}

pub(super) struct ExcludedValues {
    pub(super) why: String,
    pub(super) values: Vec<ValueView>,
}

pub(super) struct ValueView {
    pub(super) code: String,
    pub(super) label: String,
    pub(super) is_picked: bool,
}

/// Makes the choice form show the exam format that the registrar's office has set centrally. It
/// replaces the values of a draft and the values submitted on the choice form. Returns whether such
/// a format is set for all selected groups.
pub(super) fn apply_set_form(sheet: &ChoiceFormData, typed: &mut ChoiceForm) -> bool {
    let Some(set) = sheet.set() else { return false };
    typed.row.clone_from(&set.row.0);
    typed.infos.insert(set.row.0.clone(), set.info.clone());
    typed.narrowing = Narrowing::default();
    true
}

/// Adapts the catalogue row selected on the choice form to the filter of the listed rows (platform,
/// exam format and type). If a single row passes the filter, this row is selected. If the selected
/// row does not pass the filter, no row is selected.
pub(super) fn narrow(sheet: &ChoiceFormData, typed: &mut ChoiceForm) {
    let rows = sheet.rows();
    let admitted: Vec<&&Row> = rows.iter().filter(|row| typed.narrowing.admits(row)).collect();
    match admitted.as_slice() {
        [only] if !typed.narrowing.is_empty() => typed.row.clone_from(&only.id.0),
        listed if !typed.narrowing.is_empty() && listed.iter().all(|row| row.id.0 != typed.row) => typed.row.clear(),
        _ => {}
    }
}

/// Selects the catalogue row that the three filled fields of a submitted choice form name, if no
/// row was selected. Everything else stays as it was submitted.
pub(super) fn select_named(sheet: &ChoiceFormData, typed: &mut ChoiceForm) {
    if let Ok(row) = typed.exam().row(&sheet.catalogue) {
        typed.row.clone_from(&row.id.0);
    }
}

/// Whether the choice form lists all catalogue rows, although its three fields are filled in. A
/// rejected form does so if the fields name one row, or if the selected row has other values: the
/// sender did not ask for a shorter list, and may have to select another row.
pub(super) fn lists_all(sheet: &ChoiceFormData, typed: &ChoiceForm) -> bool {
    let is_contradicted = |row: &Row| !typed.narrowing.admits(row);
    typed.narrowing.is_complete() && typed.exam().row(&sheet.catalogue).is_ok()
        || typed.selected(&sheet.catalogue).is_some_and(is_contradicted)
}

/// The catalogue rows that the choice form lists: all of them, or those with the values of the
/// three fields.
fn listed<'s>(sheet: &'s ChoiceFormData, typed: &ChoiceForm) -> Vec<&'s Row> {
    let is_listed = |row: &&Row| typed.lists_all || typed.narrowing.admits(row);
    sheet.rows().into_iter().filter(is_listed).collect()
}

pub(super) fn platforms(
    sheet: &ChoiceFormData,
    typed: &ChoiceForm,
    has_info_error: bool,
    t: Texts,
) -> Vec<PlatformView> {
    let mut platforms: Vec<PlatformView> = Vec::new();
    for row in listed(sheet, typed) {
        let option = option(sheet, typed, row, t, has_info_error);
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

/// The additional information typed for catalogue rows that are not listed at present. The form
/// carries it along, so that it is there again when its row is.
pub(super) fn unlisted_infos(sheet: &ChoiceFormData, typed: &ChoiceForm) -> Vec<UnlistedInfo> {
    let listed = listed(sheet, typed);
    let asks = sheet.catalogue.rows_on().filter(|row| row.info.is_some());
    let unlisted = asks.filter(|row| listed.iter().all(|other| other.id != row.id));
    let info = |row: &Row| {
        let typed = typed.infos.get(&row.id.0).filter(|typed| !typed.is_empty())?;
        Some(UnlistedInfo { row: row.id.0.clone(), typed: typed.clone() })
    };
    unlisted.filter_map(info).collect()
}

/// The codes of a catalogue row's platform, exam format and type, for the page's script.
fn codes(row: &Row) -> String {
    Axis::ALL.map(|axis| axis.of(row)).join(" ")
}

/// The codes of all catalogue rows that can be selected, also of those that are not listed, for the
/// page's script.
pub(super) fn all_codes(sheet: &ChoiceFormData) -> String {
    sheet.rows().into_iter().map(codes).collect::<Vec<_>>().join(",")
}

fn option(sheet: &ChoiceFormData, typed: &ChoiceForm, row: &Row, t: Texts, has_info_error: bool) -> OptionView {
    let text = |name: &Name| t.name(name).to_owned();
    let is_checked = row.id.0 == typed.row;
    let instructions = sheet.catalogue.instructions_on(&row.id.0).map(|text| t.name(text)).unwrap_or_default();
    OptionView {
        id: row.id.0.clone(),
        title: text(&row.title),
        exam: row_label(&sheet.catalogue, row, t),
        codes: codes(row),
        form: text(&sheet.catalogue.form(&row.form)),
        kind: sheet.catalogue.kind(row.kind.as_deref()).as_ref().map(text),
        help: row.help.as_ref().map(text),
        info: row
            .info
            .as_ref()
            .map(|rule| InfoView::of(rule, typed.infos.get(&row.id.0).map_or("", String::as_str), t)),
        has_error: is_checked && has_info_error,
        gist: markdown::gist(instructions),
        is_checked,
    }
}

pub(super) fn barred(sheet: &ChoiceFormData, t: Texts) -> Vec<BarredView> {
    let ticked = sheet.ticked().count();
    let view = |BarredRow { row, groups }: BarredRow<'_>| {
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

/// The three fields with their values. If a row is selected, each field lists first what fits the
/// fields before it, because every platform has its own forms, and every form its own types. Otherwise
/// it lists what fits the other two fields.
pub(super) fn axes(sheet: &ChoiceFormData, typed: &ChoiceForm, t: Texts) -> Vec<AxisView> {
    let rows = sheet.rows();
    let selected = typed.selected(&sheet.catalogue).filter(|row| typed.narrowing.admits(row)).map(Narrowing::of);
    let view = |axis: Axis| {
        let others = selected.as_ref().map_or_else(|| typed.narrowing.clone(), |fields| fields.before(axis));
        let mut field = AxisView { code: axis.code(), open: Vec::new(), excluded: Vec::new() };
        for code in values(&sheet.catalogue, axis) {
            let is_picked = typed.narrowing.get(axis) == Some(code);
            let value = ValueView { code: code.to_owned(), label: label(&sheet.catalogue, axis, code, t), is_picked };
            field.add(value, why(&others.standing(&rows, axis, code), t));
        }
        field
    };
    Axis::ALL.into_iter().map(view).collect()
}

impl AxisView {
    /// Adds a value; `why` is the reason for which it cannot be selected, or empty.
    fn add(&mut self, value: ValueView, why: String) {
        if why.is_empty() {
            self.open.push(value);
        } else if let Some(group) = self.excluded.iter_mut().find(|group| group.why == why) {
            group.values.push(value);
        } else {
            self.excluded.push(ExcludedValues { why, values: vec![value] });
        }
    }
}

/// The names of a row's platform, exam format and, if it has one, type.
pub(super) fn row_label(catalogue: &Catalogue, row: &Row, t: Texts) -> String {
    let named = Axis::ALL.into_iter().filter(|axis| axis.of(row) != NO_KIND);
    named.map(|axis| label(catalogue, axis, axis.of(row), t)).collect::<Vec<_>>().join(" · ")
}

/// The names of the values of the three fields, without the fields that are empty:
/// «MOODLE ҚОЖ · ЖАЗБАША · Эссе».
pub(super) fn fields_label(catalogue: &Catalogue, fields: &Narrowing, t: Texts) -> String {
    let name = |axis| fields.get(axis).map(|code| label(catalogue, axis, code, t));
    Axis::ALL.into_iter().filter_map(name).collect::<Vec<_>>().join(" · ")
}

fn label(catalogue: &Catalogue, axis: Axis, code: &str, t: Texts) -> String {
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
