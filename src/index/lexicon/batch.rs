//! Many words looked up side by side.
//!
//! What a lookup takes time for is memory: a slot, the end of the form that it
//! names, its bytes, each known only when the one before has come. Step by step
//! for many words, a machine fetches what all of them need at once.

use super::word_hash::{hash, is_same};
use super::{FREE, FormId, Lexicon, bytes_at, first_slot, numbers_mask, tag};
use crate::text::ByteSpan;

/// Words that are best looked up side by side.
pub(in crate::index) const AT_ONCE: usize = 256;

/// A word on its way to its number.
#[derive(Clone, Copy, Debug)]
pub(in crate::index) struct Lookup {
    hash: u64,
    slot: u32,
    end: u32,
    last: u8,
    /// The number, once it is known.
    pub(in crate::index) form: FormId,
}

impl Lexicon {
    /// The numbers of words of a text in order, a few hundred at most; `running` are counted of each.
    #[inline(never)] // called for every page, so that a browser compiles it well on the way
    pub(in crate::index) fn add_all(
        &mut self,
        text: &[u8],
        words: &[ByteSpan],
        running: u32,
        found: &mut Vec<Lookup>,
    ) {
        let bytes_of = |span: &ByteSpan| text.get(span.range()).unwrap_or_default();
        found.clear();
        found.extend(words.iter().map(|word| Lookup {
            hash: hash(bytes_of(word)),
            slot: FREE,
            end: 0,
            last: 0,
            form: FormId(0),
        }));
        let size = self.slots.len();
        let numbers = numbers_mask(size);
        for word in found.iter_mut() {
            let slot = self.slots.get(first_slot(word.hash, size));
            word.slot = slot.copied().unwrap_or(FREE);
        }
        for word in found.iter_mut() {
            word.form = FormId(word.slot & numbers);
            word.end = self.ends.get(word.form.0 as usize).unwrap_or(0);
        }
        for word in found.iter_mut() {
            let last = self.text.get((word.end as usize).wrapping_sub(1));
            word.last = last.copied().unwrap_or_default();
        }
        for (word, span) in found.iter_mut().zip(words) {
            let bytes = bytes_of(span);
            // Words that came just now may have made another table.
            let is_found = word.slot != FREE
                && (word.slot ^ tag(word.hash, numbers)) & !numbers == 0
                && self.slots.len() == size
                && bytes.last() == Some(&word.last)
                && is_same(
                    bytes_at(&self.text, &self.ends, word.form.0 as usize),
                    bytes,
                );
            if is_found {
                self.count(word.form, running);
            } else {
                word.form = self.add_hashed(bytes, word.hash, running);
            }
        }
    }
}
