//! A source that is one text.

use super::source::Context;
use crate::parse::encoding::decode;
use crate::parse::record::{ImportEvent, Layout, Problem, Record, SourceKey};
use crate::parse::{Encoding, Given};
use sha2::{Digest, Sha256};

/// A text whose bytes are coming.
#[derive(Debug)]
pub(super) struct Document {
    key: SourceKey,
    name: String,
    digest: Sha256,
    bytes: Vec<u8>,
}

impl Document {
    pub(super) fn new(key: SourceKey, name: String, stated: Option<u64>) -> Self {
        let _ = stated;
        Self {
            key,
            name,
            digest: Sha256::new(),
            bytes: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8], context: &mut Context) -> Result<(), Problem> {
        let (bytes_so_far, limit) = (self.bytes.len() + bytes.len(), context.limits.text_bytes);
        if bytes_so_far as u64 > limit {
            return Err(Problem {
                skipped: false,
                code: "file-too-large".to_owned(),
                message: format!(
                    "one text may have {limit} bytes; this one has more: split it first"
                ),
            });
        }
        self.digest.update(bytes);
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    pub(super) fn end(self, context: &mut Context) -> Result<Encoding, Problem> {
        let (text, encoding, warning) = decode(&self.bytes).map_err(|error| Problem {
            skipped: false,
            code: error.code().to_owned(),
            message: error.to_string(),
        })?;
        context.ready.push(ImportEvent::Text(Box::new(Record {
            key: self.key,
            name: self.name,
            digest: self.digest.finalize().into(),
            source_bytes: self.bytes.len() as u64,
            encoding,
            warning,
            given: Given::default(),
            layout: Layout::Split {
                main_end: u32::try_from(text.len()).unwrap_or(u32::MAX),
            },
            text,
        })));
        Ok(encoding)
    }
}
