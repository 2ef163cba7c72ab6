//! The encoding of a text: by its byte order mark, by its zeros, by whether it is UTF-8, and else by its letters.

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251};

use super::{Refusal, unreadable};

/// Bytes with letters beyond ASCII from which an encoding is guessed.
const LETTERS: usize = 1 << 20;

/// Whether the file is no text of any encoding.
pub(super) fn is_binary(sample: &[u8]) -> bool {
    let zeros = (0..sample.len()).filter(|at| sample[*at] == 0).count();
    let has_magic =
        [&b"%PDF"[..], b"\x89PNG", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"SQLite", b"PAR1"]
            .iter()
            .any(|magic| sample.starts_with(magic));
    has_magic || (utf16(sample).is_none() && zeros * 10 > sample.len())
}

/// UTF-16 by its mark, or by zeros at every second byte.
fn utf16(sample: &[u8]) -> Option<&'static Encoding> {
    if sample.starts_with(&[0xff, 0xfe]) {
        return Some(UTF_16LE);
    }
    if sample.starts_with(&[0xfe, 0xff]) {
        return Some(UTF_16BE);
    }
    let at = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (at(0), at(1), sample.len() / 2);
    if odd * 5 > half && even * 50 < half {
        Some(UTF_16LE)
    } else if even * 5 > half && odd * 50 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Finds the encoding; the whole file is read, for one letter at its end may tell.
pub(super) fn find(sample: &[u8], mut bytes: Box<dyn Read>) -> Result<&'static Encoding, Refusal> {
    if let Some(encoding) = utf16(sample) {
        return Ok(encoding);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (mut buffer, mut fed, mut is_utf8) = (vec![0; 1 << 16], 0, true);
    let (mut cyrillic, mut nearly) = (Cyrillic::default(), Nearly::default());
    let mut kept = 0;
    loop {
        let read = bytes.read(&mut buffer[kept..]).map_err(|error| unreadable(&error))?;
        let (text, is_last) = (&buffer[..kept + read], read == 0);
        if fed < LETTERS && !text[kept..].is_ascii() {
            fed += read;
            detector.feed(&text[kept..], false);
            cyrillic.feed(&text[kept..]);
            nearly.feed(&text[kept..]);
        }
        if is_utf8 {
            match std::str::from_utf8(text) {
                Ok(_) => kept = 0,
                // A letter goes on in the next part.
                Err(error) if error.error_len().is_none() && !is_last => {
                    let rest = error.valid_up_to()..text.len();
                    kept = rest.len();
                    buffer.copy_within(rest, 0);
                }
                Err(_) => (is_utf8, kept) = (false, 0),
            }
        }
        if is_last || (!is_utf8 && fed >= LETTERS) {
            break;
        }
    }
    if is_utf8 || nearly.is_likely() {
        return Ok(UTF_8);
    }
    if cyrillic.is_likely() {
        return Ok(if cyrillic.is_koi() { KOI8_R } else { WINDOWS_1251 });
    }
    detector.feed(b"", true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

/// UTF-8 with a few spoilt letters, as programs leave them that cut a text in the middle of one.
#[derive(Default)]
struct Nearly {
    sound: usize,
    spoilt: usize,
}

impl Nearly {
    fn feed(&mut self, bytes: &[u8]) {
        for chunk in bytes.utf8_chunks() {
            self.sound += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
            self.spoilt += usize::from(!chunk.invalid().is_empty());
        }
    }

    fn is_likely(&self) -> bool {
        self.sound > 10 * self.spoilt
    }
}

/// Whether letters beyond ASCII stand in words, as Cyrillic ones of one byte do: letters with accents
/// stand alone.
#[derive(Default)]
struct Cyrillic {
    letters: usize,
    in_words: usize,
    /// Words that begin with a capital letter in windows-1251, and in KOI8-R, where capital and small
    /// letters have each other's places.
    capitals: [usize; 2],
}

impl Cyrillic {
    fn feed(&mut self, bytes: &[u8]) {
        let is_letter = |byte: u8| byte >= 0xc0 || byte == 0xa8 || byte == 0xb8;
        for pair in bytes.windows(2).filter(|pair| is_letter(pair[1])) {
            self.letters += 1;
            self.in_words += usize::from(is_letter(pair[0]));
        }
        for word in bytes.split(|byte| *byte < 0xc0).filter(|word| word.len() > 2) {
            let is_high = |byte: &u8| *byte >= 0xe0;
            let (first, rest) = (is_high(&word[0]), &word[1..]);
            self.capitals[0] += usize::from(!first && rest.iter().all(is_high));
            self.capitals[1] += usize::from(first && !rest.iter().any(is_high));
        }
    }

    fn is_likely(&self) -> bool {
        self.in_words * 2 > self.letters
    }

    fn is_koi(&self) -> bool {
        self.capitals[1] > self.capitals[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> &'static str {
        find(bytes, Box::new(std::io::Cursor::new(bytes.to_vec()))).unwrap().name()
    }

    #[test]
    fn encodings_are_found_by_marks_zeros_and_letters() {
        assert_eq!(found("id;Стадия\n1;Новая\n".as_bytes()), "UTF-8");
        let (russian, ..) = WINDOWS_1251.encode("ID;Стадия сделки\n1;Новая\n");
        assert_eq!(found(&russian), "windows-1251");
        let (french, ..) =
            encoding_rs::WINDOWS_1252.encode("id;\u{e9}tape\n1;r\u{e9}ussi\n2;\u{e0} voir\n");
        assert_eq!(found(&french), "windows-1252");
        let koi = b"ID;\xf3\xd4\xc1\xc4\xc9\xd1;\xf3\xd5\xcd\xcd\xc1\n1;\xee\xcf\xd7\xc1\xd1;5\n";
        assert_eq!(found(koi), "KOI8-R");
        let (capitals, ..) = WINDOWS_1251.encode("ID;СТАДИЯ\n1;Новая\n2;НОВАЯ\n");
        assert_eq!(found(&capitals), "windows-1251");
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert_eq!(found(&wide("id;stage\n1;new\n")), "UTF-16LE");
        assert_eq!(found(&wide("\u{feff}id;Стадия\n")), "UTF-16LE");
    }

    #[test]
    fn a_spoilt_letter_makes_no_other_encoding() {
        let mut bytes = "id;Стадия\n1;Новая\n2;Переговоры\n".as_bytes().to_vec();
        bytes.extend_from_slice(b"3;\xd0\n");
        assert_eq!(found(&bytes), "UTF-8");
        assert_ne!(found(b"id;\xe9tape\n1;r\xe9ussi\n"), "UTF-8");
    }

    /// The first 64 KiB are ASCII, and the only letter of another encoding stands behind them.
    #[test]
    fn a_letter_at_the_end_of_a_long_file_tells_the_encoding() {
        let mut bytes = b"id;stage\n".repeat(20_000);
        assert_eq!(found(&bytes), "UTF-8");
        let (russian, ..) = WINDOWS_1251.encode("1;Новая\n");
        bytes.extend_from_slice(&russian);
        assert_eq!(found(&bytes), "windows-1251");
    }
}
