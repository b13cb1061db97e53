//! Opening an index file while its bytes come: what is decoded stands in front, and is decoded while the rest is on its way.

use super::container::{FileArrival, FileReader, Sections};
use super::error::Inconsistent;
use super::file_heads::{FileHeads, PageSize};
use super::ledger::FileSources;
use super::postings::{self, ListStarts};
use super::{
    HASHES, IndexFileError, LAYERS, SECTIONS, SavedIndex, heads, inconsistent, lexicon,
    read_corpus, texts,
    units::{self, PageShape},
};
use crate::index::coding::chunks::ChunkCuts;
use crate::index::merge::merge;
use crate::index::pages::late_head::LateHead;
use crate::index::pages::origins::Origins;
use crate::index::pages::placed::PlacedPage;
use crate::index::{Index, Intake};
use std::ops::Range;
use std::sync::Arc;

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
        let saved = self.open_late()?;
        saved.intake.check(&saved.index)?;
        Ok(saved)
    }

    /// The same, but pages are read when they are first looked at: whether they fit together is told then
    /// by [`Index::check_seen_pages`].
    ///
    /// # Errors
    /// [`IndexFileError`] when the file is damaged, of a later version, or none.
    pub fn open_late(self) -> Result<SavedIndex, IndexFileError> {
        let saved = self.finish()?;
        if !saved.intake.is_segment() {
            return Ok(saved);
        }
        saved.intake.check(&saved.index)?;
        Ok(merge(vec![saved]))
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
        let (heads, origins) = self.pages.place(&file, &mut index)?;
        let lists = [file.shared("postings")?, file.shared("places")?];
        let postings = self.lists.with_lists(index.units.len(), lists);
        index.postings = vec![postings.map_err(|Inconsistent| inconsistent("lists"))?];
        index.is_fresh = true;
        let sources = FileSources {
            section: file.shared("ledger")?,
            heads,
            origins,
            nested: None,
        };
        let letters = read_hashes(sections, &mut index);
        let mut intake = Intake::reopened(sources, letters);
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

/// How the pages are laid out, whose texts and heads are not there yet.
#[derive(Debug, Default)]
pub(super) struct Pages {
    fingerprint: String,
    shapes: Vec<PageShape>,
    /// Blocks and bytes of their texts.
    texts: Vec<(Range<u32>, u32)>,
    /// How the streams of the texts are to be cut.
    cuts: [ChunkCuts; 2],
}

/// Reads how the pages are laid out, with their units, into an index without any.
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
    let texts = texts::read(blocks, gap_words, tokens, index);
    let (texts, cuts) = texts.map_err(within("blocks"))?;
    Ok(Pages {
        fingerprint,
        shapes,
        texts,
        cuts,
    })
}

impl Pages {
    /// Adds the pages of a file, all of which is there, and gives the texts their streams, which live on.
    pub(super) fn place(
        self,
        file: &FileReader,
        index: &mut Index,
    ) -> Result<(Arc<FileHeads>, Origins), IndexFileError> {
        let both = self.shapes.iter().zip(&self.texts);
        let sizes = both.map(|(shape, (_, bytes))| PageSize {
            text: (*bytes, shape.tokens),
            articles: shape.articles.len(),
        });
        let read = heads::read(&file.shared("pages")?, sizes.collect());
        let (heads, origins) = read.map_err(|_| inconsistent("pages"))?;
        let heads = Arc::new(heads);
        let pages = self.shapes.into_iter().zip(self.texts);
        for (number, (shape, (blocks, _))) in (0..).zip(pages) {
            let page = index.push_page(PlacedPage {
                head: LateHead::in_file(&heads, number),
                tokens: shape.tokens,
                articles: shape.articles,
                blocks,
            });
            index.index_digest(page);
        }
        index.stated_fingerprint = Some(self.fingerprint);
        index.file_heads = Some(Arc::clone(&heads));
        let (forms, gaps) = (file.shared("forms")?, file.shared("gaps")?);
        let set = index.text.set_streams(self.cuts, &forms, &gaps);
        set.ok_or_else(|| inconsistent("blocks"))?;
        Ok((heads, origins))
    }
}

impl Index {
    /// Reads the pages of a file that were not looked at yet.
    ///
    /// # Errors
    /// [`IndexFileError`] where they do not fit together.
    pub fn check_pages(&self) -> Result<(), IndexFileError> {
        self.file_heads.iter().for_each(|heads| heads.read_all());
        self.check_seen_pages()
    }

    /// Whether those fit together that were looked at: what was answered with others counts for nothing.
    ///
    /// # Errors
    /// [`IndexFileError`] where they do not.
    pub fn check_seen_pages(&self) -> Result<(), IndexFileError> {
        match &self.file_heads {
            Some(heads) if heads.is_faulty() => Err(inconsistent("pages")),
            _ => Ok(()),
        }
    }
}

/// The hashes of letters, where a file has them; with them come whole digests.
pub(super) fn read_hashes(sections: Sections<'_>, index: &mut Index) -> Vec<u64> {
    let hashes = sections.optional(HASHES);
    hashes.map_or_else(Vec::new, |section| heads::read_hashes(section, index))
}
