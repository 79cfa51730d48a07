//! Removes invisible characters from typed text and from file names: control characters,
//! zero-width characters, marks that reverse the direction of writing, variation selectors, tags
//! and characters that only look like a space. Such characters would satisfy a required field that
//! looks empty, and would disguise a file name (`a\u{202e}fdp.exe.pdf` is shown as `aexe.pdf`).
//!
//! Letters that are written from right to left need no such marks, so nothing that a person can
//! read is lost.

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::UnicodeNormalization;

/// Characters that are drawn as an empty space, although Unicode classifies them as symbols: the
/// blank Braille pattern and the musical null note head.
const BLANK_SYMBOLS: [char; 2] = ['\u{2800}', '\u{1d159}'];

/// Removes the invisible characters from a typed text of one or several lines, and converts the
/// text to Unicode NFC. Tabs are kept; every kind of line break becomes `\n`.
pub fn visible_text(typed: &str) -> String {
    let lines = typed.replace("\r\n", "\n").replace(is_line_break, "\n");
    lines.chars().filter(|&letter| matches!(letter, '\n' | '\t') || !is_invisible(letter)).nfc().collect()
}

/// Removes the invisible characters from a typed text of one line, and converts the text to Unicode
/// NFC. Line breaks and tabs become spaces.
pub fn visible_line(typed: &str) -> String {
    visible_text(typed).replace(['\n', '\t'], " ")
}

/// Returns whether a text has at least one letter or digit of any script. Dashes, dots and other
/// marks alone say nothing.
pub fn has_letter_or_digit(text: &str) -> bool {
    let says_something = GeneralCategoryGroup::Letter.union(GeneralCategoryGroup::Number);
    let category = CodePointMapData::<GeneralCategory>::new();
    text.chars().any(|letter| !is_invisible(letter) && says_something.contains(category.get(letter)))
}

fn is_line_break(letter: char) -> bool {
    matches!(letter, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Returns whether Unicode defines no appearance for a character (`Default_Ignorable_Code_Point`,
/// control and format characters, noncharacters), or whether it is drawn as an empty space. Spaces
/// themselves are visible: they separate words.
fn is_invisible(letter: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(letter);
    matches!(category, GeneralCategory::Control | GeneralCategory::Format)
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(letter)
        || BLANK_SYMBOLS.contains(&letter)
        || is_noncharacter(letter)
}

/// Returns whether Unicode promises never to assign a character to this code point.
fn is_noncharacter(letter: char) -> bool {
    matches!(letter, '\u{fdd0}'..='\u{fdef}') || u32::from(letter) & 0xfffe == 0xfffe
}
