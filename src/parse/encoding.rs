//! Bytes → text: which encoding a file is in, and what to say when it is in none.
//!
//! | found | read as |
//! |---|---|
//! | UTF-8, with or without a byte order mark | `utf-8` |
//! | a UTF-16 byte order mark | `utf-16le`, `utf-16be` |
//! | not UTF-8, and mostly Arabic when read as windows-1256 | `windows-1256` |
//! | UTF-8 with a few broken sequences | `utf-8`, each replaced by U+FFFD and counted in a warning |
//! | no byte at all; many zero or control bytes; a known binary signature | an error |

use super::encoding_name_table::OTHER_ENCODINGS;
use super::windows_1256_table::WINDOWS_1256;
use crate::text::char_class::is_arabic;

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
        let own = [
            Self::Utf8,
            Self::Utf16Le,
            Self::Utf16Be,
            Self::Windows1256,
            Self::Iso8859Part6,
        ];
        let others = OTHER_ENCODINGS.iter().map(|&name| Self::Other(name));
        own.into_iter()
            .chain(others)
            .find(|encoding| encoding.name().eq_ignore_ascii_case(name))
    }
}

/// Something that the reader should know although the text was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadWarning {
    /// Byte sequences that no character has were replaced by U+FFFD.
    InvalidSequences {
        /// How many.
        count: usize,
        /// Byte offset of the first, in the file.
        first_byte: usize,
    },
}

impl ReadWarning {
    /// Stable kebab-case code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidSequences { .. } => "invalid-utf8-replaced",
        }
    }
}

impl std::fmt::Display for ReadWarning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::InvalidSequences { count, first_byte } => write!(
                f,
                "{count} broken byte sequences (the first at byte {first_byte}) are shown as \u{FFFD}; \
                 all other text was read"
            ),
        }
    }
}

/// Why a file could not be read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// The file has no bytes.
    Empty,
    /// The file is not text.
    Binary {
        /// What its first bytes say it is, e.g. `PDF`; `None` when unknown.
        format: Option<&'static str>,
        /// Offset of the first byte that no text has.
        first_byte: usize,
    },
    /// Larger than an offset can reach.
    TooLarge {
        /// Size of the file.
        bytes: usize,
        /// The largest size that can be read.
        limit: usize,
    },
}

impl ReadError {
    /// Stable kebab-case code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-file",
            Self::Binary { .. } => "binary-file",
            Self::TooLarge { .. } => "file-too-large",
        }
    }
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => write!(f, "the file is empty (0 bytes); nothing was added"),
            Self::Binary {
                format: Some(format),
                ..
            } => {
                write!(
                    f,
                    "the file is a {format} file, not text; convert it to plain text first"
                )
            }
            Self::Binary {
                format: None,
                first_byte,
            } => write!(
                f,
                "the file is not text (byte {first_byte} belongs to no text); \
                 UTF-8, UTF-16 and windows-1256 text can be read"
            ),
            Self::TooLarge { bytes, limit } => {
                write!(
                    f,
                    "the file has {bytes} bytes; up to {limit} can be read, so split it first"
                )
            }
        }
    }
}

impl std::error::Error for ReadError {}

/// Largest file that is read, in bytes: offsets are 32-bit, and decoding may triple the size.
pub const MAX_FILE_BYTES: usize = 1 << 30;

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
pub fn decode(bytes: &[u8]) -> Result<(String, Encoding, Option<ReadWarning>), ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ReadError::TooLarge {
            bytes: bytes.len(),
            limit: MAX_FILE_BYTES,
        });
    }
    if let Some(format) = binary_format(bytes) {
        return Err(ReadError::Binary {
            format: Some(format),
            first_byte: 0,
        });
    }
    match bytes {
        [0xFF, 0xFE] | [0xFE, 0xFF] => Err(ReadError::Empty),
        [0xFF, 0xFE, rest @ ..] => Ok(decode_utf16(rest, Encoding::Utf16Le)),
        [0xFE, 0xFF, rest @ ..] => Ok(decode_utf16(rest, Encoding::Utf16Be)),
        [0xEF, 0xBB, 0xBF, rest @ ..] => decode_bytes(rest, 3),
        _ => decode_bytes(bytes, 0),
    }
}

/// Decodes what has no UTF-16 mark; `skipped` bytes went before.
fn decode_bytes(
    bytes: &[u8],
    skipped: usize,
) -> Result<(String, Encoding, Option<ReadWarning>), ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    refuse_control_bytes(bytes, skipped)?;
    let first_error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), Encoding::Utf8, None)),
        Err(error) => error.valid_up_to(),
    };
    if is_windows_1256(bytes) {
        return Ok((decode_windows_1256(bytes), Encoding::Windows1256, None));
    }
    let count = bytes
        .utf8_chunks()
        .filter(|chunk| !chunk.invalid().is_empty())
        .count();
    // Text has few broken places; bytes that break everywhere are something else.
    if count * 4 > bytes.len() {
        return Err(ReadError::Binary {
            format: None,
            first_byte: skipped + first_error,
        });
    }
    let first_byte = skipped + first_error;
    let warning = ReadWarning::InvalidSequences { count, first_byte };
    let text = String::from_utf8_lossy(bytes).into_owned();
    Ok((text, Encoding::Utf8, Some(warning)))
}

/// Names the format that a file's first bytes announce.
fn binary_format(bytes: &[u8]) -> Option<&'static str> {
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

/// Refuses bytes with a zero, or with more than one control byte in a hundred.
fn refuse_control_bytes(bytes: &[u8], skipped: usize) -> Result<(), ReadError> {
    let is_control = |b: u8| b < 0x20 && !matches!(b, b'\n' | b'\r' | b'\t' | 0x0B | 0x0C | 0x1B);
    let Some(first) = bytes.iter().position(|&b| is_control(b)) else {
        return Ok(());
    };
    let controls = bytes.iter().filter(|&&b| is_control(b)).count();
    if memchr::memchr(0, bytes).is_some() || controls * 100 > bytes.len() {
        return Err(ReadError::Binary {
            format: None,
            first_byte: skipped + first,
        });
    }
    Ok(())
}

fn decode_utf16(bytes: &[u8], encoding: Encoding) -> (String, Encoding, Option<ReadWarning>) {
    let units = bytes.chunks(2).map(|pair| match (pair, encoding) {
        (&[a, b], Encoding::Utf16Be) => u16::from_be_bytes([a, b]),
        (&[a, b], _) => u16::from_le_bytes([a, b]),
        _ => 0xD800, // half a unit at the end: an error like a lone surrogate
    });
    let (mut text, mut count, mut first_byte, mut at) = (String::new(), 0, 0, 2);
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

/// Whether bytes that are not UTF-8 make mostly Arabic words in windows-1256.
fn is_windows_1256(bytes: &[u8]) -> bool {
    let sample = bytes.get(..65_536).unwrap_or(bytes);
    let high = sample.iter().filter(|&&b| b >= 0x80).count();
    let arabic = sample
        .iter()
        .filter(|&&b| b >= 0x80 && is_arabic(windows_1256(b)))
        .count();
    // Broken UTF-8 has lead bytes D8–DB before every letter, and these are
    // letters too: what tells it apart is that real words rarely hold them in
    // every second place.
    let leads = sample
        .windows(2)
        .filter(|pair| matches!(pair, [0xD8..=0xDB, 0x80..=0xBF]))
        .count();
    high > 0 && arabic * 10 >= high * 7 && leads * 4 < high
}

fn windows_1256(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(index) => WINDOWS_1256
            .get(usize::from(index))
            .and_then(|&code| char::from_u32(u32::from(code)))
            .unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn decode_windows_1256(bytes: &[u8]) -> String {
    bytes.iter().map(|&b| windows_1256(b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: &str = "غادر كيم روسيا الأحد، بعد زيارة استمرت ستة أيام.";

    #[test]
    fn every_byte_of_windows_1256_is_as_in_the_standard() {
        for byte in 0..=255u8 {
            let bytes = [byte];
            let (expected, _) = encoding_rs::WINDOWS_1256.decode_without_bom_handling(&bytes);
            assert_eq!(windows_1256(byte).to_string(), expected, "{byte:02X}");
        }
    }

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
    fn what_is_no_text_is_refused_by_name() {
        let cases: &[(&[u8], &str)] = &[
            (b"", "empty-file"),
            (b"\xEF\xBB\xBF", "empty-file"),
            (b"%PDF-1.7 ...", "binary-file"),
            (b"PK\x03\x04....", "binary-file"),
            (b"abc\0def", "binary-file"),
            (b"\x01\x02\x03\x04abc", "binary-file"),
        ];
        for (bytes, code) in cases {
            assert_eq!(decode(bytes).expect_err("not text").code(), *code);
        }
    }
}
