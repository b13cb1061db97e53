//! Words by their bytes, a few at a time: a hash of them, and whether two are the same.

/// The first bytes and the last, eight of each if there are so many, four or two
/// otherwise: all bytes of most words without a loop.
#[inline(always)]
fn both_ends(bytes: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        (first.into(), last.into())
    } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let (first, last) = (u16::from_le_bytes(*first), u16::from_le_bytes(*last));
        (first.into(), last.into())
    } else {
        (bytes.first().map_or(0, |&byte| byte.into()), 0)
    }
}

/// What a long form has between its first eight bytes and its last eight.
#[inline]
fn between_ends(bytes: &[u8]) -> &[u8] {
    let last = bytes.len().wrapping_sub(8);
    bytes.get(8..last).unwrap_or_default()
}

/// Whether two words have the same bytes.
#[inline(always)]
pub(super) fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len()
        && both_ends(one) == both_ends(other)
        && (one.len() <= 16 || between_ends(one) == between_ends(other))
}

/// Multiplies and rotates words of eight bytes, after the *FxHash* of Firefox;
/// the last multiplication is folded, so that all bits of the result tell.
#[inline(always)]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let step = |state: u64, word: u64| (state.rotate_left(29) ^ word).wrapping_mul(FACTOR);
    let (first, last) = both_ends(bytes);
    let mut state = step(bytes.len() as u64, first);
    if bytes.len() > 16 {
        let (eights, rest) = between_ends(bytes).as_chunks();
        for &eight in eights {
            state = step(state, u64::from_le_bytes(eight));
        }
        for &byte in rest {
            state = step(state, byte.into());
        }
    }
    state = step(state, last);
    state ^ (state >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn words_are_the_same_if_their_bytes_are(one in "[ab]{0,3}|[ab]{7,18}|a{30}[ab]{6}", other in "[ab]{0,3}|[ab]{7,18}|a{30}[ab]{6}") {
            let (one, other) = (one.as_bytes(), other.as_bytes());
            prop_assert!(is_same(one, one));
            prop_assert_eq!(is_same(one, other), one == other);
            for at in 0..one.len() {
                let mut changed = one.to_vec();
                changed[at] ^= 1;
                prop_assert!(!is_same(one, &changed));
                prop_assert_ne!(hash(one), hash(&changed));
            }
        }
    }

    #[test]
    fn hashes_of_words_fall_everywhere() {
        const PLACES: usize = 1 << 12;
        let letters = ["ا", "ب", "ت", "ل", "م", "ن", "و", "ي"];
        let word = |mut n: usize| {
            let mut word = String::new();
            for _ in 0..5 {
                word.push_str(letters[n % 8]);
                n /= 8;
            }
            word
        };
        let places = |bit: u32| {
            let mut counts = BTreeMap::<u64, usize>::new();
            for n in 0..8 * PLACES {
                let place = hash(word(n).as_bytes()) >> bit & (PLACES as u64 - 1);
                *counts.entry(place).or_default() += 1;
            }
            counts.values().copied().max().unwrap_or_default()
        };
        // The top of the low half chooses the slot, the high half the tag; eight words a place are the mean.
        for bit in [20, 52] {
            assert!(places(bit) < 40, "bits from {bit} on: {}", places(bit));
        }
    }
}
