//! The interpolative code of Moffat and Stuiver (2000): ascending numbers below
//! a limit, the middle one first. What it leaves for the others on either side
//! is a narrower range, so that n numbers of m cost about log₂ of the number
//! of ways to choose them.

use crate::index::coding::bits::{BitReader, BitWriter};

/// Writes ascending, distinct numbers below `limit`.
pub(in crate::index) fn write(out: &mut BitWriter, numbers: &[u32], limit: u32) {
    if let &[number] = numbers {
        out.one_of(number, limit);
        return;
    }
    write_between(out, numbers, 0, limit);
}

/// Of numbers that are not as they should be, as a file that contradicts itself may give them, it writes some.
fn write_between(out: &mut BitWriter, numbers: &[u32], low: u32, high: u32) {
    let middle = numbers.len() / 2;
    let (Some(&number), Some(before)) = (numbers.get(middle), numbers.get(..middle)) else {
        return;
    };
    let after = numbers.get(middle + 1..).unwrap_or_default();
    let (first, n) = range(low, high, before.len(), after.len());
    out.one_of(number.wrapping_sub(first), n);
    write_between(out, before, low, number);
    write_between(out, after, number.wrapping_add(1), high);
}

/// Reads as many numbers below `limit` as the slice has room for.
#[inline]
pub(in crate::index) fn read(reader: &mut BitReader<'_>, numbers: &mut [u32], limit: u32) {
    if let [number] = numbers {
        *number = reader.one_of(limit);
        return;
    }
    read_between(reader, numbers, 0, limit);
}

fn read_between(reader: &mut BitReader<'_>, numbers: &mut [u32], low: u32, high: u32) {
    let middle = numbers.len() / 2;
    let (before, rest) = numbers.split_at_mut(middle);
    let Some((number, after)) = rest.split_first_mut() else {
        return;
    };
    let (first, n) = range(low, high, before.len(), after.len());
    *number = first.wrapping_add(reader.one_of(n));
    let middle = *number;
    read_between(reader, before, low, middle);
    read_between(reader, after, middle.wrapping_add(1), high);
}

/// Passes over `count` numbers below `limit`.
#[inline]
pub(in crate::index) fn skip(reader: &mut BitReader<'_>, count: u32, limit: u32) {
    skip_between(reader, count, 0, limit);
}

fn skip_between(reader: &mut BitReader<'_>, mut count: u32, mut low: u32, high: u32) {
    // Mostly there is one number, or two.
    while count > 0 {
        let before = count / 2;
        let after = count - before - 1;
        let (first, n) = range(low, high, before as usize, after as usize);
        let number = first.wrapping_add(reader.one_of(n));
        if before > 0 {
            skip_between(reader, before, low, number);
        }
        (count, low) = (after, number.wrapping_add(1));
    }
}

/// The first value that the middle number can have and how many there are.
#[inline]
fn range(low: u32, high: u32, before: usize, after: usize) -> (u32, u32) {
    let (before, after) = (before as u32, after as u32);
    let first = low.wrapping_add(before);
    (first, high.wrapping_sub(after).wrapping_sub(first).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn what_was_written_is_read(sets in proptest::collection::vec((proptest::collection::btree_set(0u32..500, 0..60), 0u32..1000), 0..20)) {
            let mut out = BitWriter::default();
            let limit = |set: &BTreeSet<u32>, more: u32| set.last().map_or(0, |last| last + 1) + more;
            for (set, more) in &sets {
                let numbers: Vec<u32> = set.iter().copied().collect();
                write(&mut out, &numbers, limit(set, *more));
            }
            let length = out.len();
            let bytes = out.finish();
            let (mut reader, mut passing) = (BitReader::new(&bytes, 0), BitReader::new(&bytes, 0));
            for (set, more) in &sets {
                let mut numbers = vec![0; set.len()];
                read(&mut reader, &mut numbers, limit(set, *more));
                prop_assert!(numbers.iter().eq(set));
                skip(&mut passing, set.len() as u32, limit(set, *more));
            }
            prop_assert_eq!(reader.position(), length);
            prop_assert_eq!(passing.position(), length);
        }
    }
}
