//! What an index holds in memory, section by section.

use super::store::{ArticleRef, Index, Run};
use super::{IndexedPage, PageHead, Postings, Views};

impl Index {
    /// The sections of the index with their sizes in bytes, largest things first
    /// where they belong together. Space kept for growth counts.
    #[must_use]
    pub fn memory(&self) -> Vec<(&'static str, usize)> {
        let text = self.text.sizes();
        let postings = self.postings().iter().map(Postings::sizes);
        let (mut documents, mut places, mut directory) = (0, 0, 0);
        for sizes in postings {
            documents += sizes.documents;
            places += sizes.places;
            directory += sizes.directory;
        }
        vec![
            ("text: forms", text.forms),
            ("text: gaps", text.gaps + self.gap_classes.capacity()),
            ("text: blocks", text.blocks),
            ("postings: units", documents),
            ("postings: places", places),
            ("postings: directory", directory),
            ("lexicon", self.lexicon.memory()),
            ("views", self.views().map_or(0, Views::memory)),
            ("pages", self.page_memory()),
            (
                "units and runs",
                self.units.memory()
                    + self.runs.capacity() * size_of::<Run>()
                    + self.articles.capacity() * size_of::<ArticleRef>()
                    + self.part_starts.capacity() * 4,
            ),
        ]
    }

    /// Names, digests, parts and articles of the pages.
    pub(super) fn page_memory(&self) -> usize {
        let outside = |page: &IndexedPage| {
            let head = &page.page;
            size_of::<PageHead>()
                + head.name.len()
                + head.parts.memory()
                + head.articles.memory()
                + size_of_val(&*head.words_by_group)
        };
        let inside = self.pages.capacity() * size_of::<IndexedPage>();
        inside + self.pages.iter().map(outside).sum::<usize>()
    }
}
