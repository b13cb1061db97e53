//! One JSON value: a list of records, an object that holds such lists, or one record.
//!
//! Elements of a list at the top are taken one by one. An object is gathered,
//! since it may be one record. A list in it that grows long, with no text before
//! it, shows that it is none: the elements of that list are taken as they come.

use super::context::{Context, problem};
use super::json_record::{LIST_DEPTH, longest_list};
use super::lines::JsonRecords;
use super::plan::Plan;
use super::source::Identity;
use crate::parse::record::Problem;

/// So much of a list in an object is gathered before its elements are taken one by one.
const GATHERED_BYTES: usize = 384 << 10;

/// A JSON value whose bytes are coming.
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
    /// What is known of the object at the top.
    object: Object,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    /// Nothing but white space has come.
    Start,
    /// Inside a list whose elements are taken; so many objects around it are open.
    List { around: u64 },
    /// Inside or between objects at the top.
    Objects,
    /// Behind the list.
    Over,
}

/// An object at the top whose bytes are coming.
#[derive(Debug, Default)]
struct Object {
    /// The outermost list that is open in it.
    list: Option<OpenList>,
    /// It has a text and is one record.
    is_record: bool,
    /// The elements of a list in it were taken.
    is_taken: bool,
    /// What is gathered of it, while elements are taken.
    gathered: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct OpenList {
    /// Objects and lists that are open inside the object, this one among them.
    depth: u64,
    /// Where its first element begins in what is gathered.
    start: usize,
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
            object: Object::default(),
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
                (b'"', Place::List { .. } | Place::Objects) => self.in_string = true,
                (b'{' | b'[', Place::List { .. }) => self.depth += 1,
                (b'{' | b'[', Place::Objects) => {
                    self.depth += 1;
                    let is_outermost = self.object.list.is_none() && self.depth > 1;
                    if byte == b'[' && is_outermost && self.depth <= LIST_DEPTH as u64 + 1 {
                        self.keep(bytes.get(start..at).unwrap_or_default(), context);
                        start = at;
                        self.object.list = Some(OpenList {
                            depth: self.depth,
                            start: self.element.len(),
                        });
                    }
                }
                (b'[', Place::Start) => {
                    self.place = Place::List { around: 0 };
                    start = at;
                }
                (b'{', Place::Start) => {
                    self.place = Place::Objects;
                    self.depth = 1;
                    start = at - 1;
                }
                (b']' | b'}', Place::List { .. }) if self.depth > 0 => self.depth -= 1,
                (b']' | b'}', Place::Objects) if self.depth > 0 => {
                    self.depth -= 1;
                    let list = self.object.list.map_or(0, |list| list.depth);
                    if self.depth == 0 || self.depth == list || self.depth + 1 == list {
                        self.keep(bytes.get(start..at).unwrap_or_default(), context);
                        start = at;
                        if self.depth == 0 {
                            self.close_object(context);
                        } else if self.depth + 1 == list {
                            self.object.list = None;
                        } else if byte == b'}' {
                            self.close_element_of_object(context)?;
                        }
                    }
                }
                (b',' | b']', Place::List { around }) if self.depth == 0 => {
                    self.keep(bytes.get(start..at - 1).unwrap_or_default(), context);
                    self.close_element(context);
                    start = at;
                    if byte == b']' {
                        self.close_list(around);
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
        if matches!(self.place, Place::List { .. } | Place::Objects) {
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
        // Among objects stands what else a list in an object holds.
        let is_inside = matches!(self.place, Place::List { around: 1.. });
        if !is_inside || self.element.trim_ascii_start().first() == Some(&b'{') {
            self.records.take(&self.element, context);
        }
        self.element.clear();
    }

    /// Behind an element of a list in an object: if the list is long, and the
    /// object no record, what is gathered of the list is taken, and what comes of it.
    fn close_element_of_object(&mut self, context: &mut Context) -> Result<(), Problem> {
        let is_open = self.too_long == 0 && !self.object.is_record;
        let is_long = |list: &OpenList| self.element.len() - list.start >= GATHERED_BYTES;
        let Some(list) = self.object.list.filter(|list| is_open && is_long(list)) else {
            return Ok(());
        };
        if self.has_text_before(list) {
            self.object.is_record = true;
            return Ok(());
        }
        let elements = self.element.split_off(list.start);
        self.object.gathered = std::mem::take(&mut self.element);
        self.object.gathered.shrink_to_fit();
        self.place = Place::List {
            around: list.depth - 1,
        };
        self.depth = 0;
        self.push(&elements, context)
    }

    /// Whether the object has a text among what stands before a list in it.
    fn has_text_before(&mut self, list: OpenList) -> bool {
        let before = self.element.get(..list.start).unwrap_or_default();
        let mut json = String::from_utf8_lossy(before).into_owned();
        json.push(']');
        (1..list.depth).for_each(|_| json.push('}'));
        self.records.has_body(&json)
    }

    /// Behind a list whose elements were taken.
    fn close_list(&mut self, around: u64) {
        if around == 0 {
            self.place = Place::Over;
            return;
        }
        self.place = Place::Objects;
        self.depth = around;
        // What stands around the list is gathered further, as if it were empty.
        self.element = std::mem::take(&mut self.object.gathered);
        self.element.push(b']');
        self.object.list = None;
        self.object.is_taken = true;
    }

    /// Takes an object: one record if it has a text, else its longest list of
    /// objects, unless elements of a list in it were taken.
    fn close_object(&mut self, context: &mut Context) {
        let is_taken = std::mem::take(&mut self.object).is_taken;
        if self.too_long > 0 {
            self.close_element(context);
            return;
        }
        let object = std::mem::take(&mut self.element);
        let text = std::str::from_utf8(&object).unwrap_or_default();
        let is_record = self.records.has_body(text);
        if is_taken && !is_record {
            return;
        }
        let list = if is_record {
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
            Place::List { .. } => false,
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
