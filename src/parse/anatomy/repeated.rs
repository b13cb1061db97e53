//! Blocks that stand on several pages of one outlet are furniture of its site.
//!
//! Evidence across pages labels what no rule knew; it moves no boundary and
//! never touches the text of an article. What is found depends on the set of
//! pages alone, not on their order.

use super::Page;
use crate::parse::page::PartKind;
use crate::text::fold::fold_letters;
use crate::text::{ByteSpan, tokenize};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A block stands on so many pages at least.
const PAGES: u32 = 3;

/// It has so many words at least.
const WORDS: usize = 2;

/// Longer blocks are not compared, in bytes.
const BLOCK_BYTES: usize = 2_000;

/// Code of the reason.
pub const REPEATED: &str = "repeated-across-pages";

/// What of a page may stand on others too: its unclassified parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    /// Each part with a hash of its outlet and its folded words.
    parts: Vec<(ByteSpan, u64)>,
}

/// A part that is furniture because other pages have it too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repeated {
    /// The page, as the caller names it.
    pub page: u32,
    /// Where the part stands on it.
    pub span: ByteSpan,
    /// How sure: grows with the number of pages, 0.6..=0.95.
    pub confidence: f32,
}

impl Blocks {
    /// The blocks of a page. Pages without an outlet are compared among themselves.
    #[must_use]
    pub fn of(page: &Page) -> Self {
        let unknown = page
            .parts
            .iter()
            .filter(|part| part.kind == PartKind::Unclassified && part.span.len() <= BLOCK_BYTES);
        let parts = unknown.filter_map(|part| Some((part.span, key(page, part.span)?)));
        Self {
            parts: parts.collect(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

/// Finds the blocks that stand on at least three pages of one outlet, in the
/// order of the pages given.
#[must_use]
pub fn repeated(pages: &[(u32, Blocks)]) -> Vec<Repeated> {
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    for (_, blocks) in pages {
        let keys: FxHashSet<u64> = blocks.parts.iter().map(|&(_, key)| key).collect();
        #[expect(
            clippy::iter_over_hash_type,
            reason = "counting does not ask for an order"
        )]
        for key in keys {
            *counts.entry(key).or_insert(0) += 1;
        }
    }
    let mut found = Vec::new();
    for (page, blocks) in pages {
        for &(span, key) in &blocks.parts {
            let count = counts.get(&key).copied().unwrap_or_default();
            if count >= PAGES {
                found.push(Repeated {
                    page: *page,
                    span,
                    confidence: confidence(count),
                });
            }
        }
    }
    found
}

fn confidence(pages: u32) -> f32 {
    let steps = u8::try_from(pages.saturating_sub(PAGES)).unwrap_or(u8::MAX);
    f32::from(steps.min(7) * 5 + 60) / 100.0
}

/// A hash of the outlet and the folded words; none of a block with too few.
fn key(page: &Page, span: ByteSpan) -> Option<u64> {
    let text = span.of(&page.text);
    let (mut words, mut count) = (outlet(page), 0);
    for token in tokenize(text) {
        words.push('\n');
        fold_letters(token.span.of(text), &mut words);
        count += 1;
    }
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    (count >= WORDS).then(|| hasher.finish())
}

fn outlet(page: &Page) -> String {
    let main = page.articles.first();
    let named = main.and_then(|article| article.outlets.first());
    let given = || page.given.outlets.first().map(String::as_str);
    let name = named.map(|span| span.of(&page.text)).or_else(given);
    let mut folded = String::new();
    fold_letters(name.unwrap_or_default(), &mut folded);
    folded
}
