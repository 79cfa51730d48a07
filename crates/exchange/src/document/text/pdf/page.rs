//! Interprets the drawing instructions of a PDF page to find its characters, words and lines.

use crate::document::text::text_builder::TextBuilder;
use lopdf::content::{Content, Operation};
use lopdf::{Encoding, Object};
use std::collections::BTreeMap;

/// Maximum number of drawing instructions that are read from a whole PDF. A single page usually has
/// some thousands of instructions.
const MOST_OPERATIONS: usize = 400_000;

/// Character that temporarily marks a possible space in the extracted text: a position at which the
/// PDF moved the drawing position within a line. Whether these marks become spaces is decided when
/// the text of the whole PDF is known.
const MOVED: char = '\u{e000}';

/// A PDF is considered to store its spaces as characters if at least one of this number of
/// extracted characters is a space. Otherwise, the extracted text gets a space at every position
/// that is marked with [`MOVED`].
const RARE_SPACE: usize = 25;

/// The largest vertical distance, in typographic points (1/72 inch), between two characters that
/// belong to the same text line. Indices and superscripts are shifted by such a distance.
const SAME_LINE: f64 = 2.5;

/// The horizontal gap between two characters of a PDF page that is wide enough to count as a space,
/// in thousandths of the font size. Negative values move forward.
const WORD_GAP: f64 = -180.0;

/// The assumed average width of a character in a PDF, as a fraction of the font size. It is used to
/// calculate the position on the page at which drawn characters end.
const WIDTH: f64 = 0.55;

/// A transformation matrix, which a PDF uses to move and scale drawings: the six numbers `a b c d e
/// f`.
type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// The fonts of a PDF page with their encodings, by the names that the drawing instructions use.
type FontEncodings<'a> = BTreeMap<&'a [u8], &'a Encoding<'a>>;

/// Reads the text of all pages of a PDF, one after the other.
pub(super) struct PageReader {
    text: TextBuilder,
    operations: usize,
}

/// The state of reading the text of one PDF page: the current font, and the positions of the
/// characters.
struct TextPosition<'a> {
    encoding: Option<&'a Encoding<'a>>,
    size: f64,
    leading: f64,
    page: Matrix,
    saved: Vec<Matrix>,
    line: Matrix,
    /// The position on the PDF page at which the last drawn characters ended; `None` before the
    /// first characters.
    last: Option<(f64, f64)>,
}

impl PageReader {
    /// Creates a reader for the pages of a PDF, which collects at most `most` characters.
    pub(super) fn new(most: usize) -> Self {
        Self { text: TextBuilder::new(most), operations: 0 }
    }

    /// Returns whether the limit of characters or of drawing instructions is reached, so that no
    /// more pages of the PDF are read.
    pub(super) fn is_full(&self) -> bool {
        self.text.is_full() || self.operations >= MOST_OPERATIONS
    }

    /// Reads the drawing instructions of one PDF page and adds the page's text.
    pub(super) fn page(&mut self, content: &[u8], fonts: &FontEncodings<'_>) {
        let mut place = TextPosition {
            encoding: None,
            size: 10.0,
            leading: 0.0,
            page: IDENTITY,
            saved: Vec::new(),
            line: IDENTITY,
            last: None,
        };
        for operation in Content::decode_iter(content).map_while(Result::ok) {
            self.operations += 1;
            if self.is_full() {
                break;
            }
            self.apply(&mut place, &operation, fonts);
        }
        self.text.line();
    }

    fn apply<'a>(&mut self, place: &mut TextPosition<'a>, operation: &Operation, fonts: &FontEncodings<'a>) {
        let operands = operation.operands.as_slice();
        match operation.operator.as_str() {
            "q" if place.saved.len() < 64 => place.saved.push(place.page),
            "Q" => place.page = place.saved.pop().unwrap_or(place.page),
            "cm" => place.page = product(&matrix(operands), &place.page),
            "BT" => place.line = IDENTITY,
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                place.encoding = fonts.get(name).copied();
                place.size = number(operands, 1).abs();
            }
            "TL" => place.leading = number(operands, 0),
            "Tm" => place.line = matrix(operands),
            "Td" => place.begin_line(number(operands, 0), number(operands, 1)),
            "TD" => {
                place.leading = -number(operands, 1);
                place.begin_line(number(operands, 0), number(operands, 1));
            }
            "T*" => place.begin_line(0.0, -place.leading),
            "Tj" | "TJ" => self.show(place, operands),
            "'" | "\"" => {
                place.begin_line(0.0, -place.leading);
                self.show(place, operands.last().map(std::slice::from_ref).unwrap_or_default());
            }
            _ => {}
        }
    }

    /// Adds the characters that a drawing instruction of a PDF page shows. A space or a line end
    /// comes first if the characters do not directly follow the previous characters.
    fn show(&mut self, place: &mut TextPosition<'_>, operands: &[Object]) {
        let Some(encoding) = place.encoding else { return };
        let position = product(&place.line, &place.page);
        let [.., x, y] = position;
        let height = place.size * position.first().map_or(1.0, |scale| scale.abs()).max(0.01);
        match place.last {
            Some((_, before)) if (before - y).abs() > SAME_LINE.max(height * 0.4) => self.text.line(),
            Some((end, _)) if x > end + height * 1.2 || x < end - height * 40.0 => self.text.write(" "),
            Some(_) => self.text.write(MOVED.encode_utf8(&mut [0; 4])),
            None => {}
        }
        let mut shown = String::new();
        for operand in operands {
            letters(operand, encoding, &mut shown);
        }
        let wide = shown.chars().filter(|letter| *letter != MOVED).count();
        self.text.write(&shown);
        let wide = u32::try_from(wide).map_or(0.0, f64::from) * height * WIDTH;
        place.last = Some((x + wide, y));
    }

    /// Returns the extracted text of all pages of the PDF.
    pub(super) fn finish(self) -> String {
        let text = self.text.finish();
        let spaces = text.chars().filter(|letter| matches!(letter, ' ' | '\u{a0}')).count();
        let writes_spaces = spaces * RARE_SPACE >= text.chars().count();
        text.replace(MOVED, if writes_spaces { "" } else { " " })
    }
}

impl TextPosition<'_> {
    /// Begins a text line on the PDF page. The offset `x`, `y` is relative to the beginning of the
    /// current line.
    fn begin_line(&mut self, x: f64, y: f64) {
        self.line = product(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
    }
}

/// Decodes the characters of a PDF string, or of an array of PDF strings with moves between the
/// strings.
fn letters(operand: &Object, encoding: &Encoding<'_>, shown: &mut String) {
    match operand {
        Object::String(bytes, _) => drop(encoding.write_to_string(bytes, shown)),
        Object::Array(parts) => {
            for part in parts {
                match part {
                    Object::String(bytes, _) => drop(encoding.write_to_string(bytes, shown)),
                    other if number(std::slice::from_ref(other), 0) < WORD_GAP => shown.push(MOVED),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn number(operands: &[Object], place: usize) -> f64 {
    operands.get(place).and_then(|value| value.as_float().ok()).map_or(0.0, f64::from)
}

fn matrix(operands: &[Object]) -> Matrix {
    let mut place = 0;
    [(); 6].map(|()| {
        place += 1;
        number(operands, place - 1)
    })
}

/// Returns the transformation matrix that applies the matrix `first`, then the matrix `second`.
#[expect(clippy::many_single_char_names, reason = "the letters of the PDF standard, 8.3.4")]
fn product(first: &Matrix, second: &Matrix) -> Matrix {
    let [a, b, c, d, e, f] = *first;
    let [g, h, i, j, k, l] = *second;
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}
