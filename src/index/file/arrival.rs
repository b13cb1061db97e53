//! Opening an index file while its bytes come: what is decoded stands in front, and is decoded while the rest is on its way.

use super::container::{FileArrival, FileReader, Sections};
use super::error::Inconsistent;
use super::ledger::{self, Told};
use super::postings::{self, ListStarts};
use super::{
    HASHES, IndexFileError, LAYERS, SECTIONS, SavedIndex, heads, inconsistent, lexicon,
    read_corpus, texts, units,
};
use crate::index::coding::chunks::ChunkCuts;
use crate::index::merge::merge;
use crate::index::pages::origins::Origins;
use crate::index::pages::placed::PlacedPage;
use crate::index::{Index, Intake};

/// Sections that the words are read from.
const WORDS: [&str; 4] = ["corpus", "words", "lists", "singles"];

/// Sections that the pages are read from.
const PAGES: [&str; 5] = ["corpus", "units", "blocks", "gap-words", "pages"];

/// An index file on its way. What is wrong with it is told at its end.
#[derive(Debug, Default)]
pub struct ArrivingIndex {
    file: FileArrival,
    index: Index,
    pages: Pages,
    lists: ListStarts,
    has_pages: bool,
    has_words: bool,
    failed: Option<IndexFileError>,
    bytes: usize,
}

impl ArrivingIndex {
    /// Takes the next bytes of the file, or all.
    pub fn take(&mut self, bytes: Vec<u8>) {
        self.bytes += bytes.len();
        if self.failed.is_none() {
            let taken = self.file.take(bytes);
            self.failed = taken.and_then(|()| self.decode()).err();
        }
    }

    /// Bytes that came.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Decodes what is there and was not decoded.
    fn decode(&mut self) -> Result<(), IndexFileError> {
        let Some(sections) = self.file.sections() else {
            return Ok(());
        };
        sections.refuse_unknown(&SECTIONS)?;
        if !self.has_pages && sections.have(&PAGES) {
            self.pages = read_pages(sections, &mut self.index)?;
            self.has_pages = true;
        }
        if !self.has_words && sections.have(&WORDS) {
            read_corpus(sections)?;
            let words = lexicon::read(sections.section("words")?);
            let (lexicon, views) = words.map_err(|Inconsistent| inconsistent("words"))?;
            (self.index.lexicon, self.index.views) = (lexicon, Some(views));
            let (lists, singles) = (sections.section("lists")?, sections.section("singles")?);
            let lists = postings::read_starts(lists, singles, self.index.lexicon());
            self.lists = lists.map_err(|Inconsistent| inconsistent("lists"))?;
            self.has_words = true;
        }
        Ok(())
    }

    /// Opens the file, all of which has come. A segment is made whole: copies in it count once.
    ///
    /// # Errors
    /// [`IndexFileError`] when the file is damaged, of a later version, or none.
    pub fn open(self) -> Result<SavedIndex, IndexFileError> {
        let saved = self.finish()?;
        Ok(if saved.intake.is_segment() {
            merge(vec![saved])
        } else {
            saved
        })
    }

    /// The same without making a segment whole.
    pub(super) fn finish(self) -> Result<SavedIndex, IndexFileError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.file.complete()?;
        let (file, mut index) = (self.file.into_reader(), self.index);
        let sections = file.sections();
        for name in WORDS.iter().chain(&PAGES) {
            sections.section(name)?;
        }
        let Pages {
            origins,
            told,
            cuts,
        } = self.pages;
        set_streams(&mut index, cuts, &file)?;
        let lists = [file.shared("postings")?, file.shared("places")?];
        let postings = self.lists.with_lists(index.units.len(), lists);
        index.postings = vec![postings.map_err(|Inconsistent| inconsistent("lists"))?];
        index.is_fresh = true;
        let ledger = ledger::read(sections.section("ledger")?, &index, &origins, &told);
        let ledger = ledger.map_err(|_| inconsistent("ledger"))?;
        let letters = read_hashes(sections, &mut index);
        let mut intake = Intake::reopened(ledger, origins, letters);
        if let Some(section) = sections.optional("repeats") {
            let repeats = heads::read_repeats(section);
            intake.reopen_segment(repeats.map_err(|Inconsistent| inconsistent("repeats"))?);
        }
        let layers = file.shared(LAYERS).ok();
        Ok(SavedIndex {
            index,
            intake,
            layers,
        })
    }
}

/// What of the pages does not stand in the index at once.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// Where they come from.
    origins: Origins,
    /// How lines of the ledger follow from them.
    told: Vec<Option<Told>>,
    /// How the streams of their texts are to be cut.
    pub(super) cuts: [ChunkCuts; 2],
}

/// Reads the pages with their units into an index without any; words, postings and the streams of texts are not there yet.
pub(super) fn read_pages(
    sections: Sections<'_>,
    index: &mut Index,
) -> Result<Pages, IndexFileError> {
    let (pages, fingerprint) = read_corpus(sections)?;
    let within = |name: &'static str| move |Inconsistent| inconsistent(name);
    let shapes = units::read(sections.section("units")?, pages, index);
    let shapes = shapes.map_err(within("units"))?;
    let (blocks, gap_words) = (sections.section("blocks")?, sections.section("gap-words")?);
    let tokens = shapes.iter().map(|shape| shape.tokens);
    let blocks = texts::read(blocks, gap_words, tokens, index);
    let (blocks, cuts) = blocks.map_err(within("blocks"))?;
    let texts = blocks.iter().zip(&shapes);
    let texts = texts.map(|((_, bytes), shape)| (*bytes, shape.tokens));
    let heads = heads::read(sections.section("pages")?, texts);
    let (heads, origins) = heads.map_err(|_| inconsistent("pages"))?;
    let mut told = Vec::with_capacity(heads.len());
    for ((shape, (blocks, _)), read) in shapes.into_iter().zip(blocks).zip(heads) {
        if read.head.articles.len() != shape.articles.len() {
            return Err(inconsistent("pages"));
        }
        told.push(read.told);
        let page = index.push_page(PlacedPage {
            head: read.head,
            bundled: read.bundled,
            words_by_group: read.words_by_group,
            tokens: shape.tokens,
            articles: shape.articles,
            blocks,
        });
        index.index_digest(page);
    }
    index.stated_fingerprint = Some(fingerprint);
    Ok(Pages {
        origins,
        told,
        cuts,
    })
}

/// Gives the texts their streams, which live on.
pub(super) fn set_streams(
    index: &mut Index,
    cuts: [ChunkCuts; 2],
    file: &FileReader,
) -> Result<(), IndexFileError> {
    let (forms, gaps) = (file.shared("forms")?, file.shared("gaps")?);
    let set = index.text.set_streams(cuts, &forms, &gaps);
    set.ok_or_else(|| inconsistent("blocks"))
}

/// The hashes of letters, where a file has them; with them come whole digests.
pub(super) fn read_hashes(sections: Sections<'_>, index: &mut Index) -> Vec<u64> {
    let hashes = sections.optional(HASHES);
    hashes.map_or_else(Vec::new, |section| heads::read_hashes(section, index))
}
