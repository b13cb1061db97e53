//! Columns: what every article states beside its text, article by article.

use crate::index::{Index, Lexicon};
use crate::text::date::CalendarDate;

/// What a column tells of every article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Who published it.
    Outlets,
    /// Day of publication.
    Days,
    /// Keywords it states.
    Keywords,
}

impl Column {
    /// Every column, in the order of their parts.
    pub const ALL: [Self; 3] = [Self::Outlets, Self::Days, Self::Keywords];
}

/// Names, and for each article those that it has.
#[derive(Clone, Debug, Default)]
pub struct Values {
    names: Lexicon,
    /// Where the list of each article ends.
    ends: Vec<u32>,
    items: Vec<u32>,
}

impl Values {
    /// Ends the list of the next article, whose names these are; one named twice counts once.
    pub fn push<'n>(&mut self, names: impl Iterator<Item = &'n str>) {
        let start = self.items.len();
        for name in names.filter(|name| !name.is_empty()) {
            let number = self.names.add(name).0;
            if !self
                .items
                .get(start..)
                .unwrap_or_default()
                .contains(&number)
            {
                self.items.push(number);
            }
        }
        self.ends
            .push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    /// The distinct names; a [`FormId`](crate::index::FormId) is a number of a value.
    #[must_use]
    pub fn names(&self) -> &Lexicon {
        &self.names
    }

    /// The names of an article.
    #[must_use]
    pub fn of(&self, article: u32) -> &[u32] {
        let end = |at: u32| self.ends.get(at as usize).copied().unwrap_or_default();
        let start = article.checked_sub(1).map_or(0, end);
        let range = start as usize..end(article) as usize;
        self.items.get(range).unwrap_or_default()
    }
}

/// The columns of all articles, read some pages at a time.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    pages: usize,
    /// Outlets.
    pub outlets: Values,
    /// Keywords.
    pub keywords: Values,
    /// Days of publication.
    pub days: Vec<Option<CalendarDate>>,
}

impl Columns {
    /// Reads the next pages, at most so many; says whether all are read.
    pub fn prepare(&mut self, index: &Index, most: usize) -> bool {
        for page in index.pages().iter().skip(self.pages).take(most) {
            let facts = index.facts(page);
            for article in 0..page.page.articles.len() {
                let outlets = facts.outlets_of(article);
                self.outlets.push(outlets.iter().map(|name| name.trim()));
                let keywords = facts.keywords_of(article);
                self.keywords.push(keywords.iter().map(|name| name.trim()));
                self.days.push(facts.day_of(article));
            }
            self.pages += 1;
        }
        self.pages >= index.pages().len()
    }
}
