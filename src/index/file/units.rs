//! The section of units: how the tokens of each page are parted.
//!
//! A page is a row of stretches. Each is a part of a page or what of it
//! belongs to one article; runs, units and borders of parts follow from them.

use super::error::Inconsistent;
use super::numbers::{NumberReader, NumberWriter};
use crate::index::pages::units::PageUnits;
use crate::index::store::number;
use crate::index::{Field, Index, IndexedPage, Run};
use crate::parse::Role;

const ARTICLES: usize = 0;
const ROLE: usize = 1;
const STRETCHES: usize = 2;
const TOKENS: usize = 3;
/// 1 if a part begins, 2 for a body, 4 for each article up to its own.
const BELONGS: usize = 4;
const KINDS: usize = 5;

/// Neighbouring tokens.
struct Stretch {
    tokens: u32,
    begins_part: bool,
    /// Its article on the page, and the field.
    of: Option<(u32, Field)>,
}

/// Writes the section.
pub(in crate::index) fn write(index: &Index) -> Vec<u8> {
    write_pages(index, index.pages())
}

/// Writes the same of neighbouring pages.
pub(in crate::index) fn write_pages(index: &Index, pages: &[IndexedPage]) -> Vec<u8> {
    let mut out = NumberWriter::new(KINDS);
    for parting in partings(index, pages) {
        out.add(ARTICLES, number(parting.roles.len()));
        for &role in &parting.roles {
            out.add(ROLE, u32::from(role == Role::Embedded));
        }
        out.add(STRETCHES, number(parting.stretches.len()));
        for &(tokens, belongs) in &parting.stretches {
            out.add(TOKENS, tokens);
            out.add(BELONGS, belongs);
        }
    }
    out.finish()
}

/// How the tokens of a page are parted: the roles of its articles, and of each stretch its tokens and what it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct Parting {
    pub(in crate::index) roles: Vec<Role>,
    /// What a stretch belongs to: see [`BELONGS`].
    pub(in crate::index) stretches: Vec<(u32, u32)>,
}

/// The same of an article as one stretch, which begins a part or does not; of none: what stands outside.
pub(in crate::index) fn belongs(article: Option<u32>) -> u32 {
    article.map_or(1, |article| 1 + 2 + 4 * (article + 1))
}

/// How neighbouring pages are parted.
pub(in crate::index) fn partings<'i>(
    index: &'i Index,
    pages: &'i [IndexedPage],
) -> impl Iterator<Item = Parting> + 'i {
    let first = pages.first().map_or(0, |page| page.positions.start);
    let (parts, runs) = (index.part_starts.as_slice(), index.runs());
    let from = parts.partition_point(|&part| part < first);
    let mut parts = parts.get(from..).unwrap_or_default();
    let from = runs.partition_point(|run| run.end <= first);
    let mut runs = runs.get(from..).unwrap_or_default();
    pages.iter().map(move |page| {
        let articles = page.articles.start as usize..page.articles.end as usize;
        let articles = index.articles().get(articles).unwrap_or_default();
        let stretches = stretches(page, &mut parts, &mut runs).into_iter();
        let numbers = stretches.map(|stretch| {
            let of = stretch.of.map_or(0, |(article, field)| {
                2 * u32::from(field == Field::Body) + 4 * (article + 1)
            });
            (stretch.tokens, u32::from(stretch.begins_part) + of)
        });
        Parting {
            roles: articles.iter().map(|article| article.role).collect(),
            stretches: numbers.collect(),
        }
    })
}

/// Takes the stretches of a page from what is left of all borders and runs.
fn stretches(page: &IndexedPage, parts: &mut &[u32], runs: &mut &[Run]) -> Vec<Stretch> {
    let mut found = Vec::new();
    let (mut at, end) = (page.positions.start, page.positions.end);
    while at < end {
        let begins_part = parts.first() == Some(&at);
        if begins_part {
            *parts = parts.get(1..).unwrap_or_default();
        }
        if runs.first().is_some_and(|run| run.end <= at) {
            *runs = runs.get(1..).unwrap_or_default();
        }
        let run = runs.first().filter(|run| run.start < end);
        let here = run.filter(|run| run.start <= at);
        let border = here.map_or_else(|| run.map_or(end, |run| run.start), |run| run.end);
        let next = parts
            .first()
            .map_or(border, |&part| part.min(border))
            .min(end);
        found.push(Stretch {
            tokens: next - at,
            begins_part,
            of: here.map(|run| (run.article - page.articles.start, run.field)),
        });
        at = next;
    }
    found
}

/// What a page is without its head.
#[derive(Debug, Default)]
pub(in crate::index) struct PageShape {
    pub(in crate::index) tokens: u32,
    /// Role and tokens of each article.
    pub(in crate::index) articles: Vec<(Role, u32)>,
}

/// Reads the section: units, runs and borders go into the index, the shapes of the pages are returned.
pub(in crate::index) fn read(
    bytes: &[u8],
    pages: u32,
    index: &mut Index,
) -> Result<Vec<PageShape>, Inconsistent> {
    let mut layout = Layout::default();
    let mut reader = NumberReader::new(bytes, KINDS)?;
    let room = reader.at_most(pages, 2);
    index.reserve_units(room);
    index.pages.reserve(room);
    index.by_digest.reserve(room, &|_| 0);
    let mut shapes = Vec::with_capacity(room);
    let mut parting = Parting::default();
    for _ in 0..pages {
        read_parting(&mut reader, &mut parting)?;
        shapes.push(layout.add(index, &parting)?);
    }
    index.token_count = layout.position;
    Ok(shapes)
}

/// Reads how so many pages are parted.
pub(in crate::index) fn read_partings(
    bytes: &[u8],
    pages: usize,
) -> Result<Vec<Parting>, Inconsistent> {
    let mut reader = NumberReader::new(bytes, KINDS)?;
    let partings = (0..pages).map(|_| {
        let mut parting = Parting::default();
        read_parting(&mut reader, &mut parting)?;
        Ok(parting)
    });
    partings.collect()
}

/// Reads how the next page is parted, in place of what was read before.
#[inline(never)] // called for every page, so that a browser compiles it well on the way
fn read_parting(reader: &mut NumberReader<'_>, into: &mut Parting) -> Result<(), Inconsistent> {
    into.roles.clear();
    for _ in 0..reader.read(ARTICLES)? {
        into.roles.push(role(reader.read(ROLE)?)?);
    }
    into.stretches.clear();
    for _ in 0..reader.read(STRETCHES)? {
        let stretch = (reader.read(TOKENS)?, reader.read(BELONGS)?);
        into.stretches.push(stretch);
    }
    Ok(())
}

/// The role of this number.
pub(in crate::index) fn role(number: u32) -> Result<Role, Inconsistent> {
    match number {
        0 => Ok(Role::Main),
        1 => Ok(Role::Embedded),
        _ => Err(Inconsistent),
    }
}

/// Pages on their way into an index, in order.
#[derive(Debug, Default)]
pub(in crate::index) struct Layout {
    page: u32,
    position: u32,
    first_article: u32,
    units: PageUnits,
}

impl Layout {
    /// Adds units, runs and borders of the next page.
    pub(in crate::index) fn add(
        &mut self,
        index: &mut Index,
        parting: &Parting,
    ) -> Result<PageShape, Inconsistent> {
        let mut articles: Vec<(Role, u32)> = parting.roles.iter().map(|&role| (role, 0)).collect();
        self.units.begin(articles.len());
        let start = self.position;
        for &(tokens, belongs) in &parting.stretches {
            let next = self
                .position
                .checked_add(tokens)
                .filter(|_| tokens > 0)
                .ok_or(Inconsistent)?;
            if belongs & 1 == 1 {
                index.part_starts.push(self.position);
            }
            let article = (belongs / 4).checked_sub(1);
            if let Some(article) = article {
                let of = articles.get_mut(article as usize).ok_or(Inconsistent)?;
                of.1 += tokens;
                let field = if belongs & 2 == 2 {
                    Field::Body
                } else {
                    Field::Title
                };
                index.runs.push(Run {
                    start: self.position,
                    end: next,
                    article: self.first_article + article,
                    field,
                });
            }
            self.units.add_run(
                self.position,
                tokens,
                article.map(|article| article as usize),
            );
            self.position = next;
        }
        let roles = parting.roles.iter().copied();
        index
            .units
            .add_page(self.page, self.first_article, roles, &mut self.units);
        let count = number(articles.len());
        self.first_article = self.first_article.checked_add(count).ok_or(Inconsistent)?;
        self.page += 1;
        Ok(PageShape {
            tokens: self.position - start,
            articles,
        })
    }
}
