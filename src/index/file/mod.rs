//! Index files: what an index holds, as bytes that are opened without indexing again.
//!
//! `docs/index-format.md` describes the file. Words, units, pages and where
//! lists start are decoded when a file is opened; postings and texts, which
//! are nearly all of it, stay in the bytes that were read.

mod arrival;
pub(super) mod container;
pub(super) mod error;
pub(super) mod file_heads;
pub(super) mod heads;
pub(super) mod ledger;
pub(super) mod lexicon;
mod numbering;
pub(super) mod numbers;
pub(super) mod page_codes;
pub(super) mod page_columns;
pub(super) mod page_reader;
pub(super) mod postings;
mod share;
mod texts;
pub(super) mod units;

pub use arrival::ArrivingIndex;
use arrival::{read_hashes, read_pages};
use container::VERSION;
pub use container::{MAGIC, is_index_file};
pub use error::IndexFileError;
pub use share::Share;

use super::{Bytes, Index, Intake, Postings, Views};
use crate::parse::PARSER_VERSION;
use crate::parse::frame::{Cursor, put_number, put_text};
use crate::text::TOKENIZER_VERSION;
use container::{FileReader, FileWriter, Sections};
use std::borrow::Cow;

/// Sections that every reader of this version knows.
const SECTIONS: [&str; 14] = [
    "corpus",
    "words",
    "lists",
    "singles",
    "postings",
    "places",
    "units",
    "forms",
    "gaps",
    "blocks",
    "gap-words",
    "pages",
    "ledger",
    "repeats",
];

/// The section of what was found beside the words; whoever does not know it finds that again.
const LAYERS: &str = "layers";

/// The section of what is worked out of texts to tell copies; whoever does not know it works that out again.
const HASHES: &str = "hashes";

/// An index with the ledger of how it came to be.
#[derive(Clone, Debug, Default)]
pub struct SavedIndex {
    /// The index.
    pub index: Index,
    /// The way of further texts into it, and the ledger.
    pub intake: Intake,
    /// What was found in its texts beside their words, if that was kept: bytes of
    /// [`write_layers`](crate::entities::annotator::write_layers).
    pub layers: Option<Bytes>,
}

impl SavedIndex {
    /// Writes an index that is up to date as a file.
    #[must_use]
    pub fn write(index: &Index, intake: &Intake) -> Vec<u8> {
        Self::write_with(index, intake, None)
    }

    /// The same with what was found in its texts, where there is that.
    #[must_use]
    pub fn write_with(index: &Index, intake: &Intake, layers: Option<Vec<u8>>) -> Vec<u8> {
        sections(index, intake, layers).finish()
    }

    /// The file, and the sizes of its sections in bytes.
    #[must_use]
    pub fn write_measured(&self) -> (Vec<u8>, Vec<(&'static str, usize)>) {
        let file = sections(
            &self.index,
            &self.intake,
            self.layers.as_deref().map(<[u8]>::to_vec),
        );
        let sizes = file.sizes();
        (file.finish(), sizes)
    }

    /// Opens a file, which lives on in the index. A segment is made whole: copies in it count once.
    ///
    /// # Errors
    /// [`IndexFileError`] when the file is damaged, of a later version, or none.
    pub fn open(bytes: Vec<u8>) -> Result<Self, IndexFileError> {
        arrived(bytes).open()
    }

    /// Reads a file, which lives on in the index, to be merged with others if it is a segment.
    ///
    /// # Errors
    /// [`IndexFileError`] when the file is damaged, of a later version, or none.
    pub fn read(bytes: Vec<u8>) -> Result<Self, IndexFileError> {
        let saved = arrived(bytes).finish()?;
        saved.intake.check(&saved.index)?;
        Ok(saved)
    }
}

/// An index file that is there.
fn arrived(bytes: Vec<u8>) -> ArrivingIndex {
    let mut arriving = ArrivingIndex::default();
    arriving.take(bytes);
    arriving
}

/// The versions of tokeniser and parser, the number of pages, the fingerprint.
pub(super) fn corpus_section(index: &Index) -> Vec<u8> {
    let mut corpus = Vec::new();
    put_number(&mut corpus, u64::from(TOKENIZER_VERSION));
    put_number(&mut corpus, u64::from(PARSER_VERSION));
    put_number(&mut corpus, index.pages().len() as u64);
    put_text(&mut corpus, &index.fingerprint());
    corpus
}

/// Reads the number of pages and the fingerprint, if the rules are those of this version.
pub(super) fn read_corpus(sections: Sections<'_>) -> Result<(u32, String), IndexFileError> {
    let corpus = sections.section("corpus")?;
    let mut cursor = Cursor {
        bytes: corpus,
        at: 0,
    };
    let in_corpus = |_| inconsistent("corpus");
    let found = (
        cursor.number_u32().map_err(in_corpus)?,
        cursor.number_u32().map_err(in_corpus)?,
    );
    if found != (TOKENIZER_VERSION, PARSER_VERSION) {
        return Err(IndexFileError::OtherRules { found });
    }
    let pages = cursor.number_u32().map_err(in_corpus)?;
    Ok((pages, cursor.text().map_err(in_corpus)?))
}

/// The views of an index, made if they are not there.
pub(super) fn views_of(index: &Index) -> Cow<'_, Views> {
    index
        .views()
        .map_or_else(|| Cow::Owned(Views::new(index.lexicon())), Cow::Borrowed)
}

/// The postings of all units together.
pub(super) fn postings_of(index: &Index) -> Cow<'_, Postings> {
    match index.postings() {
        [all] if all.units() == (0..index.units().len()) && index.is_fresh() => Cow::Borrowed(all),
        _ => Cow::Owned(index.invert(0..index.units().len())),
    }
}

pub(super) fn inconsistent(section: &str) -> IndexFileError {
    IndexFileError::Inconsistent {
        section: section.to_owned(),
    }
}

/// What is decoded when a file is opened stands before what is not, so that it is done while the rest is on its way.
fn sections(index: &Index, intake: &Intake, layers: Option<Vec<u8>>) -> FileWriter {
    let mut file = FileWriter::default();
    file.add("corpus", corpus_section(index));
    file.add_optional(
        "written-by",
        concat!("kashshaf ", env!("CARGO_PKG_VERSION")).into(),
    );
    let views = views_of(index);
    let (words, numbering) = lexicon::write(index.lexicon(), &views);
    let forms = numbering.forms(&views);
    file.add("words", words);
    let postings = postings_of(index);
    let lists = postings::write(&postings, index.lexicon(), index.units(), &forms);
    file.add("lists", lists.lists);
    file.add("singles", lists.singles);
    file.add("units", units::write(index));
    let texts = texts::write(index, &forms);
    file.add("blocks", texts.blocks);
    file.add("gap-words", texts.gap_words);
    let (ledger, told) = ledger::write(index, intake);
    file.add("pages", heads::write(index, intake.origins(), &told));
    file.add("ledger", ledger);
    if intake.is_segment() {
        file.add_optional(HASHES, heads::write_hashes(index, intake.letters()));
        file.add("repeats", heads::write_repeats(intake.repeats()));
    }
    file.add("postings", lists.documents);
    file.add("places", lists.places);
    file.add("gaps", texts.gaps);
    file.add("forms", texts.forms);
    if let Some(layers) = layers {
        file.add_optional(LAYERS, layers);
    }
    file
}
