//! Reads the interface texts of one language: the messages of all Fluent files in the language's
//! folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail};

use super::fluent::{self, Piece};
use crate::repo;

/// A Fluent message, a Fluent term (`-brand`) or an attribute (`key.attribute`), with its place in
/// a file.
pub(super) struct Message {
    pub(super) language: &'static str,
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) key: String,
    value: String,
}

impl Message {
    pub(super) fn place(&self) -> String {
        format!("locales/{}/{}:{}", self.language, self.file, self.line)
    }

    /// Returns the key of the Fluent message without the name of an attribute; pages use a text by
    /// this key.
    pub(super) fn name(&self) -> &str {
        self.key.split('.').next().unwrap_or(&self.key)
    }

    pub(super) fn pieces(&self) -> Vec<Piece<'_>> {
        fluent::pieces(&self.value)
    }

    pub(super) fn variables(&self) -> BTreeSet<&str> {
        let variable = |piece| if let Piece::Variable(name) = piece { Some(name) } else { None };
        self.pieces().into_iter().filter_map(variable).collect()
    }
}

/// The interface texts of one language, read from its folder in `locales/`.
pub(super) struct Locale {
    pub(super) language: &'static str,
    pub(super) files: Vec<String>,
    pub(super) messages: Vec<Message>,
    /// The problems of lines that are not valid Fluent.
    pub(super) problems: Vec<String>,
}

impl Locale {
    pub(super) fn new(language: &'static str) -> Self {
        Self { language, files: Vec::new(), messages: Vec::new(), problems: Vec::new() }
    }

    pub(super) fn read(root: &Path, language: &'static str) -> Result<Self> {
        let folder = root.join("locales").join(language);
        let mut locale = Self::new(language);
        for path in repo::files(&folder, "ftl")? {
            locale.add(&repo::shown(&folder, &path), &repo::read(&path)?);
        }
        if locale.files.is_empty() {
            bail!("locales/{language} has no .ftl file");
        }
        Ok(locale)
    }

    pub(super) fn add(&mut self, file: &str, text: &str) {
        let parsed = fluent::parse(text);
        let Self { language, .. } = *self;
        let problem = |(line, problem)| format!("locales/{language}/{file}:{line}: {problem}");
        self.problems.extend(parsed.problems.into_iter().map(problem));
        self.messages.extend(parsed.entries.into_iter().map(|entry| Message {
            language,
            file: file.to_owned(),
            line: entry.line,
            key: entry.key,
            value: entry.value,
        }));
        self.files.push(file.to_owned());
    }

    /// Finds the Fluent message that has the same key as the message `wanted` of another language,
    /// in the file with the same name.
    pub(super) fn find(&self, wanted: &Message) -> Option<&Message> {
        self.messages.iter().find(|message| message.key == wanted.key && message.file == wanted.file)
    }

    /// Returns a message for every key of an interface text that is defined twice, in one file or
    /// in two files of this language.
    pub(super) fn doubled(&self) -> Vec<String> {
        let mut first: BTreeMap<&str, String> = BTreeMap::new();
        let mut found = Vec::new();
        for message in &self.messages {
            if let Some(place) = first.get(message.key.as_str()) {
                found.push(format!("{}: `{}` is already in {place}", message.place(), message.key));
            } else {
                first.insert(&message.key, message.place());
            }
        }
        found
    }

    /// Returns the names of the Fluent messages and Fluent terms to which other messages of this
    /// language refer.
    pub(super) fn references(&self) -> BTreeSet<&str> {
        let reference = |piece| if let Piece::Reference(name) = piece { Some(name) } else { None };
        self.messages.iter().flat_map(Message::pieces).filter_map(reference).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_once_in_a_language() {
        let mut locale = Locale::new("ru");
        locale.add("a.ftl", "x = 1\ny = 2\n");
        locale.add("b.ftl", "x = 3\n");
        assert_eq!(locale.doubled(), ["locales/ru/b.ftl:1: `x` is already in locales/ru/a.ftl:1"]);
    }
}
