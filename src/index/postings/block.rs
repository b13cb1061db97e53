//! Blocks of postings, and the tables that tell where the blocks of a long list start.

use crate::index::coding::bits::BitReader;
use crate::index::postings::Posting;

/// Postings in a block.
pub(in crate::index) const BLOCK: usize = 128;

/// Bits of the field that says how wide another field is.
pub(in crate::index) const WIDTH_BITS: u32 = 6;

/// Bits of the parameter of the Rice code of a block.
pub(in crate::index) const RICE_BITS: u32 = 5;

/// Postings that are read one after the other.
pub(in crate::index) struct Block<'p> {
    pub(in crate::index) reader: BitReader<'p>,
    pub(in crate::index) rice: u32,
    /// Unit before the first, plus one.
    pub(in crate::index) before: u32,
    pub(in crate::index) count: u32,
}

impl Block<'_> {
    /// Calls `take` with every posting; returns the bit behind the last.
    #[inline]
    pub(in crate::index) fn for_each(
        &self,
        first_unit: u32,
        take: &mut impl FnMut(Posting),
    ) -> usize {
        let mut reader = self.reader;
        let mut next = first_unit.wrapping_add(self.before);
        let mask = (1u64 << self.rice) - 1;
        for _ in 0..self.count {
            // Nearly every posting lies in the bits that one look shows.
            let bits = reader.peek();
            let high = bits.trailing_zeros();
            // Where only zeros are seen, so are they behind them, and the length says that it was no code.
            let rest = (bits >> 1).wrapping_shr(high);
            let low = rest & mask;
            let after = rest >> self.rice;
            let more = after.trailing_zeros();
            let length = high + 1 + self.rice + more + 1;
            let (gap, occurrences) = if length <= 56 {
                reader.skip(length as usize);
                (high << self.rice | low as u32, more + 1)
            } else {
                let high = reader.unary();
                let low = reader.bits(self.rice) as u32;
                (high << self.rice | low, reader.unary() + 1)
            };
            let unit = next.wrapping_add(gap);
            next = unit.wrapping_add(1);
            take(Posting { unit, occurrences });
        }
        reader.position()
    }
}

/// Where the blocks of a long list start.
pub(in crate::index) struct BlockTable<'p> {
    count: u32,
    pub(in crate::index) blocks: usize,
    /// Bits of all places of the list.
    pub(in crate::index) place_bits: usize,
    unit_bits: u32,
    document_bits: u32,
    place_offset_bits: u32,
    entries: BitReader<'p>,
    /// First bit behind the table.
    blocks_start: usize,
}

impl<'p> BlockTable<'p> {
    pub(in crate::index) fn read(mut reader: BitReader<'p>, count: u32, units: u32) -> Self {
        let blocks = (count as usize).div_ceil(BLOCK);
        let unit_bits = bits_of(units);
        let document_bits = reader.bits(WIDTH_BITS) as u32;
        let place_offset_bits = reader.bits(WIDTH_BITS) as u32;
        let place_bits = reader.bits(place_offset_bits) as usize;
        let mut end = reader;
        end.skip((blocks - 1) * (unit_bits + document_bits + place_offset_bits) as usize);
        Self {
            count,
            blocks,
            place_bits,
            unit_bits,
            document_bits,
            place_offset_bits,
            entries: reader,
            blocks_start: end.position(),
        }
    }

    /// Unit before a block plus one, and where its bits start in both streams.
    fn entry(&self, block: usize) -> (u32, usize, usize) {
        let Some(number) = block.checked_sub(1) else {
            return (0, 0, 0);
        };
        let width = self.unit_bits + self.document_bits + self.place_offset_bits;
        let mut reader = self.entries;
        reader.skip(number * width as usize);
        (
            reader.bits(self.unit_bits) as u32,
            reader.bits(self.document_bits) as usize,
            reader.bits(self.place_offset_bits) as usize,
        )
    }

    /// The unit before a block plus one, where there is such a block.
    pub(in crate::index) fn units_before(&self, block: usize) -> Option<u32> {
        (block < self.blocks).then(|| self.entry(block).0)
    }

    /// A block and where its places start, counted from the first place of the list.
    pub(in crate::index) fn block(&self, number: usize) -> (Block<'p>, usize) {
        let (before, documents, places) = self.entry(number);
        let mut reader = self.entries;
        reader.skip(self.blocks_start - reader.position() + documents);
        let rice = reader.bits(RICE_BITS) as u32;
        let behind = self.count - (number * BLOCK) as u32;
        let block = Block {
            reader,
            rice,
            before,
            count: behind.min(BLOCK as u32),
        };
        (block, places)
    }

    /// The last block that starts at or before a unit.
    pub(in crate::index) fn first_reaching(&self, unit: u32) -> usize {
        let (mut low, mut high) = (0, self.blocks);
        while high - low > 1 {
            let middle = low.midpoint(high);
            if self.entry(middle).0 <= unit {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// The parameter of the Rice code for `count` postings among `units`: about log₂ of ln 2 times the mean gap.
pub(in crate::index) fn rice_of(units: u32, count: u32) -> u32 {
    let count = count.max(1);
    // Dividing long numbers is slow, and asked for once for each list.
    let mean = match (units.checked_mul(11), count.checked_mul(16)) {
        (Some(units), Some(count)) => units / count,
        _ => u32::try_from(u64::from(units) * 11 / (16 * u64::from(count))).unwrap_or(u32::MAX),
    };
    mean.max(1).ilog2()
}

pub(in crate::index) fn bits_of(n: u32) -> u32 {
    u32::BITS - n.leading_zeros()
}
