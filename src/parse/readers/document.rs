//! A source that is one text: plain text, Markdown, an HTML page.

use super::context::{Context, problem};
use super::html;
use super::source::Identity;
use super::transcode::standard;
use crate::parse::detection::detect;
use crate::parse::encoding::{Decoded, ReadError, byte_order_mark, decode_owned};
use crate::parse::format::FileFormat;
use crate::parse::record::{ImportEvent, Layout, Problem, Record};
use crate::parse::{Encoding, Given, ReadWarning};
use sha2::{Digest, Sha256};

/// Room that is made for a member on its archive's word.
const MOST_TRUSTED_BYTES: u64 = 16 << 20;

/// A text whose bytes are coming.
#[derive(Debug)]
pub(super) struct Document {
    identity: Identity,
    is_html: bool,
    digest: Sha256,
    bytes: Vec<u8>,
}

impl Document {
    pub(super) fn new(identity: Identity, format: FileFormat, context: &Context) -> Self {
        let stated = identity.stated.unwrap_or_default();
        let trusted = match identity.parent {
            None => stated.min(context.limits.text_bytes),
            Some(_) => stated.min(MOST_TRUSTED_BYTES),
        };
        let mut bytes = Vec::new();
        // Without room it fails where the bytes come, with a reason.
        let _ = bytes.try_reserve_exact(usize::try_from(trusted).unwrap_or(0));
        Self {
            identity,
            is_html: format == FileFormat::Html,
            digest: Sha256::new(),
            bytes,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8], context: &mut Context) -> Result<(), Problem> {
        let limits = &context.limits;
        let limit = if self.is_html {
            limits.html_bytes
        } else {
            limits.text_bytes
        };
        if (self.bytes.len() + bytes.len()) as u64 > limit {
            self.bytes = Vec::new();
            return Err(too_large(limit));
        }
        if self.bytes.try_reserve(bytes.len()).is_err() {
            let held = self.bytes.len() as u64;
            self.bytes = Vec::new();
            return Err(too_large(held));
        }
        self.digest.update(bytes);
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    pub(super) fn end(self, context: &mut Context) -> Result<Encoding, Problem> {
        let source_bytes = self.bytes.len() as u64;
        let known = context.file.encoding;
        let decoded = if self.is_html {
            decode_html(self.bytes, known)
        } else {
            decode_any(self.bytes, known)
        };
        let (text, encoding, warning) =
            decoded.map_err(|error| problem(error.code(), error.to_string()))?;
        let mut record = Record {
            key: self.identity.key,
            name: self.identity.page_name,
            digest: self.digest.finalize().into(),
            source_bytes,
            encoding,
            warning,
            given: Given::default(),
            layout: Layout::Split {
                main_end: u32::try_from(text.len()).unwrap_or(u32::MAX),
            },
            text,
        };
        let mut is_whole = true;
        if self.is_html {
            let depth = usize::try_from(context.limits.html_depth).unwrap_or(usize::MAX);
            let page = html::read_page(&record.text, depth);
            if page.text.trim().is_empty() {
                return Err(problem("page-without-text", "the HTML page shows no text"));
            }
            is_whole = page.is_whole;
            record.given = page.given;
            record.layout = Layout::Split {
                main_end: u32::try_from(page.main_end).unwrap_or(u32::MAX),
            };
            record.text = page.text;
        }
        context.ready.push(ImportEvent::Text(Box::new(record)));
        if is_whole {
            Ok(encoding)
        } else {
            let message = "the page has more elements than are read; its beginning was read";
            Err(problem("html-too-many-elements", message))
        }
    }
}

fn too_large(limit: u64) -> Problem {
    let message =
        format!("one text of this kind may have {limit} bytes; this one has more: split it first");
    problem("file-too-large", message)
}

/// Decodes text in any encoding of the Encoding Standard.
fn decode_any(bytes: Vec<u8>, known: Option<Encoding>) -> Result<Decoded, ReadError> {
    match known {
        Some(encoding @ Encoding::Other(_)) => Ok(decode_other(&bytes, encoding)),
        known => decode_owned(bytes, known),
    }
}

fn decode_other(bytes: &[u8], encoding: Encoding) -> Decoded {
    let (text, had_errors) = standard(encoding).decode_without_bom_handling(bytes);
    let count = text.matches(char::REPLACEMENT_CHARACTER).count();
    let warning = had_errors.then_some(ReadWarning::InvalidSequences {
        count,
        first_byte: 0,
    });
    (text.into_owned(), encoding, warning)
}

/// Decodes an HTML page: by what the caller says, its mark, UTF-8 if it is, what
/// it states itself, what its bytes tell.
fn decode_html(bytes: Vec<u8>, known: Option<Encoding>) -> Result<Decoded, ReadError> {
    if known.is_some() || byte_order_mark(&bytes).0.is_some() {
        return decode_any(bytes, known);
    }
    match simdutf8::basic::from_utf8(&bytes) {
        Ok(text) if !text.is_ascii() => return decode_owned(bytes, Some(Encoding::Utf8)),
        _ => {}
    }
    let found = detect(&bytes);
    let stated = html::stated_encoding(&bytes);
    // What says to be UTF-8 and is not is looked at; UTF-16 shows by itself.
    let encoding = match (stated, found) {
        (_, Encoding::Utf16Le | Encoding::Utf16Be) | (None | Some(Encoding::Utf8), _) => found,
        (Some(stated), _) => stated,
    };
    decode_any(bytes, Some(encoding))
}
