//! Import events as bytes, from the module that reads files to the one that indexes them.
//!
//! ```text
//! stream = frame …
//! frame  = kind (1 byte) · length of head · head · length of text · text
//! ```
//!
//! Lengths and numbers are LEB128; a string is its length and its UTF-8; an
//! optional value is a byte 0, or a byte 1 and the value; a list is its length
//! and its items. The head holds the fields of the event in the order in which
//! [`record`](super::record) lists them; only a text and a piece of one have text. A stream may be
//! cut anywhere: [`FrameReader`] takes it piece by piece, and the text of a
//! large file crosses as a piece of its own, without being copied into a frame.

mod cursor;
mod read;
mod write;

pub(crate) use cursor::Cursor;
pub use read::FrameReader;
pub use write::write_frame;
pub(crate) use write::{
    put_encoding, put_given, put_key, put_number, put_option, put_text, put_warning,
};

const OPEN: u8 = 1;
const TEXT: u8 = 2;
const BAD: u8 = 3;
const CLOSE: u8 = 4;
const PIECE: u8 = 5;

/// The largest head, in bytes: no field of a record is longer.
pub const MAX_HEAD_BYTES: u64 = 4 << 20;

/// A stream that no reader of this version wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameError;

impl std::fmt::Display for FrameError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the records do not have the form of this version; the two modules must be of one build"
        )
    }
}

impl std::error::Error for FrameError {}
