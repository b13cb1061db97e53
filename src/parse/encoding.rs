//! Bytes → text: which encoding a file is in, and what to say when it is in none.
//!
//! | found | read as |
//! |---|---|
//! | UTF-8, with or without a byte order mark | `utf-8` |
//! | a UTF-16 byte order mark, or the zeros and 06s that UTF-16 has in every second place | `utf-16le`, `utf-16be` |
//! | not UTF-8, and words when read as windows-1256 or ISO-8859-6 | the one whose letters are likelier |
//! | UTF-8 with a few broken sequences | `utf-8`, each replaced by U+FFFD and counted in a warning |
//! | text with a few zero or other control bytes | as the text that it is, with a warning; they stay in it |
//! | no byte at all; more control bytes than one in a hundred; a known binary signature | an error |

use super::control_bytes::ControlBytes;
use super::detection::detect;
use super::encoding_name_table::OTHER_ENCODINGS;
pub use super::read_error::{ReadError, ReadWarning};
use super::single_byte::decode_single_byte;

/// Encodings that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, little-endian.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// The Arabic code page of Windows.
    Windows1256,
    /// The Arabic part of ISO 8859.
    Iso8859Part6,
    /// Another encoding of the Encoding Standard, by its name there.
    Other(&'static str),
}

impl Encoding {
    /// Those that the core decodes itself.
    pub(crate) const OWN: [Self; 5] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Windows1256,
        Self::Iso8859Part6,
    ];

    /// Name as in the WHATWG Encoding Standard.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1256 => "windows-1256",
            Self::Iso8859Part6 => "iso-8859-6",
            Self::Other(name) => name,
        }
    }

    /// The encoding of that name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let others = OTHER_ENCODINGS.iter().map(|&name| Self::Other(name));
        Self::OWN
            .into_iter()
            .chain(others)
            .find(|encoding| encoding.name().eq_ignore_ascii_case(name))
    }
}

/// Largest file that is read, in bytes: offsets are 32-bit, and decoding may triple the size.
pub const MAX_FILE_BYTES: usize = 1 << 30;

/// A longer text in UTF-8 is taken as it is.
const COPIED_BYTES: usize = 1 << 20;

/// A text, its encoding, and what the reader should know of it.
pub type Decoded = (String, Encoding, Option<ReadWarning>);

/// Decodes a file.
///
/// # Errors
/// [`ReadError`] when the bytes are no text or too many.
///
/// ```
/// use kashshaf::parse::encoding::{decode, Encoding};
/// let (text, encoding, warning) = decode(b"\xE3\xE4 \xE5\xE4\xC7").unwrap();
/// assert_eq!((text.as_str(), encoding, warning), ("من هنا", Encoding::Windows1256, None));
/// ```
pub fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    decode_owned(bytes.to_vec(), None)
}

/// Decodes a file whose encoding may be known. A long text in UTF-8 is not copied.
///
/// # Errors
/// As [`decode`]; [`ReadError::NotHere`] for an encoding that only the readers know.
pub fn decode_owned(mut bytes: Vec<u8>, known: Option<Encoding>) -> Result<Decoded, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ReadError::TooLarge {
            bytes: bytes.len(),
            limit: MAX_FILE_BYTES,
        });
    }
    if let Some(format) = binary_format(&bytes).filter(|_| known.is_none()) {
        return Err(ReadError::Binary {
            format: Some(format),
            first_byte: 0,
        });
    }
    let (marked, mark) = byte_order_mark(&bytes);
    if bytes.len() == mark {
        return Err(ReadError::Empty);
    }
    let rest = bytes.get(mark..).unwrap_or_default();
    let encoding = known.or(marked).unwrap_or_else(|| detect(rest));
    match encoding {
        Encoding::Utf16Le | Encoding::Utf16Be => Ok(decode_utf16(rest, encoding, mark)),
        Encoding::Utf8 => {
            let warning = controls_of(rest, mark)?;
            bytes.drain(..mark);
            let (text, encoding, broken) = decode_utf8(bytes, mark)?;
            Ok((text, encoding, broken.or(warning)))
        }
        Encoding::Windows1256 | Encoding::Iso8859Part6 => {
            let warning = controls_of(rest, mark)?;
            Ok((decode_single_byte(rest, encoding), encoding, warning))
        }
        Encoding::Other(name) => Err(ReadError::NotHere { encoding: name }),
    }
}

/// The encoding that a byte order mark announces, and the length of the mark.
#[must_use]
pub fn byte_order_mark(bytes: &[u8]) -> (Option<Encoding>, usize) {
    match bytes {
        [0xFF, 0xFE, ..] => (Some(Encoding::Utf16Le), 2),
        [0xFE, 0xFF, ..] => (Some(Encoding::Utf16Be), 2),
        [0xEF, 0xBB, 0xBF, ..] => (Some(Encoding::Utf8), 3),
        _ => (None, 0),
    }
}

/// Reads UTF-8 in which some sequences may be broken; `skipped` bytes went before.
fn decode_utf8(bytes: Vec<u8>, skipped: usize) -> Result<Decoded, ReadError> {
    // Checking many bytes at once and copying them beats checking them one by one.
    if bytes.len() <= COPIED_BYTES
        && let Ok(text) = simdutf8::basic::from_utf8(&bytes)
    {
        return Ok((text.to_owned(), Encoding::Utf8, None));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, Encoding::Utf8, None)),
        Err(error) => error.into_bytes(),
    };
    let mut chunks = bytes.utf8_chunks();
    let first_error = chunks.next().map_or(0, |chunk| chunk.valid().len());
    let count = bytes
        .utf8_chunks()
        .filter(|chunk| !chunk.invalid().is_empty())
        .count();
    let first_byte = skipped + first_error;
    // Text has few broken places; bytes that break everywhere are something else.
    if count * 4 > bytes.len() {
        return Err(ReadError::Binary {
            format: None,
            first_byte,
        });
    }
    let warning = ReadWarning::InvalidSequences { count, first_byte };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok((text, Encoding::Utf8, Some(warning)))
}

/// Names the format that a file's first bytes announce.
pub(super) fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "ZIP (or DOCX, EPUB, ODT)"),
        (b"\x1F\x8B", "gzip"),
        (b"\x89PNG", "PNG"),
        (b"\xFF\xD8\xFF", "JPEG"),
        (b"GIF8", "GIF"),
        (b"\xD0\xCF\x11\xE0", "old Office (DOC, XLS)"),
        (b"\x7FELF", "program"),
        (b"SQLite format 3\0", "SQLite"),
    ];
    SIGNATURES
        .iter()
        .find(|(signature, _)| bytes.starts_with(signature))
        .map(|&(_, name)| name)
}

/// What control bytes say of `bytes`, before which `skipped` others stood.
fn controls_of(bytes: &[u8], skipped: usize) -> Result<Option<ReadWarning>, ReadError> {
    let mut controls = ControlBytes::after(skipped);
    controls.look_at(bytes);
    controls.verdict()
}

/// Whether the upper byte of a UTF-16 unit is that of the first half of a pair.
fn is_high(byte: &u8) -> bool {
    (0xD8..=0xDB).contains(byte)
}

fn decode_utf16(bytes: &[u8], encoding: Encoding, skipped: usize) -> Decoded {
    // Half a unit behind the first half of a pair is one error, not two.
    let high = match encoding {
        Encoding::Utf16Be => bytes.len() >= 3 && bytes.get(bytes.len() - 3).is_some_and(is_high),
        _ => bytes.len() >= 3 && bytes.get(bytes.len() - 2).is_some_and(is_high),
    };
    let end = bytes.len() - usize::from(high && bytes.len() % 2 == 1);
    let bytes = bytes.get(..end).unwrap_or(bytes);
    let units = bytes.chunks(2).map(|pair| match (pair, encoding) {
        (&[a, b], Encoding::Utf16Be) => u16::from_be_bytes([a, b]),
        (&[a, b], _) => u16::from_le_bytes([a, b]),
        _ => 0xD800, // half a unit at the end: an error like a lone surrogate
    });
    let (mut text, mut count, mut first_byte, mut at) = (String::new(), 0, 0, skipped);
    for unit in char::decode_utf16(units) {
        let c = unit.unwrap_or_else(|_| {
            if count == 0 {
                first_byte = at;
            }
            count += 1;
            char::REPLACEMENT_CHARACTER
        });
        at += 2 * c.len_utf16();
        text.push(c);
    }
    let warning = (count > 0).then_some(ReadWarning::InvalidSequences { count, first_byte });
    (text, encoding, warning)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: &str = "غادر كيم روسيا الأحد، بعد زيارة استمرت ستة أيام.";

    #[test]
    fn arabic_in_each_encoding_gives_the_same_text() {
        let utf16le: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(ARABIC.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        let utf16be: Vec<u8> = [0xFE, 0xFF]
            .into_iter()
            .chain(ARABIC.encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        let with_mark: Vec<u8> = [0xEF, 0xBB, 0xBF]
            .into_iter()
            .chain(ARABIC.bytes())
            .collect();
        let windows = encoding_rs::WINDOWS_1256.encode(ARABIC).0.into_owned();
        let cases = [
            (ARABIC.as_bytes().to_vec(), Encoding::Utf8),
            (with_mark, Encoding::Utf8),
            (utf16le, Encoding::Utf16Le),
            (utf16be, Encoding::Utf16Be),
            (windows, Encoding::Windows1256),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(decode(&bytes), Ok((ARABIC.to_owned(), encoding, None)));
        }
    }

    #[test]
    fn broken_utf8_loses_only_what_is_broken() {
        let mut bytes = ARABIC.as_bytes().to_vec();
        bytes[0] = 0xFF;
        let (text, encoding, warning) = decode(&bytes).expect("it is text");
        assert_eq!(encoding, Encoding::Utf8);
        assert!(text.ends_with("بعد زيارة استمرت ستة أيام."));
        assert!(matches!(
            warning,
            Some(ReadWarning::InvalidSequences {
                first_byte: 0,
                count: 1..=2
            })
        ));
    }

    #[test]
    fn a_stray_zero_costs_no_text() {
        for (bytes, first_byte) in [
            ([b"\0", ARABIC.as_bytes()].concat(), 0),
            ([ARABIC.as_bytes(), b"\0\x01"].concat(), ARABIC.len()),
        ] {
            let (text, encoding, warning) = decode(&bytes).expect("it is text");
            assert_eq!((text.as_bytes(), encoding), (&bytes[..], Encoding::Utf8));
            let count = bytes.len() - ARABIC.len();
            let expected = ReadWarning::ControlCharacters { count, first_byte };
            assert_eq!(warning, Some(expected));
        }
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        let cases: &[(&[u8], &str)] = &[
            (b"", "empty-file"),
            (b"\xEF\xBB\xBF", "empty-file"),
            (b"%PDF-1.7 ...", "binary-file"),
            (b"PK\x03\x04....", "binary-file"),
            (b"a\0b\0c\0", "binary-file"),
            (b"\x01\x02\x03\x04abc", "binary-file"),
        ];
        for (bytes, code) in cases {
            assert_eq!(decode(bytes).expect_err("not text").code(), *code);
        }
    }
}
