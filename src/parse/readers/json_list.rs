//! One JSON value: a list of records, an object that holds such a list, or one record.

use super::context::{Context, problem};
use super::json_record::longest_list;
use super::lines::JsonRecords;
use super::plan::Plan;
use super::source::Identity;
use crate::parse::record::Problem;

/// A JSON value whose bytes are coming. Elements of a list at the top are taken
/// one by one; an object is gathered.
#[derive(Debug)]
pub(super) struct JsonList {
    records: JsonRecords,
    place: Place,
    /// The element, or the object, so far.
    element: Vec<u8>,
    too_long: u64,
    depth: u64,
    in_string: bool,
    /// The next character of the string is escaped.
    is_escaped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    /// Nothing but white space has come.
    Start,
    /// Inside a list at the top.
    List,
    /// Inside or between objects at the top.
    Objects,
    /// Behind the list.
    Over,
}

impl JsonList {
    pub(super) fn new(identity: Identity, plan: Plan) -> Self {
        Self {
            records: JsonRecords::new(identity, plan),
            place: Place::Start,
            element: Vec::new(),
            too_long: 0,
            depth: 0,
            in_string: false,
            is_escaped: false,
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8], context: &mut Context) -> Result<(), Problem> {
        let mut at = 0;
        // First byte of the element in `bytes`.
        let mut start = 0;
        while let Some(&byte) = bytes.get(at) {
            if self.in_string {
                at = self.skip_string(bytes, at);
                continue;
            }
            at += 1;
            match (byte, self.place) {
                (b'"', Place::List | Place::Objects) => self.in_string = true,
                (b'{' | b'[', Place::List | Place::Objects) => self.depth += 1,
                (b'[', Place::Start) => {
                    self.place = Place::List;
                    start = at;
                }
                (b'{', Place::Start) => {
                    self.place = Place::Objects;
                    self.depth = 1;
                    start = at - 1;
                }
                (b']' | b'}', Place::List | Place::Objects) if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 && self.place == Place::Objects {
                        self.keep(bytes.get(start..at).unwrap_or_default(), context);
                        self.close_object(context);
                        start = at;
                    }
                }
                (b',' | b']', Place::List) if self.depth == 0 => {
                    self.keep(bytes.get(start..at - 1).unwrap_or_default(), context);
                    self.close_element(context);
                    start = at;
                    if byte == b']' {
                        self.place = Place::Over;
                    }
                }
                (b' ' | b'\t' | b'\n' | b'\r', _) => {}
                (0xEF | 0xBB | 0xBF, Place::Start) => {}
                (_, Place::Start) => {
                    let message = "the file begins neither as a JSON list nor as an object";
                    return Err(problem("not-json", message));
                }
                (_, Place::Over) => {
                    let message = "behind the JSON list stands something else; the list was read";
                    return Err(problem("trailing-bytes", message));
                }
                _ => {}
            }
        }
        if matches!(self.place, Place::List | Place::Objects) {
            self.keep(bytes.get(start..).unwrap_or_default(), context);
        }
        Ok(())
    }

    /// The place behind the string, or where the bytes end.
    fn skip_string(&mut self, bytes: &[u8], at: usize) -> usize {
        if self.is_escaped {
            self.is_escaped = false;
            return at + 1;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        match memchr::memchr2(b'"', b'\\', rest) {
            None => bytes.len(),
            Some(found) => {
                if rest.get(found) == Some(&b'\\') {
                    self.is_escaped = true;
                } else {
                    self.in_string = false;
                }
                at + found + 1
            }
        }
    }

    fn keep(&mut self, bytes: &[u8], context: &Context) {
        let length = (self.element.len() + bytes.len()) as u64;
        if self.too_long > 0 {
            self.too_long += bytes.len() as u64;
        } else if length > context.limits.record_bytes {
            self.too_long = length;
            self.element = Vec::new();
        } else {
            self.element.extend_from_slice(bytes);
        }
    }

    fn close_element(&mut self, context: &mut Context) {
        if self.too_long > 0 {
            self.records.refuse_long(self.too_long, context);
            self.too_long = 0;
            return;
        }
        self.records.take(&self.element, context);
        self.element.clear();
    }

    /// Takes an object: one record if it has a text, else its longest list of objects.
    fn close_object(&mut self, context: &mut Context) {
        if self.too_long > 0 {
            self.close_element(context);
            return;
        }
        let object = std::mem::take(&mut self.element);
        let text = std::str::from_utf8(&object).unwrap_or_default();
        let list = if self.records.has_body(text) {
            Vec::new()
        } else {
            longest_list(text)
        };
        if list.is_empty() {
            self.records.take(&object, context);
        }
        for element in list {
            self.records.take(element.get().as_bytes(), context);
        }
    }

    pub(super) fn end(&mut self, context: &mut Context) -> Result<(), Problem> {
        let is_whole = match self.place {
            Place::Start | Place::Over => true,
            Place::List => false,
            Place::Objects => self.depth == 0,
        };
        if !is_whole {
            let message = "the JSON ends in the middle of a value; what stands before it was read";
            let _ = context;
            return Err(problem("truncated", message));
        }
        self.records.end()
    }
}
