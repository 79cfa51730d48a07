//! Creates the template of a group sheet, which registrars fill in: an empty table with column
//! names in Kazakh, Russian or English. The XLSX template offers lists of allowed values in some
//! columns.

use super::header::{self, ColumnKind, TemplateColumn};
use crate::group_sheet::cell_words;
use crate::spreadsheet::NotWritten;
use domain::limits::ROSTER_ROWS_LIMIT;
use domain::name::Language;
use rust_xlsxwriter::{DataValidation, DataValidationRule, Format, Workbook};

/// Returns the names of the columns in the template of a group sheet, in one language.
pub fn template(language: Language) -> Vec<&'static str> {
    header::template(place(language)).map(|column| column.name).collect()
}

/// Creates the template of a group sheet as an XLSX file. Columns for codes and usernames have the
/// text format, so that spreadsheet programs do not remove leading zeros.
///
/// # Errors
/// [`NotWritten`], which cannot occur with the short lists of allowed values in the template.
pub fn template_xlsx(language: Language) -> Result<Vec<u8>, NotWritten> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_freeze_panes(1, 0)?;
    let (bold, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    let last = u32::try_from(ROSTER_ROWS_LIMIT).unwrap_or(u32::MAX);
    for (column, TemplateColumn { kind, name }) in (0..).zip(header::template(place(language))) {
        page.set_column_width(column, u32::try_from(name.chars().count().max(12) + 4).unwrap_or(0))?;
        if kind != ColumnKind::Students {
            page.set_column_format(column, &text)?;
        }
        page.write_string_with_format(0, column, name, &bold)?;
        let allowed = match (kind, cell_words::allowed_words(kind, place(language))) {
            (ColumnKind::Students, _) => {
                DataValidation::new().allow_whole_number(DataValidationRule::Between(0, 100_000))
            }
            (_, []) => continue,
            (_, words) => DataValidation::new().allow_list_strings(words)?,
        };
        page.add_data_validation(1, column, last, column, &allowed)?;
    }
    Ok(book.save_to_buffer()?)
}

fn place(language: Language) -> usize {
    Language::ALL.iter().position(|known| *known == language).unwrap_or_default()
}
