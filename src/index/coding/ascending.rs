//! Ascending numbers in little more than two bytes each.
//!
//! Of each number the low half is kept; the high half is how often it rose up to
//! there, which is kept for every [`GROUP`]th number. Where nothing rises inside a
//! group, as in nearly all, a number is found in three steps.

use super::growth::add;

/// Numbers of which the first tells its high half.
const GROUP: usize = 64;

/// Ascending numbers, each found by its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct Ascending {
    low: Vec<u16>,
    /// How often the high half rose before the first number of each group.
    high: Vec<u32>,
    /// The place of the first number behind each rise.
    rises: Vec<u32>,
}

impl Ascending {
    /// With room for so many numbers.
    pub(in crate::index) fn with_room(numbers: usize) -> Self {
        Self {
            low: Vec::with_capacity(numbers),
            high: Vec::with_capacity(numbers.div_ceil(GROUP)),
            rises: Vec::new(),
        }
    }

    /// How many numbers there are.
    #[inline]
    pub(in crate::index) fn len(&self) -> usize {
        self.low.len()
    }

    /// Whether there is none.
    pub(in crate::index) fn is_empty(&self) -> bool {
        self.low.is_empty()
    }

    /// Adds a number, which is no smaller than the last.
    #[inline]
    pub(in crate::index) fn push(&mut self, number: u32) {
        let high = (number >> 16) as usize;
        if self.rises.len() < high {
            self.rises.resize(high, self.low.len() as u32);
        }
        if self.low.len().is_multiple_of(GROUP) {
            self.high.push(self.rises.len() as u32);
        }
        add(&mut self.low, number as u16);
    }

    /// The number at a place.
    #[inline]
    pub(in crate::index) fn get(&self, place: usize) -> Option<u32> {
        let low = u32::from(*self.low.get(place)?);
        let group = place / GROUP;
        let high = *self.high.get(group)?;
        let next = self.high.get(group + 1).copied();
        if next == Some(high) {
            return Some(high << 16 | low);
        }
        Some(self.risen(place, high) << 16 | low)
    }

    /// Its high half where it rises inside the group, or may do so behind the last whole one.
    fn risen(&self, place: usize, before: u32) -> u32 {
        let rises = self.rises.get(before as usize..).unwrap_or_default();
        before + rises.partition_point(|&at| at as usize <= place) as u32
    }

    /// The number at a place and the one before it, 0 before the first: what both are where each number is the end
    /// of a stretch. Behind the last number there is nothing.
    #[inline(always)]
    pub(in crate::index) fn stretch(&self, place: usize) -> std::ops::Range<usize> {
        let group = place / GROUP;
        if !place.is_multiple_of(GROUP)
            && let Some(&[high, next]) = self.high.get(group..).and_then(<[u32]>::first_chunk)
            && high == next
            && let Some(&[start, end]) = self.low.get(place - 1..).and_then(<[u16]>::first_chunk)
        {
            let whole = |low: u16| (high << 16 | u32::from(low)) as usize;
            return whole(start)..whole(end);
        }
        self.stretch_between_groups(place)
    }

    /// The same where the two may have high halves of their own.
    #[inline(never)]
    fn stretch_between_groups(&self, place: usize) -> std::ops::Range<usize> {
        let Some(end) = self.get(place) else {
            return 0..0;
        };
        let start = place.checked_sub(1).and_then(|before| self.get(before));
        start.unwrap_or_default() as usize..end as usize
    }

    /// The first place from `from` on whose number is greater than `number`.
    pub(in crate::index) fn first_above(&self, from: usize, number: u32) -> usize {
        let (mut low, mut high) = (from, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.get(middle).is_some_and(|here| here <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Gives memory back that was kept for growth.
    pub(in crate::index) fn shrink(&mut self) {
        self.low.shrink_to_fit();
        self.high.shrink_to_fit();
        self.rises.shrink_to_fit();
    }

    /// Bytes of memory.
    pub(in crate::index) fn memory(&self) -> usize {
        2 * self.low.capacity() + 4 * (self.high.capacity() + self.rises.capacity())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_those_that_were_added(steps in proptest::collection::vec(prop_oneof![8 => 0u32..40, 2 => 0u32..3_000, 1 => 0u32..200_000], 0..400), asked in 0u32..3_000_000, from in 0usize..400) {
            let numbers: Vec<u32> = steps.iter().scan(0, |sum, step| { *sum += step; Some(*sum) }).collect();
            let mut packed = Ascending::with_room(numbers.len());
            for &number in &numbers {
                packed.push(number);
            }
            prop_assert_eq!(packed.len(), numbers.len());
            prop_assert_eq!(packed.is_empty(), numbers.is_empty());
            let mut before = 0;
            for (place, &number) in numbers.iter().enumerate() {
                prop_assert_eq!(packed.get(place), Some(number));
                prop_assert_eq!(packed.stretch(place), before as usize..number as usize);
                before = number;
            }
            prop_assert_eq!(packed.get(numbers.len()), None);
            prop_assert_eq!(packed.stretch(numbers.len()), 0..0);
            let naive = numbers.iter().skip(from).position(|&number| number > asked);
            let end = numbers.len().max(from);
            prop_assert_eq!(packed.first_above(from, asked), naive.map_or(end, |place| from + place));
            packed.shrink();
            prop_assert!(packed.memory() <= 3 * numbers.len() + 4 * (1 + numbers.last().map_or(0, |last| *last as usize >> 16)));
        }
    }
}
