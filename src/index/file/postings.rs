//! The sections of postings: lists one behind the other by form, where each
//! starts, and the places.
//!
//! Lists stand in the bits they have in memory, so that reading is no work:
//! only their lengths are decoded, one for each form.

use super::error::Inconsistent;
use super::numbers::{NumberReader, NumberWriter};
use crate::index::coding::ascending::Ascending;
use crate::index::coding::bytes::Bytes;
use crate::index::postings::copy::ListCopier;
use crate::index::postings::{GROUP, Postings};
use crate::index::{FormId, Lexicon, Units};

/// Lengths are of as many kinds as frequencies have bits: those of lists, and those of groups.
pub(in crate::index) const KINDS: usize = 64;

/// The kind of the length of a list.
pub(in crate::index) fn list_kind(frequency: u32) -> usize {
    frequency.checked_ilog2().unwrap_or_default() as usize
}

/// Sections `lists`, `postings`, `places`.
pub(super) struct PostingSections {
    pub(super) lists: Vec<u8>,
    pub(super) documents: Vec<u8>,
    pub(super) places: Vec<u8>,
}

/// Writes the postings of all units; `forms` are in the order of their numbers in the file.
pub(super) fn write(
    postings: &Postings,
    lexicon: &Lexicon,
    units: &Units,
    forms: &[FormId],
) -> PostingSections {
    let mut out = NumberWriter::new(KINDS);
    let mut copier = ListCopier::new(postings, |unit| units.length(unit));
    add_lists(&mut out, lexicon, forms, &mut copier);
    let (documents, places) = copier.finish();
    PostingSections {
        lists: out.finish(),
        documents,
        places,
    }
}

/// Copies the lists of some forms, in this order, and tells their lengths.
pub(in crate::index) fn add_lists(
    out: &mut NumberWriter,
    lexicon: &Lexicon,
    forms: &[FormId],
    copier: &mut ListCopier<'_>,
) {
    let mut group = 0;
    for (number, &form) in forms.iter().enumerate() {
        let kind = list_kind(lexicon.frequency(form));
        let (documents, places) = copier.copy(form);
        out.add(kind, documents as u32);
        group += places;
        if (number + 1).is_multiple_of(GROUP) || number + 1 == forms.len() {
            out.add(32 + kind, group as u32);
            group = 0;
        }
    }
}

#[inline(never)] // called for every form, so that a browser compiles it well on the way
fn read_length(reader: &mut NumberReader<'_>, kind: usize) -> Result<u32, Inconsistent> {
    reader.read(kind)
}

/// Where lists start, without the lists.
#[derive(Debug, Default)]
pub(super) struct ListStarts {
    starts: Ascending,
    place_starts: Vec<u32>,
    /// Bits of all lists, and of all places.
    bits: [u32; 2],
}

/// Reads where lists start.
pub(super) fn read_starts(lists: &[u8], lexicon: &Lexicon) -> Result<ListStarts, Inconsistent> {
    let mut reader = NumberReader::new(lists, KINDS)?;
    let count = lexicon.len();
    let mut starts = Ascending::with_room(count);
    let mut place_starts = Vec::with_capacity(count.div_ceil(GROUP));
    let (mut start, mut group) = (0u32, 0u32);
    let kind_of = |number: usize| list_kind(lexicon.frequency(FormId(number as u32)));
    // Forms are numbered by their frequencies: those of a kind are neighbours.
    let (mut kind, mut of_kind) = (0, 0..0);
    for number in 0..count {
        if number.is_multiple_of(GROUP) {
            place_starts.push(group);
        }
        if number == of_kind.end {
            kind = kind_of(number);
            of_kind = number..count;
            while of_kind.start < of_kind.end {
                let middle = of_kind.start.midpoint(of_kind.end);
                if kind_of(middle) == kind {
                    of_kind.start = middle + 1;
                } else {
                    of_kind.end = middle;
                }
            }
        }
        starts.push(start);
        let length = read_length(&mut reader, kind)?;
        start = start.checked_add(length).ok_or(Inconsistent)?;
        if (number + 1).is_multiple_of(GROUP) || number + 1 == count {
            let more = reader.read(32 + kind)?;
            group = group.checked_add(more).ok_or(Inconsistent)?;
        }
    }
    Ok(ListStarts {
        starts,
        place_starts,
        bits: [start, group],
    })
}

impl ListStarts {
    /// The postings of so many units, with the lists and the places, which stay where they are.
    pub(super) fn with_lists(
        self,
        units: u32,
        lists: [Bytes; 2],
    ) -> Result<Postings, Inconsistent> {
        for (bits, bytes) in self.bits.into_iter().zip(&lists) {
            if (bits as usize).div_ceil(8) + 8 > bytes.len().max(8) {
                return Err(Inconsistent);
            }
        }
        let (starts, place_starts) = (self.starts, self.place_starts);
        let [documents, places] = lists;
        Ok(Postings::of_lists(
            units,
            starts,
            place_starts,
            documents,
            places,
        ))
    }
}
