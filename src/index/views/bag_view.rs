//! The bag view: which words share a term of their bags.
//!
//! Every term of a bag is a function of the letters key, so an index of bags
//! need not be built: the postings of a term are those of the forms of its
//! words together, and BM25 over them is the same as over an index of the bags.
//!
//! A word has about a dozen terms, so that both tables together hold far more
//! numbers than all else that is known of words: they are kept as varints.

use crate::analysis::bag::bag_terms;
use crate::index::coding::ascending::Ascending;
use crate::index::coding::growth::{add, grow_for};
use crate::index::store::number;
use crate::index::{FormId, Lexicon, Views};

/// Numbers that are sorted at a time while the table of terms is made.
const ROOM: usize = if cfg!(test) { 40 } else { 1 << 18 };

/// Most bytes of a varint.
const MOST: usize = 5;

/// Terms of the bags of all words of the letters lens, taken some words at a time.
#[derive(Clone, Debug, Default)]
pub struct BagView {
    /// The distinct terms, each as often as bags have it.
    terms: Lexicon,
    /// Words of each term, ascending: how much further each is, and how often it has the term.
    words: Table,
    /// Terms of each word.
    bags: Table,
}

/// Lists of varints, one behind the other.
#[derive(Clone, Debug, Default)]
struct Table {
    ends: Ascending,
    bytes: Vec<u8>,
}

/// Reads a list.
#[derive(Clone, Debug)]
struct Numbers<'t>(&'t [u8]);

impl Iterator for Numbers<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let (&first, rest) = self.0.split_first()?;
        self.0 = rest;
        let (mut number, mut byte, mut shift) = (u32::from(first & 0x7F), first, 0);
        while byte >= 0x80 {
            let (&next, rest) = self.0.split_first()?;
            (self.0, byte, shift) = (rest, next, shift + 7);
            number |= u32::from(next & 0x7F).unbounded_shl(shift);
        }
        Some(number)
    }
}

impl Table {
    fn list(&self, number: u32) -> Numbers<'_> {
        let range = self.ends.stretch(number as usize);
        Numbers(self.bytes.get(range).unwrap_or_default())
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    fn push(&mut self, mut number: u32) {
        grow_for(&mut self.bytes, MOST);
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn end_list(&mut self) {
        self.ends.push(number(self.bytes.len()));
    }

    fn shrink(&mut self) {
        self.ends.shrink();
        self.bytes.shrink_to_fit();
    }
}

impl BagView {
    /// Takes the bags of the next words, at most so many, or lists the words of the next terms; says whether all is done.
    pub fn take(&mut self, views: &Views, most: usize) -> bool {
        let taken = self.bags.len();
        if taken < views.len() {
            for word in (0u32..).take(views.len()).skip(taken).take(most) {
                let (bags, terms) = (&mut self.bags, &mut self.terms);
                bag_terms(views.key(word), |term| bags.push(terms.add(term).0));
                bags.end_list();
            }
            return false;
        }
        if self.words.len() == 0 {
            self.bags.shrink();
            self.terms.shrink_forms();
        }
        self.list_words();
        let is_done = self.words.len() >= self.terms.len();
        if is_done {
            self.words.shrink();
        }
        is_done
    }

    /// Lists the words of the next terms, by counting sort.
    fn list_words(&mut self) {
        let from = self.words.len();
        let (mut next, mut sum) = (Vec::new(), 0);
        for term in from..self.terms.len() {
            let count = self.terms.frequency(FormId(number(term)));
            if sum > 0 && sum as usize + count as usize > ROOM {
                break;
            }
            add(&mut next, sum);
            sum += count;
        }
        let mut holders = vec![0u32; sum as usize];
        for word in 0..number(self.bags.len()) {
            place(word, self.bags.list(word), from, &mut next, &mut holders);
        }
        // Now each place is the end of its term.
        let mut start = 0;
        for end in next {
            let words = holders.get(start..end as usize).unwrap_or_default();
            let mut before = 0;
            for same in words.chunk_by(|a, b| a == b) {
                let Some(&word) = same.first() else { continue };
                let is_more = same.len() > 1;
                self.words.push((word - before) << 1 | u32::from(is_more));
                if is_more {
                    self.words.push(number(same.len()));
                }
                before = word;
            }
            self.words.end_list();
            start = end as usize;
        }
    }

    /// Number of distinct terms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The number of a term that some word has.
    #[must_use]
    pub fn term(&self, term: &str) -> Option<u32> {
        self.terms.find(term).map(|term| term.0)
    }

    /// The words that have a term, ascending, with how often each has it.
    pub fn words(&self, term: u32) -> impl Iterator<Item = (u32, u32)> {
        let (mut numbers, mut word) = (self.words.list(term), 0);
        std::iter::from_fn(move || {
            let step = numbers.next()?;
            word += step >> 1;
            let count = if step & 1 == 0 { 1 } else { numbers.next()? };
            Some((word, count))
        })
    }

    /// The terms of a word, each as often as the word has it.
    pub fn bag(&self, word: u32) -> impl Iterator<Item = u32> {
        self.bags.list(word)
    }
}

/// Puts a word where the words of its terms from `from` on belong.
#[inline(never)] // called for every word, so that a browser compiles it well on the way
fn place(word: u32, terms: Numbers<'_>, from: usize, next: &mut [u32], holders: &mut [u32]) {
    for term in terms {
        // Terms before the range have places behind its end.
        if let Some(slot) = next.get_mut((term as usize).wrapping_sub(from)) {
            if let Some(holder) = holders.get_mut(*slot as usize) {
                *holder = word;
            }
            *slot += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

        #[test]
        fn words_and_bags_are_those_of_the_keys(words in proptest::collection::vec("[ابتل]{1,7}", 0..60), most in 1usize..30) {
            let mut lexicon = Lexicon::default();
            words.iter().for_each(|word| { lexicon.add(word); });
            let views = Views::new(&lexicon);
            let mut view = BagView::default();
            while !view.take(&views, most) {}
            let mut naive: BTreeMap<String, BTreeMap<u32, u32>> = BTreeMap::new();
            for word in 0..views.len() as u32 {
                let mut bag = Vec::new();
                bag_terms(views.key(word), |term| {
                    *naive.entry(term.to_owned()).or_default().entry(word).or_default() += 1;
                    bag.push(term.to_owned());
                });
                let found: Vec<_> = view.bag(word).collect();
                let expected: Vec<_> = bag.iter().map(|term| view.term(term).expect("known")).collect();
                prop_assert_eq!(found, expected);
            }
            prop_assert_eq!((view.len(), view.is_empty()), (naive.len(), naive.is_empty()));
            for (term, words) in naive {
                let number = view.term(&term).expect("known");
                prop_assert!(view.words(number).eq(words));
            }
        }
    }
}
