//! The section of units: how the tokens of each page are parted.
//!
//! A page is a row of stretches. Each is a part of a page or what of it
//! belongs to one article; runs, units and borders of parts follow from them.

use super::error::Inconsistent;
use super::numbers::{NumberReader, NumberWriter};
use crate::index::store::number;
use crate::index::units::PageUnits;
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
    let mut out = NumberWriter::new(KINDS);
    let (mut parts, mut runs) = (index.part_starts.as_slice(), index.runs());
    for page in index.pages() {
        let articles = page.articles.start as usize..page.articles.end as usize;
        let articles = index.articles().get(articles).unwrap_or_default();
        out.add(ARTICLES, number(articles.len()));
        for article in articles {
            out.add(ROLE, u32::from(article.role == Role::Embedded));
        }
        let stretches = stretches(page, &mut parts, &mut runs);
        out.add(STRETCHES, number(stretches.len()));
        for stretch in stretches {
            out.add(TOKENS, stretch.tokens);
            let of = stretch.of.map_or(0, |(article, field)| {
                2 * u32::from(field == Field::Body) + 4 * (article + 1)
            });
            out.add(BELONGS, u32::from(stretch.begins_part) + of);
        }
    }
    out.finish()
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
    let mut reader = NumberReader::new(bytes, KINDS)?;
    let mut shapes = Vec::new();
    let (mut position, mut first_article) = (0u32, 0u32);
    for page in 0..pages {
        let count = reader.read(ARTICLES)?;
        let mut articles = Vec::new();
        for _ in 0..count {
            let role = match reader.read(ROLE)? {
                0 => Role::Main,
                1 => Role::Embedded,
                _ => return Err(Inconsistent),
            };
            articles.push((role, 0));
        }
        let mut units = PageUnits::new(articles.len());
        let start = position;
        for _ in 0..reader.read(STRETCHES)? {
            let tokens = reader.read(TOKENS)?;
            let belongs = reader.read(BELONGS)?;
            let next = position
                .checked_add(tokens)
                .filter(|_| tokens > 0)
                .ok_or(Inconsistent)?;
            if belongs & 1 == 1 {
                index.part_starts.push(position);
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
                    start: position,
                    end: next,
                    article: first_article + article,
                    field,
                });
            }
            units.add_run(position, tokens, article.map(|article| article as usize));
            position = next;
        }
        let roles = articles.iter().map(|&(role, _)| role);
        index.units.add_page(page, first_article, roles, units);
        first_article = first_article.checked_add(count).ok_or(Inconsistent)?;
        shapes.push(PageShape {
            tokens: position - start,
            articles,
        });
    }
    index.token_count = position;
    Ok(shapes)
}
