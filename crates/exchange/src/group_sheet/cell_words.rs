//! Recognises languages of instruction, forms of study and levels of study in the cells of a group
//! sheet, as codes or as words in Kazakh, Russian or English.

use crate::group_sheet::header::ColumnKind;
use domain::name::Language;
use domain::offering::{Level, StudyForm};

/// Returns the words from which the registrar selects in a column of the group sheet's template;
/// empty if any text is allowed in the column. The parameter `language` is 0 for Kazakh, 1 for
/// Russian, 2 for English.
pub(super) fn allowed_words(kind: ColumnKind, language: usize) -> &'static [&'static str] {
    let words: [&[&str]; 3] = match kind {
        ColumnKind::Language => [
            &["қазақша", "орысша", "ағылшынша"],
            &["казахский", "русский", "английский"],
            &["Kazakh", "Russian", "English"],
        ],
        ColumnKind::StudyForm => [
            &["күндізгі", "кешкі", "сырттай", "қашықтан"],
            &["очная", "вечерняя", "заочная", "дистанционная"],
            &["full-time", "evening", "part-time", "distance"],
        ],
        ColumnKind::Level => [
            &["бакалавриат", "магистратура", "докторантура"],
            &["бакалавриат", "магистратура", "докторантура"],
            &["bachelor", "master", "doctoral"],
        ],
        _ => return &[],
    };
    words.get(language).copied().unwrap_or_default()
}

/// Recognises a language of instruction in a cell of a group sheet.
pub(super) fn language(word: &str) -> Option<Language> {
    Some(match word {
        "kk" | "kz" | "қаз" | "қазақ" | "қазақша" | "каз" | "казахский" | "kazakh" => {
            Language::Kk
        }
        "ru" | "орыс" | "орысша" | "рус" | "русский" | "russian" => Language::Ru,
        "en" | "ағылшын" | "ағылшынша" | "англ" | "английский" | "english" => {
            Language::En
        }
        _ => return None,
    })
}

/// Recognises a form of study, such as full-time or evening, in a cell of a group sheet.
pub(super) fn study_form(word: &str) -> Option<StudyForm> {
    Some(match word {
        "fulltime" | "full-time" | "күндізгі" | "очная" | "очно" | "дневная" => {
            StudyForm::FullTime
        }
        "evening" | "кешкі" | "вечерняя" | "вечернее" => StudyForm::Evening,
        "parttime" | "part-time" | "сырттай" | "заочная" | "заочно" => StudyForm::PartTime,
        "distance" | "қашықтан" | "дистанционная" | "дистанционно" => {
            StudyForm::Distance
        }
        _ => return None,
    })
}

/// Recognises a level of study, such as bachelor or master, in a cell of a group sheet.
pub(super) fn level(word: &str) -> Option<Level> {
    Some(match word {
        "bachelor" | "бакалавр" | "бакалавриат" => Level::Bachelor,
        "master" | "магистр" | "магистратура" => Level::Master,
        "doctoral" | "phd" | "доктор" | "докторантура" => Level::Doctoral,
        _ => return None,
    })
}
