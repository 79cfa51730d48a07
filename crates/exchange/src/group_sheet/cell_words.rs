//! What stands in a sheet's cells for a language, a study form, a level: our codes, or the words of three languages.

use crate::group_sheet::header::ColumnKind;
use domain::name::Language;
use domain::offering::{Level, StudyForm};

/// The words that are offered for a column, in the language with this place (Kazakh, Russian, English).
pub(super) fn offered(holds: ColumnKind, language: usize) -> &'static [&'static str] {
    let offered: [&[&str]; 3] = match holds {
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
    offered.get(language).copied().unwrap_or_default()
}

/// A language of instruction.
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

/// A study form.
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

/// A level of study.
pub(super) fn level(word: &str) -> Option<Level> {
    Some(match word {
        "bachelor" | "бакалавр" | "бакалавриат" => Level::Bachelor,
        "master" | "магистр" | "магистратура" => Level::Master,
        "doctoral" | "phd" | "доктор" | "докторантура" => Level::Doctoral,
        _ => return None,
    })
}
