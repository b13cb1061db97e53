//! A source that is one plain text, of any length: it is decoded as it comes
//! and leaves in pieces, so that no more of it is held here than decides on its
//! encoding. A text that ends before that is decoded whole.

use super::context::{Context, problem};
use super::decoder::StreamDecoder;
use super::document::too_large;
use super::source::Identity;
use super::transcode::decode_any;
use crate::parse::control_bytes::ControlBytes;
use crate::parse::detection::{
    BEFORE, SAMPLE_BYTES, detect_letters, first_letter, utf16_without_mark,
};
use crate::parse::encoding::{ReadError, ReadWarning, binary_format, byte_order_mark};
use crate::parse::pieces::TextPiece;
use crate::parse::record::{ImportEvent, Layout, Problem, Record};
use crate::parse::{Encoding, Given};
use sha2::{Digest, Sha256};

/// Bytes that are taken at a time.
const PORTION_BYTES: usize = 256 << 10;
/// ASCII, which is the same in every encoding but UTF-16, is not held back beyond this.
const MOST_WAITING: usize = 2 * SAMPLE_BYTES;

/// A text whose bytes are coming.
#[derive(Debug)]
pub(super) struct TextStream {
    identity: Identity,
    digest: Sha256,
    bytes: u64,
    controls: ControlBytes,
    state: State,
    /// Bytes of text that left.
    told: u64,
}

#[derive(Debug)]
enum State {
    /// Bytes that do not decide on the encoding yet; before them so many left as ASCII.
    Waiting {
        held: Vec<u8>,
        before: usize,
    },
    Decoding(StreamDecoder),
}

impl TextStream {
    pub(super) fn new(identity: Identity) -> Self {
        let stated = identity.stated.unwrap_or_default();
        let room = usize::try_from(stated.min(MOST_WAITING as u64)).unwrap_or(0);
        Self {
            identity,
            digest: Sha256::new(),
            bytes: 0,
            controls: ControlBytes::default(),
            state: State::Waiting {
                held: Vec::with_capacity(room),
                before: 0,
            },
            told: 0,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8], context: &mut Context) -> Result<(), Problem> {
        let limit = context.limits.text_bytes;
        self.bytes += bytes.len() as u64;
        if self.bytes > limit {
            return Err(too_large(limit));
        }
        self.digest.update(bytes);
        for portion in bytes.chunks(PORTION_BYTES) {
            self.controls.look_at(portion);
            let text = match &mut self.state {
                State::Decoding(decoder) => decoder.decode(portion, false),
                State::Waiting { held, .. } => {
                    held.extend_from_slice(portion);
                    self.look_at_held(context.file.encoding)?
                }
            };
            self.tell(text, context);
        }
        Ok(())
    }

    /// Decides on the encoding where what is held suffices; returns the text of what is held no more.
    fn look_at_held(&mut self, known: Option<Encoding>) -> Result<String, Problem> {
        let State::Waiting { held, before } = &mut self.state else {
            return Ok(String::new());
        };
        if held.len() < SAMPLE_BYTES {
            return Ok(String::new());
        }
        let is_start = *before == 0;
        let (marked, mark) = if is_start {
            byte_order_mark(held)
        } else {
            (None, 0)
        };
        if is_start && known.is_none() && binary_format(held).is_some() {
            let format = binary_format(held);
            return Err(unreadable(&ReadError::Binary {
                format,
                first_byte: 0,
            }));
        }
        let utf16 = || utf16_without_mark(held).filter(|_| is_start);
        let sampled = first_letter(held).map(|first| held.len() >= first + SAMPLE_BYTES);
        let decided = known.or(marked).or_else(utf16).or_else(|| {
            let letters = sampled.unwrap_or(false);
            letters.then(|| detect_letters(held).0)
        });
        if let Some(encoding) = decided {
            let mut decoder = StreamDecoder::new(encoding, *before + mark);
            let text = decoder.decode(held.get(mark..).unwrap_or_default(), false);
            self.state = State::Decoding(decoder);
            return Ok(text);
        }
        if sampled.is_some() || held.len() < MOST_WAITING {
            return Ok(String::new());
        }
        let end = held.len() - BEFORE;
        let ascii: Vec<u8> = held.drain(..end).collect();
        *before += end;
        Ok(String::from_utf8(ascii).unwrap_or_default())
    }

    fn tell(&mut self, text: String, context: &mut Context) {
        if text.is_empty() {
            return;
        }
        self.told += text.len() as u64;
        context.ready.push(ImportEvent::Piece(TextPiece {
            key: self.identity.key,
            expected: self.expected(),
            text,
        }));
    }

    /// How long the text will be, at most, where the size of its file is known.
    fn expected(&self) -> u64 {
        let stated = self
            .identity
            .stated
            .filter(|_| self.identity.parent.is_none());
        let factor = match &self.state {
            State::Decoding(decoder) if decoder.encoding() != Encoding::Utf8 => 2,
            _ => 1,
        };
        stated.unwrap_or_default().saturating_mul(factor)
    }

    pub(super) fn end(mut self, context: &mut Context) -> Result<Encoding, Problem> {
        let known = context.file.encoding;
        let state = std::mem::replace(
            &mut self.state,
            State::Waiting {
                held: Vec::new(),
                before: 0,
            },
        );
        let (text, encoding, warning) = match state {
            State::Waiting { held, before: 0 } => {
                decode_any(held, known).map_err(|error| unreadable(&error))?
            }
            State::Waiting { held, before } => {
                let mut decoder = StreamDecoder::new(detect_letters(&held).0, before);
                let text = decoder.decode(&held, true);
                (text, decoder.encoding(), self.verdict(&decoder)?)
            }
            State::Decoding(mut decoder) => {
                let text = decoder.decode(&[], true);
                (text, decoder.encoding(), self.verdict(&decoder)?)
            }
        };
        let length = self.told + text.len() as u64;
        let is_mended = matches!(warning, Some(ReadWarning::InvalidSequences { .. }));
        // A byte order mark is no text, so with one the text is shorter.
        let is_source = encoding == Encoding::Utf8 && !is_mended && length == self.bytes;
        context.ready.push(ImportEvent::Text(Box::new(Record {
            key: self.identity.key,
            name: self.identity.page_name,
            digest: self.digest.finalize().into(),
            source_bytes: self.bytes,
            is_source,
            encoding,
            warning,
            given: Given::default(),
            layout: Layout::Split {
                main_end: u32::try_from(length).unwrap_or(u32::MAX),
            },
            text,
        })));
        Ok(encoding)
    }

    /// Whether what was decoded is text, as for a text that is decoded whole.
    fn verdict(&self, decoder: &StreamDecoder) -> Result<Option<ReadWarning>, Problem> {
        let encoding = decoder.encoding();
        let has_controls = matches!(
            encoding,
            Encoding::Utf8 | Encoding::Windows1256 | Encoding::Iso8859Part6
        );
        let controls = if has_controls {
            self.controls
                .verdict()
                .map_err(|error| unreadable(&error))?
        } else {
            None
        };
        if encoding == Encoding::Utf8 && decoder.broken() as u64 * 4 > self.bytes {
            return Err(unreadable(&ReadError::Binary {
                format: None,
                first_byte: decoder.first_broken(),
            }));
        }
        Ok(decoder.warning().or(controls))
    }
}

fn unreadable(error: &ReadError) -> Problem {
    problem(error.code(), error.to_string())
}
