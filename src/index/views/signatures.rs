//! Which letters words have, as the bits of one number: most pairs of words are told apart by
//! two operations on their numbers.

use crate::sorting::{chosen, sort_by_number};

/// Words with so many letters or more are not told apart by their length.
pub(super) const LONGEST: usize = 32;

/// Which letters a word has, which of them it has twice or more, and how many letters there are. Letters
/// that share a bit make words look more alike than they are, never less.
pub(super) fn signature(word: &[u8]) -> (u64, usize) {
    let (mut once, mut twice, mut letters) = (0u32, 0, 0);
    for letter in std::str::from_utf8(word).unwrap_or_default().chars() {
        // Some numbers between those of Arabic letters are left out, so that nearly each has a bit of its own;
        // the highest are of letters that about half of the words have, so that neighbours have most in common.
        let code = u32::from(letter);
        let gap = if code < 0x640 { 0 } else { 6 };
        let bit = 1 << (code.wrapping_sub(0x25 + gap) % u32::BITS);
        twice |= once & bit;
        once |= bit;
        letters += 1;
    }
    let signature = u64::from(once) << u32::BITS | u64::from(twice);
    (signature, letters.min(LONGEST))
}

/// Which letters a word has, of its signature.
pub(super) fn kinds_of(signature: u64) -> u32 {
    (signature >> u32::BITS) as u32
}

/// Words of one length by their signatures. Signatures that stand together
/// have most of their high bits in common, so that many are ruled out at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Alike {
    /// The signatures of the words, ascending, each once.
    signatures: Vec<u64>,
    /// Where the words of each start; one more entry.
    starts: Vec<u32>,
    words: Vec<u32>,
    /// The bits that all of the next [`TOGETHER`] signatures have, and those that any has.
    shared: Vec<(u64, u64)>,
}

/// Signatures that are ruled out at once.
const TOGETHER: usize = 16;

impl Alike {
    fn of(mut words: Vec<(u64, u32)>) -> Self {
        sort_by_number(&mut words);
        let mut alike = Self {
            words: words.iter().map(|&(_, word)| word).collect(),
            ..Self::default()
        };
        for (place, &(signature, _)) in (0u32..).zip(&words) {
            if alike.signatures.last() != Some(&signature) {
                alike.signatures.push(signature);
                alike.starts.push(place);
            }
        }
        alike.starts.push(words.len() as u32);
        alike.signatures.shrink_to_fit();
        alike.starts.shrink_to_fit();
        let groups = alike.signatures.chunks(TOGETHER);
        let shared = groups.map(|group| {
            let both = |(all, any), &one: &u64| (all & one, any | one);
            group.iter().fold((u64::MAX, 0), both)
        });
        alike.shared = shared.collect();
        alike
    }

    pub(super) fn memory(&self) -> usize {
        let numbers = self.starts.capacity() + self.words.capacity();
        8 * self.signatures.capacity() + 4 * numbers + 16 * self.shared.capacity()
    }

    /// The words from one signature on.
    fn words(&self, signature: usize) -> &[u32] {
        let start = |at: usize| self.starts.get(at).map(|&start| start as usize);
        let range = start(signature).zip(start(signature + 1));
        range
            .and_then(|(start, end)| self.words.get(start..end))
            .unwrap_or_default()
    }

    /// Each signature with its words.
    pub(super) fn each(&self) -> impl Iterator<Item = (u64, &[u32])> {
        let signatures = self.signatures.iter().enumerate();
        signatures.map(|(at, &signature)| (signature, self.words(at)))
    }

    /// Adds the words whose signatures lack at most so many bits of `own`, and have at most so many that it lacks.
    pub(super) fn add_near(&self, own: u64, gone: u32, new: u32, to: &mut Vec<u32>) {
        let is_near = |all: u64, any: u64| {
            let spare_gone = gone.wrapping_sub((own & !any).count_ones());
            let spare_new = new.wrapping_sub((all & !own).count_ones());
            (spare_gone | spare_new) as i32 >= 0
        };
        let groups = (0u32..).zip(&self.shared);
        let groups = groups.map(|(group, &(all, any))| (group, is_near(all, any)));
        let groups = chosen(groups, self.shared.len());
        let signatures = groups.iter().flat_map(|&group| {
            let first = group as usize * TOGETHER;
            let last = self.signatures.len().min(first + TOGETHER);
            let signatures = self.signatures.get(first..last).unwrap_or_default();
            (first as u32..).zip(signatures)
        });
        let signatures = signatures.map(|(at, &signature)| (at, is_near(signature, signature)));
        for signature in chosen(signatures, TOGETHER * groups.len()) {
            to.extend(self.words(signature as usize));
        }
    }
}

/// For each number of letters the words that have so many.
pub(super) type ByLength = Vec<Alike>;

pub(super) fn by_length<'k>(
    words: impl Iterator<Item = u32>,
    key: &dyn Fn(u32) -> &'k [u8],
) -> ByLength {
    let mut by_length = vec![Vec::new(); LONGEST + 1];
    for word in words {
        let (signature, letters) = signature(key(word));
        if let Some(words) = by_length.get_mut(letters) {
            words.push((signature, word));
        }
    }
    by_length.into_iter().map(Alike::of).collect()
}
