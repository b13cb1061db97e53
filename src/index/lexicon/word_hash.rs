//! Words by their bytes, sixteen at a time: a hash of them, and whether two are the same.

use std::ops::Range;

/// Bytes of a word that are looked at at once: all of most words, without a loop.
const AT_ONCE: usize = 16;

/// A word that is looked for, or one that is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    bytes: &'t [u8],
    /// The first sixteen bytes, zeros behind the last.
    first: [u64; 2],
}

impl<'t> Word<'t> {
    /// A word with these bytes.
    #[inline]
    pub(super) fn of(bytes: &'t [u8]) -> Self {
        let first = first_of(bytes);
        Self { bytes, first }
    }

    /// The word at a stretch of a text. What stands behind it is read along, and the length of the word, which
    /// cannot be foreseen, decides nothing.
    #[inline(always)]
    pub(super) fn at(text: &'t [u8], stretch: Range<usize>) -> Self {
        let bytes = text.get(stretch.clone()).unwrap_or_default();
        let first = first_at(text, stretch.start, bytes);
        Self { bytes, first }
    }

    /// The first sixteen bytes, zeros behind the last.
    #[inline]
    pub(super) fn first(&self) -> [u64; 2] {
        self.first
    }

    /// The bytes behind the first sixteen.
    #[inline]
    pub(super) fn rest(&self) -> &'t [u8] {
        self.bytes.get(AT_ONCE..).unwrap_or_default()
    }

    /// All bytes.
    #[inline]
    pub(super) fn bytes(&self) -> &'t [u8] {
        self.bytes
    }

    /// Whether two words have the same bytes.
    #[inline(always)]
    pub(super) fn is(&self, other: &Word<'_>) -> bool {
        self.bytes.len() == other.bytes.len()
            && self.first == other.first
            && (self.bytes.len() <= AT_ONCE || self.rest() == other.rest())
    }

    /// Multiplies and rotates words of eight bytes, after the *FxHash* of Firefox;
    /// the last multiplication is folded, so that all bits of the result tell.
    #[inline(always)]
    pub(super) fn hash(&self) -> u64 {
        let [first, second] = self.first;
        let mut state = step(self.bytes.len() as u64, first);
        if self.bytes.len() > AT_ONCE {
            state = hash_on(state, self.rest());
        }
        state = step(state, second);
        state ^ (state >> 32)
    }
}

#[inline(always)]
fn step(state: u64, word: u64) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    (state.rotate_left(29) ^ word).wrapping_mul(FACTOR)
}

/// The same for what a long word has behind its first sixteen bytes.
fn hash_on(mut state: u64, rest: &[u8]) -> u64 {
    let (eights, few) = rest.as_chunks();
    for &eight in eights {
        state = step(state, u64::from_le_bytes(eight));
    }
    step(state, first_of(few)[0])
}

/// The first sixteen bytes of a word that starts at a byte of a text.
#[inline(always)]
fn first_at(text: &[u8], start: usize, word: &[u8]) -> [u64; 2] {
    let Some(&sixteen) = text.get(start..).and_then(<[u8]>::first_chunk::<AT_ONCE>) else {
        return first_at_end(word);
    };
    let sixteen = u128::from_le_bytes(sixteen);
    // Looked up, not reckoned: a choice by the length would be a branch where a browser knows no better.
    let [first, second] = LOWEST.get(word.len()).copied().unwrap_or([u64::MAX; 2]);
    [sixteen as u64 & first, (sixteen >> 64) as u64 & second]
}

/// The bits of so many bytes, of sixteen.
static LOWEST: [[u64; 2]; AT_ONCE + 1] = {
    let mut table = [[u64::MAX; 2]; AT_ONCE + 1];
    let mut bytes = 0;
    while bytes < AT_ONCE {
        let bits = (1u128 << (8 * bytes)) - 1;
        table[bytes] = [bits as u64, (bits >> 64) as u64];
        bytes += 1;
    }
    table
};

#[inline(never)]
fn first_at_end(word: &[u8]) -> [u64; 2] {
    first_of(word)
}

/// The first sixteen bytes of a word behind which nothing can be read.
#[inline(always)]
fn first_of(word: &[u8]) -> [u64; 2] {
    // The last bytes overlap the first; they are put where they belong.
    let behind = |bytes: usize| 8 * (word.len() - bytes) as u32;
    if let Some(&sixteen) = word.first_chunk::<AT_ONCE>() {
        let sixteen = u128::from_le_bytes(sixteen);
        [sixteen as u64, (sixteen >> 64) as u64]
    } else if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        let last = u64::from_le_bytes(*last);
        [u64::from_le_bytes(*first), last >> 1 >> (63 - behind(8))]
    } else if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        [u64::from(first) | u64::from(last) << behind(4), 0]
    } else if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        let (first, last) = (u16::from_le_bytes(*first), u16::from_le_bytes(*last));
        [u64::from(first) | u64::from(last) << behind(2), 0]
    } else {
        [word.first().map_or(0, |&byte| byte.into()), 0]
    }
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
            let hash = |word: &[u8]| Word::of(word).hash();
            let is_same = |one: &[u8], other: &[u8]| Word::of(one).is(&Word::of(other));
            prop_assert!(is_same(one, one));
            prop_assert_eq!(is_same(one, other), one == other);
            // In a text it is the word that it is by itself, whatever stands there behind it.
            let text = [one, other].concat();
            for stretch in [0..one.len(), one.len()..text.len()] {
                let (alone, there) = (Word::of(&text[stretch.clone()]), Word::at(&text, stretch));
                prop_assert!(there.is(&alone));
                prop_assert_eq!(there.hash(), alone.hash());
            }
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
                let place = Word::of(word(n).as_bytes()).hash() >> bit & (PLACES as u64 - 1);
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
