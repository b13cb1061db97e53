//! Words within a few edits of another.
//!
//! An edit puts a letter in, leaves one out, replaces one or swaps two
//! neighbours (optimal string alignment after Damerau 1964). One edit brings at
//! most one kind of letter in and takes at most one away, so that a word's
//! *signature*, the kinds of its letters and its length, rules nearly all
//! words out by two operations on one number each.

use super::Views;
use std::sync::{Arc, Mutex, OnceLock};

/// A word with its distance from the one asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Similar {
    /// Edits between the two.
    pub edits: u8,
    /// Number of the word.
    pub word: u32,
}

/// Signatures of all words, made when they are first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Signatures {
    /// Of the letters keys.
    keys: OnceLock<Vec<u32>>,
    /// Of what the clitics lens leaves of them.
    bases: OnceLock<Vec<u32>>,
    /// The words nearest to the last few that were asked for: a query is read under every lens.
    last: Arc<Mutex<Vec<Answer>>>,
}

/// What was asked for and found.
#[derive(Clone, Debug)]
struct Answer {
    asked: String,
    most: u8,
    is_base: bool,
    found: Vec<Similar>,
}

/// So many answers are kept.
const ANSWERS: usize = 8;

impl Signatures {
    /// Bytes that they take.
    pub(super) fn memory(&self) -> usize {
        let made = [&self.keys, &self.bases].into_iter();
        made.filter_map(OnceLock::get)
            .map(|of_words| 4 * of_words.capacity())
            .sum()
    }
}

impl Views {
    /// Words of which the clitics lens leaves something at most so many edits
    /// from `base`; fewest edits first.
    #[must_use]
    pub fn similar_bases(&self, base: &str, most: u8) -> Vec<Similar> {
        self.similar(base, most, true)
    }

    /// Words whose letters keys are at most so many edits from `key`; fewest edits first.
    #[must_use]
    pub fn similar_keys(&self, key: &str, most: u8) -> Vec<Similar> {
        self.similar(key, most, false)
    }

    fn similar(&self, asked: &str, most: u8, is_base: bool) -> Vec<Similar> {
        self.look_at_all();
        let mut last = self.signatures.last.lock();
        if let Ok(answers) = &last {
            let same = |a: &&Answer| a.most == most && a.is_base == is_base && a.asked == asked;
            if let Some(answer) = answers.iter().find(same) {
                return answer.found.clone();
            }
        }
        let found = if is_base {
            let key = |word| self.base(word);
            let signatures = self.signatures.bases.get_or_init(|| self.sign(&key));
            similar(signatures, &key, asked, most)
        } else {
            let key = |word| self.key(word);
            let signatures = self.signatures.keys.get_or_init(|| self.sign(&key));
            similar(signatures, &key, asked, most)
        };
        if let Ok(answers) = &mut last {
            if answers.len() == ANSWERS {
                answers.remove(0);
            }
            answers.push(Answer {
                asked: asked.to_owned(),
                most,
                is_base,
                found: found.clone(),
            });
        }
        found
    }

    fn sign<'k>(&self, key: &dyn Fn(u32) -> &'k str) -> Vec<u32> {
        let words = (0u32..).take(self.count());
        words.map(|word| signature(key(word))).collect()
    }
}

/// Bits that tell which kinds of letters there are; those above hold the length.
const KINDS: u32 = 27;

/// Lengths from here on are not told apart.
const LONGEST: u32 = u32::MAX >> KINDS;

/// Kinds and number of the letters of a word. Letters that share a bit make
/// words look more alike than they are, never less.
fn signature(word: &str) -> u32 {
    let (mut kinds, mut letters) = (0u32, 0u32);
    for letter in word.chars() {
        kinds |= 1 << (u32::from(letter) % KINDS);
        letters += 1;
    }
    kinds | letters.min(LONGEST) << KINDS
}

/// Finds them by the signatures of all words.
fn similar<'k>(
    signatures: &[u32],
    key: &dyn Fn(u32) -> &'k str,
    asked: &str,
    most: u8,
) -> Vec<Similar> {
    let mut table = Table::new(asked, most);
    let mut found = Vec::new();
    let (own, edits) = (signature(asked), u32::from(most));
    let (kinds, length) = (own & ((1 << KINDS) - 1), own >> KINDS);
    for (word, &signature) in (0u32..).zip(signatures) {
        let (gone, new) = (kinds & !signature, signature & !kinds & ((1 << KINDS) - 1));
        if gone.count_ones() <= edits
            && new.count_ones() <= edits
            && (signature >> KINDS).abs_diff(length) <= edits
            && let Some(edits) = table.distance(key(word))
        {
            found.push(Similar { edits, word });
        }
    }
    found.sort_unstable();
    found
}

/// The table of distances between one word and others, three rows of it.
struct Table {
    asked: Vec<char>,
    most: u8,
    /// Letters of the other word.
    word: Vec<char>,
    /// Distances of the beginnings of the word asked for from the other word's
    /// beginning, from that without its last letter, and from that without its last two.
    rows: [Vec<u8>; 3],
}

impl Table {
    fn new(asked: &str, most: u8) -> Self {
        Self {
            asked: asked.chars().collect(),
            most,
            word: Vec::new(),
            rows: Default::default(),
        }
    }

    /// Edits between the two words, if they are few enough.
    fn distance(&mut self, word: &str) -> Option<u8> {
        self.word.clear();
        self.word.extend(word.chars());
        // What both begin and end with costs nothing and is left out.
        let (mut asked, mut word) = (self.asked.as_slice(), self.word.as_slice());
        while let (Some((a, asked_rest)), Some((b, word_rest))) =
            (asked.split_first(), word.split_first())
            && a == b
        {
            (asked, word) = (asked_rest, word_rest);
        }
        while let (Some((a, asked_rest)), Some((b, word_rest))) =
            (asked.split_last(), word.split_last())
            && a == b
        {
            (asked, word) = (asked_rest, word_rest);
        }
        let [here, before, earlier] = &mut self.rows;
        here.clear();
        here.extend((0..=asked.len()).map(|n| u8::try_from(n).unwrap_or(u8::MAX)));
        earlier.clear();
        let mut last = None;
        for &letter in word {
            // What was two letters ago is written over.
            std::mem::swap(before, earlier);
            std::mem::swap(here, before);
            let at = |row: &[u8], place: usize| row.get(place).copied().unwrap_or(u8::MAX);
            let mut left = at(before, 0).saturating_add(1);
            let mut nearest = left;
            here.clear();
            here.push(left);
            let mut neighbour = None;
            for (place, &asked) in asked.iter().enumerate() {
                let replaced = at(before, place).saturating_add(u8::from(asked != letter));
                let put_in = at(before, place + 1).saturating_add(1);
                left = replaced.min(put_in).min(left.saturating_add(1));
                if last == Some(asked) && neighbour == Some(letter) {
                    left = left.min(at(earlier, place.wrapping_sub(1)).saturating_add(1));
                }
                here.push(left);
                nearest = nearest.min(left);
                neighbour = Some(asked);
            }
            if nearest > self.most {
                return None;
            }
            last = Some(letter);
        }
        let edits = here.last().copied()?;
        (edits <= self.most).then_some(edits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// The definition, letter by letter from the end.
    fn naive(a: &[char], b: &[char]) -> usize {
        let (Some((x, a_rest)), Some((y, b_rest))) = (a.split_last(), b.split_last()) else {
            return a.len() + b.len();
        };
        let mut least = naive(a_rest, b_rest) + usize::from(x != y);
        least = least.min(naive(a_rest, b) + 1).min(naive(a, b_rest) + 1);
        if let (Some((x2, a2)), Some((y2, b2))) = (a_rest.split_last(), b_rest.split_last())
            && (x, x2) == (y2, y)
        {
            least = least.min(naive(a2, b2) + 1);
        }
        least
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

        #[test]
        fn near_words_are_those_of_the_definition(
            words in proptest::collection::btree_set("[ابتa]{0,5}|[ابتثجحa-z]{0,5}", 0..80),
            asked in "[ابتa]{0,5}",
            most in 0u8..3,
        ) {
            let words: Vec<String> = BTreeSet::into_iter(words).collect();
            let signatures: Vec<u32> = words.iter().map(|word| signature(word)).collect();
            let found = similar(&signatures, &|n| words[n as usize].as_str(), &asked, most);
            let letters = |word: &str| word.chars().collect::<Vec<_>>();
            let mut expected: Vec<Similar> = (0u32..)
                .zip(&words)
                .map(|(word, text)| (word, naive(&letters(&asked), &letters(text))))
                .filter(|&(_, edits)| edits <= usize::from(most))
                .map(|(word, edits)| Similar { edits: edits as u8, word })
                .collect();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
