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
pub(crate) fn at_rank(numbers: impl Iterator<Item = u64>, rank: usize) -> u64 {
    // Nearly every number is lower than enough of those before it.
    let mut greatest = Greatest {
        rank,
        numbers: Vec::new(),
        least: 0,
    };
    for number in numbers {
        if number > greatest.least {
            greatest.add(number);
        }
    }
    greatest.at_rank()
}

/// The greatest of some numbers, and others.
struct Greatest {
    rank: usize,
    numbers: Vec<u64>,
    /// No number up to this one need be added.
    least: u64,
}

impl Greatest {
    #[inline(never)]
    fn add(&mut self, number: u64) {
        self.numbers.push(number);
        if self.numbers.len() > 2 * self.rank + 64 {
            self.least = self.at_rank();
            self.numbers.truncate(self.rank + 1);
        }
    }

    /// The number at the rank, which is brought there.
    fn at_rank(&mut self) -> u64 {
        if self.rank >= self.numbers.len() {
            return self.least;
        }
        let by_size = |a: &u64, b: &u64| b.cmp(a);
        *self.numbers.select_nth_unstable_by(self.rank, by_size).1
    }
}

/// The numbers that are chosen, of so many at most. Which are cannot be foreseen: each is noted, and the next over it
/// where it is not.
#[inline]
pub(crate) fn chosen(all: impl Iterator<Item = (u32, bool)>, most: usize) -> Vec<u32> {
    let mut chosen = vec![0; most + 1];
    let mut count = 0;
    all.for_each(|(number, is_chosen)| {
        if let Some(place) = chosen.get_mut(count) {
            *place = number;
        }
        count += usize::from(is_chosen);
    });
    chosen.truncate(count);
    chosen
}

/// A number that stands among others as a score does among scores.
pub(crate) fn rank_of(score: f64) -> u64 {
    let bits = score.to_bits();
    if score.is_sign_negative() {
        !bits
    } else {
        bits | 1 << 63
    }
}

/// The score that stands there.
pub(crate) fn score_of(rank: u64) -> f64 {
    f64::from_bits(if rank >> 63 == 0 {
        !rank
    } else {
        rank ^ 1 << 63
    })
}

/// Sorts numbers, by the code that sorts longer ones too.
#[inline(never)]
pub(crate) fn sort_numbers(numbers: &mut [u32]) {
    let mut long: Vec<u64> = numbers.iter().map(|&number| u64::from(number)).collect();
    long.sort_unstable();
    for (number, long) in numbers.iter_mut().zip(long) {
        *number = long as u32;
    }
}

/// Sorts pairs of numbers: `pack` puts the first into the high half and the second into the low one.
pub(crate) fn sort_pairs<T: Copy>(
    pairs: &mut [T],
    pack: impl Fn(T) -> u64,
    unpack: impl Fn(u64) -> T,
) {
    let mut packed: Vec<u64> = pairs.iter().map(|&pair| pack(pair)).collect();
    packed.sort_unstable();
    for (pair, packed) in pairs.iter_mut().zip(packed) {
        *pair = unpack(packed);
    }
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
    places.sort_unstable_by(|&a, &b| compared(compare, a, b));
    places
}

/// A comparison, whose code does not stand at every place where a sort compares.
#[inline(never)]
fn compared(compare: &mut dyn FnMut(usize, usize) -> Ordering, a: usize, b: usize) -> Ordering {
    compare(a, b).then(a.cmp(&b))
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
        fn ranks_stand_as_scores_do(scores: Vec<f64>, rank in 0usize..9) {
            for &score in &scores {
                prop_assert_eq!(score_of(rank_of(score)).to_bits(), score.to_bits());
            }
            let ranks: Vec<u64> = scores.iter().map(|&score| rank_of(score)).collect();
            let mut naive = scores;
            naive.sort_by(|a, b| b.total_cmp(a));
            let found = score_of(at_rank(ranks.into_iter(), rank));
            prop_assert!(naive.get(rank).is_none_or(|nth| nth.to_bits() == found.to_bits()));
        }

        #[test]
        fn what_is_chosen_is_a_filter(all: Vec<(u32, bool)>, more in 0usize..3) {
            let naive: Vec<u32> = all.iter().filter(|one| one.1).map(|one| one.0).collect();
            let most = naive.len() + more;
            prop_assert_eq!(chosen(all.into_iter(), most), naive);
        }

        #[test]
        fn pairs_are_sorted_by_both(mut pairs: Vec<(u8, u32)>) {
            let mut naive = pairs.clone();
            naive.sort_unstable();
            sort_pairs(&mut pairs, |(a, b)| u64::from(a) << 32 | u64::from(b), |both| ((both >> 32) as u8, both as u32));
            prop_assert_eq!(pairs, naive);
        }

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
