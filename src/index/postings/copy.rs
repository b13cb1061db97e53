//! Copies lists of postings in another order, bit by bit.

use crate::index::FormId;
use crate::index::coding::bits::{BitReader, BitWriter};
use crate::index::postings::{GROUP, Postings};

/// Copies lists of postings; what is copied stands one list behind the other.
#[derive(Debug)]
pub(in crate::index) struct ListCopier<'p> {
    postings: &'p Postings,
    /// Where each list and its places start, and the ends of the last.
    starts: Vec<(u32, u32)>,
    documents: BitWriter,
    places: BitWriter,
}

impl<'p> ListCopier<'p> {
    /// Finds where the places of every list start, which takes a look at every posting.
    pub(in crate::index) fn new(
        postings: &'p Postings,
        length: impl Fn(u32) -> u32 + Copy,
    ) -> Self {
        let count = postings.starts.len();
        let mut starts = Vec::with_capacity(count + 1);
        let mut places = 0;
        let mut end = (0, 0);
        for number in 0..count {
            if number.is_multiple_of(GROUP) {
                let start = postings.place_starts.get(number / GROUP);
                places = start.copied().unwrap_or_default();
            }
            let start = postings.starts.get(number).unwrap_or_default();
            starts.push((start, places));
            let (documents, of_places) = postings.extent(number, places as usize, length);
            places = of_places as u32;
            end = (documents as u32, places);
        }
        starts.push(end);
        Self {
            postings,
            starts,
            documents: BitWriter::with_room(8 * postings.documents.len() as u64),
            places: BitWriter::with_room(8 * postings.places.len() as u64),
        }
    }

    /// The bits of the postings of a form, and of its places.
    #[cfg(feature = "readers")]
    pub(in crate::index) fn extent(&self, form: FormId) -> (usize, usize) {
        let number = self.postings.number_of(form);
        let bounds = number.and_then(|n| self.starts.get(n).zip(self.starts.get(n + 1)));
        bounds.map_or((0, 0), |(start, end)| {
            ((end.0 - start.0) as usize, (end.1 - start.1) as usize)
        })
    }

    /// Bytes of postings and places that were copied since the last time.
    #[cfg(feature = "readers")]
    pub(in crate::index) fn take(&mut self) -> (Vec<u8>, Vec<u8>) {
        let documents = std::mem::take(&mut self.documents);
        (
            documents.finish(),
            std::mem::take(&mut self.places).finish(),
        )
    }

    /// Copies the list of a form, or of one that is written elsewhere its places alone; returns the bits of its postings and of
    /// its places.
    pub(in crate::index) fn copy(&mut self, form: FormId, has_list: bool) -> (usize, usize) {
        let Some(number) = self.postings.number_of(form) else {
            return (0, 0);
        };
        let bounds = self.starts.get(number).zip(self.starts.get(number + 1));
        let Some((&start, &end)) = bounds else {
            return (0, 0);
        };
        if has_list {
            let (stream, offset) = self.postings.stream(number);
            let bits = start.0 - offset..end.0 - offset;
            copy_bits(stream, bits, &mut self.documents);
        }
        copy_bits(&self.postings.places, start.1..end.1, &mut self.places);
        ((end.0 - start.0) as usize, (end.1 - start.1) as usize)
    }

    /// Bytes of postings and places that were copied.
    pub(in crate::index) fn finish(self) -> (Vec<u8>, Vec<u8>) {
        (self.documents.finish(), self.places.finish())
    }
}

fn copy_bits(from: &[u8], bits: std::ops::Range<u32>, to: &mut BitWriter) {
    let mut reader = BitReader::new(from, bits.start as usize);
    let mut left = bits.end.saturating_sub(bits.start);
    while left > 0 {
        let now = left.min(56);
        to.bits(reader.bits(now), now);
        left -= now;
    }
}
