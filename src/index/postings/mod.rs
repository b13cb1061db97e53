//! Postings: for each form, the units that hold it, how often and where.
//!
//! A list is written into two streams of bits. In the first, every posting is
//! the gap to the unit before it (Rice code: Golomb 1966, Rice 1979) and the
//! number of occurrences in unary; in the second, the places of the
//! occurrences inside the unit (interpolative code: Moffat and Stuiver 2000).
//! Lists of more than [`BLOCK`] postings are cut into blocks with a table of
//! where each starts, so that a reader can pass over what it does not need.
//! Both streams cost about what the entropy of their numbers is.

pub(super) mod bits;
pub(super) mod block;
pub(super) mod copy;
pub(super) mod dense;
pub(super) mod form_counts;
pub(super) mod frequent;
mod gather;
pub(super) mod invert;
pub(super) mod kept;
mod own_room;
pub(super) mod writer;

use super::FormId;
use super::coding::ascending::Ascending;
use super::coding::bits::BitReader;
use super::coding::bytes::Bytes;
use super::coding::interpolative;
use super::parts::Wanted;
use block::{BLOCK, Block, BlockTable, rice_of};

/// Places are found from the start of a group of so many lists.
pub(super) const GROUP: usize = 16;

/// Postings of neighbouring units. Unit numbers are counted from the first of them.
#[derive(Clone, Debug, Default)]
pub struct Postings {
    /// First unit and number of units.
    pub(super) first_unit: u32,
    pub(super) units: u32,
    /// The forms that have a list, ascending; `None` when all have, and the number of a list is its form.
    pub(super) forms: Option<Vec<u32>>,
    /// Where each list starts in `documents`.
    pub(super) starts: Ascending,
    /// Where the places of every [`GROUP`]th list start in `places`.
    pub(super) place_starts: Vec<u32>,
    pub(super) documents: Bytes,
    /// Of an opened file: the lists of forms that occur once, which stand behind all others.
    pub(super) singles: Option<Singles>,
    pub(super) places: Bytes,
    /// The places are not there.
    pub(super) missing: Option<Missing>,
}

/// Lists of one posting each, which a file holds in fewer bits.
#[derive(Clone, Debug)]
pub(super) struct Singles {
    /// Number of the first of them.
    pub(super) first: usize,
    /// Where it starts, as if it stood behind the other lists.
    pub(super) start: u32,
    /// The lists.
    pub(super) lists: Bytes,
}

/// Notes that the places of lists are asked for.
#[derive(Clone, Debug)]
pub(super) struct Missing {
    pub(super) wanted: Wanted,
    pub(super) shelf: usize,
}

/// One posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The unit.
    pub unit: u32,
    /// Occurrences in it, one at least.
    pub occurrences: u32,
}

/// Sizes of the sections of postings, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PostingSizes {
    /// Units and occurrences.
    pub documents: usize,
    /// Places.
    pub places: usize,
    /// Where lists start.
    pub directory: usize,
}

impl Postings {
    /// The units that these are the postings of.
    #[must_use]
    pub fn units(&self) -> std::ops::Range<u32> {
        self.first_unit..self.first_unit + self.units
    }

    /// Bytes of each section.
    #[must_use]
    pub fn sizes(&self) -> PostingSizes {
        let forms = self.forms.as_ref().map_or(0, Vec::len);
        PostingSizes {
            documents: self.documents.len()
                + self
                    .singles
                    .as_ref()
                    .map_or(0, |singles| singles.lists.len()),
            places: self.places.len(),
            directory: 4 * (forms + self.place_starts.len()) + self.starts.memory(),
        }
    }

    /// Bytes held.
    #[must_use]
    pub fn memory(&self) -> usize {
        let PostingSizes {
            documents,
            places,
            directory,
        } = self.sizes();
        documents + places + directory
    }

    /// The postings of a form.
    #[must_use]
    pub fn list(&self, form: FormId) -> Option<PostingList<'_>> {
        self.list_at(self.number_of(form)?)
    }

    /// The number of the list of a form.
    pub(super) fn number_of(&self, form: FormId) -> Option<usize> {
        match &self.forms {
            None => Some(form.0 as usize),
            Some(forms) => forms.binary_search(&form.0).ok(),
        }
    }

    /// Postings of the units below `units`, of which every form has a list.
    pub(super) fn of_lists(
        units: u32,
        starts: Ascending,
        place_starts: Vec<u32>,
        documents: Bytes,
        places: Bytes,
    ) -> Self {
        Self {
            first_unit: 0,
            units,
            forms: None,
            starts,
            place_starts,
            documents,
            singles: None,
            places,
            missing: None,
        }
    }

    /// The bits behind a list and behind its places, which start at `places`.
    pub(super) fn extent(
        &self,
        number: usize,
        places: usize,
        length: impl Fn(u32) -> u32 + Copy,
    ) -> (usize, usize) {
        let (Some(list), (_, offset)) = (self.list_at(number), self.stream(number)) else {
            return (0, places);
        };
        let mut reader = BitReader::new(&self.places, places);
        let behind = if list.count as usize > BLOCK {
            let table = BlockTable::read(list.reader, list.count, self.units);
            reader.skip(table.place_bits);
            let (last, _) = table.block(table.blocks.saturating_sub(1));
            last.for_each(self.first_unit, &mut |_| {})
        } else {
            let block = Block {
                reader: list.reader,
                rice: rice_of(self.units, list.count),
                before: 0,
                count: list.count,
            };
            block.for_each(self.first_unit, &mut |posting| {
                interpolative::skip(&mut reader, posting.occurrences, length(posting.unit));
            })
        };
        (behind + offset as usize, reader.position())
    }

    /// The stream that a list stands in, and what is to be taken from where it starts.
    pub(super) fn stream(&self, number: usize) -> (&[u8], u32) {
        match &self.singles {
            Some(singles) if number >= singles.first => (&singles.lists, singles.start),
            _ => (&self.documents, 0),
        }
    }

    pub(super) fn list_at(&self, number: usize) -> Option<PostingList<'_>> {
        let start = self.starts.get(number)?;
        let (stream, offset) = self.stream(number);
        let mut reader = BitReader::new(stream, (start - offset) as usize);
        Some(PostingList {
            postings: self,
            number,
            // Of no more units than there are, whatever a file says.
            count: reader.gamma().min(self.units),
            reader,
        })
    }
}

/// The postings of one form.
#[derive(Clone, Copy, Debug)]
pub struct PostingList<'p> {
    postings: &'p Postings,
    number: usize,
    count: u32,
    /// Behind the number of postings.
    reader: BitReader<'p>,
}

impl<'p> PostingList<'p> {
    /// Number of units that hold the form.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.count
    }

    /// Never: a form without postings has no list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Calls `take` with every posting, by unit.
    #[inline]
    pub fn for_each(&self, mut take: impl FnMut(Posting)) {
        let first = self.postings.first_unit;
        if self.count as usize <= BLOCK {
            let block = Block {
                reader: self.reader,
                rice: rice_of(self.postings.units, self.count),
                before: 0,
                count: self.count,
            };
            block.for_each(first, &mut take);
            return;
        }
        let table = BlockTable::read(self.reader, self.count, self.postings.units);
        for number in 0..table.blocks {
            table.block(number).0.for_each(first, &mut take);
        }
    }

    /// Calls `take` with the postings of the units from `from` to before `to`; blocks before and behind are passed over.
    pub fn for_each_in(&self, units: std::ops::Range<u32>, mut take: impl FnMut(Posting)) {
        let first = self.postings.first_unit;
        let inside = |posting: &Posting| units.contains(&posting.unit);
        if self.count as usize <= BLOCK {
            self.for_each(|posting| {
                if inside(&posting) {
                    take(posting);
                }
            });
            return;
        }
        let table = BlockTable::read(self.reader, self.count, self.postings.units);
        let mut number = table.first_reaching(units.start.saturating_sub(first));
        while number < table.blocks {
            let (block, _) = table.block(number);
            if block.before > 0 && first + block.before > units.end {
                break;
            }
            block.for_each(first, &mut |posting| {
                if inside(&posting) {
                    take(posting);
                }
            });
            number += 1;
        }
    }

    /// Calls `take` with every wanted posting and its places: numbers of tokens
    /// inside the unit, ascending. `length` tells the tokens of a unit, `may_want` whether there may be a wanted
    /// one among some: blocks without any are passed over.
    pub fn for_each_places(
        &self,
        length: impl Fn(u32) -> u32 + Copy,
        wanted: impl Fn(u32) -> bool,
        may_want: impl Fn(std::ops::Range<u32>) -> bool,
        mut take: impl FnMut(Posting, &[u32]),
    ) {
        if let Some(Missing { wanted, shelf }) = &self.postings.missing {
            return wanted.add(*shelf);
        }
        let mut places = Vec::new();
        let mut postings = Vec::with_capacity(BLOCK.min(self.count as usize));
        // Most lists have none of the wanted postings: where their places start need not be known.
        let mut all = None;
        let mut block = |postings: &[Posting], start: usize| {
            let Some(last) = postings.iter().rposition(|posting| wanted(posting.unit)) else {
                return;
            };
            let mut reader = *all.get_or_insert_with(|| self.place_reader(length));
            reader.skip(start);
            for &posting in postings.iter().take(last + 1) {
                if !wanted(posting.unit) {
                    interpolative::skip(&mut reader, posting.occurrences, length(posting.unit));
                    continue;
                }
                places.clear();
                places.resize(posting.occurrences as usize, 0);
                interpolative::read(&mut reader, &mut places, length(posting.unit));
                take(posting, &places);
            }
        };
        if self.count as usize <= BLOCK {
            self.for_each(|posting| postings.push(posting));
            block(&postings, 0);
            return;
        }
        let table = BlockTable::read(self.reader, self.count, self.postings.units);
        let first = self.postings.first_unit;
        for number in 0..table.blocks {
            let (documents, start) = table.block(number);
            let end = table.units_before(number + 1);
            let end = end.map_or(u32::MAX, |end| first.saturating_add(end));
            if !may_want(first.saturating_add(documents.before)..end) {
                continue;
            }
            postings.clear();
            documents.for_each(self.postings.first_unit, &mut |posting| {
                postings.push(posting);
            });
            block(&postings, start);
        }
    }

    /// Where the places of this list start: those of the lists before it in its group are passed over.
    fn place_reader(&self, length: impl Fn(u32) -> u32 + Copy) -> BitReader<'p> {
        let group = self.number / GROUP;
        let start = self.postings.place_starts.get(group).copied();
        let mut reader = BitReader::new(&self.postings.places, start.unwrap_or_default() as usize);
        for number in group * GROUP..self.number {
            let Some(list) = self.postings.list_at(number) else {
                continue;
            };
            if list.count as usize > BLOCK {
                let table = BlockTable::read(list.reader, list.count, self.postings.units);
                reader.skip(table.place_bits);
                continue;
            }
            list.for_each(|posting| {
                interpolative::skip(&mut reader, posting.occurrences, length(posting.unit));
            });
        }
        reader
    }
}
