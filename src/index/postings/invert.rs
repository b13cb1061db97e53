//! Makes postings from the stream by counting sort.

use crate::index::postings::block::rice_of;
use crate::index::postings::gather::{AT_ONCE, Gathered, UnitLookup};
use crate::index::postings::own_room::{OwnRoom, whole_pieces};
use crate::index::postings::writer::PostingsWriter;
use crate::index::store::{Index, number};
use crate::index::{FormId, IndexedPage, Postings};
use std::ops::Range;

/// Occurrences for which room is made of its own, where that is no smaller a part of all than [`PART`].
const ROOM: usize = 1 << 17;
const PART: usize = 32;

/// Making the views of a form has just given back the room of more occurrences than so many.
const ROOM_OF_VIEWS: usize = 4;

/// Where a form ends takes memory too: one is dealt with for so many occurrences that there is room for, at most.
const ROOM_OF_A_FORM: usize = 2;

/// How many occurrences of so many have room of their own, in an index of so many forms.
fn room_for(all: usize, forms: usize) -> usize {
    let room = ROOM.max(all / PART).max(forms * ROOM_OF_VIEWS);
    room.min(all + forms)
}

impl Index {
    /// Postings of the units of whole pages.
    ///
    /// The forms are dealt with in ranges, each in one pass over the stream. Occurrences are sorted where their places
    /// will be written, as many as have room there, and in a few megabytes more.
    pub(in crate::index) fn invert(&self, units: Range<u32>) -> Postings {
        let before = self.tokens_before(&units);
        let total = before.last().copied().unwrap_or_default();
        let room = room_for(total as usize, self.lexicon.len());
        if total >> 24 == 0 {
            self.invert_by::<3>(&units, &before, room)
        } else {
            self.invert_by::<4>(&units, &before, room)
        }
    }

    /// The tokens before each unit, and all of them.
    fn tokens_before(&self, units: &Range<u32>) -> Vec<u32> {
        let mut before = Vec::with_capacity(units.len() + 1);
        let mut total = 0u32;
        before.push(total);
        for unit in units.clone() {
            total += self.units.length(unit);
            before.push(total);
        }
        before
    }

    /// The same; the number of a token takes so many bytes, and `room` is how many of them are sorted at least.
    fn invert_by<const BYTES: usize>(
        &self,
        units: &Range<u32>,
        before: &[u32],
        room: usize,
    ) -> Postings {
        let some = units.len() < self.units.len() as usize;
        let some = some.then(|| self.occurrences_in(units, before));
        let forms = self.lexicon.len();
        let count_of = |form: usize| match &some {
            Some(counts) => counts.get(form).copied().unwrap_or_default(),
            None => self.lexicon.frequency(FormId(number(form))),
        };
        let (mut lists, mut bits) = (0, 0);
        for count in (0..forms).map(count_of).filter(|&count| count > 0) {
            lists += 1;
            bits += bits_of_list(units, count);
        }
        let bits = (bits, self.bits_of_places(units));
        let mut writer = PostingsWriter::new(units.clone(), lists, lists < forms, bits);
        let lookup = UnitLookup::new(before);
        let mut list = Gathered::new(units.start);
        let mut own = OwnRoom::<BYTES>::default();
        let mut from = 0;
        while from < forms {
            let there = whole_pieces(writer.room_for_places::<BYTES>());
            let (mut to, mut sum) = (from, 0);
            while to < forms {
                let count = count_of(to) as usize;
                // Where no room of their own is needed, there is more for the forms.
                let has_room = if sum + count > there {
                    sum + count <= there + room && to - from <= room / ROOM_OF_A_FORM
                } else {
                    to - from <= room
                };
                if to > from && !has_room {
                    break;
                }
                (to, sum) = (to + 1, sum + count);
            }
            // Where the occurrences of each form of the range start.
            drop(own);
            let mut next = OwnRoom::<BYTES>::of(to - from);
            let mut free = 0u32;
            for form in from..to {
                if let Some(next) = next.get_mut(form - from) {
                    put(next, free);
                }
                free += count_of(form);
            }
            let (count, rest) = (sum.min(there), sum.saturating_sub(there));
            own = OwnRoom::of(rest);
            let mut room = own.behind(writer.lent_places(count));
            self.each_occurrence(units, before, |form, slot| {
                // Forms before the range have places behind its end.
                let place = (form.0 as usize).wrapping_sub(from);
                if let Some(next) = next.get_mut(place) {
                    let free = number_of(next);
                    put(next, free + 1);
                    if let Some(free) = room.get_mut(free as usize) {
                        put(free, slot);
                    }
                }
            });
            // Now each place is the end of its form.
            let mut start = 0;
            for form in from..to {
                let end = next.get_mut(form - from).map_or(0, |end| number_of(end)) as usize;
                while start < end {
                    let behind = end.min(start + AT_ONCE);
                    // Those there come first: what is written overwrites none that was not read.
                    let there = writer.lent_places(count);
                    let split = |place: usize| (place.min(count), place.saturating_sub(count));
                    let ((a, b), (c, d)) = (split(start), split(behind));
                    for slots in there.get(a..c).into_iter().chain(own.stretch(b, d - b)) {
                        list.take(slots.iter().map(number_of));
                    }
                    start = behind;
                    list.find_units(&lookup, &mut writer);
                }
                list.end(number(form), &mut writer);
            }
            from = to;
        }
        writer.finish()
    }

    /// How often each form occurs in some of the units.
    fn occurrences_in(&self, units: &Range<u32>, before: &[u32]) -> Vec<u32> {
        let mut counts = vec![0u32; self.lexicon.len()];
        self.each_occurrence(units, before, |form, _| {
            if let Some(count) = counts.get_mut(form.0 as usize) {
                *count += 1;
            }
        });
        counts
    }

    /// The bits of the places in units, were no word twice in one: rather more than there are.
    fn bits_of_places(&self, units: &Range<u32>) -> u64 {
        let lengths = units.clone().map(|unit| self.units.length(unit));
        // One of n takes less than a tenth of a bit more than log₂ n.
        let of_unit = |length: u32| {
            let length = f64::from(length.max(1));
            length * (length.ln() * std::f64::consts::LOG2_E + 0.1)
        };
        lengths.map(of_unit).sum::<f64>() as u64
    }

    /// Calls `take` with every token of the units: its form and its number when
    /// the tokens of the units are counted one unit after the other. The tokens
    /// of each unit come in order, units of a page side by side.
    fn each_occurrence(
        &self,
        units: &Range<u32>,
        before: &[u32],
        mut take: impl FnMut(FormId, u32),
    ) {
        let mut forms = Vec::new();
        let first_page = self.units.page(units.start);
        let last_page = self.units.page(units.end.wrapping_sub(1));
        for page in first_page..=last_page {
            if let Some(page) = self.pages.get(page as usize) {
                self.read_forms(page, &mut forms);
                let of_page = self.units.of_page(page.number.0);
                let skipped = of_page.start.wrapping_sub(units.start) as usize;
                let before = before.get(skipped..).unwrap_or_default();
                self.each_of_page(page, &forms, of_page.zip(before.iter().copied()), &mut take);
            }
        }
    }

    /// The same for the forms of a page and its units, of which the number of the first token is known.
    #[inline(never)] // called for every page, so that a browser compiles it well on the way
    fn each_of_page(
        &self,
        page: &IndexedPage,
        forms: &[FormId],
        units: impl Iterator<Item = (u32, u32)>,
        take: &mut impl FnMut(FormId, u32),
    ) {
        for (unit, mut slot) in units {
            for (stretch, end) in self.units.stretches(unit) {
                let at = |position: u32| (position - page.positions.start) as usize;
                let range = at(stretch.position)..at(end);
                for &form in forms.get(range).unwrap_or_default() {
                    take(form, slot);
                    slot += 1;
                }
            }
        }
    }
}

/// Writes the number of a token, or how many there are.
#[inline(always)]
fn put<const BYTES: usize>(slot: &mut [u8; BYTES], number: u32) {
    if let Some(low) = number.to_le_bytes().first_chunk() {
        *slot = *low;
    }
}

/// Reads it.
#[inline(always)]
fn number_of<const BYTES: usize>(slot: &[u8; BYTES]) -> u32 {
    let mut bytes = [0; 4];
    if let Some(low) = bytes.first_chunk_mut() {
        *low = *slot;
    }
    u32::from_le_bytes(bytes)
}

/// About how many bits the list of a form takes that occurs so often in units, rather more than fewer.
fn bits_of_list(units: &Range<u32>, count: u32) -> u64 {
    let (postings, count) = (count.min(units.end - units.start), u64::from(count));
    // The number of postings; of each the gap, and the bits that end gap and occurrences.
    let rice = rice_of(units.end - units.start, postings);
    let head = 2 * u64::from(count.max(1).ilog2()) + 1;
    head + count * u64::from(rice + 2) + count / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Page;

    #[test]
    fn postings_are_the_same_in_however_many_rounds() {
        let mut index = Index::default();
        for page in 0..40u32 {
            let word = |n: u32| format!("كلمة{} ", (page * 31 + n * n) % (3 + n));
            let text: String = (0..60).map(word).collect();
            let page = Page::read(&format!("{page}.txt"), text.as_bytes());
            index.add(page.expect("text"), false).expect("new");
        }
        let all = 0..index.units().len();
        for units in [all.clone(), 7..19] {
            let before = index.tokens_before(&units);
            let all = *before.last().expect("0 at least") as usize;
            let told = |postings: Postings| {
                let (documents, places) = (postings.documents.to_vec(), postings.places.to_vec());
                (
                    documents,
                    places,
                    postings.starts,
                    postings.place_starts,
                    postings.forms,
                )
            };
            let made = |room| told(index.invert_by::<4>(&units, &before, room));
            let at_once = made(all + index.lexicon.len());
            assert!(at_once.0.len() > 100, "{} bytes", at_once.0.len());
            assert!(made(0) == at_once, "a round for each form");
            assert!(made(all / 5) == at_once);
            assert!(told(index.invert_by::<3>(&units, &before, all / 9)) == at_once);
            assert!(told(index.invert(units)) == at_once);
        }
    }

    #[test]
    fn room_is_made_for_a_small_part_of_a_large_corpus_or_where_views_were_made() {
        for (all, forms, room) in [
            (0, 0, 0),
            (1_000, 0, 1_000),
            (2 * ROOM, 9, ROOM),
            (PART * 2 * ROOM, ROOM, ROOM * ROOM_OF_VIEWS),
            (PART * 2 * ROOM, 9, 2 * ROOM),
            (0, ROOM, ROOM),
        ] {
            assert_eq!(room_for(all, forms), room);
        }
    }
}
