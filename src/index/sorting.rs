//! Sorts numbers by the keys that they stand for.

use std::cmp::Ordering;

/// A number with the first sixteen bytes of its key as one great number, by
/// which nearly all comparisons are decided.
type Prefixed = (u128, u32);

/// The numbers below `count` in the order of their keys, then of `then`.
pub(super) fn sorted<'k>(
    count: usize,
    key: &dyn Fn(u32) -> &'k [u8],
    then: &dyn Fn(u32, u32) -> Ordering,
) -> Vec<u32> {
    let mut prefixed: Vec<Prefixed> = (0u32..)
        .take(count)
        .map(|number| (prefix(key(number)), number))
        .collect();
    prefixed.sort_unstable_by(|a, b| {
        a.0.cmp(&b.0)
            .then_with(|| key(a.1).cmp(key(b.1)))
            .then_with(|| then(a.1, b.1))
    });
    prefixed.into_iter().map(|(_, number)| number).collect()
}

/// The first sixteen bytes, the first the highest; bytes that are not there are 0.
fn prefix(key: &[u8]) -> u128 {
    let mut bytes = [0; 16];
    for (byte, &of_key) in bytes.iter_mut().zip(key) {
        *byte = of_key;
    }
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_stand_as_their_keys_do(keys in proptest::collection::vec("[ab\u{0}]{0,3}|a{14,18}[ab]{0,2}", 0..60)) {
            let key = |n: u32| keys[n as usize].as_bytes();
            let found = sorted(keys.len(), &key, &|a, b| b.cmp(&a));
            let mut naive: Vec<u32> = (0..keys.len() as u32).collect();
            naive.sort_by(|&a, &b| key(a).cmp(key(b)).then(b.cmp(&a)));
            prop_assert_eq!(found, naive);
        }
    }
}
