//! Hashes of the letters of pages, by which copies are told.

use crate::index::PageId;
use crate::index::coding::growth::add;
use crate::index::pages::page_table::PageTable;
use crate::index::store::number;

/// The hash of the folded letters of each page; 0 of those that have few.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownLetters {
    hashes: Vec<u64>,
    /// By its hash, the first page that has it.
    pages: PageTable,
    /// How many pages can be found by their hashes.
    compared: usize,
}

impl KnownLetters {
    /// The hash of each page; none yet of the last pages of an opened file.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The hash of a page, 0 where it is not known.
    pub(super) fn of(&self, page: PageId) -> u64 {
        hash_of(&self.hashes, page)
    }

    /// Adds the next page.
    pub(super) fn push(&mut self, hash: u64) {
        add(&mut self.hashes, hash);
    }

    /// Lets all pages be found.
    pub(super) fn compare_all(&mut self) {
        let hashes = &self.hashes;
        // By numbers: passing over those that were compared takes no time.
        for page in (self.compared..hashes.len()).map(|at| PageId(number(at))) {
            if hash_of(hashes, page) != 0 {
                self.pages.insert(page, &|page| hash_of(hashes, page));
            }
        }
        self.compared = hashes.len();
    }

    /// The first page that has a hash, of those that can be found.
    pub(super) fn first_page(&self, hash: u64) -> Option<PageId> {
        self.pages.get(hash, &|page| self.of(page))
    }
}

fn hash_of(hashes: &[u64], page: PageId) -> u64 {
    hashes.get(page.0 as usize).copied().unwrap_or_default()
}

impl From<Vec<u64>> for KnownLetters {
    fn from(hashes: Vec<u64>) -> Self {
        Self {
            hashes,
            ..Self::default()
        }
    }
}
