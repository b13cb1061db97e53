//! Pages that come from another index, in memory or in a file, with their words counted and numbered.

use super::late_head::LateHead;
use crate::index::coding::growth::grow_for;
use crate::index::pages::units::PageUnits;
use crate::index::store::{ArticleRef, number};
use crate::index::texts::gap_class::GapClass;
use crate::index::texts::text_store::Numbers;
use crate::index::{FormId, Index, IndexedPage, Lexicon, PageId, Run};
use crate::parse::Role;
use std::ops::Range;

/// A page whose tokens are in the index already.
pub(in crate::index) struct PlacedPage {
    pub(in crate::index) head: LateHead,
    pub(in crate::index) tokens: u32,
    /// Role and tokens of each article.
    pub(in crate::index) articles: Vec<(Role, u32)>,
    pub(in crate::index) blocks: Range<u32>,
}

/// The numbers that forms and gaps of one index have in another.
#[derive(Debug)]
pub(in crate::index) struct Renumbering {
    forms: Numbers,
    gaps: Numbers,
}

impl Renumbering {
    /// Before any page of `from` is added.
    pub(in crate::index) fn new(from: &Index) -> Self {
        Self {
            forms: Numbers::new(from.lexicon.len()),
            gaps: Numbers::new(from.text.gap_lexicon().len()),
        }
    }
}

impl Index {
    /// Makes room for the units of so many more pages, as if each were one article.
    pub(in crate::index) fn reserve_units(&mut self, pages: usize) {
        self.articles.reserve(pages);
        self.runs.reserve(pages);
        self.part_starts.reserve(pages);
        self.units.reserve(pages);
    }

    /// Adds what is known of a page; its text, units, runs and borders are there already.
    pub(in crate::index) fn push_page(&mut self, page: PlacedPage) -> PageId {
        let id = PageId(number(self.pages.len()));
        let first_position = self.pages.last().map_or(0, |page| page.positions.end);
        let first_article = number(self.articles.len());
        let units = self.units.of_page(id.0).len();
        self.totals
            .add_page(page.tokens, page.articles.len(), units);
        for (index, (role, tokens)) in page.articles.into_iter().enumerate() {
            self.totals.add_article(role, tokens);
            self.articles.push(ArticleRef {
                page: id,
                index,
                role,
                tokens,
            });
        }
        grow_for(&mut self.pages, 1);
        self.pages.push(IndexedPage {
            page: page.head,
            number: id,
            positions: first_position..first_position + page.tokens,
            articles: first_article..number(self.articles.len()),
            blocks: page.blocks,
        });
        id
    }

    /// Adds a page of another index: its tokens get the numbers they have here, no text is read again.
    ///
    /// Returns the number of the page that has the same source bytes, if there is one already.
    pub(in crate::index) fn add_page_of(
        &mut self,
        from: &Self,
        page: &IndexedPage,
        numbers: &mut Renumbering,
    ) -> Result<PageId, PageId> {
        if let Some(same) = self.page_with_digest(&page.page.digest) {
            return Err(same);
        }
        self.learn_digests();
        let tokens = page.positions.end - page.positions.start;
        let first_block = self.text.blocks();
        self.add_text_of(from, page, numbers);
        self.add_runs_of(from, page);
        self.token_count += tokens;
        let articles = page.articles.start as usize..page.articles.end as usize;
        let articles = from.articles.get(articles).unwrap_or_default();
        let id = self.push_page(PlacedPage {
            head: page.page.clone(),
            tokens,
            articles: articles.iter().map(|a| (a.role, a.tokens)).collect(),
            blocks: first_block..self.text.blocks(),
        });
        self.index_digest(id);
        self.is_fresh = false;
        Ok(id)
    }

    fn add_text_of(&mut self, from: &Self, page: &IndexedPage, numbers: &mut Renumbering) {
        let (lexicon, classes) = (&mut self.lexicon, &mut self.gap_classes);
        let mut new_form = |old| lexicon.intern(from.lexicon.bytes(FormId(old))).0;
        let mut new_gap = |own: &mut Lexicon, old| {
            let written = from.text.gap(Some(FormId(old)));
            let number = own.intern(written.as_bytes());
            if number.0 as usize == classes.len() {
                classes.push(GapClass::of(written));
            }
            number.0
        };
        let tokens = page.positions.end - page.positions.start;
        self.text.add_page_of(
            &from.text,
            page.blocks.clone(),
            tokens,
            (&mut numbers.forms, &mut new_form),
            (&mut numbers.gaps, &mut new_gap),
        );
    }

    /// Counts the words of the pages that were added from another index.
    pub(in crate::index) fn count_copied(&mut self, numbers: &Renumbering) {
        for (form, count) in numbers.forms.copied() {
            self.lexicon.count(FormId(form), count);
        }
        self.text.count_gaps(numbers.gaps.copied());
    }

    /// Runs, borders of parts and units of a page of another index.
    fn add_runs_of(&mut self, from: &Self, page: &IndexedPage) {
        let first_article = number(self.articles.len());
        let here = |position: u32| position - page.positions.start + self.token_count;
        let inside = |position: &u32| page.positions.contains(position);
        let parts = from
            .part_starts
            .partition_point(|&at| at < page.positions.start);
        let parts = from.part_starts.iter().skip(parts).copied();
        self.part_starts.extend(parts.take_while(inside).map(here));
        let runs = from
            .runs
            .partition_point(|run| run.start < page.positions.start);
        let runs = from
            .runs
            .iter()
            .skip(runs)
            .take_while(|run| inside(&run.start));
        let mut units = PageUnits::new(page.page.articles.len());
        let mut behind = page.positions.start;
        for run in runs {
            let article = run.article - page.articles.start;
            units.add_run(here(behind), run.start - behind, None);
            units.add_run(here(run.start), run.end - run.start, Some(article as usize));
            grow_for(&mut self.runs, 1);
            self.runs.push(Run {
                start: here(run.start),
                end: here(run.end),
                article: first_article + article,
                field: run.field,
            });
            behind = run.end;
        }
        units.add_run(here(behind), page.positions.end - behind, None);
        let articles = page.articles.start as usize..page.articles.end as usize;
        let articles = from.articles.get(articles).unwrap_or_default();
        let roles = articles.iter().map(|article| article.role);
        self.units
            .add_page(number(self.pages.len()), first_article, roles, &mut units);
    }
}
