//! The pages of a file that is open, read when one of them is first looked at.

use super::ledger::Told;
use super::page_codes::PageCodes;
use super::page_columns::{IDS, MARKS, TOGETHER, mark};
use super::page_reader::{PageColumns, ReadPage};
use crate::index::PageHead;
use crate::index::coding::bytes::Bytes;
use crate::parse::frame::FrameError;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// What the rest of a file tells of a page.
#[derive(Clone, Copy, Debug)]
pub(in crate::index) struct PageSize {
    /// Bytes and tokens of its text.
    pub(in crate::index) text: (u32, u32),
    pub(in crate::index) articles: usize,
}

/// What is known of the pages of a file.
#[derive(Debug)]
pub(crate) struct FileHeads {
    section: Bytes,
    codes: PageCodes,
    columns: PageColumns,
    sizes: Vec<PageSize>,
    /// Neighbouring pages, once one of them was looked at.
    read: Vec<OnceLock<Vec<ReadPage>>>,
    is_faulty: AtomicBool,
}

impl FileHeads {
    /// Of the section of pages, in which the columns stand there.
    pub(super) fn new(
        section: Bytes,
        codes: PageCodes,
        columns: PageColumns,
        sizes: Vec<PageSize>,
    ) -> Result<Self, FrameError> {
        let ids = columns.column(&section, IDS).as_chunks::<8>();
        let marks = columns.column(&section, MARKS);
        if (ids.0.len(), ids.1.len(), marks.len()) != (sizes.len(), 0, sizes.len()) {
            return Err(FrameError);
        }
        let mut read = Vec::new();
        read.resize_with(sizes.len().div_ceil(TOGETHER), OnceLock::new);
        Ok(Self {
            section,
            codes,
            columns,
            sizes,
            read,
            is_faulty: AtomicBool::new(false),
        })
    }

    /// The number that the id of a page is the hex digits of.
    pub(in crate::index) fn key(&self, page: u32) -> u64 {
        let (ids, _) = self.columns.column(&self.section, IDS).as_chunks::<8>();
        let id = ids.get(page as usize);
        id.map_or(0, |id| u64::from_be_bytes(*id))
    }

    /// What is known of a page.
    pub(in crate::index) fn head(&self, page: u32) -> Option<&PageHead> {
        self.page(page).map(|read| &read.head)
    }

    /// The pages whose line of the ledger follows from them.
    pub(super) fn told(&self) -> impl Iterator<Item = u32> + '_ {
        let marks = self.columns.column(&self.section, MARKS);
        let pages = (0u32..).zip(marks);
        pages.filter_map(|(page, &marks)| (marks & mark::LINE != 0).then_some(page))
    }

    /// A page with its words, and how its line of the ledger follows from it.
    pub(super) fn line(&self, page: u32) -> Option<(&PageHead, u32, Told)> {
        let (_, words) = self.sizes.get(page as usize)?.text;
        let read = self.page(page)?;
        Some((&read.head, words, read.told?))
    }

    /// Reads whatever was not looked at.
    pub(in crate::index) fn read_all(&self) {
        (0..self.read.len()).for_each(|block| {
            self.block(block);
        });
    }

    /// Whether something was looked at that does not fit together: nothing is known of it.
    pub(in crate::index) fn is_faulty(&self) -> bool {
        self.is_faulty.load(Ordering::Relaxed)
    }

    /// Notes that something does not fit together, and gives nothing in its place.
    pub(super) fn note_fault<T: Default>(&self) -> T {
        self.is_faulty.store(true, Ordering::Relaxed);
        T::default()
    }

    fn page(&self, page: u32) -> Option<&ReadPage> {
        let page = page as usize;
        self.block(page / TOGETHER)?.get(page % TOGETHER)
    }

    fn block(&self, block: usize) -> Option<&Vec<ReadPage>> {
        let read = || {
            let read = self.read_block(block);
            read.unwrap_or_else(|FrameError| self.note_fault())
        };
        Some(self.read.get(block)?.get_or_init(read))
    }

    fn read_block(&self, block: usize) -> Result<Vec<ReadPage>, FrameError> {
        let sizes = self.sizes.chunks(TOGETHER).nth(block).unwrap_or_default();
        let texts: Vec<(u32, u32)> = sizes.iter().map(|size| size.text).collect();
        let pages = self
            .columns
            .pages(&self.section, &self.codes, block, &texts)?;
        let mut both = pages.iter().zip(sizes);
        let fits = both.all(|(page, size)| page.head.articles.len() == size.articles);
        fits.then_some(pages).ok_or(FrameError)
    }
}
