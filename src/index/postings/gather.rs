//! Gathers the list of a form from its occurrences, a few thousand at a time: what is written is not kept.

use crate::index::postings::Posting;
use crate::index::postings::block::BLOCK;
use crate::index::postings::writer::PostingsWriter;
use crate::index::store::number;

/// Occurrences whose units are found at once.
pub(in crate::index) const AT_ONCE: usize = 1 << 12;

/// What is not written yet of the list of a form.
pub(in crate::index) struct Gathered {
    first_unit: u32,
    /// With the lengths of the units.
    postings: Vec<(Posting, u32)>,
    /// Their places, and behind so many of them occurrences whose units are not found yet.
    places: Vec<u32>,
    found: usize,
    /// The unit found last: its first token, and the first behind it.
    unit: (u32, u32),
}

impl Gathered {
    /// Nothing of any list; units are numbered from this on.
    pub(in crate::index) fn new(first_unit: u32) -> Self {
        Self {
            first_unit,
            postings: Vec::with_capacity(BLOCK),
            places: Vec::with_capacity(AT_ONCE),
            found: 0,
            unit: (0, 0),
        }
    }

    /// Takes occurrences behind those that came before.
    #[inline]
    pub(in crate::index) fn take(&mut self, occurrences: impl Iterator<Item = u32>) {
        self.places.extend(occurrences);
    }

    /// Ends the list with what is not written yet.
    pub(in crate::index) fn end(&mut self, form: u32, writer: &mut PostingsWriter) {
        writer.last_block(form, &self.postings, &self.places);
        self.postings.clear();
        self.places.clear();
        (self.found, self.unit) = (0, (0, 0));
    }

    /// Finds the units of ascending occurrences, and makes of each occurrence its place in its unit. Blocks behind
    /// which others follow are written.
    #[inline(never)] // called for every form, so that a browser compiles it well on the way
    pub(in crate::index) fn find_units(
        &mut self,
        lookup: &UnitLookup<'_>,
        writer: &mut PostingsWriter,
    ) {
        let (mut start, mut end) = self.unit;
        let mut written = 0;
        for at in self.found..self.places.len() {
            let slot = self.places.get(at).copied().unwrap_or_default();
            if slot >= end {
                if self.postings.len() == BLOCK {
                    let places = self.places.get(written..at).unwrap_or_default();
                    writer.block(&self.postings, places);
                    self.postings.clear();
                    written = at;
                }
                let unit;
                (unit, start, end) = lookup.find(slot);
                let posting = Posting {
                    unit: self.first_unit + unit,
                    occurrences: 0,
                };
                self.postings.push((posting, end - start));
            }
            if let Some((last, _)) = self.postings.last_mut() {
                last.occurrences += 1;
            }
            if let Some(place) = self.places.get_mut(at) {
                *place = slot - start;
            }
        }
        if written > 0 {
            self.places.drain(..written);
        }
        (self.found, self.unit) = (self.places.len(), (start, end));
    }
}

/// Finds the unit of a token when tokens are counted one unit after the other.
pub(in crate::index) struct UnitLookup<'b> {
    /// Tokens before each unit.
    before: &'b [u32],
    /// The unit of every 256th token.
    coarse: Vec<u32>,
}

const COARSE: u32 = 256;

impl<'b> UnitLookup<'b> {
    /// Of units with so many tokens before each, and behind the last.
    pub(in crate::index) fn new(before: &'b [u32]) -> Self {
        let total = before.last().copied().unwrap_or_default();
        let mut unit = 0;
        let coarse = (0..=total / COARSE).map(|step| {
            while before
                .get(unit + 1)
                .is_some_and(|&end| end <= step * COARSE)
            {
                unit += 1;
            }
            number(unit)
        });
        Self {
            before,
            coarse: coarse.collect(),
        }
    }

    /// The unit, its first token and the first behind it.
    #[inline]
    fn find(&self, slot: u32) -> (u32, u32, u32) {
        let before = |unit: u32| self.before.get(unit as usize).copied();
        let unit = self.coarse.get((slot / COARSE) as usize).copied();
        let mut unit = unit.unwrap_or_default();
        // Whether it is this or the next cannot be foreseen; it is seldom one behind.
        unit += u32::from(before(unit + 1).is_some_and(|end| end <= slot));
        while before(unit + 1).is_some_and(|end| end <= slot) {
            unit += 1;
        }
        let end = before(unit + 1).unwrap_or(u32::MAX);
        (unit, before(unit).unwrap_or_default(), end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::FormId;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

        #[test]
        fn a_list_is_the_same_however_it_comes(
            held in proptest::collection::vec(prop_oneof![3 => 0u32..4, 1 => 0u32..60], 1..500),
            at_once in 1usize..300,
        ) {
            // Each unit holds the form so often, with a token between.
            let lengths: Vec<u32> = held.iter().map(|&held| 2 * held + 1).collect();
            let sum = |sum: &mut u32, length: &u32| { *sum += length; Some(*sum) };
            let before: Vec<u32> = [0].into_iter().chain(lengths.iter().scan(0, sum)).collect();
            let starts = before.iter().zip(&held);
            let occurrences: Vec<u32> = starts.flat_map(|(start, &held)| (0..held).map(move |n| start + 2 * n)).collect();
            let first = 7;
            let units = first..first + held.len() as u32;
            let mut writer = PostingsWriter::new(units, 1, false, (0, 0));
            let mut list = Gathered::new(first);
            for some in occurrences.chunks(at_once) {
                list.take(some.iter().copied());
                list.find_units(&UnitLookup::new(&before), &mut writer);
            }
            list.end(0, &mut writer);
            let postings = writer.finish();
            let mut found = vec![0; held.len()];
            if let Some(list) = postings.list(FormId(0)) {
                let length = |unit: u32| lengths[(unit - first) as usize];
                list.for_each_places(length, |_| true, |_| true, |posting, places| {
                    found[(posting.unit - first) as usize] = posting.occurrences;
                    assert!(places.iter().copied().eq((0..posting.occurrences).map(|n| 2 * n)));
                });
            }
            prop_assert_eq!(found, held);
        }
    }
}
