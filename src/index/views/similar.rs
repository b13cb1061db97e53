//! Words within a few edits of another.
//!
//! An edit puts a letter in, leaves one out, replaces one or swaps two
//! neighbours (optimal string alignment after Damerau 1964). One edit brings at
//! most one letter in and takes at most one away, so that nearly all words are ruled out by
//! their length and their signature.

use super::signatures::{Alike, ByLength, LONGEST, by_length, kinds_of, signature};
use crate::index::Views;
use crate::sorting::{sort_numbers, sort_pairs};
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
pub(in crate::index) struct Signatures {
    /// Of what the clitics lens leaves of each word.
    bases: OnceLock<ByLength>,
    /// Of the letters keys of the words that have proclitics: of all other words the lens leaves the whole.
    cut_keys: OnceLock<ByLength>,
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
    pub(in crate::index) fn memory(&self) -> usize {
        let both = [&self.bases, &self.cut_keys].into_iter();
        let alike = both.filter_map(OnceLock::get).flatten();
        alike.map(Alike::memory).sum()
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

    /// Words of which the clitics lens leaves something that may share enough pairs of neighbouring letters
    /// with `base`, the borders of a word being letters too, by the numbers and the kinds of letters alone: every word
    /// for which `2 · shared / (pairs of one + pairs of the other)` is `least` or more is among them, ascending.
    #[must_use]
    pub fn perhaps_resembling(&self, base: &str, least: f32) -> Vec<u32> {
        self.look_at_all();
        let (own, of_one) = signature(base.as_bytes());
        let own = kinds_of(own);
        // A letter stands in two pairs; so many that the other word has not spoil one pair more at least.
        let spoilt = |kinds: u32| match kinds.count_ones() as usize {
            0 => 0,
            missing => missing + 1,
        };
        let mut found = Vec::new();
        for (of_other, words) in self.base_signatures().iter().enumerate() {
            let is_long = of_one.max(of_other) >= LONGEST;
            let may = |other: u32| {
                let (of_one, of_other) = (of_one + 1, of_other + 1);
                let (gone, new) = (spoilt(own & !other), spoilt(other & !own));
                let shared = of_one
                    .saturating_sub(gone)
                    .min(of_other.saturating_sub(new));
                is_long || 2.0 * shared as f32 >= least * (of_one + of_other) as f32
            };
            for (signature, words) in words.each() {
                if may(kinds_of(signature)) {
                    found.extend_from_slice(words);
                }
            }
        }
        sort_numbers(&mut found);
        found
    }

    fn similar(&self, asked: &str, most: u8, is_base: bool) -> Vec<Similar> {
        self.look_at_all();
        let mut last = self.signatures.last.lock();
        let mut none = Vec::new();
        let answers = match &mut last {
            Ok(answers) => &mut **answers,
            Err(_) => &mut none,
        };
        self.answer(answers, asked, most, is_base)
    }

    /// What was found lately, or is now.
    fn answer(
        &self,
        answers: &mut Vec<Answer>,
        asked: &str,
        most: u8,
        is_base: bool,
    ) -> Vec<Similar> {
        let same = |a: &&Answer| a.most == most && a.is_base == is_base && a.asked == asked;
        if let Some(answer) = answers.iter().find(same) {
            return answer.found.clone();
        }
        let found = if is_base {
            let words = self.base_signatures();
            similar(words, &|word| self.base_bytes(word), asked, most)
        } else {
            // Of words without proclitics the lens leaves the key.
            let mut found = self.answer(answers, asked, most, true);
            found.retain(|similar| !self.is_cut(similar.word));
            let words = self.cut_signatures();
            found.extend(similar(words, &|word| self.key_bytes(word), asked, most));
            sort(&mut found);
            found
        };
        if answers.len() == ANSWERS {
            answers.remove(0);
        }
        answers.push(Answer {
            asked: asked.to_owned(),
            most,
            is_base,
            found: found.clone(),
        });
        found
    }

    fn base_signatures(&self) -> &ByLength {
        self.signatures.bases.get_or_init(|| {
            let words = (0u32..).take(self.count());
            by_length(words, &|word| self.base_bytes(word))
        })
    }

    fn cut_signatures(&self) -> &ByLength {
        self.signatures.cut_keys.get_or_init(|| {
            let words = (0u32..).take(self.count());
            let cut = words.filter(|&word| self.is_cut(word));
            by_length(cut, &|word| self.key_bytes(word))
        })
    }
}

/// Finds them among words with their signatures.
fn similar<'k>(
    words: &ByLength,
    key: &dyn Fn(u32) -> &'k [u8],
    asked: &str,
    most: u8,
) -> Vec<Similar> {
    let asked_letters: Vec<char> = asked.chars().collect();
    let asked_pairs = pairs(asked.as_bytes());
    let mut near = Vec::new();
    let (own, length) = signature(asked.as_bytes());
    let edits = usize::from(most);
    let lengths = words.iter().enumerate().take(length + edits + 1);
    for (other, words) in lengths.skip(length.saturating_sub(edits)) {
        // Each letter more was put in by an edit that takes none away, and the other way round.
        let (more, less) = (other.saturating_sub(length), length.saturating_sub(other));
        let (gone, new) = ((edits - more) as u32, (edits - less) as u32);
        words.add_near(own, gone, new, &mut near);
    }
    let (mut letters, mut found) = (Vec::new(), Vec::new());
    for word in near {
        let key = key(word);
        let edits = match (asked_pairs, pairs(key)) {
            (Some(asked), Some(other)) => edits_between(asked, other, most),
            _ => {
                letters.clear();
                letters.extend(std::str::from_utf8(key).unwrap_or_default().chars());
                edits_between(&asked_letters, &letters, most)
            }
        };
        found.extend(edits.map(|edits| Similar { edits, word }));
    }
    sort(&mut found);
    found
}

/// Fewest edits first.
fn sort(found: &mut [Similar]) {
    let pack = |one: Similar| u64::from(one.edits) << 32 | u64::from(one.word);
    let unpack = |both: u64| Similar {
        edits: (both >> 32) as u8,
        word: both as u32,
    };
    sort_pairs(found, pack, unpack);
}

/// The letters of a word, where each takes two bytes as those of Arabic do.
fn pairs(word: &[u8]) -> Option<&[[u8; 2]]> {
    let (pairs, rest) = word.as_chunks();
    let mut leads = pairs.iter().map(|&[lead, _]| lead);
    let is_whole = rest.is_empty() && leads.all(|lead| (0xC2..0xE0).contains(&lead));
    is_whole.then_some(pairs)
}

/// The fewest edits that make one word of the other, if they are so few. Letters at the
/// start and at the end that are the same are best kept; then each edit is tried.
fn edits_between<T: PartialEq>(one: &[T], other: &[T], most: u8) -> Option<u8> {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(same..)?, other.get(same..)?);
    let ends = one.iter().rev().zip(other.iter().rev());
    let same = ends.take_while(|(a, b)| a == b).count();
    let (one, other) = (
        one.get(..one.len() - same)?,
        other.get(..other.len() - same)?,
    );
    if one.is_empty() && other.is_empty() {
        return Some(0);
    }
    if one.len().abs_diff(other.len()) > usize::from(most) {
        return None;
    }
    let swapped = match (one, other) {
        ([a, b, one @ ..], [c, d, other @ ..]) if (a, b) == (d, c) => Some((one, other)),
        _ => None,
    };
    let most = most.checked_sub(1)?;
    if most == 0 {
        // Nothing is the same at either end, so one edit is all that there is.
        let is_one = one.len().max(other.len()) == 1 || swapped == Some((&[], &[]));
        return is_one.then_some(1);
    }
    let rest = |one: Option<&[T]>, other: Option<&[T]>| edits_between(one?, other?, most);
    let (one_less, other_less) = (one.get(1..), other.get(1..));
    let edits = [
        rest(one_less, other_less),
        rest(one_less, Some(other)),
        rest(Some(one), other_less),
        swapped.and_then(|(one, other)| rest(Some(one), Some(other))),
    ];
    edits.into_iter().flatten().min().map(|edits| edits + 1)
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
            let key = |n: u32| words[n as usize].as_bytes();
            let signed = by_length((0u32..).take(words.len()), &key);
            let found = similar(&signed, &key, &asked, most);
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
