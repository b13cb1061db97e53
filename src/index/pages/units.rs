//! Units: what postings count occurrences in. A unit is an article, or all
//! that stands on a page outside its articles.
//!
//! Units of a page are neighbours: its articles in order, then the rest if
//! there is any. So every scope is made of units: an article is one, a page is
//! a run of them. The tokens of a unit are numbered from 0; a *stretch* tells
//! which positions they have.

use crate::index::Scope;
use crate::index::coding::growth::add;
use crate::index::store::number;
use crate::parse::Role;
use crate::sorting::Arrange;
use std::ops::Range;

/// Stands for no article.
const NONE: u32 = u32::MAX;

/// All units of an index.
#[derive(Clone, Debug, Default)]
pub struct Units {
    /// Page and article (or [`NONE`]) of each unit.
    pages: Vec<u32>,
    articles: Vec<u32>,
    kinds: Vec<UnitKind>,
    /// Tokens of each unit.
    lengths: Vec<u32>,
    /// Where the stretches of each unit start; one more entry than units.
    stretch_starts: Vec<u32>,
    stretches: Vec<Stretch>,
    /// The first unit of each page; one more entry than pages.
    page_starts: Vec<u32>,
}

/// What a unit is, which decides the scopes that it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnitKind {
    /// The main article of its page.
    Main,
    /// An article embedded in its page.
    Embedded,
    /// What stands outside all articles.
    #[default]
    Rest,
}

impl UnitKind {
    /// How many kinds there are.
    pub const COUNT: usize = 3;

    /// The kinds of units that a scope is made of.
    #[must_use]
    pub fn of_scope(scope: Scope) -> &'static [Self] {
        match scope {
            Scope::Main => &[Self::Main],
            Scope::Articles => &[Self::Main, Self::Embedded],
            Scope::Pages => &[Self::Main, Self::Embedded, Self::Rest],
        }
    }
}

/// Neighbouring positions that belong to one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::index) struct Stretch {
    /// First position.
    pub(in crate::index) position: u32,
    /// Number of its first token in the unit.
    pub(in crate::index) place: u32,
}

impl Units {
    /// Number of units.
    #[must_use]
    pub fn len(&self) -> u32 {
        number(self.pages.len())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Tokens of a unit.
    #[inline]
    #[must_use]
    pub fn length(&self, unit: u32) -> u32 {
        self.lengths.get(unit as usize).copied().unwrap_or_default()
    }

    /// Tokens of every unit.
    #[must_use]
    pub fn lengths(&self) -> &[u32] {
        &self.lengths
    }

    /// The article that a unit is.
    #[inline]
    #[must_use]
    pub fn article(&self, unit: u32) -> Option<u32> {
        let article = self.articles.get(unit as usize).copied();
        article.filter(|&article| article != NONE)
    }

    /// What a unit is.
    #[inline]
    #[must_use]
    pub fn kind(&self, unit: u32) -> UnitKind {
        self.kinds.get(unit as usize).copied().unwrap_or_default()
    }

    /// The page that a unit stands on.
    #[inline]
    #[must_use]
    pub fn page(&self, unit: u32) -> u32 {
        self.pages.get(unit as usize).copied().unwrap_or(NONE)
    }

    /// The units of a page.
    #[must_use]
    pub fn of_page(&self, page: u32) -> Range<u32> {
        let at = |page: usize| self.page_starts.get(page).copied().unwrap_or_default();
        at(page as usize)..at(page as usize + 1)
    }

    /// The stretches of a unit and where each ends.
    pub(in crate::index) fn stretches(&self, unit: u32) -> impl Iterator<Item = (Stretch, u32)> {
        let at = |unit: usize| self.stretch_starts.get(unit).copied().unwrap_or_default() as usize;
        let range = at(unit as usize)..at(unit as usize + 1);
        let stretches = self.stretches.get(range).unwrap_or_default();
        let length = self.length(unit);
        stretches.iter().enumerate().map(move |(i, &stretch)| {
            let behind = stretches.get(i + 1).map_or(length, |next| next.place);
            (stretch, stretch.position + (behind - stretch.place))
        })
    }

    /// Calls `take` with each run of positions that belongs to a unit, in order.
    pub fn each_run(&self, unit: u32, mut take: impl FnMut(Range<u32>)) {
        for (stretch, end) in self.stretches(unit) {
            take(stretch.position..end);
        }
    }

    /// Positions of ascending places of a unit.
    pub fn positions(&self, unit: u32, places: &[u32], mut take: impl FnMut(u32)) {
        let mut stretches = self.stretches(unit);
        let mut here = stretches.next();
        for &place in places {
            while let Some((stretch, end)) = here {
                // Places of a file that contradicts itself may be any numbers.
                let position = place
                    .wrapping_sub(stretch.place)
                    .wrapping_add(stretch.position);
                if position < end {
                    take(position);
                    break;
                }
                here = stretches.next();
            }
        }
    }

    /// Gives memory back that was kept for growth.
    pub(in crate::index) fn shrink(&mut self) {
        self.pages.shrink_to_fit();
        self.articles.shrink_to_fit();
        self.kinds.shrink_to_fit();
        self.lengths.shrink_to_fit();
        self.stretch_starts.shrink_to_fit();
        self.stretches.shrink_to_fit();
        self.page_starts.shrink_to_fit();
    }

    /// Bytes that the tables hold.
    pub(in crate::index) fn memory(&self) -> usize {
        let numbers = self.pages.capacity()
            + self.articles.capacity()
            + self.lengths.capacity()
            + self.stretch_starts.capacity()
            + self.page_starts.capacity();
        4 * numbers + self.kinds.capacity() + size_of::<Stretch>() * self.stretches.capacity()
    }

    /// Makes room for so many pages of one unit and one stretch each.
    pub(in crate::index) fn reserve(&mut self, pages: usize) {
        self.pages.reserve(pages);
        self.articles.reserve(pages);
        self.kinds.reserve(pages);
        self.lengths.reserve(pages);
        self.stretch_starts.reserve(pages + 1);
        self.stretches.reserve(pages);
        self.page_starts.reserve(pages + 1);
    }

    /// Adds the units of the next page, whose articles begin at `first_article`.
    pub(in crate::index) fn add_page(
        &mut self,
        page: u32,
        first_article: u32,
        roles: impl Iterator<Item = Role>,
        of_page: &mut PageUnits,
    ) {
        if self.page_starts.is_empty() {
            self.page_starts.push(0);
            self.stretch_starts.push(0);
        }
        let articles = of_page.lengths.len() - 1;
        let stretches = &mut of_page.stretches;
        if !stretches.is_sorted_by_key(|&(unit, _)| unit) {
            stretches.arrange_by_key(|&(unit, _)| unit);
        }
        let mut stretches = stretches.iter().peekable();
        let kinds = roles.map(|role| match role {
            Role::Main => UnitKind::Main,
            Role::Embedded => UnitKind::Embedded,
        });
        let mut kinds = kinds.chain(std::iter::repeat(UnitKind::Rest));
        for (unit, &length) in of_page.lengths.iter().enumerate() {
            let is_article = unit < articles;
            if !is_article && length == 0 {
                break;
            }
            self.pages.push(page);
            self.articles.push(if is_article {
                first_article + number(unit)
            } else {
                NONE
            });
            self.kinds.extend(kinds.next());
            self.lengths.push(length);
            while let Some(&(_, stretch)) = stretches.next_if(|(of, _)| *of == unit) {
                add(&mut self.stretches, stretch);
            }
            self.stretch_starts.push(number(self.stretches.len()));
        }
        self.page_starts.push(self.len());
    }
}

/// Gathers the units of one page, then of the next.
#[derive(Debug, Default)]
pub(in crate::index) struct PageUnits {
    /// Tokens of each article and of the rest.
    lengths: Vec<u32>,
    /// Unit of the page and stretch, by position.
    stretches: Vec<(usize, Stretch)>,
    last: usize,
}

impl PageUnits {
    pub(in crate::index) fn new(articles: usize) -> Self {
        let mut units = Self::default();
        units.begin(articles);
        units
    }

    /// Begins a page with so many articles.
    pub(in crate::index) fn begin(&mut self, articles: usize) {
        self.lengths.clear();
        self.lengths.resize(articles + 1, 0);
        self.stretches.clear();
        self.last = usize::MAX;
    }

    /// Adds neighbouring tokens, of an article or outside all.
    pub(in crate::index) fn add_run(&mut self, position: u32, tokens: u32, article: Option<usize>) {
        let unit = article.unwrap_or(self.lengths.len() - 1);
        let length = self.lengths.get_mut(unit);
        let Some(length) = length.filter(|_| tokens > 0) else {
            return;
        };
        if unit != self.last {
            let place = *length;
            self.stretches.push((unit, Stretch { position, place }));
            self.last = unit;
        }
        *length += tokens;
    }
}

/// Whether a word is one character.
#[inline]
pub(in crate::index) fn is_one_letter(word: &[u8]) -> bool {
    let length = match word.first() {
        None => return false,
        Some(0..0x80) => 1,
        Some(0x80..0xE0) => 2,
        Some(0xE0..0xF0) => 3,
        Some(_) => 4,
    };
    word.len() == length
}
