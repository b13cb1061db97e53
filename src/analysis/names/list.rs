//! A list of Arabic words, searched by a Latin one.
//!
//! The words are kept sorted, so that those with equal beginnings stand
//! together: walking through them is walking a trie, and what the letters so
//! far cost is worked out once for all of them. A beginning that is already
//! far below the best word found is passed over with all that follows it.
//! No key is needed that both spellings would have to share.

use super::channel::Channel;
use super::letters::Letters;
use super::units::{MOST_ARABIC, MOST_LATIN, pack};
use crate::sorting::Arrange;

/// Words further below the best one than this, in nats, are not looked for.
const REACH: f32 = 7.0;

/// How far below the ceiling the search looks, in nats: step by step, until
/// what it found shows that further steps add nothing.
const DEPTHS: [f32; 4] = [4.0, 8.0, 13.0, 20.0];

/// Ways a Latin run of 0 to [`MOST_LATIN`] letters may end at a place.
const RUNS: usize = MOST_LATIN + 1;

/// Distinct Arabic words in order of their letters.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    words: Vec<Letters>,
    /// Letters that each word shares with the one before it.
    shared: Vec<u8>,
}

/// A word that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Its number in the list.
    pub word: usize,
    /// Its score without regard to letters beside the units, in nats.
    pub score: f32,
}

impl WordList {
    /// Takes words in any order; equal ones are kept once, empty ones not.
    #[must_use]
    pub fn new(mut words: Vec<Letters>) -> Self {
        words.arrange();
        words.dedup();
        words.retain(|word| !word.is_empty());
        let mut before: &[u8] = &[];
        let shared = words
            .iter()
            .map(|word| {
                let pairs = before.iter().zip(word);
                before = word;
                pairs.take_while(|(a, b)| a == b).count() as u8
            })
            .collect();
        Self { words, shared }
    }

    /// The words, sorted by their letters.
    #[must_use]
    pub fn words(&self) -> &[Letters] {
        &self.words
    }

    /// The number of a word.
    #[must_use]
    pub fn number(&self, word: &[u8]) -> Option<usize> {
        self.words.binary_search_by(|w| w.as_slice().cmp(word)).ok()
    }

    /// The words that best fit a Latin one, at most `limit`, best first.
    #[must_use]
    pub fn search(&self, channel: &Channel, latin: &[u8], limit: usize) -> Vec<Candidate> {
        let Some(mut walk) = Walk::new(channel, latin, limit) else {
            return Vec::new();
        };
        for depth in DEPTHS {
            walk.run(self, depth);
            if walk.found.len() >= limit || walk.is_deep_enough(depth) {
                break;
            }
        }
        walk.take_best()
    }
}

/// One search. All sums are factors, not logarithms: names are short, and
/// their products stay far above the least `f32`.
struct Walk<'c> {
    channel: &'c Channel,
    /// Places of the Latin word, both ends included.
    places: usize,
    limit: usize,
    /// Factors by Arabic run, then by place of the Latin word where the unit
    /// ends, then by Latin letters of the unit.
    factors: Vec<f32>,
    /// The number of each Arabic run of one letter.
    single: [Option<u16>; 64],
    /// For each place, the best that may follow.
    ahead: Vec<f32>,
    /// A row of sums for each letter of the Arabic word so far.
    rows: Vec<f32>,
    /// The best that may become of each row.
    bounds: Vec<f32>,
    best: f32,
    found: Vec<Candidate>,
}

impl<'c> Walk<'c> {
    fn new(channel: &'c Channel, latin: &[u8], limit: usize) -> Option<Self> {
        let units = &channel.units;
        let places = latin.len() + 1;
        let ahead = channel.best_ahead(latin);
        if latin.is_empty() || ahead.first() == Some(&f32::NEG_INFINITY) {
            return None;
        }
        let mut factors = vec![0.0; units.arabic_runs() * places * RUNS];
        for end in 0..places {
            for length in 0..=MOST_LATIN.min(end) {
                let run = latin.get(end - length..end).map(pack);
                let Some(run) = run.and_then(|run| units.latin_run(run)) else {
                    continue;
                };
                for arabic in 0..units.arabic_runs() {
                    if let Some(unit) = units.of_runs(run, arabic as u16) {
                        let at = (arabic * places + end) * RUNS + length;
                        factors[at] = channel.search[usize::from(unit)].exp();
                    }
                }
            }
        }
        let single =
            std::array::from_fn(|letter| units.arabic_run(letter as u32).filter(|_| letter > 0));
        Some(Self {
            channel,
            places,
            limit,
            factors,
            single,
            ahead: ahead.into_iter().map(f32::exp).collect(),
            rows: Vec::new(),
            bounds: Vec::new(),
            best: 0.0,
            found: Vec::new(),
        })
    }

    /// Whether a walk to this depth has seen all within [`REACH`] of the best.
    fn is_deep_enough(&self, depth: f32) -> bool {
        self.best * (-REACH).exp() >= self.ahead[0] * (-depth).exp()
    }

    /// Looks at all words that score no further below the ceiling than `depth`.
    fn run(&mut self, list: &WordList, depth: f32) {
        self.found.clear();
        let mut floor = (self.ahead[0] * (-depth).exp()).max(self.best * (-REACH).exp());
        self.start();
        let mut word = 0;
        let mut known = 0; // rows that hold for the beginning of the word
        while let Some(letters) = list.words.get(word) {
            known = known.min(usize::from(list.shared[word]));
            let mut cut = None;
            while known < letters.len() {
                known += 1;
                self.extend(&letters[..known]);
                // A unit of two letters may still start a letter before.
                if self.bounds[known].max(self.bounds[known - 1]) < floor {
                    cut = Some(known);
                    break;
                }
            }
            match cut {
                Some(cut) => {
                    word += 1;
                    while list
                        .shared
                        .get(word)
                        .is_some_and(|&n| usize::from(n) >= cut)
                    {
                        word += 1;
                    }
                }
                None => {
                    let score = self.rows[(letters.len() + 1) * self.places - 1];
                    if score >= floor {
                        self.best = self.best.max(score);
                        floor = floor.max(self.best * (-REACH).exp());
                        self.found.push(Candidate { word, score });
                        if self.found.len() >= 4 * self.limit {
                            self.keep_best();
                            floor = floor.max(self.found[self.limit - 1].score);
                        }
                    }
                    word += 1;
                }
            }
        }
    }

    /// The row of no Arabic letter at all.
    fn start(&mut self) {
        self.rows.clear();
        self.rows.resize(self.places, 0.0);
        self.rows[0] = 1.0;
        self.bounds.clear();
        self.drop_latin(0);
        self.bound(0);
    }

    /// Works out the row of the last letter.
    fn extend(&mut self, letters: &[u8]) {
        let row = letters.len();
        self.bounds.truncate(row);
        self.rows.truncate(row * self.places);
        self.rows.resize((row + 1) * self.places, 0.0);
        let last = letters.last().and_then(|&l| self.single[usize::from(l)]);
        if let Some(run) = last {
            self.add(usize::from(run), row, 1);
        }
        let pair = letters.last_chunk::<MOST_ARABIC>().map(|pair| pack(pair));
        if let Some(run) = pair.and_then(|pair| self.channel.units.arabic_run(pair)) {
            self.add(usize::from(run), row, MOST_ARABIC);
        }
        self.drop_latin(row);
        self.bound(row);
    }

    /// Adds to a row what units of an Arabic run make of the row before the run.
    fn add(&mut self, run: usize, row: usize, letters: usize) {
        let places = self.places;
        let (before, after) = self.rows.split_at_mut(row * places);
        let before = &before[(row - letters) * places..][..places];
        let factors = &self.factors[run * places * RUNS..][..places * RUNS];
        for (end, (sum, factors)) in after.iter_mut().zip(factors.chunks_exact(RUNS)).enumerate() {
            for (length, factor) in factors.iter().enumerate().take(end + 1) {
                *sum += before[end - length] * factor;
            }
        }
    }

    /// Adds to a row what units without Arabic letters make of it.
    fn drop_latin(&mut self, row: usize) {
        let Some(run) = self.channel.units.arabic_run(0) else {
            return;
        };
        let places = self.places;
        let factors = &self.factors[usize::from(run) * places * RUNS..][..places * RUNS];
        let sums = &mut self.rows[row * places..][..places];
        for end in 1..places {
            for length in 1..=MOST_LATIN.min(end) {
                sums[end] += sums[end - length] * factors[end * RUNS + length];
            }
        }
    }

    fn bound(&mut self, row: usize) {
        let sums = &self.rows[row * self.places..][..self.places];
        let bounds = sums.iter().zip(&self.ahead).map(|(sum, ahead)| sum * ahead);
        self.bounds.push(bounds.fold(0.0, f32::max));
    }

    fn keep_best(&mut self) {
        let order =
            |a: &Candidate, b: &Candidate| b.score.total_cmp(&a.score).then(a.word.cmp(&b.word));
        self.found.arrange_by(order);
        self.found.truncate(self.limit);
    }

    fn take_best(mut self) -> Vec<Candidate> {
        self.keep_best();
        let floor = self.best * (-REACH).exp();
        self.found.retain(|found| found.score >= floor);
        for found in &mut self.found {
            found.score = found.score.ln();
        }
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::super::letters::{arabic_letters, latin_letters};
    use super::super::{lattice, units::Edge};
    use super::*;
    use proptest::prelude::*;

    /// What the search must find, by comparing every word.
    fn by_comparing_all(list: &WordList, channel: &Channel, latin: &[u8]) -> Vec<(f32, usize)> {
        let score = |word: &Letters| {
            let edges = channel.units.edges(latin, word);
            let weight = |edge: &Edge| channel.search[usize::from(edge.unit)];
            let weights: Vec<f32> = edges.iter().map(weight).collect();
            lattice::sum(&edges, &weights, latin.len(), word.len())
        };
        let mut all: Vec<(f32, usize)> = list.words().iter().map(score).zip(0..).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        all
    }

    #[test]
    fn words_are_kept_once_in_order_and_found_by_number() {
        let words = ["كيم", "كيان", "", "كيم", "بوتين"].map(arabic_letters);
        let list = WordList::new(words.to_vec());
        assert_eq!(list.words().len(), 3);
        assert!(list.words().is_sorted());
        for word in &words {
            let number = list.number(word);
            assert_eq!(
                number.map(|n| &list.words()[n]),
                Some(word).filter(|w| !w.is_empty())
            );
        }
        assert!(list.search(Channel::shipped(), &[], 5).is_empty());
        let empty = WordList::default();
        assert!(
            empty
                .search(Channel::shipped(), &latin_letters("kim"), 5)
                .is_empty()
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// The best word is always found, and no score is made up.
        #[test]
        fn a_search_finds_what_comparing_all_finds(
            words in prop::collection::vec("[ابتجدرسشكلمنوي]{2,6}", 1..60),
            latin in "[abdegijklmnoprstu]{2,8}",
        ) {
            let channel = Channel::shipped();
            let list = WordList::new(words.iter().map(|word| arabic_letters(word)).collect());
            let latin = latin_letters(&latin);
            let all = by_comparing_all(&list, channel, &latin);
            let found = list.search(channel, &latin, 8);
            let deepest = channel.ceiling(&latin) - 15.0;
            if all[0].0 > deepest {
                prop_assert_eq!(found.first().map(|f| f.word), Some(all[0].1));
            }
            for found in found {
                let score = all.iter().find(|(_, word)| *word == found.word).map(|(score, _)| *score);
                prop_assert!(score.is_some_and(|score| (score - found.score).abs() < 1e-2));
            }
        }
    }
}
