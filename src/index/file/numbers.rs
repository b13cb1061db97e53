//! Numbers in streams of bits: each is written with the code that suits its kind.
//!
//! A number below [`PLAIN`] is a symbol; a larger one is a symbol for the
//! number of its bits, followed by those below the highest. The symbols of a
//! kind have a canonical Huffman code (1952), whose lengths stand in front of
//! the stream, four bits each.

use super::error::Inconsistent;
use crate::index::coding::bits::{BitReader, BitWriter};
use crate::sorting::Arrange;
use std::sync::Arc;

/// Numbers below this are symbols.
const PLAIN: u32 = 256 - 25;

/// Symbols of a kind.
const SYMBOLS: usize = 256;

/// Longest code, in bits.
const LONGEST: u32 = 12;

/// The symbol of a number, and the number and the value of the bits that follow it.
fn symbol(number: u32) -> (usize, u32, u32) {
    if number < PLAIN {
        return (number as usize, 0, 0);
    }
    let log = number.ilog2();
    let below = number & !(1 << log);
    ((PLAIN + log - 7) as usize, log, below)
}

/// Gathers numbers and writes them, in one stream or in several that share their codes.
#[derive(Debug)]
pub(in crate::index) struct NumberWriter {
    kinds: usize,
    numbers: Vec<(u8, u32)>,
    /// Where streams end, but for the last.
    #[cfg(feature = "readers")]
    cuts: Vec<usize>,
}

impl NumberWriter {
    /// For numbers of so many kinds.
    pub(in crate::index) fn new(kinds: usize) -> Self {
        Self {
            kinds,
            numbers: Vec::new(),
            #[cfg(feature = "readers")]
            cuts: Vec::new(),
        }
    }

    /// Adds a number of a kind.
    pub(in crate::index) fn add(&mut self, kind: usize, number: u32) {
        self.numbers.push((kind as u8, number));
    }

    /// Ends a stream; what is added from now on is in the next.
    #[cfg(feature = "readers")]
    pub(in crate::index) fn cut(&mut self) {
        self.cuts.push(self.numbers.len());
    }

    /// The stream, its codes in front.
    pub(in crate::index) fn finish(self) -> Vec<u8> {
        let mut out = BitWriter::default();
        let codes = self.write_codes(&mut out);
        write_numbers(&self.numbers, &codes, &mut out);
        out.finish()
    }

    /// The codes, and the streams that were ended with [`NumberWriter::cut`].
    #[cfg(feature = "readers")]
    pub(in crate::index) fn finish_apart(self) -> (Vec<u8>, Vec<Vec<u8>>) {
        let mut out = BitWriter::default();
        let codes = self.write_codes(&mut out);
        let mut from = 0;
        let streams = self.cuts.iter().map(|&end| {
            let mut out = BitWriter::default();
            let numbers = self.numbers.get(from..end).unwrap_or_default();
            write_numbers(numbers, &codes, &mut out);
            from = end;
            out.finish()
        });
        let streams = streams.collect();
        (out.finish(), streams)
    }

    /// Writes the lengths of the codes; returns both, by kind.
    fn write_codes(&self, out: &mut BitWriter) -> Vec<Code> {
        let mut counts = vec![[0u32; SYMBOLS]; self.kinds];
        for &(kind, number) in &self.numbers {
            let counts = counts.get_mut(usize::from(kind));
            if let Some(count) = counts.and_then(|counts| counts.get_mut(symbol(number).0)) {
                *count += 1;
            }
        }
        let of_kind = counts.iter().map(|counts| {
            let lengths = lengths(counts);
            let is_used = counts.iter().any(|&count| count > 0);
            out.bits(u64::from(is_used), 1);
            for &length in lengths.iter().filter(|_| is_used) {
                out.bits(u64::from(length), 4);
            }
            (lengths, codes_of(&lengths))
        });
        of_kind.collect()
    }
}

/// The lengths of the codes of a kind, and the codes.
type Code = ([u8; SYMBOLS], [u16; SYMBOLS]);

fn write_numbers(numbers: &[(u8, u32)], codes: &[Code], out: &mut BitWriter) {
    for &(kind, number) in numbers {
        let (symbol, more, below) = symbol(number);
        if let Some((lengths, codes)) = codes.get(usize::from(kind))
            && let (Some(&length), Some(&code)) = (lengths.get(symbol), codes.get(symbol))
        {
            out.bits(u64::from(code), u32::from(length));
            out.bits(u64::from(below), more);
        }
    }
}

/// Code lengths by Huffman's method; where one gets too long, rare symbols are
/// counted as less rare.
fn lengths(counts: &[u32; SYMBOLS]) -> [u8; SYMBOLS] {
    let mut weights = counts.map(u64::from);
    loop {
        let mut lengths = [0u8; SYMBOLS];
        // Each tree: its weight and its symbols.
        let mut trees: Vec<(u64, Vec<usize>)> = weights
            .iter()
            .enumerate()
            .filter(|&(_, &weight)| weight > 0)
            .map(|(symbol, &weight)| (weight, vec![symbol]))
            .collect();
        if let [(_, only)] = trees.as_slice() {
            for &symbol in only {
                if let Some(length) = lengths.get_mut(symbol) {
                    *length = 1;
                }
            }
        }
        while trees.len() > 1 {
            trees.arrange_by_key(|tree| std::cmp::Reverse(tree.0));
            let (Some(mut one), Some(other)) = (trees.pop(), trees.pop()) else {
                break;
            };
            one.0 += other.0;
            one.1.extend(other.1);
            for &symbol in &one.1 {
                if let Some(length) = lengths.get_mut(symbol) {
                    *length += 1;
                }
            }
            trees.push(one);
        }
        if lengths.iter().all(|&length| u32::from(length) <= LONGEST) {
            return lengths;
        }
        for weight in weights.iter_mut().filter(|weight| **weight > 0) {
            *weight = *weight / 2 + 1;
        }
    }
}

/// Canonical codes, first bit lowest, as they are written.
fn codes_of(lengths: &[u8; SYMBOLS]) -> [u16; SYMBOLS] {
    let mut codes = [0; SYMBOLS];
    let mut next = 0u32;
    for length in 1..=LONGEST {
        for (&of_symbol, code) in lengths.iter().zip(&mut codes) {
            if u32::from(of_symbol) == length {
                *code = (next.reverse_bits() >> (32 - length)) as u16;
                next += 1;
            }
        }
        next <<= 1;
    }
    codes
}

/// For the next [`LONGEST`] bits the symbol that they begin with, and the length of its code in the high byte.
type Table = [u16; 1 << LONGEST];

fn table_of(lengths: &[u8; SYMBOLS]) -> Box<Table> {
    let mut table: Box<Table> = Box::new([0; 1 << LONGEST]);
    let mut next = 0u32;
    for length in 1..=LONGEST {
        // Shorter codes are followed by either bit.
        table.copy_within(..1 << (length - 1), 1 << (length - 1));
        for (symbol, &of_symbol) in (0u16..).zip(lengths) {
            if u32::from(of_symbol) == length {
                let code = next.reverse_bits() >> (32 - length);
                if let Some(place) = table.get_mut(code as usize) {
                    *place = symbol | u16::from(of_symbol) << 8;
                }
                next += 1;
            }
        }
        next <<= 1;
    }
    table
}

/// The codes of all kinds.
#[derive(Debug, Default)]
pub(in crate::index) struct NumberCodes {
    /// For each kind its table, but where it has no number.
    tables: Vec<Option<Box<Table>>>,
}

impl NumberCodes {
    /// Reads the codes that [`NumberWriter::finish_apart`] wrote.
    pub(in crate::index) fn read(bytes: &[u8], kinds: usize) -> Result<Self, Inconsistent> {
        Self::read_from(&mut BitReader::new(bytes, 0), kinds)
    }

    fn read_from(reader: &mut BitReader<'_>, kinds: usize) -> Result<Self, Inconsistent> {
        let mut tables = Vec::with_capacity(kinds);
        for _ in 0..kinds {
            let mut table = None;
            if reader.bits(1) == 1 {
                let mut lengths = [0u8; SYMBOLS];
                for length in &mut lengths {
                    *length = reader.bits(4) as u8;
                }
                let used = lengths.iter().filter(|&&length| length > 0);
                let room: u32 = used.map(|&length| 1u32 << LONGEST >> length).sum();
                if room > 1 << LONGEST || lengths.iter().any(|&l| u32::from(l) > LONGEST) {
                    return Err(Inconsistent);
                }
                table = Some(table_of(&lengths));
            }
            tables.push(table);
        }
        Ok(Self { tables })
    }
}

/// Reads what [`NumberWriter`] wrote.
#[derive(Debug)]
pub(in crate::index) struct NumberReader<'b> {
    reader: BitReader<'b>,
    /// One behind the last bit that a stream of this length can have.
    end: usize,
    codes: Arc<NumberCodes>,
}

impl<'b> NumberReader<'b> {
    /// Reads the codes, which stand in front.
    pub(in crate::index) fn new(bytes: &'b [u8], kinds: usize) -> Result<Self, Inconsistent> {
        let mut reader = BitReader::new(bytes, 0);
        let codes = Arc::new(NumberCodes::read_from(&mut reader, kinds)?);
        Ok(Self {
            reader,
            end: 8 * bytes.len(),
            codes,
        })
    }

    /// Reads a stream whose codes stand elsewhere.
    pub(in crate::index) fn with_codes(bytes: &'b [u8], codes: &Arc<NumberCodes>) -> Self {
        Self {
            reader: BitReader::new(bytes, 0),
            end: 8 * bytes.len(),
            codes: Arc::clone(codes),
        }
    }

    /// How many of `count` things can still come that take so many numbers each: room for more need not be made.
    pub(in crate::index) fn at_most(&self, count: u32, numbers: usize) -> usize {
        // No number takes less than a bit.
        let left = self.end.saturating_sub(self.reader.position());
        (left / numbers).min(count as usize)
    }

    /// The next number, which is of this kind.
    #[inline(never)] // small and called for every number, so that a browser has compiled it well very soon
    pub(in crate::index) fn read(&mut self, kind: usize) -> Result<u32, Inconsistent> {
        let table = self.codes.tables.get(kind).and_then(Option::as_ref);
        let bits = self.reader.peek() as usize & ((1 << LONGEST) - 1);
        let entry = table.ok_or(Inconsistent)?[bits];
        let (symbol, length) = (u32::from(entry & 0xFF), usize::from(entry >> 8));
        self.reader.skip(length);
        if length == 0 || self.reader.position() > self.end {
            return Err(Inconsistent);
        }
        if symbol < PLAIN {
            return Ok(symbol);
        }
        let log = symbol - PLAIN + 7;
        Ok(1 << log | self.reader.bits(log) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_read_as_written(numbers in proptest::collection::vec((0usize..3, prop_oneof![0u32..4, 200u32..300, any::<u32>(), (0u32..20).prop_map(|n| 1 << n)]), 0..600), many in 0u32..60_000) {
            let mut writer = NumberWriter::new(4);
            for &(kind, number) in &numbers {
                writer.add(kind, number);
            }
            // One symbol far more often than all others: its code would be too short for theirs.
            for _ in 0..many {
                writer.add(0, 1);
            }
            let bytes = writer.finish();
            let mut reader = NumberReader::new(&bytes, 4).expect("as written");
            for (kind, number) in numbers {
                prop_assert_eq!(reader.read(kind), Ok(number));
            }
            for _ in 0..many {
                prop_assert_eq!(reader.read(0), Ok(1));
            }
            prop_assert_eq!(reader.read(3), Err(Inconsistent));
        }

        #[test]
        fn whatever_is_read_ends(bytes in proptest::collection::vec(any::<u8>(), 0..700)) {
            if let Ok(mut reader) = NumberReader::new(&bytes, 2) {
                let mut read = 0;
                while reader.read(read % 2).is_ok() {
                    read += 1;
                }
                prop_assert!(read <= 8 * bytes.len());
            }
        }
    }
}
