//! How often forms occur, in little more than a byte each: most occur a few times.

use crate::index::coding::growth::add;
use rustc_hash::FxHashMap;

/// Bits of a count that stand beside its form.
const LOW_BITS: u32 = 7;

/// Set where there is more of a count than these.
const MORE: u8 = 1 << LOW_BITS;

/// A count for each form.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct Frequencies {
    /// The lowest bits of each count, and [`MORE`].
    low: Vec<u8>,
    /// The higher bits, where there are any.
    high: FxHashMap<u32, u32>,
}

impl Frequencies {
    /// With room for so many forms.
    pub(in crate::index) fn with_room(forms: usize) -> Self {
        Self {
            low: Vec::with_capacity(forms),
            high: FxHashMap::default(),
        }
    }

    /// How many forms there are.
    pub(in crate::index) fn len(&self) -> usize {
        self.low.len()
    }

    /// The count of the next form.
    #[inline]
    pub(in crate::index) fn push(&mut self, count: u32) {
        add(&mut self.low, 0);
        self.add(self.low.len() - 1, count);
    }

    /// The count of a form; 0 behind the last.
    #[inline]
    pub(in crate::index) fn get(&self, form: usize) -> u32 {
        let low = self.low.get(form).copied().unwrap_or_default();
        if low < MORE {
            return u32::from(low);
        }
        let high = self.high.get(&(form as u32)).copied();
        high.unwrap_or_default() << LOW_BITS | u32::from(low ^ MORE)
    }

    /// Counts so many more.
    #[inline]
    pub(in crate::index) fn add(&mut self, form: usize, more: u32) {
        let Some(low) = self.low.get_mut(form) else {
            return;
        };
        let sum = more.wrapping_add(u32::from(*low & (MORE - 1)));
        if sum < u32::from(MORE) {
            *low = *low & MORE | sum as u8;
            return;
        }
        *low = sum as u8 | MORE;
        self.carry(form, sum >> LOW_BITS);
    }

    #[inline(never)]
    fn carry(&mut self, form: usize, high: u32) {
        *self.high.entry(form as u32).or_default() += high;
    }

    /// Sets a count.
    pub(in crate::index) fn set(&mut self, form: usize, count: u32) {
        if let Some(low) = self.low.get_mut(form) {
            *low = 0;
            self.high.remove(&(form as u32));
            self.add(form, count);
        }
    }

    /// Gives memory back that was kept for growth.
    pub(in crate::index) fn shrink(&mut self) {
        self.low.shrink_to_fit();
    }

    /// Bytes of memory.
    pub(in crate::index) fn memory(&self) -> usize {
        self.low.capacity() + self.high.capacity() * (2 * size_of::<u32>() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_are_sums(added in proptest::collection::vec((0usize..6, prop_oneof![0u32..3, 0u32..400, 0u32..1 << 28]), 0..300), set in proptest::collection::vec((0usize..6, 0u32..1_000), 0..5)) {
            let (mut counts, mut naive) = (Frequencies::with_room(6), vec![0u32; 6]);
            for start in [0u32, 1, 127, 128, 255, 70_000] {
                naive[counts.low.len()] = start;
                counts.push(start);
            }
            for (form, more) in added {
                if let Some(sum) = naive[form].checked_add(more) {
                    naive[form] = sum;
                    counts.add(form, more);
                }
            }
            for (form, &sum) in naive.iter().enumerate() {
                prop_assert_eq!(counts.get(form), sum);
            }
            for (form, count) in set {
                counts.set(form, count);
                naive[form] = count;
            }
            for (form, &sum) in naive.iter().enumerate() {
                prop_assert_eq!(counts.get(form), sum);
            }
            prop_assert_eq!(counts.get(6), 0);
        }
    }
}
