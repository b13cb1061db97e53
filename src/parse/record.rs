//! What reading a file tells, in order: a source opens, its texts come, it closes.
//!
//! A source is a file, or a member of an archive. The readers make these
//! events, [`frame`](super::frame) writes them as bytes, the index takes them.

use super::anatomy::Rules;
use super::encoding::{Encoding, ReadWarning};
use super::format::FileFormat;
use super::given::Given;
use super::page::Page;
use super::pieces::TextPiece;

/// Names a source: the number that the caller gave its file, and the number of
/// the member inside it, depth first from 1; 0 is the file itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceKey {
    /// Number of the file.
    pub file: u32,
    /// Number of the member inside it; 0 for the file itself.
    pub member: u32,
}

/// One step of reading.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportEvent {
    /// A source begins.
    Open(OpenSource),
    /// The next bytes of a long text in it; its `Text` follows.
    Piece(TextPiece),
    /// A text was found in it; what came of it in pieces goes before.
    Text(Box<Record>),
    /// A record of it could not be read; the others can.
    Bad(BadRecord),
    /// It ends; nothing more comes of it.
    Close(CloseSource),
}

/// The beginning of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSource {
    /// Which source.
    pub key: SourceKey,
    /// The archive that holds it.
    pub parent: Option<u32>,
    /// Name of the file; of a member its path inside the archive, made harmless.
    pub name: String,
    /// What it is.
    pub format: FileFormat,
}

/// A text with what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The source it was found in.
    pub key: SourceKey,
    /// Name of its page.
    pub name: String,
    /// SHA-256 of its bytes: of the file, the member, or the record's own.
    pub digest: [u8; 32],
    /// Number of these bytes.
    pub source_bytes: u64,
    /// The text is these bytes, as a plain text in UTF-8 is where nothing had to be mended.
    pub is_source: bool,
    /// Encoding they were read in.
    pub encoding: Encoding,
    /// What the reader should know although it was read.
    pub warning: Option<ReadWarning>,
    /// Fields that came with it.
    pub given: Given,
    /// How it becomes a page.
    pub layout: Layout,
    /// The text, or what is left of it behind its pieces.
    pub text: String,
}

/// How a text becomes a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The first `main_end` bytes are split by anatomy; the rest stood outside
    /// the main text of its page and is furniture.
    Split {
        /// Bytes of the main text.
        main_end: u32,
    },
    /// One article: `title_end` bytes of title, a line break if there is a title, its text.
    Article {
        /// Bytes of the title.
        title_end: u32,
    },
}

/// A record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRecord {
    /// The source it stands in.
    pub key: SourceKey,
    /// Its number in the source, from 1.
    pub number: u64,
    /// Its size in bytes.
    pub bytes: u64,
    /// Stable kebab-case code.
    pub code: String,
    /// English sentence.
    pub message: String,
}

/// The end of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloseSource {
    /// Which source.
    pub key: SourceKey,
    /// Its size; of a member, unpacked.
    pub bytes: u64,
    /// Encoding, where it is text.
    pub encoding: Option<Encoding>,
    /// Why it, or the rest of it, was not read; `None` when all of it was.
    pub problem: Option<Problem>,
}

/// Why something was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// It was passed over on purpose rather than broken.
    pub skipped: bool,
    /// Stable kebab-case code.
    pub code: String,
    /// English sentence: what was found, what is allowed, what to do.
    pub message: String,
}

impl Record {
    /// Splits the text by these rules and makes the page.
    #[must_use]
    pub fn into_page(self, rules: &Rules) -> Page {
        Page::from_record(self, rules)
    }
}
