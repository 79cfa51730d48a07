//! `cargo xtask words`: checks the interface texts in Kazakh, Russian and English.
//!
//! Every key of an interface text must exist in every language with the same variables. Every key
//! must be used, and every key that a page uses must exist. In a Kazakh text, no suffix is allowed
//! to follow a variable directly, because vowel harmony would make the suffix wrong for half of the
//! values. Templates must not contain text.

mod fluent;
mod locale;
mod uses;

use std::path::Path;

use anyhow::Result;

use crate::repo;
use fluent::Piece;
use locale::{Locale, Message};
use uses::Uses;

/// The codes of the languages, which are also the names of the folders in `locales/`. The interface
/// texts of every language are compared with those of the first language.
const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];
/// Texts that are allowed to follow a variable directly in a Kazakh interface text. For example, in
/// `{ $row }-жол` a suffix is added to the word `-жол` and not to the variable.
const ALLOWED_AFTER_VARIABLE: &[&str] = &["-жол"];

/// Fails with a message for every difference between the interface texts of two languages, and for
/// every interface text that is unused or missing.
pub(crate) fn check() -> Result<()> {
    let root = repo::root()?;
    let (kk, others) = read_locales(&root)?;
    let mut problems = Vec::new();
    for locale in std::iter::once(&kk).chain(&others) {
        problems.extend(locale.problems.iter().cloned());
        problems.extend(locale.doubled());
    }
    for other in &others {
        problems.extend(differences(&kk, other));
    }
    problems.extend(kk.messages.iter().filter_map(suffix_on_variable));
    let uses = Uses::collect(&root)?;
    problems.extend(unused(&kk, &uses));
    problems.extend(missing(&kk, &uses));
    problems.extend(uses.texts_in_pages.iter().cloned());
    println!("words: {} keys in {} languages", kk.messages.len(), LANGUAGES.len());
    repo::conclude("words", &problems)
}

fn read_locales(root: &Path) -> Result<(Locale, Vec<Locale>)> {
    let [kk, others @ ..] = LANGUAGES;
    let others: Result<Vec<Locale>> = others.into_iter().map(|language| Locale::read(root, language)).collect();
    Ok((Locale::read(root, kk)?, others?))
}

/// Returns a message for every difference between the interface texts of two languages: missing
/// files, missing keys and different variables.
fn differences(kk: &Locale, other: &Locale) -> Vec<String> {
    let mut found = Vec::new();
    for (full, gappy) in [(kk, other), (other, kk)] {
        let files = full.files.iter().filter(|file| !gappy.files.contains(file));
        found.extend(files.map(|file| format!("locales/{}/{file} does not exist", gappy.language)));
        let absent = full.messages.iter().filter(|message| gappy.find(message).is_none());
        found.extend(absent.map(|message| {
            format!("locales/{}/{}: `{}` is missing ({})", gappy.language, message.file, message.key, message.place())
        }));
    }
    for message in &kk.messages {
        let Some(translated) = other.find(message) else { continue };
        let (wanted, got) = (message.variables(), translated.variables());
        if wanted != got {
            let key = &message.key;
            found.push(format!("{}: `{key}` has the variables {got:?}, kk has {wanted:?}", translated.place()));
        }
    }
    found
}

/// Returns a message if a Kazakh text has a letter, or a hyphen and a letter, directly after a
/// variable.
fn suffix_on_variable(message: &Message) -> Option<String> {
    let is_suffix = |after: &&str| {
        let is_allowed = ALLOWED_AFTER_VARIABLE.iter().any(|allowed| after.starts_with(allowed));
        !is_allowed && after.strip_prefix('-').unwrap_or(after).starts_with(char::is_alphabetic)
    };
    let after = message.pieces().into_iter().find_map(|piece| match piece {
        Piece::Closed { after } => Some(after).filter(is_suffix),
        _ => None,
    })?;
    let word = after.split_whitespace().next().unwrap_or(after);
    Some(format!("{}: `{}` attaches `{word}` to a variable", message.place(), message.key))
}

/// Returns a message for every key of an interface text that no page and no source code uses.
fn unused(kk: &Locale, uses: &Uses) -> Vec<String> {
    let references = kk.references();
    let is_used = |message: &&Message| references.contains(message.name()) || uses.has(message.name());
    let unused = kk.messages.iter().filter(|message| !is_used(message));
    unused.map(|message| format!("{}: `{}` is not used", message.place(), message.key)).collect()
}

/// Returns a message for every key that a page or source code uses but for which no interface text
/// exists.
fn missing(kk: &Locale, uses: &Uses) -> Vec<String> {
    let unknown = uses.asked.iter().filter(|(_, key)| kk.messages.iter().all(|message| message.key != *key));
    unknown.map(|(place, key)| format!("{place}: `{key}` is not in any Fluent file")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(language: &'static str, text: &str) -> Locale {
        let mut locale = Locale::new(language);
        locale.add("a.ftl", text);
        locale
    }

    #[test]
    fn languages_have_the_same_keys_and_variables() {
        let kk = locale("kk", "a = бір { $n }\nb = екі\n");
        let ru = locale("ru", "a = один { $m }\nc = три\n");
        let expected = [
            "locales/ru/a.ftl: `b` is missing (locales/kk/a.ftl:2)",
            "locales/kk/a.ftl: `c` is missing (locales/ru/a.ftl:2)",
            "locales/ru/a.ftl:1: `a` has the variables {\"m\"}, kk has {\"n\"}",
        ];
        assert_eq!(differences(&kk, &ru), expected);
    }

    #[test]
    fn a_kazakh_suffix_needs_a_word() {
        let found = |text: &str| locale("kk", text).messages.iter().find_map(suffix_on_variable);
        assert_eq!(
            found("a = { $n }-ға дейін\n").as_deref(),
            Some("locales/kk/a.ftl:1: `a` attaches `-ға` to a variable")
        );
        assert!(found("a = { $n }ның\n").is_some());
        assert!(found("a = { $n } пән, { $row }-жол, { $a }–{ $b }, { $c }-{ $d }\n").is_none());
        assert!(found("a = { $n ->\n    [one] { $n } пән\n   *[other] { $n } пән\n }\n").is_none());
    }

    #[test]
    fn every_key_is_used_and_every_use_has_a_key() {
        let kk = locale("kk", "a = { -brand } { b }\nb = x\n-brand = y\nrefused-late = z\nrefused-odd = z\n");
        let mut uses = Uses::default();
        uses.read_page("page.html", "<p>{{ t.get(\"a\") }}{{ t.count(\"c\", 1) }}</p>");
        uses.read_code("x.rs", &crate::rust::RustFile::parse(Path::new("x.rs"), "fn code() { \"late\" }"));
        assert_eq!(unused(&kk, &uses), ["locales/kk/a.ftl:5: `refused-odd` is not used"]);
        assert_eq!(missing(&kk, &uses), ["page.html:1: `c` is not in any Fluent file"]);
    }
}
