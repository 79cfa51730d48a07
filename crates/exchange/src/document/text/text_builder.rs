//! Collects the extracted text of a document, up to a number of characters.

/// The longest text that is read from a document, in characters.
pub const MOST_CHARACTERS: usize = 200_000;

/// A text that grows up to a limit while it is extracted.
#[derive(Default)]
pub(super) struct TextBuilder {
    text: String,
    characters: usize,
    most: usize,
}

impl TextBuilder {
    /// Creates an empty extracted text with a limit, in characters.
    pub(super) fn new(most: usize) -> Self {
        Self { text: String::new(), characters: 0, most }
    }

    /// Appends to the extracted text the part of `text` that is within the limit, without control characters.
    pub(super) fn write(&mut self, text: &str) {
        for letter in text.chars().filter(|letter| !letter.is_control() || letter.is_whitespace()) {
            if self.is_full() {
                return;
            }
            self.text.push(letter);
            self.characters += 1;
        }
    }

    /// Begins a new line of the extracted text, unless one has just begun.
    pub(super) fn line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.write("\n");
        }
    }

    /// Returns whether the text has reached its limit.
    pub(super) fn is_full(&self) -> bool {
        self.characters >= self.most
    }

    /// Returns the collected text of the document.
    pub(super) fn finish(self) -> String {
        self.text
    }
}
