//! What an index keeps of a page beside its tokens.

use crate::index::store::Index;
use crate::index::store::PageId;
use crate::index::{PageArticles, PageParts};
use crate::parse::{Encoding, Facts, Given, Page, Part, PartGroup, ReadWarning};
use crate::text::ByteSpan;
use std::ops::Range;

/// A page without its text, which [`Index::text`](crate::index::Index::text) restores.
#[derive(Clone, Debug)]
pub struct PageHead {
    /// File name, as given.
    pub name: Box<str>,
    /// SHA-256 of the source bytes.
    pub digest: [u8; 32],
    /// Size of the source, in bytes.
    pub source_bytes: usize,
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
}

/// What comes with most texts.
static NOTHING: Given = Given::NOTHING;

impl PageHead {
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

    /// What came with the text; it speaks of the main article.
    #[must_use]
    pub fn given(&self) -> &Given {
        self.given.as_deref().unwrap_or(&NOTHING)
    }

    /// Gives the page the fields that it lacks; says whether it got any.
    pub(in crate::index) fn complete(&mut self, given: &Given) -> bool {
        !given.is_empty() && self.given.get_or_insert_default().complete_from(given)
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
            source_bytes: page.source_bytes,
            encoding: page.encoding,
            warning: page.warning.map(Box::new),
            text_bytes: u32::try_from(page.text.len()).unwrap_or(u32::MAX),
            parts: page.parts.into_iter().collect(),
            articles: page.articles.into_iter().collect(),
            given: (!page.given.is_empty()).then(|| Box::new(page.given)),
        }
    }
}

/// A page with its place in the stream.
#[derive(Clone, Debug)]
pub struct IndexedPage {
    /// The page as read, without its text.
    pub page: PageHead,
    /// Came with the explorer rather than from the reader.
    pub bundled: bool,
    /// Its number.
    pub number: PageId,
    /// Its positions.
    pub positions: Range<u32>,
    /// Numbers of its articles among all articles.
    pub articles: Range<u32>,
    /// Tokens by family of parts.
    pub words_by_group: Box<[(PartGroup, u32)]>,
    /// Its blocks in the store of texts.
    pub(in crate::index) blocks: Range<u32>,
}

impl Index {
    /// A page as it was read, its text restored.
    #[must_use]
    pub fn restored_page(&self, page: &IndexedPage) -> Page {
        let head = &page.page;
        Page {
            name: head.name.to_string(),
            digest: head.digest,
            source_bytes: head.source_bytes,
            encoding: head.encoding,
            warning: head.warning.as_deref().cloned(),
            text: self.text(page.number),
            parts: head.parts.iter().collect(),
            articles: head.articles.iter().collect(),
            given: head.given().clone(),
        }
    }

    /// What is known of the articles of a page.
    pub fn facts<'p>(&'p self, page: &'p IndexedPage) -> Facts<'p, impl Fn(ByteSpan) -> String> {
        let text = |span| self.text_at(page.number, span);
        Facts::new(&page.page.articles, page.page.given(), text)
    }
}
