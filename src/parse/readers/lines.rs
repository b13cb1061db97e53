//! JSON lines: an object a line.

use super::context::{Context, problem};
use super::draft::{Bytes, Draft};
use super::json_record::{Keys, read_record};
use super::plan::Plan;
use super::source::Identity;
use crate::parse::Encoding;
use crate::parse::encoding::ReadWarning;
use crate::parse::record::{BadRecord, ImportEvent, Problem};
use sha2::{Digest, Sha256};

/// JSON lines whose bytes are coming.
#[derive(Debug)]
pub(super) struct Lines {
    records: JsonRecords,
    /// The beginning of a line whose end has not come.
    carried: Vec<u8>,
    /// A line that is too long is passed over up to its end; so many bytes of it so far.
    too_long: u64,
}

impl Lines {
    pub(super) fn new(identity: Identity, plan: Plan) -> Self {
        Self {
            records: JsonRecords::new(identity, plan),
            carried: Vec::new(),
            too_long: 0,
        }
    }

    pub(super) fn push(&mut self, mut bytes: &[u8], context: &mut Context) -> Result<(), Problem> {
        while let Some(end) = memchr::memchr(b'\n', bytes) {
            let (line, rest) = bytes.split_at(end);
            bytes = rest.get(1..).unwrap_or_default();
            if self.too_long > 0 {
                self.close_too_long(line.len(), context);
            } else if self.carried.is_empty() {
                self.records.take(line, context);
            } else {
                self.carried.extend_from_slice(line);
                self.records.take(&self.carried, context);
                self.carried.clear();
            }
        }
        let most = context.limits.record_bytes;
        if self.too_long > 0 {
            self.too_long += bytes.len() as u64;
        } else if (self.carried.len() + bytes.len()) as u64 > most {
            self.too_long = (self.carried.len() + bytes.len()) as u64;
            self.carried = Vec::new();
        } else {
            self.carried.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn close_too_long(&mut self, rest: usize, context: &mut Context) {
        let bytes = self.too_long + rest as u64;
        self.too_long = 0;
        self.records.refuse_long(bytes, context);
    }

    pub(super) fn end(&mut self, context: &mut Context) -> Result<(), Problem> {
        if self.too_long > 0 {
            self.close_too_long(0, context);
        } else {
            let last = std::mem::take(&mut self.carried);
            self.records.take(&last, context);
        }
        self.records.end()
    }
}

/// Records of JSON, one by one.
#[derive(Debug)]
pub(super) struct JsonRecords {
    identity: Identity,
    plan: Plan,
    keys: Keys,
    /// Lines, or elements, so far.
    number: u64,
    /// Records so far, good and bad.
    count: u64,
}

impl JsonRecords {
    pub(super) fn new(identity: Identity, plan: Plan) -> Self {
        Self {
            identity,
            plan,
            keys: Keys::default(),
            number: 0,
            count: 0,
        }
    }

    /// Takes one line or element; white space is none.
    pub(super) fn take(&mut self, bytes: &[u8], context: &mut Context) {
        self.number += 1;
        let is_first = self.number == 1;
        let bytes = bytes
            .strip_prefix(b"\xEF\xBB\xBF")
            .filter(|_| is_first)
            .unwrap_or(bytes);
        let bytes = bytes.trim_ascii();
        if bytes.is_empty() {
            return;
        }
        if bytes.len() as u64 > context.limits.record_bytes {
            self.number -= 1;
            self.refuse_long(bytes.len() as u64, context);
            return;
        }
        self.count += 1;
        let event = match self.read(bytes) {
            Ok(event) => event,
            Err(problem) => self.bad(bytes.len() as u64, problem),
        };
        context.ready.push(event);
    }

    /// Whether an element has a text, as far as its keys tell.
    pub(super) fn has_body(&mut self, json: &str) -> bool {
        read_record(json, &self.plan, &mut self.keys).is_ok_and(|draft| draft.has_body())
    }

    pub(super) fn refuse_long(&mut self, bytes: u64, context: &mut Context) {
        self.number += 1;
        self.count += 1;
        let message = format!(
            "a record may have {} bytes; this one has {bytes}",
            context.limits.record_bytes
        );
        let event = self.bad(bytes, problem("record-too-large", message));
        context.ready.push(event);
    }

    fn bad(&self, bytes: u64, problem: Problem) -> ImportEvent {
        ImportEvent::Bad(BadRecord {
            key: self.identity.key,
            number: self.number,
            bytes,
            code: problem.code,
            message: problem.message,
        })
    }

    fn read(&mut self, bytes: &[u8]) -> Result<ImportEvent, Problem> {
        let guessed = self.plan.guess_warning().filter(|_| self.count == 1);
        let about = |encoding, warning: Option<ReadWarning>| Bytes {
            digest: Sha256::digest(bytes).into(),
            length: bytes.len() as u64,
            encoding,
            warning: warning.or(guessed),
        };
        let known = self.plan.encoding;
        if known == Encoding::Utf8
            && let Ok(text) = simdutf8::basic::from_utf8(bytes)
        {
            let draft = self.draft(text)?;
            let record = draft.into_record(&self.identity, self.number, about(known, None))?;
            return Ok(ImportEvent::Text(Box::new(record)));
        }
        let (text, encoding, warning) = decode_record(bytes, known);
        let draft = self.draft(&text)?;
        let record = draft.into_record(&self.identity, self.number, about(encoding, warning))?;
        Ok(ImportEvent::Text(Box::new(record)))
    }

    fn draft<'a>(&mut self, text: &'a str) -> Result<Draft<'a>, Problem> {
        read_record(text, &self.plan, &mut self.keys).map_err(|error| {
            let message = format!("not a JSON object with a text: {error}");
            problem("not-a-record", message)
        })
    }

    /// Says that there was no record at all.
    pub(super) fn end(&self) -> Result<(), Problem> {
        if self.count == 0 {
            return Err(problem("no-records", "the file holds no record"));
        }
        Ok(())
    }
}

/// Decodes one record. Where the file is in UTF-8 and this record is not, it is
/// looked at by itself.
pub(super) fn decode_record(
    bytes: &[u8],
    known: Encoding,
) -> (String, Encoding, Option<ReadWarning>) {
    // A few bytes that are no UTF-8 are broken; more of them may be another encoding.
    const ENOUGH: usize = 16;
    let letters = bytes.iter().filter(|&&byte| byte >= 0x80).count();
    let encoding = match known {
        Encoding::Windows1256 | Encoding::Iso8859Part6 => Some(known),
        _ if letters < ENOUGH => Some(Encoding::Utf8),
        _ => None,
    };
    match crate::parse::encoding::decode_owned(bytes.to_vec(), encoding) {
        Ok(decoded) => decoded,
        // Broken everywhere: what can be read of it, and a warning.
        Err(_) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let count = text.matches(char::REPLACEMENT_CHARACTER).count();
            let first_byte = bytes
                .utf8_chunks()
                .next()
                .map_or(0, |chunk| chunk.valid().len());
            let warning = ReadWarning::InvalidSequences { count, first_byte };
            (text, Encoding::Utf8, Some(warning))
        }
    }
}
