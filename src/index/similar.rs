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
    /// Of what the clitics lens leaves of each word.
    bases: OnceLock<Vec<u32>>,
    /// Of the letters keys of the words that have proclitics, with the numbers of these: of all other
    /// words the lens leaves the whole.
    cut_keys: OnceLock<Vec<(u32, u32)>>,
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
        let bases = self.bases.get().map_or(0, Vec::capacity);
        let cut = self.cut_keys.get().map_or(0, Vec::capacity);
        4 * bases + 8 * cut
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
        let signatures = self.base_signatures();
        let own = signature(base.as_bytes());
        // A letter stands in two pairs; so many that the other word has not spoil one pair more at least.
        let spoilt = |kinds: u32| match kinds.count_ones() {
            0 => 0,
            missing => missing + 1,
        };
        let may = |other: u32| {
            let (of_one, of_other) = ((own >> KINDS) + 1, (other >> KINDS) + 1);
            let gone = spoilt(own & !other & ALL_KINDS);
            let new = spoilt(other & !own & ALL_KINDS);
            let shared = of_one
                .saturating_sub(gone)
                .min(of_other.saturating_sub(new));
            let is_long = of_one.max(of_other) > LONGEST;
            is_long || 2.0 * shared as f32 >= least * (of_one + of_other) as f32
        };
        let words = (0u32..).zip(signatures);
        let found = words.filter(|&(_, &other)| may(other));
        found.map(|(word, _)| word).collect()
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
            let words = (0u32..).zip(self.base_signatures().iter().copied());
            similar(words, &|word| self.base_bytes(word), asked, most)
        } else {
            // Of words without proclitics the lens leaves the key.
            let mut found = self.answer(answers, asked, most, true);
            found.retain(|similar| !self.is_cut(similar.word));
            let words = self.cut_signatures().iter().copied();
            found.extend(similar(words, &|word| self.key_bytes(word), asked, most));
            found.sort_unstable();
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

    fn base_signatures(&self) -> &[u32] {
        self.signatures.bases.get_or_init(|| {
            let words = (0u32..).take(self.count());
            words.map(|word| signature(self.base_bytes(word))).collect()
        })
    }

    fn cut_signatures(&self) -> &[(u32, u32)] {
        self.signatures.cut_keys.get_or_init(|| {
            let words = (0u32..).take(self.count());
            let cut = words.filter(|&word| self.is_cut(word));
            let mut signed: Vec<(u32, u32)> = cut
                .map(|word| (word, signature(self.key_bytes(word))))
                .collect();
            signed.shrink_to_fit();
            signed
        })
    }
}

/// Bits that tell which kinds of letters there are; those above hold the length.
const KINDS: u32 = 27;

/// The bits of all kinds.
const ALL_KINDS: u32 = (1 << KINDS) - 1;

/// Lengths from here on are not told apart.
const LONGEST: u32 = u32::MAX >> KINDS;

/// Kinds and number of the letters of a word. Letters that share a bit make
/// words look more alike than they are, never less.
fn signature(word: &[u8]) -> u32 {
    let (mut kinds, mut letters) = (0u32, 0u32);
    for letter in std::str::from_utf8(word).unwrap_or_default().chars() {
        kinds |= 1 << (u32::from(letter) % KINDS);
        letters += 1;
    }
    kinds | letters.min(LONGEST) << KINDS
}

/// Finds them among words with their signatures.
fn similar<'k>(
    words: impl Iterator<Item = (u32, u32)>,
    key: &dyn Fn(u32) -> &'k [u8],
    asked: &str,
    most: u8,
) -> Vec<Similar> {
    let mut table = Table::new(asked, most);
    let mut found = Vec::new();
    let (own, edits) = (signature(asked.as_bytes()), u32::from(most));
    let (kinds, length) = (own & ALL_KINDS, own >> KINDS);
    for (word, signature) in words {
        let (gone, new) = (kinds & !signature, signature & !kinds & ALL_KINDS);
        // One jump, which is nearly never taken, and not one for each condition.
        if without(gone, edits) | without(new, edits) != 0 {
            continue;
        }
        // Each letter more was put in by an edit that takes none away, and the other way round.
        let other = signature >> KINDS;
        let (more, less) = (other.saturating_sub(length), length.saturating_sub(other));
        if gone.count_ones() + more <= edits
            && new.count_ones() + less <= edits
            && let Some(edits) = table.distance(key(word))
        {
            found.push(Similar { edits, word });
        }
    }
    found.sort_unstable();
    found
}

/// What is left of a set of kinds without so many of them. Counting them would take
/// longer where the machine has no instruction for it.
#[inline]
fn without(kinds: u32, count: u32) -> u32 {
    let one_less = |kinds: u32| kinds & kinds.wrapping_sub(1);
    match count {
        0 => kinds,
        1 => one_less(kinds),
        2 => one_less(one_less(kinds)),
        _ => (0..count).fold(kinds, |kinds, _| one_less(kinds)),
    }
}

/// The table of distances between one word and others, three rows of it.
struct Table<'a> {
    asked: &'a [u8],
    most: u8,
    /// Letters of the two words where they differ.
    letters: [Vec<char>; 2],
    /// Distances of the beginnings of the word asked for from the other word's
    /// beginning, from that without its last letter, and from that without its last two.
    rows: [Vec<u8>; 3],
}

/// What is left of two words without what both begin and end with.
fn differing<'w>(one: &'w [u8], other: &'w [u8]) -> (&'w [u8], &'w [u8]) {
    let begins_letter =
        |text: &[u8], at: usize| text.get(at).is_none_or(|byte| byte & 0xC0 != 0x80);
    let same = |(a, b): &(&u8, &u8)| a == b;
    let mut start = one.iter().zip(other).take_while(same).count();
    while !begins_letter(one, start) {
        start -= 1;
    }
    let (one, other) = (
        one.get(start..).unwrap_or_default(),
        other.get(start..).unwrap_or_default(),
    );
    let backwards = one.iter().rev().zip(other.iter().rev());
    let mut end = backwards.take_while(same).count();
    while !begins_letter(one, one.len() - end) {
        end -= 1;
    }
    (
        one.get(..one.len() - end).unwrap_or_default(),
        other.get(..other.len() - end).unwrap_or_default(),
    )
}

impl<'a> Table<'a> {
    fn new(asked: &'a str, most: u8) -> Self {
        Self {
            asked: asked.as_bytes(),
            most,
            letters: Default::default(),
            rows: Default::default(),
        }
    }

    /// Edits between the two words, if they are few enough.
    fn distance(&mut self, word: &[u8]) -> Option<u8> {
        // What both begin and end with costs nothing and is left out.
        let (asked, word) = differing(self.asked, word);
        for (letters, text) in self.letters.iter_mut().zip([asked, word]) {
            letters.clear();
            letters.extend(std::str::from_utf8(text).unwrap_or_default().chars());
        }
        let [asked, word] = &self.letters;
        // One edit replaces a letter, puts one in, leaves one out or swaps two.
        if self.most == 1 && asked.len().max(word.len()) > 2 {
            return None;
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
            let signatures: Vec<u32> = words.iter().map(|word| signature(word.as_bytes())).collect();
            let numbered = (0u32..).zip(signatures);
            let found = similar(numbered, &|n| words[n as usize].as_bytes(), &asked, most);
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
