//! Decodes the bytes of a roster file to text. Supported encodings are UTF-8, with or without a
//! byte order mark, and the 8-bit encodings of Windows for Russian and Kazakh.

use crate::roster_report::{Encoding, ReadingReport, ReadingWarning, UnreadableReason};
use encoding_rs::WINDOWS_1251;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The letters in which the encoding KZ-1048 differs from Windows-1251: for each letter of
/// Windows-1251, the Kazakh letter that the same byte means in KZ-1048. Rosters in Kazakhstan
/// contain these Kazakh letters, but hardly ever the Serbian and Ukrainian letters of Windows-1251.
const KAZAKH: [(char, char); 16] = [
    ('Ќ', 'Қ'),
    ('Ћ', 'Һ'),
    ('ќ', 'қ'),
    ('ћ', 'һ'),
    ('Ў', 'Ұ'),
    ('ў', 'ұ'),
    ('Ј', 'Ә'),
    ('Ґ', 'Ө'),
    ('Є', 'Ғ'),
    ('Ї', 'Ү'),
    ('ґ', 'ө'),
    ('є', 'ғ'),
    ('ј', 'ә'),
    ('Ѕ', 'Ң'),
    ('ѕ', 'ң'),
    ('ї', 'ү'),
];

/// Decodes the text of a roster file. An encoding other than UTF-8 and a byte order mark are
/// reported as warnings.
pub(crate) fn decode(
    file: &'static str,
    bytes: Vec<u8>,
    report: &mut ReadingReport,
) -> Result<String, UnreadableReason> {
    let mut bytes = bytes;
    let is_marked = bytes.starts_with(BYTE_ORDER_MARK);
    if is_marked {
        report.warnings.push(ReadingWarning::ByteOrderMark { file });
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if !is_marked && is_single_byte_text(error.as_bytes()) => {
            let DecodedText { text, encoding } = cyrillic(error.as_bytes());
            report.warnings.push(ReadingWarning::Encoding { file, encoding });
            text
        }
        Err(_) => return Err(UnreadableReason::UnreadableEncoding),
    };
    // A text with NUL bytes is refused, because it is probably UTF-16 or a binary file.
    if text.contains('\0') { Err(UnreadableReason::UnreadableEncoding) } else { Ok(text) }
}

/// Returns whether bytes are text in an 8-bit encoding. Damaged UTF-8 and binary data are not.
fn is_single_byte_text(bytes: &[u8]) -> bool {
    // The byte 0x98 is the only byte that stands for no character in Windows-1251 and KZ-1048.
    let has_no_letter =
        |byte: &u8| *byte == 0x98 || (byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n'));
    let mut letters = 0;
    let mut damages = 0;
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        damages += usize::from(!chunk.invalid().is_empty());
    }
    damages > letters && !bytes.iter().any(has_no_letter)
}

/// A decoded text, with the 8-bit encoding in which it was read.
struct DecodedText {
    text: String,
    encoding: Encoding,
}

fn cyrillic(bytes: &[u8]) -> DecodedText {
    let (text, _) = WINDOWS_1251.decode_without_bom_handling(bytes);
    let meant = |letter: char| KAZAKH.iter().find(|(read, _)| *read == letter).map(|(_, meant)| *meant);
    if text.chars().any(|letter| meant(letter).is_some()) {
        let text = text.chars().map(|letter| meant(letter).unwrap_or(letter)).collect();
        DecodedText { text, encoding: Encoding::Kz1048 }
    } else {
        DecodedText { text: text.into_owned(), encoding: Encoding::Windows1251 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Result<String, UnreadableReason>, Vec<ReadingWarning>) {
        let mut report = ReadingReport::default();
        (decode("orgs.csv", bytes.to_vec(), &mut report), report.warnings)
    }

    #[test]
    fn utf8_is_read_as_it_is_and_a_mark_is_noticed() {
        assert_eq!(read("Ғылым".as_bytes()), (Ok("Ғылым".into()), vec![]));
        assert_eq!(
            read(b"\xef\xbb\xbfname"),
            (Ok("name".into()), vec![ReadingWarning::ByteOrderMark { file: "orgs.csv" }])
        );
    }

    #[test]
    fn russian_and_kazakh_windows_are_recognised() {
        let warning = |encoding| vec![ReadingWarning::Encoding { file: "orgs.csv", encoding }];
        let (bytes, _, _) = WINDOWS_1251.encode("Факультет «Медицина» № 1, Әділет");
        assert!(bytes.contains(&b'&'), "Windows-1251 has no Kazakh letters");
        let (bytes, _, _) = WINDOWS_1251.encode("Ёлкин, «Медицина» № 1");
        assert_eq!(read(&bytes), (Ok("Ёлкин, «Медицина» № 1".into()), warning(Encoding::Windows1251)));
        // The following bytes are the text «Қазақ әліппесі, ғұндар» in the encoding KZ-1048.
        let bytes = b"\x8d\xe0\xe7\xe0\x9d \xbc\xeb\xb3\xef\xef\xe5\xf1\xb3, \xba\xa2\xed\xe4\xe0\xf0";
        assert_eq!(read(bytes), (Ok("Қазақ әліппесі, ғұндар".into()), warning(Encoding::Kz1048)));
    }

    #[test]
    fn damaged_utf8_and_other_bytes_are_not_taken_for_text() {
        let damaged = ["Қазақстан тарихы".as_bytes(), b"\xd2", "Философия".as_bytes()].concat();
        for bytes in
            [damaged.as_slice(), b"\xff\xfen\0a\0", b"\x98\xe0", b"\xe0\x01", b"name\0", b"\xef\xbb\xbf\xe0\xe1"]
        {
            assert_eq!(read(bytes).0, Err(UnreadableReason::UnreadableEncoding), "{bytes:?}");
        }
    }
}
