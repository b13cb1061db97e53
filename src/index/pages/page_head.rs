//! What an index keeps of a page beside its tokens.

use super::late_head::LateHead;
use crate::index::store::{Index, PageId, digest_key, number};
use crate::index::{PageArticles, PageParts};
use crate::parse::ledger::Taken;
use crate::parse::{Encoding, Facts, Given, Page, Part, PartGroup, ReadWarning};
use crate::text::ByteSpan;
use sha2::{Digest, Sha256};
use std::num::NonZeroUsize;
use std::ops::Range;

/// A page without its text, which [`Index::text`](crate::index::Index::text) restores.
#[derive(Clone, Debug)]
pub struct PageHead {
    /// File name, as given.
    pub name: Box<str>,
    /// SHA-256 of the source bytes; of a page from a file that tells no more of it the first eight bytes, and zeros.
    pub(in crate::index) digest: [u8; 32],
    /// Size of the source in bytes, where the source is not the text itself.
    pub(in crate::index) own_source: Option<NonZeroUsize>,
    /// Encoding it was read in.
    pub encoding: Encoding,
    /// What the reader should know although it was read.
    pub warning: Option<Box<ReadWarning>>,
    /// Length of the text in bytes.
    pub text_bytes: u32,
    /// Every byte of the text, in order, each in exactly one part.
    pub parts: PageParts,
    /// The articles, in order; the place in this list is their number less one.
    pub articles: PageArticles,
    /// What came with the text; of most pages nothing.
    pub(in crate::index) given: Option<Box<Given>>,
    /// Came with the explorer rather than from the reader.
    pub bundled: bool,
    /// Tokens by family of parts.
    pub words_by_group: Box<[(PartGroup, u32)]>,
}

/// What comes with most texts.
static NOTHING: Given = Given::NOTHING;

impl PageHead {
    /// Of a page of which nothing is known.
    pub(in crate::index) fn unknown() -> Self {
        Self {
            name: Box::default(),
            digest: [0; 32],
            own_source: None,
            encoding: Encoding::Utf8,
            warning: None,
            text_bytes: 0,
            parts: PageParts::default(),
            articles: PageArticles::default(),
            given: None,
            bundled: false,
            words_by_group: Box::default(),
        }
    }

    /// First 16 hex digits of the SHA-256 of the source bytes.
    #[must_use]
    pub fn id(&self) -> String {
        Page::id_of(&self.digest)
    }

    /// Id of the article at `index`: the page's id, `.`, its number from 1.
    #[must_use]
    pub fn article_id(&self, index: usize) -> String {
        format!("{}.{}", self.id(), index + 1)
    }

    /// The number that the id is the hex digits of.
    #[must_use]
    pub fn key(&self) -> u64 {
        digest_key(&self.digest)
    }

    /// Size of the source, in bytes.
    #[must_use]
    pub fn source_bytes(&self) -> usize {
        self.own_source
            .map_or(self.text_bytes as usize, NonZeroUsize::get)
    }

    /// Whether only the first bytes of the digest are known: the others are worked out of the text.
    pub(in crate::index) fn lacks_digest(&self) -> bool {
        self.own_source.is_none() && self.digest.ends_with(&[0; 24])
    }

    /// What came with the text; it speaks of the main article.
    #[must_use]
    pub fn given(&self) -> &Given {
        self.given.as_deref().unwrap_or(&NOTHING)
    }

    /// Gives the page the fields that it lacks; says whether it got any.
    pub(in crate::index) fn complete(&mut self, given: &Given) -> bool {
        !given.is_empty() && self.given.get_or_insert_default().complete_from(given)
    }

    /// What became of its text, which has so many words; it may stand on another page too.
    pub(in crate::index) fn taken(&self, words: u32, also_at: Option<String>) -> Taken {
        Taken::Added {
            page: self.id(),
            articles: self.articles.len(),
            words,
            warning: self.warning.as_deref().map(ReadWarning::code),
            also_at,
        }
    }

    /// The parts of the article at `index`.
    pub fn parts_of(&self, index: usize) -> impl Iterator<Item = Part> {
        let parts = self.parts.iter();
        parts.filter(move |part| part.article == Some(index))
    }
}

impl From<Page> for PageHead {
    fn from(page: Page) -> Self {
        Self {
            name: page.name.into(),
            digest: page.digest,
            own_source: NonZeroUsize::new(page.source_bytes.max(1)).filter(|_| !page.is_source),
            encoding: page.encoding,
            warning: page.warning.map(Box::new),
            text_bytes: u32::try_from(page.text.len()).unwrap_or(u32::MAX),
            parts: page.parts.into_iter().collect(),
            articles: page.articles.into_iter().collect(),
            given: (!page.given.is_empty()).then(|| Box::new(page.given)),
            bundled: false,
            words_by_group: Box::default(),
        }
    }
}

/// A page with its place in the stream.
#[derive(Clone, Debug)]
pub struct IndexedPage {
    /// The page as read, without its text.
    pub page: LateHead,
    /// Its number.
    pub number: PageId,
    /// Its positions.
    pub positions: Range<u32>,
    /// Numbers of its articles among all articles.
    pub articles: Range<u32>,
    /// Its blocks in the store of texts.
    pub(in crate::index) blocks: Range<u32>,
}

impl IndexedPage {
    /// What became of its text; it may stand on another page too.
    pub(in crate::index) fn taken(&self, also_at: Option<String>) -> Taken {
        let words = self.positions.end - self.positions.start;
        self.page.taken(words, also_at)
    }
}

impl Index {
    /// A page as it was read, its text restored.
    #[must_use]
    pub fn restored_page(&self, page: &IndexedPage) -> Page {
        let head = &page.page;
        Page {
            name: head.name.to_string(),
            digest: head.digest,
            source_bytes: head.source_bytes(),
            is_source: head.own_source.is_none(),
            encoding: head.encoding,
            warning: head.warning.as_deref().cloned(),
            text: self.text(page.number),
            parts: head.parts.iter().collect(),
            articles: head.articles.iter().collect(),
            given: head.given().clone(),
        }
    }

    /// Works out of the texts what a file did not tell of the digests of its pages: what other pages are added to
    /// has a fingerprint of its own.
    pub(in crate::index) fn learn_digests(&mut self) {
        if self.stated_fingerprint.take().is_some() {
            // Whoever adds a page has seen to it that all of them make sense.
            self.file_heads = None;
            for page in (0..number(self.pages.len())).map(PageId) {
                if self
                    .pages
                    .get(page.0 as usize)
                    .is_some_and(|page| page.page.lacks_digest())
                {
                    self.learned_text(page);
                }
            }
        }
    }

    /// The text of a page, of which the digest is known from now on.
    pub(in crate::index) fn learned_text(&mut self, page: PageId) -> String {
        let text = self.text(page);
        if let Some(page) = self.pages.get_mut(page.0 as usize)
            && page.page.lacks_digest()
            && let Some((_, rest)) = page.page.digest.split_first_chunk_mut::<8>()
        {
            let digest = Sha256::digest(&text);
            rest.copy_from_slice(digest.get(8..).unwrap_or_default());
        }
        text
    }

    /// What is known of the articles of a page.
    pub fn facts<'p>(&'p self, page: &'p IndexedPage) -> Facts<'p, impl Fn(ByteSpan) -> String> {
        let text = |span| self.text_at(page.number, span);
        Facts::new(&page.page.articles, page.page.given(), text)
    }
}
