//! Names and other short texts in Kazakh, Russian and English, with the keys by which Kazakh texts
//! are sorted and searched.

use serde::{Deserialize, Serialize};

/// A language of the interface and of teaching: Kazakh, Russian or English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// The Kazakh language (қазақша).
    Kk,
    /// The Russian language (русский).
    Ru,
    En,
}

impl Language {
    /// All languages of the interface, in the order of display: Kazakh, Russian, English.
    pub const ALL: [Self; 3] = [Self::Kk, Self::Ru, Self::En];

    /// Returns the BCP 47 code of the language: `kk`, `ru` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// Returns the language that has the BCP 47 code `code`; `None` if the code is not `kk`, `ru`
    /// or `en`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// A name or short text in Kazakh, Russian and English. A missing translation is an empty string.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Name {
    #[serde(default)]
    pub kk: String,
    #[serde(default)]
    pub ru: String,
    #[serde(default)]
    pub en: String,
}

/// A translation of a name for display, with the language in which the translation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShownText<'n> {
    pub text: &'n str,
    /// The language of the displayed translation. It differs from the reader's language if the name
    /// has no translation in the reader's language.
    pub language: Language,
}

impl Name {
    /// Creates a name with the same text in Kazakh, Russian and English.
    pub fn same(text: &str) -> Self {
        Self { kk: text.to_owned(), ru: text.to_owned(), en: text.to_owned() }
    }

    /// Returns the translation of the name in exactly this language; empty if that translation is
    /// missing.
    pub fn exactly(&self, language: Language) -> &str {
        match language {
            Language::Kk => &self.kk,
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }

    /// Returns the translation of the name for a reader of `language`, with the language of that
    /// translation. If the name has no text in the requested language, the first non-empty text of
    /// Kazakh, Russian and English is returned.
    pub fn shown(&self, language: Language) -> ShownText<'_> {
        let order = [language, Language::Kk, Language::Ru, Language::En];
        let found = order.into_iter().find(|&candidate| !self.exactly(candidate).is_empty()).unwrap_or(language);
        ShownText { text: self.exactly(found), language: found }
    }

    /// Returns the text of the name for a reader of `language`. If the name has no text in that
    /// language, a text in another language is returned.
    pub fn text(&self, language: Language) -> &str {
        self.shown(language).text
    }

    /// Returns whether the name has a text in each of Kazakh, Russian and English.
    pub fn is_complete(&self) -> bool {
        Language::ALL.iter().all(|&language| !self.exactly(language).trim().is_empty())
    }

    /// Returns the Kazakh, Russian and English texts of the name joined by spaces, so that a search
    /// finds the name in any language.
    pub fn all_text(&self) -> String {
        format!("{} {} {}", self.kk, self.ru, self.en)
    }
}

/// The 42 letters of the Kazakh Cyrillic alphabet in dictionary order.
const ALPHABET: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

/// Returns the key by which a name is sorted. Comparing two sort keys byte by byte gives the
/// sequence of a Kazakh dictionary: spaces, punctuation, digits, Latin letters, then the 42 Kazakh
/// letters, without regard to case. A sort key never changes between releases of Emtihan, so the
/// database can store it.
pub fn sort_key(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(sort_letter).collect()
}

/// Replaces a letter of the Kazakh alphabet by a character above the Latin letters (from U+0500),
/// in alphabetical order. Other characters remain unchanged.
fn sort_letter(letter: char) -> char {
    ALPHABET
        .chars()
        .position(|known| known == letter)
        .and_then(|place| u32::try_from(place).ok())
        .and_then(|place| char::from_u32(0x0500 + place))
        .unwrap_or(letter)
}

/// Returns the key by which a name is searched: a Latin text that is the same for all common
/// spellings of a Kazakh name. `Қазақ`, `казак` and `qazaq` all give `kazak`.
pub fn search_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match skeleton(letter) {
            Some(latin) => key.push_str(latin),
            None if letter.is_alphanumeric() => key.push(letter),
            None if !key.ends_with(' ') => key.push(' '),
            None => {}
        }
    }
    key.trim().to_owned()
}

/// Returns the Latin spelling of one letter in a search key; `None` if the letter is used
/// unchanged. Letters that are often confused, such as «к» and «қ», have the same spelling.
fn skeleton(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'ә' | 'ä' | 'á' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ғ' | 'ğ' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' | 'j' => "zh",
        'з' => "z",
        'и' | 'й' | 'і' | 'ы' | 'i' | 'y' | 'ı' => "i",
        'к' | 'қ' | 'q' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' | 'ñ' => "n",
        'о' | 'ө' | 'ö' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' | 'ü' | 'ū' | 'w' => "u",
        'ф' => "f",
        'х' | 'һ' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' | 'щ' | 'ş' => "sh",
        'ю' => "iu",
        'я' => "ia",
        'ъ' | 'ь' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_it_is_typed_a_kazakh_name_is_found() {
        for typed in ["Қазақ", "казак", "qazaq", "КАЗАК", "kazak"] {
            assert_eq!(search_key(typed), "kazak", "{typed}");
        }
        assert_eq!(search_key("Үлгібекова, А."), "ulgibekova a");
        assert_eq!(search_key("Улгибекова"), search_key("Үлгібекова"));
    }

    #[test]
    fn a_missing_language_falls_back_and_says_so() {
        let name = Name { kk: "Пән".into(), ru: String::new(), en: "Course".into() };
        assert_eq!(name.shown(Language::Ru), ShownText { text: "Пән", language: Language::Kk });
        assert_eq!(name.shown(Language::En), ShownText { text: "Course", language: Language::En });
        assert!(!name.is_complete());
    }
}
