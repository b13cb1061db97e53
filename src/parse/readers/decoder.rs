//! Text in any encoding → UTF-8, piece by piece, counting what is broken.

use super::transcode::standard;
use crate::parse::Encoding;
use crate::parse::encoding::ReadWarning;
use crate::parse::single_byte::decode_single_byte;
use encoding_rs::DecoderResult;

/// Decodes a text whose encoding is known.
pub(super) struct StreamDecoder {
    encoding: Encoding,
    way: Way,
    /// Bytes so far, and those before them.
    at: usize,
    broken: usize,
    first_broken: usize,
}

enum Way {
    /// UTF-8, and the beginning of a character whose end has not come.
    Utf8(Vec<u8>),
    SingleByte,
    Standard(Box<encoding_rs::Decoder>),
}

impl std::fmt::Debug for StreamDecoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("StreamDecoder")
            .field(&self.encoding)
            .finish()
    }
}

impl StreamDecoder {
    /// A decoder for what stands behind `skipped` bytes of a file.
    pub(super) fn new(encoding: Encoding, skipped: usize) -> Self {
        let way = match encoding {
            Encoding::Utf8 => Way::Utf8(Vec::new()),
            Encoding::Windows1256 | Encoding::Iso8859Part6 => Way::SingleByte,
            other => Way::Standard(Box::new(standard(other).new_decoder_without_bom_handling())),
        };
        Self {
            encoding,
            way,
            at: skipped,
            broken: 0,
            first_broken: 0,
        }
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Characters that were broken and stand as U+FFFD in the text.
    pub(super) fn broken(&self) -> usize {
        self.broken
    }

    /// Place in the file of the first of them.
    pub(super) fn first_broken(&self) -> usize {
        self.first_broken
    }

    pub(super) fn warning(&self) -> Option<ReadWarning> {
        (self.broken > 0).then_some(ReadWarning::InvalidSequences {
            count: self.broken,
            first_byte: self.first_broken,
        })
    }

    /// The text of the next bytes; of a cut character the end must come first.
    pub(super) fn decode(&mut self, bytes: &[u8], is_last: bool) -> String {
        match &mut self.way {
            Way::SingleByte => {
                self.at += bytes.len();
                decode_single_byte(bytes, self.encoding)
            }
            Way::Utf8(cut) if cut.is_empty() => self.decode_utf8(bytes, is_last),
            Way::Utf8(cut) => {
                let mut joined = std::mem::take(cut);
                joined.extend_from_slice(bytes);
                self.decode_utf8(&joined, is_last)
            }
            Way::Standard(_) => self.decode_standard(bytes, is_last),
        }
    }

    fn decode_utf8(&mut self, bytes: &[u8], is_last: bool) -> String {
        let mut text = String::with_capacity(bytes.len());
        let mut rest = bytes;
        loop {
            let error = match simdutf8::compat::from_utf8(rest) {
                Ok(valid) => {
                    text.push_str(valid);
                    self.at += rest.len();
                    return text;
                }
                Err(error) => error,
            };
            let (valid, behind) = rest.split_at(error.valid_up_to());
            text.push_str(std::str::from_utf8(valid).unwrap_or_default());
            self.at += valid.len();
            if error.error_len().is_none() && !is_last {
                self.way = Way::Utf8(behind.to_vec());
                return text;
            }
            let length = error.error_len().unwrap_or(behind.len());
            self.note_broken(self.at);
            text.push(char::REPLACEMENT_CHARACTER);
            self.at += length;
            rest = behind.get(length..).unwrap_or_default();
        }
    }

    fn decode_standard(&mut self, mut bytes: &[u8], is_last: bool) -> String {
        let mut text = String::new();
        loop {
            let Way::Standard(decoder) = &mut self.way else {
                return text;
            };
            let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
            text.reserve(room.unwrap_or(bytes.len()));
            let (result, read) =
                decoder.decode_to_string_without_replacement(bytes, &mut text, is_last);
            bytes = bytes.get(read..).unwrap_or_default();
            self.at += read;
            match result {
                DecoderResult::InputEmpty => {
                    text.shrink_to_fit();
                    return text;
                }
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, after) => {
                    let behind = usize::from(length) + usize::from(after);
                    self.note_broken(self.at.saturating_sub(behind));
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
    }

    fn note_broken(&mut self, at: usize) {
        if self.broken == 0 {
            self.first_broken = at;
        }
        self.broken += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::encoding::decode_owned;

    const TEXT: &str = "غادر كيم روسيا الأحد، بعد زيارة استمرت ستة أيام. 1 – «نعم» 🎉";

    /// Bytes of the text in an encoding.
    fn bytes_in(encoding: Encoding) -> Vec<u8> {
        match encoding {
            Encoding::Utf8 => TEXT.as_bytes().to_vec(),
            Encoding::Utf16Le => TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            other => standard(other).encode(TEXT).0.into_owned(),
        }
    }

    #[test]
    fn pieces_of_any_length_give_the_text_that_the_whole_gives() {
        for encoding in [
            Encoding::Utf8,
            Encoding::Utf16Le,
            Encoding::Utf16Be,
            Encoding::Windows1256,
            Encoding::Iso8859Part6,
        ] {
            let whole = bytes_in(encoding);
            // Whole, with bytes that break it, cut off in the middle.
            for damage in 0..3 {
                let mut bytes = whole.clone();
                match damage {
                    1 => bytes.splice(9..11, *b"\xFF\xD8").for_each(drop),
                    2 => bytes.truncate(whole.len() - 1),
                    _ => {}
                }
                let (expected, _, warning) =
                    decode_owned(bytes.clone(), Some(encoding)).expect("text");
                for length in [1, 2, 3, 5, 64, bytes.len()] {
                    let mut decoder = StreamDecoder::new(encoding, 0);
                    let mut text: String = bytes
                        .chunks(length)
                        .map(|piece| decoder.decode(piece, false))
                        .collect();
                    text.push_str(&decoder.decode(&[], true));
                    assert_eq!(text, expected, "{encoding:?} {damage} {length}");
                    assert_eq!(decoder.warning(), warning, "{encoding:?} {damage} {length}");
                }
            }
        }
    }
}
