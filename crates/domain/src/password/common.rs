//! The list of common passwords, which attackers try first. The file and its sources are described
//! in `crates/domain/data/README.md`.

use flate2::read::GzDecoder;
use std::io::Read;
use std::sync::LazyLock;

/// The compressed list: one password in each line, in lower case and in NFKC, sorted by bytes.
static FILE: &[u8] = include_bytes!("../../data/common-passwords.txt.gz");

/// The text of the list. It is decompressed when the first password is checked.
static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::new();
    // A test checks that the file can be read; the file is a part of the program.
    drop(GzDecoder::new(FILE).read_to_string(&mut text));
    text
});

static LINES: LazyLock<Vec<&'static str>> = LazyLock::new(|| TEXT.lines().collect());

/// Common words of Kazakhstan's universities; the published lists contain almost no words of Kazakh
/// and Russian.
const LOCAL: [&str; 31] = [
    "administrator",
    "almaty",
    "astana",
    "kazakhstan",
    "oqytushy",
    "qazaqstan",
    "registrar",
    "администратор",
    "алматы",
    "астана",
    "деканат",
    "казахстан",
    "кафедра",
    "любовь",
    "оқытушы",
    "офис-регистратор",
    "пароль",
    "преподаватель",
    "привет",
    "регистратор",
    "солнышко",
    "студент",
    "сәлем",
    "тіркелгі",
    "университет",
    "факультет",
    "шымкент",
    "экзамен",
    "қазақстан",
    "құпиясөз",
    "әкімші",
];

/// Returns whether a text, in lower case and in NFKC, is a common password or a common word.
pub(super) fn is_listed(text: &str) -> bool {
    LINES.binary_search(&text).is_ok() || LOCAL.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_sorted() {
        assert!(LINES.len() > 30_000 && LINES.is_sorted(), "{}", LINES.len());
        let long = LINES.iter().filter(|line| line.chars().count() >= crate::limits::PASSWORD_SHORTEST);
        assert!(long.count() > 10_000);
        assert!(is_listed("qwertyuiop") && is_listed("password123") && !is_listed("fW7-pq2zKd"));
    }
}
