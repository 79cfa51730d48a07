//! Collects the extracted text of a document up to a maximum number of characters.

/// Maximum length of the text that is extracted from a document, in characters.
pub const MOST_CHARACTERS: usize = 200_000;

/// A text that grows while it is extracted from a document, up to a maximum length.
#[derive(Default)]
pub(super) struct TextBuilder {
    text: String,
    characters: usize,
    most: usize,
}

impl TextBuilder {
    /// Creates an empty text with a maximum length of `most` characters.
    pub(super) fn new(most: usize) -> Self {
        Self { text: String::new(), characters: 0, most }
    }

    /// Appends `text` to the extracted text without control characters. The part that exceeds the
    /// maximum length is dropped.
    pub(super) fn write(&mut self, text: &str) {
        for letter in text.chars().filter(|letter| !letter.is_control() || letter.is_whitespace()) {
            if self.is_full() {
                return;
            }
            self.text.push(letter);
            self.characters += 1;
        }
    }

    /// Begins a new line of the extracted text, unless the text already ends with a line end.
    pub(super) fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.write("\n");
        }
    }

    /// Returns whether the extracted text has reached its maximum length.
    pub(super) fn is_full(&self) -> bool {
        self.characters >= self.most
    }

    /// Returns the extracted text of the document.
    pub(super) fn finish(self) -> String {
        self.text
    }
}
