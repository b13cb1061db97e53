//! Sorts that share their machine code.
//!
//! The standard library makes a sort of several kilobytes anew for every type
//! of element and every way to compare. That is right where a sort is hot, and
//! in a module that readers download it is half a million bytes too many
//! elsewhere. Here one sort puts *numbers of places* in order, asks through a
//! pointer how two places compare, and the elements are then moved once. It
//! takes about three times as long as a sort of its own; the order is the same.

use std::cmp::Ordering;

/// Stable sorts of slices, for where time does not matter.
pub(crate) trait Arrange<T> {
    /// Puts the elements in order; equal ones keep theirs.
    fn arrange(&mut self)
    where
        T: Ord;

    /// As [`Arrange::arrange`], by a comparison.
    fn arrange_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// As [`Arrange::arrange`], by a key that is made for each comparison.
    fn arrange_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);

    /// As [`Arrange::arrange`], by a key that is made once for each element.
    fn arrange_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K);
}

impl<T> Arrange<T> for [T] {
    fn arrange(&mut self)
    where
        T: Ord,
    {
        self.arrange_by(T::cmp);
    }

    fn arrange_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let order = {
            let items = &*self;
            sorted_places(items.len(), &mut |a, b| compare(&items[a], &items[b]))
        };
        put(self, order);
    }

    fn arrange_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.arrange_by(|a, b| key(a).cmp(&key(b)));
    }

    fn arrange_by_cached_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        let order = sorted_places(keys.len(), &mut |a, b| keys[a].cmp(&keys[b]));
        put(self, order);
    }
}

/// The number that stands at a place once the greatest come first; 0 where there are not so many.
pub(crate) fn at_rank(mut numbers: Vec<u32>, rank: usize) -> u32 {
    if rank >= numbers.len() {
        return 0;
    }
    *numbers.select_nth_unstable_by(rank, |a, b| b.cmp(a)).1
}

/// Sorts by the numbers, equal ones in the order they come in, byte by byte from the lowest: of many numbers
/// much faster than by comparing.
pub(crate) fn sort_by_number(items: &mut Vec<(u64, u32)>) {
    let mut sorted = vec![(0, 0); items.len()];
    for byte in 0..u64::BITS / 8 {
        let digit = |number: u64| (number >> (8 * byte)) as usize & 0xFF;
        let mut starts = [0usize; 257];
        for &(number, _) in &*items {
            if let Some(count) = starts.get_mut(digit(number) + 1) {
                *count += 1;
            }
        }
        if starts.contains(&items.len()) {
            continue; // all have this byte
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        for &one in &*items {
            let Some(place) = starts.get_mut(digit(one.0)) else {
                continue;
            };
            if let Some(slot) = sorted.get_mut(*place) {
                *slot = one;
            }
            *place += 1;
        }
        std::mem::swap(items, &mut sorted);
    }
}

/// The places `0..count` in order.
#[inline(never)]
fn sorted_places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    // Places tell equal elements apart, so a sort that is not stable gives the stable order.
    places.sort_unstable_by(|&a, &b| compare(a, b).then(a.cmp(&b)));
    places
}

/// Moves each element to where its place stands in `order`, along the cycles of the order.
fn put<T>(items: &mut [T], mut order: Vec<usize>) {
    for start in 0..order.len() {
        let mut to = start;
        loop {
            let from = std::mem::replace(&mut order[to], to);
            if from == start {
                break;
            }
            items.swap(to, from);
            to = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cmp::Reverse;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_standard_sort(items: Vec<(u8, String)>) {
            let mut found = [items.clone(), items.clone(), items.clone(), items.clone()];
            found[0].arrange();
            found[1].arrange_by(|a, b| b.0.cmp(&a.0));
            found[2].arrange_by_key(|item| item.0 / 4);
            found[3].arrange_by_cached_key(|item| Reverse(item.1.len()));
            let mut expected = [items.clone(), items.clone(), items.clone(), items];
            expected[0].sort();
            expected[1].sort_by_key(|item| Reverse(item.0));
            expected[2].sort_by_key(|item| item.0 / 4);
            expected[3].sort_by_cached_key(|item| Reverse(item.1.len()));
            prop_assert_eq!(found, expected);
        }
    }
}
