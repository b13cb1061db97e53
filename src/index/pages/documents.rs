//! Scopes: which stretches of the stream are documents.

use crate::index::store::number;
use crate::index::{Index, PageId, Run, UnitKind};
use crate::parse::Role;
#[cfg(feature = "readers")]
use crate::parse::frame::put_number;
use crate::parse::frame::{Cursor, FrameError};
use std::ops::Range;

/// Where to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The pages' own articles.
    Main,
    /// Main and embedded articles, each a document.
    #[default]
    Articles,
    /// All text of a page, furniture included, each page a document.
    Pages,
}

impl Scope {
    /// Every scope, narrowest first.
    pub const ALL: [Self; 3] = [Self::Main, Self::Articles, Self::Pages];

    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Articles => "articles",
            Self::Pages => "pages",
        }
    }

    /// The scope of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

/// Number of a document in a scope: of an article among all articles (scopes
/// main and articles), or of a page among all pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// Numbers of documents and of their tokens, by scope.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::index) struct ScopeTotals {
    main: (usize, u64),
    articles: (usize, u64),
    pages: (usize, u64),
    /// Pages that are one article and nothing else.
    pages_that_are_articles: usize,
}

impl ScopeTotals {
    #[cfg(feature = "readers")]
    pub(in crate::index) fn write(&self, out: &mut Vec<u8>) {
        for (count, tokens) in [self.main, self.articles, self.pages] {
            put_number(out, count as u64);
            put_number(out, tokens);
        }
        put_number(out, self.pages_that_are_articles as u64);
    }

    pub(in crate::index) fn read(cursor: &mut Cursor<'_>) -> Result<Self, FrameError> {
        let size = |number: u64| usize::try_from(number).map_err(|_| FrameError);
        let mut pair = || Ok((size(cursor.number()?)?, cursor.number()?));
        let (main, articles, pages) = (pair()?, pair()?, pair()?);
        Ok(Self {
            main,
            articles,
            pages,
            pages_that_are_articles: size(cursor.number()?)?,
        })
    }

    /// Tokens of all pages.
    pub(in crate::index) fn tokens(&self) -> u64 {
        self.pages.1
    }

    fn of(&self, scope: Scope) -> (usize, u64) {
        match scope {
            Scope::Main => self.main,
            Scope::Articles => self.articles,
            Scope::Pages => self.pages,
        }
    }

    pub(in crate::index) fn add_page(&mut self, tokens: u32, articles: usize, units: usize) {
        self.pages = (self.pages.0 + 1, self.pages.1 + u64::from(tokens));
        self.pages_that_are_articles += usize::from(articles == 1 && units == 1);
    }

    pub(in crate::index) fn add_article(&mut self, role: Role, tokens: u32) {
        let more = |(count, sum): (usize, u64)| (count + 1, sum + u64::from(tokens));
        self.articles = more(self.articles);
        if role == Role::Main {
            self.main = more(self.main);
        }
    }
}

/// A length as ranking takes it: the four highest bits, as Lucene does. Exact up to 15, and at most an eighth too short,
/// so that what ranks documents of a large corpus fits into little.
#[must_use]
pub fn rounded(length: u32) -> u32 {
    let low = length.checked_ilog2().unwrap_or(0).saturating_sub(3);
    length >> low << low
}

/// A length, [rounded], as one of the few numbers that there are of them.
#[must_use]
pub(crate) fn length_code(length: u32) -> u8 {
    let low = length.checked_ilog2().unwrap_or(0).saturating_sub(3);
    (8 * low + (length >> low)) as u8
}

/// The rounded length of a number that [`length_code`] gave, and of higher ones some length.
#[must_use]
pub(crate) fn length_of_code(code: u8) -> u32 {
    let low = code.saturating_sub(8) / 8;
    u32::from(code - 8 * low).wrapping_shl(low.into())
}

impl Index {
    /// Whether two scopes have the same documents with the same tokens.
    #[must_use]
    pub fn has_same_documents(&self, one: Scope, other: Scope) -> bool {
        let (narrow, wide) = (one.min(other), one.max(other));
        let pages = self.totals.pages.0;
        // Every article is the main one of its page.
        let main_is_all = self.totals.main.0 == self.totals.articles.0;
        let pages_are_articles = self.totals.pages_that_are_articles == pages;
        let joined = |scope: Scope| match scope {
            Scope::Main => true,
            Scope::Articles => main_is_all,
            Scope::Pages => pages_are_articles,
        };
        narrow == wide
            || match narrow {
                Scope::Main => main_is_all && joined(wide),
                Scope::Articles | Scope::Pages => joined(wide),
            }
    }
}

/// Neighbouring units that belong to neighbouring documents, one to each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnitRun {
    pub(crate) unit: u32,
    /// The document of the first of them.
    pub(crate) document: u32,
    pub(crate) length: u32,
}

/// The documents of an index in one scope.
#[derive(Clone, Copy, Debug)]
pub struct Documents<'i> {
    index: &'i Index,
    scope: Scope,
}

impl<'i> Documents<'i> {
    /// Documents of `index` in `scope`.
    #[must_use]
    pub fn new(index: &'i Index, scope: Scope) -> Self {
        Self { index, scope }
    }

    /// The scope.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Number of documents and of their tokens.
    #[must_use]
    pub fn count(&self) -> (usize, u64) {
        self.index.totals.of(self.scope)
    }

    /// Documents are numbered below this; in scope main not every number is a document.
    #[must_use]
    pub fn numbers(&self) -> usize {
        match self.scope {
            Scope::Pages => self.index.pages().len(),
            Scope::Main | Scope::Articles => self.index.articles().len(),
        }
    }

    /// The units that belong to documents, in runs.
    pub(crate) fn unit_runs(&self) -> Vec<UnitRun> {
        let mut runs: Vec<UnitRun> = Vec::new();
        for unit in 0..self.index.units().len() {
            let Some(DocumentId(document)) = self.of_unit(unit) else {
                continue;
            };
            let goes_on = |run: &&mut UnitRun| {
                (run.unit + run.length, run.document + run.length) == (unit, document)
            };
            match runs.last_mut().filter(goes_on) {
                Some(run) => run.length += 1,
                None => runs.push(UnitRun {
                    unit,
                    document,
                    length: 1,
                }),
            }
        }
        runs
    }

    /// Tokens of a document.
    #[must_use]
    pub fn length(&self, document: DocumentId) -> u32 {
        let at = document.0 as usize;
        match self.scope {
            Scope::Pages => self
                .index
                .pages()
                .get(at)
                .map_or(0, |p| p.positions.end - p.positions.start),
            Scope::Main | Scope::Articles => self.index.articles().get(at).map_or(0, |a| a.tokens),
        }
    }

    /// Tokens of a document, [rounded] as ranking takes them.
    #[must_use]
    pub fn rounded_length(&self, document: DocumentId) -> u32 {
        let known = match self.scope {
            Scope::Pages => self.index.rough_length(PageId(document.0)),
            Scope::Main | Scope::Articles => None,
        };
        known.unwrap_or_else(|| rounded(self.length(document)))
    }

    /// The page that a document is, or stands on.
    #[must_use]
    pub fn page(&self, document: DocumentId) -> PageId {
        let article = || self.index.articles().get(document.0 as usize);
        match self.scope {
            Scope::Pages => PageId(document.0),
            Scope::Main | Scope::Articles => article().map_or(PageId(u32::MAX), |a| a.page),
        }
    }

    /// The articles that a document is, or that stand on it, by number.
    #[must_use]
    pub fn articles_of(&self, document: DocumentId) -> Range<u32> {
        match self.scope {
            Scope::Pages => {
                // They are known although the page is not.
                let page = self.index.pages().get(document.0 as usize);
                page.map_or(0..0, |page| page.articles.clone())
            }
            Scope::Main | Scope::Articles => document.0..document.0 + 1,
        }
    }

    /// The units that a document is made of.
    #[must_use]
    pub fn units(&self, document: DocumentId) -> Range<u32> {
        let page = self.page(document);
        let of_page = self.index.units().of_page(page.0);
        let article = match self.scope {
            Scope::Pages => return of_page,
            Scope::Main | Scope::Articles => self.index.articles().get(document.0 as usize),
        };
        let unit = article.map_or(of_page.end, |a| of_page.start + number(a.index));
        unit..of_page.end.min(unit + 1)
    }

    /// The document that a unit belongs to.
    #[inline]
    #[must_use]
    pub fn of_unit(&self, unit: u32) -> Option<DocumentId> {
        match self.scope {
            Scope::Pages => Some(DocumentId(self.index.units().page(unit))),
            Scope::Articles => self.index.units().article(unit).map(DocumentId),
            Scope::Main => {
                let is_main = self.index.units().kind(unit) == UnitKind::Main;
                let article = self.index.units().article(unit);
                article.filter(|_| is_main).map(DocumentId)
            }
        }
    }

    /// The run of article text that holds a position.
    #[must_use]
    pub fn run_at(&self, position: u32) -> Option<&'i Run> {
        let runs = self.index.runs();
        let after = runs.partition_point(|run| run.start <= position);
        runs.get(after.checked_sub(1)?)
            .filter(|run| position < run.end)
    }

    /// The document that holds the positions `first..=last`, if one does.
    #[must_use]
    pub fn holding(&self, first: u32, last: u32) -> Option<DocumentId> {
        match self.scope {
            Scope::Pages => {
                let page = self.index.page_at(first);
                (page == self.index.page_at(last)).then_some(DocumentId(page.0))
            }
            Scope::Main | Scope::Articles => {
                let run = self.run_at(first).filter(|run| last < run.end)?;
                let article = self.index.articles().get(run.article as usize)?;
                let wanted = self.scope == Scope::Articles || article.role == Role::Main;
                wanted.then_some(DocumentId(run.article))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{length_code, length_of_code, rounded};

    #[test]
    fn lengths_keep_their_four_highest_bits() {
        let cases = [
            (0, 0),
            (1, 1),
            (15, 15),
            (16, 16),
            (17, 16),
            (31, 30),
            (32, 32),
            (326, 320),
            (u32::MAX, 0xF000_0000),
        ];
        for (length, expected) in cases {
            assert_eq!(rounded(length), expected);
            assert_eq!(rounded(expected), expected, "what is rounded stays");
            assert_eq!(length_of_code(length_code(length)), expected);
        }
    }
}
