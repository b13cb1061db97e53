//! What the directory says of the units of every page: what they are, and their rounded lengths.
//!
//! Neighbouring pages of one make-up are a run; for most corpora one run is all.

use super::spaced::limit;
use crate::index::file::error::Inconsistent;
use crate::index::file::numbers::NumberReader;
#[cfg(feature = "readers")]
use crate::index::file::numbers::NumberWriter;
use crate::index::file::units::{Parting, belongs, role};
use crate::index::{Index, PageId};
#[cfg(feature = "readers")]
use crate::index::{IndexedPage, UnitKind, length_code};
use crate::parse::Role;
use std::sync::Arc;

/// Pages of a run.
const RUN: usize = 0;
const ARTICLES: usize = 1;
const ROLE: usize = 2;
/// 1 if something stands outside the articles.
const REST: usize = 3;
/// Lengths of articles, of what stands outside, and of pages that have several units.
const ARTICLE: usize = 4;
const OUTSIDE: usize = 5;
const PAGE: usize = 6;
const KINDS: usize = 7;

/// What the units of a page are.
#[derive(Debug, PartialEq, Eq)]
struct MakeUp {
    roles: Vec<Role>,
    has_rest: bool,
}

/// A page whose parts are not known.
#[derive(Clone, Debug)]
pub(super) struct RoughPage {
    make_up: Arc<MakeUp>,
    /// Rounded lengths of the units.
    lengths: Box<[u32]>,
    /// Rounded length of the page.
    pub(super) length: u32,
    /// Of a page that is one unit whose places are spaced, their limit; else 0.
    pub(super) limit: u32,
}

impl RoughPage {
    /// The page as if each of its units were one part, with room for all places of one that is spaced.
    pub(super) fn parting(&self, into: &mut Parting) {
        let units = (0u32..).zip(&self.lengths);
        let units = units.map(|(unit, &length)| (unit, length.max(self.limit)));
        let stretches = units.filter(|&(_, length)| length > 0);
        let articles = self.make_up.roles.len();
        into.roles.clear();
        into.roles.extend_from_slice(&self.make_up.roles);
        into.stretches.clear();
        into.stretches.extend(stretches.map(|(unit, length)| {
            let article = ((unit as usize) < articles).then_some(unit);
            (length, belongs(article))
        }));
    }

    /// Whether a page that is parted so can be this one.
    pub(super) fn fits(&self, parting: &Parting) -> bool {
        let articles = self.make_up.roles.len();
        let mut lengths = vec![0u32; articles + 1];
        for &(tokens, belongs) in &parting.stretches {
            let article = (belongs / 4).checked_sub(1);
            let unit = article.map_or(articles, |article| article as usize);
            let Some(length) = lengths.get_mut(unit) else {
                return false;
            };
            if tokens == 0 {
                return false;
            }
            *length = length.saturating_add(tokens);
        }
        let has_rest = lengths.pop().is_some_and(|rest| rest > 0);
        parting.roles == self.make_up.roles && has_rest == self.make_up.has_rest
    }
}

/// The length of a number that [`length_code`](crate::index::length_code) gave.
fn length(code: u32) -> Result<u32, Inconsistent> {
    let low = code.saturating_sub(8) / 8;
    let high = code - 8 * low;
    let length = high.checked_shl(low).filter(|length| length >> low == high);
    length.ok_or(Inconsistent)
}

/// Writes the section.
#[cfg(feature = "readers")]
pub(super) fn write(index: &Index) -> Vec<u8> {
    let mut out = NumberWriter::new(KINDS);
    let make_up = |page: &IndexedPage| {
        let units = index.units().of_page(page.number.0);
        let articles = page.articles.start as usize..page.articles.end as usize;
        let articles = index.articles().get(articles).unwrap_or_default();
        MakeUp {
            roles: articles.iter().map(|article| article.role).collect(),
            has_rest: units.len() > articles.len(),
        }
    };
    let runs = index.pages().chunk_by(|a, b| make_up(a) == make_up(b));
    for run in runs {
        let Some(first) = run.first().map(make_up) else {
            continue;
        };
        out.add(RUN, u32::try_from(run.len()).unwrap_or(u32::MAX));
        out.add(
            ARTICLES,
            u32::try_from(first.roles.len()).unwrap_or(u32::MAX),
        );
        for &role in &first.roles {
            out.add(ROLE, u32::from(role == Role::Embedded));
        }
        out.add(REST, u32::from(first.has_rest));
        for page in run {
            let units = index.units().of_page(page.number.0);
            let is_one = units.len() == 1;
            for unit in units {
                let kind = match index.units().kind(unit) {
                    UnitKind::Rest => OUTSIDE,
                    UnitKind::Main | UnitKind::Embedded => ARTICLE,
                };
                out.add(kind, length_code(index.units().length(unit)).into());
            }
            if !is_one {
                let tokens = page.positions.end - page.positions.start;
                out.add(PAGE, length_code(tokens).into());
            }
        }
    }
    out.finish()
}

/// Reads the section; places of units that are pages are [spaced](super::spaced) for so many parts, if any.
pub(super) fn read(bytes: &[u8], pages: u32, parts: u32) -> Result<Vec<RoughPage>, Inconsistent> {
    let mut reader = NumberReader::new(bytes, KINDS)?;
    let mut read = Vec::with_capacity(reader.at_most(pages, 1));
    let mut lengths = Vec::new();
    let mut left = pages;
    while left > 0 {
        let run = reader.read(RUN)?;
        left = left
            .checked_sub(run)
            .filter(|_| run > 0)
            .ok_or(Inconsistent)?;
        let mut roles = Vec::new();
        for _ in 0..reader.read(ARTICLES)? {
            roles.push(role(reader.read(ROLE)?)?);
        }
        let make_up = Arc::new(MakeUp {
            roles,
            has_rest: reader.read(REST)? == 1,
        });
        for _ in 0..run {
            lengths.clear();
            for _ in 0..make_up.roles.len() {
                lengths.push(length(reader.read(ARTICLE)?)?);
            }
            if make_up.has_rest {
                lengths.push(length(reader.read(OUTSIDE)?)?);
            }
            let (of_page, limit) = match *lengths.as_slice() {
                [only] if parts > 0 && only > 0 => (only, limit(only, parts)),
                [only] => (only, 0),
                _ => (length(reader.read(PAGE)?)?, 0),
            };
            read.push(RoughPage {
                make_up: make_up.clone(),
                lengths: lengths.as_slice().into(),
                length: of_page,
                limit,
            });
        }
    }
    Ok(read)
}

impl Index {
    /// The rounded length of a page of which no more is known.
    pub(in crate::index) fn rough_length(&self, page: PageId) -> Option<u32> {
        let parts = self.parts.as_ref()?;
        let rough = parts.rough.get(page.0 as usize)?;
        parts.shape(page.0).is_none().then_some(rough.length)
    }
}
