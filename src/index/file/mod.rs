//! Index files: what an index holds, as bytes that are opened without indexing again.
//!
//! `docs/index-format.md` describes the file. Words, units, pages and where
//! lists start are decoded when a file is opened; postings and texts, which
//! are nearly all of it, stay in the bytes that were read.

pub(super) mod container;
pub(super) mod error;
pub(super) mod heads;
pub(super) mod lexicon;
pub(super) mod numbers;
pub(super) mod postings;
mod share;
mod texts;
pub(super) mod units;

use container::VERSION;
pub use container::{MAGIC, is_index_file};
use error::Inconsistent;
pub use error::IndexFileError;
pub(super) use lexicon::BYTES_A_WORD;
pub use share::Share;

use super::merge::merge;
use super::pages::placed::PlacedPage;
use super::{Bytes, Index, Intake, Origin, Postings, Views};
use crate::parse::frame::{Cursor, put_number, put_text};
use crate::parse::{PARSER_VERSION, ledger_file};
use crate::text::TOKENIZER_VERSION;
use container::{FileReader, FileWriter};
use std::borrow::Cow;

/// Sections that every reader of this version knows.
const SECTIONS: [&str; 13] = [
    "corpus",
    "words",
    "lists",
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
        let saved = Self::read(bytes)?;
        Ok(if saved.intake.is_segment() {
            merge(vec![saved])
        } else {
            saved
        })
    }

    /// Reads a file, which lives on in the index, to be merged with others if it is a segment.
    ///
    /// # Errors
    /// [`IndexFileError`] when the file is damaged, of a later version, or none.
    pub fn read(bytes: Vec<u8>) -> Result<Self, IndexFileError> {
        let file = FileReader::open(bytes)?;
        file.refuse_unknown(&SECTIONS)?;
        let (mut index, origins) = read_pages(&file)?;
        let within = |name: &'static str| move |Inconsistent| inconsistent(name);
        let (lexicon, views) = lexicon::read(&file.section("words")?).map_err(within("words"))?;
        let postings = postings::read(
            &file.section("lists")?,
            file.section("postings")?,
            file.section("places")?,
            &lexicon,
            index.units.len(),
        );
        index.postings = vec![postings.map_err(within("lists"))?];
        (index.lexicon, index.views) = (lexicon, Some(views));
        index.is_fresh = true;
        let ledger = ledger_file::read(&file.section("ledger")?);
        let ledger = ledger.map_err(|_| inconsistent("ledger"))?;
        let letters = read_letters(&file, &index);
        let mut intake = Intake::reopened(ledger, origins, letters);
        if let Some(section) = file.optional("repeats") {
            let repeats = heads::read_repeats(&section).map_err(within("repeats"))?;
            intake.reopen_segment(repeats);
        }
        let layers = file.optional(LAYERS);
        Ok(Self {
            index,
            intake,
            layers,
        })
    }
}

/// Reads the pages with their units and texts, and where they come from; words and postings are not there yet.
fn read_pages(file: &FileReader) -> Result<(Index, Vec<Option<Origin>>), IndexFileError> {
    let (pages, _) = read_corpus(file)?;
    let mut index = Index::default();
    let within = |name: &'static str| move |Inconsistent| inconsistent(name);
    let shapes =
        units::read(&file.section("units")?, pages, &mut index).map_err(within("units"))?;
    let streams = [
        &file.section("forms")?,
        &file.section("gaps")?,
        &file.section("blocks")?,
        &file.section("gap-words")?,
    ];
    let tokens = shapes.iter().map(|shape| shape.tokens);
    let blocks = texts::read(streams, tokens, &mut index).map_err(within("blocks"))?;
    let text_bytes: Vec<u32> = blocks.iter().map(|(_, bytes)| *bytes).collect();
    let heads = heads::read(&file.section("pages")?, &text_bytes).map_err(within("pages"))?;
    let mut origins = Vec::with_capacity(heads.len());
    for ((shape, (blocks, _)), read) in shapes.into_iter().zip(blocks).zip(heads) {
        if read.head.articles.len() != shape.articles.len() {
            return Err(inconsistent("pages"));
        }
        origins.push(read.origin);
        index.push_page(PlacedPage {
            head: read.head,
            bundled: read.bundled,
            words_by_group: read.words_by_group,
            tokens: shape.tokens,
            articles: shape.articles,
            blocks,
        });
    }
    Ok((index, origins))
}

/// The hashes of letters, where a file has them.
fn read_letters(file: &FileReader, index: &Index) -> Vec<u64> {
    let letters = file.optional("letters");
    let pages = index.pages().len();
    letters.map_or_else(Vec::new, |section| heads::read_letters(&section, pages))
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
pub(super) fn read_corpus(file: &FileReader) -> Result<(u32, String), IndexFileError> {
    let corpus = file.section("corpus")?;
    let mut cursor = Cursor {
        bytes: &corpus,
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
    file.add("postings", lists.documents);
    file.add("places", lists.places);
    file.add("units", units::write(index));
    let texts = texts::write(index, &forms);
    file.add("blocks", texts.blocks);
    file.add("gap-words", texts.gap_words);
    file.add("gaps", texts.gaps);
    file.add("forms", texts.forms);
    file.add("pages", heads::write(index, intake.origins()));
    file.add("ledger", ledger_file::write(intake.ledger()));
    if intake.letters().len() == index.pages().len() {
        file.add_optional("letters", heads::write_letters(intake.letters()));
    }
    if intake.is_segment() {
        file.add("repeats", heads::write_repeats(intake.repeats()));
    }
    if let Some(layers) = layers {
        file.add_optional(LAYERS, layers);
    }
    file
}
