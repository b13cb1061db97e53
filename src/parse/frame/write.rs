//! Events → bytes.

use super::{BAD, CLOSE, OPEN, PIECE, TEXT};
use crate::parse::encoding::{Encoding, ReadWarning};
use crate::parse::given::Given;
use crate::parse::record::{ImportEvent, Layout, Record, SourceKey};

/// Appends everything of an event but its text; the text must follow.
fn head_of(event: &ImportEvent) -> (u8, Vec<u8>) {
    let mut head = Vec::with_capacity(128);
    let kind = match event {
        ImportEvent::Open(open) => {
            put_key(&mut head, open.key);
            put_option(&mut head, open.parent.as_ref(), |head, &parent| {
                put_number(head, u64::from(parent));
            });
            put_text(&mut head, &open.name);
            put_text(&mut head, open.format.name());
            OPEN
        }
        ImportEvent::Piece(piece) => {
            put_key(&mut head, piece.key);
            put_number(&mut head, piece.expected);
            PIECE
        }
        ImportEvent::Text(record) => {
            put_record(&mut head, record);
            TEXT
        }
        ImportEvent::Bad(bad) => {
            put_key(&mut head, bad.key);
            put_number(&mut head, bad.number);
            put_number(&mut head, bad.bytes);
            put_text(&mut head, &bad.code);
            put_text(&mut head, &bad.message);
            BAD
        }
        ImportEvent::Close(close) => {
            put_key(&mut head, close.key);
            put_number(&mut head, close.bytes);
            put_option(&mut head, close.encoding.as_ref(), |head, encoding| {
                put_encoding(head, *encoding);
            });
            put_option(&mut head, close.problem.as_ref(), |head, problem| {
                head.push(u8::from(problem.skipped));
                put_text(head, &problem.code);
                put_text(head, &problem.message);
            });
            CLOSE
        }
    };
    (kind, head)
}

/// Appends the frame of an event to `out`. A text of at least `own_piece` bytes
/// is handed back instead, to follow as a piece of its own.
pub fn write_frame(event: ImportEvent, own_piece: usize, out: &mut Vec<u8>) -> Option<Vec<u8>> {
    let (kind, head) = head_of(&event);
    let text = match event {
        ImportEvent::Text(record) => record.text,
        ImportEvent::Piece(piece) => piece.text,
        _ => String::new(),
    };
    out.push(kind);
    put_number(out, head.len() as u64);
    out.extend_from_slice(&head);
    put_number(out, text.len() as u64);
    if text.len() >= own_piece.max(1) {
        return Some(text.into_bytes());
    }
    out.extend_from_slice(text.as_bytes());
    None
}

pub(crate) fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number as u8) | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub(crate) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

pub(crate) fn put_option<T>(out: &mut Vec<u8>, value: Option<&T>, put: impl Fn(&mut Vec<u8>, &T)) {
    out.push(u8::from(value.is_some()));
    if let Some(value) = value {
        put(out, value);
    }
}

fn put_list(out: &mut Vec<u8>, list: &[String]) {
    put_number(out, list.len() as u64);
    for text in list {
        put_text(out, text);
    }
}

/// Writes the number of an encoding of [`Encoding::OWN`], or the one behind these and a name.
pub(crate) fn put_encoding(out: &mut Vec<u8>, encoding: Encoding) {
    let own = Encoding::OWN.iter().position(|&own| own == encoding);
    put_number(out, own.unwrap_or(Encoding::OWN.len()) as u64);
    if own.is_none() {
        put_text(out, encoding.name());
    }
}

pub(crate) fn put_key(out: &mut Vec<u8>, key: SourceKey) {
    put_number(out, u64::from(key.file));
    put_number(out, u64::from(key.member));
}

fn put_record(out: &mut Vec<u8>, record: &Record) {
    put_key(out, record.key);
    put_text(out, &record.name);
    out.extend_from_slice(&record.digest);
    put_number(out, record.source_bytes);
    out.push(u8::from(record.is_source));
    put_encoding(out, record.encoding);
    put_warning(out, record.warning.as_ref());
    put_given(out, &record.given);
    let (layout, end) = match record.layout {
        Layout::Split { main_end } => (0, main_end),
        Layout::Article { title_end } => (1, title_end),
    };
    out.push(layout);
    put_number(out, u64::from(end));
}

pub(crate) fn put_warning(out: &mut Vec<u8>, warning: Option<&ReadWarning>) {
    put_option(out, warning, |out, warning| {
        let (kind, count, first_byte) = match *warning {
            ReadWarning::InvalidSequences { count, first_byte } => (0, count, first_byte),
            ReadWarning::ControlCharacters { count, first_byte } => (1, count, first_byte),
            ReadWarning::ColumnGuessed => (2, 0, 0),
        };
        out.push(kind);
        put_number(out, count as u64);
        put_number(out, first_byte as u64);
    });
}

pub(crate) fn put_given(out: &mut Vec<u8>, given: &Given) {
    let optional_text = |out: &mut Vec<u8>, text: &Option<String>| {
        put_option(out, text.as_ref(), |out, text| put_text(out, text));
    };
    optional_text(out, &given.title);
    put_option(out, given.published.as_ref(), |out, published| {
        put_number(out, u64::from(published.date.year));
        out.push(published.date.month);
        out.push(published.date.day);
        put_text(out, &published.raw);
        put_text(out, published.origin.name());
    });
    put_list(out, &given.outlets);
    put_list(out, &given.authors);
    put_list(out, &given.keywords);
    optional_text(out, &given.url);
    optional_text(out, &given.description);
    optional_text(out, &given.id);
}
