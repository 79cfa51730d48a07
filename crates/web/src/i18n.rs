//! The interface texts in Kazakh, Russian and English.

use chrono::FixedOffset;
use domain::name::{Language, Name};
use domain::term::kazakhstan;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

mod formats;
mod limits;

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../locales");

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 3]> = LazyLock::new(|| Language::ALL.map(bundle));

/// The interface texts in one language, together with the university's time zone for formatting
/// times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts {
    pub language: Language,
    /// The university's time zone, in which pages show times.
    zone: FixedOffset,
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    for file in LOCALES.get_dir(language.code()).into_iter().flat_map(Dir::files) {
        // A file of interface texts that is not UTF-8 counts as empty here. No error is needed,
        // because the command `cargo xtask words` already refuses such a file.
        let source = file.contents_utf8().unwrap_or_default().to_owned();
        let resource = FluentResource::try_new(source).unwrap_or_else(|(resource, _)| resource);
        drop(bundle.add_resource(resource));
    }
    bundle
}

/// A value that can be inserted into an interface text at the place of a variable, such as a number
/// or a name.
pub trait TextArgument {
    /// The value in the form in which the Fluent library inserts it into an interface text.
    fn value(&self) -> FluentValue<'_>;
}

macro_rules! arg {
    ($($number:ty),+) => {$(
        impl TextArgument for $number {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )+};
}
arg!(i64, u64, usize, i32, u32);

impl TextArgument for str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl TextArgument for String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl<T: TextArgument + ?Sized> TextArgument for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

/// The short name that a language has in that language itself, for example «ҚАЗ» for Kazakh.
pub(crate) fn short_own_name(language: Language) -> &'static str {
    match language {
        Language::Kk => "ҚАЗ",
        Language::Ru => "РУС",
        Language::En => "ENG",
    }
}

impl Texts {
    /// The interface texts in the given language. Times are formatted in the time zone of
    /// Kazakhstan.
    pub fn of(language: Language) -> Self {
        Self { language, zone: kazakhstan() }
    }

    /// Returns the same interface texts with the time zone `zone`, in which times are then
    /// formatted. The web pages use the time zone of the university.
    #[must_use]
    pub fn in_zone(self, zone: FixedOffset) -> Self {
        Self { zone, ..self }
    }

    /// The interface text with the given key. The text has no variables.
    pub fn get(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The interface text with the given key and with one variable.
    pub fn with(&self, key: &str, name: &str, value: impl TextArgument) -> String {
        let mut args = FluentArgs::new();
        args.set(name.to_owned(), value.value().into_owned());
        self.format(key, Some(&args))
    }

    /// The interface text with the given key and with two variables.
    pub fn with2(&self, key: &str, first: &(&str, impl TextArgument), second: &(&str, impl TextArgument)) -> String {
        let mut args = FluentArgs::new();
        args.set(first.0.to_owned(), first.1.value().into_owned());
        args.set(second.0.to_owned(), second.1.value().into_owned());
        self.format(key, Some(&args))
    }

    /// The interface text with the given key, in which the variable `n` is a number.
    pub fn count(&self, key: &str, count: impl TextArgument) -> String {
        self.with(key, "n", count)
    }

    /// The interface text that explains a code, for example the code of a refusal, a role or a
    /// state. The key of the text consists of `prefix`, a hyphen and the code.
    pub fn code(&self, prefix: &str, code: &str) -> String {
        self.get(&format!("{prefix}-{code}"))
    }

    /// The interface text with the given key, a colon, and a text that continues it:
    /// «Қосымша ақпарат: видеоконференция платформасы».
    pub fn labelled(&self, key: &str, text: &str) -> String {
        let mut letters = text.chars();
        let first = letters.next();
        // Abbreviations keep their first letter.
        let is_word = letters.clone().next().is_none_or(|second| !second.is_uppercase());
        let first = first.map(|letter| if is_word { letter.to_lowercase().collect() } else { letter.to_string() });
        format!("{}: {}{}", self.get(key), first.unwrap_or_default(), letters.as_str())
    }

    /// The name that a language has in that language itself, for example «Қазақша» for Kazakh.
    pub fn own_name(&self, code: &str) -> &'static str {
        match Language::from_code(code) {
            Some(Language::Kk) => "Қазақша",
            Some(Language::Ru) => "Русский",
            Some(Language::En) => "English",
            None => "",
        }
    }

    /// Whether the interface texts are in the language with the given code.
    pub fn is_in(&self, code: &str) -> bool {
        self.language.code() == code
    }

    /// Whether an interface text with the given key exists.
    pub fn has(&self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    fn bundle(&self) -> &'static FluentBundle<FluentResource> {
        let [kk, ru, en] = &*BUNDLES;
        match self.language {
            Language::Kk => kk,
            Language::Ru => ru,
            Language::En => en,
        }
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if errors.is_empty() {
            return text;
        }
        // The text cannot be formatted with only the variables that the caller has passed, because
        // it also contains limits of the program, such as the maximum size of a file. These limits
        // are added here.
        let limits = limits::limit_arguments(|number| self.number(number));
        let passed = args.into_iter().flat_map(FluentArgs::iter);
        let all = passed.chain(limits.iter()).map(|(name, value)| (name.to_owned(), value.clone()));
        bundle.format_pattern(pattern, Some(&all.collect()), &mut Vec::new()).into_owned()
    }

    /// The name of a person, unit or discipline in the interface language. If it has no name in
    /// that language, its name in another language.
    pub fn name<'n>(&self, name: &'n Name) -> &'n str {
        name.text(self.language)
    }

    /// A text that a person typed, in the quotation marks of the interface language.
    pub fn quoted(&self, text: &str) -> String {
        match self.language {
            Language::Kk | Language::Ru => format!("«{text}»"),
            Language::En => format!("“{text}”"),
        }
    }

    /// The HTML attribute ` lang="…"` for a name that is missing in the interface language and is
    /// therefore shown in another language; otherwise an empty text.
    pub fn lang_of(&self, name: &Name) -> String {
        match name.shown(self.language).language {
            shown if shown == self.language => String::new(),
            other => format!(" lang=\"{}\"", other.code()),
        }
    }
}

/// The first language in the header `Accept-Language` of a request that is an interface language;
/// `None` if there is none.
pub fn accepted(header: &str) -> Option<Language> {
    header.split(',').find_map(|part| {
        let tag = part.split(';').next().unwrap_or_default().trim();
        Language::from_code(&tag.split('-').next().unwrap_or_default().to_lowercase())
    })
}
