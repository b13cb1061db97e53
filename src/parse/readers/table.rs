//! Tables: comma-, semicolon- and tab-separated values (RFC 4180, read kindly).

use super::context::{Context, problem};
use super::draft::{Bytes, Draft, Value};
use super::fields::RecordField;
use super::lines::decode_record;
use super::plan::{Meaning, Plan};
use super::source::Identity;
use crate::parse::Encoding;
use crate::parse::record::{BadRecord, ImportEvent, Problem};
use csv_core::ReadRecordResult;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// A table whose bytes are coming.
#[derive(Debug)]
pub(super) struct Table {
    identity: Identity,
    plan: Plan,
    reader: csv_core::Reader,
    meanings: Vec<Option<Meaning>>,
    /// Cells of the row, unquoted, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
    written: usize,
    count: usize,
    /// The row as it stands in the file.
    digest: Sha256,
    row_bytes: u64,
    is_in_row: bool,
    /// Why the row cannot be taken.
    refused: Option<Problem>,
    /// Rows so far, without the heading.
    number: u64,
    is_heading: bool,
}

impl Table {
    pub(super) fn new(identity: Identity, plan: Plan, _context: &Context) -> Self {
        let reader = csv_core::ReaderBuilder::new()
            .delimiter(plan.delimiter)
            .build();
        let meanings = plan.columns.iter().map(|name| plan.meaning(name)).collect();
        Self {
            identity,
            reader,
            meanings,
            cells: vec![0; 4 << 10],
            ends: vec![0; 64],
            written: 0,
            count: 0,
            digest: Sha256::new(),
            row_bytes: 0,
            is_in_row: false,
            refused: None,
            number: 0,
            is_heading: plan.has_heading,
            plan,
        }
    }

    pub(super) fn push(&mut self, mut bytes: &[u8], context: &mut Context) -> Result<(), Problem> {
        while !bytes.is_empty() {
            if !self.is_in_row {
                let blank = bytes
                    .iter()
                    .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                    .count();
                bytes = bytes.get(blank..).unwrap_or_default();
                if bytes.is_empty() {
                    break;
                }
                self.is_in_row = true;
            }
            let used = self.step(bytes, context);
            bytes = bytes.get(used..).unwrap_or_default();
        }
        Ok(())
    }

    /// Reads on, with no bytes at the end of the file; returns how many were taken.
    fn step(&mut self, bytes: &[u8], context: &mut Context) -> usize {
        let (result, used, written, cells) = self.reader.read_record(
            bytes,
            self.cells.get_mut(self.written..).unwrap_or_default(),
            self.ends.get_mut(self.count..).unwrap_or_default(),
        );
        self.written += written;
        self.count += cells;
        self.row_bytes += used as u64;
        let taken = bytes.get(..used).unwrap_or_default();
        let is_row = matches!(result, ReadRecordResult::Record);
        let line_end = taken
            .last()
            .filter(|byte| is_row && matches!(byte, b'\r' | b'\n'));
        let without_end = taken.len() - usize::from(line_end.is_some());
        self.digest
            .update(taken.get(..without_end).unwrap_or_default());
        let limits = &context.limits;
        match result {
            ReadRecordResult::OutputFull => {
                if self.cells.len() as u64 >= limits.record_bytes {
                    let message = format!(
                        "a row may have {} bytes; this one has more: perhaps a quotation mark is not closed",
                        limits.record_bytes
                    );
                    self.refused = Some(problem("record-too-large", message));
                    self.written = 0;
                } else {
                    self.cells.resize(self.cells.len() * 2, 0);
                }
            }
            ReadRecordResult::OutputEndsFull => {
                if self.ends.len() as u64 >= limits.columns {
                    let message = format!("a table may have {} columns", limits.columns);
                    self.refused = Some(problem("too-many-columns", message));
                    self.count = 0;
                } else {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
            }
            ReadRecordResult::Record => {
                self.row_bytes -= (taken.len() - without_end) as u64;
                self.finish_row(context);
            }
            ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
        }
        used
    }

    fn finish_row(&mut self, context: &mut Context) {
        let digest = std::mem::take(&mut self.digest).finalize().into();
        let bytes = std::mem::take(&mut self.row_bytes);
        self.is_in_row = false;
        let refused = self.refused.take();
        let (written, count) = (self.written, self.count);
        (self.written, self.count) = (0, 0);
        if self.is_heading {
            self.is_heading = false;
            self.read_heading(written, count);
            return;
        }
        self.number += 1;
        let read = match refused {
            Some(problem) => Err(problem),
            None => self.read_row(written, count, digest, bytes),
        };
        context.ready.push(read.unwrap_or_else(|problem| {
            ImportEvent::Bad(BadRecord {
                key: self.identity.key,
                number: self.number,
                bytes,
                code: problem.code,
                message: problem.message,
            })
        }));
    }

    /// Takes the names of the columns from the first row itself: the plan saw a part of it at most.
    fn read_heading(&mut self, written: usize, count: usize) {
        let (text, ..) = self.decode(written, count);
        let names = cells_of(&text, self.ends.get(..count).unwrap_or_default());
        let names: Vec<String> = names.map(|name| name.trim().to_owned()).collect();
        if names.len() != self.plan.columns.len() {
            self.plan.columns = names;
        }
        let plan = &self.plan;
        self.meanings = plan.columns.iter().map(|name| plan.meaning(name)).collect();
    }

    /// The cells as text; where that moves their ends, they are moved along.
    fn decode(
        &mut self,
        written: usize,
        count: usize,
    ) -> (String, Encoding, Option<crate::parse::ReadWarning>) {
        let bytes = self.cells.get(..written).unwrap_or_default();
        let known = self.plan.encoding;
        let is_single_byte = matches!(known, Encoding::Windows1256 | Encoding::Iso8859Part6);
        if !is_single_byte && let Ok(text) = simdutf8::basic::from_utf8(bytes) {
            return (text.to_owned(), known, None);
        }
        let mut text = String::with_capacity(bytes.len() * 2);
        let (mut encoding, mut warning, mut start) = (known, None, 0);
        for end in self.ends.iter_mut().take(count) {
            let cell = bytes.get(start..*end).unwrap_or_default();
            start = *end;
            if !cell.is_empty() {
                let (decoded, found, warned) = decode_record(cell, known);
                text.push_str(&decoded);
                encoding = if found == Encoding::Utf8 {
                    encoding
                } else {
                    found
                };
                warning = warning.or(warned);
            }
            *end = text.len();
        }
        (text, encoding, warning)
    }

    fn read_row(
        &mut self,
        written: usize,
        count: usize,
        digest: [u8; 32],
        length: u64,
    ) -> Result<ImportEvent, Problem> {
        let (text, encoding, warning) = self.decode(written, count);
        let cells = cells_of(&text, self.ends.get(..count).unwrap_or_default());
        let mut draft = Draft::default();
        let last = self.meanings.len().saturating_sub(1);
        let mut overflow: Option<String> = None;
        for (at, cell) in cells.enumerate() {
            let is_body = |at: usize| {
                let meaning = self.meanings.get(at).copied().flatten();
                meaning.is_some_and(|(field, _)| field == RecordField::Body)
            };
            // Delimiters that nobody quoted cut the last column, mostly the text, into more cells.
            if at >= last && count > self.meanings.len() && is_body(last) {
                let delimiter = char::from(self.plan.delimiter);
                match &mut overflow {
                    Some(text) => {
                        text.push(delimiter);
                        text.push_str(cell);
                    }
                    None => overflow = Some(cell.to_owned()),
                }
                continue;
            }
            if let Some(meaning) = self.meanings.get(at).copied().flatten()
                && !cell.is_empty()
            {
                draft.put(meaning, Value::Text(Cow::Borrowed(cell)));
            }
        }
        if let (Some(text), Some(Some(meaning))) = (overflow, self.meanings.get(last).copied()) {
            draft.put(meaning, Value::Text(Cow::Owned(text)));
        }
        let guessed = self.plan.guess_warning().filter(|_| self.number == 1);
        let bytes = Bytes {
            digest,
            length,
            encoding,
            warning: warning.or(guessed),
        };
        let record = draft.into_record(&self.identity, self.number, bytes)?;
        Ok(ImportEvent::Text(Box::new(record)))
    }

    pub(super) fn end(&mut self, context: &mut Context) -> Result<(), Problem> {
        while self.is_in_row {
            let before = (self.cells.len(), self.ends.len());
            self.step(&[], context);
            if !self.is_in_row
                || (before == (self.cells.len(), self.ends.len()) && self.refused.is_none())
            {
                break;
            }
        }
        if self.number == 0 {
            return Err(problem(
                "no-records",
                "the table holds no row besides its heading",
            ));
        }
        Ok(())
    }
}

/// The cells of a row.
fn cells_of<'a>(text: &'a str, ends: &'a [usize]) -> impl Iterator<Item = &'a str> {
    let mut start = 0;
    ends.iter().map(move |&end| {
        let cell = text.get(start..end).unwrap_or_default();
        start = end;
        cell
    })
}
