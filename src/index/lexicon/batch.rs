//! Many words looked up side by side.
//!
//! What a lookup takes time for is memory: a slot, the end of the form that it
//! names, its bytes, each known only when the one before has come. Step by step
//! for many words, a machine fetches what all of them need at once.

use super::word_hash::Word;
use super::{FREE, FormId, Lexicon, first_slot, numbers_mask, tag};
use crate::text::ByteSpan;

/// Words that are best looked up side by side.
pub(in crate::index) const AT_ONCE: usize = 256;

/// Behind every form.
const NONE: FormId = FormId(FREE);

/// A word on its way to its number.
#[derive(Clone, Copy, Debug)]
pub(in crate::index) struct Lookup {
    hash: u64,
    /// The stretch of the form that it may be.
    start: u32,
    end: u32,
    /// The first bytes of that.
    first: [u64; 2],
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
        let word_at = |span: &ByteSpan| Word::at(text, span.range());
        found.clear();
        found.extend(words.iter().map(|word| Lookup {
            hash: word_at(word).hash(),
            start: 0,
            end: 0,
            first: [0; 2],
            form: NONE,
        }));
        let size = self.slots.len();
        let numbers = numbers_mask(size);
        for word in found.iter_mut() {
            let slot = self.slots.get(first_slot(word.hash, size));
            let slot = slot.copied().unwrap_or(FREE);
            if (slot ^ tag(word.hash, numbers)) & !numbers == 0 {
                word.form = FormId(slot & numbers);
            }
        }
        for word in found.iter_mut() {
            let stretch = self.stretch(word.form);
            (word.start, word.end) = (stretch.start as u32, stretch.end as u32);
        }
        for word in found.iter_mut() {
            word.first = Word::at(&self.text, word.start as usize..word.end as usize).first();
        }
        for (known, span) in found.iter_mut().zip(words) {
            let word = word_at(span);
            // A number stays that of its form, whatever table words that came just now have made.
            if known.form != NONE
                && (known.end - known.start) as usize == word.bytes().len()
                && known.first == word.first()
                && self.has_rest(known, &word)
            {
                self.count(known.form, running);
            } else {
                known.form = self.add_hashed(&word, known.hash, running);
            }
        }
    }

    /// Whether a word goes on as the form does that it may be.
    #[inline(always)]
    fn has_rest(&self, known: &Lookup, word: &Word<'_>) -> bool {
        let rest = word.rest();
        rest.is_empty() || {
            let end = known.end as usize;
            self.text.get(end.saturating_sub(rest.len())..end) == Some(rest)
        }
    }
}
