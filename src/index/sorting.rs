//! Sorts numbers by the keys that they stand for.

use std::cmp::Ordering;

/// A number behind the first letters of its key as one great number in two halves,
/// by which nearly all comparisons are decided: no byte goes to alignment.
type Prefixed = [u32; 3];

/// The numbers in the order of their keys, then of `then`.
pub(super) fn sorted<'k>(
    numbers: impl Iterator<Item = u32>,
    key: &dyn Fn(u32) -> &'k [u8],
    then: &dyn Fn(u32, u32) -> Ordering,
) -> Vec<u32> {
    let prefixed = numbers.map(|number| {
        let prefix = prefix(key(number));
        [(prefix >> 32) as u32, prefix as u32, number]
    });
    let mut prefixed: Vec<Prefixed> = prefixed.collect();
    let letters = |[high, low, _]: Prefixed| u64::from(high) << 32 | u64::from(low);
    prefixed.sort_unstable_by(|&a, &b| {
        let (one, other) = (a[2], b[2]);
        letters(a)
            .cmp(&letters(b))
            .then_with(|| key(one).cmp(key(other)))
            .then_with(|| then(one, other))
    });
    prefixed.into_iter().map(|[.., number]| number).collect()
}

/// Letters in a prefix, of so many bits each.
const LETTERS: u32 = 9;
const LETTER_BITS: u32 = 7;

/// The first letters of a key, the first the highest; letters that are not there are 0.
///
/// Basic Latin and Arabic letters have codes of their own, in order. What
/// stands before, between and behind them shares a code: nothing follows such
/// a one, so that what it hides is compared in the keys.
#[inline(never)] // called for every key, so that a browser compiles it well on the way
fn prefix(key: &[u8]) -> u64 {
    let (mut prefix, mut left) = (0, LETTERS);
    let mut rest = key;
    while left > 0 {
        let (code, is_shared, after) = match rest {
            [] => break,
            [byte @ b'a'..=b'z', after @ ..] => (u64::from(byte - b'a') + 2, false, after),
            [lead @ (0xD8 | 0xD9), trail @ 0x80..=0xBF, after @ ..] => {
                let letter = u64::from(lead - 0xD8) << 6 | u64::from(trail - 0x80);
                match letter {
                    0..0x21 => (28, true, after),
                    0x21..=0x4A => (letter - 0x21 + 29, false, after),
                    _ => (71, true, after),
                }
            }
            [0..b'a', after @ ..] => (1, true, after),
            [0..0xD8, after @ ..] => (28, true, after),
            [_, after @ ..] => (71, true, after),
        };
        left -= 1;
        prefix |= code << (LETTER_BITS * left);
        if is_shared {
            break;
        }
        rest = after;
    }
    prefix
}

/// Says of an order of the numbers below 2³¹ where each stands instead of which stands where, in place.
pub(super) fn invert(order: &mut [u32]) {
    const DONE: u32 = 1 << 31;
    for start in 0..order.len() as u32 {
        let (mut at, mut before) = (start, start);
        while let Some(number) = order.get_mut(at as usize)
            && *number & DONE == 0
        {
            let next = std::mem::replace(number, before | DONE);
            (before, at) = (at, next);
        }
        // What the first of the cycle got before the last was known.
        if at == start
            && before != start
            && let Some(number) = order.get_mut(start as usize)
        {
            *number = before | DONE;
        }
    }
    for number in order {
        *number &= !DONE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_order_is_inverted_in_place(keys in proptest::collection::vec(0u8..9, 0..60)) {
            let mut order: Vec<u32> = (0..keys.len() as u32).collect();
            order.sort_by_key(|&number| keys[number as usize]);
            let mut inverse = order.clone();
            invert(&mut inverse);
            for (place, &number) in order.iter().enumerate() {
                prop_assert_eq!(inverse[number as usize] as usize, place);
            }
        }

        #[test]
        fn numbers_stand_as_their_keys_do(keys in proptest::collection::vec("[ab\u{0}]{0,3}|a{14,18}[ab]{0,2}|[\u{0}1a~é\u{61F}\u{620}ابي\u{64B}\u{6D2}€]{0,4}|ا{8,11}[ab]{0,2}", 0..60)) {
            let key = |n: u32| keys[n as usize].as_bytes();
            let found = sorted(0..keys.len() as u32, &key, &|a, b| b.cmp(&a));
            let mut naive: Vec<u32> = (0..keys.len() as u32).collect();
            naive.sort_by(|&a, &b| key(a).cmp(key(b)).then(b.cmp(&a)));
            prop_assert_eq!(found, naive);
        }
    }
}
