//! The lexicon: every distinct word form as written, with a number and a frequency.
//!
//! Forms are found by open addressing: a slot of 32 bits holds a form's number
//! and, in the bits that this leaves free, some of its hash, so that one probe
//! and one comparison answer for nearly every running word. The number of slots
//! is free, so that a table of known forms is no larger than it must be: a hash
//! is scaled to the slots by a multiplication (Lemire 2019).

mod batch;
mod frequencies;
mod word_hash;

use super::coding::ascending::Ascending;
use super::coding::growth::grow_for;
use crate::text::ByteSpan;
pub(super) use batch::{AT_ONCE, Lookup};
pub(super) use frequencies::Frequencies;
use std::ops::Range;
use word_hash::Word;

/// Number of a distinct word form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormId(pub u32);

/// Distinct word forms in the order they were first met.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// All forms, one behind the other.
    text: Vec<u8>,
    /// Where each form ends in `text`.
    ends: Ascending,
    /// Of forms that were read from a file, where they stand in another order: of each number the place. Further forms
    /// follow in their own order.
    places: Vec<u32>,
    frequencies: Frequencies,
    /// The low bits of a slot are the number of a form, as many as number the
    /// slots; the others are bits of its hash. None where forms were read from a file
    /// or the index was refreshed, and no other was added since.
    slots: Vec<u32>,
}

/// A slot without a form: since a table is never full, no form has the highest number.
const FREE: u32 = u32::MAX;

/// A table is at most this full, in quarters.
const FULL_QUARTERS: usize = 2;

impl Lexicon {
    /// Number of distinct forms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no form was met yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The form as written; empty for a number that no form has.
    #[must_use]
    pub fn form(&self, id: FormId) -> &str {
        std::str::from_utf8(self.bytes(id)).unwrap_or_default()
    }

    /// All forms, one behind the other: checked once, where many are asked for.
    pub(super) fn text(&self) -> &str {
        simdutf8::basic::from_utf8(&self.text).unwrap_or_default()
    }

    /// A form as written, of this text of all.
    #[inline]
    pub(super) fn form_of<'t>(&self, text: &'t str, id: FormId) -> &'t str {
        text.get(self.stretch(id)).unwrap_or_default()
    }

    /// The bytes of a form.
    #[inline]
    pub(crate) fn bytes(&self, id: FormId) -> &[u8] {
        self.text.get(self.stretch(id)).unwrap_or_default()
    }

    /// Where a form stands in the text of all.
    #[inline(always)]
    fn stretch(&self, id: FormId) -> Range<usize> {
        let number = id.0 as usize;
        let place = self.places.get(number);
        self.ends
            .stretch(place.map_or(number, |&place| place as usize))
    }

    /// How many bytes a form has, and the bytes from there on where it starts: others follow.
    #[inline(never)]
    pub(super) fn bytes_on(&self, id: FormId) -> (usize, &[u8]) {
        let stretch = self.stretch(id);
        let on = self.text.get(stretch.start..).unwrap_or_default();
        (stretch.len(), on)
    }

    /// Running words with this form.
    #[must_use]
    pub fn frequency(&self, id: FormId) -> u32 {
        self.frequencies.get(id.0 as usize)
    }

    /// Every form in order of number.
    pub fn forms(&self) -> impl Iterator<Item = (FormId, &str)> {
        let ids = (0u32..).map(FormId).take(self.ends.len());
        ids.map(|id| (id, self.form(id)))
    }

    /// The number of a form, if it was met. Where there is no table, as in a lexicon that was read from a file,
    /// every form is looked at: [`Views::form`](super::Views::form) finds it in few steps.
    #[must_use]
    pub fn find(&self, form: &str) -> Option<FormId> {
        if self.slots.is_empty() {
            let mut forms = self.forms();
            return forms.find(|(_, other)| *other == form).map(|(id, _)| id);
        }
        self.find_bytes(form.as_bytes())
    }

    /// The same for bytes of UTF-8, where there is a table.
    pub(super) fn find_bytes(&self, form: &[u8]) -> Option<FormId> {
        let word = Word::of(form);
        self.probe(&word, word.hash()).ok().map(FormId)
    }

    /// Counts one running word and returns the number of its form.
    #[inline]
    pub fn add(&mut self, form: &str) -> FormId {
        self.add_word(Word::of(form.as_bytes()), 1)
    }

    /// The same for a word where it stands in a text, which takes less time.
    #[inline]
    pub fn add_at(&mut self, text: &str, span: ByteSpan) -> FormId {
        self.add_word(Word::at(text.as_bytes(), span.range()), 1)
    }

    /// Counts so many running words with a form.
    #[inline]
    fn add_word(&mut self, word: Word<'_>, running: u32) -> FormId {
        let (hash, numbers) = (word.hash(), numbers_mask(self.slots.len()));
        // Nearly every running word is known, and stands where it is looked for first.
        let first = self.slots.get(first_slot(hash, self.slots.len()));
        let slot = first.copied().unwrap_or(FREE);
        let id = slot & numbers;
        if slot & !numbers == tag(hash, numbers) && slot != FREE && self.word(id).is(&word) {
            self.count(FormId(id), running);
            return FormId(id);
        }
        self.add_hashed(&word, hash, running)
    }

    #[inline(never)]
    fn add_hashed(&mut self, word: &Word<'_>, hash: u64, running: u32) -> FormId {
        match self.probe(word, hash) {
            Ok(id) => {
                self.count(FormId(id), running);
                FormId(id)
            }
            Err(slot) => self.insert(word.bytes(), hash, running, slot),
        }
    }

    /// The number of a form; one that is new has been met in no running word.
    pub(super) fn intern(&mut self, form: &[u8]) -> FormId {
        let word = Word::of(form);
        self.add_hashed(&word, word.hash(), 0)
    }

    /// Says how many running words have a form.
    pub(super) fn set_frequency(&mut self, form: FormId, running: u32) {
        self.frequencies.set(form.0 as usize, running);
    }

    /// Counts so many more running words with a form that is here.
    #[inline]
    pub(super) fn count(&mut self, form: FormId, running: u32) {
        self.frequencies.add(form.0 as usize, running);
    }

    /// A lexicon of forms that stand one behind the other in another order, with their frequencies in theirs:
    /// `numbers` tells the number of each. The table is made when a form is added.
    pub(super) fn of_forms(
        text: Vec<u8>,
        ends: Ascending,
        frequencies: &[u32],
        numbers: &[u32],
    ) -> Self {
        let mut places = vec![0u32; numbers.len()];
        for (place, &number) in (0u32..).zip(numbers) {
            if let Some(of_number) = places.get_mut(number as usize) {
                *of_number = place;
            }
        }
        let mut in_order = Frequencies::with_room(places.len());
        for &place in &places {
            let frequency = frequencies.get(place as usize).copied();
            in_order.push(frequency.unwrap_or_default());
        }
        Self {
            text,
            ends,
            places,
            frequencies: in_order,
            slots: Vec::new(),
        }
    }

    /// An empty lexicon with room for so many forms of so many bytes together.
    pub(super) fn with_room(forms: usize, bytes: usize) -> Self {
        Self {
            text: Vec::with_capacity(bytes),
            ends: Ascending::with_room(forms),
            places: Vec::new(),
            frequencies: Frequencies::with_room(forms),
            slots: vec![FREE; slots_for(forms)],
        }
    }

    /// Gives memory back that was kept for growth, and the table: it is made anew when a form is added.
    pub(super) fn shrink(&mut self) {
        self.slots = Vec::new();
        self.shrink_forms();
    }

    /// The same, but for the table.
    pub(super) fn shrink_forms(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink();
        self.frequencies.shrink();
    }

    /// Keeps the forms alone, without the table and without their frequencies.
    pub(super) fn keep_forms(&mut self) {
        self.slots = Vec::new();
        self.frequencies = Frequencies::default();
    }

    /// Bytes of all forms together.
    pub(super) fn text_len(&self) -> usize {
        self.text.len()
    }

    /// Bytes that the lexicon holds.
    #[must_use]
    pub fn memory(&self) -> usize {
        let numbers = self.ends.memory() + self.frequencies.memory() + 4 * self.places.capacity();
        self.text.capacity() + numbers + 4 * self.slots.capacity()
    }

    #[inline(always)]
    fn word(&self, id: u32) -> Word<'_> {
        Word::at(&self.text, self.stretch(FormId(id)))
    }

    /// The number of a word, or the free slot where it belongs.
    #[inline]
    fn probe(&self, word: &Word<'_>, hash: u64) -> Result<u32, usize> {
        let numbers = numbers_mask(self.slots.len());
        let tag = tag(hash, numbers);
        let mut at = first_slot(hash, self.slots.len());
        while let Some(&slot) = self.slots.get(at) {
            if slot == FREE {
                return Err(at);
            }
            let id = slot & numbers;
            if slot & !numbers == tag && self.word(id).is(word) {
                return Ok(id);
            }
            at += 1;
            if at == self.slots.len() {
                at = 0;
            }
        }
        Err(0)
    }

    #[cold]
    fn insert(&mut self, form: &[u8], hash: u64, running: u32, slot: usize) -> FormId {
        if self.slots.is_empty() && !self.ends.is_empty() {
            self.fill(slots_for(self.len()));
            return self.add_word(Word::of(form), running);
        }
        let id = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.push(form, running);
        if 4 * self.ends.len() > FULL_QUARTERS * self.slots.len() {
            self.fill(slots_for(2 * self.ends.len()));
        } else {
            let tag = tag(hash, numbers_mask(self.slots.len()));
            if let Some(free) = self.slots.get_mut(slot) {
                *free = tag | id;
            }
        }
        FormId(id)
    }

    /// Adds a form that the table does not know yet.
    #[inline(never)] // called for every form, so that a browser compiles it well on the way
    pub(super) fn push(&mut self, form: &[u8], running: u32) {
        grow_for(&mut self.text, form.len());
        self.text.extend_from_slice(form);
        self.push_end(self.text.len(), running);
    }

    /// Adds where the next form ends.
    fn push_end(&mut self, end: usize, running: u32) {
        self.ends.push(u32::try_from(end).unwrap_or(u32::MAX));
        self.frequencies.push(running);
    }

    /// Makes a table of so many slots and enters every form.
    fn fill(&mut self, size: usize) {
        self.slots = Vec::new();
        let mut slots = vec![FREE; size];
        for id in 0..self.ends.len() as u32 {
            enter(&mut slots, self.word(id).hash(), id);
        }
        self.slots = slots;
    }
}

/// Puts a form with this hash into the first free slot from where it belongs.
#[inline(never)] // called for every form, so that a browser compiles it well on the way
fn enter(slots: &mut [u32], hash: u64, id: u32) {
    let tag = tag(hash, numbers_mask(slots.len()));
    let mut at = first_slot(hash, slots.len());
    while slots.get(at).is_some_and(|&slot| slot != FREE) {
        at += 1;
        if at == slots.len() {
            at = 0;
        }
    }
    if let Some(slot) = slots.get_mut(at) {
        *slot = tag | id;
    }
}

/// Slots for so many forms.
fn slots_for(forms: usize) -> usize {
    ((4 * forms).div_ceil(FULL_QUARTERS) + 1).max(1 << 10)
}

/// The slot where a form is looked for first.
#[inline]
fn first_slot(hash: u64, slots: usize) -> usize {
    ((u64::from(hash as u32) * slots as u64) >> 32) as usize
}

/// The bits of a slot that hold the number of a form.
#[inline]
fn numbers_mask(slots: usize) -> u32 {
    u32::MAX.unbounded_shr((slots as u32).leading_zeros())
}

/// The bits of a slot that the number of a form leaves free, taken from its hash.
#[inline]
fn tag(hash: u64, numbers: u32) -> u32 {
    (hash >> 32) as u32 & !numbers
}

#[cfg(test)]
mod tests;
