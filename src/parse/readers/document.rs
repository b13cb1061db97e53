//! A source that is one HTML page. It is parsed whole: nothing of a tree is
//! known before its end.

use super::context::{Context, problem};
use super::html;
use super::source::Identity;
use super::transcode::decode_any;
use crate::parse::Encoding;
use crate::parse::detection::detect;
use crate::parse::encoding::{Decoded, ReadError, byte_order_mark, decode_owned};
use crate::parse::record::{ImportEvent, Layout, Problem, Record};
use sha2::{Digest, Sha256};

/// Room that is made for a page on the word of whoever names its size.
const MOST_TRUSTED_BYTES: u64 = 16 << 20;

/// A page whose bytes are coming.
#[derive(Debug)]
pub(super) struct Document {
    identity: Identity,
    digest: Sha256,
    bytes: Vec<u8>,
}

impl Document {
    pub(super) fn new(identity: Identity) -> Self {
        let stated = identity.stated.unwrap_or_default();
        let trusted = usize::try_from(stated.min(MOST_TRUSTED_BYTES)).unwrap_or(0);
        let mut bytes = Vec::new();
        // Without room it fails where the bytes come, with a reason.
        let _ = bytes.try_reserve_exact(trusted);
        Self {
            identity,
            digest: Sha256::new(),
            bytes,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8], context: &mut Context) -> Result<(), Problem> {
        let limit = context.limits.html_bytes;
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
        let (text, encoding, warning) = decode_html(self.bytes, context.file.encoding)
            .map_err(|error| problem(error.code(), error.to_string()))?;
        let depth = usize::try_from(context.limits.html_depth).unwrap_or(usize::MAX);
        let page = html::read_page(&text, depth);
        drop(text);
        if page.text.trim().is_empty() {
            return Err(problem("page-without-text", "the HTML page shows no text"));
        }
        context.ready.push(ImportEvent::Text(Box::new(Record {
            key: self.identity.key,
            name: self.identity.page_name,
            digest: self.digest.finalize().into(),
            source_bytes,
            is_source: false,
            encoding,
            warning,
            given: page.given,
            layout: Layout::Split {
                main_end: u32::try_from(page.main_end).unwrap_or(u32::MAX),
            },
            text: page.text,
        })));
        if page.is_whole {
            Ok(encoding)
        } else {
            let message = "the page has more elements than are read; its beginning was read";
            Err(problem("html-too-many-elements", message))
        }
    }
}

/// Says that a text is longer than is read.
pub(super) fn too_large(limit: u64) -> Problem {
    let message =
        format!("one text of this kind may have {limit} bytes; this one has more: split it first");
    problem("file-too-large", message)
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
