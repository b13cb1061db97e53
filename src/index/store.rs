//! The index itself: pages, streams, postings, lens views.

use super::coding::growth::{add, grow_for};
use super::file::file_heads::FileHeads;
use super::pages::documents::ScopeTotals;
use super::pages::page_table::PageTable;
use super::parts::Parts;
use super::room::Room;
use super::texts::gap_class::GapClass;
use super::texts::text_store::TextStore;
use super::texts::tokens::TokenBlock;
use super::{IndexedPage, Lexicon, PageHead, Postings, Units, Views};
use crate::parse::{Page, Role, hex, id_bytes};
use crate::sorting::Arrange;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Number of a page, in the order pages were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

/// Field of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Its title.
    Title,
    /// Its running text.
    Body,
}

/// Neighbouring positions that belong to one part of one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// First position.
    pub start: u32,
    /// One past the last position.
    pub end: u32,
    /// Number of the article among all articles.
    pub article: u32,
    /// Title or body.
    pub field: Field,
}

/// Where an article is and how long.
#[derive(Clone, Copy, Debug)]
pub struct ArticleRef {
    /// Its page.
    pub page: PageId,
    /// Its place among the articles of the page.
    pub index: usize,
    /// Main or embedded.
    pub role: Role,
    /// Tokens of title and body.
    pub tokens: u32,
}

/// Pages, their token streams, and the views and postings made from them.
#[derive(Clone, Debug, Default)]
pub struct Index {
    pub(super) pages: Vec<IndexedPage>,
    /// By the first eight bytes of its digest, which are its id; in an index in parts [`Parts`] knows.
    pub(super) by_digest: PageTable,
    pub(super) articles: Vec<ArticleRef>,
    pub(super) runs: Vec<Run>,
    pub(super) lexicon: Lexicon,
    /// The texts, and with them the form of each position.
    pub(super) text: TextStore,
    /// Of the text that is being added.
    pub(super) block: TokenBlock,
    /// Beside each distinct gap.
    pub(super) gap_classes: Vec<GapClass>,
    pub(super) token_count: u32,
    /// Positions that begin a part: no phrase runs across one.
    pub(super) part_starts: Vec<u32>,
    pub(super) units: Units,
    pub(super) totals: ScopeTotals,
    /// Postings of neighbouring units, in order.
    pub(super) postings: Vec<Postings>,
    pub(super) views: Option<Views>,
    pub(super) is_fresh: bool,
    /// The fingerprint as the file tells it that the pages are from, until others are added.
    pub(super) stated_fingerprint: Option<String>,
    /// Of an index in parts: what is there of it.
    pub(super) parts: Option<Box<Parts>>,
    /// Of an index that was opened: what is known of its pages.
    pub(super) file_heads: Option<Arc<FileHeads>>,
    pub(super) room: Room,
}

impl Index {
    /// Adds a page. Postings and views follow at the next [`Index::refresh`].
    ///
    /// Returns the number of the page that has the same source bytes, if there is one already.
    pub fn add(&mut self, page: Page, bundled: bool) -> Result<PageId, PageId> {
        if let Some(same) = self.page_with_digest(&page.digest) {
            return Err(same);
        }
        self.learn_digests();
        let id = PageId(number(self.pages.len()));
        let (first_position, first_block) = (self.token_count, self.text.blocks());
        let first_article = number(self.articles.len());
        for (index, article) in page.articles.iter().enumerate() {
            let article = ArticleRef {
                page: id,
                index,
                role: article.role,
                tokens: 0,
            };
            add(&mut self.articles, article);
        }
        let words_by_group = self.add_tokens(&page, first_article).into();
        let head = PageHead {
            bundled,
            words_by_group,
            ..page.into()
        };
        grow_for(&mut self.pages, 1);
        self.pages.push(IndexedPage {
            page: head.into(),
            number: id,
            positions: first_position..self.token_count,
            articles: first_article..number(self.articles.len()),
            blocks: first_block..self.text.blocks(),
        });
        self.index_digest(id);
        let (tokens, articles) = (
            self.token_count - first_position,
            self.articles.len() - first_article as usize,
        );
        let units = self.units.of_page(id.0).len();
        self.totals.add_page(tokens, articles, units);
        for article in self.articles.iter().skip(first_article as usize) {
            self.totals.add_article(article.role, article.tokens);
        }
        self.is_fresh = false;
        Ok(id)
    }

    /// The page whose source bytes have this SHA-256.
    pub(super) fn page_with_digest(&self, digest: &[u8; 32]) -> Option<PageId> {
        self.page_with_key(digest_key(digest))
    }

    fn page_with_key(&self, key: u64) -> Option<PageId> {
        let pages = &self.pages;
        self.by_digest.get(key, &|page| digest_key_of(pages, page))
    }

    /// Lets a page be found by its digest.
    pub(super) fn index_digest(&mut self, page: PageId) {
        let pages = &self.pages;
        self.by_digest
            .insert(page, &|page| digest_key_of(pages, page));
    }

    /// Brings postings and lens views up to date with the pages.
    ///
    /// New pages get postings of their own. Earlier ones are made anew
    /// together with them once they are no more than twice as many, so that
    /// adding page after page costs n log n in all.
    pub fn refresh(&mut self) {
        if self.is_fresh {
            return;
        }
        if self.parts.is_some() {
            self.refresh_parts();
            return;
        }
        self.shrink();
        let end = self.units.len();
        let (kept, start) = self.postings_to_keep(end);
        self.postings.truncate(kept);
        // Making views takes as much memory as making postings: what it gives back, postings take, what is sorted for them in
        // pieces.
        self.views = None;
        self.views = Some(Views::new(&self.lexicon));
        if start < end {
            let postings = self.invert(start..end);
            self.postings.push(postings);
        }
        self.is_fresh = true;
    }

    /// How many of the postings stay when those of the units up to `end` are made, and the first unit of those.
    pub(super) fn postings_to_keep(&self, end: u32) -> (usize, u32) {
        let mut kept = self.postings.len();
        let mut start = self.postings.last().map_or(0, |last| last.units().end);
        for last in self.postings.iter().rev().map(Postings::units) {
            if last.len() > 2 * (end - start) as usize {
                break;
            }
            (kept, start) = (kept - 1, last.start);
        }
        (kept, start)
    }

    /// Gives memory back that was kept for growth.
    fn shrink(&mut self) {
        self.lexicon.shrink();
        self.text.shrink();
        self.block = TokenBlock::default();
        self.units.shrink();
        self.pages.shrink_to_fit();
        self.articles.shrink_to_fit();
        self.runs.shrink_to_fit();
        self.part_starts.shrink_to_fit();
    }

    /// Whether postings and views are up to date.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.is_fresh
    }

    /// Pages in the order they were added.
    #[must_use]
    pub fn pages(&self) -> &[IndexedPage] {
        &self.pages
    }

    /// A page by number. In an index in parts nothing is known of one whose part is not there but its positions.
    #[must_use]
    pub fn page(&self, id: PageId) -> Option<&IndexedPage> {
        self.want_page(id);
        self.pages.get(id.0 as usize)
    }

    /// The page whose id, the first 16 hex digits of its digest, this is.
    #[must_use]
    pub fn page_by_id(&self, id: &str) -> Option<PageId> {
        let id = u64::from_be_bytes(id_bytes(id)?);
        let known = match &self.parts {
            Some(parts) => parts.page_by_id(id),
            None => self.page_with_key(id),
        };
        if known.is_none() {
            self.want_id(id);
        }
        known
    }

    /// Articles in page order.
    #[must_use]
    pub fn articles(&self) -> &[ArticleRef] {
        &self.articles
    }

    /// Runs of article text, by position.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The distinct forms.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The postings, as of the last refresh: those of neighbouring units, in order.
    #[must_use]
    pub fn postings(&self) -> &[Postings] {
        &self.postings
    }

    /// The lexicon as the lenses see it, as of the last refresh.
    #[must_use]
    pub fn views(&self) -> Option<&Views> {
        self.views.as_ref()
    }

    /// What postings count occurrences in.
    #[must_use]
    pub fn units(&self) -> &Units {
        &self.units
    }

    /// Number of running words.
    #[must_use]
    pub fn token_count(&self) -> u32 {
        self.token_count
    }

    /// The page that a position belongs to.
    #[must_use]
    pub fn page_at(&self, position: u32) -> PageId {
        let after = self
            .pages
            .partition_point(|page| page.positions.start <= position);
        // Pages without tokens share their start with the next page; the last
        // page that starts here and is not empty holds the position.
        PageId(number(after.saturating_sub(1)))
    }

    /// Whether a part begins at a position.
    #[must_use]
    pub fn begins_part(&self, position: u32) -> bool {
        self.part_starts.binary_search(&position).is_ok()
    }

    /// The start of the part that a position is in.
    #[must_use]
    pub fn part_start(&self, position: u32) -> Option<u32> {
        let after = self.part_starts.partition_point(|&start| start <= position);
        self.part_starts.get(after.checked_sub(1)?).copied()
    }

    /// The first position from `position` on that begins a part.
    #[must_use]
    pub fn next_part(&self, position: u32) -> Option<u32> {
        let place = self.part_starts.partition_point(|&start| start < position);
        self.part_starts.get(place).copied()
    }

    /// SHA-256 of the sorted digests of all pages, in hex: the same texts give
    /// the same fingerprint in whatever order they were added.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        if let Some(stated) = &self.stated_fingerprint {
            return stated.clone();
        }
        // Slices, not arrays: comparing arrays of known length is inlined at
        // every step of the sort and costs 70 kB of code.
        let mut digests: Vec<&[u8]> = self
            .pages
            .iter()
            .map(|page| page.page.digest.as_slice())
            .collect();
        digests.arrange();
        let mut hasher = Sha256::new();
        for digest in digests {
            hasher.update(digest);
        }
        hex(&hasher.finalize())
    }
}

/// A page is known by the first eight bytes of its digest, which are its id.
pub(super) fn digest_key(digest: &[u8; 32]) -> u64 {
    let prefix = digest.first_chunk::<8>().copied();
    u64::from_be_bytes(prefix.unwrap_or_default())
}

/// The same of a page by its number.
fn digest_key_of(pages: &[IndexedPage], page: PageId) -> u64 {
    let page = pages.get(page.0 as usize);
    page.map_or(0, |page| page.page.key())
}

pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(pages: &[&str]) -> Index {
        let mut index = Index::default();
        for (i, text) in pages.iter().enumerate() {
            let page = Page::read(&format!("{i}.txt"), text.as_bytes()).expect("text");
            index.add(page, false).expect("new");
        }
        index.refresh();
        index
    }

    #[test]
    fn a_page_is_taken_once_and_order_does_not_change_the_fingerprint() {
        let (first, second) = ("قال بوتين إن روسيا.", "قال كيم إن كوريا.");
        let mut one = index(&[first, second]);
        assert_eq!(one.fingerprint(), index(&[second, first]).fingerprint());
        let again = Page::read("copy.txt", first.as_bytes()).expect("text");
        assert_eq!(one.add(again, false), Err(PageId(0)));
    }
}
