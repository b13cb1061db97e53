//! Writes postings.

use crate::index::coding::ascending::Ascending;
use crate::index::coding::bits::{BitWriter, MOST};
use crate::index::coding::interpolative;
use crate::index::postings::block::{BLOCK, RICE_BITS, WIDTH_BITS, bits_of, rice_of};
use crate::index::postings::{GROUP, Posting, Postings};

/// Writes lists in the order of their forms.
#[derive(Debug)]
pub(in crate::index) struct PostingsWriter {
    postings: Postings,
    documents: BitWriter,
    places: BitWriter,
    /// The blocks of a long list and where each starts.
    blocks: BitWriter,
    entries: Vec<(u32, usize, usize)>,
    /// Behind the last unit of those blocks.
    next: u32,
}

impl PostingsWriter {
    /// For so many lists, which take about so many bits, and their places; if the lists are
    /// sparse, each says which form it is of.
    pub(in crate::index) fn new(
        units: std::ops::Range<u32>,
        lists: usize,
        is_sparse: bool,
        bits: (u64, u64),
    ) -> Self {
        // The longest first: where memory is in pieces, the others fit into more of them.
        let places = BitWriter::with_room(bits.1);
        let documents = BitWriter::with_room(bits.0);
        Self {
            postings: Postings {
                first_unit: units.start,
                units: units.end - units.start,
                forms: is_sparse.then(|| Vec::with_capacity(lists)),
                starts: Ascending::with_room(lists),
                place_starts: Vec::with_capacity(lists.div_ceil(GROUP)),
                ..Default::default()
            },
            documents,
            places,
            blocks: BitWriter::default(),
            entries: Vec::new(),
            next: 0,
        }
    }

    /// How many numbers of so many bytes have room where places will be written.
    pub(in crate::index) fn room_for_places<const BYTES: usize>(&self) -> usize {
        self.places.free() / BYTES
    }

    /// The end of that room, which is lent for so many numbers. They are to be taken one after the other: the places
    /// that were written of those taken reach into none that was not, each place taking no more bits than a number.
    pub(in crate::index) fn lent_places<const BYTES: usize>(
        &mut self,
        numbers: usize,
    ) -> &mut [[u8; BYTES]] {
        self.places.last_bytes(numbers * BYTES).as_chunks_mut().0
    }

    /// Writes the list of a form: units with their lengths, ascending, and the
    /// places in all of them, one behind the other.
    #[cfg(any(test, feature = "readers"))]
    pub(in crate::index) fn list(
        &mut self,
        form: u32,
        mut postings: &[(Posting, u32)],
        mut places: &[u32],
    ) {
        while let Some((block, behind)) = postings.split_at_checked(BLOCK)
            && !behind.is_empty()
        {
            let inside = block.iter().map(|(p, _)| p.occurrences as usize).sum();
            let (here, rest) = places.split_at_checked(inside).unwrap_or_default();
            self.block(block, here);
            (postings, places) = (behind, rest);
        }
        self.last_block(form, postings, places);
    }

    /// Writes a block of a list, behind which others follow: so many postings as a block has.
    #[inline(never)] // called for every block, so that a browser compiles it well on the way
    pub(in crate::index) fn block(&mut self, postings: &[(Posting, u32)], places: &[u32]) {
        let first = self.postings.first_unit;
        if self.entries.is_empty() {
            self.blocks.clear();
            self.next = first;
            self.begin_places();
        }
        let next = self.next;
        self.entries
            .push((next - first, self.blocks.len(), self.places.len()));
        let last = postings.last().map_or(next, |(posting, _)| posting.unit);
        let rice = rice_of(last + 1 - next, postings.len() as u32);
        self.blocks.bits(u64::from(rice), RICE_BITS);
        write_block(&mut self.blocks, rice, next, postings);
        write_places(&mut self.places, postings, places);
        self.next = last + 1;
    }

    /// Writes the last block of the list of a form, mostly the only one.
    #[inline(never)] // called for every form, so that a browser compiles it well on the way
    pub(in crate::index) fn last_block(
        &mut self,
        form: u32,
        postings: &[(Posting, u32)],
        places: &[u32],
    ) {
        if postings.is_empty() {
            return;
        }
        if self.entries.is_empty() {
            self.begin_places();
        } else {
            self.block(postings, places);
        }
        if let Some(forms) = &mut self.postings.forms {
            forms.push(form);
        }
        self.postings.starts.push(offset(self.documents.len()));
        let whole = self.entries.len().saturating_sub(1) * BLOCK;
        let count = (whole + postings.len()) as u32;
        self.documents.gamma(count);
        if self.entries.is_empty() {
            let rice = rice_of(self.postings.units, count);
            let (documents, first) = (&mut self.documents, self.postings.first_unit);
            write_block(documents, rice, first, postings);
            write_places(&mut self.places, postings, places);
            return;
        }
        self.end_long_list();
    }

    /// Notes where the places of the next list start.
    fn begin_places(&mut self) {
        if self.postings.starts.len().is_multiple_of(GROUP) {
            self.postings.place_starts.push(offset(self.places.len()));
        }
    }

    /// Writes where each block of a long list starts, and the blocks.
    fn end_long_list(&mut self) {
        let all_places = self.entries.first().map_or(0, |&(.., places)| places);
        let place_bits = self.places.len() - all_places;
        let (document_width, place_width) = (width(self.blocks.len()), width(place_bits));
        let unit_width = bits_of(self.postings.units);
        self.documents.bits(u64::from(document_width), WIDTH_BITS);
        self.documents.bits(u64::from(place_width), WIDTH_BITS);
        self.documents.bits(place_bits as u64, place_width);
        for &(before, documents, places) in self.entries.iter().skip(1) {
            self.documents.bits(u64::from(before), unit_width);
            self.documents.bits(documents as u64, document_width);
            self.documents
                .bits((places - all_places) as u64, place_width);
        }
        self.documents.append(&self.blocks);
        self.entries.clear();
    }

    pub(in crate::index) fn finish(self) -> Postings {
        let mut postings = self.postings;
        postings.documents = self.documents.finish().into();
        postings.places = self.places.finish().into();
        postings
    }
}

/// Streams of 2³² bits and more do not come up: their tokens would be more than 2³².
fn offset(bits: usize) -> u32 {
    u32::try_from(bits).unwrap_or(u32::MAX)
}

fn width(bits: usize) -> u32 {
    usize::BITS - bits.leading_zeros()
}

/// Writes a list of one posting of one occurrence.
pub(in crate::index) fn write_single(out: &mut BitWriter, units: u32, unit: u32) {
    let occurrences = 1;
    out.gamma(1);
    write_block(
        out,
        rice_of(units, 1),
        0,
        &[(Posting { unit, occurrences }, 0)],
    );
}

fn write_block(out: &mut BitWriter, rice: u32, first: u32, postings: &[(Posting, u32)]) {
    let mut next = first;
    for (posting, _) in postings {
        let gap = posting.unit - next;
        next = posting.unit + 1;
        let (high, low, more) = (
            gap >> rice,
            u64::from(gap) & ((1 << rice) - 1),
            posting.occurrences - 1,
        );
        let bits = high.saturating_add(1 + rice + more).saturating_add(1);
        if bits <= MOST {
            // Both numbers in unary and what stands between them in one.
            out.bits((1 | low << 1 | 1 << (1 + rice + more)) << high, bits);
            continue;
        }
        out.unary(high);
        out.bits(low, rice);
        out.unary(more);
    }
}

fn write_places(out: &mut BitWriter, postings: &[(Posting, u32)], mut places: &[u32]) {
    for &(posting, length) in postings {
        let (here, behind) = places
            .split_at_checked(posting.occurrences as usize)
            .unwrap_or_default();
        interpolative::write(out, here, length);
        places = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::FormId;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Places by unit.
    type Naive = BTreeMap<u32, Vec<u32>>;

    fn list() -> impl Strategy<Value = Naive> {
        let unit = (0u32..3_000, proptest::collection::btree_set(0u32..40, 1..6));
        let units = prop_oneof![6 => 1usize..4, 2 => 4usize..100, 1 => 120usize..600];
        units
            .prop_flat_map(move |n| proptest::collection::vec(unit.clone(), n))
            .prop_map(|units| {
                let places = |(unit, places): (u32, std::collections::BTreeSet<u32>)| {
                    (unit, places.into_iter().collect())
                };
                units.into_iter().map(places).collect()
            })
    }

    /// Units have different lengths, 40 at least.
    fn length(unit: u32) -> u32 {
        40 + unit % 300
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

        #[test]
        fn lists_are_read_as_written(
            lists in proptest::collection::vec(proptest::option::weighted(0.8, list()), 1..50),
            first in 0u32..1_000,
            wanted in proptest::collection::btree_set(0u32..3_000, 0..40),
            window in (0u32..3_000, 0u32..1_000),
        ) {
            let is_sparse = lists.iter().any(Option::is_none);
            let mut writer = PostingsWriter::new(first..first + 3_000, lists.len(), is_sparse, (0, 0));
            for (form, list) in (0u32..).zip(&lists) {
                let list = list.iter().flatten();
                let (mut postings, mut all) = (Vec::new(), Vec::new());
                for (&unit, places) in list {
                    let unit = first + unit;
                    postings.push((Posting { unit, occurrences: places.len() as u32 }, length(unit)));
                    all.extend(places);
                }
                writer.list(form, &postings, &all);
            }
            let postings = writer.finish();
            for (form, list) in (0u32..).zip(&lists) {
                let Some(naive) = list else {
                    prop_assert!(postings.list(FormId(form)).is_none());
                    continue;
                };
                let found = postings.list(FormId(form)).expect("a list");
                prop_assert_eq!(found.len() as usize, naive.len());
                let mut read = Vec::new();
                found.for_each(|posting| read.push((posting.unit - first, posting.occurrences)));
                let expected: Vec<(u32, u32)> = naive.iter().map(|(&unit, places)| (unit, places.len() as u32)).collect();
                prop_assert_eq!(&read, &expected);
                let range = window.0..window.0 + window.1;
                let mut inside = Vec::new();
                found.for_each_in(first + range.start..first + range.end, |posting| inside.push((posting.unit - first, posting.occurrences)));
                let expected: Vec<(u32, u32)> = expected.into_iter().filter(|(unit, _)| range.contains(unit)).collect();
                prop_assert_eq!(inside, expected);
                let mut placed = Naive::new();
                found.for_each_places(length, |_| true, |_| true, |posting, places| {
                    placed.insert(posting.unit - first, places.to_vec());
                });
                prop_assert_eq!(&placed, naive);
                let mut some = Naive::new();
                let any = |units: std::ops::Range<u32>| wanted.iter().any(|unit| units.contains(&(first + unit)));
                found.for_each_places(length, |unit| wanted.contains(&(unit - first)), any, |posting, places| {
                    some.insert(posting.unit - first, places.to_vec());
                });
                let expected: Naive = naive.iter().filter(|(unit, _)| wanted.contains(unit)).map(|(&unit, places)| (unit, places.clone())).collect();
                prop_assert_eq!(some, expected);
            }
            prop_assert!(postings.list(FormId(lists.len() as u32)).is_none());
        }
    }
}
