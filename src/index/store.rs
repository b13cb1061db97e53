//! The index itself: pages, streams, postings, lens views.

use super::bits::Bits;
use super::{FormId, LensView, Lexicon, Postings};
use crate::analysis::Lens;
use crate::parse::{Page, PartGroup, Role};
use crate::text::ByteSpan;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::ops::Range;

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

/// A page with its place in the stream.
#[derive(Clone, Debug)]
pub struct IndexedPage {
    /// The page as read.
    pub page: Page,
    /// Came with the explorer rather than from the reader.
    pub bundled: bool,
    /// Its positions.
    pub positions: Range<u32>,
    /// Numbers of its articles among all articles.
    pub articles: Range<u32>,
    /// Tokens by family of parts.
    pub words_by_group: Vec<(PartGroup, u32)>,
}

/// Pages, their token streams, and the views and postings made from them.
#[derive(Clone, Debug, Default)]
pub struct Index {
    pub(super) pages: Vec<IndexedPage>,
    pub(super) by_digest: FxHashMap<[u8; 32], PageId>,
    pub(super) articles: Vec<ArticleRef>,
    pub(super) runs: Vec<Run>,
    pub(super) lexicon: Lexicon,
    /// Form of each position.
    pub(super) stream: Vec<FormId>,
    /// Byte where each position starts in the text of its page.
    pub(super) starts: Vec<u32>,
    /// Positions that begin a part: no phrase runs across one.
    pub(super) part_starts: Bits,
    /// Positions that begin a sentence.
    pub(super) sentence_starts: Bits,
    postings: Postings,
    views: Vec<LensView>,
    is_fresh: bool,
}

impl Index {
    /// Adds a page. Postings and views follow at the next [`Index::refresh`].
    ///
    /// Returns the number of the page that has the same source bytes, if there is one already.
    pub fn add(&mut self, page: Page, bundled: bool) -> Result<PageId, PageId> {
        if let Some(&same) = self.by_digest.get(&page.digest) {
            return Err(same);
        }
        let id = PageId(number(self.pages.len()));
        let first_position = number(self.stream.len());
        let first_article = number(self.articles.len());
        for (index, article) in page.articles.iter().enumerate() {
            self.articles.push(ArticleRef {
                page: id,
                index,
                role: article.role,
                tokens: 0,
            });
        }
        self.by_digest.insert(page.digest, id);
        let words_by_group = self.add_tokens(&page, first_article);
        let positions = first_position..number(self.stream.len());
        let articles = first_article..number(self.articles.len());
        self.pages.push(IndexedPage {
            page,
            bundled,
            positions,
            articles,
            words_by_group,
        });
        self.is_fresh = false;
        Ok(id)
    }

    /// Brings postings and lens views up to date with the pages.
    pub fn refresh(&mut self) {
        if self.is_fresh {
            return;
        }
        self.postings = Postings::invert(&self.stream, self.lexicon.len());
        self.views = LensView::all(&self.lexicon).into();
        self.is_fresh = true;
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

    /// A page by number.
    #[must_use]
    pub fn page(&self, id: PageId) -> Option<&IndexedPage> {
        self.pages.get(id.0 as usize)
    }

    /// The page whose id, the first 16 hex digits of its digest, this is.
    #[must_use]
    pub fn page_by_id(&self, id: &str) -> Option<PageId> {
        let prefix = u64::from_str_radix(id, 16)
            .ok()
            .filter(|_| id.len() == 16)?
            .to_be_bytes();
        let place = self
            .pages
            .iter()
            .position(|page| page.page.digest.starts_with(&prefix))?;
        Some(PageId(number(place)))
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

    /// The postings, as of the last refresh.
    #[must_use]
    pub fn postings(&self) -> &Postings {
        &self.postings
    }

    /// The view of a lens, as of the last refresh.
    #[must_use]
    pub fn view(&self, lens: Lens) -> Option<&LensView> {
        self.views.iter().find(|view| view.lens() == lens)
    }

    /// Form of each position.
    #[must_use]
    pub fn stream(&self) -> &[FormId] {
        &self.stream
    }

    /// Forms of a page's tokens.
    #[must_use]
    pub fn tokens(&self, page: PageId) -> &[FormId] {
        let positions = self.page(page).map_or(0..0, |p| p.positions.clone());
        self.stream
            .get(positions.start as usize..positions.end as usize)
            .unwrap_or_default()
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

    /// Bytes of a position in the text of its page.
    #[must_use]
    pub fn span_at(&self, position: u32) -> ByteSpan {
        let start = self
            .starts
            .get(position as usize)
            .copied()
            .unwrap_or_default() as usize;
        let form = self
            .stream
            .get(position as usize)
            .map_or("", |&form| self.lexicon.form(form));
        ByteSpan::new(start, start + form.len())
    }

    /// Whether a part begins at a position.
    #[must_use]
    pub fn begins_part(&self, position: u32) -> bool {
        self.part_starts.contains(position as usize)
    }

    /// Whether a sentence begins at a position.
    #[must_use]
    pub fn begins_sentence(&self, position: u32) -> bool {
        self.sentence_starts.contains(position as usize)
    }

    /// SHA-256 of the sorted digests of all pages, in hex: the same texts give
    /// the same fingerprint in whatever order they were added.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        // Slices, not arrays: comparing arrays of known length is inlined at
        // every step of the sort and costs 70 kB of code.
        let mut digests: Vec<&[u8]> = self
            .pages
            .iter()
            .map(|page| page.page.digest.as_slice())
            .collect();
        digests.sort();
        let mut hasher = Sha256::new();
        for digest in digests {
            hasher.update(digest);
        }
        hasher
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
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
    fn spans_lead_back_to_the_forms() {
        let index = index(
            &["قال بوتين إن روسيا، كوريا.", "", "كيم قاتـ.ل 12"]
                .map(|t| if t.is_empty() { "…" } else { t }),
        );
        for position in 0..number(index.stream().len()) {
            let page = index.page(index.page_at(position)).expect("a page");
            let form = index.lexicon().form(index.stream()[position as usize]);
            assert_eq!(index.span_at(position).of(&page.page.text), form);
        }
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
