//! The trained model and its tables.

use super::chain::Chain;
use super::features::OFFSETS;
use super::label::LABELS;
use super::lexicon::WordLexicon;
use rustc_hash::FxHashMap;

/// Scores of the labels.
pub(super) type Scores = [i32; LABELS];
/// Transition scores, from and to.
pub type Transitions = [[i32; LABELS]; LABELS];

/// Weights by feature number: a hash table without deletions, and before it a
/// small set of bits, since most features of a text have no weight.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    slots: Vec<(u32, [i8; LABELS])>,
    mask: usize,
    /// The bit of a feature's lowest digits is set if one of those features has a row.
    known: Vec<u64>,
}

const EMPTY: u32 = u32::MAX;

impl Rows {
    pub(super) fn with_capacity(rows: usize) -> Self {
        let size = (rows * 2).next_power_of_two().max(16);
        Self {
            slots: vec![(EMPTY, [0; LABELS]); size],
            mask: size - 1,
            known: vec![0; size / 8],
        }
    }

    /// The place of a feature among the words of bits, and its bit.
    fn bit(&self, feature: u32) -> (usize, u64) {
        let at = (feature as usize / 64) & (self.known.len().wrapping_sub(1));
        (at, 1 << (feature % 64))
    }

    pub(super) fn insert(&mut self, feature: u32, row: [i8; LABELS]) {
        let (word, bit) = self.bit(feature);
        if let Some(word) = self.known.get_mut(word) {
            *word |= bit;
        }
        let mut at = spread(feature) & self.mask;
        while let Some(slot) = self.slots.get_mut(at) {
            if slot.0 == EMPTY {
                *slot = (feature, row);
                return;
            }
            at = (at + 1) & self.mask;
        }
    }

    /// Adds the weights of a feature to `scores`.
    #[inline]
    pub(super) fn add(&self, feature: u32, scores: &mut Scores) {
        let (word, bit) = self.bit(feature);
        if self.known.get(word).is_some_and(|word| word & bit != 0) {
            self.add_known(feature, scores);
        }
    }

    fn add_known(&self, feature: u32, scores: &mut Scores) {
        let mut at = spread(feature) & self.mask;
        while let Some((found, row)) = self.slots.get(at) {
            if *found == feature {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += i32::from(*weight);
                }
                return;
            }
            if *found == EMPTY {
                return;
            }
            at = (at + 1) & self.mask;
        }
    }
}

fn spread(feature: u32) -> usize {
    feature.wrapping_mul(0x9E37_79B1) as usize >> 4
}

/// What the second reading weighs.
#[derive(Clone, Debug, Default)]
pub struct SecondReading {
    /// Share of the first reading's scores, in 64ths.
    pub share: u8,
    /// Weights by code.
    pub weights: Vec<[i16; LABELS]>,
    /// Its own transitions.
    pub transitions: Transitions,
}

/// What is different in an encyclopaedia: it is marked by other rules than news («شمال فرنسا» is a place there).
#[derive(Clone, Debug, Default)]
pub struct EncyclopaediaParts {
    /// How much words speak for an encyclopaedia and against news, by
    /// [`word_key`](super::lexicon::word_key), in order.
    pub words: Vec<(u32, i8)>,
    /// Weights by feature number, in order, beside those of all text.
    pub rows: Vec<(u32, [i8; LABELS])>,
    /// What is added to the second reading's weights, by code.
    pub weights: Vec<[i16; LABELS]>,
}

/// The same, ready for use.
#[derive(Clone, Debug)]
pub(super) struct Encyclopaedia {
    /// By word; numbers below 0 as [`i8::cast_unsigned`] gives them.
    pub(super) words: FxHashMap<u32, u8>,
    pub(super) rows: Rows,
    /// Weights of the votes by code and by bundle of codes, those of all text included.
    pub(super) vote_weights: Vec<[i16; LABELS]>,
}

impl Encyclopaedia {
    /// What a word speaks for. An average text of news and an average one of an encyclopaedia are as
    /// far from 0 when every word counts a little for news.
    pub(super) fn leaning(&self, word: u32) -> i8 {
        const PRIOR: i8 = -2;
        let of_word = self.words.get(&word).map_or(0, |w| w.cast_signed());
        of_word.saturating_add(PRIOR)
    }
}

/// A model as trained, before it is written.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// What one unit of a weight is worth in log-odds.
    pub scale: f32,
    /// Transition scores.
    pub transitions: Transitions,
    /// Weights by feature number, in order.
    pub rows: Vec<(u32, [i8; LABELS])>,
    /// What is known of words.
    pub lexicon: WordLexicon,
    /// The second reading.
    pub second: SecondReading,
    /// What is different in an encyclopaedia.
    pub encyclopaedia: EncyclopaediaParts,
}

/// A model ready for use.
#[derive(Clone, Debug)]
pub struct Model {
    /// The first reading's transitions.
    pub(super) chain: Chain,
    pub(super) rows: Rows,
    pub(super) lexicon: WordLexicon,
    /// Share of the first reading's scores in the second, in 64ths.
    pub(super) share: u8,
    /// Weights of the votes by code and by bundle of codes.
    pub(super) vote_weights: Vec<[i16; LABELS]>,
    /// The second reading's transitions.
    pub(super) second_chain: Chain,
    pub(super) encyclopaedia: Encyclopaedia,
    /// Weights of a missing neighbour, by offset.
    pub(super) edges: [[i16; LABELS]; OFFSETS],
}

impl Model {
    /// What the model knows of words.
    #[must_use]
    pub fn lexicon(&self) -> &WordLexicon {
        &self.lexicon
    }
}
