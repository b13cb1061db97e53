//! Which encoding bytes without a mark are in.
//!
//! UTF-8 shows by its own rules, UTF-16 by the bytes in every second place.
//! What is neither is read as windows-1256 and as ISO-8859-6, and each reading
//! is weighed by how often Arabic text has its letters: the two put the letters
//! from ط on in different places.

use super::encoding::Encoding;
use super::single_byte::character;

/// Bytes that are looked at, from the first that is no ASCII; the rest decides
/// nothing, so that a long text can be decoded as it comes.
pub(super) const SAMPLE_BYTES: usize = 64 << 10;
/// Bytes that are looked at before the first that is no UTF-8.
pub(super) const BEFORE: usize = 256;

/// What speaks for windows-1256 from the start, in the same binary logarithms: one
/// text in a few thousand that is not UTF-8 is in ISO-8859-6.
const WINDOWS_PRIOR: i32 = 12;

/// Weight of the letters from U+0621 to U+064A: twelve and the binary logarithm of
/// their share in Arabic news, rounded, none below zero; counted on `corpus/`.
const LETTER_WEIGHTS: [i8; 42] = [
    4, 2, 7, 2, 5, 4, 9, 7, 7, 8, 4, 6, 6, 5, 7, 4, 8, 5, 7, 6, 5, 5, 5, 2, 7, 4, 0, 0, 0, 0, 0, 0,
    6, 7, 7, 9, 8, 8, 6, 8, 5, 9,
];

/// The encoding of bytes that begin with no byte order mark.
#[must_use]
pub fn detect(bytes: &[u8]) -> Encoding {
    detect_with_confidence(bytes).0
}

/// The encoding of bytes that begin with no byte order mark, and how sure that is, 0..=1.
#[must_use]
pub fn detect_with_confidence(bytes: &[u8]) -> (Encoding, f32) {
    match utf16_without_mark(bytes) {
        Some(encoding) => (encoding, 0.9),
        None => detect_letters(bytes),
    }
}

/// Place of the first byte that is no ASCII.
pub(super) fn first_letter(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte >= 0x80)
}

/// The encoding of bytes that are no UTF-16, and how sure that is, 0..=1.
pub(super) fn detect_letters(bytes: &[u8]) -> (Encoding, f32) {
    let end = first_letter(bytes).map_or(bytes.len(), |first| first + SAMPLE_BYTES);
    let bytes = bytes.get(..end).unwrap_or(bytes);
    let valid = match simdutf8::compat::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => return (Encoding::Utf8, 0.9),
        Ok(_) => return (Encoding::Utf8, 1.0),
        // The last character may be cut off.
        Err(error) if error.error_len().is_none() && error.valid_up_to() + 4 > bytes.len() => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            if !valid.is_ascii() {
                return (Encoding::Utf8, 1.0);
            }
            error.valid_up_to()
        }
        Err(error) => error.valid_up_to(),
    };
    let from = valid.saturating_sub(BEFORE);
    let end = bytes.len().min(valid + SAMPLE_BYTES);
    let sample = bytes.get(from..end).unwrap_or(bytes);
    // Broken UTF-8 has more whole characters than broken ones.
    let whole = bytes
        .get(..end)
        .unwrap_or(bytes)
        .utf8_chunks()
        .map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count())
        .sum::<usize>();
    let broken = sample
        .utf8_chunks()
        .filter(|chunk| !chunk.invalid().is_empty())
        .count();
    let windows = weigh(sample, Encoding::Windows1256);
    let iso = weigh(sample, Encoding::Iso8859Part6);
    let best = windows.mean().max(iso.mean());
    if whole > broken * 2 || (best <= 0 && whole > 0) || best < -2 {
        return (Encoding::Utf8, 0.7);
    }
    let gap = windows.sum + WINDOWS_PRIOR - iso.sum;
    let confidence = (0.5 + gap.abs() as f32 / 100.0).min(1.0);
    if gap < 0 {
        (Encoding::Iso8859Part6, confidence)
    } else {
        (Encoding::Windows1256, confidence)
    }
}

/// How likely bytes are text in an encoding: weights of its characters beyond ASCII.
struct Weighed {
    sum: i32,
    count: i32,
}

impl Weighed {
    fn mean(&self) -> i32 {
        if self.count == 0 {
            0
        } else {
            self.sum / self.count
        }
    }
}

fn weigh(sample: &[u8], encoding: Encoding) -> Weighed {
    let mut weighed = Weighed { sum: 0, count: 0 };
    let mut before = ' ';
    let chars = || sample.iter().map(|&byte| character(byte, encoding));
    for (c, after) in chars().zip(chars().skip(1).chain([' '])) {
        if !c.is_ascii() {
            weighed.count += 1;
            weighed.sum += weight(before, c, after);
        }
        before = c;
    }
    weighed
}

fn weight(before: char, c: char, after: char) -> i32 {
    let is_arabic = |c: char| ('\u{621}'..='\u{652}').contains(&c);
    match c {
        // A letter of the wrong script inside a word.
        '\u{621}'..='\u{652}' if before.is_ascii_alphabetic() || after.is_ascii_alphabetic() => -6,
        '\u{621}'..='\u{64A}' => {
            let at = c as usize - 0x621;
            LETTER_WEIGHTS
                .get(at)
                .map_or(0, |&weight| i32::from(weight))
        }
        // Vowel signs stand on letters.
        '\u{64B}'..='\u{652}' if is_arabic(before) => 4,
        '،'
        | '؛'
        | '؟'
        | '«'
        | '»'
        | '\u{A0}'
        | '“'
        | '”'
        | '‘'
        | '’'
        | '–'
        | '—'
        | '…'
        | '•'
        | '\u{200C}'..='\u{200F}' => 4,
        'پ' | 'چ' | 'ژ' | 'گ' => 2,
        // Letters of French stand among Latin ones.
        'à'..='ü' | 'œ' | 'Œ' if !is_arabic(before) && !is_arabic(after) => {
            if before.is_alphabetic() || after.is_alphabetic() {
                4
            } else {
                -4
            }
        }
        '\u{80}'..='\u{9F}' | '\u{FFFD}' => -20,
        _ => -8,
    }
}

/// UTF-16 without a mark: in every second place stands 06 for Arabic or 00 for ASCII.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    const LEAST: usize = 8;
    let sample = bytes.get(..4_096).unwrap_or(bytes);
    if sample.len() < LEAST || memchr::memchr2(0, 6, sample).is_none_or(|at| at >= 64) {
        return None;
    }
    let pairs = sample.len() / 2;
    let share = |of: usize| {
        let high = sample.chunks_exact(2).filter_map(|pair| pair.get(of));
        high.filter(|&&byte| byte == 0 || byte == 6).count()
    };
    let (even, odd) = (share(0), share(1));
    if odd * 10 >= pairs * 9 && even * 2 < pairs {
        Some(Encoding::Utf16Le)
    } else if even * 10 >= pairs * 9 && odd * 2 < pairs {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: &[&str] = &[
        "من هنا",
        "في بيروت",
        "قال الوزير إن المشروع الجديد سوف يبدأ في العام المقبل.",
        "القاهرة (رويترز) – أعلنت شركة Microsoft عن منتج جديد اليوم في 15 سبتمبر 2023.",
        "الطقس: عاصفة رعدية قوية تضرب غزة وطرابلس، وقطع الطرق؛ هل من مغيث؟",
    ];

    #[test]
    fn short_arabic_is_told_in_both_encodings() {
        for text in TEXTS {
            let windows = encoding_rs::WINDOWS_1256.encode(text).0;
            assert_eq!(detect(&windows), Encoding::Windows1256, "{text}");
            let iso = text.replace('–', "-");
            let (bytes, _, unmappable) = {
                // encoding_rs encodes to ISO-8859-6 as to any other encoding.
                encoding_rs::ISO_8859_6.encode(&iso)
            };
            assert!(!unmappable, "{text}");
            assert_eq!(detect(&bytes), Encoding::Iso8859Part6, "{text}");
            for (encoding, unit) in [
                (Encoding::Utf16Le, u16::to_le_bytes as fn(u16) -> [u8; 2]),
                (Encoding::Utf16Be, u16::to_be_bytes),
            ] {
                let bytes: Vec<u8> = text.encode_utf16().flat_map(unit).collect();
                assert_eq!(detect(&bytes), encoding, "{text}");
            }
            assert_eq!(detect(text.as_bytes()), Encoding::Utf8);
        }
    }

    #[test]
    fn french_letters_do_not_mislead() {
        for text in [
            "Le café est fermé à cause de la grève générale",
            "صدرت صحيفة Le Figaro été في باريس أمس",
        ] {
            let bytes = encoding_rs::WINDOWS_1256.encode(text).0;
            assert_eq!(detect(&bytes), Encoding::Windows1256, "{text}");
        }
    }

    #[test]
    fn broken_utf8_stays_utf8() {
        for cut in 1..6 {
            let mut bytes = TEXTS[2].as_bytes().to_vec();
            bytes.remove(cut * 4);
            assert_eq!(detect(&bytes), Encoding::Utf8, "{cut}");
            let end = TEXTS[2].len() - 1 - cut;
            assert_eq!(detect(&TEXTS[2].as_bytes()[..end]), Encoding::Utf8, "{cut}");
        }
    }
}
