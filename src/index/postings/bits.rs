//! Sets of small numbers.

/// A set of numbers as bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// None of the numbers below `end`; others are never in the set.
    pub(crate) fn new(end: usize) -> Self {
        Self {
            words: vec![0; end.div_ceil(64)],
        }
    }

    #[inline]
    pub(crate) fn insert(&mut self, number: u32) {
        self.add(number as usize / 64, 1 << (number % 64));
    }

    /// Adds numbers.
    pub(crate) fn extend(&mut self, numbers: impl Iterator<Item = u32>) {
        numbers.for_each(|number| self.insert(number));
    }

    #[inline]
    fn add(&mut self, at: usize, bits: u64) {
        if let Some(word) = self.words.get_mut(at) {
            *word |= bits;
        }
    }

    #[inline]
    pub(crate) fn remove(&mut self, number: u32) {
        if let Some(word) = self.words.get_mut(number as usize / 64) {
            *word &= !(1 << (number % 64));
        }
    }

    #[inline]
    pub(crate) fn contains(&self, number: u32) -> bool {
        let word = self.words.get(number as usize / 64);
        word.is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// How many numbers are in the set.
    pub(crate) fn count(&self) -> usize {
        let counts = self.words.iter().map(|word| word.count_ones() as usize);
        counts.sum()
    }

    /// The numbers, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        let words = (0u32..).zip(&self.words);
        words.flat_map(|(at, &word)| ones(at, word))
    }

    /// The numbers that are in another set too, ascending.
    pub(crate) fn iter_in(&self, other: &Self) -> impl Iterator<Item = u32> {
        let words = (0u32..).zip(self.words.iter().zip(&other.words));
        words.flat_map(|(at, (&one, &other))| ones(at, one & other))
    }

    /// Adds the numbers of another set.
    pub(crate) fn add_all(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Adds, for each number of another set from `from` on, of so many, the one that is as far behind `to`.
    pub(crate) fn add_stretch(&mut self, to: u32, other: &Self, from: u32, count: u32) {
        let word = |at: usize| other.words.get(at).copied().unwrap_or_default();
        for before in (0..count).step_by(64) {
            let (from, to) = (from + before, to + before);
            let (at, shift) = (from as usize / 64, from % 64);
            // In two steps, as no number can be shifted by all of its bits.
            let bits = word(at) >> shift | word(at + 1) << 1 << (63 - shift);
            let bits = bits & u64::MAX >> 64u32.saturating_sub(count - before);
            let (at, shift) = (to as usize / 64, to % 64);
            self.add(at, bits << shift);
            self.add(at + 1, bits >> 1 >> (63 - shift));
        }
    }

    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        8 * self.words.capacity()
    }
}

/// The numbers that the bits of one word stand for.
#[inline]
fn ones(at: u32, word: u64) -> impl Iterator<Item = u32> {
    let mut left = word;
    std::iter::from_fn(move || {
        let lowest = left.trailing_zeros();
        left &= left.wrapping_sub(1);
        (lowest < u64::BITS).then_some(at * u64::BITS + lowest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn a_set_is_a_set(
            steps in proptest::collection::vec((0u32..200, any::<bool>()), 0..60),
            more in proptest::collection::vec(0u32..200, 0..40),
            even in proptest::collection::btree_set(0u32..192, 0..40),
            (to, from, count) in (0u32..192, 0u32..192, 0u32..192),
        ) {
            let (mut bits, mut naive) = (Bits::new(150), BTreeSet::new());
            for (number, is_in) in steps {
                if is_in {
                    bits.insert(number);
                    naive.insert(number);
                } else {
                    bits.remove(number);
                    naive.remove(&number);
                }
            }
            bits.extend(more.iter().copied());
            naive.extend(more);
            // Whole words of bits are kept.
            naive.retain(|&number| number < 192);
            prop_assert!(bits.iter().eq(naive.iter().copied()));
            let mut other = Bits::new(150);
            other.extend(even.iter().copied());
            prop_assert!(bits.iter_in(&other).eq(naive.iter().copied().filter(|number| even.contains(number))));
            other.add_all(&bits);
            prop_assert!(other.iter().eq(naive.union(&even).copied()));
            other.add_stretch(to, &bits, from, count);
            let moved = naive.range(from..from + count).map(|number| number - from + to);
            let moved: BTreeSet<u32> = moved.chain(naive.union(&even).copied()).filter(|&number| number < 192).collect();
            prop_assert!(other.iter().eq(moved));
            prop_assert_eq!(bits.count(), naive.len());
            for number in 0..210 {
                prop_assert_eq!(bits.contains(number), naive.contains(&number));
            }
        }
    }
}
