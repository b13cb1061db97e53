//! What pages have in common, so that each names it by a number: rules of page anatomy, and manners of parts.

use crate::index::Index;
use crate::index::pages::page_parts::hundredths;
use crate::parse::frame::{Cursor, FrameError, put_number, put_text};
use crate::parse::reason_table::reason;
use crate::parse::{Part, PartKind};
use crate::sorting::Arrange;
use crate::text::ByteSpan;

/// Stands behind the last part of a page.
pub(super) const END: u8 = 0;

/// Stands before a part of no manner, which is written by itself.
pub(super) const INLINE: u8 = u8::MAX;

/// So many manners have numbers at most.
const MOST: usize = 200;

/// What the parts of a kind are like: kind and article as [`put_part`](crate::index::pages::page_parts::put_part) writes
/// them, the number of the rule, hundredths of how sure it is, and the length in bytes of what is blank, 0 of all else.
type Manner = [u8; 4];

/// The codes of rules and the manners of parts that pages name by numbers.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct PageCodes {
    reasons: Vec<&'static str>,
    manners: Vec<Manner>,
}

impl PageCodes {
    /// Those of all pages: the rules in alphabetical order, the most frequent manners in theirs.
    pub(in crate::index) fn of(index: &Index) -> Self {
        let mut codes = Self::default();
        let mut add = |reason| {
            if !codes.reasons.contains(&reason) {
                codes.reasons.push(reason);
            }
        };
        for page in index.pages() {
            page.page.parts.iter().for_each(|part| add(part.reason));
            let articles = page.page.articles.iter();
            let published = articles.filter_map(|article| article.published);
            published.for_each(|published| add(published.origin));
        }
        codes.reasons.arrange();
        let mut counts: Vec<(u32, Manner)> = Vec::new();
        for page in index.pages() {
            for manner in page
                .page
                .parts
                .iter()
                .filter_map(|part| codes.manner(&part))
            {
                let known = counts.len();
                match counts.iter_mut().find(|(_, known)| *known == manner) {
                    Some((count, _)) => *count += 1,
                    None if known < 4 * MOST => counts.push((1, manner)),
                    None => {}
                }
            }
        }
        counts.arrange_by(|(a, one), (b, other)| b.cmp(a).then(one.cmp(other)));
        let manners = counts.into_iter().take(MOST);
        codes.manners = manners.map(|(_, manner)| manner).collect();
        codes
    }

    /// The manner of a part, where it has one.
    fn manner(&self, part: &Part) -> Option<Manner> {
        let article = part.article.map_or(0, |article| article.saturating_add(1));
        let article = u8::try_from(article).ok().filter(|&article| article < 16)?;
        let is_blank = part.kind == PartKind::Blank;
        let length = u8::try_from(part.span.len()).ok().filter(|_| is_blank);
        Some([
            part.kind as u8 | article << 4,
            u8::try_from(self.reason(part.reason)).ok()?,
            hundredths(part.confidence)?,
            length.unwrap_or_default(),
        ])
    }

    /// The number of the manner of a part, and whether it tells the length.
    pub(super) fn number(&self, part: &Part) -> Option<(u8, bool)> {
        let manner = self.manner(part)?;
        let at = self.manners.iter().position(|known| *known == manner)?;
        Some((u8::try_from(at + 1).ok()?, manner[3] > 0))
    }

    /// A part of the manner of this number, and its length where that is told.
    pub(super) fn part(&self, number: u8) -> Option<(Part, u8)> {
        let &[kind, reason, hundredths, length] =
            self.manners.get(usize::from(number).checked_sub(1)?)?;
        let part = Part {
            span: ByteSpan::default(),
            kind: *PartKind::ALL.get(usize::from(kind & 15))?,
            article: usize::from(kind >> 4).checked_sub(1),
            reason: self.reasons.get(usize::from(reason))?,
            confidence: f32::from(hundredths) / 100.0,
        };
        Some((part, length))
    }

    /// The number of a rule.
    pub(super) fn reason(&self, code: &str) -> usize {
        let number = self.reasons.iter().position(|&known| known == code);
        number.unwrap_or_default()
    }

    /// Reads the number of a rule.
    pub(super) fn read_reason(&self, cursor: &mut Cursor<'_>) -> Result<&'static str, FrameError> {
        let number = cursor.number_u32()?;
        self.reasons.get(number as usize).copied().ok_or(FrameError)
    }

    /// Writes them.
    pub(in crate::index) fn write(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_number(&mut out, self.reasons.len() as u64);
        for reason in &self.reasons {
            put_text(&mut out, reason);
        }
        put_number(&mut out, self.manners.len() as u64);
        out.extend_from_slice(self.manners.as_flattened());
        out
    }

    /// Reads them.
    pub(in crate::index) fn read(cursor: &mut Cursor<'_>) -> Result<Self, FrameError> {
        let reasons = cursor.list()?;
        let length = cursor.number_u32()? as usize;
        let manners = cursor.take(length.checked_mul(4).ok_or(FrameError)?)?;
        Ok(Self {
            reasons: reasons.iter().map(|name| reason(name)).collect(),
            manners: manners.as_chunks().0.to_vec(),
        })
    }
}
