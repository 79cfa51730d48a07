//! Tests that nothing invisible survives in typed text and file names, and that nothing visible is lost.
#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use domain::answer::{AnswerError, clean_info};
use domain::catalogue::RowId;
use domain::programme::{Media, clean_name};
use domain::visible_text::{has_letter_or_digit, visible_line, visible_text};
use proptest::prelude::*;
use testkit::world::shipped_catalogue;

/// Code points without an appearance of their own, as ranges; from `DerivedCoreProperties.txt`
/// (`Default_Ignorable_Code_Point`) and `UnicodeData.txt` (categories Cc and Cf), and the blanks among the symbols.
const INVISIBLE: [(u32, u32); 37] = [
    (0x00, 0x08),
    (0x0e, 0x1f),
    (0x7f, 0x84),
    (0x86, 0x9f),
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x600, 0x605),
    (0x61c, 0x61c),
    (0x6dd, 0x6dd),
    (0x70f, 0x70f),
    (0x890, 0x891),
    (0x8e2, 0x8e2),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x202a, 0x202e),
    (0x2060, 0x206f),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xfdd0, 0xfdef),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0xfffe, 0xffff),
    (0x110bd, 0x110bd),
    (0x110cd, 0x110cd),
    (0x13430, 0x1343f),
    (0x1bca0, 0x1bca3),
    (0x1d159, 0x1d159),
    (0x1d173, 0x1d17a),
    (0x1fffe, 0x1ffff),
    (0x2fffe, 0x2ffff),
    (0xe0000, 0xe0fff),
    (0xefffe, 0xeffff),
    (0x0010_fffe, 0x0010_ffff),
];

fn is_listed(letter: char) -> bool {
    let code = u32::from(letter);
    let is_plane_end = code & 0xfffe == 0xfffe;
    is_plane_end || INVISIBLE.iter().any(|&(first, last)| (first..=last).contains(&code))
}

/// All characters, without the middle of the planes that have none or only private ones.
fn characters() -> impl Iterator<Item = char> {
    let is_plane_end = |code: u32| (0xfff0..=0xffff).contains(&(code & 0xffff));
    let is_used = move |code: &u32| !(0x34000..0xe0000).contains(code) && *code < 0xf0000 || is_plane_end(*code);
    (0..=0x0010_ffff).filter(is_used).filter_map(char::from_u32)
}

#[test]
fn every_invisible_character_is_dropped_and_every_other_is_kept() {
    let breaks = ['\u{b}', '\u{c}', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
    for letter in characters() {
        let shown = visible_text(&format!("a{letter}b"));
        if breaks.contains(&letter) {
            assert_eq!(shown, "a\nb", "{:x}", u32::from(letter));
        } else if is_listed(letter) {
            assert_eq!(shown, "ab", "{:x}", u32::from(letter));
        } else {
            assert_ne!(shown, "ab", "{:x}", u32::from(letter));
        }
    }
}

#[test]
fn a_line_break_and_a_tab_stay_in_a_text_and_are_spaces_in_a_line() {
    assert_eq!(visible_text("бір\r\nекі\rүш\tтөрт\n"), "бір\nекі\nүш\tтөрт\n");
    assert_eq!(visible_line("бір\r\nекі\rүш\tтөрт"), "бір екі үш төрт");
    assert_eq!(visible_text(""), "");
}

#[test]
fn what_is_readable_stays_in_every_script() {
    for text in [
        "Әлихан Ұлықбек «ғылым» № 2, Ңұр!",
        "MS Teams / Zoom (BigBlueButton) – 100 %",
        "مرحبا بالعالم",
        "שלום",
        "हिन्दी",
        "日本語 ㄱㄴ 한국어",
        "ไทย",
        "𝒳 😀 ½ Ⅷ ①",
        "a\u{a0}b\u{202f}c",
    ] {
        assert_eq!(visible_text(text), text);
        assert!(has_letter_or_digit(text));
    }
}

#[test]
fn letters_typed_in_two_parts_become_one() {
    assert_eq!(visible_text("и\u{306}од"), "йод");
    assert_eq!(visible_text("Е\u{308}лка"), "Ёлка");
    // A joiner between the letter and its mark would keep them apart.
    assert_eq!(visible_text("и\u{34f}\u{306}"), "й");
}

const SAYS_NOTHING: [&str; 33] = [
    "",
    " ",
    "\t\r\n",
    "\u{200b}",
    "\u{3164}",
    "\u{2800}",
    "\u{ad}",
    "\u{fe0f}",
    ".",
    "-",
    "–",
    "—",
    "…",
    "?!",
    "_",
    "\u{200b}\u{200c}\u{200d}",
    "\u{202e}\u{202c}",
    "\u{2066}\u{2069}",
    "\u{115f}\u{1160}",
    "\u{ffa0}",
    "\u{e0041}\u{e007f}",
    "\u{180e}",
    "\u{feff}",
    "\u{2060}",
    "\u{a0}\u{3000}\u{2003}",
    "«»",
    "()",
    "\u{301}",
    "\u{0}",
    "\u{7f}",
    "\u{200b} . \u{ad}",
    "\u{1d159}",
    "\u{e000}",
];

#[test]
fn information_needs_a_letter_or_a_digit() {
    let catalogue = shipped_catalogue().catalogue;
    let check = |row: &str, typed: &str| catalogue.check(&RowId(row.into()), &clean_info(typed), "FIT").err();
    for row in ["univer-oral", "alt-cert"] {
        for typed in SAYS_NOTHING {
            assert!(!has_letter_or_digit(typed), "{typed:?}");
            assert_eq!(check(row, typed), Some(vec![AnswerError::InfoMissing]), "{row} {typed:?}");
        }
        for typed in ["Zoom", "ә", "7", "٣", "中", "й", "\u{200b}Z", "- Z", "½"] {
            assert_eq!(check(row, typed), None, "{row} {typed:?}");
        }
    }
    for typed in ["\u{200b}", "\u{3164}", " \u{2800} "] {
        assert_eq!(check("moodle-essay", typed), None, "what cannot be seen is not information");
    }
    assert_eq!(check("moodle-essay", "."), Some(vec![AnswerError::InfoForbidden]));
}

#[test]
fn a_file_name_is_stored_as_it_is_shown() {
    for (given, stored) in [
        ("a\u{202e}fdp.exe.pdf", "afdp.exe.pdf"),
        ("\u{2066}Емтихан\u{2069}\u{200f}.pdf", "Емтихан.pdf"),
        ("Бағдар\u{ad}лама\u{200b} 2026.p\u{200d}df", "Бағдарлама 2026.pdf"),
        ("и\u{306}од.pdf", "йод.pdf"),
        ("\u{200b}.pdf", "programme.pdf"),
        ("\u{3164}\u{2800}", "programme.pdf"),
        ("\u{202e}\u{e0041}..pdf", "programme.pdf"),
        ("a\nb\tc\r.pdf", "abc.pdf"),
        ("x\u{2028}y.pdf", "xy.pdf"),
    ] {
        assert_eq!(clean_name(given, Media::Pdf), stored, "{given:?}");
    }
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing(typed in "\\PC{0,20}", parts in proptest::collection::vec(any::<char>(), 0..20)) {
        for text in [typed, parts.into_iter().collect::<String>()] {
            let once = visible_text(&text);
            prop_assert_eq!(&visible_text(&once), &once);
            prop_assert!(!once.chars().any(is_listed));
            let line = visible_line(&text);
            prop_assert!(!line.chars().any(char::is_control));
            prop_assert_eq!(clean_info(&clean_info(&text)), clean_info(&text));
        }
    }
}
