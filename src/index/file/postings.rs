//! The sections of postings: lists one behind the other by form, where each
//! starts, and the places.
//!
//! Lists stand in the bits they have in memory, so that reading is no work:
//! only their lengths are decoded, one for each form.

use super::error::Inconsistent;
use super::numbers::{NumberReader, NumberWriter};
use crate::index::coding::ascending::Ascending;
use crate::index::coding::bits::BitWriter;
use crate::index::coding::bytes::Bytes;
use crate::index::postings::block::bits_of;
use crate::index::postings::copy::ListCopier;
use crate::index::postings::writer::write_single;
use crate::index::postings::{GROUP, Postings, Singles};
use crate::index::{FormId, Lexicon, Units};
use crate::parse::frame::{Cursor, put_number};

/// Lengths are of as many kinds as frequencies have bits: those of lists, and those of groups.
pub(in crate::index) const KINDS: usize = 64;

/// The kind of the length of a list.
pub(in crate::index) fn list_kind(frequency: u32) -> usize {
    frequency.checked_ilog2().unwrap_or_default() as usize
}

/// Sections `lists`, `singles`, `postings`, `places`.
pub(super) struct PostingSections {
    pub(super) lists: Vec<u8>,
    pub(super) singles: Vec<u8>,
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
    let many = forms.partition_point(|&form| lexicon.frequency(form) > 1);
    add_lists(&mut out, lexicon, forms, many, &mut copier);
    let (documents, places) = copier.finish();
    PostingSections {
        lists: out.finish(),
        singles: write_singles(postings, forms.get(many..).unwrap_or_default()),
        documents,
        places,
    }
}

/// Bytes of the number of a unit among so many.
fn unit_bytes(units: u32) -> usize {
    (bits_of(units) as usize).div_ceil(8)
}

/// Writes the units of forms that occur once: how many units there are, then the lowest bytes of all, then the next.
fn write_singles(postings: &Postings, forms: &[FormId]) -> Vec<u8> {
    let unit = |&form: &FormId| {
        let mut unit = 0;
        if let Some(list) = postings.list(form) {
            list.for_each(|posting| unit = posting.unit);
        }
        unit
    };
    let units: Vec<u32> = forms.iter().map(unit).collect();
    let (mut out, count) = (Vec::new(), postings.units().end);
    put_number(&mut out, u64::from(count));
    for byte in 0..unit_bytes(count) {
        out.extend(units.iter().map(|unit| (unit >> (8 * byte)) as u8));
    }
    out
}

/// Copies the lists of some forms, in this order, and tells their lengths; of those behind the first `many` the places alone.
pub(in crate::index) fn add_lists(
    out: &mut NumberWriter,
    lexicon: &Lexicon,
    forms: &[FormId],
    many: usize,
    copier: &mut ListCopier<'_>,
) {
    let mut group = 0;
    for (number, &form) in forms.iter().enumerate() {
        let kind = list_kind(lexicon.frequency(form));
        let has_list = number < many;
        let (documents, places) = copier.copy(form, has_list);
        if has_list {
            out.add(kind, documents as u32);
        }
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
    /// How many units there are.
    units: u32,
    singles: Option<Singles>,
    /// Bits of all lists, and of all places.
    bits: [u32; 2],
}

/// Writes again as a list what a file says of a form that occurs once.
#[inline(never)] // called for every such form, so that a browser compiles it well on the way
fn read_single(
    out: &mut BitWriter,
    units: u32,
    mut bytes: impl Iterator<Item = u8>,
) -> Result<u32, Inconsistent> {
    let before = out.len();
    let unit = (0..32).step_by(8).zip(&mut bytes);
    let unit = unit.fold(0, |unit, (shift, byte)| unit | u32::from(byte) << shift);
    if unit >= units {
        return Err(Inconsistent);
    }
    write_single(out, units, unit);
    Ok((out.len() - before) as u32)
}

/// Reads where lists start, and the lists of forms that occur once.
pub(super) fn read_starts(
    lists: &[u8],
    singles: &[u8],
    lexicon: &Lexicon,
) -> Result<ListStarts, Inconsistent> {
    let mut reader = NumberReader::new(lists, KINDS)?;
    let count = lexicon.len();
    let mut cursor = Cursor {
        bytes: singles,
        at: 0,
    };
    let units = cursor.number_u32().map_err(|_| Inconsistent)?;
    let planes = singles.get(cursor.at..).unwrap_or_default();
    let single = planes.len() / unit_bytes(units).max(1);
    let many = count.checked_sub(single).ok_or(Inconsistent)?;
    if planes.len() != single * unit_bytes(units) {
        return Err(Inconsistent);
    }
    let room = u64::from(bits_of(units) + 4) * single as u64;
    let (mut written, mut first_single) = (BitWriter::with_room(room), 0);
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
        let length = if number < many {
            read_length(&mut reader, kind)?
        } else {
            let bytes = planes.iter().skip(number - many).step_by(single);
            read_single(&mut written, units, bytes.copied())?
        };
        start = start.checked_add(length).ok_or(Inconsistent)?;
        if number < many {
            first_single = start;
        }
        if (number + 1).is_multiple_of(GROUP) || number + 1 == count {
            let more = reader.read(32 + kind)?;
            group = group.checked_add(more).ok_or(Inconsistent)?;
        }
    }
    Ok(ListStarts {
        starts,
        place_starts,
        units,
        singles: (many < count).then(|| Singles {
            first: many,
            start: first_single,
            lists: written.finish().into(),
        }),
        bits: [first_single, group],
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
        if self.units != units {
            return Err(Inconsistent);
        }
        let (starts, place_starts) = (self.starts, self.place_starts);
        let [documents, places] = lists;
        let mut postings = Postings::of_lists(units, starts, place_starts, documents, places);
        postings.singles = self.singles;
        Ok(postings)
    }
}
