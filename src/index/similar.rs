//! Words within a few edits of another.
//!
//! An edit puts a letter in, leaves one out, replaces one or swaps two
//! neighbours (optimal string alignment after Damerau 1964). The words come in
//! the order of their letters: rows of the distance table are kept for as long
//! as the beginning stays the same, and where a beginning is too far off, all
//! words that begin so are passed over.

use super::Views;

/// A word with its distance from the one asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Similar {
    /// Edits between the two.
    pub edits: u8,
    /// Number of the word.
    pub word: u32,
}

impl Views {
    /// Words of which the clitics lens leaves something at most so many edits
    /// from `base`; fewest edits first.
    #[must_use]
    pub fn similar_bases(&self, base: &str, most: u8) -> Vec<Similar> {
        similar(self.len(), &|word| self.base(word), base, most)
    }

    /// Words whose letters keys are at most so many edits from `key`; fewest edits first.
    #[must_use]
    pub fn similar_keys(&self, key: &str, most: u8) -> Vec<Similar> {
        let word = |place: u32| self.word_by_letters(place as usize);
        let mut found = similar(self.len(), &|place| self.key(word(place)), key, most);
        for similar in &mut found {
            similar.word = word(similar.word);
        }
        found.sort_unstable();
        found
    }
}

/// Finds them among `count` keys in ascending order.
fn similar<'k>(count: usize, key: &dyn Fn(u32) -> &'k str, asked: &str, most: u8) -> Vec<Similar> {
    let mut table = Table::new(asked, most);
    let mut found = Vec::new();
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let mut at = 0;
    while at < count {
        let here = key(at);
        if let Some(bytes) = table.read(here) {
            // No word that begins so is near enough.
            let beginning = here.get(..bytes).unwrap_or(here);
            at = first_past(at, count, &|word| key(word).starts_with(beginning));
            continue;
        }
        if let Some(edits) = table.distance() {
            found.push(Similar { edits, word: at });
        }
        at += 1;
    }
    found.sort_unstable();
    found
}

/// The first number from `from` on that does not fit; those that fit come first.
fn first_past(from: u32, count: u32, fits: &dyn Fn(u32) -> bool) -> u32 {
    let mut step = 1;
    let mut low = from;
    while low.saturating_add(step) < count && fits(low + step) {
        low += step;
        step *= 2;
    }
    let mut high = low.saturating_add(step).min(count);
    low += 1;
    while low < high {
        let middle = low.midpoint(high);
        if fits(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The distance table of one word against the beginning of another.
struct Table {
    asked: Vec<char>,
    most: u8,
    /// Characters of the other word that were read.
    letters: Vec<char>,
    /// One row for each of them, and one before.
    rows: Vec<Vec<u8>>,
}

impl Table {
    fn new(asked: &str, most: u8) -> Self {
        let asked: Vec<char> = asked.chars().collect();
        let first = (0..=asked.len()).map(|n| u8::try_from(n).unwrap_or(u8::MAX));
        Self {
            rows: vec![first.collect()],
            asked,
            most,
            letters: Vec::new(),
        }
    }

    /// Reads a word; rows of the same beginning are kept. Returns the bytes of
    /// the shortest beginning that is too far from the word asked for.
    fn read(&mut self, word: &str) -> Option<usize> {
        let same = self.letters.iter().zip(word.chars());
        let kept = same.take_while(|(one, other)| **one == *other).count();
        self.letters.truncate(kept);
        self.rows.truncate(kept + 1);
        for (start, letter) in word.char_indices().skip(kept) {
            self.add(letter);
            let nearest = self.rows.last().and_then(|row| row.iter().min());
            if nearest.is_some_and(|&nearest| nearest > self.most) {
                return Some(start + letter.len_utf8());
            }
        }
        None
    }

    fn add(&mut self, letter: char) {
        let before = self.rows.last().map(Vec::as_slice).unwrap_or_default();
        let earlier = self
            .rows
            .len()
            .checked_sub(2)
            .and_then(|at| self.rows.get(at));
        let last = self.letters.last().copied();
        let at = |row: &[u8], place: usize| row.get(place).copied().unwrap_or(u8::MAX);
        let mut row = Vec::with_capacity(before.len());
        row.push(at(before, 0).saturating_add(1));
        for (place, &asked) in self.asked.iter().enumerate() {
            let replaced = at(before, place).saturating_add(u8::from(asked != letter));
            let put_in = at(before, place + 1).saturating_add(1);
            let left_out = at(&row, place).saturating_add(1);
            let mut least = replaced.min(put_in).min(left_out);
            let neighbour = place.checked_sub(1).and_then(|at| self.asked.get(at));
            if let Some(earlier) = earlier
                && last == Some(asked)
                && neighbour == Some(&letter)
            {
                least = least.min(at(earlier, place - 1).saturating_add(1));
            }
            row.push(least);
        }
        self.letters.push(letter);
        self.rows.push(row);
    }

    /// Edits between the two words, if they are few enough.
    fn distance(&self) -> Option<u8> {
        let edits = self.rows.last()?.last().copied()?;
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
            words in proptest::collection::btree_set("[ابتa]{0,5}", 0..80),
            asked in "[ابتa]{0,5}",
            most in 0u8..3,
        ) {
            let words: Vec<String> = BTreeSet::into_iter(words).collect();
            let found = similar(words.len(), &|n| words[n as usize].as_str(), &asked, most);
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
