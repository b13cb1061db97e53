//! Pages copied from another store, in which forms and gaps have other numbers.

use super::codes::{read_form, read_gap, write_forms, write_gap};
use super::{BLOCK_TOKENS, TextStore};
use crate::index::{FormId, Lexicon};
use std::ops::Range;

/// Stands for no number.
const NONE: u32 = u32::MAX;

/// The numbers that the forms or the gaps of one store have in another, and how often each was copied.
#[derive(Clone, Debug)]
pub(in crate::index) struct Numbers {
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    number: u32,
    copied: u32,
}

/// Gives a gap of another store a number in this lexicon of gaps.
pub(in crate::index) type NewGap<'f> = &'f mut dyn FnMut(&mut Lexicon, u32) -> u32;

impl Numbers {
    /// Of so many none has a number yet.
    pub(in crate::index) fn new(count: usize) -> Self {
        Self::of(vec![NONE; count])
    }

    /// All have numbers.
    pub(in crate::index) fn of(numbers: Vec<u32>) -> Self {
        let entry = |number| Entry { number, copied: 0 };
        Self {
            entries: numbers.into_iter().map(entry).collect(),
        }
    }

    /// The number of what is copied; `new` gives one to what has none.
    #[inline]
    fn take(&mut self, old: u32, new: &mut dyn FnMut(u32) -> u32) -> u32 {
        let Some(entry) = self.entries.get_mut(old as usize) else {
            return old;
        };
        if entry.number == NONE {
            entry.number = new(old);
        }
        entry.copied += 1;
        entry.number
    }

    /// What was copied: numbers, and how often.
    pub(in crate::index) fn copied(&self) -> impl Iterator<Item = (u32, u32)> {
        let copied = self.entries.iter().filter(|entry| entry.copied > 0);
        copied.map(|entry| (entry.number, entry.copied))
    }
}

impl TextStore {
    /// Adds a page of another store. What has no number in this one yet is given one by `new_form` or `new_gap`.
    pub(in crate::index) fn add_page_of(
        &mut self,
        other: &Self,
        blocks: Range<u32>,
        tokens: u32,
        (forms, new_form): (&mut Numbers, &mut dyn FnMut(u32) -> u32),
        (gaps, new_gap): (&mut Numbers, NewGap<'_>),
    ) {
        let mut left = tokens;
        for block in blocks {
            self.byte = other.byte_of(block);
            self.begin_block();
            let here = left.min(BLOCK_TOKENS);
            left -= here;
            let bytes = other.forms_of(block);
            copy_forms(bytes, here, self.forms.open(), forms, new_form);
            // A block ends with a gap or with spaces that are not written, here as there.
            let mut codes = other.gaps_of(block).bytes;
            let lexicon = &mut self.gap_lexicon;
            for _ in 0..=BLOCK_TOKENS {
                let Some((spaces, gap)) = read_gap(&mut codes) else {
                    break;
                };
                let gap = gaps.take(gap, &mut |gap| new_gap(lexicon, gap));
                write_gap(self.gaps.open(), spaces, gap);
            }
        }
    }
}

#[inline(never)] // called for every block, so that a browser compiles it well on the way
fn copy_forms(
    bytes: &[u8],
    tokens: u32,
    out: &mut Vec<u8>,
    numbers: &mut Numbers,
    new: &mut dyn FnMut(u32) -> u32,
) {
    let mut at = 0;
    let forms = (0..tokens).map(|_| FormId(numbers.take(read_form(bytes, &mut at), new)));
    write_forms(out, forms);
}
