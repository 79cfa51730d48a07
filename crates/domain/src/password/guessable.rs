//! Recognises passwords that are easily guessed: repetitions, sequences, names and common words.

use super::common;
use crate::limits::PASSWORD_SHORTEST;
use crate::visible_text::visible_line;
use unicode_normalization::UnicodeNormalization;

/// A password that follows the alphabet or the keyboard in at most this many stretches is a
/// sequence: `qwerty12345` has two of them.
const SEQUENCE_STRETCHES: usize = 3;
/// The number of letters from which a common word with digits and signs is a common password.
const WORD_LENGTH: usize = 4;
/// The rows of the keys on the keyboards of Kazakhstan.
const KEYBOARD: [&str; 8] = [
    "1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "әіңғүұқөһ",
];

/// A typed password in the form in which it is compared with names and common passwords.
pub(super) struct Typed {
    /// The number of characters that were typed.
    typed: usize,
    /// The typed password in NFKC and in lower case, without invisible characters.
    folded: String,
}

impl Typed {
    pub(super) fn new(password: &str) -> Self {
        Self { typed: password.chars().count(), folded: folded(password) }
    }

    /// Returns the number of characters of a password. A character that looks like several counts
    /// once, and invisible characters do not count.
    pub(super) fn length(&self) -> usize {
        self.typed.min(self.folded.chars().count())
    }

    /// Returns whether a password consists of one or two different characters, or repeats a part
    /// that alone would be too short.
    pub(super) fn is_repetitive(&self) -> bool {
        let chars: Vec<char> = self.folded.chars().collect();
        let mut different = chars.clone();
        different.sort_unstable();
        different.dedup();
        let repeats = |part: usize| chars.iter().zip(chars.iter().skip(part)).all(|(one, next)| one == next);
        different.len() <= 2 || (1..PASSWORD_SHORTEST.min(chars.len() / 2 + 1)).any(repeats)
    }

    /// Returns whether a password consists of a few stretches of the alphabet, the digits, the
    /// keyboard or one repeated character.
    pub(super) fn is_sequence(&self) -> bool {
        let chars: Vec<char> = self.folded.chars().collect();
        let mut stretches = 1;
        // The rules that all characters of the present stretch follow.
        let mut followed = ALL_RULES;
        for (one, next) in chars.iter().zip(chars.iter().skip(1)) {
            followed &= rules_between(*one, *next);
            if followed == 0 {
                stretches += 1;
                followed = ALL_RULES;
            }
        }
        stretches <= SEQUENCE_STRETCHES
    }

    /// Returns whether a password is a name, or the name with nothing but digits and signs around
    /// and in it. The name may stand in the password several times.
    pub(super) fn is_word(&self, name: &str) -> bool {
        let (password, name) = (letters_and_digits(&self.folded), letters_and_digits(&folded(name)));
        if name.chars().any(char::is_alphabetic) {
            password.contains(&name) && !password.replace(&name, "").contains(char::is_alphabetic)
        } else {
            // A name of digits would be found in most passwords of digits if it were short.
            name.chars().count() >= WORD_LENGTH
                && password.starts_with(&name)
                && !password.contains(char::is_alphabetic)
        }
    }

    /// Returns whether a password is a name of several words, one of the words or their initials,
    /// as [`Typed::is_word`] compares them.
    pub(super) fn is_name(&self, name: &str) -> bool {
        let words = || name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let initials: String = words().filter_map(|word| word.chars().next()).collect();
        let is_long = |word: &&str| word.chars().count() >= WORD_LENGTH;
        self.is_word(name)
            || words().filter(is_long).any(|word| self.is_word(word))
            || words().count() > 2 && self.is_word(&initials)
    }

    /// Returns whether a password is listed as a common one, or is a listed word with digits and
    /// signs before or after it.
    pub(super) fn is_common(&self) -> bool {
        let without_signs = self.folded.trim_matches(|letter: char| !letter.is_alphanumeric());
        let word = self.folded.trim_matches(|letter: char| !letter.is_alphabetic());
        let is_long = word.chars().count() >= WORD_LENGTH;
        common::is_listed(&self.folded) || common::is_listed(without_signs) || is_long && common::is_listed(word)
    }
}

/// All rules by which a character can follow the one before it, one in each bit.
const ALL_RULES: u8 = 0b1_1111;

/// Returns the rules by which a character follows the one before it: the same character, the next
/// or the previous one of the alphabet or the digits, the key to the right or to the left.
fn rules_between(one: char, next: char) -> u8 {
    let (before, after) = (u32::from(one), u32::from(next));
    let is_text = one.is_alphanumeric() && next.is_alphanumeric();
    let is_beside = |one: char, next: char| {
        KEYBOARD.iter().any(|row| row.chars().zip(row.chars().skip(1)).any(|pair| pair == (one, next)))
    };
    let rules = [
        one == next,
        is_text && before + 1 == after,
        is_text && after + 1 == before,
        is_beside(one, next),
        is_beside(next, one),
    ];
    rules.into_iter().fold(0, |all, holds| all << 1 | u8::from(holds))
}

fn folded(text: &str) -> String {
    visible_line(text).nfkc().collect::<String>().to_lowercase()
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}
